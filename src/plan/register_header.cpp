// SPDX-License-Identifier: Apache-2.0
#include "plan/register_header.hpp"

#include <algorithm>
#include <set>

#include "base/personal_number.hpp"
#include "base/text.hpp"
#include "plan/due.hpp"
#include "plan/errors.hpp"
#include "plan/register_columns.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_names.hpp"
#include "plan/register_persons.hpp"
#include "plan/register_series.hpp"
#include "plan/register_values.hpp"

namespace gangmu::plan {

namespace {

constexpr std::size_t search_rows = 20, deepest_header = 3;

std::size_t width_of(const Grid& grid) {
  std::size_t width = 0;
  for (const auto& cells : grid.rows) width = std::max(width, cells.size());
  return width;
}

std::set<std::string> distinct_texts(const Grid& grid, std::size_t row) {
  std::set<std::string> texts;
  for (const GridCell& cell : grid.rows[row]) {
    if (cell.kind != CellKind::empty) texts.insert(cell.text);
  }
  return texts;
}

/// Header cells of a column from top to bottom, repeated ones once.
std::vector<std::string> path_of(const Grid& grid, HeaderBlock block, std::size_t column) {
  std::vector<std::string> path;
  for (std::size_t r = block.first; r < block.end; ++r) {
    const GridCell& cell = grid.at(r, column);
    std::string text = plain_header(cell.text);
    if (!text.empty() && (path.empty() || path.back() != text)) path.push_back(std::move(text));
  }
  return path;
}

/// The lowest cell decides; when it says nothing, the one above it does ("进展情况/6月").
struct PathMatch {
  HeaderMatch match;
  bool by_parent = false;
};
PathMatch match_path(const std::vector<std::string>& path) {
  PathMatch best;
  for (std::size_t i = path.size(); i-- > 0;) {
    const HeaderMatch match = match_header(path[i]);
    const bool parent = i + 1 < path.size();
    if (match.known && !parent) return {match, false};
    if (match.known && match.field != TaskField::none) {
      return {{.known = false, .field = match.field, .confidence = 80, .candidates = {match.field}}, true};
    }
    if (match.confidence > best.match.confidence && !parent) best = {match, false};
  }
  return best;
}

bool task_like(TaskField f) {
  return f == TaskField::title || f == TaskField::measure || f == TaskField::target || f == TaskField::action;
}
bool unit_like(TaskField f) {
  return f == TaskField::lead || f == TaskField::responsible || f == TaskField::due || f == TaskField::progress ||
         f == TaskField::percent || f == TaskField::closed;
}

/// Known by its name or by a word in it; what is merely spelled alike ("分管领域") proves nothing.
bool names_persons(const HeaderMatch& match) {
  return match.confidence >= 70 &&
         (personal_field(match.field) || std::any_of(match.candidates.begin(), match.candidates.end(), personal_field));
}

/// Fields whose cell is taken apart where the header names persons, too: "责任单位及责任人".
bool names_units(TaskField f) {
  return f == TaskField::lead || f == TaskField::responsible || f == TaskField::cooperating ||
         f == TaskField::supervisor;
}

bool qualifies(const Grid& grid, HeaderBlock block, std::size_t width) {
  std::set<TaskField> found;
  for (std::size_t c = 0; c < width; ++c) {
    const PathMatch match = match_path(path_of(grid, block, c));
    if (match.match.confidence >= 70) found.insert(match.match.field);
    if (const auto path = path_of(grid, block, c); !path.empty() && names_a_problem(path.back()))
      found.insert(TaskField::title);   // 问题清单
  }
  found.erase(TaskField::none);
  return found.size() >= 3 && std::any_of(found.begin(), found.end(), task_like) &&
         std::any_of(found.begin(), found.end(), unit_like);
}

/// Does the head go on in this row? Yes when a cell of it is merged down from the head, or when its first cell is blank
/// and it names columns (under a wider head, or nothing but names).
bool continues(const Grid& grid, std::size_t first, std::size_t row, std::size_t width) {
  for (const MergedRange& m : grid.merges) {
    if (m.first_row >= first && m.first_row < row && m.last_row >= row) return true;
  }
  if (grid.at(row, 0).kind != CellKind::empty) return false;
  std::size_t filled = 0, known = 0;
  for (std::size_t c = 0; c < width; ++c) {
    if (grid.at(row, c).kind == CellKind::empty) continue;
    ++filled;
    known += match_header(grid.at(row, c).text).known ? 1 : 0;
  }
  bool under_wide_head = false;
  for (const MergedRange& m : grid.merges) {
    if (m.first_row < first || m.last_row != row - 1 || m.last_column == m.first_column) continue;
    for (std::size_t c = m.first_column; c <= m.last_column; ++c) {
      under_wide_head = under_wide_head || match_header(grid.at(row, c).text).known;
    }
  }
  return under_wide_head || (filled >= 2 && known == filled);   // a csv has no merged heads
}

bool repeated_only(const std::vector<ColumnReading>& columns, std::size_t at) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i != at && columns[i].field == columns[at].field) return true;
  }
  return false;
}

bool has_data(const Grid& grid, HeaderBlock block, std::size_t column) {
  for (std::size_t r = block.end; r < block.below; ++r) {
    if (grid.at(r, column).kind != CellKind::empty) return true;
  }
  return false;
}

bool merged_from_left(const Grid& grid, std::size_t row, std::size_t column) {
  return grid.at(row, column).merged_copy && std::ranges::any_of(grid.merges, [&](const MergedRange& m) {
           return m.first_row <= row && row <= m.last_row && m.first_column < column && column <= m.last_column;
         });
}

/// Head and rows are merged with the column on the left: nothing of its own stands there.
bool part_of_the_left(const Grid& grid, HeaderBlock block, std::size_t column) {
  if (!merged_from_left(grid, block.end - 1, column)) return false;
  for (std::size_t r = block.end; r < block.below; ++r) {
    if (grid.at(r, column).kind != CellKind::empty && !merged_from_left(grid, r, column)) return false;
  }
  return has_data(grid, block, column);
}

class ColumnReader {
 public:
  ColumnReader(const Grid& grid, HeaderBlock block, Desk& desk, bool further)
      : grid_(grid), block_(block), desk_(desk), further_(further) {}

  std::vector<ColumnReading> read() {
    const std::size_t width = width_of(grid_);
    for (std::size_t c = 0; c < width; ++c) match(c);
    settle_side_by_side();
    find_series(grid_, block_, columns_, desk_, further_);
    settle_plans();
    settle_progress();
    settle_state();
    settle_titles();
    settle_times();
    settle_doubles();
    for (std::size_t i = 0; i < columns_.size(); ++i) ask(i);
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].mixed = mixed(i);
    for (std::size_t i = 0; i < columns_.size(); ++i) ask_for_names(i);
    return std::move(columns_);
  }

 private:
  void match(std::size_t c) {
    const std::vector<std::string> path = path_of(grid_, block_, c);
    const bool data = has_data(grid_, block_, c);
    if ((path.empty() && !data) || part_of_the_left(grid_, block_, c)) return;
    PathMatch found = match_path(path);
    if (!found.match.known && found.match.confidence < 70 && telephone_column(grid_, block_, c, path.empty())) {
      found.match = {.known = false, .field = TaskField::contact, .confidence = 75, .candidates = {TaskField::contact}};
    }
    may_name_persons(c, path, found);
    const bool of_persons = names_persons(found.match);
    const TaskField field = found.match.field;
    if (of_persons && !personal_field(field) && !names_units(field) && field != TaskField::title) {   // "进展及联系人"
      found.match.field = TaskField::person;
    }
    units_.push_back(std::ranges::any_of(found.match.candidates, names_units));
    columns_.push_back(
        {c, text::join(path, "/"), found.match.field, found.match.confidence, std::move(found.match.candidates)});
    by_parent_.push_back(found.by_parent);
    persons_.push_back(of_persons);
  }

  /// No known head, yet of persons by its words or its cells: sealed until somebody says it is not.
  void may_name_persons(std::size_t c, const std::vector<std::string>& path, PathMatch& found) const {
    if (found.match.known || names_persons(found.match)) return;
    const bool told = !found.by_parent && found.match.confidence >= 70;
    const bool by_head = !path.empty() && head_may_name_persons(path.back());
    const bool problem = !path.empty() && names_a_problem(path.back());
    if (!by_head && (told || problem || found.by_parent || !holds_names(grid_, block_, c))) return;
    if (told && (names_units(found.match.field) || found.match.field == TaskField::title)) {
      found.match.candidates.push_back(TaskField::person);
      return;
    }
    found.match.confidence = by_head ? 70 : 60;
    found.match.field = TaskField::person;
    found.match.candidates = {TaskField::person};
    if (!by_head) found.match.candidates.push_back(TaskField::none);
  }

  /// Names among the units of a plain head: asked, and sealed unless the answer is that they are units.
  void ask_for_names(std::size_t i) {
    ColumnReading& column = columns_[i];
    const bool answered = persons_[i] && column.confidence == 100;   // these are no persons
    if (answered || column.mixed || !names_units(column.field)) return;
    Question question;
    for (std::size_t r = block_.end; r < block_.below; ++r) {
      const GridCell& cell = grid_.at(r, column.column);
      if (cell.kind == CellKind::text && !cell.merged_copy && beside_units(cell.text).persons)
        question.rows.push_back(r);
    }
    if (question.rows.empty()) return;
    const std::string letters = column_letters(column.column), head = std::to_string(block_.first + 1);
    question.id = "persons:" + letters + (further_ ? "@" + head : "");
    question.column = column.column;
    const std::string first = letters + std::to_string(question.rows.front() + 1);
    const std::string count = std::to_string(question.rows.size());
    question.zh = "第 " + letters + " 列“" + column.header + "”有 " + count + " 个单元格（如 " + first +
                  "）像是写了人名，是人名还是单位？";
    question.en = count + " cells of column " + letters + " '" + column.header + "' (as " + first +
                  ") seem to name persons. Are these persons or units?";
    question.choices = {
        {"persons", "人名：加密保存，不显示，单位照常显示", "persons: kept encrypted, the units are shown"},
        {"units", "都是单位名称，照常显示", "all of them are units, shown as they are"}};
    question.default_value = "persons";
    column.mixed = column.plain_head = desk_.ask(std::move(question)) == "persons";
  }

  bool mixed(std::size_t i) const { return persons_[i] && units_[i] && names_units(columns_[i].field); }

  std::vector<std::size_t> holding(TaskField field) const {
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].field == field) at.push_back(i);
    }
    return at;
  }

  /// Where the heads of the first three columns come again: tables that stand side by side.
  [[nodiscard]] std::vector<std::size_t> side_by_side() const {
    constexpr std::size_t least = 3;   // columns that make a table
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i + least <= columns_.size(); ++i) {
      bool same = true, title = false, data = false;
      for (std::size_t k = 0; k < least; ++k) {
        const ColumnReading& column = columns_[i + k];
        same = same && !column.header.empty() && column.header == columns_[k].header;
        title = title || column.field == TaskField::title;
        data = data || (column.field == TaskField::title && has_data(grid_, block_, column.column));
      }
      if (same && title && data) starts.push_back(i);
    }
    return starts;
  }

  /// A row is one task: of tables side by side one is read, and the office says which.
  void settle_side_by_side() {
    const std::vector<std::size_t> starts = side_by_side();
    if (starts.size() < 2) return;
    Question question;
    question.id = std::string("side_by_side") + (further_ ? ":" + std::to_string(block_.first + 1) : "");
    question.required = true;
    std::vector<std::string> letters;
    for (const std::size_t i : starts) letters.push_back(column_letters(columns_[i].column));
    const std::string count = std::to_string(starts.size()), all = text::join(letters, "、");
    question.zh = count + " 张表左右并排（从第 " + all +
                  " 列起），一行只能读一项任务，读哪一张？要都读，请先把它们上下排列或分成几张工作表";
    question.en = count + " tables stand side by side (from columns " + text::join(letters, ", ") +
                  " on) and a row is read as one task. Which one is to be read? To read all, put them below each other "
                  "or on sheets of their own";
    for (const std::string& letter : letters)
      question.choices.push_back({letter, "从第 " + letter + " 列起的表", "the table from column " + letter + " on"});
    const std::string answer = desk_.ask(std::move(question));
    const auto chosen = std::ranges::find(letters, answer);
    const std::size_t part = chosen == letters.end() ? 0 : static_cast<std::size_t>(chosen - letters.begin());
    const std::size_t end = part + 1 < starts.size() ? starts[part + 1] : columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i < starts[part] || i >= end) keep_as_typed(i);
    }
  }

  void keep_as_typed(std::size_t i) {
    columns_[i].field = without_field(i);
    columns_[i].confidence = 100;
    columns_[i].candidates.clear();
  }

  /// 进度安排 and 工作进度计划 hold what is to be: the due where there is no other and they hold days, else as typed.
  void settle_plans() {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      ColumnReading& column = columns_[i];
      const bool progress = column.field == TaskField::progress || column.field == TaskField::percent;
      const std::string head = column.header.substr(column.header.rfind('/') + 1);
      if (!progress || column.confidence == 100 || !says_a_plan(head)) continue;
      const bool due = holding(TaskField::due).empty() && holds_dues(grid_, block_, column.column);
      suggest(i, due ? TaskField::due : without_field(i), 60);
    }
  }

  void settle_progress() {
    if (!holding(TaskField::progress).empty()) return;
    for (const std::size_t i : holding(TaskField::percent)) {
      if (holds_sentences(grid_, block_, columns_[i].column)) suggest(i, TaskField::progress, 80);
    }
  }

  /// "重点任务" beside "工作内容": the left one is the measure above the task. No task column at all: the nearest kin
  /// serves.
  void settle_titles() {
    const auto titles = holding(TaskField::title);
    if (titles.size() == 2 && holding(TaskField::measure).empty()) suggest(titles[0], TaskField::measure, 80);
    if (!titles.empty()) return;
    if (problem_as_title()) return;
    for (const TaskField kin : {TaskField::measure, TaskField::target, TaskField::action}) {
      if (const auto at = holding(kin); !at.empty()) return suggest(at.back(), TaskField::title, 60);
    }
  }

  /// A list of rectification is about problems: each of them is what is to be done.
  bool problem_as_title() {
    const bool rectified =
        std::ranges::any_of(columns_, [](const ColumnReading& c) { return text::contains(c.header, "整改"); });
    if (!rectified && (!holding(TaskField::measure).empty() || !holding(TaskField::target).empty())) return false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].field != TaskField::none || !names_a_problem(columns_[i].header)) continue;
      suggest(i, TaskField::title, rectified ? 100 : 80);
      return true;
    }
    return false;
  }

  /// "完成情况" without a column for closing: words of a state and nothing else. 计划销号时间 is none for closing, but
  /// the due where there is no other.
  void settle_state() {
    for (const std::size_t i : holding(TaskField::closed)) {
      if (state_head(columns_[i].header) == StateHead::planned)
        suggest(i, holding(TaskField::due).empty() ? TaskField::due : TaskField::none, 80);
    }
    if (!holding(TaskField::closed).empty()) return;
    for (const std::size_t i : holding(TaskField::progress)) {
      if (holds_states(grid_, block_, columns_[i].column)) return suggest(i, TaskField::closed, 80);
    }
  }

  void suggest(std::size_t i, TaskField field, int confidence) {
    columns_[i].candidates = {field, columns_[i].field};
    columns_[i].field = field;
    columns_[i].confidence = confidence;
  }

  /// A column that gives up its field is kept under its header: sealed when it was one of persons.
  TaskField without_field(std::size_t i) const {
    return persons_[i] || personal_field(columns_[i].field) ? TaskField::person : TaskField::none;
  }

  /// 计划开工时间, 下达时间 and 实际完成 are no dues; of those that may be, the one that names an end.
  void settle_times() {
    for (std::size_t i = 0; i < columns_.size(); ++i) {   // 计划完成
      const ColumnReading& column = columns_[i];
      if (column.field == TaskField::due || column.confidence == 100 || persons_[i]) continue;
      if (time_of(column.header) == TimeOf::end && holds_dues(grid_, block_, column.column))
        suggest(i, TaskField::due, 70);
    }
    std::size_t best = no_column;
    const std::vector<std::size_t> dues = holding(TaskField::due);
    for (const std::size_t i : dues) {
      if (best == no_column || time_of(columns_[i].header) > time_of(columns_[best].header)) best = i;
    }
    for (const std::size_t i : dues) {
      const TimeOf told = time_of(columns_[i].header);
      const bool lesser = dues.size() > 1 && told < time_of(columns_[best].header);
      if (!lesser && (told != TimeOf::another || columns_[i].confidence == 100)) continue;
      columns_[i].field = without_field(i);
      columns_[i].confidence = 50;
      columns_[i].candidates = {columns_[i].field, TaskField::due};
    }
  }

  /// One field, one column: known names before resembling ones, then the first; of parts of one head the last with
  /// data.
  void settle_doubles() {
    for (int f = 1; f < task_field_count; ++f) {
      const auto field = static_cast<TaskField>(f);
      const auto at = holding(field);
      if (at.size() < 2 || field == TaskField::person) continue;
      std::size_t best = at[0];
      for (const std::size_t i : at) {
        const bool better = columns_[i].confidence > columns_[best].confidence || tells_more_of_closing(i, best) ||
                            of_the_year(i, best);
        const bool later_part = by_parent_[i] && by_parent_[best] && has_data(grid_, block_, columns_[i].column);
        if (better || later_part) best = i;
      }
      for (const std::size_t i : at) {
        if (i == best) continue;
        columns_[i].field = without_field(i);
        columns_[i].confidence = 50;
        columns_[i].candidates = {columns_[i].field, field};
      }
    }
  }

  /// 全年目标 beside 上半年目标.
  [[nodiscard]] bool of_the_year(std::size_t i, std::size_t than) const {
    const auto whole = [&](std::size_t at) {
      return std::ranges::any_of(std::initializer_list<const char*>{"全年", "年度", "总目标", "总体", "最终"},
                                 [&](const char* word) { return text::contains(columns_[at].header, word); });
    };
    return columns_[i].field == TaskField::target && columns_[i].confidence == columns_[than].confidence && whole(i) &&
           !whole(than);
  }

  /// 销号情况 beside 是否完成.
  [[nodiscard]] bool tells_more_of_closing(std::size_t i, std::size_t than) const {
    const auto head = [&](std::size_t at) { return state_head(columns_[at].header); };
    return columns_[i].field == TaskField::closed && columns_[i].confidence == columns_[than].confidence &&
           head(i) == StateHead::closed && head(than) != StateHead::closed;
  }

  void ask(std::size_t i) {
    ColumnReading& column = columns_[i];
    const bool settled = column.confidence == 100;
    if (settled || !has_data(grid_, block_, column.column)) return;
    const std::string letters = column_letters(column.column);
    Question question;
    const std::string head = std::to_string(block_.first + 1);
    question.id = "column:" + letters + (further_ ? "@" + head : "");
    question.column = column.column;
    const std::string shown = column.header.empty() ? "（无表头）" : column.header;
    const char* told_zh = mixed(i) ? "其中认得出的单位照常显示，其余按个人信息加密保存" : "";
    const char* told_en = mixed(i) ? " What is surely a unit is shown, the rest is kept encrypted as persons" : "";
    question.zh =
        (further_ ? "第 " + head + " 行起的表中，" : "") + "第 " + letters + " 列“" + shown + "”是什么？" + told_zh;
    question.en = "What is column " + letters + " '" + shown + "'" +
                  (further_ ? " of the table from row " + head + " on" : "") + "?" + told_en;
    const auto offer = [&](TaskField field) {
      if (field == TaskField::none && persons_[i]) return;   // what names persons is never kept as typed
      const std::string name(task_field_name(field));
      for (const Choice& choice : question.choices) {
        if (choice.value == name) return;
      }
      question.choices.push_back({name, std::string(task_field_zh(field)), std::string(task_field_en(field))});
    };
    offer(column.field);
    for (const TaskField candidate : column.candidates) offer(candidate);
    for (int f = 0; f < task_field_count; ++f) offer(static_cast<TaskField>(f));
    question.default_value = task_field_name(column.field);
    const std::string id = question.id;
    const std::string value = desk_.ask(std::move(question));
    if (value == task_field_name(column.field)) return;
    column.field = task_field_of(value).value_or(TaskField::none);
    column.confidence = 100;
    if (column.field != TaskField::none && column.field != TaskField::person) release_others(i);
  }

  /// An answer outranks what was guessed elsewhere for the same field.
  void release_others(std::size_t i) {
    if (!repeated_only(columns_, i)) return;
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      if (j != i && columns_[j].field == columns_[i].field) columns_[j].field = without_field(j);
    }
  }

  const Grid& grid_;
  HeaderBlock block_;
  Desk& desk_;
  bool further_;   ///< not the first head of the sheet
  std::vector<ColumnReading> columns_;
  std::vector<bool> by_parent_, persons_, units_;   ///< by index of columns_; what the header names
};

/// Rows of a head that begins in `first`.
HeaderBlock block_at(const Grid& grid, std::size_t first, std::size_t width) {
  HeaderBlock block{first, first + 1, grid.rows.size()};
  while (block.end < grid.rows.size() && block.end - block.first < deepest_header &&
         continues(grid, block.first, block.end, width)) {
    ++block.end;
  }
  return block;
}

/// The cells of a row that may be a head: short words, no figures, no labels of a sign-off line.
std::optional<std::vector<std::pair<std::size_t, HeaderMatch>>> short_words(const Grid& grid, std::size_t row) {
  constexpr std::size_t longest_name = 16;
  std::vector<std::pair<std::size_t, HeaderMatch>> out;
  for (std::size_t c = 0; c < grid.rows[row].size(); ++c) {
    const GridCell& cell = grid.rows[row][c];
    if (cell.kind == CellKind::empty || unseen(cell.text)) continue;
    const bool label = text::contains(cell.text, "：") || text::contains(cell.text, ":");
    if (cell.kind != CellKind::text || label || figure(cell.text) || text::length(cell.text) > longest_name)
      return std::nullopt;
    out.emplace_back(c, match_header(cell.text));
  }
  return out;
}

/// Nothing, or a title alone, stands right above.
bool begins_anew(const Grid& grid, std::size_t row) { return row == 0 || distinct_texts(grid, row - 1).size() <= 1; }

bool numbers_rows(const Grid& grid, HeaderBlock head, std::size_t column) {
  return match_path(path_of(grid, head, column)).match.field == TaskField::number;
}

/// Most are names of columns that we know; or the first is 序号; or one is known, below a title, and a word stands
/// where the table above has its numbers.
bool names_columns(const Grid& grid, std::size_t row, HeaderBlock above) {
  const auto words = short_words(grid, row);
  if (!words || words->size() < 3) return false;
  const auto known =
      static_cast<std::size_t>(std::ranges::count_if(*words, [](const auto& w) { return w.second.known; }));
  const auto& [column, first] = words->front();
  if (first.known && first.field == TaskField::number) return true;
  if (known >= 3 && known * 5 >= words->size() * 3) return true;
  return known > 0 && begins_anew(grid, row) && numbers_rows(grid, above, column) &&
         heading_number(grid.at(row, column).text) == 0 && section_depth(grid.at(row, column).text) == 0;
}

/// How many columns are called by a known name.
std::size_t known_names(const Grid& grid, HeaderBlock block, std::size_t width) {
  std::size_t known = 0;
  for (std::size_t c = 0; c < width; ++c) known += match_path(path_of(grid, block, c)).match.confidence == 100 ? 1 : 0;
  return known;
}

/// A title split over cells and a line of labels (责任单位：市发改局) say words of heads, too: the head right below
/// them says more of them, as its columns are called.
HeaderBlock best_of_the_next(const Grid& grid, HeaderBlock found, std::size_t width) {
  constexpr std::size_t lines_between = 3;
  HeaderBlock best = found;
  std::size_t most = known_names(grid, found, width);
  for (std::size_t r = found.end; r < std::min(grid.rows.size(), found.end + lines_between); ++r) {
    if (distinct_texts(grid, r).size() < 2) continue;
    const HeaderBlock block = block_at(grid, r, width);
    const std::size_t known = known_names(grid, block, width);
    if (known < 3 || known <= most || !qualifies(grid, block, width)) continue;
    best = block;
    most = known;
  }
  return best;
}

}   // namespace

Result<HeaderBlock> find_header(const Grid& grid) {
  const std::size_t width = width_of(grid);
  const Position sheet = grid.position(0, 0);
  if (width == 0) return fail(errors::register_empty, {}, sheet);
  for (std::size_t r = 0; r < std::min(grid.rows.size(), search_rows); ++r) {
    if (distinct_texts(grid, r).size() < 2) continue;   // titles stand alone in their row
    const HeaderBlock block = block_at(grid, r, width);
    if (qualifies(grid, block, width)) return best_of_the_next(grid, block, width);
  }
  return fail(errors::register_no_header, {std::to_string(search_rows)}, sheet);
}

std::optional<InnerHead> inner_head(const Grid& grid, std::size_t row, HeaderBlock above) {
  if (!names_columns(grid, row, above)) return std::nullopt;
  const std::size_t width = width_of(grid);
  const HeaderBlock block = block_at(grid, row, width);
  return InnerHead{block, qualifies(grid, block, width)};
}

bool repeats_head(const Grid& grid, std::size_t row, HeaderBlock head, int columns) {
  int same = 0;
  for (std::size_t c = 0; c < grid.rows[row].size(); ++c) {
    const std::string text = plain_header(grid.at(row, c).text);
    if (text.empty()) continue;
    bool in_head = false;
    for (std::size_t r = head.first; r < head.end; ++r) in_head = in_head || plain_header(grid.at(r, c).text) == text;
    if (!in_head) return false;
    ++same;
  }
  return same >= columns;
}

std::vector<ColumnReading> read_columns(const Grid& grid, HeaderBlock block, Desk& desk, bool further) {
  return ColumnReader(grid, block, desk, further).read();
}

std::size_t column_of(const std::vector<ColumnReading>& columns, TaskField field) {
  for (const ColumnReading& column : columns) {
    if (column.field == field) return column.column;
  }
  return no_column;
}

}   // namespace gangmu::plan
