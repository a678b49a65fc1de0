// SPDX-License-Identifier: Apache-2.0
// How a leaf is scored, in words, and which value would earn full marks. Internal to the explanation.
#pragma once

#include <optional>

#include "score/explanation.hpp"

namespace gangmu::score {

Sentence method_text(const Function& function);
/// How a branch that does not simply add up shares its loss out; empty sentences for arithmetic ones.
Sentence decomposition_text(const Aggregation& aggregation);
/// The function the class really used: the leaf's own, or with the fallback where the class was too small.
Function function_used(const Scheme& scheme, const Leaf& leaf, ClassIndex c, std::size_t class_size);
/// Earns 100 points (or the most a step table gives); nothing when that depends on other places.
std::optional<double> value_for_full(const Scheme& scheme, const Inputs& inputs, const Leaf& leaf,
                                     const Function& function, std::size_t place);

}   // namespace gangmu::score
