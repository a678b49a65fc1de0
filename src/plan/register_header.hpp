// SPDX-License-Identifier: Apache-2.0
// Where the head of a ledger stands and what its columns are.
#pragma once

#include <string>
#include <vector>

#include "base/grid.hpp"
#include "base/result.hpp"
#include "plan/register_desk.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

struct HeaderBlock {
  std::size_t first = 0;
  std::size_t end = 0;   ///< rows [first, end)
};

/// Within the first 20 rows. Errors: register_empty, register_no_header.
Result<HeaderBlock> find_header(const Grid& grid);

/// Every column that has a header or data; fields decided, doubts put to the desk ("column:D").
std::vector<ColumnReading> read_columns(const Grid& grid, HeaderBlock block, Desk& desk);

/// Index of the column that holds a field, or npos.
std::size_t column_of(const std::vector<ColumnReading>& columns, TaskField field);
inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

}   // namespace gangmu::plan
