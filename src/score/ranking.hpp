// SPDX-License-Identifier: Apache-2.0
// Ranks, grades and red lines, all on quantised points. Internal to the assessment.
#pragma once

#include "score/tree_walk.hpp"

namespace gangmu::score {

/// Bonuses and deductions with their caps → bonus, deduction, total.
void adjust(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally);
/// Ranks in class: total, then the nodes of tie_break; who is still level shares the better rank.
void rank(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally);
/// Grades by points and quota, then lowered where a red line was crossed.
void grade(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally);

}  // namespace gangmu::score
