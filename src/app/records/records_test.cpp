// SPDX-License-Identifier: Apache-2.0
// Registers as people use them: entered, edited, taken through their steps, seen by those who may, counted exactly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/records/test_kinds.hpp"
#include "record/errors.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::app::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Json first(const Json& list) { return list.array() && !list.array()->empty() ? list.array()->front() : Json(); }

class RecordsTest : public ::testing::Test {
 protected:
  RegisterWorld world;
  Actor town = actor("town_clerk", 3), other_town = actor("town_clerk", 4), county = actor("county_office", 2),
        other_county = actor("county_office", 5), bureau = actor("department", 5, "市水务局"),
        leader = actor("leader", 1);

  Actor actor(const std::string& role, std::int64_t place, const std::string& line = {}) {
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
    access::Grant grant{.role = role, .place = PlaceId{place}, .line = line};
    return {.id = "u-" + role + std::to_string(place),
            .rights = access::Rights::of_account(roles, view->tree, {grant}, world.service().today()),
            .home = PlaceId{1}};
  }
  Call as(const Actor& who, std::string id, std::string body = {}) {
    Call out = world.call(std::move(id), std::move(body));
    out.actor = who;
    return out;
  }
  Result<Told> enter(const Actor& who, const char* kind, const std::string& fields) {
    return world.tried(create_record, as(who, kind, R"({"fields":)" + fields + "}"));
  }
  std::string bridge(const std::string& more = "") {
    return must(enter(town, "project", R"({"name":"示例桥","place":"990101101000")" + more + "}"))["id"].string_or("");
  }
  Json shown(const Actor& who, const std::string& id) { return world.ask(record_detail, as(who, id)).json; }
  Result<Told> act(const Actor& who, const std::string& id, const char* step, const std::string& fields = "{}",
                   std::int64_t base = 0) {
    Call call = as(who, id, R"({"fields":)" + fields + R"(,"reason":"按程序办理"})");
    call.sub_id = step;
    call.if_match = Seq{base > 0 ? base : shown(world_call(), id)["seq"].integer_or(0)};
    return world.tried(std::string_view(step) == "edit" ? edit_record : step_record, call);
  }
  static Actor world_call() { return Actor::local(); }
  Json list(const Actor& who, const char* kind, std::map<std::string, std::string, std::less<>> query = {}) {
    Call call = as(who, kind);
    call.query = std::move(query);
    return world.ask(records, call).json;
  }
};

TEST_F(RecordsTest, AProjectIsEnteredEditedAndTakenThroughItsSteps) {
  const std::string id = bridge(R"(,"contact":"张三 13800138000")");
  EXPECT_EQ(id, "2.project.1");
  Json project = shown(town, id);
  EXPECT_EQ(project["no"].string_or(""), "XM2023-0001");
  EXPECT_EQ(project["title"].string_or(""), "示例桥");
  EXPECT_EQ(project["state"].string_or(""), "idea");
  EXPECT_EQ(project["fields"]["place"]["name_zh"].string_or(""), "甲01镇");
  EXPECT_EQ(project["acts"]["edit"].boolean_or(false), true);
  EXPECT_EQ(project["acts"]["steps"].canonical(), R"(["begin"])") << "only the county drops a project";

  const auto early = act(town, id, "begin");
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().all().size(), 3u) << "code, total and start, all at once";
  EXPECT_EQ(early.error().all()[0].where.file, "code");
  must(act(town, id, "begin", R"({"code":"2306-01","total":"1200.00","start":"2023-06-20"})"));
  must(act(town, id, "edit", R"({"done":[{"month":"202306","amount":"300"},{"month":"202307","amount":"0.50"}]})"));
  project = shown(town, id);
  EXPECT_EQ(project["state"].string_or(""), "building");
  EXPECT_EQ(project["fields"]["done_sum"].string_or(""), "300.50");
  EXPECT_EQ(project["fields"]["pct"].string_or(""), "25.0");
  EXPECT_EQ(first(project["fields"]["done"])["amount"].string_or(""), "300.00");
  EXPECT_EQ(project["history"].array()->size(), 3u);
  EXPECT_EQ(first(project["history"])["step"].string_or(""), "edit") << "the latest first";
}

TEST_F(RecordsTest, FaultsAreToldAllAtOnceEachAtItsField) {
  const auto wrong =
      enter(town, "project", R"({"nam":"x","place":"000000000000","total":"很多","finish":"2023-13-01"})");
  ASSERT_FALSE(wrong);
  std::vector<std::string> at;
  for (const Diagnostic& one : wrong.error().all()) at.push_back(one.where.file);
  std::ranges::sort(at);
  EXPECT_EQ(at, (std::vector<std::string>{"finish", "nam", "place", "total"}));
  const auto empty = enter(town, "project", "{}");
  ASSERT_FALSE(empty);
  EXPECT_THAT(empty.error().text(Language::zh), HasSubstr("请填“名称”"));
}

TEST_F(RecordsTest, NobodyActsOrSeesBeyondTheirRights) {
  const std::string id = bridge();
  EXPECT_TRUE(enter(leader, "project", R"({"name":"甲","place":"990101101000"})").error().is(errors::forbidden));
  EXPECT_TRUE(enter(other_town, "project", R"({"name":"甲","place":"990101101000"})").error().is(errors::not_yours));
  for (const Actor& who : {other_town, other_county, bureau}) {
    EXPECT_EQ(list(who, "project")["total"].integer_or(-1), 0);
    EXPECT_TRUE(world.tried(record_detail, as(who, id)).error().is(errors::unknown_record));
    EXPECT_TRUE(act(who, id, "edit", R"({"name":"乙"})").error().is(errors::unknown_record))
        << "told as one that is not there";
  }
  EXPECT_EQ(list(leader, "project")["total"].integer_or(-1), 1);
  EXPECT_EQ(shown(leader, id)["acts"].canonical(),
            R"({"edit":false,"extend":[],"merge":false,"nudge":false,"out":[],"persons":false,"steps":[]})");
  must(act(town, id, "edit", R"({"owner":"unit:市水务局"})"));
  EXPECT_EQ(list(bureau, "project")["total"].integer_or(-1), 1) << "its own line of work";
  EXPECT_TRUE(act(bureau, id, "edit", R"({"name":"乙"})").error().is(errors::not_yours));
  EXPECT_TRUE(act(town, id, "drop", R"({"reason":"不建了"})").error().is(errors::not_yours));
}

TEST_F(RecordsTest, APlaceIsTypedByItsCodeAndNobodyEntersBeyondTheirRegion) {
  const auto by_number = enter(town, "project", R"({"name":"甲","place":6})");
  ASSERT_FALSE(by_number);
  EXPECT_EQ(by_number.error().all()[0].where.file, "place") << "our own numbers are nobody's to type";
  const std::string id = bridge();
  EXPECT_TRUE(act(town, id, "edit", R"({"place":"990101102000"})").error().is(errors::not_yours));
  EXPECT_TRUE(act(town, id, "edit", R"({"permit":{"digest":"x"}})").error().is(record::errors::field_unknown));
}

TEST_F(RecordsTest, EachHatWritesOnlyWhereItsRoleMay) {
  const auto view = world.store().view();
  const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
  const std::vector<access::Grant> grants{{.role = "leader", .place = PlaceId{1}},
                                          {.role = "town_clerk", .place = PlaceId{4}}};
  const Actor both{.id = "u-both",
                   .rights = access::Rights::of_account(roles, view->tree, grants, world.service().today()),
                   .home = PlaceId{1}};
  const std::string id = bridge();
  EXPECT_EQ(shown(both, id)["acts"]["edit"].boolean_or(true), false) << "seen as a leader, edited by nobody's right";
  EXPECT_TRUE(act(both, id, "edit", R"({"name":"乙"})").error().is(errors::not_yours));
  must(enter(both, "project", R"({"name":"丙","place":"990101102000"})"));
}

TEST_F(RecordsTest, WhatOneMayNotSeeIsNeitherReferredToNorCounted) {
  const std::string project = bridge();
  EXPECT_TRUE(enter(other_town, "obstacle",
                    R"({"text":"缺水","place":"990101102000","answerer":"unit:甲","project":")" + project + "\"}")
                  .error()
                  .is(errors::unknown_record));
  must(enter(town, "obstacle",
             R"({"text":"缺电","place":"990101101000","answerer":"unit:甲","project":")" + project + "\"}"));
  must(act(town, project, "edit", R"({"owner":"unit:市水务局"})"));
  EXPECT_EQ(shown(town, project)["fields"]["open_obstacles"].string_or(""), "1");
  EXPECT_EQ(shown(bureau, project)["fields"]["open_obstacles"].string_or("0"), "0") << "of those it may see";
}

TEST_F(RecordsTest, RowsAreAddressedByTheirNumbers) {
  const std::string id = bridge();
  must(act(town, id, "edit", R"({"done":[{"month":"202306","amount":"300"},{"month":"202307","amount":"1"}]})"));
  for (const char* wrong : {R"([{"row":4294967297,"amount":"9"}])", R"([{"row":-1,"amount":"9"}])", R"(["x"])",
                            R"([{"row":1,"amount":"9"},{"row":1,"amount":"8"}])", R"([{"gone":true}])"})
    EXPECT_FALSE(act(town, id, "edit", std::string(R"({"done":)") + wrong + "}")) << wrong;
  EXPECT_TRUE(act(town, id, "edit", R"({"done":[{"row":1}]})").error().is(errors::nothing_changed))
      << "a row of which nothing is typed stays";
  must(act(town, id, "edit", R"({"done":[{"row":1,"gone":true}]})"));
  EXPECT_EQ(shown(town, id)["fields"]["done"].array()->size(), 1u);
}

TEST_F(RecordsTest, AnObstacleGoesBetweenWhoRaisedAndWhoAnswersIt) {
  const std::string project = bridge();
  const std::string id = must(enter(
      town, "obstacle",
      R"({"text":"缺用地指标","place":"990101101000","answerer":"unit:市水务局","project":")" + project + "\"}"))["id"]
                             .string_or("");
  EXPECT_EQ(shown(town, project)["fields"]["open_obstacles"].string_or(""), "1");
  EXPECT_EQ(shown(town, id)["fields"]["project"]["title"].string_or(""), "示例桥");
  EXPECT_EQ(shown(bureau, id)["fields"]["project"]["title"].string_or(""), "无权查看");
  EXPECT_EQ(shown(bureau, id)["acts"]["steps"].canonical(), R"(["lift","answer"])");
  EXPECT_TRUE(
      act(county, id, "answer", R"({"reply":"在办","promised_on":"2023-07-01"})").error().is(errors::not_yours));
  must(act(bureau, id, "answer", R"({"reply":"已列入计划","promised_on":"2023-07-01"})"));
  must(act(town, id, "refuse", R"({"reason":"没有解决"})"));
  must(act(bureau, id, "answer", R"({"reply":"已调剂","promised_on":"2023-06-30"})"));
  must(act(town, id, "accept"));
  EXPECT_EQ(shown(town, id)["state"].string_or(""), "solved");
  EXPECT_EQ(shown(town, project)["fields"]["open_obstacles"].string_or("0"), "0");
}

TEST_F(RecordsTest, AKeyStandsOnceAndANumberIsNeverUsedAgain) {
  const std::string one = bridge(R"(,"code":"2306-01")");
  const auto twice = enter(town, "project", R"({"name":"另一座","place":"990101101000","code":"2306-01"})");
  ASSERT_FALSE(twice);
  EXPECT_TRUE(twice.error().is(errors::key_taken)) << twice.error().text(Language::en);
  EXPECT_THAT(twice.error().text(Language::zh), HasSubstr(one));
  must(act(town, one, "edit", R"({"code":"2306-02"})"));
  EXPECT_EQ(bridge(R"(,"code":"2306-01")"), "2.project.2") << "the key is free, the number is the next";
  world.clock.set("2024-01-05");
  EXPECT_EQ(shown(town, bridge())["no"].string_or(""), "XM2024-0001") << "a series a year";
}

TEST_F(RecordsTest, TwoWhoEditDifferentFieldsBothSucceed) {
  const std::string id = bridge();
  const std::int64_t base = shown(town, id)["seq"].integer_or(0);
  must(act(town, id, "edit", R"({"start":"2023-06-20"})", base));
  must(act(county, id, "edit", R"({"total":"10"})", base));
  const auto lost = act(county, id, "edit", R"({"start":"2023-06-21"})", base);
  ASSERT_FALSE(lost);
  EXPECT_TRUE(lost.error().is(record::errors::changed_meanwhile));
  EXPECT_EQ(lost.error().all()[0].where.file, "start");
}

TEST_F(RecordsTest, APersonIsNowhereInClearAndToldForAReasonOnly) {
  const std::string id = bridge(R"(,"contact":"张三 13800138000")");
  EXPECT_EQ(shown(town, id)["fields"]["contact"]["hidden"].string_or(""), "（已隐去）");
  const auto dump = world.store().read([&](store::Database& database) -> Result<std::string> {
    std::string out;
    for (const char* sql : {"SELECT bytes FROM journal", "SELECT body FROM record", "SELECT body FROM record_event",
                            "SELECT actor || key FROM request_key"}) {
      TRY_ASSIGN(store::Statement * rows, database.prepare(sql));
      while (true) {
        TRY_ASSIGN(const bool more, rows->step());
        if (!more) break;
        out += std::string(rows->text(0));
      }
      rows->reset();
    }
    return out;
  });
  EXPECT_THAT(must(dump), Not(HasSubstr("张三")));
  EXPECT_THAT(must(dump), Not(HasSubstr("13800138000")));
  EXPECT_FALSE(world.tried(see_record_persons, as(county, id, R"({"reason":"嗯"})")));
  EXPECT_TRUE(
      world.tried(see_record_persons, as(leader, id, R"({"reason":"核对联系方式"})")).error().is(errors::forbidden));
  const Told told = world.ask(see_record_persons, as(county, id, R"({"reason":"核对联系方式"})"));
  EXPECT_EQ(told["fields"]["contact"].string_or(""), "张三 13800138000");
  EXPECT_EQ(first(shown(town, id)["history"])["step"].string_or(""), "see-persons") << "written down";
}

TEST_F(RecordsTest, ListsAreFilteredSortedPagedAndCountedExactly) {
  for (int i = 1; i <= 12; ++i)
    must(enter(county, "project",
               R"({"name":"项目)" + std::to_string(i) + R"(","place":")" +
                   (i % 3 == 0 ? "990101102000" : "990101101000") + R"(","total":")" + std::to_string(i * 7 % 12) +
                   "\"}"));
  EXPECT_EQ(list(county, "project")["total"].integer_or(0), 12);
  EXPECT_EQ(list(other_town, "project")["total"].integer_or(0), 4);
  EXPECT_EQ(list(county, "project", {{"place", "990101101000"}})["total"].integer_or(0), 8);
  EXPECT_EQ(list(county, "project", {{"q", "项目1"}})["total"].integer_or(0), 4) << "1, 10, 11 and 12";
  EXPECT_EQ(list(county, "project", {{"q", "xm2023-0007"}})["total"].integer_or(0), 1);
  EXPECT_EQ(list(county, "project", {{"where", "place=990101102000;owner="}})["total"].integer_or(0), 4);
  std::vector<std::string> totals;
  std::map<std::string, std::string, std::less<>> query{{"order", "-total"}, {"limit", "5"}};
  for (int page = 0; page < 3; ++page) {
    const Json answer = list(county, "project", query);
    EXPECT_EQ(answer["total"].integer_or(0), 12) << "the count is of the whole";
    for (const Json& one : *answer["items"].array()) totals.push_back(one["fields"]["total"].string_or("-"));
    query["cursor"] = answer["next"].string_or("");
  }
  EXPECT_EQ(totals, (std::vector<std::string>{"11.00", "10.00", "9.00", "8.00", "7.00", "6.00", "5.00", "4.00", "3.00",
                                              "2.00", "1.00", "0.00"}));
  EXPECT_FALSE(world.tried(records,
                           [&] {
                             Call call = as(county, "project");
                             call.query["where"] = "nothing=1";
                             return call;
                           }()))
      << "an unknown name is refused, never ignored";
}

TEST_F(RecordsTest, TheSameListIsAWorkbook) {
  bridge(R"(,"total":"1200.5","contact":"张三 13800138000")");
  Call call = as(county, "project");
  call.as_xlsx = true;
  const Reply reply = must(records(world.service(), call));
  const auto book = must(sheet::read_workbook(reply.body, "项目.xlsx", {}));
  std::string all;
  for (const Grid& grid : book.sheets)
    for (const auto& row : grid.rows)
      for (const auto& cell : row) all += cell.text + "|";
  EXPECT_THAT(all, HasSubstr("2.project.1"));
  EXPECT_THAT(all, HasSubstr("XM2023-0001"));
  EXPECT_THAT(all, HasSubstr("甲01镇"));
  EXPECT_THAT(all, Not(HasSubstr("张三")));
}

TEST_F(RecordsTest, ARegisterWorksOnlyWhileItIsOpen) {
  const std::string id = bridge();
  EXPECT_TRUE(world.tried(close_register, as(county, "project", "{}")).error().is(errors::forbidden));
  world.ask(close_register, as(Actor::local(), "project", "{}"));
  EXPECT_TRUE(world.tried(record_detail, as(town, id)).error().is(errors::unknown_register));
  EXPECT_TRUE(enter(town, "project", "{}").error().is(errors::unknown_register));
  EXPECT_EQ(world.ask(registers, as(town, {}))["items"].array()->size(), 1u);
  EXPECT_EQ(world.ask(registers, as(Actor::local(), {}))["items"].array()->size(), 2u);
  world.ask(open_register, as(Actor::local(), "project", R"({"owner":"市发改局","list_number":"2023-002"})"));
  EXPECT_EQ(shown(town, id)["title"].string_or(""), "示例桥") << "its records stayed";
}

TEST_F(RecordsTest, ASecondLookAfterARestartIsTheSame) {
  const std::string project = bridge(R"(,"code":"2306-01","total":"12")");
  must(enter(town, "obstacle",
             R"({"text":"缺电","place":"990101101000","answerer":"unit:市水务局","project":")" + project + "\"}"));
  const std::string before = shown(county, project).canonical() + list(county, "obstacle").canonical();
  world.restart();
  EXPECT_EQ(shown(county, project).canonical() + list(county, "obstacle").canonical(), before);
}

}   // namespace
}   // namespace gangmu::app::test
