// SPDX-License-Identifier: Apache-2.0
#include "plan/register_row_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "plan/errors.hpp"
#include "plan/register_due.hpp"
#include "plan/register_heading.hpp"
#include "plan/register_layout.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_persons.hpp"
#include "plan/register_row.hpp"
#include "plan/register_series.hpp"
#include "plan/register_sign_off.hpp"
#include "plan/register_units.hpp"
#include "plan/register_values.hpp"

namespace gangmu::plan {

std::string RowReader::cell_name(const Row& row, std::size_t column) const {
  return sheet_.grid().address(row.at, column);
}

void RowReader::normalised(const Row& row, std::size_t column, const char* rule, std::string from, std::string to) {
  reading_.normalisations.push_back({row.at, column, rule, std::move(from), std::move(to)});
}

void RowReader::stands_in(const std::vector<ColumnReading>& columns) {
  if (columns_ == &columns) return;
  columns_ = &columns;
  new_group();
  if (!section_above_) leave_headings();
}

void RowReader::task(std::size_t at, bool continues) {
  section_above_ = false;
  Row row;
  row.at = at;
  row.read.row = at;
  row.read.hidden = at < sheet_.grid().hidden_rows.size() && sheet_.grid().hidden_rows[at];
  row.read.task.origin = {"", reading_.sheet, static_cast<int>(at) + 1};
  for (const ColumnReading& column : *columns_) field(row, column);
  if (!continues) series(row);
  if (continues && joined(row)) return;
  leave_section(row.read.task.number);
  settle_keys(row);
  if (!settle_title(row) || !settle_number(row)) return;
  units_of_heading(row);
  settle_lead(row);
  Task& task = row.read.task;
  TargetText targets = read_targets(task.target_text.empty() ? task.title : task.target_text, task.due);
  task.target_kind = targets.kind;
  if (targets.kind == TextKind::target) task.targets = std::move(targets.targets);
  reading_.rows.push_back(std::move(row.read));
  broken_ = false;
}

void RowReader::left_out(const Row& row, SkipReason reason) {
  reading_.skipped.push_back({row.at, reason, row_text(sheet_, row.at)});
}

/// What this row is of a task that is written in two: the other part stands in the same column above.
PlanRow RowReader::part_of_pair(const Row& row) const {
  const auto& above = reading_.rows.back().fields;
  for (const FieldReading& f : row.read.fields) {
    const PlanRow part = f.repeated ? PlanRow::neither : planned_or_actual(f.value);
    const bool pair = part != PlanRow::neither && std::ranges::any_of(above, [&](const FieldReading& g) {
                        const PlanRow other = planned_or_actual(g.value);
                        return g.column == f.column && other != PlanRow::neither && other != part;
                      });
    if (pair) return part;
  }
  return PlanRow::neither;
}

/// Units, progress and remarks of a row that says no more become those of the task above; who leads it leads on.
bool RowReader::joined(Row& row) {
  if (broken_ || reading_.rows.empty()) return false;
  RowReading& above = reading_.rows.back();
  Task& task = row.read.task;
  const auto add = [&](std::vector<std::string>& to, const std::string& unit) {
    if (unit.empty() || unit == above.task.lead || std::ranges::find(to, unit) != to.end()) return;
    to.push_back(unit);
  };
  add(above.task.responsible, task.lead);
  for (const std::string& unit : row.extra_leads) add(above.task.responsible, unit);
  for (const std::string& unit : task.responsible) add(above.task.responsible, unit);
  for (const std::string& unit : task.cooperating) add(above.task.cooperating, unit);
  if (own_field(row, TaskField::supervisor) && !text::contains(above.task.supervisor, task.supervisor))
    above.task.supervisor += (above.task.supervisor.empty() ? "" : "、") + task.supervisor;
  const auto write_on = [](std::string& text, const std::string& more) {
    if (!more.empty() && more != text) text += (text.empty() ? "" : "\n") + more;
  };
  if (own_field(row, TaskField::progress)) write_on(above.task.progress, task.progress);
  if (own_field(row, TaskField::remark)) write_on(above.task.remark, task.remark);
  const PlanRow part = part_of_pair(row);
  if (part != PlanRow::neither) series(row);
  if (part == PlanRow::plan && task.due.kind != DueKind::undated) above.task.due = task.due;
  if (part == PlanRow::actual) above.task.percent = task.percent;   // none yet is none, whatever the plan says
  if (part == PlanRow::actual && own_field(row, TaskField::closed)) above.task.state = task.state;
  const std::string here = "（第 " + std::to_string(row.at + 1) + " 行）";
  const auto keep = [&](const std::string& header, Personal<std::string>& person) {
    if (!person.empty()) above.task.persons[header + here] = std::move(person);
  };
  keep(std::string(task_field_zh(TaskField::leader)), task.leader);
  keep(std::string(task_field_zh(TaskField::contact)), task.contact);
  for (auto& [header, person] : task.persons) keep(header, person);
  above.fields.insert(above.fields.end(), row.read.fields.begin(), row.read.fields.end());
  above.questions.insert(above.questions.end(), row.read.questions.begin(), row.read.questions.end());
  if (std::ranges::find(above.questions, "continued") == above.questions.end())
    above.questions.emplace_back("continued");
  left_out(row, SkipReason::joined);
  return true;
}

/// The row whose cell a "同上" stands for: of the task above, in the same column; its own when there is none.
std::size_t RowReader::said_in(const Row& row, const ColumnReading& column) const {
  if (column.field == TaskField::number || reading_.rows.empty()) return row.at;
  for (const FieldReading& f : reading_.rows.back().fields) {
    if (f.field == column.field && f.column == column.column) return f.row;
  }
  return row.at;
}

void RowReader::field(Row& row, const ColumnReading& column) {
  const bool as_above = says_as_above(sheet_.grid().at(row.at, column.column).text);
  const std::size_t said = as_above ? said_in(row, column) : row.at;
  const GridCell& cell = sheet_.grid().at(said, column.column);
  if (cell.kind == CellKind::empty) return;
  const bool nothing = unseen(cell.text) || says_as_above(cell.text);   // as above, and nothing is above
  const std::string text(nothing ? "" : text::trim(cell.text));
  const UnitsAndPersons told = !column.mixed       ? UnitsAndPersons{text, false}
                               : column.plain_head ? beside_units(text)
                                                   : apart(text);
  const bool of_heading = column.field == TaskField::action || column.field == TaskField::measure;
  const HeadingParts parts = of_heading ? heading_parts(text) : HeadingParts{text, "", ""};
  const bool personal =
      personal_field(column.field) || (column.plain_head ? told.persons : column.mixed) || !parts.persons.empty();
  if (as_above) {
    normalised(row, column.column, "repeated_key", personal ? "" : "同上", personal ? "" : text);
  } else if (text.size() != cell.text.size()) {
    normalised(row, column.column, "spaces", personal ? "" : cell.text, personal ? "" : text);
  }
  const MergedRange* range = sheet_.merged(row.at, column.column);
  const bool copy = cell.merged_copy && range != nullptr;
  row.read.fields.push_back({column.field, personal ? "" : text, copy ? range->first_row : said,
                             copy ? range->first_column : column.column, copy || said != row.at});
  if (text.empty()) return;
  if (!parts.units.empty() || !parts.persons.empty()) row.named = units_of(row.at, parts);
  if (told.persons || !parts.persons.empty()) {
    row.read.task.persons[extra_key(column)] = Personal<std::string>(text);
    normalised(row, column.column, "persons", "", "");
  }
  if (!column.mixed) return own_value(row, column, parts.words);
  if (!told.units.empty()) own_value(row, column, told.units);
}

/// Columns side by side: the last month marked is the due, the latest progress counts, marked units take part.
void RowReader::series(Row& row) {
  Task& task = row.read.task;
  const auto latest = [&](TaskField field) { return last_marked(sheet_.grid(), row.at, *columns_, field); };
  if (const auto* month = latest(TaskField::due)) due(row, *month, {.kind = CellKind::text, .text = month->stands_for});
  if (const auto* column = latest(TaskField::progress); column != nullptr && task.progress.empty()) {
    task.progress = text::trim(sheet_.grid().at(row.at, column->column).text);
    normalised(row, column->column, "series", task.progress, task.progress);
  }
  if (const auto* column = latest(TaskField::percent); column != nullptr && !task.percent) percent(row, *column);
  for (const ColumnReading& column : *columns_) {
    const std::string mark(text::trim(sheet_.grid().at(row.at, column.column).text));
    if (column.series == TaskField::responsible && !mark.empty()) marked_unit(row, column, mark);
  }
}

void RowReader::marked_unit(Row& row, const ColumnReading& column, const std::string& mark) {
  Task& task = row.read.task;
  const auto found = column.marks.find(mark);
  const TaskField part = found == column.marks.end() ? TaskField::none : found->second;
  if (part == TaskField::none) return;
  const std::string& unit = column.stands_for;
  if (part == TaskField::lead && task.lead.empty())
    task.lead = unit;
  else
    (part == TaskField::cooperating ? task.cooperating : task.responsible).push_back(unit);
  normalised(row, column.column, "series", mark, std::string(task_field_zh(part)) + "：" + unit);
}

void RowReader::own_value(Row& row, const ColumnReading& column, const std::string& text) {
  Task& task = row.read.task;
  const bool of_units = column.field == TaskField::lead || column.field == TaskField::responsible ||
                        column.field == TaskField::cooperating || column.field == TaskField::supervisor;
  if (of_units && names_no_unit(text)) return normalised(row, column.column, "unit_list", text, "");
  switch (column.field) {
    case TaskField::none: task.extra[extra_key(column)] = text; break;
    case TaskField::number:
      task.number = text::narrow(text);
      if (task.number != text) normalised(row, column.column, "full_width", text, task.number);
      break;
    case TaskField::action: task.action = text; break;
    case TaskField::measure: task.measure = text; break;
    case TaskField::title: task.title = text; break;
    case TaskField::target: task.target_text = text; break;
    case TaskField::lead: lead_units(row, column, text); break;
    case TaskField::leader: task.leader = Personal<std::string>(text); break;
    case TaskField::responsible:
    case TaskField::cooperating: units(row, column, text); break;
    case TaskField::supervisor: task.supervisor = text; break;
    case TaskField::contact: task.contact = Personal<std::string>(text); break;
    case TaskField::due: {
      const bool as_above = says_as_above(sheet_.grid().at(row.at, column.column).text);
      due(row, column, sheet_.due_cell(as_above ? said_in(row, column) : row.at, column.column));
      break;
    }
    case TaskField::progress:
      if (column.series == TaskField::progress && filler(text)) break;   // the latest that says something counts
      task.progress = text;
      closed_within(row, column, text);
      break;
    case TaskField::percent: percent(row, column); break;
    case TaskField::closed: closed(row, column, text); break;
    case TaskField::remark: task.remark = text; break;
    case TaskField::place: task.place = text::narrow(text); break;
    case TaskField::person: task.persons[extra_key(column)] = Personal<std::string>(text); break;
  }
}

void RowReader::units(Row& row, const ColumnReading& column, const std::string& text) {
  Task& task = row.read.task;
  const UnitParts parts = unit_parts(text);
  const bool helpers = column.field == TaskField::cooperating && !parts.labelled;
  auto& own = helpers ? task.cooperating : task.responsible;
  own.insert(own.end(), parts.responsible.begin(), parts.responsible.end());
  task.cooperating.insert(task.cooperating.end(), parts.cooperating.begin(), parts.cooperating.end());
  take_leads(row, column, text, parts.lead);
  const std::string joined = text::join(parts.all(), "、");
  if (parts.labelled) {
    normalised(row, column.column, "lead", text,
               "牵头：" + task.lead + "；责任：" + text::join(row.with_extra_leads(), "、") + "；配合：" +
                   text::join(task.cooperating, "、"));
  } else if (joined != text) {
    normalised(row, column.column, "unit_list", text, joined);
  }
}

void RowReader::lead_units(Row& row, const ColumnReading& column, const std::string& text) {
  Task& task = row.read.task;
  const UnitParts parts = unit_parts(text);
  if (parts.labelled) {
    task.responsible.insert(task.responsible.end(), parts.responsible.begin(), parts.responsible.end());
    task.cooperating.insert(task.cooperating.end(), parts.cooperating.begin(), parts.cooperating.end());
  }
  if (!task.lead.empty()) row.extra_leads.push_back(std::exchange(task.lead, ""));   // named beside the responsible
  take_leads(row, column, text, parts.labelled ? parts.lead : parts.responsible);
  if (task.lead != text && !task.lead.empty())
    normalised(
        row, column.column, "lead", text,
        row.extra_leads.empty() ? task.lead : "牵头：" + task.lead + "；责任：" + text::join(row.extra_leads, "、"));
}

/// A task has one lead: of several the office chooses, the others are responsible.
void RowReader::take_leads(Row& row, const ColumnReading& column, const std::string& text,
                           std::vector<std::string> leads) {
  Task& task = row.read.task;
  if (task.lead.empty() && !leads.empty())
    task.lead = leads.size() == 1 ? leads.front() : chosen_lead(row, column, text, leads);
  for (std::string& unit : leads) {
    const bool known = unit == task.lead || std::ranges::find(row.extra_leads, unit) != row.extra_leads.end();
    if (!known) row.extra_leads.push_back(std::move(unit));
  }
  std::erase(row.extra_leads, task.lead);
}

std::string RowReader::chosen_lead(Row& row, const ColumnReading& column, const std::string& text,
                                   const std::vector<std::string>& leads) {
  Question question;
  question.id = row.id("lead");
  question.rows = {row.at};
  question.column = column.column;
  const std::string cell = cell_name(row, column.column);
  question.zh = cell + " 写了 " + std::to_string(leads.size()) + " 个牵头单位“" + text +
                "”，一项任务只有一个牵头单位，由谁牵头？";
  question.en = cell + " names " + std::to_string(leads.size()) + " lead units; a task has one. Which one leads?";
  for (const std::string& unit : leads)
    question.choices.push_back({unit, unit + " 牵头，其余为责任单位", unit + " leads, the others are responsible"});
  question.default_value = leads.front();
  row.asked(question.id);
  return desk_.ask(std::move(question));
}

void RowReader::due(Row& row, const ColumnReading& column, const GridCell& typed) {
  const std::string& text = typed.text;
  const std::optional<Since> since = rules_.years.of(row.at);
  const std::optional<int> year = since ? std::optional(since->year) : std::nullopt;
  Result<Due> read = due_since(typed, since);
  if (!read && read.error().is(errors::due_without_year)) {
    row.asked("year");
    row.read.task.due = {DueKind::unread, {}, text};
    return;
  }
  if (!read) {
    Question question;
    question.id = row.id("due");
    question.rows = {row.at};
    question.column = column.column;
    const std::string cell = cell_name(row, column.column);
    question.zh = cell + " 的时限“" + text +
                  "”无法识别，应为哪一天？可写 2023-06-30、2023年6月底前、长期坚持；按原文保留则不计时";
    question.en =
        cell + ": the due '" + text +
        "' can't be read. Which day? Write 2023-06-30, 2023年6月底前 or 长期坚持; kept as text it is never due";
    for (const std::string& meant : due_choices(typed, year))
      question.choices.push_back({meant, meant, "by " + parse_due(meant)->last.text()});
    question.choices.push_back({"keep", "按原文保留，不计时", "keep as text, never due"});
    question.free_text = true;
    question.default_value = "keep";
    const std::string id = question.id;
    row.asked(id);
    const std::string answer = desk_.ask(std::move(question));
    row.read.task.due = {DueKind::unread, {}, text};
    if (answer == "keep") return;
    read = parse_due(answer, year);
    if (!read) return desk_.refuse(id, "无法识别为时限", "it is no due date");
    read->text = text;
  }
  row.read.task.due = *std::move(read);
  const Due& now = row.read.task.due;
  if (now.dated() && now.last.text() != text) normalised(row, column.column, "due", text, now.last.text());
}

void RowReader::percent(Row& row, const ColumnReading& column) {
  const GridCell& cell = sheet_.grid().at(row.at, column.column);
  const auto keep_as_text = [&] {
    const std::string typed(text::trim(cell.text));
    row.read.task.extra[extra_key(column)] = typed;
    normalised(row, column.column, "percent_text", typed, typed);
  };
  row.read.task.percent = percent_done(cell, rules_.percent == PercentMeaning::fraction);
  if (!row.read.task.percent) return keep_as_text();
  const std::string now = row.read.task.percent->text();
  if (now != cell.text)
    normalised(row, column.column, "percent", cell.percent ? cell.text + " (%)" : cell.text, now + "%");
}

void RowReader::closed(Row& row, const ColumnReading& column, const std::string& text) {
  if (const auto state = state_of_text(text, state_head(column.header))) {
    row.read.task.state = *state;
  } else if (const auto answered = rules_.states.find(text); answered != rules_.states.end()) {
    row.read.task.state = answered->second;
    row.asked("state:" + text);
  }
  if (rules_.closed_early.contains(row.at)) {
    row.asked("closed_early");
    if (!rules_.early_is_closed) row.read.task.state = TaskState::open;
  }
  const std::string now(task_state_zh(row.read.task.state));
  if (now != text) normalised(row, column.column, "state", text, now);
}

/// 完成情况 may hold both, where no column is about the closing: a state counts where the text names one and no more.
void RowReader::closed_within(Row& row, const ColumnReading& column, const std::string& text) {
  if (!text::contains(text, "销号") || column_of(*columns_, TaskField::closed) != no_column) return;
  if (const auto state = state_of_text(text, StateHead::closed)) {
    row.read.task.state = *state;
    normalised(row, column.column, "state", text, std::string(task_state_zh(*state)));
  }
}

/// A blank repeated key takes the value above it, unless a section head or total stands between.
void RowReader::repeat(Row& row, TaskField field, std::string& value, const RowReading* above,
                       std::string Task::*member) {
  const std::size_t column = column_of(*columns_, field);
  if (!value.empty() || column == no_column || above == nullptr || (above->task.*member).empty()) return;
  value = above->task.*member;
  std::size_t source = above->row;
  for (const FieldReading& f : above->fields) {
    if (f.field == field) source = f.row;
  }
  row.read.fields.push_back({field, value, source, column, true});
  normalised(row, column, "repeated_key", "", value);
}

void RowReader::settle_keys(Row& row) {
  const RowReading* above = broken_ || reading_.rows.empty() ? nullptr : &reading_.rows.back();
  Task& task = row.read.task;
  const bool own_action = !task.action.empty() && (above == nullptr || task.action != above->task.action);
  repeat(row, TaskField::action, task.action, above, &Task::action);
  if (!own_action) repeat(row, TaskField::measure, task.measure, above, &Task::measure);   // a new action starts anew
  if (task.action.empty()) task.action = section_action_;
  if (task.measure.empty()) task.measure = section_measure_;
  task.responsible = row.with_extra_leads();
}

bool RowReader::own_field(const Row& row, TaskField field) {
  return std::ranges::any_of(row.read.fields, [&](const FieldReading& f) {
    return f.field == field && !f.repeated && (personal_field(field) || !filler(f.value));
  });
}

/// A row is the task above once more when it has units and a day of its own; one with a number, or with less, is none.
std::string RowReader::title_by_default(const Row& row, bool has_above) const {
  const auto own = [&](TaskField field) { return own_field(row, field); };
  if (!row.read.task.target_text.empty()) return "target";
  const bool units = own(TaskField::lead) || own(TaskField::responsible);
  if (has_above && units && own(TaskField::due) && !own(TaskField::number)) return "above";
  return own(TaskField::measure) ? "measure" : "skip";
}

bool RowReader::settle_title(Row& row) {
  Task& task = row.read.task;
  if (!task.title.empty()) return true;
  const bool has_above = !broken_ && !reading_.rows.empty();
  Question question;
  question.id = row.id("title");
  question.rows = {row.at};
  question.zh = "第 " + std::to_string(row.at + 1) + " 行没有写任务，如何处理？";
  question.en = "Row " + std::to_string(row.at + 1) + " names no task. What is it?";
  if (!task.target_text.empty())
    question.choices.push_back(
        {"target", "以工作目标作为任务：" + task.target_text, "use its target: " + task.target_text});
  if (has_above) {
    const std::string& above = reading_.rows.back().task.title;
    question.choices.push_back({"above", "与上一行同一任务：" + above, "the task of the row above: " + above});
  }
  if (!task.measure.empty())
    question.choices.push_back({"measure", "以举措作为任务：" + task.measure, "use its measure: " + task.measure});
  question.choices.push_back({"skip", "不导入这一行", "leave the row out"});
  question.default_value = title_by_default(row, has_above);
  const bool by_default = question.default_value == "skip";
  row.asked(question.id);
  const std::string answer = desk_.ask(std::move(question));
  if (answer == "target") task.title = task.target_text;
  if (answer == "above" && has_above) task.title = reading_.rows.back().task.title;
  if (answer == "measure") task.title = task.measure;
  if (task.title.empty()) left_out(row, by_default ? SkipReason::no_task : SkipReason::answered);
  return !task.title.empty();
}

/// Offices number anew below each section head and under each action: only within these a number says one task.
bool RowReader::settle_number(Row& row) {
  const std::string& number = row.read.task.number;
  const std::size_t column = column_of(*columns_, TaskField::number);
  if (number.empty() || sheet_.grid().at(row.at, column).merged_copy) return true;
  const auto [first, fresh] = numbers_.emplace(std::tuple(group_, row.read.task.action, number), row.at);
  if (fresh) return true;
  Question question;
  question.id = row.id("duplicate");
  question.rows = {first->second, row.at};
  question.column = column;
  const std::string other = std::to_string(first->second + 1), here = std::to_string(row.at + 1);
  question.zh = "序号“" + number + "”在第 " + other + " 行和第 " + here + " 行各出现一次，是两项任务吗？";
  question.en = "Number '" + number + "' stands in rows " + other + " and " + here + ". Are they two tasks?";
  question.choices = {{"keep", "是两项任务，都导入", "two tasks, take both"},
                      {"skip", "是重复，不导入第 " + here + " 行", "a repetition, leave row " + here + " out"}};
  question.default_value = "keep";
  row.asked(question.id);
  if (desk_.ask(std::move(question)) == "keep") return true;
  left_out(row, SkipReason::answered);
  return false;
}

void RowReader::settle_lead(Row& row) {
  Task& task = row.read.task;
  if (!task.lead.empty()) return;
  const std::size_t column = column_of(*columns_, TaskField::lead);
  if (column == no_column) {
    if (!rules_.lead_from_responsible || task.responsible.empty()) return;
    task.lead = task.responsible.front();
    task.responsible.erase(task.responsible.begin());
    return;
  }
  Question question;
  question.id = row.id("lead");
  question.rows = {row.at};
  question.column = column;
  const std::string cell = cell_name(row, column);
  question.zh = cell + " 没有写牵头单位，由谁牵头？";
  question.en = cell + " names no lead unit. Who leads?";
  if (!broken_ && !reading_.rows.empty() && !reading_.rows.back().task.lead.empty()) {
    const std::string& above = reading_.rows.back().task.lead;
    question.choices.push_back({above, "同上一行：" + above, "as in the row above: " + above});
  }
  for (const std::string& unit : task.responsible)
    question.choices.push_back({unit, "责任单位：" + unit, "responsible: " + unit});
  question.choices.push_back({"none", "暂缺，保留空白", "leave it blank"});
  question.free_text = true;
  question.default_value = "none";
  row.asked(question.id);
  const std::string answer = desk_.ask(std::move(question));
  if (answer != "none") task.lead = answer;
}

}   // namespace gangmu::plan
