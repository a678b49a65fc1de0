// SPDX-License-Identifier: Apache-2.0
// The cells of a due column. Spreadsheets turn 2023.10 into the number 2023.1: a number is read as it is shown, and
// where that may be January or October it is asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/grid.hpp"
#include "base/result.hpp"
#include "plan/due.hpp"

namespace gangmu::plan {

/// Errors: those of parse_due; due_unreadable when a number may be read in two ways or its format hides a part of it.
Result<Due> due_of_cell(const GridCell& cell, std::optional<int> year);

/// What a cell that can't be read may mean: the number 2023.1 → 2023年1月底前, 2023年10月底前; a spreadsheet's day
/// number 45838 → 2025-06-30; else as dues_within.
std::vector<std::string> due_choices(const GridCell& cell, std::optional<int> year);

/// A number as its cell shows it: 2023.1 with two decimals is "2023.10"; nullopt when the format hides a part of it.
std::optional<std::string> shown_number(const GridCell& cell);

}   // namespace gangmu::plan
