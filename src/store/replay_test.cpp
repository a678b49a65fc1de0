// SPDX-License-Identifier: Apache-2.0
// The journal alone gives the same tables, row for row, on either engine and across; and it shows whoever changes it.
#include <gtest/gtest.h>

#include "store/backup.hpp"
#include "store/errors.hpp"
#include "store/opening.hpp"
#include "store/postgres_fixture.hpp"
#include "store/test_world.hpp"
#include "store/verification.hpp"

namespace gangmu::store::test {
namespace {

/// A few of everything: definitions, places, figures singly and as a batch file, tasks changed and erased, request
/// keys.
void live_a_little(World& world, Store& store) {
  load_little_programme(store);
  const Precedence precedence{{"bureau", 0}};
  for (int i = 0; i < 10; ++i)
    must(store.write(
        observe(figure(4 + i % 2, i % 3 == 0 ? "B" : "A", "2023", i % 4 == 0 ? "press" : "bureau", std::to_string(i)),
                precedence, "key " + std::to_string(i))));
  must(store.write(command("batch", [&](Tx& tx) -> Result<Json> {
    std::vector<observations::Homed> many;
    for (int year = 1900; year < 2000; ++year)
      for (const char* indicator : {"A", "B"})
        for (std::int64_t place = 4; place <= 5; ++place)
          many.push_back({county, figure(place, indicator, std::to_string(year), "census", std::to_string(year % 7))});
    TRY(observations::append_all(tx, std::move(many), precedence));
    return Json();
  })));
  for (const char* state : {"doing", "waiting \"'{},\\", "closed"})
    must(store.write(command(
        "task",
        [&](Tx& tx) -> Result<Json> {
          TRY(tasks::put(tx, {county, "T-1", Json("正文\n第二行"), Bytes{std::string("\0\xff\x01", 3)}, state, {}}));
          TRY(tasks::append_event(tx, county, "T-1", Json(state)));
          tx.uses("scheme", "town", 1);
          return Json(state);
        },
        std::string("task ") + state)));
  must(store.write(command("erase", [&](Tx& tx) -> Result<Json> {
    TRY(tasks::put(tx, {county, "T-2", Json("x"), {}, "doing", {}}));
    TRY(tasks::erase(tx, county, "T-2"));
    TRY(imports::put(tx, {county, "b", Json("x"), "read", {}}));
    TRY(assessments::insert(tx, {county, "a", "s", 1, must(Period::parse("2023")), digest("r"), {}}, "{}"));
    return Json();
  })));
  world.clock.time.micros += 500LL * 86'400'000'000;
  EXPECT_EQ(must(store.forget_old_request_keys()), 13);
  must(store.write(observe(figure(4, "A", "2024", "bureau", "1"), precedence, "young")));
}

World& lively(Engine engine) {
  const auto make = [](Engine e) {
    auto world = std::make_unique<World>(e);
    world->config.limits.entry_bytes = 4096;
    world->config.limits.incremental_rows = 100;
    const auto store = must(world->create());
    live_a_little(*world, *store);
    return world;
  };
  static const auto sqlite = make(Engine::sqlite), postgres = make(Engine::postgres);
  return engine == Engine::sqlite ? *sqlite : *postgres;
}

std::unique_ptr<Batches> batches(Database& source, World& world) {
  return batches_of(source, world.config.folder, world.files);
}

std::unique_ptr<Database> empty_target(Engine engine) {
  auto database = must(engine == Engine::sqlite ? open_sqlite_memory() : open_postgres(fresh_postgres_schema()));
  must(create_tables(*database));
  return database;
}

using ReplayTest = OnBothEngines;
GANGMU_ON_BOTH_ENGINES(ReplayTest);

TEST_P(ReplayTest, GivesTheSameTablesOnBothEngines) {
  World& world = lively(GetParam());
  const auto source = must(world.connect());
  Statement* named = must(source->prepare(R"(SELECT count(*) FROM "journal" WHERE "bytes" LIKE '%"batch":{%')"));
  ASSERT_TRUE(must(named->step()));
  EXPECT_GT(named->integer(0), 0) << "the test is to cover batches";
  named->reset();
  for (const Engine engine : {Engine::sqlite, Engine::postgres}) {
    const auto target = empty_target(engine);
    must(replay(*source, *target, *batches(*source, world)));
    EXPECT_EQ(must(table_digests(*target)), must(table_digests(*source)));
    ViewMaker maker(indicator_of, kinds_of, world.executor, {});
    const View here = must(maker.load(*source)), there = must(maker.load(*target));
    EXPECT_EQ(picture(here), picture(there));
  }
}

TEST_P(ReplayTest, TheSameActsGiveTheSameJournalOnBothEngines) {
  const auto one = must(lively(Engine::sqlite).connect()), two = must(lively(Engine::postgres).connect());
  EXPECT_EQ(must(table_digests(*one)), must(table_digests(*two)));
}

TEST_P(ReplayTest, AnyMomentOfThePastCanBeHadBack) {
  World& world = lively(GetParam());
  const auto source = must(world.connect());
  const auto target = empty_target(Engine::sqlite);
  must(replay(*source, *target, *batches(*source, world), Seq{5}));
  EXPECT_EQ(must(last_seq(*target)), Seq{5});
  Statement* rows = must(target->prepare("SELECT count(*) FROM observation"));
  ASSERT_TRUE(must(rows->step()));
  EXPECT_EQ(rows->integer(0), 4);
  rows->reset();
}

TEST(ReplayOnPostgres, ABatchThatIsGoneOrChangedIsNamed) {
  World& world = lively(Engine::postgres);
  const auto source = must(world.connect());
  for (const char* sql : {"UPDATE batch SET piece = piece || 'x'", "DELETE FROM batch"}) {
    must(source->begin_write());
    must(source->exec(sql));
    const Status changed = replay(*source, *empty_target(Engine::sqlite), *batches(*source, world));
    source->rollback();
    ASSERT_FALSE(changed) << sql;
    EXPECT_TRUE(changed.error().is(errors::batch_missing));
  }
}

TEST(ReplayOnSqlite, ABatchFileThatIsGoneOrChangedIsNamed) {
  World& world = lively(Engine::sqlite);
  const auto source = must(world.connect());
  const auto file = world.config.folder / "batches" / must(world.files.list(world.config.folder / "batches")).front();
  const std::string bytes = must(world.files.read(file));
  must(world.files.write(file, bytes + " ", 0600));
  const Status changed = replay(*source, *empty_target(Engine::sqlite), *batches(*source, world));
  ASSERT_FALSE(changed);
  EXPECT_TRUE(changed.error().is(errors::batch_missing));
  must(world.files.write(file, bytes, 0600));
}

/// One way to tamper with a journal; {n} is a seq.
struct Trick {
  const char* name;
  const char* sql;
};

TEST_P(ReplayTest, TamperingIsFoundAndTheFirstBadEntryNamed) {
  World& world = lively(GetParam());
  const auto database = must(world.connect());
  const Seq last = must(last_seq(*database));
  const Trick tricks[] = {
      {"edit bytes", R"(UPDATE journal SET bytes = replace(bytes, '"home":2', '"home":3') WHERE seq = {n})"},
      {"edit a column", "UPDATE journal SET actor = 'nobody' WHERE seq = {n}"},
      {"edit the hash",
       "UPDATE journal SET hash = 'sha256:' || replace(substr(hash, 8), 'a', 'b') || '' WHERE seq = {n}"},
      {"delete", "DELETE FROM journal WHERE seq = {n}"},
      {"truncate", "DELETE FROM journal WHERE seq >= {n}"},
      {"swap", "UPDATE journal SET seq = CASE seq WHEN {n} THEN 1000000 ELSE seq END"},
  };
  for (std::int64_t n = 2; n <= last.value; ++n)
    for (const Trick& trick : tricks) {
      std::string sql = trick.sql;
      sql.replace(sql.find("{n}"), 3, std::to_string(n));
      must(database->begin_write());
      const auto before = must(table_digest(*database, table::journal));
      must(database->exec(sql));
      Line line;
      const Status found = verify_journal(*database, Seq{}, last, line);
      const bool changed = must(table_digest(*database, table::journal)) != before;
      database->rollback();
      if (!changed) continue;   // a hash without that digit
      ASSERT_FALSE(found) << trick.name << " at " << n;
      EXPECT_EQ(found.error().first().arguments.front(), std::to_string(n)) << trick.name;
    }
}

TEST_P(ReplayTest, AnInsertedEntryIsFound) {
  World& world = lively(GetParam());
  const auto database = must(world.connect());
  const Seq last = must(last_seq(*database));
  Entry forged;
  forged.seq = Seq{last.value + 1};
  forged.home = county;
  forged.columns = Json(Json::Object{});
  must(database->begin_write());
  must(insert_entry(*database, forged, forged.canonical(), digest("a guess")));
  Line line;
  const Status found = verify_journal(*database, Seq{}, forged.seq, line);
  database->rollback();
  ASSERT_FALSE(found);
  EXPECT_TRUE(found.error().is(errors::journal_broken));
}

TEST_P(ReplayTest, ATableThatWasChangedBesideTheJournalIsNamed) {
  World& world = lively(GetParam());
  const auto database = must(world.connect());
  must(verify_database(*database, *batches(*database, world), {}));
  must(database->begin_write());
  must(database->exec("UPDATE observation_current SET value = value + 1 WHERE place = 4 AND indicator = 'A'"));
  const auto found = verify_database(*database, *batches(*database, world), {});
  database->rollback();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().first().arguments.front(), "observation_current");
}

}   // namespace
}   // namespace gangmu::store::test
