// SPDX-License-Identifier: Apache-2.0
// Ranks, grades and red lines, all on quantised points. Internal to the assessment.
#pragma once

#include "score/tree_walk.hpp"

namespace gangmu::score {

/// Bonuses and deductions with their caps → bonus, deduction, total.
void adjust(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally);
/// Where each of the members stands by the nodes of tie_break alone, 0 = first; level ones share.
std::vector<std::uint32_t> tie_positions(const Scheme& scheme, const Assessment& out,
                                         std::span<const std::uint32_t> members);
/// Ranks in class: total, then the nodes of tie_break; who is still level shares the better rank.
void rank(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally);
/// How many of a class of n a grade takes; ranks are compared with it.
std::int64_t seats_of(const Grade& grade, std::size_t n);
/// Grades by points and quota, then lowered where a red line was crossed.
void grade(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally);

}   // namespace gangmu::score
