// SPDX-License-Identifier: Apache-2.0
// Readings of assessments over a small example city: what is printed adds up, what is tried is kept nowhere, and no
// real place is scored.
#include "app/assessments.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "app/assessment_asked.hpp"
#include "app/errors.hpp"
#include "app/test_store.hpp"
#include "score/errors.hpp"
#include "sim/simulate.hpp"

namespace gangmu::app::test {
namespace {

using Query = std::map<std::string, std::string, std::less<>>;
using UseCase = Result<Reply>(Service&, const Call&);

class City {
 public:
  City() : service({world.clock, world.secrets, world.executor}, {}) {
    sim::Shape shape;
    shape.counties = 2;
    shape.towns = 24;
    shape.villages = 30;
    shape.first_year = 2020;
    shape.years = 4;
    loaded(world, must(sim::simulate(programme_folder("example-city"), 3, shape)));
    must(service.add(std::move(world.store)));
    for (const char* year : {"2021", "2022", "2023"}) id[year] = run(year);
  }

  Call call(const std::string& assessment, const std::string& place = {}, Query query = {}) {
    Call out;
    out.programme = "example-city";
    out.actor = Actor::local();
    out.id = assessment;
    out.sub_id = place;
    out.query = std::move(query);
    out.request_key = "key-" + std::to_string(++calls);
    return out;
  }
  /// A day after the one before.
  std::string run(const std::string& year) {
    world.clock.time.micros += 86'400'000'000;
    Call wish = call({});
    wish.body = R"({"scheme":"towns","period":")" + year + "\"}";
    return told(run_assessment(service, wish))["id"].string_or("");
  }
  Json get(UseCase* use_case, const std::string& assessment, const std::string& place = {}, Query query = {}) {
    return told(use_case(service, call(assessment, place, std::move(query)))).json;
  }
  std::vector<std::string> places() {
    std::vector<std::string> out;
    const Json all = get(assessment, id["2023"]);
    for (const Json& row : *all["rows"].array()) out.push_back(row["place"]["code"].string_or(""));
    return out;
  }

  Fresh world;
  Service service;
  std::map<std::string, std::string> id;
  int calls = 0;
};

class Assessments : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { city = new City; }
  static void TearDownTestSuite() { delete city; }
  static std::string text(const Json& json, std::string_view member) { return json[member].string_or(""); }
  static std::int64_t cents(const Json& json, std::string_view member) {
    return must(must(Decimal::parse(text(json, member))).rescaled(2)).units();
  }
  static std::string why(const Result<Reply>& reply) {
    return reply ? "done" : std::string(reply.error().first().kind->name);
  }
  static inline City* city = nullptr;
};

TEST_F(Assessments, TellHowFarEachBranchIsFromTheMiddleOfTheClass) {
  std::map<std::string, std::vector<std::int64_t>> of_economy;   // class → points
  std::map<std::string, std::int64_t> median;
  for (const std::string& place : city->places()) {
    const Json why = city->get(explain_assessment, city->id["2023"], place);
    std::int64_t parts = 0;
    for (const Json& branch : *why["branches"].array()) {
      EXPECT_EQ(cents(branch, "points") - cents(branch, "median"), cents(branch, "gap"));
      if (text(branch, "parent") == "total") parts += cents(branch, "points");
      const bool whole = text(branch, "parent").empty();
      EXPECT_TRUE(!whole || cents(branch, "points") == cents(why, "total")) << "no bonus in this city";
      if (text(branch, "id") != "economy") continue;
      of_economy[text(why, "class")].push_back(cents(branch, "points"));
      median[text(why, "class")] = cents(branch, "median");
    }
    EXPECT_EQ(parts, cents(why, "total"));
    for (const Json& step : *why["waterfall"].array())
      EXPECT_EQ(text(step, "kind") == "part", !text(step, "median").empty());
  }
  ASSERT_FALSE(of_economy.empty());
  for (auto& [of_class, points] : of_economy) {
    std::ranges::sort(points);
    const std::size_t half = points.size() / 2;
    const std::int64_t middle = points.size() % 2 == 1 ? points[half] : (points[half - 1] + points[half]) / 2;
    EXPECT_LE(std::abs(middle - median[of_class]), 1) << of_class;   // of printed points, each within half a hundredth
  }
}

TEST_F(Assessments, KeepTheTimeTheyWereMade) {
  const Json listed = city->get(assessments, {})["items"];
  for (const Json& item : *listed.array()) {
    const std::int64_t days_ago = 2023 - std::stoi(text(item, "period"));
    EXPECT_EQ(text(item, "at"), Instant{city->world.clock.time.micros - days_ago * 86'400'000'000}.text());
    EXPECT_EQ(text(city->get(assessment, text(item, "id")), "at"), text(item, "at"));
  }
  EXPECT_EQ(listed.array()->size(), 3u);
}

TEST_F(Assessments, SayWhyAScoreChangedSinceTheYearBefore) {
  std::size_t told = 0;
  for (const std::string& place : city->places()) {
    const Json before = city->get(explain_assessment, city->id["2022"], place),
               now = city->get(explain_assessment, city->id["2023"], place);
    const Json& change = now["change"];
    if (change.is_null()) continue;
    ++told;
    EXPECT_EQ(text(change, "assessment"), city->id["2022"]);
    EXPECT_EQ(text(change, "before"), text(before, "total"));
    EXPECT_EQ(text(change, "now"), text(now, "total"));
    std::int64_t sum = cents(change, "before");
    for (const Json& step : *change["steps"].array()) sum += cents(step, "points");
    EXPECT_EQ(sum, cents(change, "now"));
    EXPECT_EQ(cents((*change["steps"].array())[0], "points"), 0) << "nothing was corrected";
    EXPECT_EQ(cents((*change["steps"].array())[1], "points"), 0) << "the scheme is the same";
    EXPECT_FALSE(change["plain"].array()->empty());
  }
  EXPECT_GT(told, 10u);
  EXPECT_TRUE(city->get(explain_assessment, city->id["2021"], city->places().front())["change"].is_null())
      << "there is no 2020";
}

// Whoever stays in its class sees no correction when others are moved between classes: no figure was corrected.
TEST(Reclassed, IsAChangeOfRulesAndNoCorrection) {
  City city;
  store::Store& store = *must(city.service.store("example-city"));
  const std::vector<std::string> places = city.places();
  std::vector<std::string> moved;
  const auto move = [&](store::Tx& tx) -> Result<Json> {
    for (const auto* definition : store.view()->definitions->list("class")) {
      if (moved.size() == 3 || definition->id.ends_with("000000") || definition->body["class"].string_or("") != "a")
        continue;
      Json body = definition->body;
      body.set("class", "b");
      TRY(store::definitions::publish(tx, "class", definition->id, definition->valid_from, body));
      moved.push_back(body["place"].string_or(""));
    }
    return Json("moved");
  };
  must(store.write(
      {.home = PlaceId{1}, .actor = "local", .act = "load", .request_key = {}, .command = Json(), .run = move}));
  ASSERT_EQ(moved.size(), 3u);
  const std::string now = city.run("2023");
  ASSERT_NE(now, city.id["2023"]);
  std::size_t told = 0, by_rules = 0;
  for (const std::string& place : places) {
    const Json change = city.get(explain_assessment, now, place)["change"];
    if (change.is_null()) continue;
    ++told;
    EXPECT_EQ((*change["steps"].array())[0]["points"].string_or(""), "0.00") << place;
    by_rules += (*change["steps"].array())[1]["points"].string_or("") != "0.00";
  }
  EXPECT_GT(told, 10u);
  EXPECT_GT(by_rules, 0u);
}

TEST_F(Assessments, NameTheLeastEffortThatLiftsAPlace) {
  std::size_t lifted = 0;
  for (const std::string& place : city->places()) {
    const Json lift = city->get(app::lift, city->id["2023"], place, {{"ranks", "2"}});
    if (text(lift, "way") == "none") continue;
    ++lifted;
    EXPECT_NE(text((*lift["plain"].array())[0], "text_zh").find("再进"), std::string::npos);
    std::int64_t effort = -1;
    for (const Json& step : *lift["steps"].array()) {
      if (text(lift, "way") != "alone") continue;
      EXPECT_LE(step["rank"].integer_or(99), lift["wanted"].integer_or(0));
      EXPECT_GE(cents(step, "effort"), effort) << "the least first";
      effort = cents(step, "effort");
      const bool percent = text(step, "unit_zh") == "%";
      EXPECT_TRUE(!percent || must(Decimal::parse(text(step, "to"))) <= Decimal(100, 0)) << "beyond what is possible";
    }
  }
  EXPECT_GT(lifted, 10u);
  EXPECT_EQ(why(app::lift(city->service, city->call(city->id["2023"], "990000000000"))), "unknown_place");
}

TEST_F(Assessments, GiveTheSameRobustnessForTheSameSeed) {
  const std::vector<std::string> places = city->places();
  const Query query{{"runs", "300"}, {"seed", "7"}, {"place", places[3]}};
  const Json first = city->get(robustness, city->id["2023"], {}, query);
  City another;
  EXPECT_EQ(first.canonical(), another.get(robustness, another.id["2023"], {}, query).canonical())
      << "byte for byte, on another server";
  EXPECT_NE(text(first, "digest"),
            text(city->get(robustness, city->id["2023"], {}, {{"runs", "300"}, {"seed", "8"}}), "digest"));
  std::int64_t in_bands = 0;
  for (const Json& band : *first["bands"].array()) in_bands += band["places"].integer_or(0);
  EXPECT_EQ(in_bands, first["of"].integer_or(-1));
  for (const Json& row : *first["rows"].array()) {
    std::int64_t runs = 0;
    for (const Json& bin : *row["histogram"].array()) runs += bin.integer_or(0);
    EXPECT_EQ(runs, 300);
    EXPECT_LE(row["lo"].integer_or(0), row["median"].integer_or(0));
    EXPECT_LE(row["median"].integer_or(0), row["hi"].integer_or(0));
  }
  ASSERT_FALSE(first["own"]["duels"].array()->empty());
  for (const Json& duel : *first["own"]["duels"].array()) {   // the other side of the same duel
    const Json back = city->get(robustness, city->id["2023"], {},
                                {{"runs", "300"}, {"seed", "7"}, {"place", text(duel["other"], "code")}});
    const auto& duels = *back["own"]["duels"].array();
    const auto mirror =
        std::ranges::find(duels, places[3], [](const Json& j) { return j["other"]["code"].string_or(""); });
    ASSERT_NE(mirror, duels.end());
    EXPECT_EQ(
        must(Decimal::add(must(Decimal::parse(text(duel, "before"))), must(Decimal::parse(text(*mirror, "before"))))),
        Decimal(1, 0));
  }
}

TEST_F(Assessments, SayWhatTheRanksHangOnAndKeepToTheirLimits) {
  const std::string place = city->places()[2];
  const Json found = city->get(sensitivity, city->id["2023"], {}, {{"base", "32"}, {"place", place}});
  ASSERT_EQ(found["outputs"].array()->size(), 2u);
  EXPECT_TRUE((*found["outputs"].array())[0]["place"].is_null());
  EXPECT_EQ(text((*found["outputs"].array())[1]["place"], "code"), place);
  EXPECT_FALSE(found["removals"].array()->empty());
  EXPECT_EQ(why(robustness(city->service, city->call(city->id["2023"], {}, {{"runs", "10001"}}))), "robustness_limit");
  EXPECT_EQ(why(robustness(city->service, city->call(city->id["2023"], {}, {{"class", "z"}}))), "query_malformed");
}

TEST_F(Assessments, TryOtherWeightsAndKeepNothing) {
  const auto at = must(city->service.store("example-city"))->view()->seq;
  const std::string id = city->id["2023"];
  const Json recorded = city->get(assessment, id, {}, {{"class", "a"}}), as_given = city->get(what_if, id);
  EXPECT_EQ(as_given["moved"].integer_or(-1), 0);
  ASSERT_EQ(as_given["rows"].array()->size(), recorded["rows"].array()->size());
  for (std::size_t i = 0; i < recorded["rows"].array()->size(); ++i) {
    const Json &was = (*recorded["rows"].array())[i], &is = (*as_given["rows"].array())[i];
    EXPECT_EQ(text(was["place"], "code"), text(is["place"], "code"));
    EXPECT_EQ(text(was, "total"), text(is, "total"));
    EXPECT_EQ(was["rank"], is["rank"]);
  }
  const Json all_economy =
      city->get(what_if, id, {}, {{"weights", "economy:100,agriculture:0,town:0,livelihood:0,rural:0,governance:0"}});
  for (const Json& row : *all_economy["rows"].array()) {   // then the total is the branch's own points
    const Json why = city->get(explain_assessment, id, text(row["place"], "code"));
    const auto& branches = *why["branches"].array();
    const auto economy = std::ranges::find(branches, "economy", [](const Json& j) { return j["id"].string_or(""); });
    EXPECT_EQ(text(row, "total"), text(*economy, "score"));
    EXPECT_EQ(text(row, "total_given"), text(why, "total"));
  }
  EXPECT_EQ(must(city->service.store("example-city"))->view()->seq, at) << "a read";
  EXPECT_EQ(city->get(assessment, id, {}, {{"class", "a"}}), recorded);
}

TEST_F(Assessments, GoIntoWorkbooksMarkedAsWhatTheyAre) {
  Call wish = city->call(city->id["2023"], {}, {{"weights", "economy:60"}});
  wish.as_xlsx = true;
  const std::string trial = must(what_if(city->service, wish)).body;
  std::string notes;
  for (const std::string& line : lines_of(trial, 1)) notes += line + "\n";
  EXPECT_NE(notes.find("试算，不改变考核结果"), std::string::npos) << notes;
  wish.query = {{"runs", "100"}};
  EXPECT_GT(lines_of(must(robustness(city->service, wish)).body).size(), 3u);
}

TEST_F(Assessments, RefuseWeightsThatCannotBeTried) {
  const auto refused = [&](Query query) {
    return what_if(city->service, city->call(city->id["2023"], {}, std::move(query))).error();
  };
  EXPECT_TRUE(refused({{"node", "T-ECO-01"}}).is(score::errors::what_if_node));
  EXPECT_EQ(refused({{"weights", "economy,rural:x"}}).all().size(), 2u);
  EXPECT_EQ(refused({{"weights", "economy:-1,nothing:5,rural:101"}}).all().size(), 3u);
}

// No real place gets a composite: there is no assessment of one to read, none can be made without its authority's
// scheme, and other weights are not tried even where there is one.
TEST(RealPlaces, GetNoComposite) {
  World real(false);
  for (UseCase* use_case : {assessment, robustness, sensitivity}) {
    const auto reply = use_case(real.service(), real.call("towns-2023-00000000"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().first().kind->http_status, 404);
  }
  Call of_place = real.call("towns-2023-00000000");
  of_place.sub_id = "990101101000";
  for (UseCase* use_case : {explain_assessment, lift})
    EXPECT_EQ(use_case(real.service(), of_place).error().first().kind->http_status, 404);
  EXPECT_TRUE(what_if(real.service(), real.call("towns-2023-00000000")).error().is(errors::what_if_of_real_places));
  EXPECT_TRUE(run_assessment(real.service(), real.call({}, R"({"scheme":"towns","period":"2023"})"))
                  .error()
                  .is(errors::unknown_scheme));
}

// Nor are ranks worked out by other weights where there is an assessment: here the programme is declared real after its
// scores were made.
TEST(RealPlaces, GetNoRanksNobodyPublished) {
  City city;
  store::Store& store = *must(city.service.store("example-city"));
  const auto declare = [&](store::Tx& tx) -> Result<Json> {
    const auto* programme = store.view()->definitions->list("programme").front();
    Json body = programme->body;
    body.set("synthetic", false);
    TRY(store::definitions::publish(tx, "programme", programme->id, programme->valid_from, body));
    return Json("declared");
  };
  ASSERT_TRUE(robustness(city.service, city.call(city.id["2023"])));
  must(store.write(
      {.home = PlaceId{1}, .actor = "local", .act = "load", .request_key = {}, .command = Json(), .run = declare}));
  EXPECT_TRUE(assessment(city.service, city.call(city.id["2023"])));
  for (UseCase* use_case : {robustness, sensitivity})
    EXPECT_TRUE(use_case(city.service, city.call(city.id["2023"])).error().is(errors::robustness_of_real_places));
}

/// Something happens while scores are being computed.
struct Meddling final : Executor {
  std::function<void()> meddle;
  void run(std::size_t tasks, const std::function<void(std::size_t)>& task) override {
    if (meddle) std::exchange(meddle, nullptr)();
    SerialExecutor().run(tasks, task);
  }
  [[nodiscard]] std::size_t width() const override { return 1; }
};

TEST(RunAssessment, RestsOnFiguresThatStillStandWhenItIsWritten) {
  Fresh world;
  Meddling executor;
  Service service({world.clock, world.secrets, executor}, {});
  sim::Shape shape;
  shape.counties = 2;
  shape.towns = shape.villages = 24;
  shape.first_year = 2021;
  shape.years = 3;
  loaded(world, must(sim::simulate(programme_folder("example-city"), 3, shape)));
  must(service.add(std::move(world.store)));
  store::Store& store = *must(service.store("example-city"));
  int calls = 0;
  const auto wish = [&] {
    Call call;
    call.programme = "example-city";
    call.actor = Actor::local();
    call.request_key = "key-" + std::to_string(++calls);
    call.body = R"({"scheme":"towns","period":"2023"})";
    return call;
  };
  const auto publish = [&](const std::string& id) {
    must(store.write({.home = PlaceId{1},
                      .actor = "local",
                      .act = "load",
                      .request_key = {},
                      .command = Json(),
                      .run = [&](store::Tx& tx) -> Result<Json> {
                        TRY(store::definitions::publish(tx, "target", id, Date{}, Json(Json::Object{})));
                        return Json();
                      }}));
  };
  executor.meddle = [&] { publish("T-1"); };
  const Told once = told(run_assessment(service, wish()));
  EXPECT_EQ(*once.reply.seq, store.view()->seq) << "computed again on what stands now";
  int n = 1;
  std::function<void()> always = [&] {
    publish("T-" + std::to_string(++n));
    executor.meddle = always;
  };
  executor.meddle = always;
  const std::size_t before = store.view()->assessments.handles().size();
  EXPECT_EQ(run_assessment(service, wish()).error().first().kind->name, "assessment_overtaken");
  EXPECT_EQ(store.view()->assessments.handles().size(), before) << "nothing was kept";
}

TEST(RunAssessment, NamesEveryFaultOfItsBody) {
  City city;
  Call call = city.call({});
  call.body = R"({"scheme":7,"term":"2023"})";
  const Error error = run_assessment(city.service, call).error();
  std::string names;
  for (const Diagnostic& fault : error.all()) names += std::string(fault.kind->name) + " ";
  EXPECT_EQ(names, "field_type field_unknown field_missing ");
}

TEST_F(Assessments, MakeNobodyWaitTooLong) {
  const Asked asked = must(asked_of(city->service, city->call(city->id["2023"])));
  EXPECT_TRUE(affordable(city->service, asked, 1));
  EXPECT_TRUE(affordable(city->service, asked, 1'000'000).error().is(errors::limit_exceeded));
}

TEST(Recalled, WeighsWhatItHolds) {
  score::Gathered figures;
  EXPECT_EQ(weight_of(figures), 1u);
  figures.values.resize(1u << 20);
  figures.states.resize(1u << 20);
  EXPECT_EQ(weight_of(figures), 10u);
}

TEST(Schemes, ThatReadWhatIsNotKeptAreRefusedByName) {
  const auto read = [](const std::string& approval) {
    return must(score::scheme_from_json(
        must(Json::parse(R"({"scheme": {"id": "s", "name_zh": "试", "approval": ")" + approval + R"("},
      "classes": [{"id": "a", "name_zh": "甲类"}],
      "tree": {"children": [
        {"indicator": "VIEW", "name_zh": "现场评审", "weight": 50, "panel": {"reviewers": 7}, "fn": "lin", "lo": 0, "hi": 100},
        {"indicator": "SAT", "name_zh": "满意度", "weight": 50, "sample": {"least": 100}, "fn": "lin", "lo": 0, "hi": 100}]},
      "adjustments": {"bonus": {"items": [{"id": "pilot", "name_zh": "试点", "points": 1}]}}})"))));
  };
  const Status internal = all_kept(read("")), official = all_kept(read("示例〔2023〕1 号"));
  ASSERT_FALSE(internal);
  ASSERT_EQ(internal.error().all().size(), 2u);
  EXPECT_TRUE(internal.error().is(errors::scheme_reads_unkept));
  EXPECT_NE(internal.error().all()[0].text(Language::zh).find("现场评审"), std::string::npos);
  EXPECT_NE(internal.error().all()[1].text(Language::en).find("SAT"), std::string::npos);
  ASSERT_FALSE(official);
  EXPECT_EQ(official.error().all().size(), 3u) << "an approved result without its bonuses would be wrong";
}

}   // namespace
}   // namespace gangmu::app::test
