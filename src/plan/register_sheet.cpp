// SPDX-License-Identifier: Apache-2.0
// Tasks written back in the layout of the ledger they came from.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "plan/errors.hpp"
#include "plan/register_layout.hpp"
#include "plan/register_sign_off.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

namespace {

constexpr std::int64_t most_rows = 1'048'576, most_columns = 16'384;   // of an xlsx sheet; a layout beyond is not ours

struct Column {
  std::size_t column = 0;
  std::string header, style;
  TaskField field = TaskField::none;
};

tl::unexpected<Error> malformed(const char* what) { return fail(errors::layout_malformed, {what}); }

Result<std::vector<std::size_t>> read_numbers(const Json& json, std::size_t count, std::int64_t limit) {
  if (json.array() == nullptr || json.array()->size() != count) return malformed("numbers");
  std::vector<std::size_t> out;
  for (const Json& item : *json.array()) {
    const std::int64_t value = item.integer_or(-1);
    if (value < 0 || value >= limit) return malformed("numbers");
    out.push_back(static_cast<std::size_t>(value));
  }
  return out;
}

Result<std::vector<Column>> read_columns_of(const Json& layout) {
  std::vector<Column> columns;   // of one table
  if (layout["columns"].array() == nullptr) return malformed("columns");
  for (const Json& json : *layout["columns"].array()) {
    const std::int64_t at = json["column"].integer_or(-1);
    const auto field = task_field_of(json["field"].string_or(""));
    if (at < 0 || at >= most_columns || !field) return malformed("columns");
    columns.push_back(
        {static_cast<std::size_t>(at), json["header"].string_or(""), json["style"].string_or(""), *field});
  }
  return columns;
}

WorksheetCell typed_cell(const std::string& text, std::string_view kind, bool percent) {
  if (kind == "number") {
    if (const auto number = Decimal::parse(text)) {
      WorksheetCell cell = *number;
      cell.percent = percent;
      return cell;
    }
  }
  if (kind == "date") {
    if (const auto date = Date::parse(text)) return *date;
  }
  return text.empty() ? WorksheetCell() : WorksheetCell(text);
}

WorksheetCell plain_cell(const Json& json) {
  if (const std::string* text = json.string()) return *text;
  for (const char* kind : {"number", "date"}) {
    if (const std::string* text = json[kind].string())
      return typed_cell(*text, kind, json["percent"].boolean_or(false));
  }
  return {};
}

WorksheetCell percent_cell(const Task& task, const std::string& style) {
  if (!task.percent) return {};
  if (style == "sign") return task.percent->text() + "%";
  if (style == "number") return *task.percent;
  const auto fraction = Decimal::multiply(*task.percent, Decimal(1, 2));   // 5 × 0.01
  if (!fraction) return *task.percent;
  WorksheetCell cell = fraction->reduced();
  cell.percent = style == "shown_fraction";
  return cell;
}

/// Whom a cell of a personal column names; nullptr when nobody.
const Personal<std::string>* person_in(const Task& task, const Column& column) {
  if (column.field == TaskField::leader) return &task.leader;
  if (column.field == TaskField::contact) return &task.contact;
  const auto found = task.persons.find(column.header);
  return found == task.persons.end() ? nullptr : &found->second;
}

/// The whole cell of a column of units that named persons, too; nullptr when it did not.
const Personal<std::string>* person_beside(const Task& task, const Column& column) {
  const auto found = task.persons.find(column.header);
  return found == task.persons.end() || found->second.empty() ? nullptr : &found->second;
}

WorksheetCell current_cell(const Task& task, const Column& column, const UnmaskPermit* permit) {
  if (personal_field(column.field)) {
    const Personal<std::string>* person = person_in(task, column);
    if (person == nullptr || person->empty()) return {};
    return permit == nullptr ? std::string(hidden_person) : person->open(*permit);
  }
  if (column.field == TaskField::percent) return percent_cell(task, column.style);
  if (column.field == TaskField::closed && column.style == "yes_no") {
    return task.state == TaskState::closed ? "是"
           : task.state == TaskState::open ? "否"
                                           : std::string(task_state_zh(task.state));
  }
  const std::string text = shown_field(task, column.field, column.header);
  if (const Personal<std::string>* cell = person_beside(task, column)) {
    if (permit != nullptr) return cell->open(*permit);
    return text::contains(text, hidden_person) ? text : text + hidden_person;
  }
  if (column.field == TaskField::number && !text.empty() && text.size() < 10 &&
      text.find_first_not_of("0123456789") == std::string::npos && (text == "0" || text.front() != '0')) {
    return typed_cell(text, "number", false);
  }
  return text.empty() ? WorksheetCell() : WorksheetCell(text);
}

/// As typed while the task still says what was read then; else as it is now.
WorksheetCell task_cell(const Task& task, const Column& column, const Json& kept, const UnmaskPermit* permit) {
  const Json& was = kept[column_letters(column.column)];
  if (!was.is_null() && !personal_field(column.field) &&
      was["read"].string_or("") == shown_field(task, column.field, column.header)) {
    return typed_cell(was["typed"].string_or(""), was["kind"].string_or("text"), was["percent"].boolean_or(false));
  }
  return current_cell(task, column, permit);
}

RowRole role_of(std::string_view kind) {
  if (kind == "title") return RowRole::title;
  if (kind == "unit_line") return RowRole::unit_line;
  if (kind == "header" || kind == "repeated_header") return RowRole::header;
  if (kind == "total") return RowRole::total;
  if (kind == "note" || kind == "sign_off") return RowRole::note;
  return RowRole::body;
}

class LayoutWriter {
 public:
  LayoutWriter(const std::vector<Task>& tasks, const Json& layout, const UnmaskPermit* permit)
      : tasks_(tasks), layout_(layout), permit_(permit) {}

  Result<Worksheet> write() {
    TRY_ASSIGN(columns_, read_columns_of(layout_));
    TRY(read_further());
    if (layout_["rows"].array() == nullptr) return malformed("rows");
    TRY_ASSIGN(const std::vector<std::size_t> head, read_numbers(layout_["header"], 2, most_rows));
    sheet_.name = layout_["sheet"].string_or("");
    if (sheet_.name.empty()) sheet_.name = "任务台账";
    read_widths();
    sort_tasks();
    write_rows();
    TRY(write_merges());
    set_head(head[0], head[1]);
    return std::move(sheet_);
  }

 private:
  Status read_further() {
    if (layout_["further"].array() == nullptr) return {};
    for (const Json& table : *layout_["further"].array()) {
      const std::int64_t row = table["row"].integer_or(-1);
      if (row < 0 || row >= most_rows) return malformed("further");
      TRY_ASSIGN(further_[static_cast<std::size_t>(row)], read_columns_of(table));
    }
    return {};
  }

  /// Of the table that a row of the layout stands in.
  [[nodiscard]] const std::vector<Column>& columns_at(std::size_t row) const {
    const auto after = further_.upper_bound(row);
    return after == further_.begin() ? columns_ : std::prev(after)->second;
  }

  void read_widths() {
    if (layout_["widths"].array() == nullptr) return;
    for (const Json& width : *layout_["widths"].array())
      sheet_.widths.push_back(static_cast<double>(width.integer_or(0)) / 100);
  }

  /// By origin row; what has none, or one that is no task row of this layout, is appended.
  void sort_tasks() {
    const Json::Array& rows = *layout_["rows"].array();
    for (const Task& task : tasks_) {
      const auto row = static_cast<std::size_t>(std::max(task.origin.row, 0));
      const bool here = row > 0 && row <= rows.size() && rows[row - 1]["kind"].string_or("") == "task" &&
                        task.origin.sheet == layout_["sheet"].string_or("");
      if (!here || !by_row_.emplace(row - 1, &task).second) appended_.push_back(&task);
    }
  }

  void write_rows() {
    const Json::Array& rows = *layout_["rows"].array();
    std::size_t last_task = rows.size();   // new tasks follow the last task row, or stand at the end
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (rows[r]["kind"].string_or("") == "task") last_task = r;
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      write_row(r, rows[r]);
      if (r == last_task) append_new(columns_at(r));
    }
    if (last_task == rows.size()) append_new(columns_at(rows.size()));
  }

  void write_row(std::size_t r, const Json& row) {
    const std::string kind = row["kind"].string_or("blank");
    if (kind == "task") {
      const auto found = by_row_.find(r);
      if (found == by_row_.end()) return;
      new_row_[r] = sheet_.rows.size();
      sheet_.rows.push_back(task_row(*found->second, row["cells"], columns_at(r)));
      return;
    }
    new_row_[r] = sheet_.rows.size();
    WorksheetRow out{role_of(kind), {}};
    if (row["cells"].array() != nullptr) {
      for (const Json& cell : *row["cells"].array()) out.cells.push_back(plain_cell(cell));
    }
    sheet_.rows.push_back(std::move(out));
  }

  WorksheetRow task_row(const Task& task, const Json& kept, const std::vector<Column>& columns) const {
    WorksheetRow row;
    for (const Column& column : columns) {
      if (row.cells.size() <= column.column) row.cells.resize(column.column + 1);
      row.cells[column.column] = task_cell(task, column, kept, permit_);
    }
    return row;
  }

  void append_new(const std::vector<Column>& columns) {
    for (const Task* task : appended_) sheet_.rows.push_back(task_row(*task, Json(), columns));
  }

  Status write_merges() {
    if (layout_["merges"].array() == nullptr) return {};
    for (const Json& json : *layout_["merges"].array()) {
      TRY_ASSIGN(const std::vector<std::size_t> m, read_numbers(json, 4, most_rows));
      if (m[2] < m[0] || m[3] < m[1] || m[3] >= static_cast<std::size_t>(most_columns)) return malformed("merges");
      add_merge({m[0], m[1], m[2], m[3]});
    }
    return {};
  }

  /// Moves a range to the rows that are left; a range whose tasks no longer say the same is opened up.
  void add_merge(const MergedRange& old) {
    const auto first = new_row_.lower_bound(old.first_row);
    if (first == new_row_.end() || first->first > old.last_row) return;
    const auto last = std::prev(new_row_.upper_bound(old.last_row));
    const MergedRange range{first->second, old.first_column, last->second, old.last_column};
    for (std::size_t r = range.first_row; r <= range.last_row; ++r) {
      if (!same_as_top(range, r)) return;
    }
    for (std::size_t r = range.first_row; r <= range.last_row; ++r) {
      for (std::size_t c = range.first_column; c <= range.last_column && c < sheet_.rows[r].cells.size(); ++c) {
        if (r != range.first_row || c != range.first_column) sheet_.rows[r].cells[c] = {};
      }
    }
    sheet_.merges.push_back(range);
  }

  [[nodiscard]] const WorksheetCell& cell(std::size_t row, std::size_t column) const {
    static const WorksheetCell blank;
    return column < sheet_.rows[row].cells.size() ? sheet_.rows[row].cells[column] : blank;
  }

  [[nodiscard]] bool same_as_top(const MergedRange& range, std::size_t row) const {
    const WorksheetCell& here = cell(row, range.first_column);
    return std::holds_alternative<std::monostate>(here.value) ||
           here.value == cell(range.first_row, range.first_column).value;
  }

  void set_head(std::size_t first, std::size_t end) {
    const auto last = end > first ? new_row_.find(end - 1) : new_row_.end();
    const auto top = new_row_.find(first);
    if (top == new_row_.end() || last == new_row_.end()) return;
    sheet_.repeat_first = top->second;
    sheet_.repeat_end = sheet_.frozen_rows = last->second + 1;
  }

  const std::vector<Task>& tasks_;
  const Json& layout_;
  const UnmaskPermit* permit_;
  std::vector<Column> columns_;                          ///< of the first table
  std::map<std::size_t, std::vector<Column>> further_;   ///< by the row from which they hold
  std::map<std::size_t, const Task*> by_row_;
  std::vector<const Task*> appended_;
  std::map<std::size_t, std::size_t> new_row_;   ///< row of the layout → row written
  Worksheet sheet_;
};

}   // namespace

Result<Worksheet> register_sheet(const std::vector<Task>& tasks, const Json& layout, const UnmaskPermit* permit) {
  return LayoutWriter(tasks, layout, permit).write();
}

Json standard_layout(const std::string& title) {
  static constexpr std::tuple<const char*, TaskField, int> columns[] = {
      {"序号", TaskField::number, 600},           {"行动", TaskField::action, 1800},
      {"举措", TaskField::measure, 1800},         {"任务", TaskField::title, 3600},
      {"工作目标", TaskField::target, 3000},      {"牵头单位", TaskField::lead, 1600},
      {"责任单位", TaskField::responsible, 2200}, {"完成时限", TaskField::due, 1600},
      {"进展情况", TaskField::progress, 3600},    {"完成比例", TaskField::percent, 1000},
      {"状态", TaskField::closed, 1000},          {"备注", TaskField::remark, 1800}};
  Json head(Json::Array{}), list(Json::Array{}), widths(Json::Array{});
  for (const auto& [header, field, width] : columns) {
    Json column;
    column.set("column", static_cast<std::int64_t>(list.array()->size()));
    column.set("header", header);
    column.set("field", task_field_name(field));
    if (field == TaskField::percent) column.set("style", "sign");
    if (field == TaskField::closed) column.set("style", "words");
    list.push(std::move(column));
    head.push(header);
    widths.push(width);
  }
  Json title_row, head_row, layout;
  title_row.set("kind", "title");
  title_row.set("cells", Json::Array{title});
  head_row.set("kind", "header");
  head_row.set("cells", std::move(head));
  layout.set("sheet", "任务台账");
  layout.set("header", Json::Array{1, 2});
  layout.set("widths", std::move(widths));
  layout.set("columns", std::move(list));
  layout.set("rows", Json::Array{std::move(title_row), std::move(head_row)});
  layout.set("merges", Json::Array{});
  return layout;
}

}   // namespace gangmu::plan
