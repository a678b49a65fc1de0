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
#include "plan/due_moment.hpp"
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
  if (says_a_plan(header)) return Says::plan;
  if (holds_any(header, {"完成率", "完成比例", "完成百分比"})) return Says::percent;
  if (holds_any(header, {"进展", "完成情况", "落实情况", "推进情况", "进度情况", "工作情况", "开展情况", "工作动态"}))
    return Says::progress;
  return holds_any(header, {"安排", "计划", "时限", "节点", "时序", "完成时间"}) ? Says::plan : Says::unclear;
}

/// The time a header is of: "6月", "第二季度", "第3周", "6.5-6.11"; empty when it is of none. Words of progress beside
/// it
/// ("6月进展情况") do not matter.
struct TimeNamed {
  std::string text;     ///< as a due: "6月"
  bool month = false;   ///< or quarter, or half: can be due at its end
};
std::optional<TimeNamed> time_named(std::string header) {
  for (const std::string_view word : {"计划", "安排", "打算", "拟"}) {   // 7月计划完成事项
    const std::size_t at = header.find(word);
    if (says_a_plan(header) && at != std::string::npos && at > 0) header.resize(at);
  }
  for (const std::string_view word :
       {"工作进展情况", "进展情况", "工作进展", "完成情况", "落实情况", "推进情况", "进度情况",
        "工作情况",     "开展情况", "完成率",   "完成比例", "工作目标", "工作重点", "目标",
        "进展",         "进度",     "完成",     "工作动态", "工作",     "实际"}) {
    if (header.size() > word.size() && header.ends_with(word)) header.resize(header.size() - word.size());
  }
  if (header.ends_with("周") || header.ends_with("周次") ||
      holds_any(header, {"本周", "上周", "前周", "下周", "本月", "上月", "前月", "下月", "本季度", "上季度", "下季度",
                         "本期", "上期", "下期"}))
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
        of_table_(further ? "@" + std::to_string(block.first + 1) : "") {
    wide_to_.resize(grid.rows.size());
    for (const MergedRange& m : grid.merges) {
      if (columns.empty() || m.first_column > columns.front().column || m.last_column == m.first_column) continue;
      for (std::size_t r = m.first_row; r <= m.last_row && r < wide_to_.size(); ++r) wide_to_[r] = m.last_column;
    }
  }

  void find() {
    for (std::size_t i = 0; i < columns_.size();) {
      const std::size_t times = run(i, [&](const ColumnReading& c) { return time_of(c).has_value(); });
      const std::size_t units = run(i, [&](const ColumnReading& c) { return unit_column(c); });
      if (times >= 2 && settle_times(all_of(i, i + times)))
        i += times;
      else if (units >= 2 && settle_units(i, i + units))
        i += units;
      else
        ++i;
    }
  }

 private:
  using Indices = std::vector<std::size_t>;   ///< of columns_
  static Indices all_of(std::size_t first, std::size_t end) {
    Indices at;
    for (std::size_t i = first; i < end; ++i) at.push_back(i);
    return at;
  }

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
  /// A heading, a note or a legend merged from the first column on is of none of those it covers.
  [[nodiscard]] bool of_the_row(std::size_t row, std::size_t column) const {
    return row < wide_to_.size() && wide_to_[row] >= column && wide_to_[row] > 0;
  }
  [[nodiscard]] Filled filled(const ColumnReading& column) const {
    Filled out;
    for (std::size_t r = block_.end; r < block_.below; ++r) {
      const GridCell& cell = grid_.at(r, column.column);
      if (cell.kind == CellKind::empty || text::trim(cell.text).empty() || of_the_row(r, column.column)) continue;
      ++out.cells;
      out.marks += is_mark(cell.text) ? 1 : 0;
      out.figures += percent_text(cell) ? 1 : 0;
    }
    return out;
  }
  [[nodiscard]] Filled filled(const Indices& at) const {
    Filled all;
    for (const std::size_t i : at) {
      const Filled one = filled(columns_[i]);
      all.cells += one.cells;
      all.marks += one.marks;
      all.figures += one.figures;
    }
    return all;
  }

  [[nodiscard]] bool has_beside(TaskField field, const Indices& at) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].field == field && std::ranges::find(at, i) == at.end()) return true;
    }
    return false;
  }

  [[nodiscard]] Says said(std::size_t first) const {
    const Says own = says(lowest(columns_[first]));
    return own == Says::unclear ? says(parent(columns_[first])) : own;
  }

  /// 完成投资（万元）: figures that count something are no percentages; nor are those above 100.
  [[nodiscard]] bool amounts(const Indices& at) const {
    std::string heads;
    for (std::size_t r = block_.first; r < block_.end; ++r) {
      for (const std::size_t i : at) heads += grid_.at(r, columns_[i].column).text;
    }
    const std::string narrow = text::narrow(heads);
    if (holds_any(narrow,
                  {"元)", "(个", "(户", "(人", "(家", "(亩", "(公里", "(吨", "(台", "(套", "(宗", "(件", "(平方"}))
      return true;
    if (holds_any(narrow, {"%", "率", "比例", "占比", "进度"})) return false;
    if (holds_any(narrow, {"万元", "亿元", "投资", "资金", "产值", "收入", "金额", "数量", "面积", "人次"}))
      return true;
    for (std::size_t r = block_.end; r < block_.below; ++r) {
      for (const std::size_t i : at) {
        const auto typed = percent_text(grid_.at(r, columns_[i].column));
        if (typed && typed->style != PercentStyle::sign && typed->value > Decimal(100, 0)) return true;
      }
    }
    return false;
  }

  /// What the cells look like, where the head does not say it.
  [[nodiscard]] TaskField guess(const Indices& at, bool months, bool beside_plans) const {
    const Filled cells = filled(at);
    const bool marks = cells.marks * 5 >= cells.cells * 4;
    const bool figures = !marks && cells.figures * 5 >= cells.cells * 4;
    const bool no_due = !has_beside(TaskField::due, at);
    const Says told = said(at.front());
    switch (beside_plans && told == Says::plan ? Says::unclear : told) {
      case Says::percent: return TaskField::percent;
      case Says::progress: return marks ? TaskField::none : TaskField::progress;
      case Says::plan: return months && no_due ? TaskField::due : TaskField::none;
      case Says::unclear: break;
    }
    if (figures) return amounts(at) ? TaskField::none : TaskField::percent;
    if (months && no_due && !beside_plans) return TaskField::due;
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

  /// 7月工作计划 beside 6月工作进展: what is planned next is kept, and is no progress.
  Indices without_plans(const Indices& at) {
    Indices rest;
    for (const std::size_t i : at) {
      const std::string head = lowest(columns_[i]);
      if (says(head) != Says::plan && !head.starts_with("下周") && !head.starts_with("下月") &&
          !head.starts_with("下季") && !head.starts_with("下期"))
        rest.push_back(i);
    }
    if (rest.empty() || rest.size() == at.size()) return at;
    for (const std::size_t i : at) {
      if (std::ranges::find(rest, i) == rest.end()) join(columns_[i], TaskField::none);
    }
    return rest;
  }

  bool settle_times(const Indices& side_by_side) {
    if (filled(side_by_side).cells == 0) return false;
    const Indices at = without_plans(side_by_side);
    if (at.size() < 2) return true;   // one column: by its head
    const bool months = std::ranges::all_of(at, [&](std::size_t i) { return time_of(columns_[i])->month; });
    const TaskField guessed = guess(at, months, at.size() < side_by_side.size());
    Question question = about(at.front(), at.back() + 1);
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
    const bool newest_first = runs_backward(at);
    const std::vector<std::string> times =
        field == TaskField::due ? forward(at, newest_first) : std::vector<std::string>();
    for (std::size_t n = 0; n < at.size(); ++n) {
      join(columns_[at[n]], field);
      columns_[at[n]].period = static_cast<int>(newest_first ? at.size() - n : n);
      if (field == TaskField::due) columns_[at[n]].stands_for = times[n];
    }
    if (field == TaskField::progress || field == TaskField::percent)
      own_latest(newest_first ? Indices(at.rbegin(), at.rend()) : at, field);
    return true;
  }

  /// A number that grows with time: of the last day named, or of the week; 上周 is before 本周.
  static std::optional<std::int64_t> place_in_time(const std::string& head) {
    constexpr int any_year = 2000;
    if (head.starts_with("前周") || head.starts_with("前月")) return -1;
    for (const std::string_view before : {"上周", "上月", "上季", "上期"})
      if (head.starts_with(before)) return 0;
    for (const std::string_view now : {"本周", "本月", "本季", "本期", "当前", "目前"})
      if (head.starts_with(now)) return 1;
    const std::size_t nth = head.find("第"), week = head.find("周");
    if (nth != std::string::npos && week != std::string::npos && nth < week) {
      const std::u32string digits = plain_due(head.substr(nth + 3, week - nth - 3));
      const auto number = Decimal::parse(text::utf8(digits));
      const auto month = nth == 0 ? Result<Due>(Due{}) : parse_due(head.substr(0, nth), any_year);
      if (!number || number->scale() != 0 || !month) return std::nullopt;
      return (nth == 0 ? 0 : month->last.month() * 100) + number->units();
    }
    const auto due = parse_due(head, any_year);
    return due && due->dated() ? std::optional<std::int64_t>(due->last.days) : std::nullopt;
  }

  /// 6月进展 5月进展 4月进展: the newest stands first. 12月 1月 runs on into the next year.
  [[nodiscard]] bool runs_backward(const Indices& at) const {
    std::vector<std::int64_t> places;
    for (const std::size_t i : at) {
      const auto place = place_in_time(time_of(columns_[i])->text);
      if (!place || (!places.empty() && *place >= places.back())) return false;
      places.push_back(*place);
    }
    return at.size() > 2 || !from_december_on(time_of(columns_[at[0]])->text, time_of(columns_[at[1]])->text);
  }

  /// 12月 1月, 四季度 一季度, 下半年 上半年.
  static bool from_december_on(const std::string& one, const std::string& next) {
    constexpr int any_year = 2000;
    const auto first = parse_due(one, any_year), second = parse_due(next, any_year);
    if (!first || !second || first->kind != second->kind || second->last.year() != any_year) return false;
    const int months = second->kind == DueKind::month     ? 1
                       : second->kind == DueKind::quarter ? 3
                       : second->kind == DueKind::half    ? 6
                                                          : 0;
    return first->last.month() == 12 && second->last.month() == months;
  }

  /// The times of months that run on into the next year: 11月 12月 1月 → 11月 12月 次年1月; beside 2024年1月 the others
  /// are of the years that fit.
  [[nodiscard]] std::vector<std::string> forward(const Indices& at, bool newest_first) const {
    constexpr int any_year = 2000;
    std::vector<std::string> times;
    std::vector<int> month, year, later(at.size(), 0);   // `year` 0: not named
    int drops = 0, rises = 0;
    for (std::size_t n = 0; n < at.size(); ++n) {
      times.push_back(time_of(columns_[at[n]])->text);
      const auto named = parse_due(times[n]);
      year.push_back(named ? named->last.year() : 0);
      month.push_back(parse_due(times[n], any_year)->last.month());
      if (n == 0) continue;
      const bool drop = month[n] < month[n - 1];
      drops += drop ? 1 : 0;
      rises += drop ? 0 : 1;
      later[n] = later[n - 1] + (drop ? 1 : 0);
    }
    const bool end_of_year = std::ranges::any_of(month, [](int m) { return m == 12; });
    if (newest_first || drops != 1 || month.back() >= month.front() || (rises == 0 && !end_of_year)) return times;
    const auto named = std::ranges::find_if(year, [](int y) { return y != 0; });
    const int base = named == year.end() ? 0 : *named - later[static_cast<std::size_t>(named - year.begin())];
    for (std::size_t n = 0; n < at.size(); ++n) {
      if (year[n] != 0 && year[n] != base + later[n]) return times;
      if (year[n] != 0) continue;
      if (base != 0)
        times[n] = std::to_string(base + later[n]) + "年" + times[n];
      else if (later[n] > 0)
        times[n] = "次年" + times[n];
    }
    return times;
  }

  /// The last column that is filled anywhere is the one to be written again.
  void own_latest(const Indices& at, TaskField field) {
    if (has_beside(field, at)) {   // a column of its own says it already
      for (const std::size_t i : at) columns_[i].series = TaskField::none;
      return;
    }
    for (std::size_t n = at.size(); n-- > 0;) {
      if (filled(columns_[at[n]]).cells == 0) continue;
      columns_[at[n]].field = field;
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
    if (filled(all_of(first, end)).cells == 0) return false;
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
        if (!mark.empty() && !of_the_row(r, columns_[i].column)) marks.insert(mark);
      }
    }
    return marks;
  }

  /// What a legend says of a mark: "√为牵头单位，○为配合单位", "牵头单位●，配合单位○".
  [[nodiscard]] std::optional<TaskField> legend(const std::string& mark, const std::set<std::string>& marks) const {
    for (const auto& row : grid_.rows) {
      for (const GridCell& cell : row) {
        const auto at = cell.text.find(mark);
        if (at == std::string::npos || cell.text.size() <= mark.size() + 3) continue;
        const std::string_view text = cell.text;
        if (const auto part = part_before(text, at, marks)) return part;
        if (const auto part = first_part_in(text.substr(at + mark.size()))) return part;
      }
    }
    return std::nullopt;
  }

  /// Where the first mark of a legend has its part in front, all have.
  [[nodiscard]] static std::optional<TaskField> part_before(std::string_view text, std::size_t at,
                                                            const std::set<std::string>& marks) {
    std::size_t first = at, from = 0;   // `from`: behind the mark before this one
    for (const std::string& other : marks) {
      const std::size_t found = text.find(other);
      if (found < first) first = found;
      if (const std::size_t before = text.substr(0, at).rfind(other); before != std::string_view::npos)
        from = std::max(from, before + other.size());
    }
    return ends_with_part(text.substr(0, first)) ? ends_with_part(text.substr(from, at - from)) : std::nullopt;
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
    question.default_value = task_field_name(legend(mark, marks).value_or(part_by_head(mark, first, marks)));
    return task_field_of(desk_.ask(std::move(question))).value_or(TaskField::none);
  }

  const Grid& grid_;
  HeaderBlock block_;
  std::vector<ColumnReading>& columns_;
  Desk& desk_;
  std::string of_table_;                     ///< in ids of questions
  std::map<std::string, TaskField> marks_;   ///< asked once for a table
  std::vector<std::size_t> wide_to_;         ///< by row: the last column that is merged with the first
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
    if (column.series != field || text.empty() || says_no(text)) continue;
    if (last == nullptr || column.period >= last->period) last = &column;
  }
  return last;
}

bool says_no(std::string_view mark) { return among(text::trim(mark), no_marks); }

void find_series(const Grid& grid, HeaderBlock block, std::vector<ColumnReading>& columns, Desk& desk, bool further) {
  SeriesFinder(grid, block, columns, desk, further).find();
}

}   // namespace gangmu::plan
