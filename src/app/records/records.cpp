// SPDX-License-Identifier: Apache-2.0
// Records read: a page of a register with its exact count and states, the same as a workbook, one record with what this
// reader may do and its history.
#include <algorithm>
#include <charconv>
#include <span>

#include "app/errors.hpp"
#include "app/nudges.hpp"
#include "app/persons.hpp"
#include "app/records/history.hpp"
#include "app/records/merges.hpp"
#include "app/records/registers.hpp"
#include "app/records/ways_out.hpp"
#include "app/records/wire.hpp"
#include "app/table.hpp"
#include "base/text.hpp"

namespace gangmu::app {
namespace {

using record::Columns;
using record::Field;

constexpr std::size_t default_page = 50;

tl::unexpected<Error> malformed(const char* name, const std::string& value, const char* zh, const char* en) {
  return fail(errors::query_malformed, {name, value, zh, en});
}

Result<record::FieldTest> field_test(const Picture& picture, const Columns& columns, std::string_view one) {
  const std::size_t at = one.find('=');
  const Field* field = at == std::string_view::npos ? nullptr : columns.kind().field(one.substr(0, at));
  const std::size_t column = field ? columns.number_column(field->id) : Columns::no_column;
  const std::string value(at == std::string_view::npos ? "" : one.substr(at + 1));
  if (column == Columns::no_column)
    return malformed("where", std::string(one), "应为 字段=值，字段须可筛选",
                     "write field=value, a field that can be filtered");
  record::FieldTest out{.column = column};
  if (value.empty()) {
    out.absent = true;
    return out;
  }
  for (const std::string& part : text::split(value, '|')) {
    Json json(part);
    if (field->type == record::Type::place) {
      TRY_ASSIGN(const place::NodeIndex node, picture.node(part));
      json = Json(picture.tree()[node].id.value);
    }
    if (field->type == record::Type::flag && part != "true" && part != "false")
      return malformed("where", std::string(one), "应为 true 或 false", "write true or false");
    if (field->type == record::Type::flag) json = Json(part == "true");
    TRY_ASSIGN(const record::Value typed, record::value_of(*field, json));
    out.any.push_back(columns.number_for(*field, typed));
    const auto* id = std::get_if<record::RecordId>(&typed);
    if (!id) continue;   // what refers to one that was merged into it refers to it
    TRY_ASSIGN(const auto merged, picture.store->read([&](store::Database& database) {
      return store::records::merged_into(database, *id);
    }));
    for (const record::RecordId& left : merged) out.any.push_back(columns.number_for(*field, record::Value(left)));
  }
  std::ranges::sort(out.any);
  return out;
}

Result<record::Filter> filter_of(const Limits& limits, const Picture& picture, const Call& call,
                                 const Columns& columns) {
  record::Filter out;
  if (const std::string code = call.query_or("place", ""); !code.empty()) {
    TRY_ASSIGN(const place::NodeIndex node, picture.node(code));
    out.places = {{node, picture.tree().end(node)}};
  }
  if (const std::string states = call.query_or("state", ""); !states.empty())
    for (const std::string& one : text::split(states, '|')) {
      const flow::StateIndex state = columns.kind().flow() ? columns.kind().flow()->state(one) : flow::none;
      if (state == flow::none) return malformed("state", one, "没有这个状态", "there is no such state");
      out.states.push_back(state);
    }
  if (const std::string day = call.query_or("due_before", ""); !day.empty()) {
    TRY_ASSIGN(const Date last, Date::parse(day));
    out.due = {INT64_MIN, flow::end_of(last).micros};
  }
  if (const std::string where = call.query_or("where", ""); !where.empty())
    for (const std::string& one : text::split(where, ';')) {
      TRY_ASSIGN(record::FieldTest test, field_test(picture, columns, one));
      out.tests.push_back(std::move(test));
      if (out.tests.size() > limits.record_conditions)
        return fail(errors::limit_exceeded, {"条件的数目", std::to_string(out.tests.size()),
                                             std::to_string(limits.record_conditions), "conditions"});
    }
  out.text = record::folded(text::trim(call.query_or("q", "")));
  return out;
}

Result<record::Order> order_of(const Call& call, const Columns& columns) {
  using By = record::Order::By;
  std::string asked = call.query_or("order", "number");
  record::Order out;
  out.down = asked.starts_with('-');
  if (out.down) asked.erase(0, 1);
  if (asked == "number") return out;
  out.by = asked == "due" ? By::due : asked == "changed" ? By::seq : By::field;
  if (out.by != By::field) return out;
  const Field* field = columns.kind().field(asked);
  out.column = field ? columns.number_column(field->id) : Columns::no_column;
  if (field && out.column == Columns::no_column) {
    out.by = By::text;
    out.column = columns.text_column(field->id);
  }
  if (out.column == Columns::no_column)
    return malformed("order", asked, "应为 number、due、changed 或可排序的字段",
                     "write number, due, changed or a field with an order");
  return out;
}

/// "<key>~<address>~<words>": the row the page before ended with.
std::string cursor_text(const record::After& after) {
  return std::to_string(after.key) + "~" + after.id.text() + "~" + after.words;
}
Result<std::optional<record::After>> after_of(const Call& call) {
  const std::string text = call.query_or("cursor", "");
  if (text.empty()) return std::optional<record::After>();
  const std::size_t one = text.find('~'), two = one == std::string::npos ? one : text.find('~', one + 1);
  record::After out;
  if (two == std::string::npos || std::from_chars(text.data(), text.data() + one, out.key).ptr != text.data() + one)
    return fail(errors::cursor_malformed, {text});
  auto id = record::RecordId::parse(std::string_view(text).substr(one + 1, two - one - 1));
  if (!id) return fail(errors::cursor_malformed, {text});
  out.id = *std::move(id);
  out.words = text.substr(two + 1);
  return std::optional(std::move(out));
}

std::size_t limit_of(const Service& service, const Call& call) {
  const std::string asked = call.query_or("limit", "");
  std::size_t out = default_page;
  std::from_chars(asked.data(), asked.data() + asked.size(), out);
  return std::clamp<std::size_t>(out, 1, service.limits().page_rows);
}

Result<record::Record> read_record(RecordTables& tables, const record::RecordId& id) {
  const record::Record* found = tables.at(id);
  TRY(tables.status());
  if (!found) return fail(errors::unknown_record, {id.text()});
  return *found;
}

struct Asked {
  const Columns* columns = nullptr;
  record::Filter filter{};
  record::Order order{};
};
Result<Asked> asked_of(const Limits& limits, const Desk& desk, const Call& call) {
  Asked out;
  TRY_ASSIGN(out.columns, desk.columns(call.id));
  TRY_ASSIGN(out.filter, filter_of(limits, desk.picture(), call, *out.columns));
  TRY_ASSIGN(out.order, order_of(call, *out.columns));
  return out;
}

Result<Reply> page(const Service& service, const Call& call, const Desk& desk, const Asked& asked) {
  TRY_ASSIGN(const auto after, after_of(call));
  const record::Sight sight = desk.sight(*asked.columns);
  const record::Listing found =
      record::list(*asked.columns, sight, asked.filter, asked.order, after, limit_of(service, call));
  const record::Kind& kind = asked.columns->kind();
  const auto& view = *desk.picture().view;
  return desk.picture().store->read([&](store::Database& database) -> Result<Reply> {
    RecordTables tables(database, view, view.seq);
    tables.seen_from(desk);
    Reply reply;
    reply.seq = view.seq;
    JsonWriter out(reply.body);
    out.begin_object().key("items").begin_array();
    for (const record::Found& one : found.rows) {
      TRY_ASSIGN(const record::Record record, read_record(tables, one.id));
      out.begin_object();
      wire::head(out, desk, kind, record);
      out.key("fields");
      wire::fields(out, desk, kind, record, tables);
      out.end_object();
    }
    TRY(tables.status());
    out.end_array().key("next");
    if (found.more && !found.rows.empty())
      out.value(cursor_text(found.rows.back().after));
    else
      out.null();
    out.key("total").value(found.total).key("states").begin_object();
    const auto states = record::by_state(*asked.columns, sight, asked.filter);
    for (std::size_t i = 0; i < states.size(); ++i) out.key(kind.flow()->states()[i].id).value(states[i]);
    out.end_object().end_object();
    return reply;
  });
}

/// A page of those that are void, by address: they stand in no column.
Result<Reply> void_page(const Service& service, const Call& call, const Desk& desk, const Columns& columns) {
  const record::Kind& kind = columns.kind();
  const auto& view = *desk.picture().view;
  const std::string cursor = call.query_or("cursor", "");
  const auto after = cursor.empty() ? Result<record::RecordId>(record::RecordId{}) : record::RecordId::parse(cursor);
  if (!after) return fail(errors::cursor_malformed, {cursor});
  return desk.picture().store->read([&](store::Database& database) -> Result<Reply> {
    RecordTables tables(database, view, view.seq);
    Reply reply;
    reply.seq = view.seq;
    JsonWriter out(reply.body);
    out.begin_object().key("items").begin_array();
    std::int64_t total = 0;
    std::string last;
    std::size_t shown = 0;
    bool more = false;
    for (const Columns::Home& home : columns.homes()) {
      TRY_ASSIGN(const auto ids, store::records::claiming(database, home.home, kind.id(), "void"));
      // An undone import leaves many: those of a home that is the reader's whole are counted unread.
      const bool whole =
          std::ranges::any_of(desk.hats(), [&](const Hat& hat) { return hat.opens && desk.reaches(hat, home.home); });
      if (whole) total += static_cast<std::int64_t>(ids.size());
      for (const record::RecordId& id : ids) {
        const bool before = !cursor.empty() && id <= *after;
        if (whole && (before || more)) continue;
        TRY_ASSIGN(const record::Record record, read_record(tables, id));
        if (!record.voided || !desk.for_way_out(kind, record)) continue;
        if (!whole) ++total;
        if (before) continue;
        more = more || (shown == limit_of(service, call));
        if (more) continue;
        ++shown;
        out.begin_object();
        wire::head(out, desk, kind, record);
        out.key("fields");
        wire::fields(out, desk, kind, record, tables);
        out.end_object();
        last = id.text();
      }
    }
    TRY(tables.status());
    out.end_array().key("next");
    if (more)
      out.value(last);
    else
      out.null();
    out.key("total").value(total).key("states").begin_object().end_object().end_object();
    return reply;
  });
}

Result<Reply> workbook(const Service& service, const Desk& desk, const Asked& asked) {
  const record::Kind& kind = asked.columns->kind();
  const Picture& picture = desk.picture();
  std::vector<const Field*> shown;
  for (const Field& field : kind.fields())
    if (field.type != record::Type::rows && field.stored()) shown.push_back(&field);
  std::vector<std::string> headers{"记录地址", "序号", "编号"};
  if (kind.flow()) headers.emplace_back("状态");
  for (const Field* field : shown) headers.push_back(field->label(Language::zh));
  Worksheet sheet = table_sheet(picture, kind.label(Language::zh), headers);
  const record::Listing found = record::list(*asked.columns, desk.sight(*asked.columns), asked.filter, asked.order, {},
                                             service.limits().export_rows + 1);
  if (found.rows.size() > service.limits().export_rows)
    return fail(errors::limit_exceeded, {"导出的行数", std::to_string(found.total),
                                         std::to_string(service.limits().export_rows), "rows to export"});
  const auto& view = *picture.view;
  const auto batch = [&](std::span<const record::Found> rows, store::Database& database) -> Status {
    RecordTables tables(database, view, view.seq);
    for (const record::Found& one : rows) {
      TRY_ASSIGN(const record::Record record, read_record(tables, one.id));
      WorksheetRow row{
          RowRole::body,
          {WorksheetCell(record.id.text()), WorksheetCell(Decimal(record.seq.value, 0)), WorksheetCell(record.no)}};
      if (kind.flow()) {
        const flow::State& state = kind.flow()->states()[record.standing.state];
        row.cells.emplace_back(state.zh.empty() ? state.id : state.zh);
      }
      for (const Field* field : shown) {
        const auto held = record.values.find(field->id);
        const auto* number = held == record.values.end() ? nullptr : std::get_if<Decimal>(&held->second);
        if (number)
          row.cells.emplace_back(*number);
        else if (held == record.values.end())
          row.cells.emplace_back();
        else
          row.cells.emplace_back(wire::value_text(picture, desk.catalogue(), *field, held->second, Language::zh));
      }
      sheet.rows.push_back(std::move(row));
    }
    return tables.status();
  };
  const std::size_t at_once = service.limits().record_export_at_once;
  for (std::size_t at = 0; at < found.rows.size(); at += at_once) {   // no read of the tables takes long
    const auto rows = std::span(found.rows).subspan(at, std::min(at_once, found.rows.size() - at));
    TRY(picture.store->read([&](store::Database& database) { return batch(rows, database); }));
  }
  return workbook_reply(service, picture, kind.label(Language::zh) + ".xlsx", std::move(sheet),
                        {{"记录地址、序号", "导入时凭此找到原记录；请勿改动"}});
}

/// Clocks this reader may extend now.
std::vector<std::string> extensible(const Desk& desk, const record::Kind& kind, const record::Record& record,
                                    RecordTables& tables) {
  std::vector<std::string> out;
  for (const auto& [index, clock] : record.standing.clocks) {
    const std::string& id = kind.flow()->clocks()[index].id;
    const Hat* hat = desk.for_extension(kind, record, id);
    if (!hat) continue;
    const auto possible = record::extensible_clocks(kind, record, desk.world(*hat, tables));
    if (std::ranges::find(possible, id) != possible.end()) out.push_back(id);
  }
  return out;
}

void acts(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::Record& record,
          RecordTables& tables) {
  const bool writes = desk.picture().rights.holds(Permission::write_records);
  const Hat* editor = writes && !record.voided ? desk.for_edit(kind, record, tables) : nullptr;
  out.key("acts").begin_object().key("edit").value(editor != nullptr);
  out.key("steps").begin_array();
  if (writes && kind.flow())
    for (const flow::Step& step : kind.flow()->steps()) {
      const Hat* hat = desk.for_step(kind, record, step.id, tables);
      if (!hat) continue;
      const auto possible = record::possible_steps(kind, record, desk.world(*hat, tables));
      if (std::ranges::find(possible, step.id) != possible.end()) out.value(step.id);
    }
  out.end_array().key("extend").begin_array();
  if (writes)
    for (const std::string& clock : extensible(desk, kind, record, tables)) out.value(clock);
  out.end_array().key("out").begin_array();
  for (const std::string_view way : ways_out(desk, kind, record)) out.value(way);
  out.end_array();
  out.key("merge").value(writes && !record.voided && desk.for_merge(kind, record, tables) != nullptr);
  const place::NodeIndex node = desk.node_of(kind, record);
  const auto due = due_of(record);
  out.key("nudge").value(!record.voided && due && *due <= desk.now() && may_nudge_again(record.nudge, desk.now()) &&
                         desk.picture().rights.may(Permission::nudge, node));
  out.key("persons").value(desk.picture().rights.may(Permission::see_persons, node));
  out.end_object();
}

void clocks(JsonWriter& out, const record::Kind& kind, const record::Record& record) {
  out.key("clocks").begin_array();
  for (const auto& [index, clock] : record.standing.clocks) {
    out.begin_object().key("id").value(kind.flow()->clocks()[index].id).key("due");
    if (clock.due)
      out.value(clock.due->text());
    else
      out.null();
    out.key("running").value(clock.running_since.has_value()).end_object();
  }
  out.end_array();
}

}   // namespace

Result<Reply> records(Service& service, const Call& call) {
  const bool voided = call.query_or("void", "") == "true";
  TRY_ASSIGN(const Picture picture,
             app::picture(service, call, voided ? Permission::open_registers : Permission::read_records));
  const Desk desk(service, picture, call);
  if (voided) {
    TRY_ASSIGN(const Columns* columns, desk.columns(call.id));
    return void_page(service, call, desk, *columns);
  }
  TRY_ASSIGN(const Asked asked, asked_of(service.limits(), desk, call));
  return call.as_xlsx ? workbook(service, desk, asked) : page(service, call, desk, asked);
}

Result<Reply> record_detail(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_records));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const Columns* columns, desk.columns(id->kind));
  const record::Kind& kind = columns->kind();
  const auto& view = *picture.view;
  return picture.store->read([&](store::Database& database) -> Result<Reply> {
    RecordTables tables(database, view, view.seq);
    TRY_ASSIGN(record::Record record, read_record(tables, *id));
    const record::Record* stands = tables.referred(*id);
    TRY(tables.status());
    if (!stands) return fail(errors::unknown_record, {call.id});
    // What is void is shown to those who can bring it back; one that was merged to those who see the other.
    if (!desk.sees(*columns, stands->id) && !(stands->voided && desk.for_way_out(kind, *stands)))
      return fail(errors::unknown_record, {call.id});
    const bool as_kept = call.query_or("as_kept", "") == "true";
    if (!as_kept) record = *stands;
    Reply reply;
    reply.seq = view.seq;   // what may be done, and what is read from others, moves on without the record
    JsonWriter out(reply.body);
    out.begin_object();
    wire::head(out, desk, kind, record);
    if (record.id != *id) out.key("asked").value(id->text());
    if (record.into) out.key("into").value(record.into->text());
    out.key("fields");
    RecordTables shown(database, view, view.seq);
    shown.seen_from(desk);
    wire::fields(out, desk, kind, record, shown);
    TRY(shown.status());
    acts(out, desk, kind, record, tables);
    clocks(out, kind, record);
    TRY(told_merged(out, desk, kind, record, database, tables));
    TRY(history(out, desk, kind, record.id, database, call.query_or("cursor", ""),
                service.limits().record_history_page));
    out.end_object();
    TRY(tables.status());
    return reply;
  });
}

}   // namespace gangmu::app
