// SPDX-License-Identifier: Apache-2.0
// Values of a ledger's cells: percentages, states.
#pragma once

#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "base/grid.hpp"
#include "plan/task.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

/// How a percentage was typed.
enum class PercentStyle : unsigned char { none, sign, shown_fraction, number };   // "5%", 0.05 shown as 5 %, 5 or 0.05
struct PercentText {
  PercentStyle style = PercentStyle::none;
  Decimal value;   ///< as typed: 5, 0.05
};
std::optional<PercentText> percent_text(const GridCell& cell);

/// A percentage from 0 to 100; `fraction` says how bare numbers of the column are meant.
std::optional<Decimal> percent_done(const GridCell& cell, bool fraction);

/// What a column of states is about: 是 says another thing under each head.
enum class StateHead : unsigned char {
  done,        ///< 是否完成: what is done still waits for its close
  closed,      ///< 是否销号, 销号时间
  requested,   ///< 是否申请销号
  planned,     ///< 计划销号时间: what is to be, not what is
};
StateHead state_head(std::string_view header);

/// 是, 已销号, 待销号, 进行中 …; nullopt when the words are not known whole: 部分已销号 is not closed.
std::optional<TaskState> state_of_text(std::string_view text, StateHead head);

/// The state a word of the 销号 column says; nullopt when it is not known.
std::optional<TaskState> state_in(const std::string& text, const std::vector<ColumnReading>& columns,
                                  std::size_t column);
}   // namespace gangmu::plan
