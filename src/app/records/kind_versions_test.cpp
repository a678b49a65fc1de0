// SPDX-License-Identifier: Apache-2.0
// Kinds that change while their records live; a calendar that is published while clocks wait for it.
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/records/clocks.hpp"
#include "app/records/test_kinds.hpp"
#include "record/errors.hpp"

namespace gangmu::app::test {
namespace {

Json visits(int version) {
  const bool later = version > 1;
  const std::string more = later ? R"j(,{"id":"note","no":4,"type":"text","zh":"备注"})j" : "";
  const std::string step =
      later ? R"j(,{"id":"put_off","from":["open"],"to":"open","by":["county_office"],"zh":"改期"})j" : "";
  const std::string flow = "visit@" + std::to_string(version);
  return must(Json::parse(
      R"j({"flows":[{"id":")j" + flow +
      R"j(","states":[{"id":"open","is":"open","edit":["*"]},{"id":"done","is":"final"}],
        "steps":[{"id":"close","from":["open"],"to":"done","by":["town_clerk","county_office"]})j" +
      step +
      R"j(],"clocks":[{"id":"visit","start":["open"],"stop":["close"],"budget":{"n":5,"unit":"wd"},"ladder":[{"at":"100%","notify":"county_office"}]}]}],
      "kinds":[{"id":"visit","is":{"version":)j" +
      std::to_string(version) + R"j(,"zh":"走访","home":"county","title":["name"],"flow":")j" + flow +
      R"j("},"fields":[{"id":"name","no":1,"type":"text","max":)j" + (later ? "80" : "40") +
      R"j(},{"id":"place","no":2,"type":"place"},{"id":"how","no":3,"type":"choice","list":["good")j" +
      (later ? R"j(,"poor")j" : "") + R"j(]})j" + more + "]}]}"));
}

class KindVersions : public ::testing::Test {
 protected:
  RegisterWorld world;
  KindVersions() {
    publish_kinds(world.store(), visits(1));
    world.ask(open_register, world.call("visit", R"({"owner":"市发改局","list_number":"2023-003"})"));
  }
  std::string visit() { return world.entered("visit", R"({"name":"走访一","place":"990101101000","how":"good"})"); }
};

TEST_F(KindVersions, OldRecordsAreReadAndFollowAtTheirNextAct) {
  const std::string one = visit(), two = visit(), three = visit();
  publish_kinds(world.store(), visits(2));
  const Json before = world.shown(one);
  EXPECT_EQ(before["title"].string_or(""), "走访一");
  EXPECT_EQ(before["fields"]["how"], Json("good"));
  EXPECT_EQ(before["acts"]["steps"].canonical(), R"(["close","put_off"])") << "the step of the new flow";
  EXPECT_EQ(before["acts"]["out"].canonical(), R"(["correct","move","migrate","void"])");
  must(world.step(one, "edit",
                  R"({"name":"走访一改"})"));   // a form of the version before knows nothing of the new field
  EXPECT_EQ(world.shown(one)["acts"]["out"].canonical(), R"(["correct","move","void"])")
      << "of the present version now";
  must(world.step(two, "edit", R"({"note":"新字段","how":"poor"})"));
  EXPECT_EQ(world.shown(two)["fields"]["note"].string_or(""), "新字段");
  Call call = world.call(three, R"({"reason":"统一到现行版本"})");
  call.sub_id = "migrate";
  call.if_match = Seq{world.shown(three)["seq"].integer_or(0)};
  world.ask(record_way_out, call);
  EXPECT_EQ(world.shown(three)["acts"]["out"].canonical(), R"(["correct","move","void"])");
  const std::string all = world.shown(one).canonical() + world.shown(two).canonical() + world.shown(three).canonical();
  world.restart();
  EXPECT_EQ(world.shown(one).canonical() + world.shown(two).canonical() + world.shown(three).canonical(), all);
}

TEST_F(KindVersions, ACalendarPublishedLaterTellsOpenMoments) {
  world.clock.set("2023-06-14");
  const std::string id = visit();
  EXPECT_TRUE(world.shown(id)["due"].is_null()) << "no year of the calendar is published";
  EXPECT_EQ(must(run_clocks(world.store(), world.clock.time, 100)), 0u);
  must(world.store().write(
      {.home = PlaceId{1},
       .actor = "test",
       .act = "load",
       .request_key = {},
       .command = {},
       .run = [&](store::Tx& tx) -> Result<Json> {
         const Date day = *Date::parse("2020-01-01");
         TRY(store::definitions::publish(
             tx, "calendar", "days", day,
             must(Json::parse(
                 R"({"id":"days","days":[{"date":"2023-01-01","off":true},{"date":"2023-06-19","off":true}]})"))));
         Json programme = programme_of(*world.store().view())->body;
         programme.set("calendar", "days");
         TRY(store::definitions::publish(tx, "programme", "example", day, programme));
         return Json();
       }}));
  EXPECT_EQ(must(run_clocks(world.store(), world.clock.time, 100)), 1u);
  EXPECT_EQ(world.shown(id)["due"].string_or(""), "2023-06-23T00:00:00+08:00") << "15, 16, 20, 21, 22: a Monday is off";
  EXPECT_EQ(world.shown(id)["history"].array()->front()["step"].string_or(""), "calendar");
  EXPECT_EQ(must(run_clocks(world.store(), world.clock.time, 100)), 0u) << "once";
  world.clock.set("2023-06-26");
  EXPECT_EQ(must(run_clocks(world.store(), world.clock.time, 100)), 1u) << "and then it is due";
}

}   // namespace
}   // namespace gangmu::app::test
