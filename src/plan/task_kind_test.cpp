// SPDX-License-Identifier: Apache-2.0
#include "plan/task_kind.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "plan/errors.hpp"
#include "plan/task_state.hpp"
#include "record/bound.hpp"
#include "record/programme.hpp"

namespace gangmu::plan {
namespace {

namespace field = task_field;

struct Bench {
  std::shared_ptr<const record::Catalogue> catalogue = made();
  const record::Kind& kind = *catalogue->find("task");
  Calendar calendar;
  record::Actor actor{.who = {record::Who::Kind::account, "u1"}};
  record::Lookup nothing;
  Instant now = *Instant::parse("2023-06-14T09:30:00+08:00");

  static std::shared_ptr<const record::Catalogue> made() {
    record::Declared declared;
    for (const Definition& one : task_definitions())
      (one.kind == "flow" ? declared.flows : declared.kinds).push_back(&one);
    auto out = record::catalogue_of(declared, {.whole = {"task"}});
    if (!out) throw std::runtime_error(out.error().text(Language::en));
    return *out;
  }
  [[nodiscard]] record::World world() const { return {now, *catalogue, calendar, actor, nothing, {}}; }

  [[nodiscard]] Result<record::Record> after(const record::Record* before, const record::Asked& asked) const {
    const record::RecordId id{PlaceId{2}, "task", 7};
    TRY_ASSIGN(const record::Event event, asked.step == "reopen"
                                              ? reopened(kind, *before, asked.reason, world())
                                              : record::decide(kind, before, id, asked, world(), task_rules()));
    Json document = before ? record::document_of(kind, *before) : Json(Json::Object{});
    return record::record_of(kind, id, record::applied(std::move(document), event));
  }
  [[nodiscard]] record::Record begun(const Task& task) const {
    record::Asked asked{.step = "create", .typed = record::as_typed(values_of(task))};
    asked.state = task_state_name(task.state);
    auto out = after(nullptr, asked);
    if (!out) throw std::runtime_error(out.error().text(Language::en));
    return *std::move(out);
  }
};

const Date later = Date::parse("2024-06-30").value();

Task sample() {
  Task task;
  task.number = "12";
  task.title = "改造老旧管网";
  task.lead = "市水务局";
  task.responsible = {"甲县", "乙县"};
  task.due = parse_due("2023年6月底前").value();
  task.target_text = "改造管网20公里";
  const TargetText read = read_targets(task.target_text, task.due);
  task.target_kind = read.kind;
  task.targets = read.targets;
  task.extra = {{"责任科室", "供水科"}, {"备注二", ""}};
  task.origin = {"b1", "Sheet1", 5};
  task.percent = Decimal(375, 1);
  return task;
}

std::string random_text(Random& random) {
  static constexpr std::string_view words[] = {"", "一", "供水、排水", "\"引号\"", "a\nb", "，"};
  return std::string(words[random.below(std::size(words))]);
}

TEST(TaskKind, IsKeptWholeAndStandsFirstWhereItsTaskStood) {
  const Bench bench;
  EXPECT_TRUE(bench.kind.whole());
  for (const TaskState state : task_states()) {
    Task task = sample();
    task.state = state;
    EXPECT_EQ(task_of(bench.kind, bench.begun(task)).value().state, state);
  }
}

TEST(TaskKind, WhatIsWrittenIsReadBack) {
  const Bench bench;
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    Task task = i == 0 ? sample() : Task{};
    for (std::string* text : {&task.number, &task.action, &task.title, &task.lead, &task.progress, &task.reason,
                              &task.remark, &task.target_text, &task.origin.batch})
      if (i > 0) *text = random_text(random);
    if (i > 0 && random.below(2) == 0) task.due = parse_due("2024年3月底前").value();
    if (i > 0 && random.below(2) == 0) task.closed_on = Date::parse("2023-07-01").value();
    if (i > 0 && random.below(3) == 0) task.extra["甲"] = random_text(random);
    const Task back = task_of(bench.kind, bench.begun(task)).value();
    EXPECT_EQ(values_of(back), values_of(task));
    EXPECT_EQ(back.title, task.title);
    EXPECT_EQ(back.due, task.due);
    EXPECT_EQ(back.targets, task.targets);
    EXPECT_EQ(back.extra, task.extra);
    EXPECT_EQ(back.origin, task.origin);
    EXPECT_EQ(back.percent.has_value(), task.percent.has_value());
    if (task.percent) { EXPECT_EQ(back.percent->text(), "37.5"); }
  }
}

/// The acts of task_state.hpp and the flow say the same of what may be done when, and where it leads.
TEST(TaskKind, StepsAreTheActsOfThePlan) {
  const Bench bench;
  const auto day = bench.now.date();
  struct Act {
    const char* step;
    Result<Task> (*act)(Task, Date);
  };
  const Act acts[] = {
      {"progress", [](Task t, Date d) { return report_progress(std::move(t), "已改造8公里", Decimal(40, 0), d); }},
      {"request_close", [](Task t, Date d) { return request_close(std::move(t), "已改造8公里", d); }},
      {"close", [](Task t, Date d) { return close(std::move(t), d); }},
      {"return", [](Task t, Date d) { return send_back(std::move(t), "缺验收", d); }},
      {"reopen", [](Task t, Date d) { return reopen(std::move(t), "缺验收", d); }},
      {"pause", [](Task t, Date d) { return pause(std::move(t), "缺验收", d); }},
      {"resume", [](Task t, Date d) { return resume(std::move(t), d); }},
      {"receive", [](Task t, Date d) { return receive(std::move(t), d); }},
      {"object", [](Task t, Date d) { return object(std::move(t), "缺验收", d); }},
      {"uphold", [](Task t, Date d) { return uphold(std::move(t), "缺验收", d); }},
      {"overrule", [](Task t, Date d) { return overrule(std::move(t), "缺验收", d); }},
      {"transfer", [](Task t, Date d) { return transfer(std::move(t), "缺验收", d); }},
      {"ask_change", [](Task t, Date d) { return ask_change(std::move(t), later, "", "缺验收", d); }},
      {"grant_change", [](Task t, Date d) { return grant_change(std::move(t), d); }},
      {"refuse_change", [](Task t, Date d) { return refuse_change(std::move(t), "缺验收", d); }},
      {"carry_over", [](Task t, Date d) { return carry_over(std::move(t), later, "缺验收", d); }},
      {"make_lasting", [](Task t, Date d) { return make_lasting(std::move(t), "缺验收", d); }},
      {"cancel", [](Task t, Date d) { return cancel(std::move(t), "缺验收", d); }}};
  EXPECT_EQ(bench.kind.flow()->steps().size() + 1, std::size(acts)) << "reopening is a way out";
  for (const TaskState state : task_states())
    for (const Act& one : acts) {
      Task task = sample();
      task.state = state;
      if (std::string_view(one.step).ends_with("_change") && one.step[0] != 'a') task.asked_due = later;
      const record::Record before = bench.begun(task);
      record::Asked asked{.step = one.step, .typed = {}, .reason = "缺验收"};
      const std::string_view step = one.step;
      if (step == "progress" || step == "request_close") asked.typed[field::progress] = record::Value("已改造8公里");
      if (step == "ask_change") asked.typed[field::asked_due] = record::Value(later);
      if (step == "carry_over") asked.typed[field::due] = record::Value(later);
      if (step == "make_lasting") asked.typed[record::FieldId{40}] = record::Value("每月调度");
      if (step == "progress") asked.typed[field::percent] = record::Value(Decimal(40, 0));
      const auto by_record = bench.after(&before, asked);
      const auto by_plan = one.act(task, day);
      ASSERT_EQ(by_record.has_value(), by_plan.has_value())
          << one.step << " of " << task_state_name(state) << ": "
          << (by_record ? std::string() : by_record.error().text(Language::en));
      if (!by_plan) {
        EXPECT_EQ(by_record.error().text(Language::en), by_plan.error().text(Language::en));
        continue;
      }
      const Task got = task_of(bench.kind, *by_record).value();
      EXPECT_EQ(got.state, by_plan->state) << one.step;
      record::Values held = values_of(got);
      held.erase(record::FieldId{40});   // typed with its step, and of no rule
      EXPECT_EQ(held, values_of(*by_plan)) << one.step;
    }
}

TEST(TaskKind, AReasonIsAskedForWhereItIsRefusedWithoutOne) {
  const Bench bench;
  for (const flow::Step& step : bench.kind.flow()->steps()) {
    Task task = sample();
    task.state = *task_state_of(bench.kind.flow()->states()[step.from.front()].id);
    if (step.id == "grant_change" || step.id == "refuse_change") task.asked_due = later;
    const record::Record before = bench.begun(task);
    record::Asked asked{.step = step.id};
    if (step.id == "progress") asked.typed[field::progress] = record::Value("已改造8公里");
    if (step.id == "ask_change") asked.typed[field::asked_due] = record::Value(later);
    if (step.id == "carry_over") asked.typed[field::due] = record::Value(later);
    if (step.id == "make_lasting") asked.typed[record::FieldId{40}] = record::Value("每月调度");
    const auto done = bench.after(&before, asked);
    EXPECT_EQ(!done.has_value(), asks_reason(step.id)) << step.id;
    if (!done) { EXPECT_EQ(done.error().first().kind, &errors::reason_required) << step.id; }
  }
}

TEST(TaskKind, AReportIsASmallEvent) {
  const Bench bench;
  Task task = sample();
  task.remark = std::string(1'000, 'x');
  const record::Record before = bench.begun(task);
  record::Asked asked{.step = "progress"};
  asked.typed[field::progress] = record::Value("已改造8公里");
  const auto event = record::decide(bench.kind, &before, before.id, asked, bench.world(), task_rules());
  ASSERT_TRUE(event);
  EXPECT_LT(event->json().canonical().size(), 200U) << event->json().canonical();
}

}   // namespace
}   // namespace gangmu::plan
