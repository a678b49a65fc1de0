// SPDX-License-Identifier: Apache-2.0
// Walks every state with every set of running clocks that can be reached in it.
#include "flow/proofs.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "flow/errors.hpp"

namespace gangmu::flow {
namespace {

using ClockSet = std::set<ClockIndex>;

class Prover {
 public:
  Prover(const Flow& flow, const FlowSource& source) : flow_(flow), source_(source) {}

  Diagnostics run() {
    walk();
    for (StateIndex i = 0; i < flow_.states().size(); ++i) prove_state(i);
    for (ClockIndex i = 0; i < flow_.clocks().size(); ++i) prove_clock(i);
    prove_no_round();
    return std::move(faults_);
  }

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const Position& where) {
    faults_.push_back({&kind, std::move(arguments), where});
  }
  [[nodiscard]] const State& state(StateIndex i) const { return flow_.states()[i]; }
  [[nodiscard]] bool final(StateIndex i) const { return state(i).kind == StateKind::final; }

  // ── every (state, clocks) that can be reached ──

  void walk() {
    enter(flow_.start(), none, {});
    while (!open_.empty()) {
      const auto [at, clocks] = open_.back();
      open_.pop_back();
      for (StepIndex i = 0; i < flow_.steps().size(); ++i) {
        const Step& step = flow_.steps()[i];
        if (holds(step.from, at)) enter(step.to == none ? at : step.to, i, clocks);
      }
    }
  }
  void enter(StateIndex to, StepIndex by, ClockSet clocks) {
    for (ClockIndex i = 0; i < flow_.clocks().size(); ++i) {
      const ClockRule& clock = flow_.clocks()[i];
      const bool stops =
          clock.stop_always || holds(clock.stop_states, to) || (by != none && holds(clock.stop_steps, by));
      const bool starts =
          clock.start_always || holds(clock.start_states, to) || (by != none && holds(clock.start_steps, by));
      if (stops || final(to)) clocks.erase(i);
      if (starts && !final(to)) clocks.insert(i);
    }
    if (!seen_.insert({to, clocks}).second) return;
    open_.emplace_back(to, clocks);
    bool runs = false;
    for (const ClockIndex i : clocks) {
      const bool paused = holds(flow_.clocks()[i].pause_in, to);
      runs = runs || !paused;
      if (!paused) runs_in_[i].insert(to);
    }
    if (!runs && !final(to) && !transient(to)) clockless_.try_emplace(to, by);
  }
  /// Left by rules alone: passed in the same write.
  [[nodiscard]] bool transient(StateIndex at) const {
    bool some = false;
    for (const Step& step : flow_.steps()) {
      if (!holds(step.from, at)) continue;
      if (step.by != std::vector<std::string>{"rule"}) return false;
      some = true;
    }
    return some;
  }

  // ── what is told of it ──

  void prove_state(StateIndex i) {
    const StateSource& source = source_.states[i];
    const bool reached = std::any_of(seen_.begin(), seen_.end(), [&](const auto& one) { return one.first == i; });
    if (!reached) return fault(errors::state_unreachable, {state(i).id}, source.id.where);
    const bool left =
        std::any_of(flow_.steps().begin(), flow_.steps().end(), [&](const Step& s) { return holds(s.from, i); });
    if (!left && !final(i)) return fault(errors::state_stuck, {state(i).id}, source.id.where);
    if (const auto found = clockless_.find(i); found != clockless_.end()) {
      const std::string by = found->second == none ? source_.start_state.text : flow_.steps()[found->second].id;
      fault(errors::state_clockless, {state(i).id, by}, source.id.where);
    }
    prove_rules(i);
  }

  void prove_rules(StateIndex at) {
    std::vector<StepIndex> rules;
    for (StepIndex i = 0; i < flow_.steps().size(); ++i)
      if (holds(flow_.steps()[i].from, at) && flow_.steps()[i].taken_by("rule")) rules.push_back(i);
    for (std::size_t a = 0; a < rules.size(); ++a)
      for (std::size_t b = 0; b < a; ++b) {
        const Step &one = flow_.steps()[rules[b]], &other = flow_.steps()[rules[a]];
        if (one.when && other.when && opposite(*one.when, *other.when)) continue;
        fault(errors::steps_together, {state(at).id, one.id, other.id}, source_.steps[rules[a]].id.where);
      }
  }
  /// x and not x; a <= b and a > b.
  static bool opposite(const formula::Tree& a, const formula::Tree& b) {
    return negates(a, b) || negates(b, a) || complements(a, b);
  }
  static bool negates(const formula::Tree& a, const formula::Tree& b) {
    const auto nodes = a.nodes();
    return nodes.back().op == formula::Op::not_ && nodes.size() == b.nodes().size() + 1 &&
           std::equal(b.nodes().begin(), b.nodes().end(), nodes.begin());
  }
  static bool complements(const formula::Tree& a, const formula::Tree& b) {
    using formula::Op;
    static constexpr std::pair<Op, Op> pairs[] = {
        {Op::less, Op::greater_equal}, {Op::less_equal, Op::greater}, {Op::equal, Op::not_equal}};
    const auto x = a.nodes(), y = b.nodes();
    if (x.size() != y.size() || !std::equal(x.begin(), x.end() - 1, y.begin()) || x.back().parts != y.back().parts)
      return false;
    return std::any_of(std::begin(pairs), std::end(pairs), [&](const auto& pair) {
      return (x.back().op == pair.first && y.back().op == pair.second) ||
             (x.back().op == pair.second && y.back().op == pair.first);
    });
  }

  void prove_clock(ClockIndex i) {
    const ClockRule& clock = flow_.clocks()[i];
    const ClockSource& source = source_.clocks[i];
    const auto runs = runs_in_.find(i);
    if (runs == runs_in_.end()) return fault(errors::clock_dead, {clock.id}, source.id.where);
    for (std::size_t r = 0; r < clock.ladder.size(); ++r) {
      if (clock.ladder[r].fire == none) continue;
      const Step& step = flow_.steps()[clock.ladder[r].fire];
      const bool possible =
          std::any_of(step.from.begin(), step.from.end(), [&](StateIndex s) { return runs->second.contains(s); });
      if (!possible || !step.taken_by("clock"))
        fault(errors::fire_impossible, {clock.id, step.id}, source.ladder[r].at.where);
    }
  }

  /// A round of steps that clocks or rules can take, none of them counted.
  void prove_no_round() {
    std::vector<int> colour(flow_.states().size());
    for (StateIndex i = 0; i < flow_.states().size(); ++i)
      if (colour[i] == 0) round_from(i, colour);
  }
  void round_from(StateIndex at, std::vector<int>& colour) {
    colour[at] = 1;
    for (StepIndex i = 0; i < flow_.steps().size(); ++i) {
      const Step& step = flow_.steps()[i];
      const bool by_itself = step.taken_by("clock") || step.taken_by("rule");
      if (!by_itself || step.most > 0 || !holds(step.from, at)) continue;
      const StateIndex to = step.to == none ? at : step.to;
      path_.push_back(step.id);
      if (colour[to] == 1)
        fault(errors::step_endless, {text::join(path_, " → ")}, source_.steps[i].id.where);
      else if (colour[to] == 0)
        round_from(to, colour);
      path_.pop_back();
    }
    colour[at] = 2;
  }

  const Flow& flow_;
  const FlowSource& source_;
  std::set<std::pair<StateIndex, ClockSet>> seen_;
  std::vector<std::pair<StateIndex, ClockSet>> open_;
  std::map<ClockIndex, std::set<StateIndex>> runs_in_;
  std::map<StateIndex, StepIndex> clockless_;   ///< with the step that led there
  std::vector<std::string> path_;
  Diagnostics faults_;
};

}   // namespace

Diagnostics unproved(const Flow& flow, const FlowSource& source) { return Prover(flow, source).run(); }

}   // namespace gangmu::flow
