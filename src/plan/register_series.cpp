// SPDX-License-Identifier: Apache-2.0
#include "plan/register_series.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "plan/due.hpp"
#include "plan/register_names.hpp"
#include "plan/register_persons.hpp"
#include "plan/register_units.hpp"
#include "plan/register_values.hpp"

namespace gangmu::plan {

namespace {

constexpr std::string_view yes_marks[] = {"√", "✓", "✔", "☑", "●", "■", "★", "▲", "◆", "V", "v", "Y", "y", "是"};
constexpr std::string_view open_marks[] = {"○", "◯", "〇", "O", "o", "△", "☆", "□", "◇", "◎"};
constexpr std::string_view no_marks[] = {"×", "✗", "✘", "X", "x", "—", "——", "-", "/", "否", "无", "N", "n", "0"};

template <std::size_t n>
bool among(std::string_view mark, const std::string_view (&marks)[n]) {
  return std::find(std::begin(marks), std::end(marks), mark) != std::end(marks);
}

/// What a series of columns tells of a task.
enum class Says : std::uint8_t { unclear, progress, percent, plan };

bool holds_any(std::string_view s, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text::contains(s, word); });
}

Says says(std::string_view header) {
  if (holds_any(header, {"完成率", "完成比例", "完成百分比"})) return Says::percent;
  if (holds_any(header, {"安排", "计划", "时限", "节点", "时序", "完成时间"})) return Says::plan;
  if (holds_any(header, {"进展", "完成情况", "落实情况", "推进情况", "进度情况", "工作情况", "开展情况", "工作动态"}))
    return Says::progress;
  return Says::unclear;
}

/// The time a header is of: "6月", "第二季度", "第3周", "6.5-6.11"; empty when it is of none. Words of progress beside
/// it
/// ("6月进展情况") do not matter.
struct TimeNamed {
  std::string text;     ///< as a due: "6月"
  bool month = false;   ///< or quarter, or half: can be due at its end
};
std::optional<TimeNamed> time_named(std::string header) {
  for (const std::string_view word :
       {"工作进展情况", "进展情况", "工作进展", "完成情况", "落实情况", "推进情况", "进度情况", "工作情况", "开展情况",
        "完成率", "完成比例", "工作计划", "计划", "进展", "进度", "完成", "工作动态"}) {
    if (header.size() > word.size() && header.ends_with(word)) header.resize(header.size() - word.size());
  }
  if (header.ends_with("周") || header.ends_with("周次") || holds_any(header, {"本周", "上周", "本月", "上月"}))
    return text::length(header) <= 8 ? std::optional(TimeNamed{header, false}) : std::nullopt;
  const auto due = parse_due(header, 2000);   // of any year
  if (!due || !due->dated() || due->kind == DueKind::year) return std::nullopt;
  return TimeNamed{header, due->kind != DueKind::date};
}

std::vector<std::string> path_of(const ColumnReading& column) { return text::split(column.header, '/'); }

class SeriesFinder {
 public:
  SeriesFinder(const Grid& grid, HeaderBlock block, std::vector<ColumnReading>& columns, Desk& desk, bool further)
      : grid_(grid),
        block_(block),
        columns_(columns),
        desk_(desk),
        of_table_(further ? "@" + std::to_string(block.first + 1) : "") {}

  void find() {
    for (std::size_t i = 0; i < columns_.size();) {
      const std::size_t times = run(i, [&](const ColumnReading& c) { return time_of(c).has_value(); });
      const std::size_t units = run(i, [&](const ColumnReading& c) { return unit_column(c); });
      if (times >= 2 && settle_times(i, i + times))
        i += times;
      else if (units >= 2 && settle_units(i, i + units))
        i += units;
      else
        ++i;
    }
  }

 private:
  /// How many columns from `i` on stand side by side under one head and are all of one kind.
  template <class Is>
  std::size_t run(std::size_t i, const Is& is) const {
    std::size_t n = 0;
    while (i + n < columns_.size() && is(columns_[i + n]) && (n == 0 || beside(i + n))) ++n;
    return n;
  }
  [[nodiscard]] bool beside(std::size_t i) const {
    return columns_[i].column == columns_[i - 1].column + 1 && parent(columns_[i]) == parent(columns_[i - 1]);
  }
  /// The head above, but for its year: 2023年 and 2024年 stand over one series.
  static std::string parent(const ColumnReading& column) {
    std::vector<std::string> path = path_of(column);
    path.pop_back();
    std::erase_if(path, [](const std::string& above) {
      const auto year = parse_due(above);
      return year && year->kind == DueKind::year;
    });
    return text::join(path, "/");
  }
  static std::string lowest(const ColumnReading& column) { return path_of(column).back(); }

  /// With the year of the head above it, where that names one.
  static std::optional<TimeNamed> time_of(const ColumnReading& column) {
    if (column.header.empty()) return std::nullopt;
    auto time = time_named(lowest(column));
    const bool of_months = says(parent(column)) != Says::unclear || text::contains(parent(column), "月");
    if (const auto number = Decimal::parse(lowest(column));
        !time && of_months && number && *number >= Decimal(1, 0) && *number <= Decimal(12, 0) && number->scale() == 0)
      time = TimeNamed{lowest(column) + "月", true};   // 进度安排（月）: 1 2 3 …
    if (!time || !time->month) return time;
    for (const std::string& above : path_of(column)) {
      const auto year = parse_due(above);
      if (year && year->kind == DueKind::year && !parse_due(time->text)) time->text = above + time->text;
    }
    return time;
  }

  struct Filled {
    int cells = 0, marks = 0, figures = 0;
  };
  [[nodiscard]] Filled filled(const ColumnReading& column) const {
    Filled out;
    for (std::size_t r = block_.end; r < block_.below; ++r) {
      const GridCell& cell = grid_.at(r, column.column);
      if (cell.kind == CellKind::empty || text::trim(cell.text).empty()) continue;
      ++out.cells;
      out.marks += is_mark(cell.text) ? 1 : 0;
      out.figures += percent_text(cell) ? 1 : 0;
    }
    return out;
  }
  [[nodiscard]] Filled filled(std::size_t first, std::size_t end) const {
    Filled all;
    for (std::size_t i = first; i < end; ++i) {
      const Filled one = filled(columns_[i]);
      all.cells += one.cells;
      all.marks += one.marks;
      all.figures += one.figures;
    }
    return all;
  }

  [[nodiscard]] bool has(TaskField field, std::size_t first, std::size_t end) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if ((i < first || i >= end) && columns_[i].field == field) return true;
    }
    return false;
  }

  [[nodiscard]] Says said(std::size_t first) const {
    const Says own = says(lowest(columns_[first]));
    return own == Says::unclear ? says(parent(columns_[first])) : own;
  }

  /// What the cells look like, where the head does not say it.
  [[nodiscard]] TaskField guess(std::size_t first, std::size_t end, bool months) const {
    const Filled cells = filled(first, end);
    const bool marks = cells.marks * 5 >= cells.cells * 4;
    const bool figures = !marks && cells.figures * 5 >= cells.cells * 4;
    const bool no_due = !has(TaskField::due, first, end);
    switch (said(first)) {
      case Says::percent: return TaskField::percent;
      case Says::progress: return marks ? TaskField::none : TaskField::progress;
      case Says::plan: return months && no_due ? TaskField::due : TaskField::none;
      case Says::unclear: break;
    }
    if (figures) return TaskField::percent;
    if (months && no_due) return TaskField::due;
    return marks ? TaskField::none : TaskField::progress;
  }

  [[nodiscard]] Question about(std::size_t first, std::size_t end) const {
    Question question;
    const std::string from = column_letters(columns_[first].column), to = column_letters(columns_[end - 1].column);
    question.id = "series:" + from + of_table_;
    question.column = columns_[first].column;
    question.zh = "第 " + from + " 至 " + to + " 列“" + lowest(columns_[first]) + "”至“" + lowest(columns_[end - 1]) +
                  "”说的是什么？";
    question.en = "What do columns " + from + " to " + to + " say ('" + lowest(columns_[first]) + "' to '" +
                  lowest(columns_[end - 1]) + "')?";
    return question;
  }

  bool settle_times(std::size_t first, std::size_t end) {
    if (filled(first, end).cells == 0) return false;
    const bool months = std::all_of(columns_.begin() + static_cast<std::ptrdiff_t>(first),
                                    columns_.begin() + static_cast<std::ptrdiff_t>(end),
                                    [](const ColumnReading& c) { return time_of(c)->month; });
    const TaskField guessed = guess(first, end, months);
    Question question = about(first, end);
    if (months)
      question.choices.push_back({"due", "最后一个有标记或内容的月份（季度）就是完成时限",
                                  "the last month or quarter that is marked or filled is the due"});
    question.choices.push_back(
        {"progress", "各期进展，以最近一期为进展情况", "progress period by period; the latest is the progress"});
    question.choices.push_back(
        {"percent", "各期完成比例，以最近一期为准", "percentages period by period; the latest counts"});
    question.choices.push_back({"none", "其他，按原样保留", "something else, kept as typed"});
    question.default_value = task_field_name(guessed);
    const TaskField field = task_field_of(desk_.ask(std::move(question))).value_or(TaskField::none);
    for (std::size_t i = first; i < end; ++i) {
      join(columns_[i], field);
      if (field == TaskField::due) columns_[i].stands_for = time_of(columns_[i])->text;
    }
    if (field == TaskField::progress || field == TaskField::percent) own_latest(first, end, field);
    return true;
  }

  /// The last column that is filled anywhere is the one to be written again.
  void own_latest(std::size_t first, std::size_t end, TaskField field) {
    if (has(field, first, end)) {   // a column of its own says it already
      for (std::size_t i = first; i < end; ++i) columns_[i].series = TaskField::none;
      return;
    }
    for (std::size_t i = end; i-- > first;) {
      if (filled(columns_[i]).cells == 0) continue;
      columns_[i].field = field;
      return;
    }
  }

  static void join(ColumnReading& column, TaskField field) {
    column.field = TaskField::none;
    column.confidence = 100;
    column.candidates.clear();
    column.series = field;
  }

  // --- units ---------------------------------------------------------------------------------------------------------

  [[nodiscard]] bool unit_column(const ColumnReading& column) const {
    if (column.header.empty() || column.confidence == 100) return false;
    const std::u32string name = text::code_points(lowest(column));
    const bool place =
        name.size() >= 2 && std::u32string_view(U"县区市镇乡村").find(name.back()) != std::u32string_view::npos;
    if (!place && !name.ends_with(U"街道") && !stands_for_unit(name)) return false;
    const Filled cells = filled(column);
    return cells.marks == cells.cells;
  }

  bool settle_units(std::size_t first, std::size_t end) {
    if (filled(first, end).cells == 0) return false;
    const std::set<std::string> marks = marks_in(first, end);
    std::map<std::string, TaskField> parts;
    for (const std::string& mark : marks) {
      const auto word = part_named(mark);
      if (!marks_.contains(mark))
        marks_[mark] = says_no(mark) ? TaskField::none : word ? *word : asked(mark, first, end, marks);
      parts[mark] = marks_[mark];
    }
    for (std::size_t i = first; i < end; ++i) {
      columns_[i].stands_for = lowest(columns_[i]);
      columns_[i].marks = parts;
      join(columns_[i], TaskField::responsible);
    }
    return true;
  }

  [[nodiscard]] std::set<std::string> marks_in(std::size_t first, std::size_t end) const {
    std::set<std::string> marks;
    for (std::size_t r = block_.end; r < block_.below; ++r) {
      for (std::size_t i = first; i < end; ++i) {
        const std::string mark(text::trim(grid_.at(r, columns_[i].column).text));
        if (!mark.empty()) marks.insert(mark);
      }
    }
    return marks;
  }

  /// What a legend says of a mark: "√为牵头单位，○为配合单位".
  [[nodiscard]] std::optional<TaskField> legend(const std::string& mark) const {
    for (const auto& row : grid_.rows) {
      for (const GridCell& cell : row) {
        const auto at = cell.text.find(mark);
        if (at == std::string::npos || cell.text.size() <= mark.size() + 3) continue;
        if (const auto part = first_part_in(std::string_view(cell.text).substr(at + mark.size()))) return part;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] TaskField part_by_head(const std::string& mark, std::size_t first,
                                       const std::set<std::string>& marks) const {
    const std::string above = parent(columns_[first]);
    if (text::contains(above, "配合")) return TaskField::cooperating;
    if (holds_any(above, {"进展", "完成", "落实情况", "推进"})) return TaskField::none;
    const bool other_says_yes =
        std::any_of(marks.begin(), marks.end(), [](const auto& m) { return among(m, yes_marks); });
    return among(mark, open_marks) && other_says_yes ? TaskField::cooperating : TaskField::responsible;
  }

  TaskField asked(const std::string& mark, std::size_t first, std::size_t end, const std::set<std::string>& marks) {
    Question question = about(first, end);
    question.id = "mark:" + mark + of_table_;
    question.zh = "第 " + column_letters(columns_[first].column) + " 至 " + column_letters(columns_[end - 1].column) +
                  " 列以单位为列名，标“" + mark + "”的单位在任务中是什么？";
    question.en = "Columns " + column_letters(columns_[first].column) + " to " +
                  column_letters(columns_[end - 1].column) + " are named after units. What is a unit marked '" + mark +
                  "'?";
    for (const TaskField part : {TaskField::lead, TaskField::responsible, TaskField::cooperating, TaskField::none})
      question.choices.push_back(
          {std::string(task_field_name(part)), std::string(task_field_zh(part)), std::string(task_field_en(part))});
    question.default_value = task_field_name(legend(mark).value_or(part_by_head(mark, first, marks)));
    return task_field_of(desk_.ask(std::move(question))).value_or(TaskField::none);
  }

  const Grid& grid_;
  HeaderBlock block_;
  std::vector<ColumnReading>& columns_;
  Desk& desk_;
  std::string of_table_;                     ///< in ids of questions
  std::map<std::string, TaskField> marks_;   ///< asked once for a table
};

}   // namespace

bool is_mark(std::string_view typed) {
  const std::string_view mark = text::trim(typed);
  return among(mark, yes_marks) || among(mark, open_marks) || among(mark, no_marks) || part_named(mark).has_value();
}

const ColumnReading* last_marked(const Grid& grid, std::size_t row, const std::vector<ColumnReading>& columns,
                                 TaskField field) {
  const ColumnReading* last = nullptr;
  for (const ColumnReading& column : columns) {
    const std::string_view text = text::trim(grid.at(row, column.column).text);
    if (column.series == field && !text.empty() && !says_no(text)) last = &column;
  }
  return last;
}

bool says_no(std::string_view mark) { return among(text::trim(mark), no_marks); }

void find_series(const Grid& grid, HeaderBlock block, std::vector<ColumnReading>& columns, Desk& desk, bool further) {
  SeriesFinder(grid, block, columns, desk, further).find();
}

}   // namespace gangmu::plan
