// SPDX-License-Identifier: Apache-2.0
#include "plan/register_year.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "plan/errors.hpp"
#include "plan/register_due.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_names.hpp"
#include "plan/register_series.hpp"

namespace gangmu::plan {

namespace {

constexpr int earliest_year = 1990, latest_year = 2100;

/// A year and the row that names it.
struct YearAt {
  Since since;
  std::size_t row = 0;
  std::string text;
};
using MaybeYear = std::optional<YearAt>;

/// A year that a heading tells for what stands below it: one and not two, not one aside, and not earlier than the
/// title's.
MaybeYear told_by(std::string_view text, std::size_t row, const std::optional<Since>& titles) {
  const NamedYear named = year_named(text, true);
  if (!named.since || !named.alone || named.told < YearTold::with_month || (titles && named.since->year < titles->year))
    return std::nullopt;
  return YearAt{*named.since, row, std::string(text::trim(text))};
}

std::string head_text(const Grid& grid, HeaderBlock head, std::size_t column) {
  std::string out;
  for (std::size_t r = head.first; r < head.end; ++r) {
    if (!grid.at(r, column).text.empty()) out += grid.at(r, column).text + " ";
  }
  return out;
}

bool column_of_years(const ColumnReading& column) {
  const std::string head = column.header.substr(column.header.rfind('/') + 1);
  constexpr std::string_view names[] = {"年度",     "年份",     "任务年度", "所属年度", "计划年度",
                                        "实施年度", "实施年份", "工作年度", "年度安排", "任务年份"};
  return std::ranges::find(names, head) != std::end(names);
}

/// Headings as they nest: the title of a table, a plain heading, 一、, （一）, 1.
class Headings {
 public:
  void title(MaybeYear year, bool new_table) {
    if (!year && !new_table) return;   // 台账（续）
    levels_.fill(std::nullopt);
    levels_[0] = std::move(year);
    nested_ = false;
    right_above_ = true;
  }

  void heading(const std::string& text, MaybeYear year) {
    const int depth = section_depth(text);
    const std::size_t level = depth > 0 ? static_cast<std::size_t>(depth) + 1 : numbered_in_digits(text) ? 4 : 1;
    if (level == 1 && !year) {   // a plain one right below a year's, or within a numbered one, is a part of it
      nested_ = nested_ || (right_above_ && levels_[1]) || levels_[2] || levels_[3] || levels_[4];
      if (nested_) return;
    }
    if (level == 1) nested_ = false;
    levels_[level] = std::move(year);
    std::fill(levels_.begin() + static_cast<std::ptrdiff_t>(level) + 1, levels_.end(), std::nullopt);
    right_above_ = true;
  }

  void task() { right_above_ = false; }
  /// A further table: headings hold on only right above its head.
  void table() {
    if (!right_above_) title(std::nullopt, true);
  }

  [[nodiscard]] const MaybeYear& of_table() const { return levels_.front(); }
  [[nodiscard]] const MaybeYear& now() const {
    const auto own =
        std::find_if(levels_.rbegin(), levels_.rend(), [](const MaybeYear& year) { return year.has_value(); });
    return own == levels_.rend() ? levels_.front() : *own;
  }

 private:
  std::array<MaybeYear, 5> levels_;
  bool right_above_ = false;   ///< no task since the last heading or title
  bool nested_ = false;        ///< plain headings stand below one that names the year
};

/// Times of one year, to be asked about together.
struct YearGroup {
  MaybeYear named;                          ///< nullopt: that of the titles
  std::vector<std::size_t> rows, without;   ///< all its rows; those that name no year
  std::vector<std::string> cells;           ///< of the latter
  std::optional<std::size_t> column;
};

class YearSettler {
 public:
  YearSettler(const LedgerSheet& sheet, const SheetPlan& plan, const ReadingContext& context, Desk& desk)
      : sheet_(sheet), grid_(sheet.grid()), plan_(plan), context_(context), desk_(desk) {}

  RowYears settle() {
    titles_ = year_in_titles(sheet_, plan_.tables.front().head);
    if (titles_.told > YearTold::aside) of_titles_ = titles_.since;
    groups_.emplace_back();
    walk();
    for (const YearGroup& group : groups_) ask(group);
    return std::move(years_);
  }

 private:
  void walk() {
    std::size_t table = 0;
    const GridPart* part = grid_.part_of(0);
    for (const RowPlan& row : plan_.rows) {
      if (row.table != table) headings_.table();
      table = row.table;
      const GridPart* own = grid_.part_of(row.row);
      if (own != part) headings_.title(told_by(own->sheet, row.row, std::nullopt), true);
      part = own;
      const bool first_titles = row.row < plan_.tables.front().head.first;
      const bool of_part = own != nullptr && row.row < own->first_row + own->title_rows;
      if (row.kind.skip == SkipReason::section)
        headings_.heading(row.kind.heading, told_by(row.kind.heading, row.row, least()));
      else if (row.kind.skip == SkipReason::title && !first_titles)
        headings_.title(told_by(row_text(sheet_, row.row), row.row, of_part ? std::nullopt : of_titles_),
                        above_another(row));
      else if (row.kind.skip == SkipReason::total)
        action_.reset();
      else if (!row.kind.skip)
        task(row);
    }
  }

  /// An earlier year than that of the title right above is none of a plan.
  [[nodiscard]] std::optional<Since> least() const {
    return headings_.of_table() ? headings_.of_table()->since : of_titles_;
  }

  /// The title of a further table, not of the same once more.
  [[nodiscard]] bool above_another(const RowPlan& row) const {
    return row.table + 1 < plan_.tables.size() && std::ranges::none_of(plan_.rows, [&](const RowPlan& below) {
             return below.table == row.table && below.row > row.row && !below.kind.skip;
           });
  }

  void task(const RowPlan& row) {
    headings_.task();
    const TablePlan& table = plan_.table_of(row);
    std::size_t column = column_of(table.columns, TaskField::due);
    GridCell cell = column == no_column ? GridCell{} : sheet_.due_cell(row.row, column);
    if (column == no_column) {
      const ColumnReading* month = last_marked(grid_, row.row, table.columns, TaskField::due);
      if (month != nullptr) {
        column = month->column;
        cell = {.kind = CellKind::text, .text = month->stands_for};
      }
    }
    YearGroup& group = group_of(own_year(row, table, column));
    group.rows.push_back(row.row);
    if (column == no_column) return;
    const auto due = due_of_cell(cell, std::nullopt);
    if (due || !due.error().is(errors::due_without_year)) return;
    group.without.push_back(row.row);
    group.column = column;
    group.cells.push_back(grid_.address(row.row, column) + "“" + std::string(text::trim(cell.text)) + "”");
  }

  /// What stands nearest: the row's own year, its action, the headings above, the head of the column.
  MaybeYear own_year(const RowPlan& row, const TablePlan& table, std::size_t due_column) {
    for (const ColumnReading& column : table.columns) {
      if (!column_of_years(column)) continue;
      const std::string year(text::trim(grid_.at(row.row, column.column).text));
      const bool bare = year.size() == 4 && !text::contains(year, "年");
      if (auto own = told_by(bare ? year + "年" : year, row.row, least())) return own;
    }
    if (const std::size_t at = column_of(table.columns, TaskField::action); at != no_column) {
      const std::string& text = grid_.at(row.row, at).text;
      if (!text.empty() && !grid_.at(row.row, at).merged_copy) action_ = told_by(text, row.row, least());
      if (action_) return action_;
    }
    if (headings_.now()) return headings_.now();
    return due_column == no_column ? std::nullopt
                                   : told_by(head_text(grid_, table.head, due_column), table.head.first, least());
  }

  YearGroup& group_of(const MaybeYear& year) {
    if (!year || (of_titles_ && year->since.year == of_titles_->year)) return groups_.front();
    const auto known = std::ranges::find_if(
        groups_, [&](const YearGroup& group) { return group.named && group.named->since == year->since; });
    if (known != groups_.end()) return *known;
    groups_.push_back({.named = year, .rows = {}, .without = {}, .cells = {}, .column = std::nullopt});
    return groups_.back();
  }

  void ask(const YearGroup& group) {
    if (group.named) {
      for (const std::size_t row : group.rows) years_.rows[row] = group.named->since;
    }
    if (group.without.empty()) return;
    Question question = about(group);
    if (group.named)
      offer(question, group.named->since, "第 " + row_name(group) + " 行写明的年份", "named in row " + row_name(group));
    offer_titles(question);
    if (context_.year && !open()) offer(question, Since{*context_.year, 1}, "当前年份", "the current year");
    question.free_text = true;
    question.required = question.default_value.empty();
    const std::string id = question.id;
    const std::string value = desk_.ask(std::move(question));
    if (value.empty()) return;
    const std::optional<Since> since = since_of(value);
    if (!since) return desk_.refuse(id, "请写四位年份", "write a year of four digits");
    if (!group.named) years_.all = since;
    if (!group.named) return;
    for (const std::size_t row : group.rows) years_.rows[row] = *since;
  }

  static std::string row_name(const YearGroup& group) { return std::to_string(group.named->row + 1); }

  [[nodiscard]] Question about(const YearGroup& group) const {
    Question question;
    const std::size_t count = group.cells.size();
    std::vector<std::string> cells = group.cells;
    if (cells.size() > 3) cells.resize(3);
    question.id = "year";
    std::string below_zh, below_en;
    if (group.named) {
      question.id += ":" + row_name(group);
      below_zh = "第 " + row_name(group) + " 行“" + group.named->text + "”之下";
      below_en = "Below row " + row_name(group) + " '" + group.named->text + "' ";
    }
    question.zh = below_zh + "有 " + std::to_string(count) + " 处时限没有写年份（" + text::join(cells, "、") +
                  (count > 3 ? "…" : "") + "），是哪一年？";
    question.en =
        below_en + std::to_string(count) + " due dates have no year (" + text::join(cells, ", ") + "). Which year?";
    question.rows = group.without;
    question.column = group.column;
    return question;
  }

  /// Several years in the title, none of them told: 2023—2025年.
  [[nodiscard]] bool open() const { return titles_.told > YearTold::aside && !titles_.since; }

  void offer_titles(Question& question) const {
    if (titles_.since) offer(question, *titles_.since, "标题中的年份", "named in the title");
    const std::string default_value = question.default_value;
    for (const int year : titles_.others) offer(question, Since{year, 1}, "标题中的年份", "named in the title");
    if (open()) question.default_value = default_value;
  }

  static void offer(Question& question, Since since, const std::string& zh, const std::string& en) {
    const std::string year = std::to_string(since.year), month = std::to_string(since.month);
    const std::string value = year + (since.month == 1 ? "" : (since.month < 10 ? "-0" : "-") + month);
    if (question.default_value.empty()) question.default_value = value;
    for (const Choice& choice : question.choices) {
      if (choice.value == value) return;
    }
    const std::string from_zh = since.month == 1 ? "" : " " + month + " 月起，跨到次年";
    const std::string from_en = since.month == 1 ? "" : ", from month " + month + " on into the next";
    question.choices.push_back({value, year + " 年" + from_zh + "（" + zh + "）", year + from_en + " (" + en + ")"});
  }

  /// 2023, 2023-10.
  static std::optional<Since> since_of(std::string_view typed) {
    const std::string value = text::narrow(text::trim(typed));
    const auto whole = [](std::string_view digits, int least, int most) -> std::optional<int> {
      const auto number = Decimal::parse(digits);
      if (!number || number->scale() != 0 || number->units() < least || number->units() > most) return std::nullopt;
      return static_cast<int>(number->units());
    };
    const std::size_t dash = value.find('-');
    const auto year = whole(value.substr(0, dash), earliest_year, latest_year);
    const auto month = dash == std::string::npos ? std::optional(1) : whole(value.substr(dash + 1), 1, 12);
    return year && month ? std::optional(Since{*year, *month}) : std::nullopt;
  }

  const LedgerSheet& sheet_;
  const Grid& grid_;
  const SheetPlan& plan_;
  const ReadingContext& context_;
  Desk& desk_;
  NamedYear titles_;
  std::optional<Since> of_titles_;   ///< where they tell it
  Headings headings_;
  MaybeYear action_;
  std::vector<YearGroup> groups_;
  RowYears years_;
};

}   // namespace

RowYears settle_years(const LedgerSheet& sheet, const SheetPlan& plan, const ReadingContext& context, Desk& desk) {
  return YearSettler(sheet, plan, context, desk).settle();
}

NamedYear year_in_titles(const LedgerSheet& sheet, HeaderBlock head) {
  NamedYear best;
  const auto take = [&](const NamedYear& named) {
    const bool better = named.told > best.told;
    std::vector<int> others = best.others;
    if (best.since) others.push_back(best.since->year);
    if (better) best = {named.told, named.since, named.others};
    for (const int year : better ? others : named.others) {
      const bool known = best.since && best.since->year == year;
      if (!known && std::ranges::find(best.others, year) == best.others.end()) best.others.push_back(year);
    }
  };
  for (std::size_t r = 0; r < head.first; ++r) take(year_named(row_text(sheet, r)));
  if (best.told < YearTold::with_month) {
    const GridPart* part = sheet.grid().part_of(0);
    const NamedYear sheet_name = year_named(part == nullptr ? sheet.grid().sheet : part->sheet, true);
    if (sheet_name.told > YearTold::aside) take(sheet_name);
  }
  return best;
}

Result<Due> due_since(const GridCell& cell, std::optional<Since> since) {
  Result<Due> due = due_of_cell(cell, since ? std::optional(since->year) : std::nullopt);
  if (!since || since->month == 1 || !due || !due->dated()) return due;
  const auto first = Date::of(since->year, since->month, 1);
  return first && due->last < *first ? due_of_cell(cell, since->year + 1) : due;
}

}   // namespace gangmu::plan
