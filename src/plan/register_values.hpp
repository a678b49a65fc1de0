// SPDX-License-Identifier: Apache-2.0
// Values of a ledger's cells: percentages, states.
#pragma once

#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "base/grid.hpp"
#include "plan/task.hpp"

namespace gangmu::plan {

/// How a percentage was typed.
enum class PercentStyle : unsigned char { none, sign, shown_fraction, number };   // "5%", 0.05 shown as 5 %, 5 or 0.05
struct PercentText {
  PercentStyle style = PercentStyle::none;
  Decimal value;   ///< as typed: 5, 0.05
};
std::optional<PercentText> percent_text(const GridCell& cell);

/// 是, 已销号, 待销号, 进行中 …; nullopt when the word is not known. `asks_closing` tells a 销号 column from a 完成
/// column, where "已完成" still waits for its close.
std::optional<TaskState> state_of_text(std::string_view text, bool asks_closing);

}   // namespace gangmu::plan
