// SPDX-License-Identifier: Apache-2.0
// The assessment itself: checks the inputs, puts the places in the order of their codes, walks the tree block by block,
// ranks, grades, digests.
#include <algorithm>

#include "score/assessment_digest.hpp"
#include "score/errors.hpp"
#include "score/ordering.hpp"
#include "score/ranking.hpp"
#include "score/settle.hpp"
#include "score/tree_walk.hpp"

namespace gangmu::score {

namespace {

constexpr std::size_t check_grain = 16;   // columns a task

void check_shape(const Scheme& scheme, const Inputs& inputs, Diagnostics& faults) {
  const std::size_t places = inputs.places.size();
  const auto expect = [&](std::size_t got, std::size_t wanted, const char* what) {
    if (got != wanted)
      faults.push_back({&errors::inputs_shape, {what, std::to_string(got), std::to_string(wanted)}, {}});
  };
  expect(inputs.classes.size(), places, "classes");
  if (!inputs.groups.empty()) expect(inputs.groups.size(), places, "groups");
  expect(inputs.values.size(), places * scheme.columns.size(), "values");
  expect(inputs.states.size(), places * scheme.columns.size(), "states");
}

void check_places(const Scheme& scheme, const Inputs& inputs, Diagnostics& faults) {
  for (std::size_t p = 0; p < inputs.places.size(); ++p) {
    const ClassIndex c = inputs.classes[p];
    if (c == no_class || c < scheme.classes.size()) continue;
    faults.push_back({&errors::inputs_class, {inputs.places[p], std::to_string(c)}, {}});
  }
  for (const auto& grant : inputs.grants) {
    const bool known = std::any_of(scheme.adjustments.begin(), scheme.adjustments.end(),
                                   [&](const auto& i) { return i.id == grant.item; }) ||
                       std::any_of(scheme.red_lines.begin(), scheme.red_lines.end(),
                                   [&](const auto& l) { return l.id == grant.item; });
    if (!known) faults.push_back({&errors::grant_unknown, {grant.item}, {}});
    if (grant.place >= inputs.places.size())
      faults.push_back({&errors::grant_place, {std::to_string(grant.place)}, {}});
    if (grant.times < 0 || grant.times > 1000)
      faults.push_back({&errors::grant_times, {grant.item, std::to_string(grant.times)}, {}});
  }
}

/// Values that are no finite numbers, in the order of the columns.
void check_values(const Scheme& scheme, const Inputs& inputs, Executor& executor, Diagnostics& faults) {
  const std::size_t places = inputs.places.size();
  using Found = std::vector<std::size_t>;
  const auto part = [&](std::size_t begin, std::size_t end) {
    Found found;
    for (std::size_t i = begin * places; i < end * places; ++i) {
      if (inputs.states[i] == fact::CellState::value && !(inputs.values[i] - inputs.values[i] == 0)) found.push_back(i);
    }
    return found;
  };
  const auto join = [](Found a, Found b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  for (const std::size_t i : parallel_reduce(executor, scheme.columns.size(), check_grain, Found{}, part, join)) {
    faults.push_back(
        {&errors::value_not_finite, {inputs.places[i % places], scheme.columns[i / places].indicator.value}, {}});
  }
}

Status check(const Scheme& scheme, const Inputs& inputs, const std::vector<std::uint32_t>& order, Executor& executor) {
  Diagnostics faults;
  check_shape(scheme, inputs, faults);
  if (!faults.empty()) return fail(std::move(faults));
  check_places(scheme, inputs, faults);
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (inputs.places[order[i]] == inputs.places[order[i - 1]])
      faults.push_back({&errors::place_twice, {inputs.places[order[i]]}, {}});
  }
  check_values(scheme, inputs, executor, faults);
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

void nominal_weights(const Scheme& scheme, const Program& program, Assessment& out) {
  for (ClassIndex c = 0; c < scheme.classes.size(); ++c) {
    for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
      if (scheme.nodes[n].is_leaf()) out.weights.push_back(program.effective(n, c));
    }
    std::vector<double> shares(scheme.nodes.size(), 0);
    shares[0] = 1;
    for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
      for (const Child& child : program.branch(n, c).children) shares[child.node] = child.weight;
    }
    out.shares.insert(out.shares.end(), shares.begin(), shares.end());
  }
}

/// One walk over the whole tree.
Tally walk_all(const Scheme& scheme, const Inputs& inputs, const Program& program, const WalkOutput& walk,
               Executor& executor) {
  constexpr std::size_t grain = 8 * TreeWalk::block;
  return parallel_reduce(
      executor, inputs.places.size(), grain, Tally(scheme.nodes.size()),
      [&](std::size_t begin, std::size_t end) {
        Tally own(scheme.nodes.size());
        TreeWalk one(scheme, inputs, program, walk);
        for (std::size_t b = begin; b < end; b += TreeWalk::block) one.run(b, std::min(end, b + TreeWalk::block), own);
        return own;
      },
      [](Tally a, const Tally& b) {
        a.add(b);
        return a;
      });
}

void note_imputed(const Scheme& scheme, const Prepared& prepared, Assessment& out) {
  for (std::size_t l = 0; l < scheme.leaves.size(); ++l) {
    if (scheme.leaves[l].preparation.imputation.kind == ImputationKind::none) continue;
    out.imputed.resize(scheme.leaves.size() * out.places, 0);
    const auto marks = prepared.marks(l);
    for (std::size_t p = 0; p < out.places; ++p) out.imputed[l * out.places + p] = marks[p].has(CellMark::imputed);
  }
}

/// Precondition: places in the order of their codes, inputs checked.
Result<Assessment> assess_in_order(const Scheme& scheme, const Inputs& inputs, Executor& executor) {
  TRY_ASSIGN(Program program, Program::compile(scheme, inputs, executor));
  const std::size_t places = inputs.places.size();
  Assessment out;
  out.places = places;
  out.scores.resize(scheme.nodes.size() * places);
  out.states.resize(scheme.nodes.size() * places);
  out.contributions.resize(scheme.leaves.size() * places);
  out.subtotal.resize(places);
  std::vector<std::uint8_t> provisional(places, 0);
  const WalkOutput walk{out.scores.data(), out.states.data(), out.contributions.data(), out.subtotal.data(),
                        provisional.data()};
  Tally settling(scheme.nodes.size());
  for (const auto& nodes : nodes_to_settle(scheme)) {
    walk_all(scheme, inputs, program, walk, executor);
    settle(scheme, inputs, nodes, program, out, settling, executor);
    std::fill(provisional.begin(), provisional.end(), std::uint8_t{0});
  }
  Tally tally = walk_all(scheme, inputs, program, walk, executor);
  tally.add(settling);
  nominal_weights(scheme, program, out);
  out.ranked.assign(places, false);
  out.provisional.assign(places, false);
  for (std::size_t p = 0; p < places; ++p) {
    if (inputs.classes[p] == no_class) continue;
    out.provisional[p] = provisional[p] != 0 && out.scored(p);
    out.ranked[p] = out.scored(p) && !out.provisional[p];
    if (out.provisional[p]) tally.add(0, EdgeRule::provisional);
    if (!out.scored(p)) tally.add(0, EdgeRule::no_score);
  }
  note_imputed(scheme, program.prepared(), out);
  adjust(scheme, inputs, out, tally);
  rank(scheme, inputs, out, tally);
  grade(scheme, inputs, out, tally);
  out.edges = tally.counts();
  out.inputs = inputs_digest(scheme, inputs, executor);
  out.digest = assessment_digest(scheme, out, executor);
  return out;
}

}   // namespace

Result<Assessment> assess(const Scheme& scheme, const Inputs& inputs, Executor& executor) {
  const std::vector<std::uint32_t> order = code_order(inputs.places);
  TRY(check(scheme, inputs, order, executor));
  if (std::is_sorted(order.begin(), order.end())) return assess_in_order(scheme, inputs, executor);
  const Ordered sorted(inputs, order);
  TRY_ASSIGN(Assessment out, assess_in_order(scheme, sorted.inputs(), executor));
  return sorted.restore(std::move(out));
}

}   // namespace gangmu::score
