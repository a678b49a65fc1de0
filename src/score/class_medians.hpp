// SPDX-License-Identifier: Apache-2.0
// The middle of a class at every node, so that a place can be told how far it is from it (与同类中位数之差), branch by
// branch.
#pragma once

#include <vector>

#include "score/assessment.hpp"

namespace gangmu::score {

/// Median over the class's scored places of what each node gave to the total, 1e-9 points, a node each; a branch gives
/// the sum of its leaves. Of an even number the mean of the middle two, cut towards zero. Empty when the class has no
/// scored place.
std::vector<std::int64_t> class_medians(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment,
                                        ClassIndex c);

}   // namespace gangmu::score
