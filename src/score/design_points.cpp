// SPDX-License-Identifier: Apache-2.0
#include "score/design_points.hpp"

#include <algorithm>

#include <boost/random/sobol.hpp>

#include "base/random.hpp"

namespace gangmu::score {

namespace {

/// The middle of one of 2^52 equal pieces of (0, 1).
double open_unit(std::uint64_t bits) { return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52; }

}   // namespace

DesignPoints::DesignPoints(std::size_t points, std::size_t coordinates, std::uint64_t seed)
    : coordinates_(coordinates), values_(points * coordinates) {
  const std::size_t quasi = std::min(coordinates, quasi_limit);
  if (quasi == 0) return;
  Random shifts = Random(seed).fork("shift"), rest = Random(seed).fork("rest");
  std::vector<std::uint64_t> shift(quasi);
  for (auto& s : shift) s = shifts.next();
  boost::random::sobol sequence(quasi);   // begins after the point 0, which no shift needs
  for (std::size_t i = 0; i < points; ++i) {
    double* point = values_.data() + i * coordinates;
    for (std::size_t d = 0; d < quasi; ++d) point[d] = open_unit(static_cast<std::uint64_t>(sequence()) ^ shift[d]);
    for (std::size_t d = quasi; d < coordinates; ++d) point[d] = open_unit(rest.next());
  }
}

}   // namespace gangmu::score
