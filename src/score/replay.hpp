// SPDX-License-Identifier: Apache-2.0
// An assessment made again and again with something varied: what no run changes is scored once, what a run changes is
// scored in its worker. Places stand class by class, best first ("slots"). Internal to the robustness runs.
#pragma once

#include <map>
#include <memory>

#include "base/random.hpp"
#include "score/ordering.hpp"
#include "score/program.hpp"
#include "score/radix.hpp"
#include "score/robustness.hpp"

namespace gangmu::score {

/// A leaf's points by slot; NaN unless scored.
struct LeafColumn {
  std::vector<double> points;
  std::vector<ScoreState> states;
  std::vector<std::vector<double>>
      f;   ///< through the parent's mean, an aggregation choice each; empty where that is the points
};

/// Errors: share_outside, robustness_limit.
Status check_robustness(const Variation& variation, std::size_t runs, std::size_t places,
                        const RobustnessLimits& limits);

/// Which coordinates of a point a factor reads.
struct FactorSpan {
  Factor factor{};
  std::size_t first = 0, count = 0;
};

class Replay {
 public:
  /// Errors: those of assess().
  static Result<std::unique_ptr<Replay>> make(const Scheme& scheme, const Inputs& inputs, const Variation& variation,
                                              std::uint64_t seed, Executor& executor);

  [[nodiscard]] std::size_t slots() const { return place_.size(); }
  [[nodiscard]] std::uint32_t place(std::size_t slot) const {
    return order_[place_[slot]];
  }   ///< index into the caller's places
  [[nodiscard]] ClassIndex class_of(std::size_t slot) const { return sorted_.classes[place_[slot]]; }
  [[nodiscard]] std::uint32_t rank(std::size_t slot) const { return nominal_.rank[place_[slot]]; }
  [[nodiscard]] const std::vector<std::size_t>& class_begin() const { return class_begin_; }
  [[nodiscard]] const std::vector<FactorSpan>& factors() const { return factors_; }
  [[nodiscard]] std::size_t coordinates() const {
    return factors_.empty() ? 0 : factors_.back().first + factors_.back().count;
  }

 private:
  Replay(const Scheme& scheme, const Inputs& inputs, const Variation& variation, std::uint64_t seed);
  Status prepare(Executor& executor);
  void line_up();
  void lay_out();
  void find_dynamic(const Program& program);
  Status score_static(Executor& executor);
  [[nodiscard]] Scheme variant(std::size_t normalisation, std::size_t treatment) const;
  [[nodiscard]] std::size_t column_key(std::size_t leaf, std::size_t normalisation, std::size_t treatment) const;
  void fill(const Program& program, const Scheme& scheme, std::size_t leaf, LeafColumn& out) const;
  void through_mean(std::size_t leaf, std::size_t aggregation, LeafColumn& column) const;

  const Scheme& scheme_;
  std::vector<std::uint32_t> order_;   ///< by code → the caller's place
  Ordered ordered_;
  Inputs sorted_;
  Variation variation_;
  std::uint64_t seed_;
  Assessment nominal_;
  std::vector<std::uint32_t> place_;   ///< slot → place by code
  std::vector<std::size_t> class_begin_;
  std::vector<std::uint32_t> tie_;                      ///< a slot each
  std::vector<std::uint32_t> by_tie_;                   ///< slots, each class in the order of its ties
  std::vector<std::int64_t> adjustment_;                ///< bonus − deduction, a slot each
  std::vector<std::vector<Mean>> means_;                ///< aggregation choice × node
  std::vector<std::vector<double>> shares_;             ///< class × node: share of the parent, nominal
  std::vector<bool> comparing_, treatable_, dynamic_;   ///< a leaf each
  std::vector<FactorSpan> factors_;
  std::map<std::size_t, LeafColumn> columns_;   ///< by column_key
  friend class Worker;
};

/// What one task needs of its own.
class Worker {
 public:
  explicit Worker(const Replay& replay);
  ~Worker();
  /// The ranks a point of the design leads to, a slot each; `without`: a node left out.
  void run(std::span<const double> point, std::uint32_t* ranks, NodeIndex without = no_node);

 private:
  struct Live;   // figures that runs change, and a program over them
  [[nodiscard]] const FactorSpan* span(Factor factor) const;
  [[nodiscard]] std::size_t choice(std::span<const double> point, Factor factor, std::size_t choices) const;
  [[nodiscard]] Random stream(std::span<const double> point, Factor factor) const;
  void draw_shares(std::span<const double> point, ClassIndex c);
  void leave_out(NodeIndex node);
  void change_figures(std::span<const double> point);
  void score_live(std::span<const double> point, std::size_t normalisation, std::size_t treatment,
                  std::size_t aggregation);
  void branch(NodeIndex node, ClassIndex c, std::size_t aggregation);
  void together(NodeIndex node, ClassIndex c);
  void slowly(NodeIndex node, std::span<const Child> children, const Mean& mean, std::size_t slot);
  void rank_class(ClassIndex c, std::uint32_t* ranks);
  [[nodiscard]] const double* points_of(NodeIndex node) const;
  [[nodiscard]] const ScoreState* states_of(NodeIndex node) const;
  [[nodiscard]] const double* f_of(NodeIndex node, std::size_t aggregation) const;

  const Replay& r_;
  std::unique_ptr<Live> live_;
  std::vector<const LeafColumn*> leaf_;   ///< in force for this run
  std::vector<double> shares_;            ///< a node each, of the class at hand
  std::vector<double> points_;            ///< node × slots, branches only
  std::vector<ScoreState> states_;
  std::vector<std::size_t> branch_at_;   ///< row of a branch in points_
  std::vector<double> sum_, through_;
  std::vector<Child> children_;
  std::vector<Part> parts_;
  std::vector<NodeIndex> part_nodes_;
  std::vector<Keyed> standings_, scratch_;
};

}   // namespace gangmu::score
