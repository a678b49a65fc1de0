// SPDX-License-Identifier: Apache-2.0
// One walk over the tree for a block of places: leaves scored, branches combined from below, the total's points traced
// back down to the leaves. Internal to the assessment.
#pragma once

#include <vector>

#include "score/program.hpp"

namespace gangmu::score {

/// How often each rule was applied at each node.
class Tally {
 public:
  Tally() = default;
  explicit Tally(std::size_t nodes) : counts_(nodes * edge_rules, 0) {}
  void add(NodeIndex node, EdgeRule rule, std::size_t n = 1) {
    counts_[node * edge_rules + static_cast<std::size_t>(rule)] += n;
  }
  void add(NodeIndex node, const EdgeMask& mask);
  void add(const Tally& other);
  [[nodiscard]] std::vector<EdgeCount> counts() const;

 private:
  std::vector<std::size_t> counts_;
};

/// What the walk fills for places [begin, end); spans over all P places.
struct WalkOutput {
  double* scores;                ///< N × P
  ScoreState* states;            ///< N × P
  std::int64_t* contributions;   ///< L × P
  std::int64_t* subtotal;        ///< P
  std::uint8_t* provisional;     ///< P
};

class TreeWalk {
 public:
  TreeWalk(const Scheme& scheme, const Inputs& inputs, const Program& program, const WalkOutput& out);
  /// Scores places [begin, end); end − begin ≤ block.
  void run(std::size_t begin, std::size_t end, Tally& tally);
  static constexpr std::size_t block = 256;

 private:
  void leaf(NodeIndex node, ClassIndex c, std::size_t begin, std::size_t end, Tally& tally);
  bool along_a_line(NodeIndex node, const Rule& rule, std::size_t begin, std::size_t end, Tally& tally);
  void branch(NodeIndex node, ClassIndex c, std::size_t begin, std::size_t end, Tally& tally);
  bool by_columns(NodeIndex node, const Branch& branch, std::size_t begin, std::size_t end, Tally& tally);
  void combine(NodeIndex node, std::size_t place, Tally& tally);
  void decide(NodeIndex node, std::size_t place, ScoreState state, double points);
  void leave_out(const Branch& branch, std::size_t place);
  void trace();
  void trace_general(NodeIndex node);
  void quantise();
  [[nodiscard]] std::size_t at(NodeIndex node, std::size_t place) const { return node * places_ + place; }
  /// Index into the block's own matrices.
  [[nodiscard]] std::size_t local(NodeIndex node, std::size_t place) const { return node * block + (place - begin_); }

  const Scheme& scheme_;
  const Inputs& inputs_;
  const Program& program_;
  WalkOutput out_;
  std::size_t places_;
  std::size_t begin_ = 0, end_ = 0;
  std::vector<double> share_;    ///< N × block: share of the parent at work for the place
  std::vector<double> slope_;    ///< N × block: slope inside the parent; NaN: the parent is void
  std::vector<double> points_;   ///< N × block: contribution to the total
  std::vector<Part> parts_;
  std::vector<NodeIndex> part_nodes_;
  std::vector<PartColumn> columns_;
};

}   // namespace gangmu::score
