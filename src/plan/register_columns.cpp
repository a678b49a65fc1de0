// SPDX-License-Identifier: Apache-2.0
#include "plan/register_columns.hpp"

#include <algorithm>
#include <set>
#include "base/personal_number.hpp"
#include "base/text.hpp"
#include "plan/due.hpp"
#include "plan/errors.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_names.hpp"
#include "plan/register_persons.hpp"
#include "plan/register_series.hpp"
#include "plan/register_values.hpp"

namespace gangmu::plan {
namespace {

constexpr std::size_t longest_state = 6;

}   // namespace

/// An unknown column whose cells are mostly telephone numbers holds contacts; without any header the short ones of the
/// place count.
bool telephone_column(const Grid& grid, HeaderBlock block, std::size_t column, bool headless) {
  int filled = 0, numbers = 0;
  for (std::size_t r = block.end; r < block.below; ++r) {
    const GridCell& cell = grid.at(r, column);
    if (cell.kind == CellKind::empty) continue;
    ++filled;
    numbers += is_telephone(cell.text, headless) ? 1 : 0;
  }
  return filled > 0 && numbers * 2 > filled;
}

/// An unknown column whose cells are mostly spelled as names.
bool holds_names(const Grid& grid, HeaderBlock block, std::size_t column) {
  int filled = 0, names = 0;
  for (std::size_t r = block.end; r < block.below; ++r) {
    const GridCell& cell = grid.at(r, column);
    if (cell.kind == CellKind::empty || filler(cell.text)) continue;
    ++filled;
    names += spelled_as_names(cell.text) ? 1 : 0;
  }
  return filled > 0 && names * 2 >= filled;
}

/// "进度" may hold figures or sentences.
bool holds_sentences(const Grid& grid, HeaderBlock block, std::size_t column) {
  int filled = 0, figures = 0;
  for (std::size_t r = block.end; r < block.below; ++r) {
    const GridCell& cell = grid.at(r, column);
    if (cell.kind == CellKind::empty) continue;
    ++filled;
    figures += percent_text(cell) ? 1 : 0;
  }
  return filled > 0 && figures * 2 < filled;
}

/// "已完成", "未销号", "整改中" in nearly all cells, at least one of them filled.
bool holds_states(const Grid& grid, HeaderBlock block, std::size_t column) {
  int filled = 0, states = 0;
  for (std::size_t r = block.end; r < block.below; ++r) {
    const GridCell& cell = grid.at(r, column);
    if (cell.kind == CellKind::empty) continue;
    ++filled;
    states += text::length(cell.text) <= longest_state && state_of_text(cell.text, StateHead::done) ? 1 : 0;
  }
  return filled > 0 && states * 10 >= filled * 9;
}

/// Mostly days, months and quarters.
bool holds_dues(const Grid& grid, HeaderBlock block, std::size_t column) {
  int filled = 0, dues = 0;
  for (std::size_t r = block.end; r < block.below; ++r) {
    const GridCell& cell = grid.at(r, column);
    if (cell.kind == CellKind::empty || filler(cell.text)) continue;
    ++filled;
    const auto due = cell.kind == CellKind::number ? Result<Due>(Due{}) : parse_due(cell.text, 2000);   // of any year
    dues += cell.kind == CellKind::date || (due && due->dated()) ? 1 : 0;
  }
  return filled > 0 && dues * 2 > filled;
}

}   // namespace gangmu::plan
