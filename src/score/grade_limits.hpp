// SPDX-License-Identifier: Apache-2.0
// Why a place's grade is lower than its points would give: a red line it crossed, or a grade whose seats were taken by
// those before it. Without the reason a better rank with a lower grade reads as a fault.
#pragma once

#include <vector>

#include "score/explanation.hpp"

namespace gangmu::score {

/// Nothing where the grade is what the points give.
std::vector<Sentence> grade_limits(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment,
                                   std::size_t place);

}   // namespace gangmu::score
