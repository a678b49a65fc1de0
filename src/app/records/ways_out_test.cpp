// SPDX-License-Identifier: Apache-2.0
// Ways out of a flow as the office takes them; matters lifted, clocks extended.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/records/clocks.hpp"
#include "app/records/test_kinds.hpp"
#include "record/errors.hpp"

namespace gangmu::app::test {
namespace {

using ::testing::HasSubstr;

class WaysOutTest : public ::testing::Test {
 protected:
  RegisterWorld world;

  Actor actor(const std::string& role, std::int64_t place, const std::string& line = {}) {
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
    access::Grant grant{.role = role, .place = PlaceId{place}, .line = line};
    return {.id = "u-" + role + std::to_string(place),
            .rights = access::Rights::of_account(roles, view->tree, {grant}, world.service().today()),
            .home = PlaceId{1}};
  }
  Actor office = actor("city_office", 1), county = actor("county_office", 2), town = actor("town_clerk", 3);

  Call as(const Actor& who, std::string id, std::string body = {}) {
    Call out = world.call(std::move(id), std::move(body));
    out.actor = who;
    return out;
  }
  Json shown(const Actor& who, const std::string& id) { return world.ask(record_detail, as(who, id)).json; }
  Json list(const Actor& who, const char* kind, bool voided = false) {
    Call call = as(who, kind);
    if (voided) call.query["void"] = "true";
    return world.ask(records, call).json;
  }
  Result<Told> out(const Actor& who, const std::string& id, const char* way, const std::string& more = "",
                   std::int64_t base = 0) {
    Call call = as(who, id, R"({"reason":"经办公室核定")" + more + "}");
    call.sub_id = way;
    call.if_match = Seq{base > 0 ? base : shown(office, id)["seq"].integer_or(0)};
    return world.tried(record_way_out, call);
  }
  Result<Told> extend(const Actor& who, const std::string& id, const std::string& body) {
    Call call = as(who, id, body);
    call.sub_id = "answer";
    call.if_match = Seq{shown(office, id)["seq"].integer_or(0)};
    return world.tried(extend_record, call);
  }
  std::string bridge(const std::string& code = "2306-01") {
    return world.entered("project", R"({"name":"示例桥","place":"990101101000","code":")" + code + "\"}");
  }
  std::string obstacle(const std::string& answerer, const std::string& project = {}) {
    return world.entered("obstacle", R"({"text":"缺电","place":"990101101000","answerer":")" + answerer + "\"" +
                                         (project.empty() ? "" : R"(,"project":")" + project + "\"") + "}");
  }
};

TEST_F(WaysOutTest, AVoidRecordIsNowhereButInItsHistoryAndComesBack) {
  const std::string project = bridge(), need = obstacle("unit:市水务局", project);
  EXPECT_EQ(shown(office, project)["fields"]["open_obstacles"].string_or(""), "1");
  EXPECT_EQ(shown(office, need)["acts"]["out"].canonical(), R"(["correct","move","void"])");
  EXPECT_EQ(shown(county, need)["acts"]["out"].canonical(), "[]") << "an act of those who open registers";
  EXPECT_TRUE(out(county, need, "void").error().is(errors::forbidden));
  must(out(office, need, "void"));
  EXPECT_EQ(shown(office, project)["fields"]["open_obstacles"].string_or("0"), "0");
  EXPECT_EQ(list(county, "obstacle")["total"].integer_or(-1), 0);
  EXPECT_TRUE(world.tried(record_detail, as(county, need)).error().is(errors::unknown_record));
  const Json gone = shown(office, need);
  EXPECT_EQ(gone["void"].boolean_or(false), true);
  EXPECT_EQ(gone["acts"].canonical(),
            R"({"edit":false,"extend":[],"merge":false,"nudge":false,"out":["restore"],"persons":true,"steps":[]})");
  const Json& last = gone["history"].array()->front();
  EXPECT_EQ(
      last["step"].string_or("") + last["zh"].string_or("") + last["en"].string_or("") + last["reason"].string_or(""),
      "out-void作废Made void经办公室核定");
  EXPECT_EQ(list(office, "obstacle", true)["total"].integer_or(-1), 1);
  EXPECT_EQ(list(office, "obstacle", true)["items"].array()->front()["id"].string_or(""), need);
  EXPECT_TRUE(world
                  .tried(records,
                         [&] {
                           Call call = as(county, "obstacle");
                           call.query["void"] = "true";
                           return call;
                         }())
                  .error()
                  .is(errors::forbidden));
  EXPECT_TRUE(out(office, need, "void").error().is(record::errors::is_void));
  EXPECT_EQ(obstacle("unit:市水务局"), "2.obstacle.2") << "an address is never given again";

  must(out(office, need, "restore"));
  EXPECT_EQ(shown(office, project)["fields"]["open_obstacles"].string_or(""), "1");
  EXPECT_EQ(list(office, "obstacle", true)["total"].integer_or(-1), 0);
  EXPECT_EQ(list(county, "obstacle")["total"].integer_or(-1), 2);
}

TEST_F(WaysOutTest, AKeyThatWasTakenMeanwhileKeepsAVoidRecordAway) {
  const std::string one = bridge();
  must(out(office, one, "void"));
  const std::string two = bridge();
  EXPECT_TRUE(out(office, one, "restore").error().is(errors::key_taken));
  must(out(office, two, "void"));
  must(out(office, one, "restore"));
  world.restart();
  EXPECT_EQ(list(office, "project")["total"].integer_or(-1), 1);
  EXPECT_EQ(list(office, "project", true)["items"].array()->front()["id"].string_or(""), two);
}

TEST_F(WaysOutTest, AClosedMatterIsCorrectedAndReopenedWhereItWas) {
  const std::string id = obstacle("unit:市水务局");
  must(world.step(id, "answer", R"({"reply":"在办","promised_on":"2023-07-01"})"));
  must(world.step(id, "accept"));
  EXPECT_EQ(shown(office, id)["acts"]["out"].canonical(), R"(["correct","reopen","void"])");
  EXPECT_FALSE(world.step(id, "edit", R"({"text":"缺水"})"));
  must(out(office, id, "correct", R"(,"fields":{"text":"缺水"})"));
  EXPECT_EQ(shown(office, id)["title"].string_or(""), "缺水");
  EXPECT_EQ(shown(office, id)["state"].string_or(""), "solved");
  must(out(office, id, "reopen"));
  EXPECT_EQ(shown(office, id)["state"].string_or(""), "answered") << "the state it was closed from";
  must(out(office, id, "move", R"(,"state":"raised")"));
  EXPECT_EQ(shown(office, id)["state"].string_or(""), "raised");
  EXPECT_EQ(shown(office, id)["history"].array()->front()["state"].string_or(""), "raised");
  EXPECT_TRUE(out(office, id, "migrate").error().is(errors::nothing_changed));
  EXPECT_TRUE(out(office, id, "sideways").error().is(record::errors::step_unknown));
}

TEST_F(WaysOutTest, AReasonIsWantedAndNobodyActsOnWhatTheyDidNotSee) {
  const std::string id = obstacle("unit:市水务局");
  const std::int64_t base = shown(office, id)["seq"].integer_or(0);
  Call call = as(office, id, R"({"reason":"错"})");
  call.sub_id = "void";
  EXPECT_TRUE(world.tried(record_way_out, call).error().is(errors::reason_wanted));
  must(world.step(id, "edit", R"({"text":"缺水"})"));
  EXPECT_TRUE(out(office, id, "void", "", base).error().is(record::errors::changed_meanwhile));
  EXPECT_TRUE(world.step(id, "out-void").error().is(record::errors::step_unknown)) << "no step of the flow";
  EXPECT_TRUE(world.step(id, "extend-answer").error().is(record::errors::step_unknown));
}

TEST_F(WaysOutTest, AMatterNotAnsweredIsLiftedToTheOfficeAbove) {
  world.clock.set("2023-06-14");
  const std::string id = obstacle("unit:990101000000");   // the county's office
  EXPECT_EQ(shown(county, id)["acts"]["steps"].canonical(), R"(["lift","answer"])");
  world.clock.set("2023-06-21");
  must(run_clocks(world.store(), world.clock.time, 100));
  const Json lifted = shown(office, id);
  EXPECT_EQ(lifted["fields"]["answerer"]["id"].string_or(""), "unit:990100000000");
  const Json& last = lifted["history"].array()->front();
  EXPECT_EQ(last["step"].string_or(""), "lift");
  EXPECT_EQ(last["to"]["id"].string_or(""), "unit:990100000000") << last.canonical();
  EXPECT_THAT(last["to"]["name"].string_or(""), HasSubstr("市"));
  EXPECT_EQ(shown(county, id)["acts"]["steps"].canonical(), "[]") << "another answers now";
  EXPECT_EQ(shown(office, id)["acts"]["steps"].canonical(), R"(["lift","answer"])");
}

TEST_F(WaysOutTest, AClockIsExtendedOnceByWhoMay) {
  world.clock.set("2023-06-14");
  const std::string id = obstacle("unit:市水务局");
  EXPECT_EQ(shown(county, id)["acts"]["extend"].canonical(), R"(["answer"])");
  EXPECT_EQ(shown(town, id)["acts"]["extend"].canonical(), "[]");
  const std::string body = R"({"reason":"等待省级批复","fields":{"reason":"等待省级批复"}})";
  EXPECT_TRUE(extend(town, id, body).error().is(errors::not_yours));
  EXPECT_TRUE(extend(county, id, R"({"fields":{"reason":"等"}})").error().is(errors::reason_wanted));
  EXPECT_TRUE(extend(county, id, R"({"reason":"等待省级批复"})").error().is(record::errors::wanted));
  must(extend(county, id, body));
  EXPECT_EQ(shown(county, id)["due"].string_or(""), "2023-06-23T00:00:00+08:00");
  EXPECT_EQ(shown(county, id)["acts"]["extend"].canonical(), "[]") << "once";
  EXPECT_THAT(shown(county, id)["history"].array()->front()["zh"].string_or(""), HasSubstr("延长时限"));
}

}   // namespace
}   // namespace gangmu::app::test
