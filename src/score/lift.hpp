// SPDX-License-Identifier: Apache-2.0
// What would lift a place by k ranks (怎样前移几位), cheapest first. Every step was tried: all that the changed figure
// reaches was scored again with everybody else as they are, so what moves the bounds of a pool or the ranks of others
// is in it. Effort is told in standard deviations of the class's figures, so that yuan, per cent and kilometres
// can stand in one list; it is no price. Figures that are missing or estimated are not moved: report them first; nor is
// any moved further than it can go. Costs about 25 trials a leaf, each as
// much as the change reaches.
#pragma once

#include <vector>

#include "score/explanation.hpp"

namespace gangmu::score {

struct LiftStep {
  NodeIndex node = 0;
  double from = 0, to = 0;   ///< of the figure; `to` in the indicator's decimals, on the side that is enough
  double effort = 0;         ///< |to − from| in deviations of the class's figures
  std::int64_t gain = 0;     ///< 1e-9 points of the total, this step and those before it
  std::uint32_t rank = 0;    ///< reached
  bool operator==(const LiftStep&) const = default;
};

struct Lift {
  std::uint32_t rank = 0, wanted = 0;
  std::int64_t gap = 0;          ///< 1e-9 points to the total of who stands at the wanted rank
  std::vector<LiftStep> alone;   ///< each is enough by itself, least effort first
  std::vector<LiftStep>
      together;   ///< when none is: in this order until it is enough, most points for the effort first
  bool reachable = false;
};

/// `ranks` ≥ 1; above the place's rank − 1 it is that. A place that is not ranked, or stands first, has an empty lift.
/// `reach`: how far each leaf's indicator can go, or empty. Precondition: `assessment` was made from `scheme` and
/// `inputs`.
Lift lift(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
          std::uint32_t ranks, Executor& executor, std::span<const Reach> reach = {});

}   // namespace gangmu::score
