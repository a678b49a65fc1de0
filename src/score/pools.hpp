// SPDX-License-Identifier: Apache-2.0
// What a place is compared with: for a column and a kind of pool, the number, bounds and moments of each pool's values,
// or the points of the comparing functions. Sums run in the order of the places. Internal to the assessment.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "score/assessment.hpp"

namespace gangmu::score {

enum class PoolNeed : std::uint8_t { bounds, mean, moments, peer, percentile };   ///< each has its bounds

/// What is asked of one column.
struct PoolRequest {
  std::uint32_t column = 0;
  Pool pool = Pool::all;
  PoolNeed need = PoolNeed::bounds;
  bool down = false;   ///< peer, percentile: less is better
  bool operator==(const PoolRequest&) const = default;
};

struct PoolStats {
  std::size_t n = 0;
  double lo = 0, hi = 0, mean = 0, deviation = 0;   ///< deviation: n − 1; 0 when n < 2
};

struct PoolTable {
  std::vector<PoolStats> stats;   ///< a pool each
  std::vector<double> points;     ///< a place each, for peer and percentile; NaN without a value
};

/// Which pool of each kind a place belongs to; UINT32_MAX: takes no part.
class Pools {
 public:
  Pools() = default;
  explicit Pools(const Inputs& inputs, std::size_t classes);
  [[nodiscard]] std::span<const std::uint32_t> of(Pool pool) const { return members_[static_cast<std::size_t>(pool)]; }
  [[nodiscard]] std::size_t count(Pool pool) const { return counts_[static_cast<std::size_t>(pool)]; }

 private:
  std::array<std::vector<std::uint32_t>, 3> members_;
  std::array<std::size_t, 3> counts_{};
};

/// values, states: the column asked for, P each.
PoolTable pool_table(const PoolRequest& request, std::span<const double> values,
                     std::span<const fact::CellState> states, const Pools& pools);

}   // namespace gangmu::score
