// SPDX-License-Identifier: Apache-2.0
// A scoring function made ready for one leaf: parameters as doubles, columns and pools found. Internal to the
// assessment.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "score/prepared.hpp"

namespace gangmu::score {

/// Edge rules met while scoring one cell; a bit a rule, so that a place counts once.
class EdgeMask {
 public:
  void add(EdgeRule rule) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(rule); }
  void add(EdgeMask other) { bits_ |= other.bits_; }
  [[nodiscard]] EdgeMask only(EdgeMask these) const { return EdgeMask(bits_ & these.bits_); }
  [[nodiscard]] EdgeMask without(EdgeMask these) const { return EdgeMask(bits_ & ~these.bits_); }
  [[nodiscard]] std::uint64_t bits() const { return bits_; }
  static_assert(edge_rules <= 64);

  EdgeMask() = default;

 private:
  explicit EdgeMask(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t bits_ = 0;
};

/// Points along a straight line: what lin and min_max come down to once a pool's bounds are known.
struct Straight {
  double lo = 0, hi = 0;
  bool usable = false;   ///< false: an edge rule decides
  bool within = false;   ///< no value it is asked for lies outside
};

/// `share` of full marks on a line, cut to 0…1: what is cut is noted.
inline double cut(double share, EdgeMask& edges) {
  if (share < 0) edges.add(EdgeRule::below_least_points);
  if (share > 1) edges.add(EdgeRule::above_most_points);
  return std::clamp(share, 0.0, 1.0);
}

struct Rule {
  FunctionKind kind = FunctionKind::lin;
  fact::Direction direction = fact::Direction::up;
  bool percent = false;
  bool zero_can_be_reached = false;   ///< a target of 0 is one
  bool fallback = false;              ///< stands in for a comparison inside a class that is too small
  RelativeTo to = RelativeTo::best;
  double lo = 0, hi = 100, cap = 100, zone = 0;
  double target = 0;
  bool own_target = false;   ///< the target column, not `target`
  Figures value, base, targets;
  const PoolTable* pool = nullptr;
  const std::uint32_t* member = nullptr;   ///< pool of each place
  bool by_group = false;                   ///< places of one class may be in several pools
  bool pool_of_base = false;               ///< the pool is another period's
  std::vector<std::pair<double, double>> steps;
  std::vector<Rule> parts;
  std::vector<double> part_weights;   ///< mix; sum 1
  std::vector<Straight> straight;     ///< a pool each (one for lin); empty for other functions
};

struct Points {
  bool given = false;
  double value = 0;
};

/// lin and min_max: the lines, once the pools are counted.
void straighten(Rule& rule);

/// Points of the place. Precondition: the place takes part and its value is a number.
Points evaluate(const Rule& rule, std::size_t place, EdgeMask& edges);

/// Those of many places of one class, NaN where none is given; the edges met go untold. Where the value is no number
/// the points are nobody's.
void evaluate(const Rule& rule, std::span<const std::uint32_t> places, double* points);

/// Those of one place, quickly where nothing but a straight line is asked for.
inline Points quick(const Rule& rule, std::size_t place, EdgeMask& edges) {
  if (!rule.straight.empty()) {
    const Straight& line = rule.straight[rule.member ? rule.member[place] : 0];
    if (line.usable) return {true, cut((rule.value.values[place] - line.lo) / (line.hi - line.lo), edges) * 100};
  }
  return evaluate(rule, place, edges);
}

}   // namespace gangmu::score
