// SPDX-License-Identifier: Apache-2.0
// A scheme made ready for one set of inputs: rules bound to columns and pools, the tree of each class with its weights.
// Internal to the assessment.
#pragma once

#include <deque>
#include <vector>

#include "base/parallel.hpp"
#include "score/mean.hpp"
#include "score/rule.hpp"

namespace gangmu::score {

struct Child {
  NodeIndex node = 0;
  double weight = 0;   ///< share inside the parent, nominal
};

/// One node as one class sees it.
struct Branch {
  std::vector<Child> children;   ///< those with a weight in this class
};

class Program {
 public:
  /// `scheme` and what `inputs` borrows must outlive the program. Errors: fallback_needed.
  static Result<Program> compile(const Scheme& scheme, const Inputs& inputs, Executor& executor);
  /// Prepares the figures and counts the pools again, from what the inputs hold now.
  void refresh(Executor& executor, const PreparedNoise* noise = nullptr);
  /// The same for one leaf: what the others hold is left as it is.
  void refresh_leaf(std::size_t leaf);

  [[nodiscard]] const Rule& rule(std::size_t leaf, ClassIndex c) const { return rules_[rule_of_[c * leaves_ + leaf]]; }
  [[nodiscard]] const Branch& branch(NodeIndex node, ClassIndex c) const { return branches_[c * nodes_ + node]; }
  [[nodiscard]] bool takes_part(NodeIndex node, ClassIndex c) const { return effective_[c * nodes_ + node] > 0; }
  [[nodiscard]] double effective(NodeIndex node, ClassIndex c) const { return effective_[c * nodes_ + node]; }
  [[nodiscard]] const Mean& mean(NodeIndex node) const { return means_[node]; }
  [[nodiscard]] bool additive() const { return additive_; }
  /// Points of a whole-class node once settled, P each; NaN: none. Null for other nodes, and before.
  [[nodiscard]] const double* settled(NodeIndex node) const {
    return settled_[node].empty() ? nullptr : settled_[node].data();
  }
  void settle(NodeIndex node, std::span<const std::uint32_t> places, std::span<const double> points);
  /// New shares of a node's children in one class, in the order of branch().children.
  void reweigh(const Scheme& scheme, NodeIndex node, ClassIndex c, std::span<const double> shares);
  [[nodiscard]] const Prepared& prepared() const { return prepared_; }

 private:
  Program() = default;
  void count(Executor& executor);
  void count(std::size_t request);

  std::size_t leaves_ = 0, nodes_ = 0;
  bool additive_ = true;
  std::deque<Rule> rules_;               ///< addresses stay
  std::vector<std::uint32_t> rule_of_;   ///< class × leaf
  std::vector<std::vector<std::uint32_t>> rules_of_leaf_, requests_of_leaf_;
  std::vector<Branch> branches_;    ///< class × node
  std::vector<double> effective_;   ///< class × node, share of the total
  std::vector<Mean> means_;
  std::vector<std::vector<double>> settled_;   ///< a node each
  Pools pools_;
  Prepared prepared_;
  std::vector<PoolRequest> requests_;
  std::deque<PoolTable> tables_;   ///< a request each
  friend class Compiler;
};

}   // namespace gangmu::score
