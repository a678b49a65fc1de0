// SPDX-License-Identifier: Apache-2.0
#include "score/earned_points.hpp"

#include <algorithm>
#include <numeric>

#include "base/math.hpp"
#include "score/at_work.hpp"

namespace gangmu::score {

namespace {

using Nanos = std::vector<std::int64_t>;
constexpr std::int64_t dust = 1000;   // 1e-6 points: what rounding leaves is no loss beyond full marks

std::int64_t total_of(const Nanos& x) { return std::accumulate(x.begin(), x.end(), std::int64_t{0}); }

/// Moves `amount` into the parts (or out of them, below zero) in proportion to `weights`, none beyond its `room`; what
/// finds no place is left.
std::int64_t spread(std::int64_t amount, const Nanos& weights, Nanos room, Nanos& parts) {
  const std::int64_t sign = amount < 0 ? -1 : 1;
  amount *= sign;
  for (bool moved = true; amount > 0 && moved;) {
    moved = false;
    Nanos open(parts.size(), 0);
    for (std::size_t i = 0; i < parts.size(); ++i) open[i] = room[i] > 0 ? weights[i] : 0;
    const std::int64_t whole = total_of(open), now = amount;
    for (std::size_t i = 0; i < parts.size() && whole > 0; ++i) {
      if (open[i] == 0) continue;
      // Rounded up, so that a last billionth finds its place.
      const auto share = static_cast<std::int64_t>((static_cast<__int128>(now) * open[i] + whole - 1) / whole);
      const std::int64_t step = std::min({share, room[i], amount});
      parts[i] += sign * step;
      room[i] -= step;
      amount -= step;
      moved = moved || step > 0;
    }
  }
  return sign * amount;
}

/// The parts within 0…most, adding up to `wanted`: who has lost already bears first, who stands at full marks last.
void bring_within(const Nanos& most, std::int64_t wanted, Nanos& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = std::clamp(parts[i], std::int64_t{0}, most[i]);
  std::int64_t left = wanted - total_of(parts);
  Nanos lost(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) lost[i] = most[i] - parts[i];
  if (left > 0) spread(left, lost, lost, parts);
  if (left < 0) left = spread(left, lost, parts, parts);
  if (left < 0) spread(left, Nanos(parts), Nanos(parts), parts);
}

}   // namespace

EarnedPoints earned_points(const Scheme& scheme, const Assessment& a, ClassIndex c, std::size_t place) {
  EarnedPoints out;
  for (std::size_t l = 0; l < scheme.leaves.size(); ++l) out.points.push_back(a.contributions[l * a.places + place]);
  const bool adds_up = std::ranges::all_of(
      scheme.nodes, [](const Node& n) { return n.is_leaf() || n.aggregation.kind == AggregationKind::arithmetic; });
  if (adds_up || c == no_class || !a.scored(place)) return out;
  const std::vector<double> at_work = weights_at_work(scheme, a, c, place);
  Nanos points(scheme.nodes.size(), 0), most(scheme.nodes.size(), 0);
  for (NodeIndex n = static_cast<NodeIndex>(scheme.nodes.size()); n-- > 0;) {
    const Node& node = scheme.nodes[n];
    if (node.is_leaf()) {
      const bool above = a.state(n, place) == ScoreState::scored && a.score(n, place) > 100;
      points[n] = out.points[node.leaf];
      most[n] = math::quantise(100 * at_work[node.leaf]);
      if (above) most[n] = std::max(most[n], points[n]);
    }
    if (n == 0) break;
    points[node.parent] += points[n];
    most[node.parent] += most[n];
  }
  for (const Node& node : scheme.nodes) {   // a parent before its children
    if (node.is_leaf()) continue;
    Nanos parts, bounds;
    for (const NodeIndex child : node.children) {
      parts.push_back(points[child]);
      bounds.push_back(most[child]);
    }
    bring_within(bounds, points[static_cast<std::size_t>(&node - scheme.nodes.data())], parts);
    for (std::size_t i = 0; i < parts.size(); ++i) points[node.children[i]] = parts[i];
  }
  for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
    if (!scheme.nodes[n].is_leaf()) continue;
    std::int64_t& told = out.points[scheme.nodes[n].leaf];
    const std::int64_t off = points[n] - told;
    out.moved = out.moved || off > dust || off < -dust;
    told = points[n];
  }
  return out;
}

}   // namespace gangmu::score
