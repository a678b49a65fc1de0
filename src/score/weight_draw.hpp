// SPDX-License-Identifier: Apache-2.0
// Weights of a node's children drawn anew. Internal to the robustness runs.
#pragma once

#include <span>

#include "base/random.hpp"
#include "score/robustness.hpp"

namespace gangmu::score {

/// given: shares of the children, those of 0 stay 0. u: a coordinate in (0, 1) a child. out: sums to 1. `random` is
/// used for gathered Dirichlet weights only.
void draw_weights(const Variation& variation, std::span<const double> given, std::span<const double> u, Random random,
                  std::span<double> out);

/// Gamma(shape, 1), Marsaglia & Tsang 2000; shape > 0.
double draw_gamma(double shape, Random& random);

}   // namespace gangmu::score
