// SPDX-License-Identifier: Apache-2.0
// What can't be decided place by place: weights computed from the class's points, and nodes judged over the whole
// class. Both need the points below them, so the tree is walked once more for each depth that has such a node. Internal
// to the assessment.
#pragma once

#include "score/collective.hpp"
#include "score/tree_walk.hpp"

namespace gangmu::score {

/// Is the node decided over its whole class at once?
bool needs_class(const Node& node);

/// What one class makes of such a node.
struct Settled {
  std::vector<double> shares;   ///< of the children
  bool equal_instead = false;   ///< the points gave no weights
  std::vector<double> points;   ///< a row each, of a whole-class method; empty for others
  Cuts cuts;
};
/// `matrix`: a row a place, a column a child; `shares`: the children's, replaced where they are computed.
Settled settle_node(const Node& node, const Matrix& matrix, std::vector<double> shares, Executor& executor,
                    Verdict* verdict);

/// Nodes with computed weights or a whole-class method, the deepest first, a group a depth.
std::vector<std::vector<NodeIndex>> nodes_to_settle(const Scheme& scheme);
/// Precondition: out.scores and out.states are those of a walk with everything deeper settled.
void settle(const Scheme& scheme, const Inputs& inputs, std::span<const NodeIndex> nodes, Program& program,
            Assessment& out, Tally& tally, Executor& executor);

}   // namespace gangmu::score
