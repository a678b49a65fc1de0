// SPDX-License-Identifier: Apache-2.0
#include "score/lift.hpp"

#include <algorithm>
#include <optional>

#include "base/decimal.hpp"
#include "score/columns.hpp"
#include "score/method_text.hpp"
#include "score/moments.hpp"
#include "score/ordering.hpp"
#include "score/standing.hpp"

namespace gangmu::score {

namespace {

constexpr int halvings = 22;   // the figure to a four-millionth of the way
constexpr std::size_t levers_a_task = 16;

/// One figure of the place that could be bettered.
struct Lever {
  NodeIndex node = 0;
  std::size_t column = 0;
  int decimals = 2;
  double from = 0, best = 0, deviation = 1;
  [[nodiscard]] double effort(double to) const { return (to > from ? to - from : from - to) / deviation; }
};

class Lifter {
 public:
  Lifter(const Scheme& scheme, const Inputs& inputs, const Assessment& a, std::size_t place, std::uint32_t wanted,
         std::span<const Reach> reach, Rescoring way)
      : scheme_(scheme), inputs_(inputs), a_(a), place_(place), wanted_(wanted), reach_(reach), way_(way) {
    for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
      if (const auto lever = lever_of(n)) levers_.push_back(*lever);
    }
  }

  Lift run(Executor& executor) {
    Lift out;
    std::vector<std::optional<LiftStep>> alone(levers_.size());
    std::vector<LiftStep> full(levers_.size());
    parallel_for(executor, levers_.size(), levers_a_task, [&](std::size_t begin, std::size_t end) {
      Standings trial(scheme_, inputs_, a_, place_, way_);
      for (std::size_t i = begin; i < end; ++i) {
        full[i] = moved(trial, levers_[i], levers_[i].best);
        if (full[i].rank <= wanted_) alone[i] = least(trial, levers_[i]);
      }
    });
    for (const auto& step : alone) {
      if (step) out.alone.push_back(*step);
    }
    std::stable_sort(out.alone.begin(), out.alone.end(),
                     [](const LiftStep& x, const LiftStep& y) { return x.effort < y.effort; });
    if (out.alone.empty() && !levers_.empty()) out.together = together(full);
    out.reachable = !out.alone.empty() || enough(out.together);
    return out;
  }

 private:
  std::optional<Lever> lever_of(NodeIndex n) const {
    const Node& node = scheme_.nodes[n];
    const ClassIndex c = inputs_.classes[place_];
    if (!node.is_leaf() || a_.state(n, place_) != ScoreState::scored || a_.shares[c * scheme_.nodes.size() + n] <= 0)
      return std::nullopt;
    if (!a_.imputed.empty() && a_.imputed[node.leaf * a_.places + place_] != 0) return std::nullopt;
    const Leaf& judged = scheme_.leaves[node.leaf];
    Lever out{.node = n,
              .column = column_index(scheme_, {judged.indicator, ColumnUse::value, {}}),
              .decimals = judged.decimals};
    if (inputs_.states[out.column * a_.places + place_] != fact::CellState::value)
      return std::nullopt;   // made from other figures
    out.from = inputs_.values[out.column * a_.places + place_];
    std::vector<double> peers, all;
    for (std::size_t p = 0; p < a_.places; ++p) {
      const std::size_t at = out.column * a_.places + p;
      if (inputs_.classes[p] == no_class || inputs_.states[at] != fact::CellState::value) continue;
      all.push_back(inputs_.values[at]);
      if (inputs_.classes[p] == c) peers.push_back(inputs_.values[at]);
    }
    const double deviation = deviation_of(peers);
    out.deviation = deviation > 0 ? deviation : std::max(out.from < 0 ? -out.from : out.from, 1.0);
    const auto members = static_cast<std::size_t>(std::count(inputs_.classes.begin(), inputs_.classes.end(), c));
    const Function used = function_used(scheme_, judged, c, members);
    const auto [lo, hi] = std::minmax_element(all.begin(), all.end());
    out.best = value_for_full(scheme_, inputs_, judged, used, place_)
                   .value_or(judged.direction == fact::Direction::down ? *lo : *hi);
    const Reach reach = reach_of(judged, node.leaf < reach_.size() ? reach_[node.leaf] : Reach{});
    if (reach.most && out.best > out.from) out.best = std::max(out.from, std::min(out.best, reach.most->real()));
    if (reach.least && out.best < out.from) out.best = std::min(out.from, std::max(out.best, reach.least->real()));
    return out.best == out.from ? std::nullopt : std::optional(out);
  }

  LiftStep moved(Standings& from, const Lever& lever, double to) const {
    const Standing there = from.with(lever.column, to);
    return {lever.node, lever.from, to, lever.effort(to), there.total - a_.total[place_], there.rank};
  }

  /// The smallest move that is enough. Precondition: the whole move is.
  LiftStep least(Standings& from, const Lever& lever) const {
    double short_of = 0, enough = 1;
    for (int i = 0; i < halvings; ++i) {
      const double half = (short_of + enough) / 2;
      (moved(from, lever, lever.from + half * (lever.best - lever.from)).rank <= wanted_ ? enough : short_of) = half;
    }
    // In the indicator's decimals: the nearest figure, or the next towards the best; the best itself where that would
    // pass it.
    const bool rising = lever.best > lever.from;
    auto text = rounded_half_up(lever.from + enough * (lever.best - lever.from), lever.decimals);
    for (int i = 0; i < 2 && text; ++i) {
      if (rising ? text->real() > lever.best : text->real() < lever.best) break;
      const LiftStep step = moved(from, lever, text->real());
      if (step.rank <= wanted_) return step;
      text = rising ? Decimal::add(*text, Decimal(1, lever.decimals))
                    : Decimal::subtract(*text, Decimal(1, lever.decimals));
    }
    return moved(from, lever, lever.best);
  }

  /// One lever after the other at its best, until it is enough.
  std::vector<LiftStep> walk(std::span<const std::size_t> order, Standings& trial) const {
    std::vector<LiftStep> out;
    trial.reset();
    for (const std::size_t i : order) {
      out.push_back(moved(trial, levers_[i], levers_[i].best));
      if (enough(out)) {
        out.back() = least(trial, levers_[i]);
        break;
      }
      trial.keep(levers_[i].column, levers_[i].best);
    }
    return out;
  }
  [[nodiscard]] bool enough(std::span<const LiftStep> steps) const {
    return !steps.empty() && steps.back().rank <= wanted_;
  }

  /// The most points for the effort first. What gains nothing alone (the worst part counts, and this is not it) comes
  /// last, and stays only where the others need it.
  std::vector<LiftStep> together(const std::vector<LiftStep>& full) const {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < full.size(); ++i) {
      if (full[i].gain >= 0) order.push_back(i);
    }
    const auto worth = [&](std::size_t i) {
      return static_cast<double>(full[i].gain) / std::max(full[i].effort, 1e-9);
    };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return worth(x) > worth(y); });
    Standings trial(scheme_, inputs_, a_, place_, way_);
    std::vector<LiftStep> out = walk(order, trial);
    order.resize(out.size());
    const auto gain = [](const std::vector<LiftStep>& steps) { return steps.empty() ? 0 : steps.back().gain; };
    for (std::size_t k = order.size(); k-- > 0;) {
      if (full[order[k]].gain > 0) continue;
      std::vector<std::size_t> fewer = order;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
      std::vector<LiftStep> steps = walk(fewer, trial);
      if (enough(out) ? !enough(steps) : gain(steps) < gain(out)) continue;
      fewer.resize(steps.size());
      order = std::move(fewer);
      out = std::move(steps);
      k = std::min(k, order.size());
    }
    return out;
  }

  const Scheme& scheme_;
  const Inputs& inputs_;
  const Assessment& a_;
  std::size_t place_;
  std::uint32_t wanted_;
  std::span<const Reach> reach_;
  Rescoring way_;
  std::vector<Lever> levers_;
};

/// Precondition: the places stand in the order of their codes.
Lift lift_in_order(const Scheme& scheme, const Inputs& inputs, const Assessment& a, std::size_t place,
                   std::uint32_t ranks, Executor& executor, std::span<const Reach> reach, Rescoring way) {
  Lift out;
  if (!a.ranked[place] || a.rank[place] == 1 || ranks == 0) return out;
  const std::uint32_t rank = a.rank[place], wanted = rank > ranks ? rank - ranks : 1;
  std::int64_t ahead = INT64_MAX;   // the lowest total at the wanted rank or before it
  for (std::size_t p = 0; p < a.places; ++p) {
    if (inputs.classes[p] == inputs.classes[place] && a.ranked[p] && a.rank[p] <= wanted)
      ahead = std::min(ahead, a.total[p]);
  }
  out = Lifter(scheme, inputs, a, place, wanted, reach, way).run(executor);
  out.rank = rank;
  out.wanted = wanted;
  out.gap = ahead == INT64_MAX ? 0 : ahead - a.total[place];
  return out;
}

}   // namespace

Lift lift_by(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
             std::uint32_t ranks, Executor& executor, std::span<const Reach> reach, Rescoring way) {
  if (std::is_sorted(inputs.places.begin(), inputs.places.end()))
    return lift_in_order(scheme, inputs, assessment, place, ranks, executor, reach, way);
  const auto order = code_order(inputs.places);
  const Ordered sorted(inputs, order);
  const Assessment a = assess(scheme, sorted.inputs(), executor).value();   // there is one already
  const auto at = static_cast<std::size_t>(std::find(order.begin(), order.end(), place) - order.begin());
  return lift_in_order(scheme, sorted.inputs(), a, at, ranks, executor, reach, way);
}

Lift lift(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
          std::uint32_t ranks, Executor& executor, std::span<const Reach> reach) {
  return lift_by(scheme, inputs, assessment, place, ranks, executor, reach, Rescoring::reached);
}

}   // namespace gangmu::score
