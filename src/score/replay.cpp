// SPDX-License-Identifier: Apache-2.0
#include "score/replay.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "score/columns.hpp"
#include "score/ranking.hpp"

namespace gangmu::score {

namespace {

bool replaceable(const Function& f) {
  const bool own = (f.kind == FunctionKind::min_max || f.kind == FunctionKind::z ||
                    f.kind == FunctionKind::percentile || f.kind == FunctionKind::peer) &&
                   !f.of;
  return own || std::any_of(f.parts.begin(), f.parts.end(), replaceable);
}

void replace(Function& f, NormalisationChoice choice) {
  static constexpr FunctionKind kinds[] = {FunctionKind::lin, FunctionKind::min_max, FunctionKind::z,
                                           FunctionKind::percentile, FunctionKind::peer};
  for (auto& part : f.parts) replace(part, choice);
  if (f.parts.empty() && replaceable(f) && choice != NormalisationChoice::given)
    f.kind = kinds[static_cast<std::size_t>(choice)];
}

std::optional<Treatment> treatment_of(TreatmentChoice choice) {
  static constexpr TreatmentKind kinds[] = {TreatmentKind::none, TreatmentKind::none, TreatmentKind::winsorise,
                                            TreatmentKind::log};
  if (choice == TreatmentChoice::given) return std::nullopt;
  Treatment out;
  out.kind = kinds[static_cast<std::size_t>(choice)];
  return out;
}

Aggregation aggregation_of(AggregationChoice choice, const Aggregation& given) {
  static constexpr AggregationKind kinds[] = {AggregationKind::arithmetic, AggregationKind::arithmetic,
                                              AggregationKind::geometric, AggregationKind::harmonic,
                                              AggregationKind::min};
  if (choice == AggregationChoice::given || collective(given.kind)) return given;
  Aggregation out;
  out.kind = kinds[static_cast<std::size_t>(choice)];
  // A zero would make the node zero whatever the others are; the usual cure is to let scales begin at 1.
  if (choice == AggregationChoice::geometric || choice == AggregationChoice::harmonic) out.floor = Decimal(1, 0);
  return out;
}

/// A list of at most one choice leaves a thing as it is given.
template <class Choice>
std::vector<Choice> choices(const std::vector<Choice>& listed, bool any) {
  return listed.size() > 1 && any ? listed : std::vector<Choice>{Choice::given};
}

bool any_of(const std::vector<bool>& flags) { return std::find(flags.begin(), flags.end(), true) != flags.end(); }

bool threshold(fact::CellState state) { return state == fact::CellState::above || state == fact::CellState::below; }

}   // namespace

Replay::Replay(const Scheme& scheme, const Inputs& inputs, const Variation& variation, std::uint64_t seed)
    : scheme_(scheme),
      order_(code_order(inputs.places)),
      ordered_(inputs, order_),
      sorted_(ordered_.inputs()),
      variation_(variation),
      seed_(seed) {}

Result<std::unique_ptr<Replay>> Replay::make(const Scheme& scheme, const Inputs& inputs, const Variation& variation,
                                             std::uint64_t seed, Executor& executor) {
  TRY(assess(scheme, inputs, executor));   // refuses what can't be put in order
  std::unique_ptr<Replay> out(new Replay(scheme, inputs, variation, seed));
  TRY(out->prepare(executor));
  return out;
}

Status Replay::prepare(Executor& executor) {
  TRY_ASSIGN(nominal_, assess(scheme_, sorted_, executor));
  line_up();
  for (const auto& leaf : scheme_.leaves) {
    bool comparing = replaceable(leaf.function);
    for (const auto& [id, f] : leaf.by_class) comparing = comparing || replaceable(f);
    comparing_.push_back(comparing);
    treatable_.push_back(can_be_treated(leaf, *treatment_of(TreatmentChoice::log)));
  }
  variation_.normalisation = choices(variation_.normalisation, any_of(comparing_));
  variation_.treatment = choices(variation_.treatment, any_of(treatable_));
  variation_.aggregation = choices(variation_.aggregation, true);
  for (const AggregationChoice choice : variation_.aggregation) {
    means_.emplace_back();
    for (const auto& node : scheme_.nodes) means_.back().emplace_back(aggregation_of(choice, node.aggregation));
  }
  const std::size_t nodes = scheme_.nodes.size();
  for (std::size_t c = 0; c < scheme_.classes.size(); ++c)
    shares_.emplace_back(nominal_.shares.begin() + static_cast<std::ptrdiff_t>(c * nodes),
                         nominal_.shares.begin() + static_cast<std::ptrdiff_t>((c + 1) * nodes));
  return score_static(executor);
}

/// Slots: class by class, best first, level ones in the order of their codes.
void Replay::line_up() {
  std::vector<std::vector<std::uint32_t>> members(scheme_.classes.size());
  for (std::uint32_t p = 0; p < nominal_.places; ++p) {
    if (nominal_.ranked[p]) members[sorted_.classes[p]].push_back(p);
  }
  class_begin_ = {0};
  for (auto& list : members) {
    std::stable_sort(list.begin(), list.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return nominal_.rank[a] < nominal_.rank[b]; });
    const auto ties = tie_positions(scheme_, nominal_, list);
    place_.insert(place_.end(), list.begin(), list.end());
    tie_.insert(tie_.end(), ties.begin(), ties.end());
    const std::size_t begin = class_begin_.back();
    class_begin_.push_back(place_.size());
    for (std::size_t s = begin; s < place_.size(); ++s) by_tie_.push_back(static_cast<std::uint32_t>(s));
    std::stable_sort(by_tie_.begin() + static_cast<std::ptrdiff_t>(begin), by_tie_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return tie_[a] < tie_[b]; });
  }
  for (const std::uint32_t p : place_) adjustment_.push_back(nominal_.bonus[p] - nominal_.deduction[p]);
}

void Replay::lay_out() {
  const auto add = [&](Factor factor, std::size_t count, bool active) {
    if (active) factors_.push_back({factor, coordinates(), count});
  };
  const bool siblings = std::any_of(scheme_.nodes.begin(), scheme_.nodes.end(),
                                    [](const Node& node) { return node.children.size() > 1; });
  add(Factor::weights, scheme_.nodes.size(), variation_.weights != WeightDraw::given && siblings);
  add(Factor::normalisation, 1, variation_.normalisation.size() > 1);
  add(Factor::treatment, 1, variation_.treatment.size() > 1);
  add(Factor::aggregation, 1, variation_.aggregation.size() > 1);
  add(Factor::inclusion, 1, variation_.inclusion && scheme_.leaves.size() > 1);
}

/// Leaves whose figures runs change, and the factors that do it.
void Replay::find_dynamic(const Program& program) {
  const std::size_t places = sorted_.places.size();
  dynamic_.assign(scheme_.leaves.size(), variation_.measurement > 0);
  bool imputed = false, thresholds = false, sampled = false;
  const auto has_threshold = [&](const IndicatorCode& indicator) {
    const auto column =
        sorted_.states.subspan(column_index(scheme_, {indicator, ColumnUse::value, {}}) * places, places);
    return std::any_of(column.begin(), column.end(), threshold);
  };
  for (std::size_t l = 0; l < scheme_.leaves.size(); ++l) {
    const Leaf& leaf = scheme_.leaves[l];
    const auto marks = program.prepared().marks(l);
    if (variation_.imputed > 0 && std::ranges::any_of(marks, [](CellMarks m) { return m.has(CellMark::imputed); }))
      imputed = dynamic_[l] = true;
    if (variation_.sampling && leaf.preparation.sample_least > 0) sampled = dynamic_[l] = true;
    const IndicatorCode& on = leaf.preparation.imputation.on;
    if (variation_.thresholds && (has_threshold(leaf.indicator) || (on && has_threshold(on))))
      thresholds = dynamic_[l] = true;
  }
  const auto add = [&](Factor factor, bool active) {
    if (active) factors_.push_back({factor, coordinates(), 1});
  };
  add(Factor::imputed, imputed);
  add(Factor::thresholds, thresholds);
  add(Factor::measurement, variation_.measurement > 0);
  add(Factor::sampling, sampled);
}

/// The scheme with one choice of functions and treatment.
Scheme Replay::variant(std::size_t normalisation, std::size_t treatment) const {
  Scheme out = scheme_;
  for (std::size_t l = 0; l < out.leaves.size(); ++l) {
    Leaf& leaf = out.leaves[l];
    replace(leaf.function, variation_.normalisation[normalisation]);
    for (auto& [id, f] : leaf.by_class) replace(f, variation_.normalisation[normalisation]);
    const auto t = treatment_of(variation_.treatment[treatment]);
    if (t && treatable_[l]) leaf.preparation.treatment = *t;
  }
  return out;
}

std::size_t Replay::column_key(std::size_t leaf, std::size_t normalisation, std::size_t treatment) const {
  if (!comparing_[leaf]) normalisation = 0;
  if (!treatable_[leaf]) treatment = 0;
  return (leaf * variation_.normalisation.size() + normalisation) * variation_.treatment.size() + treatment;
}

Status Replay::score_static(Executor& executor) {
  for (std::size_t n = 0; n < variation_.normalisation.size(); ++n) {
    for (std::size_t t = 0; t < variation_.treatment.size(); ++t) {
      const Scheme scheme = variant(n, t);
      TRY_ASSIGN(const Program program, Program::compile(scheme, sorted_, executor));
      if (factors_.empty()) {
        lay_out();
        find_dynamic(program);
      }
      std::vector<std::pair<std::size_t, LeafColumn*>> wanted;
      for (std::size_t l = 0; l < scheme_.leaves.size(); ++l) {
        if (dynamic_[l] || columns_.contains(column_key(l, n, t))) continue;
        wanted.emplace_back(l, &columns_[column_key(l, n, t)]);
      }
      executor.run(wanted.size(), [&](std::size_t i) {
        fill(program, scheme, wanted[i].first, *wanted[i].second);
        for (std::size_t a = 0; a < means_.size(); ++a) through_mean(wanted[i].first, a, *wanted[i].second);
      });
    }
  }
  return {};
}

/// As the walk over the tree scores a leaf.
void Replay::fill(const Program& program, const Scheme& scheme, std::size_t leaf, LeafColumn& out) const {
  const NodeIndex node = scheme.node_of_leaf(leaf);
  const Figures figures = program.prepared().leaf(leaf);
  out.points.resize(slots());
  out.states.resize(slots());
  for (ClassIndex c = 0; c + 1U < class_begin_.size(); ++c) {
    const std::size_t begin = class_begin_[c], end = class_begin_[c + 1U];
    const bool apart = !program.takes_part(node, c);
    if (!apart)
      evaluate(program.rule(leaf, c), std::span(place_).subspan(begin, end - begin), out.points.data() + begin);
    for (std::size_t s = begin; s < end; ++s) {
      const fact::CellState cell = figures.states[place_[s]];
      const bool scored = !apart && cell == fact::CellState::value && out.points[s] == out.points[s];
      out.states[s] = scored                                             ? ScoreState::scored
                      : apart || cell == fact::CellState::not_applicable ? ScoreState::not_applicable
                                                                         : ScoreState::missing;
      if (!scored) out.points[s] = math::nan;
    }
  }
}

/// The column through its parent's mean under one choice of aggregation.
void Replay::through_mean(std::size_t leaf, std::size_t aggregation, LeafColumn& column) const {
  const Mean& mean = means_[aggregation][scheme_.nodes[scheme_.node_of_leaf(leaf)].parent];
  column.f.resize(means_.size());
  if (mean.additive() || !mean.quasi_arithmetic()) return;
  column.f[aggregation] = column.points;
  mean.f(column.f[aggregation]);
}

}   // namespace gangmu::score
