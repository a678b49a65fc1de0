// SPDX-License-Identifier: Apache-2.0
#include "score/at_work.hpp"

namespace gangmu::score {

namespace {

/// Does the child take weight in its parent for this place?
bool counts(const Node& parent, ScoreState state) {
  return state == ScoreState::scored || (state == ScoreState::missing && parent.missing == Missing::zero);
}

}   // namespace

std::vector<double> weights_at_work(const Scheme& scheme, const Assessment& assessment, ClassIndex c,
                                    std::size_t place) {
  std::vector<double> share(scheme.nodes.size(), 0), out(scheme.leaves.size(), 0);
  share[0] = assessment.scored(place) ? 1 : 0;
  for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
    const Node& node = scheme.nodes[n];
    if (node.is_leaf()) out[node.leaf] = share[n];
    // A branch counted as zero has no score inside it, yet full marks there were at stake.
    double whole = 0;
    const bool lost = assessment.state(n, place) == ScoreState::missing;
    for (const NodeIndex child : node.children) {
      if (lost || counts(node, assessment.state(child, place)))
        whole += assessment.shares[c * scheme.nodes.size() + child];
    }
    for (const NodeIndex child : node.children) {
      if (whole > 0 && (lost || counts(node, assessment.state(child, place)))) {
        share[child] = share[n] * (assessment.shares[c * scheme.nodes.size() + child] / whole);
      }
    }
  }
  return out;
}

}   // namespace gangmu::score
