// SPDX-License-Identifier: Apache-2.0
#include "plan/register_rows.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "plan/due.hpp"
#include "plan/register_heading.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_persons.hpp"
#include "plan/register_sign_off.hpp"
#include "plan/register_values.hpp"

namespace gangmu::plan {

namespace {

constexpr std::size_t longest_plain_heading = 20, shortest_span = 3;
constexpr int most_samples = 2;   // more are a ledger whose names are blotted out

bool unit_field(TaskField f) {
  return f == TaskField::lead || f == TaskField::responsible || f == TaskField::cooperating ||
         f == TaskField::supervisor;
}
/// Where sums and headings have their word.
bool naming_field(TaskField f) {
  return f == TaskField::number || f == TaskField::action || f == TaskField::measure || f == TaskField::title ||
         f == TaskField::target;
}
/// A column that offices fill for all rows before a task is written.
bool preset(TaskField f, const std::string& text) {
  if (f == TaskField::closed) return state_of_text(text, StateHead::closed) == TaskState::open || filler(text);
  return filler(text) || (f == TaskField::percent && figure(text));
}
bool sentence(const std::string& text) {
  const std::string_view s = text::trim(text);
  const bool bracketed = (s.starts_with("（") || s.starts_with("(")) && (s.ends_with("）") || s.ends_with(")"));
  return bracketed || text::contains(s, "。");
}
bool labelled(const std::string& text) { return text::contains(text, "：") || text::contains(text, ":"); }
bool one_word(const std::string& text) {
  return text::trim(text).find_first_of(" \t\n") == std::string_view::npos && !text::contains(text, "　");
}
bool heading_words(const std::string& text) {
  return !sentence(text) && text::length(text) <= longest_plain_heading && !labelled(text);
}
bool who_signs(const std::string& text) {
  constexpr std::string_view ends[] = {"人", "员", "话", "机", "字", "名", "章", "长", "记", "任"};
  return std::ranges::any_of(ends, [&](std::string_view end) { return text::trim(text).ends_with(end); });
}
bool readable_day(const std::string& text) {
  const auto due = parse_due(text, 2000);   // any year: the row is told by its having a day
  return due && due->dated();
}

}   // namespace

LedgerSheet::LedgerSheet(const Grid& grid) : grid_(grid), by_row_(grid.rows.size()) {
  for (const MergedRange& m : grid.merges) {
    for (std::size_t r = m.first_row; r <= m.last_row && r < by_row_.size(); ++r) by_row_[r].push_back(&m);
  }
}

const MergedRange* LedgerSheet::merged(std::size_t row, std::size_t column) const {
  if (row >= by_row_.size()) return nullptr;
  for (const MergedRange* m : by_row_[row]) {
    if (m->first_column <= column && column <= m->last_column) return m;
  }
  return nullptr;
}

GridCell LedgerSheet::due_cell(std::size_t row, std::size_t column) const {
  GridCell cell = grid_.at(row, column);
  const bool csv = grid_.sheet.empty();
  if (csv && cell.kind == CellKind::text && Decimal::parse(text::trim(cell.text))) cell.kind = CellKind::number;
  cell.text = std::string(text::trim(cell.text));
  return cell;
}

std::vector<RowCell> row_cells(const LedgerSheet& sheet, std::size_t row) {
  const Grid& grid = sheet.grid();
  std::vector<RowCell> cells;
  for (std::size_t c = 0; c < grid.rows[row].size(); ++c) {
    const GridCell& cell = grid.rows[row][c];
    if (cell.kind == CellKind::empty || unseen(cell.text)) continue;
    const MergedRange* range = sheet.merged(row, c);
    const bool goes_on = range != nullptr && c > range->first_column && cell.merged_copy;
    if (goes_on && !cells.empty()) {
      ++cells.back().columns;
    } else {
      cells.push_back({c, 1, cell.text, cell.merged_copy && range != nullptr && range->first_row < row});
    }
  }
  return cells;
}

std::vector<RowCell> own_cells(const LedgerSheet& sheet, std::size_t row) {
  std::vector<RowCell> cells = row_cells(sheet, row);
  std::erase_if(cells, [](const RowCell& cell) { return cell.carried; });
  return cells;
}

/// A row's own cells and what its columns say about them.
struct RowJudge::Cells {
  std::vector<RowCell> own;
  std::vector<TaskField> fields;   ///< of `own`
  bool carried_title = false;
  bool carried_key = false;   ///< a unit or a day is merged down from above

  [[nodiscard]] const RowCell* at(TaskField field) const {
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (fields[i] == field && !filler(own[i].text)) return &own[i];
    }
    return nullptr;
  }
  [[nodiscard]] bool has_units() const {
    return at(TaskField::lead) != nullptr || at(TaskField::responsible) != nullptr ||
           at(TaskField::cooperating) != nullptr;
  }
  /// "1项" is the count of a heading, no day.
  [[nodiscard]] bool has_due() const {
    const RowCell* due = at(TaskField::due);
    return due != nullptr && !how_many(due->text);
  }
};

RowJudge::RowJudge(const LedgerSheet& sheet, HeaderBlock head, const std::vector<ColumnReading>& columns)
    : sheet_(sheet), head_(head), columns_(columns) {
  bool han_tasks = false;
  for (std::size_t r = head.end; r < head.below; ++r) {
    const Cells cells = cells_of(r);
    samples_ += is_filled_with_blanks(cells) ? 1 : 0;
    if (!sure_task(cells)) continue;
    ++tasks_;
    last_task_ = r;
    if (const RowCell* number = cells.at(TaskField::number)) {
      numbered_ = true;
      han_tasks = han_tasks || heading_number(number->text) > 0;
      han_numbers_ = han_numbers_ || (heading_number(number->text) > 0 && cells.has_due());
      plain_numbers_ = plain_numbers_ || plain_number(number->text);
    }
    if (const RowCell* title = cells.at(TaskField::title)) title_depth_[section_depth(title->text)] = true;
  }
  han_numbers_ = han_numbers_ || (han_tasks && !plain_numbers_);   // 一 with a unit above 1, 2, 3 is a section's
}

TaskField RowJudge::field_at(std::size_t column) const {
  for (const ColumnReading& reading : columns_) {
    if (reading.column == column) return reading.field;
  }
  return TaskField::none;
}

RowJudge::Cells RowJudge::cells_of(std::size_t row) const {
  Cells cells;
  for (RowCell& cell : row_cells(sheet_, row)) {
    const TaskField field = field_at(cell.column);
    if (cell.carried) {
      cells.carried_title = cells.carried_title || field == TaskField::title;
      cells.carried_key = cells.carried_key || unit_field(field) || field == TaskField::due;
      continue;
    }
    cells.own.push_back(std::move(cell));
    cells.fields.push_back(field);
  }
  return cells;
}

bool RowJudge::sure_task(const Cells& cells) const {
  const RowCell* title = cells.at(TaskField::title);
  const bool named = title != nullptr ? !sum_word(title->text) : cells.carried_title;
  return named && (cells.has_due() || cells.has_units()) && !is_total(cells) && !is_note(cells);
}

RowKind RowJudge::judge(std::size_t row, const RowKind* above, bool after_note) const {
  const Cells cells = cells_of(row);
  const auto skipped = [](SkipReason reason) { return RowKind{.skip = reason}; };
  if (cells.own.empty()) return skipped(SkipReason::blank);
  const auto marks_end = [](const RowCell& cell) { return end_mark(cell.text); };
  if (std::ranges::all_of(cells.own, marks_end)) return skipped(SkipReason::note);
  if (is_column_numbers(cells)) return skipped(SkipReason::header);
  if (is_sample(cells)) return skipped(SkipReason::note);
  if (is_total(cells)) return {.skip = SkipReason::total, .heading = heading_of_total(cells, row)};
  std::vector<std::string> texts;
  for (const RowCell& cell : cells.own) texts.push_back(cell.text);
  if (!stands_in_its_columns(cells) && signed_off(texts)) return skipped(SkipReason::sign_off);
  if (is_note(cells) || is_loose_note(cells)) return skipped(SkipReason::note);
  if (numbered_ahead(cells, false)) return skipped(SkipReason::blank);
  if (cells.at(TaskField::number) != nullptr && numbered_ahead(cells, true)) return skipped(SkipReason::no_task);
  if (stray_figures(cells)) return skipped(SkipReason::note);
  const bool below_task = above != nullptr && (!above->skip || above->skip == SkipReason::joined);
  if (below_task && (continues_task(cells) || other_of_plan_and_actual(cells, row))) return {.continues = true};
  if (samples_ <= most_samples && samples_ < tasks_ && is_filled_with_blanks(cells))
    return {.skip = SkipReason::note, .doubtful = true, .sample = true};
  if (auto section = heading(cells, row, after_note)) {
    const RowKind parts = section_of(section->heading);
    section->heading = parts.heading;
    section->units = parts.units;
    section->persons = parts.persons;
    return *std::move(section);
  }
  return {};
}

/// 项目审批 is a word of sign-off lines, too; a number, or a unit and a day beside it make it a task.
bool RowJudge::stands_in_its_columns(const Cells& cells) const {
  const RowCell* title = cells.at(TaskField::title);
  if (title == nullptr || !one_word(title->text)) return false;
  bool unit = false, persons = false;
  for (std::size_t i = 0; i < cells.own.size(); ++i) {
    if (labelled(cells.own[i].text)) return false;
    if (!unit_field(cells.fields[i])) continue;
    unit = true;
    persons = persons || apart(cells.own[i].text).persons;
  }
  const RowCell* due = cells.at(TaskField::due);
  const bool day = due != nullptr && readable_day(due->text);
  const RowCell* number = cells.at(TaskField::number);
  const bool numbered = number != nullptr && plain_number(number->text);
  if (persons && (!numbered || who_signs(title->text))) return false;   // 联络员 with a name beside it
  return numbered || (unit && day) || (day && cells.carried_key);
}

/// A sum's word where rows are named, or anywhere in a row that names no task; a part of a sum unless it has units and
/// a day of its own.
bool RowJudge::is_total(const Cells& cells) const {
  const bool no_title = cells.at(TaskField::title) == nullptr;
  const auto says_sum = [&](std::size_t i) {
    const std::string& text = cells.own[i].text;
    const bool names = i == 0 || naming_field(cells.fields[i]);
    if (sum_word(text)) return names || no_title;
    if (!names || (cells.has_units() && cells.has_due())) return false;
    return part_of_sum(text) || (sum_of(text) && !cells.has_due());
  };
  for (std::size_t i = 0; i < cells.own.size(); ++i) {
    if (says_sum(i)) return true;
  }
  const auto adds_nothing = [](const RowCell& cell) { return figure(cell.text) || count_line(cell.text); };
  return std::ranges::all_of(cells.own, adds_nothing) &&
         std::ranges::any_of(cells.own, [](const RowCell& cell) { return count_line(cell.text); });
}

bool RowJudge::is_note(const Cells& cells) const {
  if (cells.own.size() > 3) return false;
  const auto first = std::ranges::find_if(cells.own, [](const RowCell& cell) { return !figure(cell.text); });
  return first != cells.own.end() && note_line(first->text) && !(cells.has_units() && cells.has_due());
}

/// 1|2|3|4, 甲|乙|丙|丁, A|B|C below a head: they number its columns.
bool RowJudge::is_column_numbers(const Cells& cells) {
  std::vector<std::string> texts;
  for (const RowCell& cell : cells.own) texts.push_back(cell.text);
  return counts_up(texts);
}

/// 示例 where the rows have their numbers.
bool RowJudge::is_sample(const Cells& cells) const {
  if (cells.own.size() < 2 || !sample_word(cells.own.front().text)) return false;
  return cells.fields.front() == TaskField::number || cells.own.front().column == columns_.front().column;
}

/// 统计截至6月底, 数据来源：市统计局: words of a note and nothing that only tasks have.
bool RowJudge::is_loose_note(const Cells& cells) const {
  const RowCell* number = cells.at(TaskField::number);
  if ((number != nullptr && plain_number(number->text)) || cells.has_units() || cells.has_due() || cells.own.size() > 2)
    return false;
  const auto words = std::ranges::find_if(cells.own, [](const RowCell& cell) { return !figure(cell.text); });
  return words != cells.own.end() && source_line(words->text);
}

/// 实际 below 计划 of the same task, whose text is merged down or left blank, or 计划 below 实际.
bool RowJudge::other_of_plan_and_actual(const Cells& cells, std::size_t row) const {
  const std::size_t title = column_of(columns_, TaskField::title);
  const bool same_task = cells.carried_title || (cells.at(TaskField::title) == nullptr && title != no_column);
  const RowCell* number = cells.at(TaskField::number);
  if (!same_task || number != nullptr) return false;
  return std::ranges::any_of(cells.own, [&](const RowCell& cell) {
    const PlanRow here = planned_or_actual(cell.text);
    const PlanRow above = planned_or_actual(sheet_.grid().at(row - 1, cell.column).text);
    return here != PlanRow::neither && above != PlanRow::neither && here != above;
  });
}

/// 建设XX项目, 市××局, 2023年X月底: every cell leaves a blank to be filled in.
bool RowJudge::is_filled_with_blanks(const Cells& cells) const {
  std::size_t blanks = 0;
  for (std::size_t i = 0; i < cells.own.size(); ++i) {
    const std::string& text = cells.own[i].text;
    const bool number = cells.fields[i] == TaskField::number && plain_number(text);
    if (number || preset(cells.fields[i], text)) continue;
    if (!leaves_blanks(text)) return false;
    ++blanks;
  }
  return blanks >= 2 && cells.at(TaskField::title) != nullptr;
}

/// 二|乙县小计 above the rows of that county is their heading, too.
std::string RowJudge::heading_of_total(const Cells& cells, std::size_t row) const {
  if (cells.own.size() < 2 || row >= last_task_ || heading_number(cells.own[0].text) == 0) return "";
  const std::string name = name_of_sum(cells.own[1].text);
  const std::string number(text::trim(cells.own[0].text));
  return name.empty() ? "" : section_depth(number + name) > 0 ? number + name : number + "、" + name;
}

/// A number, 否 and the like, and `with_due` a day, filled in before there is a task.
bool RowJudge::numbered_ahead(const Cells& cells, bool with_due) const {
  for (std::size_t i = 0; i < cells.own.size(); ++i) {
    const std::string& text = cells.own[i].text;
    const bool number = cells.fields[i] == TaskField::number && !cells.carried_title &&
                        (plain_number(text) || heading_number(text) > 0);
    const bool due = with_due && cells.fields[i] == TaskField::due && !cells.carried_title;
    if (!number && !due && !preset(cells.fields[i], text)) return false;
  }
  return true;
}

/// A day below the table, a figure beside nothing.
bool RowJudge::stray_figures(const Cells& cells) const {
  for (std::size_t i = 0; i < cells.own.size(); ++i) {
    if (cells.fields[i] == TaskField::due || !figure(cells.own[i].text)) return false;
  }
  return !cells.carried_title && cells.at(TaskField::title) == nullptr && cells.at(TaskField::target) == nullptr;
}

/// Units, progress or a remark below a task whose text is merged down, or left blank: they are that task's, too.
bool RowJudge::continues_task(const Cells& cells) const {
  const auto adds = [](TaskField field) {
    return unit_field(field) || personal_field(field) || field == TaskField::progress || field == TaskField::remark;
  };
  for (std::size_t i = 0; i < cells.own.size(); ++i) {
    if (!adds(cells.fields[i]) && !preset(cells.fields[i], cells.own[i].text)) return false;
  }
  return true;
}

/// How many columns the head over a column is merged across.
std::size_t RowJudge::columns_of_head(std::size_t column) const {
  std::size_t columns = 1;
  for (std::size_t r = head_.first; r < head_.end; ++r) {
    const MergedRange* range = sheet_.merged(r, column);
    if (range != nullptr && range->first_column == column)
      columns = std::max(columns, range->last_column - range->first_column + 1);
  }
  return columns;
}

/// Tasks of this sheet are numbered the way the heading is, and it stands where they stand.
bool RowJudge::like_a_task_title(const RowCell& cell, const RowCell* number) const {
  if (number != nullptr) return han_numbers_;
  const int depth = section_depth(cell.text);
  return depth > 0 && title_depth_[depth];
}

/// "1" above "1.1", "2" above "2-1": the row below is a part of this one.
bool RowJudge::numbers_the_next(const RowCell& number, std::size_t row) const {
  if (row + 1 >= head_.below) return false;
  const Cells next = cells_of(row + 1);
  const RowCell* below = next.at(TaskField::number);
  if (below == nullptr || field_at(number.column) != TaskField::number) return false;
  return part_number(text::trim(below->text), text::trim(number.text));
}

/// The next row that says anything has a plain number of its own.
bool RowJudge::above_numbers(std::size_t row) const {
  for (std::size_t r = row + 1; r < head_.below; ++r) {
    const Cells next = cells_of(r);
    if (next.own.empty()) continue;
    const RowCell* number = next.at(TaskField::number);
    return number != nullptr && plain_number(number->text);
  }
  return false;
}

/// One text, perhaps with a number of its own before it and a count behind it, and nothing that only tasks have; a unit
/// beside a numbered text leaves a doubt.
std::optional<RowKind> RowJudge::heading(const Cells& cells, std::size_t row, bool after_note) const {
  const RowCell* number = nullptr;
  const RowCell* text = nullptr;
  TaskField field = TaskField::none;
  bool with_units = false;
  for (std::size_t i = 0; i < cells.own.size(); ++i) {
    const RowCell& cell = cells.own[i];
    const bool numeral = heading_number(cell.text) > 0 || (i == 0 && plain_number(cell.text) && cells.own.size() > 1);
    if (i == 0 && numeral) {
      number = &cell;
    } else if (text == nullptr && !figure(cell.text)) {
      text = &cell;
      field = cells.fields[i];
    } else if (unit_field(cells.fields[i]) || personal_field(cells.fields[i])) {
      with_units = true;
    } else if (!figure(cell.text)) {
      return std::nullopt;
    }
  }
  if (text == nullptr) return std::nullopt;
  const bool wide = text->columns >= shortest_span && text->columns > columns_of_head(text->column);
  const bool tasks_below = row < last_task_;
  const int depth = std::max(section_depth(text->text), number == nullptr ? 0 : heading_number(number->text));
  const bool alone = number == nullptr && cells.own.size() == 1;
  if (alone && after_note && !(tasks_below && (depth > 0 || (wide && heading_words(text->text)))))
    return RowKind{.skip = SkipReason::note};
  const bool parent = number != nullptr && plain_number(number->text) && numbers_the_next(*number, row);
  const bool names_task = field == TaskField::title && (section_depth(text->text) == 0 || number != nullptr);
  if (names_task && (cells.has_due() || (cells.carried_key && !wide))) return std::nullopt;
  const bool numbered_apart = number != nullptr && heading_number(number->text) > 0 && plain_numbers_ && !han_numbers_;
  if (with_units && (depth == 0 || (field == TaskField::title && !numbered_apart))) return std::nullopt;
  if (number != nullptr && plain_number(number->text) && !wide && !parent) return std::nullopt;   // a task's number
  if (!wide && !naming_field(field) && text->column != columns_.front().column) return std::nullopt;

  RowKind section{
      .skip = SkipReason::section, .doubtful = with_units, .rather_task = with_units && !above_numbers(row)};
  const std::string words = heading_text(text->text);
  section.heading = number == nullptr || section_depth(words) > 0 ? words
                    : section_depth(number->text + words) > 0     ? number->text + words
                                                                  : number->text + "、" + words;
  if (number != nullptr && plain_number(number->text)) section.heading = words;
  if (field == TaskField::action || field == TaskField::measure) section.heading_of = field;
  if (wide) {
    if (depth == 0 && (sentence(text->text) || !tasks_below)) section.skip = SkipReason::note;
    return section;
  }
  if (field == TaskField::title && like_a_task_title(*text, number)) return std::nullopt;
  if (parent) section.parts_of = text::trim(number->text);
  if (depth > 0 || parent) return section;
  if (field == TaskField::title && words.front() >= '0' && words.front() <= '9') return std::nullopt;
  if (field == TaskField::target) return std::nullopt;
  if (field != TaskField::title && field != TaskField::action && field != TaskField::measure) {
    const bool plain = tasks_below && text::length(words) <= longest_plain_heading && !sentence(words);
    if (!plain) section.skip = SkipReason::note;
    section.doubtful = plain;
    return section;
  }
  if (!tasks_below && field == TaskField::title && numbered_ && number == nullptr && !cells.carried_key &&
      column_of(columns_, TaskField::lead) == no_column) {
    section.skip = SkipReason::note;   // 续建2项 below the last task
    section.doubtful = true;
    return section;
  }
  if (!tasks_below) return std::nullopt;
  if (field == TaskField::title) {
    if (!numbered_ && text::length(words) > longest_plain_heading / 2) return std::nullopt;
    section.doubtful = true;
  }
  return section;
}

RowKind section_of(std::string_view heading) {
  HeadingParts parts = heading_parts(heading);
  RowKind kind{.skip = SkipReason::section};
  kind.heading = std::move(parts.words);
  kind.units = std::move(parts.units);
  kind.persons = std::move(parts.persons);
  return kind;
}

SkipReason reason_above(const LedgerSheet& sheet, std::size_t row) {
  const std::vector<RowCell> cells = row_cells(sheet, row);
  if (cells.empty()) return SkipReason::blank;
  const bool unit = std::any_of(cells.begin(), cells.end(), [](const RowCell& cell) {
    const std::string text = text::narrow(cell.text);
    return text::contains(text, "单位:") || text::contains(text, "日期:") || text::contains(text, "时间:");
  });
  return unit ? SkipReason::unit_line : SkipReason::title;
}

std::string row_text(const LedgerSheet& sheet, std::size_t row) {
  std::string out;
  for (const RowCell& cell : row_cells(sheet, row)) {
    if (!out.empty()) out += ' ';
    out += cell.text;
  }
  return out;
}

std::string skipped_text(const LedgerSheet& sheet, std::size_t row, SkipReason reason) {
  if (reason != SkipReason::sign_off) return row_text(sheet, row);
  std::vector<std::string> texts;
  for (const RowCell& cell : row_cells(sheet, row)) texts.push_back(cell.text);
  return text::join(without_signatures(texts), " ");
}

}   // namespace gangmu::plan
