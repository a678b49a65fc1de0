// SPDX-License-Identifier: Apache-2.0
#include "score/rule.hpp"

#include <algorithm>

#include "base/math.hpp"

namespace gangmu::score {

namespace {

constexpr double middle = 50;

Points given(double points) { return {true, points}; }

Points none(EdgeMask& edges, EdgeRule rule) {
  edges.add(rule);
  return {};
}

double line(double x, double lo, double hi, EdgeMask& edges) { return cut((x - lo) / (hi - lo), edges) * 100; }

/// Points within 0…most: what is cut is noted.
Points within(double points, double most, EdgeMask& edges) {
  if (points < 0) edges.add(EdgeRule::below_least_points);
  if (points > most) edges.add(EdgeRule::above_most_points);
  return given(std::clamp(points, 0.0, most));
}

/// Can a value be told as a share of it? Of zero, too, where less is better or only zero itself is right: reached or
/// not.
bool usable(const Rule& rule, double reference) {
  return reference > 0 || (reference == 0 && rule.zero_can_be_reached);
}

/// value against a usable reference, by direction; capped.
Points share(const Rule& rule, double value, double reference, EdgeMask& edges) {
  if (rule.direction == fact::Direction::down) {
    if (value <= 0) {
      edges.add(EdgeRule::zero_value_best);
      return given(rule.cap);
    }
    if (reference == 0) edges.add(EdgeRule::zero_target_missed);
    return within(100 * reference / value, rule.cap, edges);
  }
  if (rule.direction == fact::Direction::exact) {
    const double off = value < reference ? reference - value : value - reference;
    if (reference == 0 && off > 0) {
      edges.add(EdgeRule::zero_target_missed);
      return given(0);
    }
    return within(off > 0 ? 100 * (1 - off / reference) : 100, rule.cap, edges);
  }
  return within(100 * value / reference, rule.cap, edges);
}

Points target(const Rule& rule, std::size_t place, EdgeMask& edges) {
  double goal = rule.target;
  if (rule.own_target) {
    if (!rule.targets.number(place)) return none(edges, EdgeRule::missing_target);
    goal = rule.targets.values[place];
  }
  if (!usable(rule, goal)) return none(edges, EdgeRule::target_not_positive);
  return share(rule, rule.value.values[place], goal, edges);
}

Points self(const Rule& rule, std::size_t place, EdgeMask& edges) {
  if (!rule.base.number(place)) return none(edges, EdgeRule::missing_base);
  const double before = rule.base.values[place];
  const double change = rule.value.values[place] - before;
  if (rule.percent) return given(line(change, rule.lo, rule.hi, edges));
  if (before <= 0) return none(edges, EdgeRule::base_not_positive);
  return given(line(100 * change / before, rule.lo, rule.hi, edges));
}

/// The pool's figures, or null with the edge rule and the points that go with it.
const PoolStats* pool_of(const Rule& rule, std::size_t place, EdgeMask& edges, Points& otherwise) {
  const PoolStats& s = rule.pool->stats[rule.member[place]];
  if (s.n == 0) {
    otherwise = none(edges, EdgeRule::empty_pool);
    return nullptr;
  }
  if (s.n == 1) edges.add(EdgeRule::single_value);
  if (s.n > 1 && s.lo == s.hi) edges.add(EdgeRule::constant_pool);
  if (s.lo < s.hi) return &s;
  otherwise = given(middle);
  return nullptr;
}

Points relative(const Rule& rule, std::size_t place, EdgeMask& edges) {
  const double value = rule.value.values[place];
  double reference = 0;
  if (rule.to == RelativeTo::own) {
    if (!rule.base.number(place)) return none(edges, EdgeRule::missing_base);
    reference = rule.base.values[place];
    if (!usable(rule, reference)) return none(edges, EdgeRule::base_not_positive);
    return share(rule, value, reference, edges);
  }
  if (rule.to == RelativeTo::peer) {
    if (!rule.targets.number(place)) return none(edges, EdgeRule::missing_target);
    reference = rule.targets.values[place];
    return usable(rule, reference) ? share(rule, value, reference, edges) : none(edges, EdgeRule::target_not_positive);
  }
  const PoolStats& s = rule.pool->stats[rule.member[place]];
  if (s.n == 0) return none(edges, EdgeRule::empty_pool);
  const bool down = rule.direction == fact::Direction::down;
  reference = rule.to == RelativeTo::mean ? s.mean : down ? s.lo : s.hi;
  if (!usable(rule, reference)) return none(edges, EdgeRule::target_not_positive);
  return share(rule, value, reference, edges);
}

Points compared(const Rule& rule, std::size_t place, EdgeMask& edges) {
  Points otherwise;
  const PoolStats* s = pool_of(rule, place, edges, otherwise);
  if (!s) return otherwise;
  const double value = rule.value.values[place];
  const bool down = rule.direction == fact::Direction::down;
  switch (rule.kind) {
    case FunctionKind::min_max:
      return given(down ? line(value, s->hi, s->lo, edges) : line(value, s->lo, s->hi, edges));
    case FunctionKind::z: {
      // Values so close together that their deviation underflows are as good as equal.
      if (s->deviation <= 0) return given(middle);
      const double z = (value - s->mean) / s->deviation;
      return within(middle + 10 * (down ? -z : z), 100, edges);
    }
    case FunctionKind::mean_zone: {
      const double size = s->mean < 0 ? -s->mean : s->mean;
      const double width = rule.zone / 100 * size;
      const double above = down ? s->mean - value : value - s->mean;
      return given(above > width ? 100 : above < -width ? 0 : middle);
    }
    default: return given(rule.pool->points[place]);
  }
}

Points step(const Rule& rule, double value) {
  const bool falling =
      rule.steps.size() > 1 ? rule.steps[0].first > rule.steps[1].first : rule.direction == fact::Direction::down;
  double points = 0;
  for (const auto& [threshold, worth] : rule.steps) {
    if (falling ? value > threshold : value < threshold) break;
    points = worth;
  }
  return given(points);
}

Points category(const Rule& rule, double value, EdgeMask& edges) {
  for (const auto& [listed, worth] : rule.steps) {
    if (value == listed) return given(worth);
  }
  return none(edges, EdgeRule::unlisted_category);
}

/// What was cut is told of the function that counts.
Points either(const Rule& rule, std::size_t place, EdgeMask& edges) {
  EdgeMask cuts, cut_of_best;
  cuts.add(EdgeRule::below_least_points);
  cuts.add(EdgeRule::above_most_points);
  Points best;
  for (const auto& part : rule.parts) {
    EdgeMask own;
    const Points one = evaluate(part, place, own);
    edges.add(own.without(cuts));
    if (!one.given || (best.given && one.value <= best.value)) continue;
    best = one;
    cut_of_best = own.only(cuts);
  }
  edges.add(cut_of_best);
  return best;
}

Points mix(const Rule& rule, std::size_t place, EdgeMask& edges) {
  double sum = 0, weight = 0;
  bool all = true;
  for (std::size_t i = 0; i < rule.parts.size(); ++i) {
    const Points one = evaluate(rule.parts[i], place, edges);
    all = all && one.given;
    if (!one.given) continue;
    sum += rule.part_weights[i] * one.value;
    weight += rule.part_weights[i];
  }
  if (all) return given(sum);
  if (weight <= 0) return {};
  edges.add(EdgeRule::weight_spread);
  return given(sum / weight);
}

}   // namespace

void straighten(Rule& rule) {
  rule.straight.clear();
  if (rule.fallback) return;   // counted each time
  if (rule.kind == FunctionKind::lin) rule.straight = {{rule.lo, rule.hi, true, false}};
  if (rule.kind != FunctionKind::min_max) return;
  const bool down = rule.direction == fact::Direction::down;
  for (const PoolStats& s : rule.pool->stats)
    rule.straight.push_back({down ? s.hi : s.lo, down ? s.lo : s.hi, s.n > 1 && s.lo < s.hi, !rule.pool_of_base});
}

Points evaluate(const Rule& rule, std::size_t place, EdgeMask& edges) {
  if (rule.fallback) edges.add(EdgeRule::small_class_fallback);
  const double value = rule.value.values[place];
  switch (rule.kind) {
    case FunctionKind::lin: return given(line(value, rule.lo, rule.hi, edges));
    case FunctionKind::target: return target(rule, place, edges);
    case FunctionKind::self: return self(rule, place, edges);
    case FunctionKind::relative: return relative(rule, place, edges);
    case FunctionKind::step: return step(rule, value);
    case FunctionKind::category: return category(rule, value, edges);
    case FunctionKind::either: return either(rule, place, edges);
    case FunctionKind::mix: return mix(rule, place, edges);
    default: return compared(rule, place, edges);
  }
}

void evaluate(const Rule& rule, std::span<const std::uint32_t> places, double* points) {
  const double* values = rule.value.values;
  const bool one_line = !places.empty() && !rule.straight.empty() && !rule.by_group;
  const Straight line = one_line ? rule.straight[rule.member ? rule.member[places[0]] : 0] : Straight{};
  if (line.usable) {
    const double range = line.hi - line.lo;
    for (std::size_t i = 0; i < places.size(); ++i)
      points[i] = std::clamp((values[places[i]] - line.lo) / range, 0.0, 1.0) * 100;
  } else if (rule.kind == FunctionKind::peer || rule.kind == FunctionKind::percentile) {
    for (std::size_t i = 0; i < places.size(); ++i)
      points[i] = rule.pool->points[places[i]];   // the middle where all are level
  } else {
    for (std::size_t i = 0; i < places.size(); ++i) {
      EdgeMask edges;
      const Points one = evaluate(rule, places[i], edges);
      points[i] = one.given ? one.value : math::nan;
    }
  }
}

}   // namespace gangmu::score
