// SPDX-License-Identifier: Apache-2.0
#include "score/settle.hpp"

#include <algorithm>
#include <map>

#include "base/math.hpp"
#include "score/weights.hpp"

namespace gangmu::score {

namespace {

/// Children's points of the class's places; NaN where there are none, 0 where the node counts them so.
Matrix points_below(const Scheme& scheme, const Assessment& out, NodeIndex node, std::span<const Child> children,
                    std::span<const std::uint32_t> places) {
  Matrix matrix{places.size(), {}};
  const bool counts_zero = scheme.nodes[node].missing == Missing::zero;
  for (const Child& child : children) {
    for (const std::uint32_t p : places) {
      const ScoreState state = out.state(child.node, p);
      matrix.values.push_back(state == ScoreState::scored                   ? out.score(child.node, p)
                              : state == ScoreState::missing && counts_zero ? 0
                                                                            : math::nan);
    }
  }
  return matrix;
}

Matrix complete_rows(const Matrix& matrix) {
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    std::vector<double> row;
    for (std::size_t j = 0; j < matrix.columns(); ++j) row.push_back(matrix.at(i, j));
    if (std::all_of(row.begin(), row.end(), [](double x) { return x == x; })) rows.push_back(std::move(row));
  }
  return Matrix::of(rows);
}

Result<std::vector<double>> weights_of(WeightMethod method, const Matrix& matrix, std::size_t children) {
  switch (method) {
    case WeightMethod::deviation: return deviation_weights(matrix);
    case WeightMethod::entropy: return entropy_weights(matrix);
    case WeightMethod::critic: return critic_weights(matrix, std::vector<bool>(children, false));
    case WeightMethod::principal: {
      TRY_ASSIGN(const PrincipalWeights found, principal_weights(matrix));
      return found.weights;
    }
    default: return equal_weights(children);
  }
}

}   // namespace

bool needs_class(const Node& node) {
  const bool computed = computed_weights(node.weight_method) && node.weight_method != WeightMethod::equal;
  return !node.is_leaf() && (computed || collective(node.aggregation.kind));
}

Settled settle_node(const Node& node, const Matrix& matrix, std::vector<double> shares, Executor& executor,
                    Verdict* verdict) {
  Settled out;
  out.shares = std::move(shares);
  if (computed_weights(node.weight_method)) {
    const auto found = weights_of(node.weight_method, complete_rows(matrix), out.shares.size());
    out.equal_instead = !found;
    out.shares = found ? *found : equal_weights(out.shares.size());
  }
  if (collective(node.aggregation.kind))
    out.points = collective_points(node.aggregation, matrix, out.shares, executor, verdict, &out.cuts);
  return out;
}

std::vector<std::vector<NodeIndex>> nodes_to_settle(const Scheme& scheme) {
  std::map<int, std::vector<NodeIndex>, std::greater<>> by_depth;
  std::vector<int> depth(scheme.nodes.size(), 0);
  for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
    const Node& node = scheme.nodes[n];
    if (n > 0) depth[n] = depth[node.parent] + 1;
    if (needs_class(node)) by_depth[depth[n]].push_back(n);
  }
  std::vector<std::vector<NodeIndex>> out;
  for (auto& [at, nodes] : by_depth) out.push_back(std::move(nodes));
  return out;
}

void settle(const Scheme& scheme, const Inputs& inputs, std::span<const NodeIndex> nodes, Program& program,
            Assessment& out, Tally& tally, Executor& executor) {
  std::vector<std::vector<std::uint32_t>> members(scheme.classes.size());
  for (std::uint32_t p = 0; p < inputs.places.size(); ++p) {
    if (inputs.classes[p] != no_class) members[inputs.classes[p]].push_back(p);
  }
  for (const NodeIndex node : nodes) {
    const Node& facts = scheme.nodes[node];
    for (ClassIndex c = 0; c < scheme.classes.size(); ++c) {
      const auto& children = program.branch(node, c).children;
      if (children.empty() || members[c].empty()) continue;
      const Matrix matrix = points_below(scheme, out, node, children, members[c]);
      std::vector<double> shares;
      for (const Child& child : children) shares.push_back(child.weight);
      Verdict verdict;
      const Settled settled = settle_node(facts, matrix, std::move(shares), executor, &verdict);
      if (settled.equal_instead) tally.add(node, EdgeRule::weights_equal_instead, members[c].size());
      if (computed_weights(facts.weight_method)) program.reweigh(scheme, node, c, settled.shares);
      if (!collective(facts.aggregation.kind)) continue;
      tally.add(node, EdgeRule::below_least_points, settled.cuts.below);
      tally.add(node, EdgeRule::above_most_points, settled.cuts.above);
      program.settle(node, members[c], settled.points);
      if (facts.aggregation.kind != AggregationKind::vikor && facts.aggregation.kind != AggregationKind::copeland)
        continue;
      verdict.node = node;
      verdict.class_index = c;
      for (auto* list : {&verdict.places, &verdict.compromise}) {
        for (auto& row : *list) row = members[c][row];
      }
      if (verdict.condorcet) verdict.condorcet = members[c][*verdict.condorcet];
      out.verdicts.push_back(std::move(verdict));
    }
  }
}

}   // namespace gangmu::score
