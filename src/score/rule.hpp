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
  [[nodiscard]] std::uint64_t bits() const { return bits_; }
  static_assert(edge_rules <= 64);

 private:
  std::uint64_t bits_ = 0;
};

/// Points along a straight line: what lin and min_max come down to once a pool's bounds are known.
struct Straight {
  double lo = 0, hi = 0;
  bool usable = false;   ///< false: an edge rule decides
};

struct Rule {
  FunctionKind kind = FunctionKind::lin;
  fact::Direction direction = fact::Direction::up;
  bool percent = false;
  bool fallback = false;   ///< stands in for a comparison inside a class that is too small
  RelativeTo to = RelativeTo::best;
  double lo = 0, hi = 100, cap = 100, zone = 0;
  double target = 0;
  bool own_target = false;   ///< the target column, not `target`
  Figures value, base, targets;
  const PoolTable* pool = nullptr;
  const std::uint32_t* member = nullptr;   ///< pool of each place
  bool by_group = false;                   ///< places of one class may be in several pools
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
    if (line.usable)
      return {true, std::clamp((rule.value.values[place] - line.lo) / (line.hi - line.lo), 0.0, 1.0) * 100};
  }
  return evaluate(rule, place, edges);
}

}   // namespace gangmu::score
