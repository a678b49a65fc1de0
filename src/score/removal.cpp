// SPDX-License-Identifier: Apache-2.0
// What becomes of the ranks when one indicator, or one place, was not there.
#include <algorithm>

#include "score/replay.hpp"

namespace gangmu::score {

namespace {

/// Pairs whose first stood strictly before the second and now stands strictly behind; ranks in the order of before.
std::size_t turned_pairs(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& before_and_now) {
  std::size_t turned = 0;
  for (std::size_t i = 0; i < before_and_now.size(); ++i) {
    for (std::size_t j = i + 1; j < before_and_now.size(); ++j) {
      turned +=
          before_and_now[i].first < before_and_now[j].first && before_and_now[i].second > before_and_now[j].second;
    }
  }
  return turned;
}

}   // namespace

Result<std::vector<Removal>> remove_one(const Scheme& scheme, const Inputs& inputs, Executor& executor,
                                        const RobustnessLimits& limits) {
  Variation nothing;
  nothing.weights = WeightDraw::given;
  TRY(check_robustness(nothing, scheme.nodes.size(), inputs.places.size(), limits));
  TRY_ASSIGN(const auto replay, Replay::make(scheme, inputs, nothing, 0, executor));
  std::vector<Removal> out(scheme.nodes.size() - 1);
  executor.run(out.size(), [&](std::size_t i) {
    Worker worker(*replay);
    std::vector<std::uint32_t> ranks(replay->slots());
    Removal& removal = out[i];
    removal.node = static_cast<NodeIndex>(i + 1);
    worker.run({}, ranks.data(), removal.node);
    for (std::size_t s = 0; s < ranks.size(); ++s) {
      const std::uint32_t was = replay->rank(s), shift = ranks[s] > was ? ranks[s] - was : was - ranks[s];
      removal.mean_shift += static_cast<double>(shift) / static_cast<double>(ranks.size());
      if (shift <= removal.max_shift) continue;
      removal.max_shift = shift;
      removal.place = replay->place(s);
    }
  });
  return out;
}

Result<std::vector<Reversal>> reversals(const Scheme& scheme, const Inputs& inputs, std::size_t most,
                                        Executor& executor) {
  TRY_ASSIGN(const Assessment nominal, assess(scheme, inputs, executor));
  std::vector<std::uint32_t> ranked;
  for (std::uint32_t p = 0; p < nominal.places; ++p) {
    // Without the place the class must not fall below the size at which its rules change.
    const auto size = std::count(inputs.classes.begin(), inputs.classes.end(), inputs.classes[p]);
    if (nominal.ranked[p] && size > scheme.min_class_size) ranked.push_back(p);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return nominal.rank[a] < nominal.rank[b]; });
  std::vector<Reversal> out;
  const std::size_t n = std::min(most, ranked.size());
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t gone = ranked[n == 1 ? 0 : i * (ranked.size() - 1) / (n - 1)];
    std::vector<ClassIndex> classes(inputs.classes.begin(), inputs.classes.end());
    classes[gone] = no_class;
    Inputs others = inputs;
    others.classes = classes;
    std::erase_if(others.grants, [&](const Grant& grant) { return grant.place == gone; });
    TRY_ASSIGN(const Assessment without, assess(scheme, others, executor));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const std::uint32_t p : ranked) {
      if (p != gone && inputs.classes[p] == inputs.classes[gone]) pairs.emplace_back(nominal.rank[p], without.rank[p]);
    }
    out.push_back({gone, turned_pairs(pairs)});
  }
  return out;
}

}   // namespace gangmu::score
