// SPDX-License-Identifier: Apache-2.0
#include "score/earned_points.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/math.hpp"
#include "score/at_work.hpp"

namespace gangmu::score {

namespace {

constexpr std::int64_t dust = 1000;   // 1e-6 points: what rounding leaves is no loss beyond full marks

/// Adds `amount` to the parts in proportion to `room`; exactly. Precondition: room ≥ 0, |amount| at most its sum.
void spread(std::int64_t amount, const std::vector<std::int64_t>& room, std::vector<std::int64_t>& parts) {
  const auto whole = std::accumulate(room.begin(), room.end(), std::int64_t{0});
  if (whole <= 0) return;
  std::int64_t left = amount;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto share = static_cast<std::int64_t>(static_cast<__int128>(amount) * room[i] / whole);
    parts[i] += share;
    left -= share;
  }
  parts[static_cast<std::size_t>(std::max_element(room.begin(), room.end()) - room.begin())] += left;
}

}   // namespace

EarnedPoints earned_points(const Scheme& scheme, const Assessment& a, ClassIndex c, std::size_t place) {
  EarnedPoints out;
  for (std::size_t l = 0; l < scheme.leaves.size(); ++l) out.points.push_back(a.contributions[l * a.places + place]);
  const bool adds_up = std::ranges::all_of(
      scheme.nodes, [](const Node& n) { return n.is_leaf() || n.aggregation.kind == AggregationKind::arithmetic; });
  if (adds_up || c == no_class || !a.scored(place)) return out;
  const std::vector<double> at_work = weights_at_work(scheme, a, c, place);
  std::vector<std::int64_t> full, room(out.points.size(), 0);
  for (const double w : at_work) full.push_back(math::quantise(100 * w));
  std::int64_t above = 0;
  for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
    if (!scheme.nodes[n].is_leaf()) continue;
    const std::size_t l = scheme.nodes[n].leaf;
    const bool capped_higher = a.state(n, place) == ScoreState::scored && a.score(n, place) > 100;
    const std::int64_t over = out.points[l] - full[l];
    if (over > dust && !capped_higher) {
      out.points[l] = full[l];
      above += over;
    }
    room[l] = std::max<std::int64_t>(full[l] - out.points[l], 0);
  }
  if (above > 0) spread(std::min(above, std::accumulate(room.begin(), room.end(), std::int64_t{0})), room, out.points);
  std::int64_t below = 0;
  for (std::size_t l = 0; l < out.points.size(); ++l) {
    if (out.points[l] < 0) below += std::exchange(out.points[l], 0);
    room[l] = out.points[l];
  }
  if (below < 0) spread(below, room, out.points);
  out.moved = above > 0 || below < -dust;
  return out;
}

}   // namespace gangmu::score
