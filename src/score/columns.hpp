// SPDX-License-Identifier: Apache-2.0
// Which figures a scheme reads. Internal.
#pragma once

#include "score/scheme.hpp"

namespace gangmu::score {

/// Fills scheme.columns and the columns of its red lines, in the order the figures are first met.
void collect_columns(Scheme& scheme);
/// Index into scheme.columns; UINT32_MAX when absent.
std::uint32_t column_index(const Scheme& scheme, const Column& column);

}   // namespace gangmu::score
