// SPDX-License-Identifier: Apache-2.0
#include "score/flat_ranks.hpp"

#include <algorithm>

#include "base/math.hpp"

namespace gangmu::score {

std::vector<std::uint32_t> flat_ranks(std::span<const double> x, bool high_is_best) {
  std::vector<std::pair<long long, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < x.size(); ++i)
    order.emplace_back(high_is_best ? -math::quantise(x[i]) : math::quantise(x[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> rank(x.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool level = i > 0 && order[i].first == order[i - 1].first;
    rank[order[i].second] = level ? rank[order[i - 1].second] : static_cast<std::uint32_t>(i + 1);
  }
  return rank;
}

}   // namespace gangmu::score
