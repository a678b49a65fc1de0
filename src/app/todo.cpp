// SPDX-License-Identifier: Apache-2.0
#include "app/todo.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "app/errors.hpp"
#include "app/nudges.hpp"
#include "app/records/waiting.hpp"
#include "app/records/wire.hpp"
#include "app/task_may.hpp"
#include "app/task_record.hpp"
#include "app/waiting_tasks.hpp"
#include "flow/clock.hpp"
#include "record/notices.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t todo_page = 50;

/// A record or a task: what it waits for, and when it should be done.
struct Waiting {
  std::int64_t by = 0;   ///< microseconds; record::never_due: without a day
  record::RecordId id{};
  std::uint32_t told = 0;   ///< of a record: rungs of clocks that told the reader
  bool step = false;        ///< and a step is theirs
  std::optional<WaitingTask> task{};
};
auto due_order(const Waiting& one) { return std::tie(one.by, one.id); }

/// Late, today, within seven days, later, without a day.
enum class When : std::uint8_t { late, today, week, later, open };
constexpr std::array<std::string_view, 5> when_names = {"late", "today", "week", "later", "open"};

When when_of(std::int64_t by, Instant now) {
  constexpr int week = 7;
  if (by == record::never_due) return When::open;
  if (by <= now.micros) return When::late;
  if (by <= flow::end_of(now.date()).micros) return When::today;
  return by <= flow::end_of(now.date().plus_days(week)).micros ? When::week : When::later;
}

/// The first of all that wait, behind where the page before ended, and how many there are.
struct FoundWaiting {
  std::vector<Waiting> rows{};   ///< one more than a page holds, where there are more
  std::map<std::string, std::int64_t> by_kind{};
  std::array<std::int64_t, when_names.size()> by_day{};
  std::int64_t total = 0;
};

std::string cursor_behind(const Waiting& last) { return std::to_string(last.by) + "~" + last.id.text(); }

Result<std::optional<Waiting>> page_after(const Call& call) {
  const std::string text = call.query_or("cursor", "");
  if (text.empty()) return std::optional<Waiting>();
  const std::size_t at = text.find('~');
  Waiting out;
  const bool whole =
      at != std::string::npos && std::from_chars(text.data(), text.data() + at, out.by).ptr == text.data() + at;
  auto id = record::RecordId::parse(whole ? std::string_view(text).substr(at + 1) : std::string_view());
  if (!id) return fail(errors::cursor_malformed, {text});
  out.id = *std::move(id);
  return std::optional(std::move(out));
}

Result<FoundWaiting> find_waiting(Service& service, const Desk& desk, const Call& call, std::size_t limit) {
  TRY_ASSIGN(const auto after, page_after(call));
  const std::string only = call.query_or("kind", "");
  FoundWaiting out;
  const auto before = [](const Waiting& a, const Waiting& b) { return due_order(a) < due_order(b); };
  const auto take = [&](Waiting one) {
    ++out.by_kind[one.id.kind];
    if (!only.empty() && one.id.kind != only) return;
    ++out.total;
    ++out.by_day[static_cast<std::size_t>(when_of(one.by, desk.now()))];
    if (after && !before(*after, one)) return;
    if (out.rows.size() > limit) {
      if (!before(one, out.rows.front())) return;
      std::ranges::pop_heap(out.rows, before);
      out.rows.pop_back();
    }
    out.rows.push_back(std::move(one));
    std::ranges::push_heap(out.rows, before);
  };
  const Picture& picture = desk.picture();
  for (const auto& [id, columns] : picture.view->records.kinds) {
    if (!opened(*picture.view, id)) continue;
    waiting_for(desk, *columns, [&](WaitingRecord one) {
      take({.by = one.due, .id = std::move(one.id), .told = one.told, .step = one.step});
    });
  }
  waiting_tasks(service, picture, desk.now(), service.limits().todo_days, [&](const WaitingTask& one) {
    take({.by = one.by.micros, .id = one.stored->id, .told = 0, .step = true, .task = one});
  });
  std::ranges::sort_heap(out.rows, before);
  return out;
}

void labels(JsonWriter& out, const std::string& id, const std::string& zh, const std::string& en) {
  out.key("zh").value(zh.empty() ? id : zh).key("en").value(!en.empty() ? en : zh.empty() ? id : zh);
}

void told_step(JsonWriter& out, const flow::Step& step) {
  out.begin_object().key("id").value(step.id);
  labels(out, step.id, step.zh, step.en);
  out.end_object();
}

/// All that may be done, and the one that is usually done first.
void own_steps(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record,
               RecordTables& tables) {
  const flow::Step* first = nullptr;
  out.key("steps").begin_array();
  for (const flow::Step& step : kind.flow()->steps()) {
    const Hat* hat = desk.for_step(kind, record, step.id, tables);
    if (!hat) continue;
    const auto possible = record::possible_steps(kind, record, desk.world(*hat, tables));
    if (std::ranges::find(possible, step.id) == possible.end()) continue;
    if (!first) first = &step;
    told_step(out, step);
  }
  out.end_array().key("act");
  if (first)
    told_step(out, *first);
  else
    out.null();
}

void told_clocks(JsonWriter& out, const record::Kind& kind, std::uint32_t told) {
  const auto rungs = record::telling_rungs(*kind.flow());
  out.key("notices").begin_array();
  for (std::size_t bit = 0; bit < rungs.size(); ++bit) {
    if ((told & (std::uint32_t{1} << bit)) == 0) continue;
    const flow::ClockRule& clock = kind.flow()->clocks()[rungs[bit].clock];
    const flow::RungAt& at = clock.ladder[static_cast<std::size_t>(rungs[bit].rung)].at;
    out.begin_object().key("clock").value(clock.id);
    labels(out, clock.id, clock.zh, clock.en);
    out.key("at").value(at.share ? std::to_string(at.percent) + "%" : (at.offset.n >= 0 ? "+" : "") + at.offset.text());
    out.end_object();
  }
  out.end_array();
}

/// Members that every item has: what it is, where it stands, when it should be done, and whether somebody was asked
/// after it.
void common(JsonWriter& out, const Desk& desk, const Waiting& one, const record::Kind& kind, flow::StateIndex at,
            const std::optional<record::Nudge>& nudge) {
  const flow::State& state = kind.flow()->states()[at];
  out.key("kind").value(kind.id());
  out.key("kind_zh").value(kind.label(Language::zh)).key("kind_en").value(kind.label(Language::en));
  out.key("state").value(state.id).key("state_zh").value(state.zh.empty() ? state.id : state.zh);
  out.key("state_en").value(state.en.empty() ? state.id : state.en);
  out.key("when").value(when_names[static_cast<std::size_t>(when_of(one.by, desk.now()))]);
  if (nudge && nudge->waits) wire::nudge(out.key("nudged"), desk.picture(), *nudge);
}

void due_and_late(JsonWriter& out, std::optional<Instant> due, Instant now) {
  out.key("due");
  if (due)
    out.value(due->text());
  else
    out.null();
  out.key("late").value(due && *due <= now);
}

void record_item(JsonWriter& out, const Desk& desk, const Waiting& one, const record::Record& record,
                 RecordTables& tables) {
  const record::Kind& kind = *desk.catalogue().find(one.id.kind);
  out.begin_object().key("about").value("record").key("id").value(one.id.text()).key("no").value(record.no);
  out.key("title").value(wire::title(desk.picture(), kind, record)).key("why").value(one.step ? "step" : "told");
  out.key("words").value("").key("unit").value("");
  common(out, desk, one, kind, record.standing.state, record.nudge);
  due_and_late(out, one.by == record::never_due ? std::nullopt : std::optional(Instant{one.by}), desk.now());
  own_steps(out, desk, kind, record, tables);
  told_clocks(out, kind, one.told);
  out.end_object();
}

void task_item(JsonWriter& out, const Desk& desk, const Waiting& one) {
  namespace field = plan::task_field;
  const WaitingTask& task = *one.task;
  const TaskRow row = task_row(*task.stored, desk.now().date());
  const record::Kind& kind = *desk.catalogue().find(task_kind);
  const bool said = task.why == TaskWaits::returned || task.why == TaskWaits::objected;
  out.begin_object().key("about").value("task").key("id").value(std::to_string(row.number));
  out.key("no").value(row.text(field::ledger_number)).key("title").value(row.text(field::title));
  out.key("why").value(waits_name(task.why));
  out.key("words")
      .value(row.text(said                            ? field::reason
                      : task.why == TaskWaits::change ? field::asked_text
                                                      : field::progress))
      .key("unit")
      .value(row.text(field::lead));
  const flow::StateIndex state = kind.flow()->state(task.stored->document["s"].string_or(""));
  common(out, desk, one, kind, state, record::nudge_of(task.stored->document));
  due_and_late(out, row.last ? std::optional(flow::end_of(*row.last)) : std::nullopt, desk.now());
  out.key("steps").begin_array();
  for (const TaskAct& act : acts_on(desk.picture(), row, desk.now()))
    if (const flow::StepIndex step = kind.flow()->step(act.step); step != flow::none)
      told_step(out, kind.flow()->steps()[step]);
  if (const auto read = task_of(*desk.picture().view, *task.stored))
    for (const std::string_view step : steps_open(desk.picture(), *task.stored, *read))
      told_step(out, kind.flow()->steps()[kind.flow()->step(step)]);
  out.end_array().key("act");
  told_step(out, kind.flow()->steps()[kind.flow()->step(step_for(task.why))]);
  out.key("notices").begin_array().end_array().end_object();
}

}   // namespace

Result<Reply> todo(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const auto& view = *picture.view;
  const std::string asked = call.query_or("limit", "");
  std::size_t limit = todo_page;
  std::from_chars(asked.data(), asked.data() + asked.size(), limit);
  limit = std::clamp<std::size_t>(limit, 1, service.limits().page_rows);
  const Desk desk(service, picture, call);
  TRY_ASSIGN(FoundWaiting found, find_waiting(service, desk, call, limit));
  return picture.store->read([&](store::Database& database) -> Result<Reply> {
    RecordTables tables(database, view, view.seq);
    Reply reply;
    reply.seq = view.seq;
    JsonWriter out(reply.body);
    const bool more = found.rows.size() > limit;
    out.begin_object().key("items").begin_array();
    for (std::size_t i = 0; i < std::min(limit, found.rows.size()); ++i) {
      const Waiting& one = found.rows[i];
      if (one.task) {
        task_item(out, desk, one);
        continue;
      }
      const record::Record* record = tables.referred(one.id);
      TRY(tables.status());
      if (record) record_item(out, desk, one, *record, tables);
    }
    TRY(tables.status());
    out.end_array().key("next");
    if (more)
      out.value(cursor_behind(found.rows[limit - 1]));
    else
      out.null();
    out.key("total").value(found.total).key("late").value(found.by_day[static_cast<std::size_t>(When::late)]);
    out.key("days").begin_object();
    for (std::size_t i = 0; i < when_names.size(); ++i) out.key(when_names[i]).value(found.by_day[i]);
    out.end_object().key("kinds").begin_array();
    for (const auto& [id, n] : found.by_kind) {
      const record::Kind& kind = *desk.catalogue().find(id);
      out.begin_object().key("id").value(id).key("zh").value(kind.label(Language::zh));
      out.key("en").value(kind.label(Language::en)).key("total").value(n).end_object();
    }
    out.end_array().end_object();
    return reply;
  });
}

}   // namespace gangmu::app
