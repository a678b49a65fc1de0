// SPDX-License-Identifier: Apache-2.0
// Where the head of a ledger stands and what its columns are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/grid.hpp"
#include "base/result.hpp"
#include "plan/register_desk.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

struct HeaderBlock {
  std::size_t first = 0;
  std::size_t end = 0;     ///< rows [first, end)
  std::size_t below = 0;   ///< its rows go on to here, [end, below)
};

/// Within the first 20 rows. Errors: register_empty, register_no_header.
Result<HeaderBlock> find_header(const Grid& grid);

/// A head further down in the sheet, below the table of another.
struct InnerHead {
  HeaderBlock block;
  bool ledger = false;   ///< names tasks and units or dues, as find_header wants it
};
std::optional<InnerHead> inner_head(const Grid& grid, std::size_t row, HeaderBlock above);
/// The row says what the head says, column by column, in at least so many columns.
bool repeats_head(const Grid& grid, std::size_t row, HeaderBlock head, int columns);

/// Every column that has a header or data; fields decided, doubts put to the desk: "column:D", below a further head in
/// row 6 "column:D@6".
std::vector<ColumnReading> read_columns(const Grid& grid, HeaderBlock block, Desk& desk, bool further = false);

/// Index of the column that holds a field, or npos.
std::size_t column_of(const std::vector<ColumnReading>& columns, TaskField field);
inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

}   // namespace gangmu::plan
