// SPDX-License-Identifier: Apache-2.0
#include "plan/register_layout.hpp"

#include "base/text.hpp"
#include "plan/register_due.hpp"
#include "plan/register_values.hpp"

namespace gangmu::plan {

namespace {

const char* kind_text(CellKind kind) {
  return kind == CellKind::number ? "number" : kind == CellKind::date ? "date" : "text";
}

Json cell_json(const GridCell& cell) {
  if (cell.kind == CellKind::empty || cell.merged_copy) return nullptr;
  if (cell.kind != CellKind::number && cell.kind != CellKind::date) return cell.text;
  Json json;
  json.set(kind_text(cell.kind), cell.text);
  if (cell.percent) json.set("percent", true);
  return json;
}

Json plain_row(const Grid& grid, std::size_t row, SkipReason reason) {
  Json json;
  json.set("kind", skip_reason_name(reason));
  Json cells(Json::Array{});
  for (const GridCell& cell : grid.rows[row]) cells.push(cell_json(cell));
  json.set("cells", std::move(cells));
  return json;
}

/// What was typed, where the task alone would not say it the same way.
Json task_row(const Grid& grid, const RowReading& row, const std::vector<ColumnReading>& columns) {
  Json json, cells(Json::Object{});
  json.set("kind", "task");
  for (const ColumnReading& column : columns) {
    if (personal_field(column.field)) continue;
    const GridCell& cell = grid.at(row.row, column.column);
    if (row.task.persons.contains(extra_key(column))) continue;   // told apart: what was typed names persons
    const std::string shown = shown_field(row.task, column.field, extra_key(column));
    const bool styled = column.field == TaskField::closed || column.field == TaskField::percent;   // see current_cell
    if (shown == cell.text && !styled && cell.kind != CellKind::number && cell.kind != CellKind::date) continue;
    Json kept;
    kept.set("typed", cell.kind == CellKind::number ? shown_number(cell).value_or(cell.text) : cell.text);
    kept.set("read", shown);
    if (cell.kind != CellKind::text && cell.kind != CellKind::empty) kept.set("kind", kind_text(cell.kind));
    if (cell.percent) kept.set("percent", true);
    cells.set(column_letters(column.column), std::move(kept));
  }
  json.set("cells", std::move(cells));
  return json;
}

/// How new values of a column are to be written, from how the old ones were.
std::string style_of(const Grid& grid, const std::vector<ColumnReading>& columns, const ColumnReading& column,
                     const Reading& reading) {
  for (const RowReading& row : reading.rows) {
    if (&reading.columns_at(row.row) != &columns) continue;
    const GridCell& cell = grid.at(row.row, column.column);
    if (cell.kind == CellKind::empty) continue;
    if (column.field == TaskField::closed) { return cell.text == "是" || cell.text == "否" ? "yes_no" : "words"; }
    if (column.field == TaskField::percent) {
      const auto typed = percent_text(cell);
      if (!typed) continue;
      if (typed->style == PercentStyle::shown_fraction) return "shown_fraction";
      if (typed->style == PercentStyle::sign) return "sign";
      const bool fraction =
          typed->value.reduced() != Decimal(0, 0) && row.task.percent && typed->value != *row.task.percent;
      return fraction ? "fraction" : "number";
    }
  }
  return column.field == TaskField::percent ? "number" : column.field == TaskField::closed ? "yes_no" : "";
}

Json columns_json(const Grid& grid, const std::vector<ColumnReading>& list, const Reading& reading) {
  Json columns(Json::Array{});
  for (const ColumnReading& column : list) {
    Json json;
    json.set("column", static_cast<std::int64_t>(column.column));
    json.set("header", extra_key(column));
    json.set("field", task_field_name(column.field));
    if (column.mixed) json.set("mixed", true);
    if (std::string style = style_of(grid, list, column, reading); !style.empty()) json.set("style", std::move(style));
    columns.push(std::move(json));
  }
  return columns;
}

Json further_json(const Grid& grid, const Reading& reading) {
  Json tables(Json::Array{});
  for (const TableReading& table : reading.further) {
    Json json;
    json.set("row", static_cast<std::int64_t>(table.row));
    json.set("columns", columns_json(grid, table.columns, reading));
    tables.push(std::move(json));
  }
  return tables;
}

Json numbers(std::initializer_list<std::size_t> values) {
  Json json(Json::Array{});
  for (const std::size_t value : values) json.push(static_cast<std::int64_t>(value));
  return json;
}

std::string percent_shown(const std::optional<Decimal>& percent) { return percent ? percent->text() : ""; }

}   // namespace

std::string extra_key(const ColumnReading& column) {
  return column.header.empty() ? column_letters(column.column) : column.header;
}

std::string shown_field(const Task& task, TaskField field, const std::string& header) {
  switch (field) {
    case TaskField::none: {
      const auto found = task.extra.find(header);
      return found == task.extra.end() ? "" : found->second;
    }
    case TaskField::number: return task.number;
    case TaskField::action: return task.action;
    case TaskField::measure: return task.measure;
    case TaskField::title: return task.title;
    case TaskField::target: return task.target_text;
    case TaskField::lead: return task.lead;
    case TaskField::responsible: return text::join(task.responsible, "、");
    case TaskField::cooperating: return text::join(task.cooperating, "、");
    case TaskField::supervisor: return task.supervisor;
    case TaskField::due: return due_text(task.due);
    case TaskField::progress: return task.progress;
    case TaskField::percent: return percent_shown(task.percent);
    case TaskField::closed: return std::string(task_state_zh(task.state));
    case TaskField::remark: return task.remark;
    case TaskField::place: return task.place;
    case TaskField::leader:
    case TaskField::contact:
    case TaskField::person: break;
  }
  return "";
}

Json layout_of(const Grid& grid, HeaderBlock head, const Reading& reading) {
  Json layout;
  layout.set("sheet", reading.sheet);
  layout.set("header", numbers({head.first, head.end}));
  Json widths(Json::Array{});
  for (const double width : grid.widths) widths.push(static_cast<std::int64_t>(width * 100 + 0.5));
  layout.set("widths", std::move(widths));
  layout.set("columns", columns_json(grid, reading.columns, reading));
  if (!reading.further.empty()) layout.set("further", further_json(grid, reading));
  std::vector<Json> rows(grid.rows.size());
  for (const SkippedRow& skipped : reading.skipped) rows[skipped.row] = plain_row(grid, skipped.row, skipped.reason);
  for (const RowReading& row : reading.rows) rows[row.row] = task_row(grid, row, reading.columns_at(row.row));
  layout.set("rows", Json::Array(rows.begin(), rows.end()));
  Json merges(Json::Array{});
  for (const MergedRange& m : grid.merges)
    merges.push(numbers({m.first_row, m.first_column, m.last_row, m.last_column}));
  layout.set("merges", std::move(merges));
  return layout;
}

}   // namespace gangmu::plan
