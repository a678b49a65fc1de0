// SPDX-License-Identifier: Apache-2.0
// Mean, deviation, skewness, kurtosis, correlation; sums in the order given. Internal.
#pragma once

#include <span>
#include <vector>

namespace gangmu::score {

double mean_of(std::span<const double> x);
double deviation_of(std::span<const double> x);   ///< n − 1; 0 when n < 2
/// Sample skewness G1 and excess kurtosis G2 with small-sample correction (Joanes & Gill 1998). NaN when n < 3 (4) or
/// constant.
struct Shape {
  double skewness = 0, kurtosis = 0;
};
Shape shape_of(std::span<const double> x);
double skewness_of(std::span<const double> x);
double kurtosis_of(std::span<const double> x);
double correlation_of(std::span<const double> x, std::span<const double> y);   ///< Pearson; 0 when one is constant
/// 0 at the worst, 1 at the best; a constant column gives 0 throughout.
std::vector<double> min_max_scaled(std::span<const double> x, bool down);

}   // namespace gangmu::score
