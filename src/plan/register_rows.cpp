// SPDX-License-Identifier: Apache-2.0
#include "plan/register_rows.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "plan/register_names.hpp"

namespace gangmu::plan {

namespace {

constexpr std::u32string_view han_numbers = U"一二三四五六七八九十";

bool starts_with_any(std::string_view s, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return s.starts_with(word); });
}

bool is_total(const std::vector<RowCell>& cells) {
  const std::string first = plain_header(cells.front().text);
  return text::length(first) <= 8 && starts_with_any(first, {"合计", "小计", "总计", "共计", "累计"});
}

bool is_note(const std::vector<RowCell>& cells) {
  if (cells.size() > 3) return false;
  const std::string first = text::narrow(text::trim(cells.front().text));
  return starts_with_any(first, {"注:", "注 ", "备注:", "说明:", "填表", "填报", "审核", "制表", "联系人:"});
}

bool repeats_head(const Grid& grid, std::size_t row, HeaderBlock head) {
  int same = 0, other = 0;
  for (std::size_t c = 0; c < grid.rows[row].size(); ++c) {
    const std::string text = plain_header(grid.at(row, c).text);
    if (text.empty()) continue;
    bool in_head = false;
    for (std::size_t r = head.first; r < head.end; ++r) in_head = in_head || plain_header(grid.at(r, c).text) == text;
    ++(in_head ? same : other);
  }
  return same >= 3 && other == 0;
}

bool is_section(const RowCell& only, const std::vector<ColumnReading>& columns) {
  if (only.columns >= 3) return true;
  return section_depth(only.text) > 0 && only.column != column_of(columns, TaskField::title);
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

std::vector<RowCell> row_cells(const LedgerSheet& sheet, std::size_t row) {
  const Grid& grid = sheet.grid();
  std::vector<RowCell> cells;
  for (std::size_t c = 0; c < grid.rows[row].size(); ++c) {
    const GridCell& cell = grid.rows[row][c];
    if (cell.kind == CellKind::empty || text::trim(cell.text).empty()) continue;
    const MergedRange* range = sheet.merged(row, c);
    const bool goes_on = range != nullptr && c > range->first_column && cell.merged_copy;
    if (goes_on && !cells.empty()) {
      ++cells.back().columns;
    } else {
      cells.push_back({c, 1, cell.text});
    }
  }
  return cells;
}

int section_depth(std::string_view typed) {
  std::u32string s = text::code_points(text::narrow(text::trim(typed)));
  const bool bracket = !s.empty() && s.front() == U'(';
  std::size_t i = bracket ? 1 : 0;
  if (!bracket && s.starts_with(U"第")) ++i;
  const std::size_t first = i;
  while (i < s.size() && han_numbers.find(s[i]) != std::u32string_view::npos) ++i;
  if (i == first || i >= s.size()) return 0;
  if (bracket) return s[i] == U')' ? 2 : 0;
  return std::u32string_view(U"、.部章篇条").find(s[i]) != std::u32string_view::npos ? 1 : 0;
}

std::optional<SkipReason> skip_reason(const LedgerSheet& sheet, std::size_t row, HeaderBlock head,
                                      const std::vector<ColumnReading>& columns, bool after_note) {
  const Grid& grid = sheet.grid();
  const std::vector<RowCell> cells = row_cells(sheet, row);
  if (cells.empty()) return SkipReason::blank;
  if (is_total(cells)) return SkipReason::total;
  if (is_note(cells)) return SkipReason::note;
  if (cells.size() == 1) {
    const bool own = !grid.at(row, cells[0].column).merged_copy;
    if (own && after_note) return SkipReason::note;
    if (own && is_section(cells[0], columns)) return SkipReason::section;
  }
  if (repeats_head(grid, row, head)) return SkipReason::repeated_header;
  return std::nullopt;
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

}   // namespace gangmu::plan
