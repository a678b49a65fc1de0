// SPDX-License-Identifier: Apache-2.0
// What kind of row it is: a task, a section head, a total, a note, a blank, a repeated head.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/grid.hpp"
#include "plan/register_header.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

/// A grid with its merged ranges by row.
class LedgerSheet {
 public:
  explicit LedgerSheet(const Grid& grid);
  [[nodiscard]] const Grid& grid() const { return grid_; }
  /// The merged range that holds a cell, or nullptr.
  [[nodiscard]] const MergedRange* merged(std::size_t row, std::size_t column) const;

 private:
  const Grid& grid_;
  std::vector<std::vector<const MergedRange*>> by_row_;
};

/// The cells of a row that stand for themselves: a merged range counts once, at the place it starts in this row.
struct RowCell {
  std::size_t column = 0;
  std::size_t columns = 1;   ///< how many columns it spans
  std::string text;
};
std::vector<RowCell> row_cells(const LedgerSheet& sheet, std::size_t row);

/// Nullopt for a task. `after_note` says that the row before was a note (notes run over several rows).
std::optional<SkipReason> skip_reason(const LedgerSheet& sheet, std::size_t row, HeaderBlock head,
                                      const std::vector<ColumnReading>& columns, bool after_note);

/// Rows above the head: titles and unit lines.
SkipReason reason_above(const LedgerSheet& sheet, std::size_t row);

/// All that stands in the row, cells joined by ' '.
std::string row_text(const LedgerSheet& sheet, std::size_t row);

/// Depth of a numbered section head: 1 for "一、", 2 for "（一）", 0 when it has no number.
int section_depth(std::string_view text);

}   // namespace gangmu::plan
