// SPDX-License-Identifier: Apache-2.0
#include "app/todo.hpp"

#include <algorithm>
#include <charconv>

#include "app/errors.hpp"
#include "app/json_body.hpp"
#include "app/records/waiting.hpp"
#include "app/records/wire.hpp"
#include "record/notices.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t todo_page = 50;

auto due_order(const WaitingRecord& one) { return std::tie(one.due, one.id); }

/// The first of all that wait, behind where the page before ended, and how many there are.
struct FoundWaiting {
  std::vector<WaitingRecord> rows{};   ///< one more than a page holds, where there are more
  std::map<std::string, std::int64_t> by_kind{};
  std::int64_t total = 0, late = 0;
};

std::string cursor_behind(const WaitingRecord& last) { return std::to_string(last.due) + "~" + last.id.text(); }

Result<std::optional<WaitingRecord>> page_after(const Call& call) {
  const std::string text = call.query_or("cursor", "");
  if (text.empty()) return std::optional<WaitingRecord>();
  const std::size_t at = text.find('~');
  WaitingRecord out;
  const bool whole =
      at != std::string::npos && std::from_chars(text.data(), text.data() + at, out.due).ptr == text.data() + at;
  auto id = record::RecordId::parse(whole ? std::string_view(text).substr(at + 1) : std::string_view());
  if (!id) return fail(errors::cursor_malformed, {text});
  out.id = *std::move(id);
  return std::optional(std::move(out));
}

Result<FoundWaiting> find_waiting(const Desk& desk, const Call& call, std::size_t limit) {
  TRY_ASSIGN(const auto after, page_after(call));
  const std::string only = call.query_or("kind", "");
  FoundWaiting out;
  const auto before = [](const WaitingRecord& a, const WaitingRecord& b) { return due_order(a) < due_order(b); };
  for (const auto& [id, columns] : desk.picture().view->records.kinds) {
    if (!opened(*desk.picture().view, id)) continue;
    waiting_for(desk, *columns, [&](WaitingRecord one) {
      ++out.by_kind[one.id.kind];
      if (!only.empty() && one.id.kind != only) return;
      ++out.total;
      out.late += one.due <= desk.now().micros ? 1 : 0;
      if (after && !before(*after, one)) return;
      if (out.rows.size() > limit) {
        if (!before(one, out.rows.front())) return;
        std::ranges::pop_heap(out.rows, before);
        out.rows.pop_back();
      }
      out.rows.push_back(std::move(one));
      std::ranges::push_heap(out.rows, before);
    });
  }
  std::ranges::sort_heap(out.rows, before);
  return out;
}

void labels(JsonWriter& out, const std::string& id, const std::string& zh, const std::string& en) {
  out.key("zh").value(zh.empty() ? id : zh).key("en").value(!en.empty() ? en : zh.empty() ? id : zh);
}

void own_steps(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record,
               RecordTables& tables) {
  out.key("steps").begin_array();
  for (const flow::Step& step : kind.flow()->steps()) {
    const Hat* hat = desk.for_step(kind, record, step.id, tables);
    if (!hat) continue;
    const auto possible = record::possible_steps(kind, record, desk.world(*hat, tables));
    if (std::ranges::find(possible, step.id) == possible.end()) continue;
    out.begin_object().key("id").value(step.id);
    labels(out, step.id, step.zh, step.en);
    out.end_object();
  }
  out.end_array();
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

void waiting_item(JsonWriter& out, const Desk& desk, const WaitingRecord& one, const record::Record& record,
                  RecordTables& tables) {
  const record::Kind& kind = *desk.catalogue().find(one.id.kind);
  const flow::State& state = kind.flow()->states()[record.standing.state];
  out.begin_object().key("about").value("record").key("id").value(one.id.text()).key("kind").value(kind.id());
  out.key("kind_zh").value(kind.label(Language::zh)).key("kind_en").value(kind.label(Language::en));
  out.key("no").value(record.no).key("title").value(wire::title(desk.picture(), kind, record));
  out.key("state").value(state.id).key("state_zh").value(state.zh.empty() ? state.id : state.zh);
  out.key("state_en").value(state.en.empty() ? state.id : state.en).key("due");
  if (one.due == record::never_due)
    out.null();
  else
    out.value(Instant{one.due}.text());
  out.key("late").value(one.due <= desk.now().micros);
  own_steps(out, desk, kind, record, tables);
  told_clocks(out, kind, one.told);
  out.end_object();
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
  TRY_ASSIGN(FoundWaiting found, find_waiting(desk, call, limit));
  return picture.store->read([&](store::Database& database) -> Result<Reply> {
    RecordTables tables(database, view, view.seq);
    Reply reply;
    reply.seq = view.seq;
    JsonWriter out(reply.body);
    const bool more = found.rows.size() > limit;
    out.begin_object().key("items").begin_array();
    for (std::size_t i = 0; i < std::min(limit, found.rows.size()); ++i) {
      const record::Record* record = tables.referred(found.rows[i].id);
      TRY(tables.status());
      if (record) waiting_item(out, desk, found.rows[i], *record, tables);
    }
    TRY(tables.status());
    out.end_array().key("next");
    if (more)
      out.value(cursor_behind(found.rows[limit - 1]));
    else
      out.null();
    out.key("total").value(found.total).key("late").value(found.late).key("kinds").begin_array();
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
