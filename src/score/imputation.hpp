// SPDX-License-Identifier: Apache-2.0
// Estimates for figures that are not there; pure functions over columns. Internal to the preparation of figures.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace gangmu::score {

/// A straight line by least squares; sums in the order given.
struct FittedLine {
  double level = 0, slope = 0;
  [[nodiscard]] double at(double x) const { return level + slope * x; }
};
/// Nothing when there are fewer than `least` points or all x are equal.
std::optional<FittedLine> fitted_line(std::span<const std::pair<double, double>> points, std::size_t least);

/// Middle value, mean of the two middle ones; precondition: not empty.
double median_of(std::vector<double> x);

}   // namespace gangmu::score
