// SPDX-License-Identifier: Apache-2.0
// Printed points: largest remainder, so that what is printed adds up.
#include <algorithm>
#include <numeric>

#include "score/assessment.hpp"

namespace gangmu::score {

namespace {

std::int64_t unit_of(int decimals) {
  std::int64_t unit = 1;
  for (int i = decimals; i < 9; ++i) unit *= 10;
  return unit;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Nearest, halves away from zero.
std::int64_t rounded(std::int64_t points, std::int64_t unit) {
  const std::int64_t size = points < 0 ? -points : points;
  const std::int64_t units = size / unit + (2 * (size % unit) >= unit ? 1 : 0);
  return points < 0 ? -units : units;
}

}   // namespace

std::vector<std::int64_t> apportion(std::span<const std::int64_t> parts, int decimals) {
  const std::int64_t unit = unit_of(decimals);
  std::vector<std::int64_t> out;
  std::int64_t sum = 0, given = 0;
  for (const std::int64_t part : parts) {
    sum += part;
    out.push_back(floor_div(part, unit));
    given += out.back();
  }
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return parts[a] - out[a] * unit > parts[b] - out[b] * unit; });
  // The floors fall short of the rounded sum by at most one unit a part.
  const std::int64_t short_by = rounded(sum, unit) - given;
  for (std::int64_t i = 0; i < short_by; ++i) ++out[order[static_cast<std::size_t>(i)]];
  return out;
}

std::string points_text(std::int64_t points, int decimals) {
  return Decimal(rounded(points, unit_of(decimals)), decimals).text();
}

}   // namespace gangmu::score
