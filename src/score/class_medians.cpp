// SPDX-License-Identifier: Apache-2.0
#include "score/class_medians.hpp"

#include <algorithm>

#include "score/earned_points.hpp"

namespace gangmu::score {

namespace {

std::int64_t median(std::vector<std::int64_t> all) {
  std::sort(all.begin(), all.end());
  const std::size_t half = all.size() / 2;
  return all.size() % 2 == 1 ? all[half] : (all[half - 1] + all[half]) / 2;
}

}   // namespace

std::vector<std::int64_t> class_medians(const Scheme& scheme, const Inputs& inputs, const Assessment& a, ClassIndex c) {
  std::vector<std::size_t> peers;
  for (std::size_t p = 0; p < a.places; ++p) {
    if (inputs.classes[p] == c && a.scored(p)) peers.push_back(p);
  }
  std::vector<EarnedPoints> earned;
  for (const std::size_t p : peers) earned.push_back(earned_points(scheme, a, c, p));
  std::vector<std::int64_t> out;
  for (NodeIndex n = 0; n < scheme.nodes.size() && !peers.empty(); ++n) {
    std::vector<std::int64_t> points(peers.size(), 0);
    for (NodeIndex m = n; m < scheme.nodes[n].end; ++m) {
      if (!scheme.nodes[m].is_leaf()) continue;
      for (std::size_t i = 0; i < peers.size(); ++i) points[i] += earned[i].points[scheme.nodes[m].leaf];
    }
    out.push_back(median(std::move(points)));
  }
  return out;
}

}   // namespace gangmu::score
