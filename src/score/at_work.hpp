// SPDX-License-Identifier: Apache-2.0
// The weights as they counted for one place: missing and not applicable parts' weights spread over the others.
// Internal.
#pragma once

#include "score/assessment.hpp"

namespace gangmu::score {

/// Share of the total, a leaf each; sums to 1 for a scored place, except what missing parts counted as zero inside
/// them.
std::vector<double> weights_at_work(const Scheme& scheme, const Assessment& assessment, ClassIndex c,
                                    std::size_t place);

}   // namespace gangmu::score
