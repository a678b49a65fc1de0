// SPDX-License-Identifier: Apache-2.0
// History does not follow today's structure, from pack to answer: the tutorial's city moves a town, ends a village,
// counts anew and leaves figures out; past periods, and what was known before, stay.
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/known.hpp"
#include "app/observations.hpp"
#include "app/places.hpp"
#include "app/test_store.hpp"
#include "base/text.hpp"

namespace gangmu::app::test {
namespace {

/// Rows of a CSV file without quotes, as lists of cells by column.
class Sheet {
 public:
  Sheet(pack::Files& files, const std::string& path) : bytes_(files[path]) {
    auto lines = text::split(bytes_, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (const std::string& line : lines) rows_.push_back(text::split(line, ','));
  }
  ~Sheet() {
    bytes_.clear();
    for (const auto& row : rows_) bytes_ += text::join(row, ",") + "\n";
  }
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  std::size_t column(const std::string& name) {
    const auto at = std::ranges::find(rows_[0], name);
    if (at != rows_[0].end()) return static_cast<std::size_t>(at - rows_[0].begin());
    rows_[0].push_back(name);
    for (std::size_t r = 1; r < rows_.size(); ++r) rows_[r].emplace_back();
    return rows_[0].size() - 1;
  }
  std::string& at(const std::string& first, const std::string& name) {
    const std::size_t c = column(name);
    return std::ranges::find(rows_, first, [](const auto& row) { return row[0]; })->at(c);
  }
  /// A copy of the last row that begins so, right behind it.
  void copy(const std::string& first, const std::string& name, const std::string& value) {
    const std::size_t c = column(name);
    for (std::size_t r = rows_.size(); r-- > 0;) {
      if (rows_[r][0] != first) continue;
      auto row = rows_[r];
      row[c] = value;
      rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(r) + 1, row);
      return;
    }
  }
  void drop(const std::function<bool(const std::vector<std::string>&)>& unwanted) { std::erase_if(rows_, unwanted); }
  std::vector<std::vector<std::string>>& rows() { return rows_; }

 private:
  std::string& bytes_;
  std::vector<std::vector<std::string>> rows_;
};

class HistoryTest : public ::testing::Test {
 protected:
  HistoryTest() {
    world.clock.set("2026-03-01");
    loaded(world, must(pack::read_pack(programme_folder("tutorial"))));
    before = world.store->view()->seq;
    files = exported();
    lock = must(lock_of(*world.store, must(export_pack(*world.store))));
    world.clock.set("2026-03-05");
  }

  pack::Files exported() { return must(pack::write_pack(must(export_pack(*world.store)))); }
  LoadReport load_changed(bool retire = false) {
    return loaded(world, must(pack::read_pack(files)), {.retire = retire, .base = lock});
  }
  void expect_settled(bool retire = false) {
    const Seq seq = world.store->view()->seq;
    EXPECT_EQ(load_changed(retire).seq, seq) << "the same pack once more changes nothing";
    Fresh other;
    const pack::Files out = exported();
    loaded(other, must(pack::read_pack(out)));
    EXPECT_EQ(must(pack::write_pack(must(export_pack(*other.store)))), out);
    must(world.store->verify());
  }

  /// "61.90 万元 3/3" of a place; "-" where there is none.
  std::string told(const std::string& place, const std::string& indicator, const std::string& period,
                   bool known_before = false, const std::string& frame = {}) {
    if (!service) {
      service.emplace(System{world.clock, world.secrets, world.executor}, Limits{});
      must(service->add(std::move(world.store)));
    }
    Call call;
    call.actor = Actor::local();
    call.programme = "tutorial";
    call.query.insert({{"indicator", indicator}, {"period", period}, {"place", place}});
    if (known_before) call.query["as_known"] = std::to_string(before.value);
    if (!frame.empty()) call.query["frame"] = frame;
    auto reply = explain_observation(*service, call);
    if (!reply) return reply.error().first().kind->code();
    const Told answer = test::told(std::move(reply));
    const Json& figure = answer["figure"];
    std::string out = figure["value"].string_or("-") + " " + answer["indicator"]["unit_zh"].string_or("");
    if (!figure["rolled"].is_null())
      out += " " + std::to_string(figure["rolled"]["reported"].integer_or(0)) + "/" +
             std::to_string(figure["rolled"]["expected"].integer_or(0));
    parts = answer["parts"];
    revisions = answer["revisions"];
    origins = answer["origins"];
    if (figure["state"].string_or("") == "other_area") out = "other area";
    if (const Json& made = figure["frame"]; !made.is_null())
      out += " made of " + std::to_string(made["of"].integer_or(0)) +
             (made["by_share"].boolean_or(false) ? " by share" : "");
    return out;
  }
  /// "2023 67.50 of 2, 2024 …" of a place under one frame, from its page.
  std::string series(const std::string& place, const std::string& indicator, const std::string& frame) {
    Call call;
    call.actor = Actor::local();
    call.programme = "tutorial";
    call.id = place;
    call.query["frame"] = frame;
    const Told answer = test::told(app::place(*service, call));
    std::string out =
        answer["frame"]["on"].string_or("") + (answer["frame"]["there"].boolean_or(true) ? "" : " absent");
    for (const Json& row : *answer["figures"].array()) {
      if (row["indicator"]["code"].string_or("") != indicator) continue;
      for (const Json& point : *row["series"].array()) {
        out += ", " + point["period"].string_or("") + " " + point["value"].string_or(point["state"].string_or(""));
        if (!point["frame"].is_null()) out += " of " + std::to_string(point["frame"]["of"].integer_or(0));
      }
    }
    return out;
  }

  Fresh world;
  Seq before;
  pack::Files files;
  pack::Lock lock;
  std::optional<Service> service;
  Json parts, revisions, origins;
};

const std::string first = "990901000000", second = "990902000000", town = "990901101000", village = "990901101201",
                  west = "990901100202";

TEST_F(HistoryTest, ATownThatMovesFromADayOnIsInBothCountiesPastAndPresent) {
  {
    Sheet places(files, "places.csv");
    places.copy(town, "parent", second);
    places.rows()[7].at(places.column("valid_from")) = "2024-01-01";
  }
  const PlaceId id = (*world.store->view()->tree)[world.store->view()->tree->find_code(town)].id;
  load_changed();
  const auto view = world.store->view();
  EXPECT_EQ((*view->tree)[view->tree->find(id)].parent, (*view->tree)[view->tree->find_code(second)].id);
  expect_settled();

  // A correction of a year in which the village was elsewhere lies where its cell lies; a first report of a later one
  // under the county of today.
  lock = must(lock_of(*world.store, must(export_pack(*world.store))));
  files = exported();
  files["observations.csv"] +=
      village + ",V-INC,2023,13.40,B2,revised,2,更正\n" + village + ",V-INC,2025,20.00,B2,,,\n";
  load_changed();
  const auto home_of = [&](const std::string& code) { return (*view->tree)[view->tree->find_code(code)].id.value; };
  std::map<std::string, std::set<std::int64_t>> homes;
  must(world.store->read([&](store::Database& database) -> Result<bool> {
    TRY(store::scan_rows(database, store::table::observation, {}, [&](store::Row&& row) -> Status {
      const PlaceId place{std::get<std::int64_t>(row[3])};
      if ((*view->tree)[view->tree->find(place)].code == village && std::get<std::string>(row[1]) == "V-INC")
        homes[must(Period::from_key(std::get<std::int64_t>(row[4]))).text()].insert(std::get<std::int64_t>(row[0]));
      return {};
    }));
    return true;
  }));
  EXPECT_EQ(homes["2023"], std::set{home_of(first)});
  EXPECT_EQ(homes["2024"], std::set{home_of(first)});
  EXPECT_EQ(homes["2025"], std::set{home_of(second)});

  EXPECT_EQ(told(first, "V-INC", "2023"), "62.90 万元 3/3");
  EXPECT_EQ(parts.array()->size(), 2u) << "the town is a part of its county of then";
  EXPECT_EQ(told(second, "V-INC", "2023"), "36.90 万元 2/3");
  EXPECT_EQ(told(first, "V-INC", "2024"), "57.95 万元 2/2");
  EXPECT_EQ(told(second, "V-INC", "2024"), "59.95 万元 3/4");
  EXPECT_EQ(told(town, "V-INC", "2023"), "13.40 万元 1/1");
  EXPECT_EQ(told(village, "V-INC", "2023"), "13.40 万元");
  EXPECT_EQ(revisions.array()->size(), 2u);
  EXPECT_EQ(told(first, "V-INC", "2024", true), "77.75 万元 3/3");
  EXPECT_EQ(told(second, "V-INC", "2024", true), "40.15 万元 2/3");
  EXPECT_EQ(told(first, "V-INC", "2023", true), "61.90 万元 3/3");
}

TEST_F(HistoryTest, ATownWhoseCountyIsCorrectedWithoutADateMovesInAllPeriodsAndWhatWasKnownStays) {
  {
    Sheet places(files, "places.csv");
    places.at(town, "parent") = second;
    std::rotate(places.rows().begin() + 6, places.rows().begin() + 8, places.rows().begin() + 9);   // below its county
  }
  load_changed();
  expect_settled();
  EXPECT_EQ(told(first, "V-INC", "2024"), "57.95 万元 2/2");
  EXPECT_EQ(told(second, "V-INC", "2024"), "59.95 万元 3/4");
  EXPECT_EQ(told(first, "V-INC", "2024", true), "77.75 万元 3/3");
  EXPECT_EQ(told(second, "V-INC", "2024", true), "40.15 万元 2/3");
  EXPECT_EQ(told(village, "V-INC", "2024"), "19.80 万元");
  EXPECT_EQ(revisions.array()->size(), 1u) << "found under the home it has";
}

TEST_F(HistoryTest, APlaceKeepsItsFiguresWhenItsCodeChanges) {
  const std::string next = "990902102000";
  {
    Sheet places(files, "places.csv");
    places.copy(town, "code", next);
    auto& row = places.rows()[7];
    row.at(places.column("valid_from")) = "2024-01-01";
    for (auto& one : places.rows()) one.resize(places.column("was") + 1);
    places.rows()[7].at(places.column("was")) = town;
  }
  const PlaceId id = (*world.store->view()->tree)[world.store->view()->tree->find_code(town)].id;
  load_changed();
  EXPECT_EQ((*world.store->view()->tree)[world.store->view()->tree->find_code(next)].id, id);
  expect_settled();
  EXPECT_EQ(told(next, "V-INC", "2023"), "12.40 万元 1/1");
  EXPECT_EQ(told(town, "V-INC", "2023"), "12.40 万元 1/1") << "an old link still leads there";
}

TEST_F(HistoryTest, AVillageThatEndsStillCountsInThePeriodsItWasThere) {
  {
    Sheet places(files, "places.csv"), observations(files, "observations.csv");
    const auto of_west = [](const auto& row) { return row[0] == west; };
    places.drop(of_west);
    observations.drop(of_west);
  }
  const LoadReport report = load_changed(true);
  EXPECT_EQ(report.plan.retired, (std::vector<pack::ObjectKey>{{"place", west}}));
  EXPECT_EQ(report.plan.absent,
            (std::vector<pack::ObjectKey>{{"series", "V-INC/" + west}, {"series", "V-POP/" + west}}));
  expect_settled(true);
  EXPECT_EQ(world.store->view()->tree->find_code(west), place::no_node);
  EXPECT_EQ(told(first, "V-INC", "2023"), "61.90 万元 3/3");
  EXPECT_EQ(told("990901100000", "V-INC", "2023"), "49.50 万元 2/2");
  ASSERT_EQ(parts.array()->size(), 2u);
  EXPECT_EQ((*parts.array())[1]["place"]["until"], Json("2026-03-05"));
  EXPECT_EQ(told(west, "V-INC", "2023"), "18.00 万元") << "a part can be opened";
  EXPECT_EQ(told(first, "V-INC", "2023", true), "61.90 万元 3/3");
  EXPECT_EQ(told(first, "V-INC", "2027"), "- 万元 0/2") << "it is expected no more";
}

TEST_F(HistoryTest, ANewDefinitionReadsNoOlderPeriodAnewAndNoGrowthIsToldAcrossIt) {
  {
    Sheet indicators(files, "indicators.csv"), observations(files, "observations.csv");
    indicators.column("valid_from");
    indicators.copy("V-INC", "valid_from", "2024-01-01");
    for (auto& row : indicators.rows())
      if (row[0] == "V-INC" && row[indicators.column("valid_from")] == "2024-01-01") {
        row[indicators.column("unit_zh")] = "元";
        row[indicators.column("decimals")] = "0";
        row[indicators.column("aggregation")] = "mean";
        row[indicators.column("soft_max")] = "";
      }
    for (auto& row : observations.rows())
      if (row[1] == "V-INC" && row[2] == "2024" && row[3] != "NA") {
        const auto point = row[3].find('.');
        row[3] = row[3].substr(0, point) + row[3].substr(point + 1) + "00";   // 36.20 万元 = 362000 元
      }
  }
  load_changed();
  expect_settled();
  EXPECT_EQ(told(first, "V-INC", "2023"), "61.90 万元 3/3") << "not a mean, not in 元, not missing";
  EXPECT_EQ(told("990901100201", "V-INC", "2023"), "31.50 万元");
  EXPECT_EQ(told(first, "V-INC", "2024"), "259167 元 3/3");
  EXPECT_EQ(told("990901100201", "V-INC", "2024"), "362000 元");
  EXPECT_EQ(revisions.array()->size(), 1u) << "36.20 was told in another unit";
  EXPECT_EQ(told(first, "V-INC", "2024", true), "77.75 万元 3/3");

  Call call;
  call.actor = Actor::local();
  call.programme = "tutorial";
  call.id = "990901100201";
  const Told profile = test::told(place(*service, call));
  for (const Json& row : *profile["figures"].array()) {
    if (row["indicator"]["code"] != Json("V-INC")) continue;
    EXPECT_TRUE(row["year_before"].is_null());
    EXPECT_TRUE(row["year_before_differs"].boolean_or(false));
    EXPECT_EQ((*row["series"].array())[0]["unit_zh"], Json("万元"));
    EXPECT_EQ((*row["series"].array())[0]["version"], Json(1));
    EXPECT_EQ((*row["series"].array())[1]["version"], Json(2));
  }
}

TEST_F(HistoryTest, AUnitCorrectedFromTheSameDayOnTellsAllFiguresAnew) {
  {
    Sheet indicators(files, "indicators.csv");
    indicators.at("V-INC", "unit_zh") = "元";
  }
  load_changed();
  expect_settled();
  EXPECT_EQ(told(first, "V-INC", "2023"), "61.90 元 3/3");
  EXPECT_EQ(told(first, "V-INC", "2023", true), "61.90 万元 3/3");
}

TEST_F(HistoryTest, FiguresThatLeaveThePackAreNamedAndStay) {
  {
    Sheet observations(files, "observations.csv");
    observations.drop([](const auto& row) { return row[1] == "V-POP" && row[2] == "2023"; });
  }
  const Seq seq = world.store->view()->seq;
  const LoadReport report = load_changed();
  EXPECT_EQ(report.seq, seq) << "nothing is written";
  EXPECT_TRUE(report.plan.taken.empty());
  EXPECT_EQ(std::ranges::count(report.plan.absent, pack::ObjectKey{"figure", "V-POP/" + west + "/2023/B2"}), 1);
  EXPECT_EQ(load_changed(true).seq, seq) << "nor are figures retired";
  EXPECT_EQ(told(first, "V-POP", "2023").substr(0, 4), "3570");
}

TEST_F(HistoryTest, ASeriesUnderOneFrameAddsMergedPlacesUpByTheSharesStated) {
  {
    Sheet places(files, "places.csv");
    places.at(west, "valid_to") = "2023-12-31";
    Sheet figures(files, "observations.csv");
    figures.drop([](const auto& row) { return row[0] == west && row[2] == "2024"; });
  }
  files["successors.csv"] =
      "from,to,share,on\n" + west + "," + village + ",0.25,2024-01-01\n" + west + ",990901100201,0.75,2024-01-01\n";
  load_changed();
  expect_settled();
  const std::string east = "990901100201", today = "today";
  EXPECT_EQ(told(east, "V-INC", "2023"), "31.50 万元");
  EXPECT_EQ(told(east, "V-INC", "2023", false, today), "45.00 万元 made of 2 by share") << "31.50 + 18.00 × 0.75";
  ASSERT_EQ(origins.array()->size(), 2u);
  EXPECT_EQ((*origins.array())[1]["place"]["code"].string_or(""), west);
  EXPECT_EQ((*origins.array())[1]["share"].string_or(""), "0.75");
  EXPECT_EQ((*origins.array())[1]["figure"]["value"].string_or(""), "18.00");
  EXPECT_EQ(told(village, "V-INC", "2023", false, today), "16.90 万元 made of 2 by share");
  EXPECT_EQ(told(first, "V-INC", "2023", false, today), told(first, "V-INC", "2023")) << "the county is what it was";
  EXPECT_EQ(told(east, "V-INC", "2024", false, "2023-06-30"), "other area") << "it has a part of the west in it";
  EXPECT_EQ(told(west, "V-INC", "2023", false, "2023-06-30"), "18.00 万元");
  EXPECT_EQ(told(west, "V-INC", "2023", false, today), "app.unknown_place");
  EXPECT_EQ(told(east, "V-INC", "2023", false, "tomorrow"), "app.query_malformed");
  EXPECT_EQ(series(east, "V-INC", today), "2026-03-05, 2023 45.00 of 2, 2024 36.20");
  EXPECT_EQ(series(east, "V-INC", "2023-06-30"), "2023-06-30, 2023 31.50, 2024 other_area");
}

TEST_F(HistoryTest, OneFrameAndAnEarlierKnowledgeGoTogether) {
  {
    Sheet places(files, "places.csv");
    places.at(west, "valid_to") = "2023-12-31";
    Sheet figures(files, "observations.csv");
    figures.drop([](const auto& row) { return row[0] == west && row[2] == "2024"; });
  }
  files["successors.csv"] = "from,to,share,on\n" + west + ",990901100201,1,2024-01-01\n";
  files["observations.csv"] += west + ",V-INC,2023,19.00,B2,revised,2,更正\n";
  load_changed();
  EXPECT_EQ(told("990901100201", "V-INC", "2023", false, "today"), "50.50 万元 made of 2");
  EXPECT_EQ(told("990901100201", "V-INC", "2023", true, "today"), "31.50 万元") << "nobody had told of a merger then";
  EXPECT_EQ(told(west, "V-INC", "2023", true, "today"), "18.00 万元");
}

}   // namespace
}   // namespace gangmu::app::test
