// SPDX-License-Identifier: Apache-2.0
// Columns side by side that say one thing: months with marks or milestones, weeks with progress, units with √ and ○.
// Each is kept under its header; together they tell one field of the task.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/grid.hpp"
#include "plan/register_desk.hpp"
#include "plan/register_header.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

/// Finds the series among the columns of a table, asks what they mean ("series:F", "mark:√") and notes it in
/// ColumnReading::series; `further` as in read_columns. Columns that become part of a series need no question of their
/// own.
void find_series(const Grid& grid, HeaderBlock block, std::vector<ColumnReading>& columns, Desk& desk,
                 bool further = false);

/// The column furthest to the right of those that say `field` together, marked or filled in this row; nullptr for none.
const ColumnReading* last_marked(const Grid& grid, std::size_t row, const std::vector<ColumnReading>& columns,
                                 TaskField field);

/// "√", "●", "牵头": a cell that only marks.
bool is_mark(std::string_view text);
/// "×", "—", "否": a mark that says no.
bool says_no(std::string_view mark);

}   // namespace gangmu::plan
