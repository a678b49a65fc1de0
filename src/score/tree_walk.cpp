// SPDX-License-Identifier: Apache-2.0
#include "score/tree_walk.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "score/attendance.hpp"

namespace gangmu::score {

namespace {

constexpr double full = 100;
bool is_nan(double x) { return x != x; }

/// Parts need no exact halves: what their rounding leaves over is put right below. The total is quantised by base/math.
std::int64_t nearest(double points) { return static_cast<std::int64_t>(points * 1e9 + (points < 0 ? -0.5 : 0.5)); }

EdgeRule rule_of(fact::CellState state) {
  switch (state) {
    case fact::CellState::withheld: return EdgeRule::withheld_value;
    case fact::CellState::above:
    case fact::CellState::below: return EdgeRule::threshold_value;
    case fact::CellState::not_applicable: return EdgeRule::not_applicable;
    default: return EdgeRule::missing_value;
  }
}

}   // namespace

void Tally::add(NodeIndex node, const EdgeMask& mask) {
  for (std::uint64_t bits = mask.bits(); bits != 0; bits &= bits - 1) {
    add(node, static_cast<EdgeRule>(__builtin_ctzll(bits)));
  }
}

void Tally::add(const Tally& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::vector<EdgeCount> Tally::counts() const {
  std::vector<EdgeCount> out;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] == 0) continue;
    out.push_back({static_cast<EdgeRule>(i % edge_rules), static_cast<NodeIndex>(i / edge_rules), counts_[i]});
  }
  return out;
}

TreeWalk::TreeWalk(const Scheme& scheme, const Inputs& inputs, const Program& program, const WalkOutput& out)
    : scheme_(scheme), inputs_(inputs), program_(program), out_(out), places_(inputs.places.size()) {
  share_.assign(scheme.nodes.size() * block, 0);
  points_.assign(scheme.nodes.size() * block, 0);
  if (!program.additive()) slope_.assign(scheme.nodes.size() * block, 0);
}

void TreeWalk::run(std::size_t begin, std::size_t end, Tally& tally) {
  begin_ = begin;
  end_ = end;
  for (std::size_t n = scheme_.nodes.size(); n-- > 0;) {
    const auto node = static_cast<NodeIndex>(n);
    // Places of one class stand under one rule: taken run by run.
    for (std::size_t from = begin, to = begin; from < end; from = to) {
      const ClassIndex c = inputs_.classes[from];
      while (to < end && inputs_.classes[to] == c) ++to;
      if (c == no_class || !program_.takes_part(node, c)) {
        for (std::size_t p = from; p < to; ++p) decide(node, p, ScoreState::not_applicable, 0);
      } else if (scheme_.nodes[n].is_leaf()) {
        leaf(node, c, from, to, tally);
      } else {
        branch(node, c, from, to, tally);
      }
    }
  }
  trace();
  quantise();
}

void TreeWalk::decide(NodeIndex node, std::size_t place, ScoreState state, double points) {
  out_.states[at(node, place)] = state;
  out_.scores[at(node, place)] = state == ScoreState::scored ? points : math::nan;
}

void TreeWalk::leaf(NodeIndex node, ClassIndex c, std::size_t begin, std::size_t end, Tally& tally) {
  const std::size_t index = scheme_.nodes[node].leaf;
  const Figures figures = program_.prepared().leaf(index);
  const auto marks = program_.prepared().marks(index);
  const Rule& rule = program_.rule(index, c);
  if (marks.empty() && along_a_line(node, rule, begin, end, tally)) return;
  for (std::size_t p = begin; p < end; ++p) {
    if (!marks.empty()) marks[p].each_rule([&](EdgeRule edge) { tally.add(node, edge); });
    if (!figures.number(p)) {
      tally.add(node, rule_of(figures.states[p]));
      const bool apart = figures.states[p] == fact::CellState::not_applicable;
      decide(node, p, apart ? ScoreState::not_applicable : ScoreState::missing, 0);
      continue;
    }
    EdgeMask edges;
    const Points points = quick(rule, p, edges);
    if (edges.bits() != 0) tally.add(node, edges);
    decide(node, p, points.given ? ScoreState::scored : ScoreState::missing, points.value);
  }
}

/// The everyday case at speed: every figure is a number and one straight line holds for all. Gives what quick would.
bool TreeWalk::along_a_line(NodeIndex node, const Rule& rule, std::size_t begin, std::size_t end, Tally& tally) {
  if (rule.straight.empty() || rule.by_group) return false;
  const Straight line = rule.straight[rule.member ? rule.member[begin] : 0];
  const auto* states = rule.value.states;
  if (!line.usable ||
      !std::all_of(states + begin, states + end, [](fact::CellState s) { return s == fact::CellState::value; }))
    return false;
  const double* values = rule.value.values;
  double* scores = out_.scores + at(node, 0);
  const double range = line.hi - line.lo;
  for (std::size_t p = begin; p < end; ++p) scores[p] = std::clamp((values[p] - line.lo) / range, 0.0, 1.0) * 100;
  std::fill(out_.states + at(node, begin), out_.states + at(node, end), ScoreState::scored);
  if (line.within) return true;
  std::size_t below = 0, above = 0;
  for (std::size_t p = begin; p < end; ++p) {
    const double share = (values[p] - line.lo) / range;
    below += share < 0;
    above += share > 1;
  }
  if (below > 0) tally.add(node, EdgeRule::below_least_points, below);
  if (above > 0) tally.add(node, EdgeRule::above_most_points, above);
  return true;
}

void TreeWalk::branch(NodeIndex node, ClassIndex c, std::size_t begin, std::size_t end, Tally& tally) {
  const Branch& branch = program_.branch(node, c);
  if (by_columns(node, branch, begin, end, tally)) return;
  const bool additive = program_.mean(node).additive();
  for (std::size_t p = begin; p < end; ++p) {
    if (!additive || !by_columns(node, branch, p, p + 1, tally)) combine(node, p, tally);
  }
}

/// A node all of whose children have points, by a mean that takes many places at once. Gives what combine would.
bool TreeWalk::by_columns(NodeIndex node, const Branch& branch, std::size_t begin, std::size_t end, Tally& tally) {
  columns_.clear();
  for (const auto& child : branch.children) {
    const ScoreState* states = out_.states + at(child.node, 0);
    if (!std::all_of(states + begin, states + end, [](ScoreState s) { return s == ScoreState::scored; })) return false;
    double* slope = program_.additive() ? nullptr : &slope_[local(child.node, begin)];
    columns_.push_back({out_.scores + at(child.node, begin), child.weight, slope});
  }
  const auto lifted = program_.mean(node).combine(columns_, end - begin, out_.scores + at(node, begin));
  if (!lifted) return false;
  for (const auto& child : branch.children) {
    std::fill(&share_[local(child.node, begin)], &share_[local(child.node, begin)] + (end - begin), child.weight);
  }
  if (*lifted > 0) tally.add(node, EdgeRule::lifted_to_floor, *lifted);
  std::fill(out_.states + at(node, begin), out_.states + at(node, end), ScoreState::scored);
  return true;
}

void TreeWalk::combine(NodeIndex node, std::size_t place, Tally& tally) {
  const Branch& branch = program_.branch(node, inputs_.classes[place]);
  const Node& facts = scheme_.nodes[node];
  const Attendance here = attend(
      facts, branch.children, [&](NodeIndex child) { return out_.states[at(child, place)]; },
      [&](NodeIndex child) { return out_.scores[at(child, place)]; }, parts_, part_nodes_);
  if (here.thin) tally.add(node, EdgeRule::below_data_threshold);
  if (here.state != ScoreState::scored) {
    decide(node, place, here.state, 0);
    return leave_out(branch, place);
  }
  if (here.missing)
    tally.add(node, facts.missing == Missing::zero ? EdgeRule::zero_for_missing : EdgeRule::weight_spread);
  if (here.missing && facts.missing == Missing::hold) out_.provisional[place] = 1;
  const double* settled = program_.settled(node);
  if (collective(facts.aggregation.kind) && (!settled || is_nan(settled[place]))) {
    if (settled) tally.add(node, EdgeRule::incomplete_for_method);
    decide(node, place, ScoreState::missing, 0);
    return leave_out(branch, place);
  }
  const Combined result = settled ? in_proportion(parts_, settled[place]) : program_.mean(node).combine(parts_);
  if (result.zeroed && !settled) tally.add(node, EdgeRule::zero_in_geometric);
  if (result.lifted) tally.add(node, EdgeRule::lifted_to_floor);
  decide(node, place, ScoreState::scored, result.points);
  for (const auto& child : branch.children) share_[local(child.node, place)] = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) share_[local(part_nodes_[i], place)] = parts_[i].share;
  if (program_.additive()) return;
  for (const auto& child : branch.children) slope_[local(child.node, place)] = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i)
    slope_[local(part_nodes_[i], place)] = result.zeroed ? math::nan : parts_[i].slope;
}

/// A node without a score: nothing of its children counts; what the parent still books on it is spread by weight.
void TreeWalk::leave_out(const Branch& branch, std::size_t place) {
  for (const auto& child : branch.children) {
    share_[local(child.node, place)] = program_.additive() ? 0 : child.weight;
    if (!program_.additive()) slope_[local(child.node, place)] = math::nan;
  }
}

/// From the top: share_ becomes the share of the total, points_ the contribution to it.
void TreeWalk::trace() {
  const std::size_t width = end_ - begin_;
  for (std::size_t i = 0; i < width; ++i) {
    share_[i] = out_.states[begin_ + i] == ScoreState::scored ? 1 : 0;
    points_[i] = share_[i] > 0 ? out_.scores[begin_ + i] : 0;
    if (!program_.additive()) slope_[i] = share_[i];
  }
  for (NodeIndex n = 1; n < scheme_.nodes.size(); ++n) {
    if (!program_.additive()) {
      trace_general(n);
      continue;
    }
    const double* above = &share_[scheme_.nodes[n].parent * block];
    double* own = &share_[n * block];
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t p = begin_ + i;
      // A node outside the class's tree was never combined, so its share is whatever an earlier block left there.
      own[i] = out_.states[at(n, p)] == ScoreState::scored ? own[i] * above[i] : 0;
      points_[n * block + i] = own[i] > 0 ? own[i] * out_.scores[at(n, p)] : 0;
    }
  }
}

void TreeWalk::trace_general(NodeIndex n) {
  const NodeIndex parent = scheme_.nodes[n].parent;
  for (std::size_t p = begin_; p < end_; ++p) {
    const std::size_t i = local(n, p), above = local(parent, p);
    const ClassIndex c = inputs_.classes[p];
    if (c == no_class || !program_.takes_part(n, c)) {
      share_[i] = slope_[i] = points_[i] = 0;
      continue;
    }
    if (is_nan(slope_[i]) || is_nan(slope_[above])) {
      points_[i] = points_[above] * share_[i];
      share_[i] *= share_[above];
      slope_[i] = math::nan;
      continue;
    }
    share_[i] *= share_[above];
    slope_[i] *= slope_[above];
    const double x = out_.states[at(n, p)] == ScoreState::scored ? out_.scores[at(n, p)] : 0;
    points_[i] = full * share_[i] - slope_[i] * (full - x);
  }
}

/// Points become int64 of 1e-9; what quantising leaves over (a few 1e-9) goes to the largest contribution.
void TreeWalk::quantise() {
  for (std::size_t p = begin_; p < end_; ++p) {
    out_.subtotal[p] = out_.states[p] == ScoreState::scored ? math::quantise(out_.scores[p]) : 0;
  }
  std::int64_t rest[block] = {}, best[block] = {};
  std::uint32_t best_leaf[block] = {};
  for (std::size_t p = begin_; p < end_; ++p) {
    rest[p - begin_] = out_.subtotal[p];
    best[p - begin_] = INT64_MIN;
  }
  for (NodeIndex n = 0; n < scheme_.nodes.size(); ++n) {
    if (!scheme_.nodes[n].is_leaf()) continue;
    const std::uint32_t leaf = scheme_.nodes[n].leaf;
    std::int64_t* out = out_.contributions + leaf * places_;
    for (std::size_t p = begin_; p < end_; ++p) {
      const std::size_t i = p - begin_;
      const std::int64_t q = nearest(points_[n * block + i]);
      out[p] = q;
      rest[i] -= q;
      if (q > best[i]) {
        best[i] = q;
        best_leaf[i] = leaf;
      }
    }
  }
  for (std::size_t p = begin_; p < end_; ++p)
    out_.contributions[best_leaf[p - begin_] * places_ + p] += rest[p - begin_];
}

}   // namespace gangmu::score
