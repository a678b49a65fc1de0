// SPDX-License-Identifier: Apache-2.0
#include "plan/task.hpp"

#include <gtest/gtest.h>

#include "plan/errors.hpp"
#include "plan/light.hpp"
#include "plan/task_state.hpp"

namespace gangmu::plan {
namespace {

Date day(const char* text) { return Date::parse(text).value(); }

Task full_task() {
  Task task;
  task.id = {7};
  task.number = "3-1";
  task.action = "百亿镇域经济行动";
  task.measure = "做强工业园";
  task.title = "建成示例园区一期";
  task.lead = "示例市工信局";
  task.responsible = {"甲县", "乙县"};
  task.cooperating = {"示例市发改局"};
  task.supervisor = "示例市督查室";
  task.due = parse_due("2023年6月底前").value();
  task.target_text = "完成投资≥100亿元";
  const TargetText targets = read_targets(task.target_text, task.due);
  task.targets = targets.targets;
  task.target_kind = targets.kind;
  task.progress = "完成 40%";
  task.percent = Decimal(405, 1);
  task.remark = "备注";
  task.progress_on = day("2023-05-01");
  task.place = "990100000000";
  task.extra = {{"存在问题", "用地"}};
  task.origin = {"b1", "任务", 17};
  task.leader = Personal<std::string>("某人");
  task.contact = Personal<std::string>("电话");
  return task;
}

TEST(Task, SurvivesJsonWithoutItsPersons) {
  const Task task = full_task();
  const Json json = to_json(task);
  EXPECT_EQ(json.canonical().find("某人"), std::string::npos);
  EXPECT_EQ(json.canonical().find("电话"), std::string::npos);
  const Task back = task_from_json(Json::parse(json.canonical()).value()).value();
  EXPECT_EQ(to_json(back), json);
  EXPECT_EQ(back.targets, task.targets);
  EXPECT_TRUE(back.leader.empty());
  const Task blank = task_from_json(to_json(Task{})).value();
  EXPECT_EQ(to_json(blank), to_json(Task{}));
}

TEST(Task, MalformedJsonNamesEveryMember) {
  Json json;
  json.set("title", 5);
  json.set("responsible", "一个");
  json.set("closed_on", "昨天");
  json.set("state", "lost");
  json.set("percent", "half");
  const auto task = task_from_json(json);
  ASSERT_FALSE(task);
  std::vector<std::string> members;
  for (const Diagnostic& fault : task.error().all()) members.push_back(fault.arguments[0]);
  EXPECT_EQ(members, (std::vector<std::string>{"title", "responsible", "closed_on", "percent", "state"}));
}

/// Runs acts by name over a task and tells the state, or the error of the first refused act.
std::string run(std::initializer_list<const char*> acts) {
  Task task;
  const Date today = day("2023-06-16");
  for (const std::string act : acts) {
    Result<Task> next = act == "report"    ? report_progress(task, "进展", std::nullopt, today)
                        : act == "request" ? request_close(task, "", today)
                        : act == "close"   ? close(task, today)
                        : act == "return"  ? send_back(task, "材料不全", today)
                        : act == "reopen"  ? reopen(task, "复查未达标", today)
                        : act == "pause"   ? pause(task, "用地未批", today)
                                           : resume(task, today);
    if (!next) return act + ": " + std::string(next.error().first().kind->name);
    task = *std::move(next);
  }
  return std::string(task_state_name(task.state));
}

TEST(TaskState, OnlyTheDeclaredWaysLeadOn) {
  EXPECT_EQ(run({"report", "request", "close"}), "closed");
  EXPECT_EQ(run({"request", "report", "close"}), "closed");
  EXPECT_EQ(run({"request", "return", "request", "close"}), "closed");
  EXPECT_EQ(run({"request", "close", "reopen"}), "open");
  EXPECT_EQ(run({"pause", "resume"}), "open");
  EXPECT_EQ(run({"close"}), "close: task_state");
  EXPECT_EQ(run({"return"}), "return: task_state");
  EXPECT_EQ(run({"reopen"}), "reopen: task_state");
  EXPECT_EQ(run({"request", "request"}), "request: task_state");
  EXPECT_EQ(run({"request", "close", "report"}), "report: task_state");
  EXPECT_EQ(run({"pause", "request"}), "request: task_state");
  EXPECT_EQ(run({"pause", "report"}), "report: task_state");
  EXPECT_EQ(run({"resume"}), "resume: task_state");
}

TEST(TaskState, ReasonsAndRanges) {
  const Date today = day("2023-06-16");
  const Task waiting = request_close({}, "已完工", today).value();
  EXPECT_EQ(waiting.progress, "已完工");
  EXPECT_EQ(waiting.requested_on, today);
  EXPECT_TRUE(send_back(waiting, "　 ", today).error().is(errors::reason_required));
  EXPECT_EQ(send_back(waiting, "缺验收单", today)->reason, "缺验收单");
  EXPECT_FALSE(send_back(waiting, "缺验收单", today)->requested_on.has_value());
  EXPECT_TRUE(report_progress({}, " ", std::nullopt, today).error().is(errors::progress_empty));
  EXPECT_TRUE(report_progress({}, "", Decimal(101, 0), today).error().is(errors::percent_range));
  EXPECT_TRUE(report_progress({}, "", Decimal(-1, 0), today).error().is(errors::percent_range));
  EXPECT_EQ(report_progress({}, "", Decimal(100, 0), today)->percent, Decimal(100, 0));
  EXPECT_EQ(close(waiting, today)->closed_on, today);
}

DateLight light(TaskState state, const char* due, const char* today) {
  Task task;
  task.state = state;
  task.due = parse_due(due).value();
  return date_light(task, day(today));
}

TEST(Light, FollowsStateDueAndDay) {
  using enum TaskState;
  // 2023-06-30 is a Friday; its week is 26 June … 2 July.
  EXPECT_EQ(light(open, "2023年6月底前", "2023-06-25"), DateLight::on_course);
  EXPECT_EQ(light(open, "2023年6月底前", "2023-06-26"), DateLight::due_this_week);
  EXPECT_EQ(light(open, "2023年6月底前", "2023-06-30"), DateLight::due_this_week) << "前 and 底 include the last day";
  EXPECT_EQ(light(open, "2023年6月底前", "2023-07-01"), DateLight::overdue)
      << "overdue at once, though the week goes on";
  EXPECT_EQ(light(open, "2023年7月2日前", "2023-06-26"), DateLight::due_this_week) << "Sunday belongs to the week";
  EXPECT_EQ(light(open, "2023年7月3日前", "2023-07-02"), DateLight::on_course);
  EXPECT_EQ(light(open, "长期坚持", "2033-01-01"), DateLight::undated);
  EXPECT_EQ(light(done_waiting, "2023年6月底前", "2024-01-01"), DateLight::waiting);
  EXPECT_EQ(light(closed, "2023年6月底前", "2024-01-01"), DateLight::closed) << "after 销号 a light is 已销号";
  EXPECT_EQ(light(paused, "2023年6月底前", "2024-01-01"), DateLight::paused);
}

TEST(Light, CountsAddUp) {
  std::vector<Task> tasks(4);
  tasks[0].due = parse_due("2023年6月底前").value();
  tasks[1].state = TaskState::closed;
  tasks[2].state = TaskState::done_waiting;
  LightCounts counts;
  for (const Task& task : tasks) add_light(counts, date_light(task, day("2023-07-01")));
  EXPECT_EQ(counts.total, 4);
  EXPECT_EQ(counts.overdue, 1);
  EXPECT_EQ(counts.open(), 2);
  EXPECT_EQ(counts.open() + counts.closed + counts.waiting + counts.paused, counts.total);
}

TEST(Light, OverdueIsCountedInWorkingDays) {
  const Calendar calendar = Calendar::of(2023, 2023, {}).value();
  Task task;
  task.due = parse_due("2023年6月底前").value();
  EXPECT_EQ(working_days_overdue(task, day("2023-06-30"), calendar).value(), 0);
  EXPECT_EQ(working_days_overdue(task, day("2023-07-02"), calendar).value(), 0) << "a weekend";
  EXPECT_EQ(working_days_overdue(task, day("2023-07-05"), calendar).value(), 3);
  EXPECT_FALSE(working_days_overdue(task, day("2024-01-05"), calendar)) << "the year is not published";
}

}   // namespace
}   // namespace gangmu::plan
