// SPDX-License-Identifier: Apache-2.0
#include "score/pools.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "score/radix.hpp"

namespace gangmu::score {

namespace {

void add(PoolStats& s, double v) {
  s.lo = s.n == 0 || v < s.lo ? v : s.lo;
  s.hi = s.n == 0 || v > s.hi ? v : s.hi;
  ++s.n;
}

void add_bounds(std::vector<PoolStats>& stats, std::span<const std::uint32_t> member, std::span<const double> values,
                std::span<const fact::CellState> states) {
  if (stats.size() == 1) {   // one pool: its figures stay in registers
    PoolStats one;
    for (std::size_t p = 0; p < member.size(); ++p) {
      if (member[p] == 0 && states[p] == fact::CellState::value) add(one, values[p]);
    }
    stats[0] = one;
  } else {
    for (std::size_t p = 0; p < member.size(); ++p) {
      if (member[p] != UINT32_MAX && states[p] == fact::CellState::value) add(stats[member[p]], values[p]);
    }
  }
}

void add_mean(std::vector<PoolStats>& stats, std::span<const std::uint32_t> member, std::span<const double> values,
              std::span<const fact::CellState> states) {
  for (std::size_t p = 0; p < member.size(); ++p) {
    if (member[p] != UINT32_MAX && states[p] == fact::CellState::value) stats[member[p]].mean += values[p];
  }
  for (auto& s : stats) {
    if (s.n > 0) s.mean /= static_cast<double>(s.n);
  }
}

void add_deviation(std::vector<PoolStats>& stats, std::span<const std::uint32_t> member, std::span<const double> values,
                   std::span<const fact::CellState> states) {
  for (std::size_t p = 0; p < member.size(); ++p) {
    if (member[p] == UINT32_MAX || states[p] != fact::CellState::value) continue;
    PoolStats& s = stats[member[p]];
    s.deviation += (values[p] - s.mean) * (values[p] - s.mean);
  }
  for (auto& s : stats) { s.deviation = s.n < 2 ? 0 : math::sqrt(s.deviation / static_cast<double>(s.n - 1)); }
}

/// Points of one pool, entries sorted from worst to best.
void rank_points(std::span<const Keyed> sorted, PoolNeed need, std::vector<double>& points) {
  const auto n = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t j = i;
    while (j < sorted.size() && sorted[j].key == sorted[i].key) ++j;
    const auto worse = static_cast<double>(i);
    const auto equal = static_cast<double>(j - i);
    double p = 50;
    if (need == PoolNeed::peer) {
      // Mean rank of the tie from the top is n − worse − (equal − 1) / 2.
      const double rank = n - worse - (equal - 1) / 2;
      p = 100 * (n - rank + 0.5) / n;
    } else if (sorted.size() > 1) {
      p = 100 * (worse + (equal - 1) / 2) / (n - 1);
    }
    for (; i < j; ++i) points[sorted[i].item] = p;
  }
}

}   // namespace

Pools::Pools(const Inputs& inputs, std::size_t classes) {
  const std::size_t places = inputs.places.size();
  for (auto& m : members_) m.assign(places, UINT32_MAX);
  counts_ = {1, classes, 1};
  for (std::size_t p = 0; p < places; ++p) {
    if (inputs.classes[p] == no_class) continue;
    const std::uint32_t group = inputs.groups.empty() ? 0 : inputs.groups[p];
    members_[0][p] = 0;
    members_[1][p] = inputs.classes[p];
    members_[2][p] = group;
    counts_[2] = std::max<std::size_t>(counts_[2], group + std::size_t{1});
  }
}

PoolTable pool_table(const PoolRequest& request, std::span<const double> values,
                     std::span<const fact::CellState> states, const Pools& pools) {
  const std::size_t places = values.size();
  const auto member = pools.of(request.pool);
  PoolTable table;
  table.stats.resize(pools.count(request.pool));
  add_bounds(table.stats, member, values, states);
  if (request.need == PoolNeed::mean || request.need == PoolNeed::moments)
    add_mean(table.stats, member, values, states);
  if (request.need == PoolNeed::moments) add_deviation(table.stats, member, values, states);
  if (request.need != PoolNeed::peer && request.need != PoolNeed::percentile) return table;

  std::vector<std::vector<Keyed>> entries(table.stats.size());
  for (std::size_t k = 0; k < entries.size(); ++k) entries[k].reserve(table.stats[k].n);
  for (std::size_t p = 0; p < places; ++p) {
    if (member[p] == UINT32_MAX || states[p] != fact::CellState::value) continue;
    entries[member[p]].push_back({key_of(request.down ? -values[p] : values[p]), static_cast<std::uint32_t>(p)});
  }
  table.points.assign(places, math::nan);
  std::vector<Keyed> scratch;
  for (auto& one : entries) {
    sort_by_key(one, scratch);
    rank_points(one, request.need, table.points);
  }
  return table;
}

}   // namespace gangmu::score
