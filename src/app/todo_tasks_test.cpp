// SPDX-License-Identifier: Apache-2.0
// Tasks in the to-do: whose they are, by which day, and why; and nudges of who is late.
#include <gtest/gtest.h>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/nudges.hpp"
#include "app/records/test_kinds.hpp"
#include "app/task_record.hpp"
#include "app/tasks.hpp"
#include "app/todo.hpp"
#include "base/text.hpp"

namespace gangmu::app::test {
namespace {

/// Today is Wednesday 14 June 2023. Counties 2 and 5, towns 3 and 4 of county 2.
class TaskTodo : public ::testing::Test {
 protected:
  RegisterWorld world;

  struct One {
    std::int64_t id;
    const char *title, *place, *lead, *due;
    plan::TaskState state = plan::TaskState::open;
  };
  TaskTodo() {
    give({{1, "迟", "990101101000", "甲01镇", "2023-06-13"},
          {2, "今天", "990101101000", "甲01镇", "2023-06-14"},
          {3, "本周", "990101102000", "桥头镇", "2023-06-21"},
          {4, "以后", "990101101000", "甲01镇", "2023-07-14"},
          {5, "太远", "990101101000", "甲01镇", "2023-07-15"},
          {6, "待销", "990101101000", "甲01镇", "2023-01-01", plan::TaskState::done_waiting},
          {7, "停", "990101101000", "甲01镇", "2023-01-01", plan::TaskState::paused},
          {8, "销了", "990101101000", "甲01镇", "2023-01-01", plan::TaskState::closed},
          {9, "条线", "990102000000", "市水务局", "2023-06-01"},
          {10, "无期", "990101101000", "甲01镇", nullptr}});
  }
  void give(const std::vector<One>& all) {
    const auto view = world.store().view();
    must(world.store().write({.home = PlaceId{1},
                              .actor = "loader",
                              .act = "load",
                              .request_key = {},
                              .command = {},
                              .run = [&](store::Tx& tx) -> Result<Json> {
                                TaskWriter writer(tx, view->records.catalogue, *view->tree);
                                for (const One& one : all) {
                                  plan::Task task;
                                  task.title = one.title;
                                  task.place = one.place;
                                  task.lead = one.lead;
                                  task.state = one.state;
                                  if (one.due) {
                                    task.due.kind = plan::DueKind::date;
                                    task.due.last = *Date::parse(one.due);
                                  }
                                  const PlaceId home = view->tree->home(view->tree->find_code(one.place));
                                  TRY(writer.begin(task_id(home, one.id), task, {}, "load", {}));
                                }
                                return Json();
                              }}));
  }
  /// An account with its grant, and the one who sits at it.
  Actor account(const std::string& role, std::int64_t place, const std::string& line = {}) {
    const access::Grant grant{.role = role, .place = PlaceId{place}, .line = line};
    std::string login = role + std::to_string(place);
    std::ranges::replace(login, '_', '-');
    Call call;
    call.actor = Actor::console();
    const auto made =
        must(make_account(world.service(), world.store(), call,
                          {.login = login, .name = login, .phone = {}, .place = PlaceId{place}, .grants = {grant}}));
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
    return {.id = made.id,
            .rights = access::Rights::of_account(roles, view->tree, {grant}, world.service().today()),
            .home = PlaceId{1}};
  }
  Json waiting(const Actor& who, std::map<std::string, std::string, std::less<>> query = {}) {
    Call call = world.call();
    call.actor = who;
    call.query = std::move(query);
    return world.ask(todo, call).json;
  }
  /// "1 report late": id, why, when.
  std::string told(const Actor& who, std::map<std::string, std::string, std::less<>> query = {}) {
    std::vector<std::string> out;
    const Json answer = waiting(who, std::move(query));
    for (const Json& one : *answer["items"].array())
      out.push_back(one["id"].string_or("") + " " + one["why"].string_or("") + " " + one["when"].string_or(""));
    return text::join(out, ", ");
  }
  Result<Reply> act(Result<Reply> (*use)(Service&, const Call&), const char* id, const Actor& who, const char* body,
                    const char* step = "") {
    Call call = world.call(id, body);
    call.actor = who;
    call.sub_id = step;
    return use(world.service(), call);
  }
};

TEST_F(TaskTodo, AReportWaitsForWhoIsNearestToItsPlaceTheFirstDueFirst) {
  const Actor county = account("county_office", 2);
  EXPECT_EQ(told(county), "1 report late, 2 report today, 6 close today, 3 report week, 4 report later")
      << "its towns have no accounts yet";
  const Actor town = account("town_clerk", 3), leader = account("leader", 1);
  EXPECT_EQ(told(town), "1 report late, 2 report today, 4 report later") << "theirs, and not the neighbour's";
  EXPECT_EQ(told(county), "6 close today, 3 report week");
  EXPECT_EQ(told(account("town_clerk", 4)), "3 report week");
  EXPECT_EQ(told(county), "6 close today");
  EXPECT_EQ(told(leader), "") << "reads, and does nothing";
  const Json answer = waiting(town);
  EXPECT_EQ(answer["days"].canonical(), R"({"late":1,"later":1,"open":0,"today":1,"week":0})");
  EXPECT_EQ(answer["kinds"].canonical(), R"([{"en":"Task","id":"task","total":3,"zh":"任务"}])");
  const Json& first = answer["items"].array()->front();
  EXPECT_EQ(first["due"].string_or(""), "2023-06-14T00:00:00+08:00") << "the end of the 13th";
  EXPECT_EQ(first["act"]["id"].string_or(""), "progress");
  EXPECT_EQ(first["steps"].array()->size(), 5u) << "report, receive, ask for its close or a change, object";
}

TEST_F(TaskTodo, ALineHasItsOwnTasksAndTheOfficeThoseWhoseUnitsHaveNoAccount) {
  const Actor office = account("county_office", 5);
  EXPECT_EQ(told(office), "9 report late");
  const Actor bureau = account("department", 1, "市水务局");
  EXPECT_EQ(told(bureau), "9 report late");
  EXPECT_EQ(told(office), "") << "the unit has an account now";
  EXPECT_EQ(told(account("department", 2, "市水务局")), "") << "of another county";
}

TEST_F(TaskTodo, WhatIsSentBackWaitsTodayUntilItIsReportedOn) {
  const Actor county = account("county_office", 2), town = account("town_clerk", 3);
  must(act(return_task, "6", county, R"({"reason":"缺照片"})"));
  EXPECT_EQ(told(county), "3 report week");
  EXPECT_EQ(told(town), "6 returned late, 1 report late, 2 report today, 4 report later");
  const Json answer = waiting(town);
  EXPECT_EQ((*answer["items"].array())[0]["words"].string_or(""), "缺照片");
  must(act(report_progress, "6", town, R"({"text":"照片已补"})"));
  EXPECT_EQ(told(town), "6 report late, 1 report late, 2 report today, 4 report later");
  must(act(request_close, "6", town, "{}"));
  EXPECT_EQ(told(town), "1 report late, 2 report today, 4 report later") << "it waits for others";
  EXPECT_EQ(told(county), "6 close today, 3 report week");
}

TEST_F(TaskTodo, AnObjectionAndAChangeAskedForWaitForTheRuling) {
  const Actor county = account("county_office", 2), town = account("town_clerk", 3);
  must(act(step_task, "1", town, R"({"reason":"职责已划转"})", "object"));
  must(act(step_task, "4", town, R"({"reason":"雨季","fields":{"asked_due":"2023-09-30"}})", "ask_change"));
  EXPECT_EQ(told(town), "2 report today, 4 report later") << "what they asked does not wait for them";
  EXPECT_EQ(told(county), "1 objected today, 4 change today, 6 close today, 3 report week");
  const Json answer = waiting(county);
  EXPECT_EQ(answer["items"].array()->front()["words"].string_or(""), "职责已划转");
  EXPECT_EQ(answer["items"].array()->front()["act"]["id"].string_or(""), "uphold");
  must(act(rule_task, "1", county, R"({"reason":"属本镇职责"})", "overrule"));
  must(act(rule_task, "4", county, "{}", "grant_change"));
  EXPECT_EQ(told(county), "6 close today, 3 report week");
  EXPECT_EQ(told(town), "1 report late, 2 report today");
}

TEST_F(TaskTodo, WhoeverSitsThereWhileNobodyHasAnAccountSeesAllAndPagesNeitherRepeatNorSkip) {
  std::string seen;
  std::map<std::string, std::string, std::less<>> query{{"limit", "2"}, {"kind", "task"}};
  for (int page = 0; page < 3; ++page) {
    const Json answer = waiting(Actor::local(), query);
    EXPECT_EQ(answer["total"].integer_or(0), 6);
    for (const Json& one : *answer["items"].array()) seen += one["id"].string_or("") + " ";
    query["cursor"] = answer["next"].string_or("");
  }
  EXPECT_EQ(seen, "9 1 2 6 3 4 ");
  EXPECT_EQ(told(Actor::local(), {{"kind", "project"}}), "");
}

// --- nudges ----------------------------------------------------------------------------------------------------------

TEST_F(TaskTodo, ANudgeStandsInTheTodoAndTheHistoryUntilSomethingIsDone) {
  const Actor county = account("county_office", 2), town = account("town_clerk", 3);
  const Json made = must(Json::parse(must(act(nudge_task, "1", county, R"({"text":"周五前请补报"})")).body));
  EXPECT_EQ(made["n"].integer_or(0), 1);
  const Json answer = waiting(town);
  const Json& first = answer["items"].array()->front();
  EXPECT_EQ(first["nudged"]["text"].string_or(""), "周五前请补报");
  EXPECT_EQ(first["nudged"]["at"].string_or(""), "2023-06-14T09:30:00+08:00");
  EXPECT_EQ(first["nudged"]["by"].string_or(""), "county-office2");
  const Json shown = world.ask(task, world.call("1")).json;
  EXPECT_EQ(shown["events"].array()->back()["act"].string_or(""), "nudge-late");
  EXPECT_EQ(shown["events"].array()->back()["text"].string_or(""), "周五前请补报");
  EXPECT_EQ(shown["task"]["nudged"]["waits"].boolean_or(false), true);
  must(act(report_progress, "1", town, R"({"text":"已办一半"})"));
  const Json after = waiting(town);
  EXPECT_TRUE(after["items"].array()->front()["nudged"].is_null()) << "answered";
  const Json still = world.ask(task, world.call("1")).json;
  EXPECT_EQ(still["task"]["nudged"]["waits"].boolean_or(true), false) << "that it was is still told";
  EXPECT_EQ(still["task"]["nudged"]["n"].integer_or(0), 1);
  world.restart();
  EXPECT_EQ(world.ask(task, world.call("1")).json["task"], still["task"]);
}

TEST_F(TaskTodo, OnlyWhoIsLateIsNudgedOnceADayByTheOfficeOfTheRegion) {
  const Actor county = account("county_office", 2), other = account("county_office", 5),
              town = account("town_clerk", 3);
  for (const char* id : {"2", "5", "6", "7", "8", "10"}) {
    const auto refused = act(nudge_task, id, county, "{}");
    ASSERT_FALSE(refused.has_value()) << id;
    EXPECT_TRUE(refused.error().is(errors::not_late)) << id << refused.error().text(Language::zh);
  }
  EXPECT_EQ(act(nudge_task, "2", county, "{}").error().text(Language::zh),
            "“今天”的时限是2023-06-14，不用催办：只催过了时限还没办的");
  EXPECT_TRUE(act(nudge_task, "1", town, "{}").error().is(errors::forbidden));
  EXPECT_TRUE(act(nudge_task, "1", other, "{}").error().is(errors::unknown_task)) << "not theirs to see";
  EXPECT_TRUE(act(nudge_task, "1", county, (R"({"text":")" + std::string(201, 'x') + "\"}").c_str())
                  .error()
                  .is(errors::limit_exceeded));
  must(act(nudge_task, "1", county, "{}"));
  const auto again = act(nudge_task, "1", county, "{}");
  ASSERT_FALSE(again.has_value());
  EXPECT_TRUE(again.error().is(errors::nudged_today));
  world.clock.set("2023-06-15");
  EXPECT_EQ(must(Json::parse(must(act(nudge_task, "1", county, "{}")).body))["n"].integer_or(0), 2);
}

TEST_F(TaskTodo, ANudgeIsNoChangeThatAReportWouldLoseARaceTo) {
  const Actor county = account("county_office", 2), town = account("town_clerk", 3);
  Call report = world.call("1", R"({"text":"已办一半"})");
  report.actor = town;
  report.if_match = Seq{world.ask(task, world.call("1")).json["task"]["seq"].integer_or(0)};
  must(act(nudge_task, "1", county, "{}"));
  EXPECT_TRUE(report_progress(world.service(), report).has_value());
}

TEST_F(TaskTodo, ARecordIsNudgedWhenAClockOfItIsLate) {
  const std::string id =
      world.entered("obstacle", R"({"text":"缺电","place":"990101101000","answerer":"unit:市水务局"})");
  const Actor county = account("county_office", 2), bureau = account("department", 1, "市水务局");
  const auto nudge = [&] { return act(nudge_record, id.c_str(), county, R"({"text":"请答复"})"); };
  ASSERT_FALSE(nudge().has_value());
  EXPECT_TRUE(nudge().error().is(errors::not_late));
  EXPECT_FALSE(world.shown(id)["acts"]["nudge"].boolean_or(true));
  world.clock.set("2023-06-21");
  EXPECT_TRUE(world.shown(id)["acts"]["nudge"].boolean_or(false));
  must(nudge());
  EXPECT_TRUE(nudge().error().is(errors::nudged_today));
  const Json shown = world.shown(id);
  EXPECT_FALSE(shown["acts"]["nudge"].boolean_or(true));
  EXPECT_EQ(shown["history"].array()->front()["zh"].string_or(""), "催办");
  EXPECT_EQ(shown["nudged"]["text"].string_or(""), "请答复");
  const Json answer = waiting(bureau, {{"kind", "obstacle"}});
  EXPECT_EQ(answer["items"].array()->front()["nudged"]["n"].integer_or(0), 1);
  must(world.step(id, "answer", R"({"reply":"在办","promised_on":"2023-07-01"})"));
  EXPECT_FALSE(world.shown(id)["nudged"]["waits"].boolean_or(true));
  EXPECT_TRUE(act(nudge_record, id.c_str(), account("county_office", 5), "{}").error().is(errors::unknown_record));
}

}   // namespace
}   // namespace gangmu::app::test
