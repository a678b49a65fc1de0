// SPDX-License-Identifier: Apache-2.0
// A workbook with a ledger on each of several sheets (a sheet for each 专班): read whole, one sheet below the other, or
// the one the office names.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/grid.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

/// The visible sheets that have the head of a ledger and something below it, in order of the tabs.
std::vector<const Grid*> ledgers_in(const std::vector<Grid>& sheets);

inline constexpr std::string_view sheets_question = "sheets", all_sheets = "all";
/// Which of several ledgers to read. All, where they are of one kind; where their columns or years differ, or one looks
/// like a copy of another, there is no default and the question must be answered.
Question ask_sheets(const std::vector<const Grid*>& ledgers);

/// One grid with all of them below each other; each keeps its name and its rows' numbers (Grid::parts), and its name is
/// the action of tasks that have none. Precondition: from ledgers_in, at least one.
Grid stacked(const std::vector<const Grid*>& ledgers);

}   // namespace gangmu::plan
