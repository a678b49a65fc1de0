// SPDX-License-Identifier: Apache-2.0
#include "app/records/history.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/records/wire.hpp"
#include "record/merge.hpp"
#include "record/routes.hpp"
#include "record/ways_out.hpp"

namespace gangmu::app {
namespace {

struct Words {
  std::string zh{}, en{};
};

struct NamedStep {
  std::string_view step, zh, en;
};
/// What happens to records of every kind; a flow's steps bear names of their own.
constexpr auto everywhere =
    std::to_array<NamedStep>({{"create", "登记", "Entered"},
                              {"edit", "修改", "Edited"},
                              {"clock", "时限到点", "A clock came to its mark"},
                              {"calendar", "日历公布，重算时限", "Due days by the calendar published"},
                              {record::step_nudge, "催办", "Nudged"},
                              {record::step_opening, "随方案带入", "Brought by the programme"},
                              {"see-persons", "查看个人信息", "Persons looked at"},
                              {"erase-persons", "销毁个人信息", "Persons erased"},
                              {record::step_correct, "更正", "Corrected"},
                              {record::step_reopen, "重开", "Reopened"},
                              {record::step_move, "移到别的状态", "Moved to another state"},
                              {record::step_migrate, "换到现行版本", "Brought to the present version"},
                              {record::step_void, "作废", "Made void"},
                              {record::step_restore, "恢复", "Brought back"},
                              {record::step_take_over, "合并：并进来一条", "Merged: took another over"},
                              {record::step_lead_on, "合并：并入另一条", "Merged into another"},
                              {record::step_give_back, "撤销合并：分出一条", "Merge undone: gave the other back"},
                              {record::step_come_back, "撤销合并：恢复原样", "Merge undone: on its own again"}});

Words words_of(const record::Kind& kind, const std::string& step) {
  const auto known = std::ranges::find(everywhere, step, &NamedStep::step);
  if (known != everywhere.end()) return {std::string(known->zh), std::string(known->en)};
  const auto named = [](const auto& one) {
    return Words{one.zh.empty() ? one.id : one.zh, one.en.empty() ? one.id : one.en};
  };
  if (!kind.flow()) return {step, step};
  if (step.starts_with(record::step_extend)) {
    const flow::ClockIndex clock = kind.flow()->clock(std::string_view(step).substr(record::step_extend.size()));
    const Words of = clock == flow::none ? Words{step, step} : named(kind.flow()->clocks()[clock]);
    return {"延长时限：" + of.zh, "More time: " + of.en};
  }
  const flow::StepIndex index = kind.flow()->step(step);
  return index == flow::none ? Words{step, step} : named(kind.flow()->steps()[index]);
}

/// Who answers since: a matter that was passed on says by its patch who had it before.
void passed_on(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Event& event) {
  if (event.patch["h"].is_null()) return;
  const flow::StepIndex step = kind.flow()->step(event.step);
  const record::Field* routed = step == flow::none ? nullptr : record::routed_field(kind, kind.flow()->steps()[step]);
  for (const record::Field& field : kind.fields()) {
    if (field.type != record::Type::who || (routed && routed != &field)) continue;
    const auto who = record::who_of(event.patch["f"][std::to_string(field.id.value)].string_or(""));
    if (!who) continue;
    out.key("to").begin_object().key("id").value(record::who_text(*who));
    out.key("name").value(wire::who_name(desk.picture(), *who)).end_object();
    return;
  }
}

void told(JsonWriter& out, const Desk& desk, const record::Kind& kind, Seq seq, const record::Event& event) {
  const Words words = words_of(kind, event.step);
  out.begin_object().key("seq").value(seq.value).key("step").value(event.step);
  out.key("zh").value(words.zh).key("en").value(words.en);
  out.key("at").value(event.at.text()).key("actor").value(desk.picture().actor_name(event.actor));
  out.key("reason").value(event.reason);
  if (event.patch["s"].string()) out.key("state").value(*event.patch["s"].string());
  passed_on(out, desk, kind, event);
  const std::string into = event.patch["into"].string_or("");
  if (event.other || !into.empty()) out.key("other").value(event.other ? event.other->text() : into);
  out.key("changed").begin_array();
  if (const auto* fields = event.patch["f"].object())
    for (const auto& [number, value] : *fields)
      if (const record::Field* field = kind.field(record::FieldId{std::stoll(number)})) out.value(field->name);
  out.end_array().end_object();
}

}   // namespace

Status history(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::RecordId& id,
               store::Database& database, std::string_view cursor, std::size_t page) {
  Seq before{INT64_MAX};
  if (!cursor.empty()) std::from_chars(cursor.data(), cursor.data() + cursor.size(), before.value);
  TRY_ASSIGN(auto events, store::records::events_before(database, id, desk.picture().view->seq, before, page + 1));
  const bool more = events.size() > page;
  if (more) events.erase(events.begin());
  out.key("history").begin_array();
  for (auto one = events.rbegin(); one != events.rend(); ++one) {
    TRY_ASSIGN(const record::Event event, record::event_of(one->body));
    told(out, desk, kind, one->seq, event);
  }
  out.end_array().key("earlier");
  if (more)
    out.value(std::to_string(events.front().seq.value));
  else
    out.null();
  return {};
}

}   // namespace gangmu::app
