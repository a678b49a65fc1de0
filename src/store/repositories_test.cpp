// SPDX-License-Identifier: Apache-2.0
// The typed repositories, on SQLite and PostgreSQL alike.
#include <gtest/gtest.h>

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

class RepositoriesTest : public OnBothEngines {
 protected:
  World world{GetParam()};
  std::unique_ptr<Store> store = must(world.create());

  void SetUp() override { load_little_programme(*store); }
  Result<Answer> write(std::function<Result<Json>(Tx&)> run) { return store->write(command("test", std::move(run))); }
  /// Reopened, a store shows what it showed: the tables alone give the same picture as the writes did.
  void expect_same_after_reopening() {
    const std::string before = picture(*store->view());
    store.reset();
    store = must(world.open());
    EXPECT_EQ(picture(*store->view()), before);
  }
};
GANGMU_ON_BOTH_ENGINES(RepositoriesTest);

Date date(const char* text) { return must(Date::parse(text)); }

TEST_P(RepositoriesTest, DefinitionsAreVersionedAndNeverChange) {
  must(write([](Tx& tx) -> Result<Json> {
    EXPECT_EQ(must(definitions::publish(tx, "scheme", "town", date("2023-01-01"), Json("v1"))).version, 1);
    EXPECT_EQ(must(definitions::publish(tx, "scheme", "town", date("2023-01-01"), Json("v1"))).version, 1)
        << "unchanged";
    EXPECT_EQ(must(definitions::publish(tx, "scheme", "town", date("2024-01-01"), Json("v2"))).version, 2);
    EXPECT_EQ(must(definitions::publish(tx, "scheme", "old", date("2023-01-01"), Json("x"))).version, 1);
    EXPECT_TRUE(must(definitions::retire(tx, "scheme", "old", date("2025-01-01"))).retired);
    EXPECT_TRUE(definitions::retire(tx, "scheme", "none", date("2025-01-01")).error().is(errors::no_such_row));
    EXPECT_EQ(must(definitions::list(tx, "scheme")).size(), 2u);
    EXPECT_TRUE(tx.put(table::definition, {}).error().is(errors::append_only));
    return Json();
  }));
  const auto& all = *store->view()->definitions;
  EXPECT_EQ(all.latest("scheme", "town")->version, 2);
  EXPECT_EQ(all.version("scheme", "town", 1)->body, Json("v1"));
  EXPECT_EQ(all.valid_on("scheme", "town", date("2023-06-01"))->version, 1);
  EXPECT_EQ(all.valid_on("scheme", "town", date("2022-06-01")), nullptr);
  ASSERT_EQ(all.list("scheme").size(), 1u) << "retired ones are not listed";
  EXPECT_EQ(all.latest("scheme", "old")->version, 2);
  EXPECT_EQ(all.latest("scheme", "none"), nullptr);
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, PlacesKeepTheirPastAndGiveAFrameForAnyDate) {
  must(write([](Tx& tx) -> Result<Json> {
    PlaceRow village = must(places::list(tx)).back();
    EXPECT_EQ(village.place.id, PlaceId{5});
    village.valid_to = date("2023-12-31");
    must(places::put(tx, village));
    village.valid_to.reset();
    village.place.valid_from = date("2024-01-01");
    village.place.name_zh = "新村";
    village.attributes.set("lon", "112.9");
    must(places::put(tx, village));
    EXPECT_EQ(must(places::next_id(tx)), PlaceId{6});
    return Json();
  }));
  const auto view = store->view();
  EXPECT_EQ(view->places->size(), 7u) << "what was said of the village before is kept";
  EXPECT_EQ((*view->tree)[view->tree->find(PlaceId{5})].name_zh, "新村");
  EXPECT_EQ(view->places->back().attributes["lon"], Json("112.9"));
  EXPECT_EQ(view->frames->version_on(PlaceId{5}, date("2022-01-01"))->name_zh, "甲01镇02村");
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, APlaceThatBreaksTheTreeIsRefused) {
  const Seq before = store->view()->seq;
  const auto refused = write([](Tx& tx) -> Result<Json> {
    PlaceRow stray = must(places::list(tx)).back();
    stray.place.id = PlaceId{9};
    stray.place.code = "990101101009";
    stray.place.parent = PlaceId{77};
    TRY(places::put(tx, stray));
    return Json();
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(store->view()->seq, before);
  EXPECT_EQ(store->view()->tree->size(), 5u);
}

TEST_P(RepositoriesTest, TheCurrentFigureIsTheHigherSourceThenTheLaterEntry) {
  const Precedence precedence{{"bureau", 0}, {"press", 1}};
  const struct {
    const char* source;
    const char* cell;
    const char* current;
  } rows[] = {{"press", "10.00", "10.00"},  {"bureau", "12.50", "12.50"}, {"press", "11.00", "12.50"},
              {"bureau", "12.60", "12.60"}, {"rumour", "99", "12.60"},    {"bureau", "WH", "WH"}};
  const CellKey cell{county, IndicatorCode{"A"}, PlaceId{4}, must(Period::parse("2023"))};
  std::vector<Seq> seqs;
  for (const auto& row : rows) {
    must(store->write(observe(figure(4, "A", "2023", row.source, row.cell), precedence)));
    seqs.push_back(store->view()->seq);
    const auto view = store->view();
    const auto shown = view->cube->cell(view->tree->find(PlaceId{4}), 0, cell.period);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->value.text(2), row.current);
  }
  for (std::size_t i = 0; i < seqs.size(); ++i) {   // as known at each moment
    const auto history = must(store->read([&](Database& db) { return observations::history(db, cell, seqs[i]); }));
    EXPECT_EQ(history.size(), i + 1);
    EXPECT_EQ(observations::pick(history, precedence)->value.text(2), rows[i].current) << i;
  }
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, ManyObservationsGiveWhatTheSameOnesGiveOneByOne) {
  std::vector<observations::Homed> many;
  Random random(5);
  const Precedence precedence{{"s0", 0}, {"s1", 1}};
  for (int i = 0; i < 400; ++i) {
    const std::string source = "s" + std::to_string(random.below(3));
    const auto period = std::to_string(2020 + random.below(5));
    auto o = figure(4 + static_cast<std::int64_t>(random.below(2)), random.chance(0.5) ? "A" : "B", period, source,
                    std::to_string(random.below(50)));
    o.version = 1;
    const bool twice = std::any_of(many.begin(), many.end(), [&](const auto& m) {
      return m.observation.place == o.place && m.observation.indicator == o.indicator &&
             m.observation.period == o.period && m.observation.source == o.source;
    });
    if (!twice) many.push_back({county, o});
  }
  must(write([&](Tx& tx) -> Result<Json> {
    for (const auto& [home, o] : many) TRY(observations::append(tx, home, o, precedence));
    return Json();
  }));
  World other(GetParam());
  const auto bulk = must(other.create());
  load_little_programme(*bulk);
  must(bulk->write(command("test", [&](Tx& tx) -> Result<Json> {
    TRY(observations::append_all(tx, many, precedence));
    return Json();
  })));
  const auto one = must(world.connect()), two = must(other.connect());
  for (const Table* t : {&table::observation, &table::observation_current})
    EXPECT_EQ(must(table_digest(*one, *t)), must(table_digest(*two, *t))) << t->name;
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, TheSameObservationTwiceInOneEntryIsRefused) {
  const auto twice = write([](Tx& tx) -> Result<Json> {
    TRY(observations::append(tx, county, figure(4, "A", "2023", "x", "1"), {}));
    TRY(observations::append(tx, county, figure(4, "A", "2023", "x", "2"), {}));
    return Json();
  });
  ASSERT_FALSE(twice);
  EXPECT_TRUE(twice.error().is(errors::row_exists)) << twice.error().text(Language::en);
}

TEST_P(RepositoriesTest, AFigureInAnotherUnitThanItsPeriodsIsLeftOutAndOlderPeriodsStay) {
  must(store->write(observe(figure(4, "A", "2022", "x", "1.00"))));
  must(write([](Tx& tx) -> Result<Json> {
    TRY(definitions::publish(tx, "indicator", "A", date("2024-01-01"), indicator_body(2, "亿元")));
    return Json();
  }));
  const auto shown = [&](const char* period) {
    const auto view = store->view();
    return view->cube->figure(view->tree->find(PlaceId{4}), 0, must(Period::parse(period))).entered();
  };
  EXPECT_TRUE(shown("2022")) << "the new definition reads no older period anew";
  auto o = figure(4, "A", "2024", "x", "3.00");
  o.version = 2;
  must(store->write(observe(o)));
  EXPECT_TRUE(shown("2024"));
  must(store->write(
      observe(figure(4, "A", "2024", "x", "500.00"))));   // a late figure under version 1 now holds the cell
  EXPECT_FALSE(shown("2024"));
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, TasksAndTheirEventsAreReadAsOfASeq) {
  must(write([](Tx& tx) -> Result<Json> {
    TRY(tasks::put(tx, {county, "T-1", Json("body"), {}, "doing", {}}));
    TRY(tasks::append_event(tx, county, "T-1", Json("made")));
    TRY(tasks::append_event(tx, county, "T-1", Json("assigned")));
    return Json();
  }));
  const auto early = store->view();
  must(write([](Tx& tx) -> Result<Json> {
    Task task = *must(tasks::get(tx, county, "T-1"));
    EXPECT_EQ(task.state, "doing");
    task.state = "closed";
    TRY(tasks::put(tx, task));
    TRY(tasks::append_event(tx, county, "T-1", Json("closed")));
    EXPECT_EQ(must(tasks::list(tx, county)).size(), 1u);
    EXPECT_FALSE(must(tasks::get(tx, county, "T-9")));
    return Json();
  }));
  EXPECT_EQ(early->tasks.find({county, "T-1"})->state, "doing") << "a View stays as it was";
  EXPECT_EQ(store->view()->tasks.find({county, "T-1"})->state, "closed");
  EXPECT_EQ(store->view()->tasks.find({county, "T-1"})->seq, store->view()->seq);
  const auto events = [&](Seq seq) {
    return must(store->read([&](Database& db) { return tasks::events(db, county, "T-1", seq); }));
  };
  EXPECT_EQ(events(early->seq).size(), 2u);
  EXPECT_EQ(events(store->view()->seq).back().body, Json("closed"));
  must(write([](Tx& tx) -> Result<Json> {
    TRY(tasks::erase(tx, county, "T-1"));
    EXPECT_TRUE(tasks::erase(tx, county, "T-1").error().is(errors::no_such_row));
    return Json();
  }));
  EXPECT_TRUE(store->view()->tasks.empty());
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, AccountsAndTheirSessions) {
  must(write([](Tx& tx) -> Result<Json> {
    TRY(accounts::put(
        tx, {county, "u01", "county-office", "active", Bytes{"sealed"}, Bytes{"sealed too"}, Json("body"), {}}));
    for (const char* id : {"aa", "bb"}) TRY(sessions::put(tx, {county, id, "u01", Instant{5}, Json("browser"), {}}));
    TRY(sessions::put(tx, {county, "cc", "u02", Instant{5}, Json("browser"), {}}));
    EXPECT_EQ(must(accounts::find_login(tx, "county-office"))->id, "u01");
    EXPECT_FALSE(must(accounts::find_login(tx, "County-office")));
    EXPECT_EQ(must(sessions::of_account(tx, county, "u01")).size(), 2u);
    return Json();
  }));
  EXPECT_EQ(store->view()->accounts.find({county, "u01"})->secret.data, "sealed too");
  EXPECT_EQ(store->view()->sessions.size(), 3u);
  must(write([](Tx& tx) -> Result<Json> {
    TRY(sessions::erase(tx, *must(sessions::get(tx, county, "aa"))));
    EXPECT_FALSE(must(sessions::get(tx, county, "aa")));
    return Json();
  }));
  EXPECT_EQ(store->view()->sessions.find({county, "aa"}), nullptr);
  EXPECT_EQ(store->view()->sessions.find({county, "bb"})->until, Instant{5});
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, ATasksNumberIsRememberedAfterItIsErased) {
  must(write([](Tx& tx) -> Result<Json> {
    EXPECT_EQ(must(tasks::highest_number(tx)), 0);
    for (const char* id : {"9", "10"}) TRY(tasks::put(tx, {county, id, Json("body"), {}, "open", {}}));
    EXPECT_EQ(must(tasks::highest_number(tx)), 10) << "as a number, not as a text";
    TRY(tasks::append_event(tx, city, "11", Json("made")));
    return Json();
  }));
  must(write([](Tx& tx) -> Result<Json> {
    TRY(tasks::erase(tx, county, "10"));
    EXPECT_EQ(must(tasks::highest_number(tx)), 11);
    return Json();
  }));
}

TEST_P(RepositoriesTest, ImportsAndAssessments) {
  const AssessmentRecord record{county, "a1", "town", 1, must(Period::parse("2023")), digest("result"), {}};
  must(write([&](Tx& tx) -> Result<Json> {
    TRY(imports::put(tx, {county, "b1", Json("rows"), "read", {}}));
    TRY(assessments::insert(tx, record, R"({"score":1})"));
    return Json();
  }));
  must(write([](Tx& tx) -> Result<Json> {
    ImportBatch batch = *must(imports::get(tx, county, "b1"));
    batch.state = "confirmed";
    TRY(imports::put(tx, batch));
    return Json();
  }));
  EXPECT_TRUE(write([&](Tx& tx) -> Result<Json> {
                TRY(assessments::insert(tx, record, "{}"));
                return Json();
              })
                  .error()
                  .is(errors::row_exists));
  const auto view = store->view();
  EXPECT_EQ(view->imports.find({county, "b1"})->state, "confirmed");
  EXPECT_EQ(view->assessments.find({county, "a1"})->digest, digest("result"));
  const auto body = [&](Seq seq) {
    return store->read([&](Database& db) { return assessments::body(db, county, "a1", seq); });
  };
  EXPECT_EQ(must(body(view->seq)), R"({"score":1})");
  EXPECT_TRUE(body(Seq{1}).error().is(errors::no_such_row)) << "younger than that";
  expect_same_after_reopening();
}

TEST_P(RepositoriesTest, RowsAreCheckedTheSameOnBothEngines) {
  const auto put = [&](Row row) {
    return write([&](Tx& tx) -> Result<Json> {
      TRY(tx.put(table::task, row));
      return Json();
    });
  };
  const auto task = [](Value id, Value state, Value seq) {
    return Row{std::int64_t{2}, std::move(id), std::string("{}"), Bytes{}, std::move(state), std::move(seq)};
  };
  const std::string ok = "ok";
  EXPECT_TRUE(put(task(ok, std::string("状态 '\"\\{},"), std::int64_t{1})));
  const Row bad[] = {task(std::int64_t{1}, ok, std::int64_t{1}),
                     task(std::string("\xff"), ok, std::int64_t{1}),
                     task(std::string("a\0b", 3), ok, std::int64_t{1}),
                     task(ok, Value{}, std::int64_t{1}),
                     task(ok, ok, std::int64_t{1'000'000}),
                     Row{std::int64_t{2}}};
  for (const Row& row : bad) {
    const auto refused = put(row);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(errors::row_malformed)) << refused.error().text(Language::en);
  }
  EXPECT_FALSE(write([](Tx& tx) -> Result<Json> {
    TRY(tx.put(table::meta, {std::string("store"), std::string("other")}));
    return Json();
  })) << "the store's own tables are closed";
  expect_same_after_reopening();
}

}   // namespace
}   // namespace gangmu::store::test
