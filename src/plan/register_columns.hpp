// SPDX-License-Identifier: Apache-2.0
// What the cells of a column are mostly: asked where its head does not tell.
#pragma once

#include "base/grid.hpp"
#include "plan/register_header.hpp"

namespace gangmu::plan {

/// An unknown column whose cells are mostly telephone numbers holds contacts; without any header the short ones of the
/// place count.
bool telephone_column(const Grid& grid, HeaderBlock block, std::size_t column, bool headless);
/// An unknown column whose cells are mostly spelled as names.
bool holds_names(const Grid& grid, HeaderBlock block, std::size_t column);
/// "进度" may hold figures or sentences.
bool holds_sentences(const Grid& grid, HeaderBlock block, std::size_t column);
/// "已完成", "未销号", "整改中" in nearly all cells, at least one of them filled.
bool holds_states(const Grid& grid, HeaderBlock block, std::size_t column);
/// Mostly days, months and quarters.
bool holds_dues(const Grid& grid, HeaderBlock block, std::size_t column);

}   // namespace gangmu::plan
