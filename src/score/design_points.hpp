// SPDX-License-Identifier: Apache-2.0
// Quasi-random points: a Sobol' sequence (direction numbers of Joe & Kuo, through Boost.Random) under a random digital
// shift, so that each seed gives other points of the same evenness. Coordinates past the first `quasi_limit` are
// pseudo-random. Internal to the robustness runs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace gangmu::score {

class DesignPoints {
 public:
  static constexpr std::size_t quasi_limit = 512;

  DesignPoints(std::size_t points, std::size_t coordinates, std::uint64_t seed);
  /// The point's coordinates, each in (0, 1).
  [[nodiscard]] std::span<const double> operator[](std::size_t point) const {
    return {values_.data() + point * coordinates_, coordinates_};
  }

 private:
  std::size_t coordinates_;
  std::vector<double> values_;
};

}   // namespace gangmu::score
