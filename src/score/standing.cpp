// SPDX-License-Identifier: Apache-2.0
#include "score/standing.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "score/attendance.hpp"
#include "score/settle.hpp"

namespace gangmu::score {

namespace {

Program compiled(const Scheme& scheme, const Inputs& inputs) {
  SerialExecutor serial;
  return Program::compile(scheme, inputs, serial).value();   // checked by the assessment there is
}

bool compares(const Rule& rule) {
  return rule.pool != nullptr || std::any_of(rule.parts.begin(), rule.parts.end(), compares);
}

}   // namespace

Standings::Standings(const Scheme& scheme, const Inputs& inputs, const Assessment& a, std::size_t place, Rescoring way)
    : scheme_(scheme),
      place_(place),
      given_(inputs.values.begin(), inputs.values.end()),
      values_(given_),
      inputs_{inputs.places, inputs.classes, inputs.groups, values_, inputs.states, inputs.grants},
      program_(compiled(scheme, inputs_)),
      class_(inputs.classes[place]),
      whole_(way == Rescoring::whole) {
  for (std::uint32_t p = 0; p < inputs.places.size(); ++p) {
    if (p == place) mine_ = members_.size();
    if (inputs.classes[p] == class_) members_.push_back(p);
  }
  size_ = members_.size();
  for (const auto& id : scheme.tie_break) tie_.push_back(scheme.find(id));
  find_tree(a);
  read(a);
}

/// The class's tree with the weights in force.
void Standings::find_tree(const Assessment& a) {
  const std::size_t nodes = scheme_.nodes.size();
  children_.resize(nodes);
  dirty_.resize(nodes);
  readers_.resize(scheme_.columns.size());
  std::vector<bool> in_tree(nodes, false);
  in_tree[0] = true;
  for (NodeIndex n = 0; n < nodes; ++n) {
    if (!in_tree[n]) continue;
    if (scheme_.nodes[n].is_leaf()) {
      note_readers(n);
      continue;
    }
    branches_.push_back(n);
    for (const Child& child : program_.branch(n, class_).children) {
      const double share = a.shares[class_ * nodes + child.node];
      children_[n].push_back({child.node, share});
      in_tree[child.node] = true;
      if (share <= 0) whole_ = true;   // worked out to nothing: out of the tree, and back in it with other figures
    }
  }
  std::reverse(branches_.begin(), branches_.end());
}

void Standings::note_readers(NodeIndex node) {
  const std::uint32_t leaf = scheme_.nodes[node].leaf;
  const bool alone = !scheme_.leaves[leaf].preparation.any() && !compares(program_.rule(leaf, class_));
  for (std::uint32_t c = 0; c < scheme_.columns.size(); ++c) {
    if (program_.prepared().made_from(leaf, c)) readers_[c].push_back({node, alone});
  }
}

void Standings::read(const Assessment& a) {
  cells_.resize(scheme_.nodes.size() * size_);
  holds_.assign(size_, 0);
  for (std::size_t m = 0; m < size_; ++m) {
    const std::uint32_t p = members_[m];
    adjustment_.push_back(a.bonus[p] - a.deduction[p]);
    total_.push_back(a.total[p]);
    for (NodeIndex n = 0; n < scheme_.nodes.size(); ++n) {
      const bool scored = a.state(n, p) == ScoreState::scored;
      cells_[n * size_ + m] = {scored ? a.score(n, p) : 0, a.state(n, p), false};
    }
    for (const NodeIndex n : branches_) {
      const Attendance here = attend_at(n, m);
      const bool held = here.state == ScoreState::scored && here.missing && scheme_.nodes[n].missing == Missing::hold;
      cells_[n * size_ + m].held = held;
      holds_[m] += held;
    }
  }
  first_ = {cells_, total_, holds_, children_};
}

Standing Standings::with(std::size_t column, double value) {
  const double kept = values_[column * inputs_.places.size() + place_];
  change(column, value);
  const Standing out = standing();
  undo();
  values_[column * inputs_.places.size() + place_] = kept;
  return out;
}

void Standings::keep(std::size_t column, double value) {
  change(column, value);
  undo_.clear();
  reweighed_.clear();
}

void Standings::reset() {
  values_ = given_;
  cells_ = first_.cells;
  total_ = first_.total;
  holds_ = first_.holds;
  children_ = first_.children;
  out_of_tree_ = false;
}

void Standings::change(std::size_t column, double value) {
  values_[column * inputs_.places.size() + place_] = value;
  if (whole_) return;
  for (const Reader& reader : readers_[column]) rescore_leaf(reader);
  for (const NodeIndex node : branches_) {
    if (dirty_[node].empty()) continue;
    if (needs_class(scheme_.nodes[node])) {
      rescore_together(node);
    } else {
      for (const std::uint32_t m : dirty_[node]) put(node, m, combined(node, m, {}));
    }
    dirty_[node].clear();
  }
}

/// Pools and own columns of other leaves are left: what was tried before is told anew when that leaf is tried next.
void Standings::undo() {
  for (std::size_t i = undo_.size(); i-- > 0;) set(undo_[i].at, undo_[i].cell);
  for (std::size_t i = reweighed_.size(); i-- > 0;) children_[reweighed_[i].node] = std::move(reweighed_[i].children);
  undo_.clear();
  reweighed_.clear();
  out_of_tree_ = false;
}

void Standings::set(std::size_t at, const Cell& cell) {
  const std::size_t member = at % size_;
  holds_[member] += static_cast<std::uint32_t>(cell.held) - static_cast<std::uint32_t>(cells_[at].held);
  cells_[at] = cell;
  if (at < size_)   // the root
    total_[member] = (cell.state == ScoreState::scored ? math::quantise(cell.points) : 0) + adjustment_[member];
}

void Standings::put(NodeIndex node, std::size_t member, const Cell& cell) {
  const Cell& before = this->cell(node, member);
  if (cell == before) return;
  const bool told = node != 0 && (cell.points != before.points || cell.state != before.state);
  undo_.push_back({node * size_ + member, before});
  set(node * size_ + member, cell);
  if (told) dirty_[scheme_.nodes[node].parent].push_back(static_cast<std::uint32_t>(member));
}

void Standings::rescore_leaf(const Reader& reader) {
  program_.refresh_leaf(scheme_.nodes[reader.node].leaf);
  if (reader.alone) return put(reader.node, mine_, scored_leaf(reader.node, mine_));
  for (std::size_t m = 0; m < size_; ++m) put(reader.node, m, scored_leaf(reader.node, m));
}

/// As the walk over the tree scores a leaf.
Standings::Cell Standings::scored_leaf(NodeIndex node, std::size_t member) const {
  const std::size_t leaf = scheme_.nodes[node].leaf;
  const std::uint32_t p = members_[member];
  const Figures figures = program_.prepared().leaf(leaf);
  if (!figures.number(p)) {
    const bool apart = figures.states[p] == fact::CellState::not_applicable;
    return {0, apart ? ScoreState::not_applicable : ScoreState::missing, false};
  }
  EdgeMask untold;
  const Points points = quick(program_.rule(leaf, class_), p, untold);
  return points.given ? Cell{points.value, ScoreState::scored, false} : Cell{};
}

Attendance Standings::attend_at(NodeIndex node, std::size_t member) {
  return attend(
      scheme_.nodes[node], children_[node], [&](NodeIndex child) { return cell(child, member).state; },
      [&](NodeIndex child) { return cell(child, member).points; }, parts_, part_nodes_);
}

/// As the walk over the tree combines a branch; `settled`: points of a whole-class method, a member each.
Standings::Cell Standings::combined(NodeIndex node, std::size_t member, std::span<const double> settled) {
  if (settled.empty() && program_.mean(node).additive()) {
    double sum = 0;
    bool all = true;
    for (const Child& child : children_[node]) {
      const Cell& below = cell(child.node, member);
      all = all && below.state == ScoreState::scored;
      sum += child.weight * below.points;
    }
    if (all) return {sum, ScoreState::scored, false};
  }
  const Attendance here = attend_at(node, member);
  if (here.state != ScoreState::scored) return {0, here.state, false};
  const bool held = here.missing && scheme_.nodes[node].missing == Missing::hold;
  if (settled.empty()) return {program_.mean(node).points(parts_), ScoreState::scored, held};
  const bool judged = settled[member] == settled[member];
  return {judged ? settled[member] : 0, judged ? ScoreState::scored : ScoreState::missing, held};
}

/// A node decided over the whole class.
void Standings::rescore_together(NodeIndex node) {
  const Node& facts = scheme_.nodes[node];
  Matrix matrix{size_, {}};
  std::vector<double> shares;
  for (const Child& child : children_[node]) {
    shares.push_back(child.weight);
    for (std::size_t m = 0; m < size_; ++m) {
      const Cell& below = cell(child.node, m);
      const bool zero = below.state == ScoreState::missing && facts.missing == Missing::zero;
      matrix.values.push_back(below.state == ScoreState::scored ? below.points : zero ? 0 : math::nan);
    }
  }
  SerialExecutor serial;
  const Settled settled = settle_node(facts, matrix, std::move(shares), serial, nullptr);
  reweighed_.push_back({node, children_[node]});
  for (std::size_t i = 0; i < settled.shares.size(); ++i) {
    children_[node][i].weight = settled.shares[i];
    if (settled.shares[i] <= 0) out_of_tree_ = true;
  }
  for (std::size_t m = 0; m < size_; ++m) put(node, m, combined(node, m, settled.points));
}

Standing Standings::standing() const {
  if (whole_ || out_of_tree_) return assessed();
  Standing out{UINT32_MAX, total_[mine_]};
  if (!ranked(mine_)) return out;
  out.rank = 1;
  for (std::size_t m = 0; m < size_; ++m) out.rank += ranked(m) && before(m);
  return out;
}

bool Standings::ranked(std::size_t member) const {
  return cell(0, member).state == ScoreState::scored && holds_[member] == 0;
}

/// Does it stand before the place?
bool Standings::before(std::size_t member) const {
  if (total_[member] != total_[mine_]) return total_[member] > total_[mine_];
  const auto key = [&](NodeIndex node, std::size_t of) {
    return cell(node, of).state == ScoreState::scored ? math::quantise(cell(node, of).points) : INT64_MIN;
  };
  for (const NodeIndex node : tie_) {
    if (key(node, member) != key(node, mine_)) return key(node, member) > key(node, mine_);
  }
  return false;
}

Standing Standings::assessed() const {
  SerialExecutor serial;
  const Assessment a = assess(scheme_, inputs_, serial).value();   // checked before
  return {a.ranked[place_] ? a.rank[place_] : UINT32_MAX, a.total[place_]};
}

}   // namespace gangmu::score
