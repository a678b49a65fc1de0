// SPDX-License-Identifier: Apache-2.0
#include "score/prepared.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "score/columns.hpp"
#include "score/imputation.hpp"
#include "score/moments.hpp"
#include "score/treatment.hpp"

namespace gangmu::score {

namespace {

using fact::CellState;

bool absent(CellState state) { return state == CellState::missing || state == CellState::withheld; }

/// The column after treatment; nothing when it can't be done.
std::optional<Treated> treated(std::span<const double> x, const Treatment& t) {
  const Trigger trigger{t.skewness.real(), t.kurtosis.real()};
  if (!t.always && !trigger.holds(x)) return Treated{{x.begin(), x.end()}, {}, true};
  const auto most = static_cast<std::size_t>(t.most);
  switch (t.kind) {
    case TreatmentKind::winsorise: return winsorise(x, trigger, most);
    case TreatmentKind::winsorise_or_log: {
      Treated out = winsorise(x, trigger, most);
      return out.settled ? out : logarithm(x, trigger);
    }
    case TreatmentKind::log: return logarithm(x, trigger);
    case TreatmentKind::quantiles: return winsorise_quantiles(x, t.lo.real() / 100, t.hi.real() / 100, trigger).value();
    case TreatmentKind::box_cox:
      return box_cox_treated(x, t.lambda ? std::optional(t.lambda->real()) : std::nullopt, trigger);
    case TreatmentKind::none: break;
  }
  return Treated{{x.begin(), x.end()}, {}, true};
}

}   // namespace

EdgeRule rule_of(CellMark mark) {
  switch (mark) {
    case CellMark::few_reviews: return EdgeRule::few_reviews;
    case CellMark::small_sample: return EdgeRule::small_sample;
    case CellMark::nothing_due: return EdgeRule::nothing_due;
    case CellMark::imputed: return EdgeRule::imputed_value;
    case CellMark::impute_impossible: return EdgeRule::impute_impossible;
    case CellMark::treated: return EdgeRule::treated_value;
    default: return EdgeRule::transform_impossible;
  }
}

Prepared::Prepared(const Scheme& scheme, const Inputs& inputs) : inputs_(inputs), columns_(scheme.columns.size()) {
  for (const auto& leaf : scheme.leaves) {
    const std::uint32_t source = column_index(scheme, {leaf.indicator, ColumnUse::value, {}});
    if (!leaf.preparation.any()) {
      column_of_.push_back(source);
      continue;
    }
    column_of_.push_back(static_cast<std::uint32_t>(columns_ + own_.size()));
    Own own;
    own.preparation = leaf.preparation;
    own.source = source;
    const Imputation& imputation = leaf.preparation.imputation;
    if (imputation.kind == ImputationKind::regression)
      own.other = column_index(scheme, {imputation.on, ColumnUse::value, {}});
    const auto find = [&](ColumnUse use, int part = 0) {
      return column_index(scheme, {leaf.indicator, use, {}, part});
    };
    for (int r = 1; r <= leaf.preparation.panel.reviewers; ++r) own.reviews.push_back(find(ColumnUse::review, r));
    own.sample = find(ColumnUse::sample);
    own.due = find(ColumnUse::due);
    own.done = find(ColumnUse::done);
    own.late = find(ColumnUse::late);
    for (int years = 1; years <= imputation.max_age; ++years)
      own.past.push_back(column_index(scheme, {leaf.indicator, ColumnUse::base, Base::years_ago(years)}));
    own_.push_back(std::move(own));
  }
}

Figures Prepared::figures(std::uint32_t column) const {
  if (column >= columns_) return {own_[column - columns_].values.data(), own_[column - columns_].states.data()};
  const std::size_t at = column * inputs_.places.size();
  return {inputs_.values.data() + at, inputs_.states.data() + at};
}

std::span<const CellMarks> Prepared::marks(std::size_t leaf) const {
  if (column_of_[leaf] < columns_) return {};
  return own_[column_of_[leaf] - columns_].marks;
}

Figures Prepared::untreated(std::size_t leaf) const {
  Figures out = this->leaf(leaf);
  if (column_of_[leaf] >= columns_) out.values = own_[column_of_[leaf] - columns_].untreated.data();
  return out;
}

void Prepared::refresh(const Pools& pools, Executor& executor, const PreparedNoise* noise) {
  executor.run(own_.size(), [&](std::size_t i) { make(own_[i], pools, noise); });
}

void Prepared::refresh_leaf(std::size_t leaf, const Pools& pools) {
  if (column_of_[leaf] >= columns_) make(own_[column_of_[leaf] - columns_], pools, nullptr);
}

bool Prepared::made_from(std::size_t leaf, std::uint32_t column) const {
  if (column_of_[leaf] < columns_) return column_of_[leaf] == column;
  const Own& own = own_[column_of_[leaf] - columns_];
  const bool regression = own.preparation.imputation.kind == ImputationKind::regression;
  return own.source == column || (regression && own.other == column);
}

void Prepared::make(Own& own, const Pools& pools, const PreparedNoise* noise) const {
  const std::size_t places = inputs_.places.size();
  const Figures source = figures(own.source);
  own.values.assign(source.values, source.values + places);
  own.states.assign(source.states, source.states + places);
  own.marks.assign(places, {});
  if (!own.reviews.empty()) review(own);
  if (own.preparation.tasks_late) count_tasks(own);
  if (own.preparation.sample_least > 0)
    ask_for_sample(own, noise && noise->samples ? std::optional(noise->samples->fork(own.source)) : std::nullopt);
  if (own.preparation.imputation.kind != ImputationKind::none) impute(own, pools);
  if (noise && noise->estimates) shake(own, noise->spread, noise->estimates->fork(own.source));
  own.untreated.assign(own.values.begin(), own.values.end());
  if (own.preparation.treatment.kind != TreatmentKind::none) treat(own);
}

void Prepared::shake(Own& own, double spread, Random random) const {
  std::vector<double> reported;
  for (std::size_t p = 0; p < own.values.size(); ++p) {
    if (inputs_.classes[p] != no_class && own.states[p] == CellState::value && !own.marks[p].has(CellMark::imputed))
      reported.push_back(own.values[p]);
  }
  const double width = spread * deviation_of(reported);
  for (std::size_t p = 0; p < own.values.size(); ++p) {
    if (own.marks[p].has(CellMark::imputed)) own.values[p] += width * random.normal();
  }
}

void Prepared::review(Own& own) const {
  const Panel& panel = own.preparation.panel;
  std::vector<double> points;
  for (std::size_t p = 0; p < own.values.size(); ++p) {
    points.clear();
    for (const std::uint32_t column : own.reviews) {
      if (figures(column).number(p)) points.push_back(figures(column).values[p]);
    }
    own.states[p] = CellState::missing;
    if (points.size() < static_cast<std::size_t>(panel.least)) {
      own.marks[p].add(CellMark::few_reviews);
      continue;
    }
    std::sort(points.begin(), points.end());
    const auto drop = static_cast<std::ptrdiff_t>(panel.drop);
    own.values[p] = mean_of(
        std::span(points).subspan(static_cast<std::size_t>(drop), points.size() - static_cast<std::size_t>(2 * drop)));
    own.states[p] = CellState::value;
  }
}

void Prepared::count_tasks(Own& own) const {
  const Figures due = figures(own.due), done = figures(own.done), late = figures(own.late);
  const double worth = own.preparation.tasks_late->real() / 100;
  for (std::size_t p = 0; p < own.values.size(); ++p) {
    own.states[p] = CellState::missing;
    if (!due.number(p)) continue;
    if (due.values[p] <= 0) {
      own.states[p] = CellState::not_applicable;
      own.marks[p].add(CellMark::nothing_due);
    } else if (done.number(p)) {
      own.values[p] = 100 * (done.values[p] + worth * (late.number(p) ? late.values[p] : 0)) / due.values[p];
      own.states[p] = CellState::value;
    }
  }
}

void Prepared::ask_for_sample(Own& own, std::optional<Random> errors) const {
  const Figures sample = figures(own.sample);
  for (std::size_t p = 0; p < own.values.size(); ++p) {
    if (own.states[p] != CellState::value) continue;
    double& x = own.values[p];
    if (!sample.number(p) || sample.values[p] < own.preparation.sample_least) {
      own.states[p] = CellState::missing;
      own.marks[p].add(CellMark::small_sample);
    } else if (errors && x >= 0 && x <= 100) {
      x = std::clamp(x + math::sqrt(x * (100 - x) / sample.values[p]) * errors->normal(), 0.0, 100.0);
    }
  }
}

void Prepared::impute(Own& own, const Pools& pools) const {
  const Imputation& imputation = own.preparation.imputation;
  const bool pooled = imputation.kind == ImputationKind::mean || imputation.kind == ImputationKind::median;
  const auto estimates = pooled ? pool_estimates(own, pools) : std::vector<std::optional<double>>{};
  std::optional<FittedLine> line;
  const Figures x = figures(own.other), y{own.values.data(), own.states.data()};
  if (imputation.kind == ImputationKind::regression) {
    std::vector<std::pair<double, double>> points;
    for (std::size_t p = 0; p < own.values.size(); ++p) {
      if (inputs_.classes[p] != no_class && x.number(p) && y.number(p)) points.emplace_back(x.values[p], y.values[p]);
    }
    line = fitted_line(points, 3);
  }
  for (std::size_t p = 0; p < own.values.size(); ++p) {
    if (!absent(own.states[p]) || inputs_.classes[p] == no_class) continue;
    std::optional<double> estimate;
    if (pooled) {
      estimate = estimates[pools.of(imputation.pool)[p]];
    } else if (imputation.kind == ImputationKind::regression) {
      if (line && x.number(p)) estimate = line->at(x.values[p]);
    } else {
      estimate = from_the_past(own, p);
    }
    own.marks[p].add(estimate ? CellMark::imputed : CellMark::impute_impossible);
    if (!estimate) continue;
    own.values[p] = *estimate;
    own.states[p] = CellState::value;
  }
}

std::vector<std::optional<double>> Prepared::pool_estimates(const Own& own, const Pools& pools) const {
  const Imputation& imputation = own.preparation.imputation;
  const auto member = pools.of(imputation.pool);
  const Figures y{own.values.data(), own.states.data()};
  std::vector<std::vector<double>> figures_of(pools.count(imputation.pool));
  for (std::size_t p = 0; p < member.size(); ++p) {
    if (member[p] != UINT32_MAX && y.number(p)) figures_of[member[p]].push_back(y.values[p]);
  }
  std::vector<std::optional<double>> out;
  for (auto& x : figures_of) {
    if (x.empty()) {
      out.emplace_back();
    } else if (imputation.kind == ImputationKind::median) {
      out.emplace_back(median_of(std::move(x)));
    } else {
      double sum = 0;
      for (const double v : x) sum += v;
      out.emplace_back(sum / static_cast<double>(x.size()));
    }
  }
  return out;
}

std::optional<double> Prepared::from_the_past(const Own& own, std::size_t place) const {
  std::vector<std::pair<double, double>> known;   // years from now, figure
  for (std::size_t k = 0; k < own.past.size(); ++k) {
    const Figures past = figures(own.past[k]);
    if (past.number(place)) known.emplace_back(-static_cast<double>(k + 1), past.values[place]);
  }
  if (known.empty()) return std::nullopt;
  if (own.preparation.imputation.kind == ImputationKind::latest) return known.front().second;
  const auto line = fitted_line(known, 2);
  return line ? std::optional(line->at(0)) : std::nullopt;
}

void Prepared::treat(Own& own) const {
  std::vector<double> x;
  std::vector<std::size_t> place;
  for (std::size_t p = 0; p < own.values.size(); ++p) {
    if (inputs_.classes[p] == no_class || own.states[p] != CellState::value) continue;
    x.push_back(own.values[p]);
    place.push_back(p);
  }
  const auto out = treated(x, own.preparation.treatment);
  if (!out) {
    for (const std::size_t p : place) own.marks[p].add(CellMark::transform_impossible);
    return;
  }
  for (const std::uint32_t i : out->changed) {
    own.values[place[i]] = out->values[i];
    own.marks[place[i]].add(CellMark::treated);
  }
}

}   // namespace gangmu::score
