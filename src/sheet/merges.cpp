// SPDX-License-Identifier: Apache-2.0
#include "sheet/merges.hpp"

#include <algorithm>

#include "sheet/errors.hpp"
#include "sheet/refusal.hpp"

namespace gangmu::sheet {

namespace {

struct Used {
  std::size_t rows = 0, columns = 0;
};

Used used_cells(const Grid& grid) {
  Used used{grid.rows.size(), 0};
  for (const auto& cells : grid.rows) used.columns = std::max(used.columns, cells.size());
  return used;
}

/// Old values under a merge are shown by no spreadsheet program: they go, and the reader is told where one was.
void note_covered(const Grid& grid, const MergedRange& range, std::size_t row, const GridCell& origin,
                  Reading& reading) {
  for (std::size_t c = range.first_column; c <= range.last_column; ++c) {
    const GridCell& covered = grid.at(row, c);
    if (covered.kind == CellKind::empty || covered.merged_copy || covered.text == origin.text) continue;
    reading.note(errors::note_covered, {column_letters(range.first_column) + std::to_string(range.first_row + 1)},
                 grid.position(row, c));
  }
}

Status fill(Grid& grid, const MergedRange& range, Reading& reading) {
  const GridCell origin = grid.at(range.first_row, range.first_column);
  for (std::size_t r = range.first_row; r <= range.last_row; ++r) {
    auto& cells = grid.rows[r];
    const Position where = grid.position(range.first_row, range.first_column);
    const std::size_t grown = cells.size() <= range.last_column ? range.last_column + 1 - cells.size() : 0;
    reading.cells += std::max(grown, range.last_column - range.first_column + 1);   // visited, whether filled or not
    if (reading.cells > reading.limits.cells) {
      return refuse_limit(LimitName::cells, reading.cells, reading.limits.cells, where);
    }
    note_covered(grid, range, r, origin, reading);
    if (origin.kind == CellKind::empty) {
      for (std::size_t c = range.first_column; c <= range.last_column && c < cells.size(); ++c) cells[c] = {};
      continue;
    }
    TRY(reading.add_text(origin.text.size() * (range.last_column - range.first_column + 1), where));
    if (cells.size() <= range.last_column) cells.resize(range.last_column + 1);
    for (std::size_t c = range.first_column; c <= range.last_column; ++c) {
      if (r == range.first_row && c == range.first_column) continue;
      cells[c] = origin;
      cells[c].merged_copy = true;
    }
  }
  return {};
}

}   // namespace

Status fill_merges(Grid& grid, Reading& reading) {
  const Used used = used_cells(grid);
  std::vector<MergedRange> kept;
  for (MergedRange range : grid.merges) {
    if (range.first_row >= used.rows || range.first_column >= used.columns) continue;
    range.last_row = std::min(range.last_row, used.rows - 1);
    range.last_column = std::min(range.last_column, used.columns - 1);
    TRY(fill(grid, range, reading));
    kept.push_back(range);
  }
  grid.merges = std::move(kept);
  if (grid.widths.size() > used.columns) grid.widths.resize(used.columns);
  if (grid.hidden_columns.size() > used.columns) grid.hidden_columns.resize(used.columns);
  if (grid.hidden_rows.size() > used.rows) grid.hidden_rows.resize(used.rows);
  return {};
}

}   // namespace gangmu::sheet
