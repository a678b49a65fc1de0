// SPDX-License-Identifier: Apache-2.0
// The office's own ledger (任务台账) → tasks, and back into the same layout. Nothing is silent: every cell of the sheet
// is used, listed as left out, or asked about; every change of spelling is listed.
//
//   Result<Reading> first  = read_register(grid, context, {});         // show rows, questions, normalisations
//   Result<Reading> second = read_register(grid, context, answers);    // answers: question id → value
//   if (second->open_questions == 0) keep second->rows[i].task and second->layout
//   Worksheet sheet = register_sheet(tasks, layout, permit);           // hand to sheet::write_xlsx
//
// Understood: title lines, unit lines and 1–3 header rows with merged heads; many names for each column; merged or
// blank repeated keys; section rows (一、…, merged, in two cells, with a count) as action and measure; further tables
// with a head of their own; due dates as in due.hpp; totals (合计, 小计, 其中, 共3项), notes, sign-off lines, rows
// numbered ahead, blank and hidden rows; units merged over rows out of step with the tasks; numbers stored as text,
// full-width digits, 5 % as 5, 0.05 or "5%". A row is a task when it says so. Reading is deterministic: equal grid,
// context and answers give an equal reading.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/grid.hpp"
#include "base/json.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"
#include "base/worksheet.hpp"
#include "plan/task.hpp"

namespace gangmu::plan {

enum class TaskField : std::uint8_t {
  none,   ///< kept as typed under its header (Task::extra)
  number,
  action,
  measure,
  title,
  target,
  lead,
  leader,
  responsible,
  cooperating,
  supervisor,
  contact,
  due,
  progress,
  percent,
  closed,
  remark,
  place,
  person,   ///< what else is said of persons: sealed under its header (Task::persons), in any number of columns
};
inline constexpr int task_field_count = static_cast<int>(TaskField::person) + 1;
std::string_view task_field_name(TaskField field);   ///< "responsible"
std::string_view task_field_zh(TaskField field);     ///< "责任单位"
std::string_view task_field_en(TaskField field);
std::optional<TaskField> task_field_of(std::string_view name);
bool personal_field(TaskField field);   ///< leader, contact, person: never shown without a permit

struct ColumnReading {
  std::size_t column = 0;   ///< 0-based
  std::string header;   ///< header cells from top to bottom, joined by '/': "完成时限", "责任分工/牵头单位"
  TaskField field = TaskField::none;
  int confidence = 0;                  ///< 0…100; 100 = the header is a known name, or was answered
  std::vector<TaskField> candidates;   ///< best first, when the header was not a known name
  bool mixed = false;   ///< units and persons in one cell: what is known for a unit stays, the cell itself is personal
  bool plain_head = false;              ///< mixed by what stands in its cells: only what is spelled as a name is hidden
  TaskField series = TaskField::none;   ///< what it tells together with the columns beside it; itself kept as typed
  std::string stands_for = {};          ///< of a series: the month or the unit that its cells mark
  int period = 0;                       ///< of a series: later ones count more; they may stand on the left
  std::map<std::string, TaskField> marks = {};   ///< of a series of units: the part each mark says
};

/// What one field of a row was read from. `value` is empty for a personal field.
struct FieldReading {
  TaskField field = TaskField::none;
  std::string value;
  std::size_t row = 0, column = 0;   ///< 0-based cell of the sheet that held it
  bool repeated = false;             ///< taken from a merged cell or from the row above
};

struct RowReading {
  std::size_t row = 0;                  ///< 0-based row of the sheet
  Task task;                            ///< id and origin.batch are the caller's to set
  std::vector<FieldReading> fields;     ///< in column order
  std::vector<std::string> questions;   ///< ids of the questions that touch this row
  bool hidden = false;                  ///< the row is hidden in the workbook
};

enum class SkipReason : std::uint8_t {
  title,
  unit_line,
  header,
  total,
  section,
  note,
  blank,
  repeated_header,
  answered,
  sign_off,      ///< 填表人：… 联系电话：…
  joined,        ///< went on with the task above
  no_task,       ///< names no task, and nothing that would stand for one
  other_table,   ///< below a head that names no tasks
};
inline constexpr int skip_reason_count = static_cast<int>(SkipReason::other_table) + 1;
std::string_view skip_reason_name(SkipReason reason);
std::string_view skip_reason_zh(SkipReason reason);
std::string_view skip_reason_en(SkipReason reason);

struct SkippedRow {
  std::size_t row = 0;
  SkipReason reason = SkipReason::blank;
  std::string text;   ///< what stood there, cells joined by ' '; names of a sign-off line hidden
};

/// A change of spelling made while reading: full-width digits, a filled repeated key, a date from "6月底" …
struct Normalisation {
  std::size_t row = 0, column = 0;
  std::string rule;   ///< full_width, spaces, repeated_key, due, percent, percent_text, unit_list, lead, section, state
  std::string from, to;   ///< both empty for a personal field; equal when the text was kept
};
std::string normalisation_zh(std::string_view rule);
std::string normalisation_en(std::string_view rule);

struct Choice {
  std::string value;    ///< what to answer
  std::string zh, en;   ///< what to show
};

/// Something the office must decide. Ids are stable over readings of the same sheet: "column:D", "lead_column", "year",
/// "percent:G", "state:基本完成", "closed_early", "hidden", "continued", "series:F", "mark:√", "persons:F",
/// "side_by_side", and with the row of the sheet "year:17", "due:17", "lead:17", "title:17", "duplicate:17", "row:17",
/// "table:17"; "column:D@17", "series:F@17" and "mark:√@17" are of a further table with its head in row 17.
struct Question {
  std::string id;
  std::string zh, en;              ///< the question, naming the cell
  std::vector<std::size_t> rows;   ///< 0-based rows it touches; empty = the sheet
  std::optional<std::size_t> column;
  std::vector<Choice> choices;
  bool free_text = false;      ///< an answer outside the choices is understood too
  std::string default_value;   ///< taken when nothing is answered and the question is not `required`
  bool required = false;       ///< tasks may not be kept before it is answered
  std::string answer;          ///< the answer applied in this reading; empty = default
};

struct ReadingContext {
  std::optional<int> year;   ///< for dues without a year when the title lines name none; always asked back
};

using Answers = std::map<std::string, std::string, std::less<>>;

/// A further table of the sheet, below a head of its own.
struct TableReading {
  std::size_t row = 0;   ///< first row of its head
  std::vector<ColumnReading> columns;
};

struct Reading {
  std::string sheet;
  std::vector<ColumnReading> columns;   ///< of the first table
  std::vector<TableReading> further;    ///< tables below it, in order
  std::vector<GridPart> parts;          ///< sheets read one below the other; empty for one
  std::vector<RowReading> rows;
  std::vector<SkippedRow> skipped;
  std::vector<Normalisation> normalisations;
  std::vector<Question> questions;
  int open_questions = 0;   ///< required questions without an answer
  std::vector<std::string>
      unused_answers;   ///< answers to questions this reading did not ask (after a column was changed)
  Json layout;          ///< how register_sheet writes it again; keep it with the batch

  /// Of the table that a row stands in.
  [[nodiscard]] const std::vector<ColumnReading>& columns_at(std::size_t row) const;
};

/// Errors: register_empty, register_no_header, register_no_tasks, answer_unknown, answer_refused (all answers at once).
Result<Reading> read_register(const Grid& grid, const ReadingContext& context, const Answers& answers);

/// The reading as the import page shows it. Personal values are absent.
Json to_json(const Reading& reading);

/// The tasks in the layout they came in: same titles, merged heads, column order, totals and notes; progress,
/// percentage, closing and due as they are now. Tasks stand at their origin rows; tasks that did not come from this
/// sheet follow after the last; rows whose task is not given are left out. Personal columns are filled only with a
/// permit, else "（已隐去）". Error: layout_malformed.
Result<Worksheet> register_sheet(const std::vector<Task>& tasks, const Json& layout,
                                 const UnmaskPermit* permit = nullptr);

/// The layout used for tasks that came from no sheet: 序号 行动 举措 任务 目标 牵头单位 责任单位 完成时限 进展情况
/// 完成比例 状态 备注.
Json standard_layout(const std::string& title);

}   // namespace gangmu::plan
