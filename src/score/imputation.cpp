// SPDX-License-Identifier: Apache-2.0
#include "score/imputation.hpp"

#include <algorithm>

namespace gangmu::score {

std::optional<FittedLine> fitted_line(std::span<const std::pair<double, double>> points, std::size_t least) {
  if (points.size() < least || points.empty()) return std::nullopt;
  const auto n = static_cast<double>(points.size());
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
  for (const auto& [x, y] : points) {
    mean_x += x / n;
    mean_y += y / n;
  }
  for (const auto& [x, y] : points) {
    xx += (x - mean_x) * (x - mean_x);
    xy += (x - mean_x) * (y - mean_y);
  }
  if (xx <= 0) return std::nullopt;
  const double slope = xy / xx;
  return FittedLine{mean_y - slope * mean_x, slope};
}

double median_of(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  const std::size_t half = x.size() / 2;
  return x.size() % 2 == 1 ? x[half] : (x[half - 1] + x[half]) / 2;
}

}   // namespace gangmu::score
