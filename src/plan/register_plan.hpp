// SPDX-License-Identifier: Apache-2.0
// Before any value is read: which tables a sheet has, each with its own head, and what kind of row each row is.
#pragma once

#include <string>
#include <vector>

#include "plan/register_desk.hpp"
#include "plan/register_header.hpp"
#include "plan/register_rows.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

struct TablePlan {
  HeaderBlock head;
  std::vector<ColumnReading> columns;
  bool taken = true;   ///< false: no task table, its rows are left out
};

struct RowPlan {
  std::size_t row = 0;
  std::size_t table = 0;
  RowKind kind;
};

struct SheetPlan {
  std::vector<TablePlan> tables;   ///< at least one
  std::vector<RowPlan> rows;       ///< all rows of the sheet, in order

  [[nodiscard]] const TablePlan& table_of(const RowPlan& row) const { return tables[row.table]; }
};

/// Finds the tables below each other and tells their rows apart. Asks about columns ("column:D"), tables that name no
/// tasks ("table:6"), plain words that may be headings ("row:9") and rows that go on with a task ("continued"). Errors:
/// those of find_header.
Result<SheetPlan> plan_sheet(const LedgerSheet& sheet, Desk& desk);

}   // namespace gangmu::plan
