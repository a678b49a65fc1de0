// SPDX-License-Identifier: Apache-2.0
// Of which year the times of a ledger are that name none: of the title's, or of a later one that a heading, the title
// of a table, a column for years or the head of the column names.
#pragma once

#include <map>
#include <optional>

#include "base/result.hpp"
#include "plan/due.hpp"
#include "plan/due_year.hpp"
#include "plan/register_desk.hpp"
#include "plan/register_plan.hpp"
#include "plan/register_rows.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

struct RowYears {
  std::optional<Since> all;            ///< of rows that are not listed
  std::map<std::size_t, Since> rows;   ///< those of another year

  [[nodiscard]] std::optional<Since> of(std::size_t row) const {
    const auto own = rows.find(row);
    return own == rows.end() ? all : own->second;
  }
};

/// Asks "year" about the times without one, and "year:17" about those of which row 17 names another.
RowYears settle_years(const LedgerSheet& sheet, const SheetPlan& plan, const ReadingContext& context, Desk& desk);

/// Told by the title lines: "示例市2023年重点任务台账".
NamedYear year_in_titles(const LedgerSheet& sheet, HeaderBlock head);

/// due_of_cell, with the first such time since then. Errors as there.
Result<Due> due_since(const GridCell& cell, std::optional<Since> since);

}   // namespace gangmu::plan
