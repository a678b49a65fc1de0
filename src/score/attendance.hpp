// SPDX-License-Identifier: Apache-2.0
// Which children of a node count for one place and at what share: the rules for missing parts, parts that do not apply,
// and too little data. Internal to the assessment.
#pragma once

#include <span>
#include <vector>

#include "score/program.hpp"

namespace gangmu::score {

struct Attendance {
  ScoreState state = ScoreState::scored;   ///< of the node
  bool missing = false;                    ///< some child that applies has no points
  bool thin = false;                       ///< too little of the weight is there
};

/// Fills `parts` and, beside them, `nodes`; shares sum to 1 when the node is scored.
template <class StateOf, class PointsOf>
Attendance attend(const Node& node, std::span<const Child> children, const StateOf& state_of, const PointsOf& points_of,
                  std::vector<Part>& parts, std::vector<NodeIndex>& nodes) {
  const bool zero = node.missing == Missing::zero;
  double present = 0, missing = 0, apart = 0;
  parts.clear();
  nodes.clear();
  for (const auto& child : children) {
    const ScoreState state = state_of(child.node);
    if (state == ScoreState::not_applicable) {
      apart += child.weight;
      continue;
    }
    if (state == ScoreState::missing) missing += child.weight;
    if (state == ScoreState::scored) present += child.weight;
    if (state == ScoreState::missing && !zero) continue;
    parts.push_back({state == ScoreState::scored ? points_of(child.node) : 0, child.weight});
    nodes.push_back(child.node);
  }
  Attendance out;
  out.missing = missing > 0;
  const bool nothing = present <= 0 && !(zero && missing > 0);
  // Weights are hundredths, so a share that reaches the threshold on paper may miss it by rounding: 1e-12 is allowed
  // for.
  out.thin = !nothing && present < node.data_threshold.real() / 100 * (present + missing) - 1e-12;
  if (nothing || out.thin) {
    out.state = missing > 0 ? ScoreState::missing : ScoreState::not_applicable;
    return out;
  }
  const double whole = zero ? present + missing : present;
  if (apart > 0 || (missing > 0 && !zero)) {
    for (auto& part : parts) part.share /= whole;
  }
  return out;
}

}   // namespace gangmu::score
