// SPDX-License-Identifier: Apache-2.0
#include "score/method_text.hpp"

#include <fmt/format.h>

#include "score/columns.hpp"

namespace gangmu::score {

namespace {

std::string number(const std::optional<Decimal>& value) { return value ? value->reduced().text() : std::string(); }

Sentence pool_text(Pool pool) {
  switch (pool) {
    case Pool::all: return {"全部地区", "all places"};
    case Pool::cls: return {"同类地区", "the class"};
    case Pool::group: return {"同组地区", "the group"};
  }
  return {};
}

Sentence base_text(const Base& base) {
  switch (base.kind) {
    case BaseKind::last_year: return {"上年", "last year"};
    case BaseKind::same_period_last_year: return {"上年同期", "the same period last year"};
    case BaseKind::previous: return {"上期", "the previous period"};
    case BaseKind::fixed: return {base.period.text(), base.period.text()};
    case BaseKind::years_ago: return {fmt::format("{} 年前", base.years), fmt::format("{} years ago", base.years)};
  }
  return {};
}

Sentence steps_text(const Function& f, const char* zh, const char* en) {
  Sentence out{zh, en};
  for (const auto& s : f.steps) {
    const std::string one = fmt::format(" {}→{}", s.threshold.reduced().text(), s.points.reduced().text());
    out.zh += one;
    out.en += one;
  }
  return out;
}

Sentence parts_text(const Function& f) {
  Sentence out{f.kind == FunctionKind::mix ? "加权：" : "取高：",
               f.kind == FunctionKind::mix ? "weighted: " : "best of: "};
  for (std::size_t i = 0; i < f.parts.size(); ++i) {
    const Sentence part = method_text(f.parts[i]);
    const std::string weight = f.parts[i].weight ? round_half_up(100 * f.parts[i].weight->share(), 2) + "% " : "";
    out.zh += (i ? "；" : "") + weight + part.zh;
    out.en += (i ? "; " : "") + weight + part.en;
  }
  return out;
}

std::optional<double> figure(const Scheme& scheme, const Inputs& inputs, const Column& column, std::size_t place) {
  const std::size_t at = column_index(scheme, column) * inputs.places.size() + place;
  if (inputs.states[at] != fact::CellState::value) return std::nullopt;
  return inputs.values[at];
}

/// From the change that earns full marks to the value.
std::optional<double> after_change(const Scheme& scheme, const Inputs& inputs, const Leaf& leaf, const Function& f,
                                   std::size_t place) {
  const auto before = figure(scheme, inputs, {leaf.indicator, ColumnUse::base, *f.base}, place);
  if (!before) return std::nullopt;
  if (leaf.percent) return *before + f.hi->real();
  if (*before <= 0) return std::nullopt;
  return *before * (100 + f.hi->real()) / 100;
}

std::optional<double> best_step(const Function& f) {
  std::optional<double> value;
  Decimal most(-1, 0);
  for (const auto& s : f.steps) {
    if (s.points <= most) continue;
    most = s.points;
    value = s.threshold.real();
  }
  return value;
}

/// Enough for every part of a mix; nothing when a part depends on other places.
std::optional<double> most_demanding(const Scheme& scheme, const Inputs& inputs, const Leaf& leaf, const Function& f,
                                     std::size_t place) {
  std::optional<double> most;
  for (const auto& part : f.parts) {
    const auto value = value_for_full(scheme, inputs, leaf, part, place);
    if (!value) return std::nullopt;
    const bool further = !most || (leaf.direction == fact::Direction::down ? *value < *most : *value > *most);
    if (further) most = value;
  }
  return most;
}

}   // namespace

Sentence method_text(const Function& f) {
  const Sentence pool = f.pool ? pool_text(*f.pool) : Sentence{};
  const Sentence base = f.base ? base_text(*f.base) : Sentence{};
  const std::string lo = number(f.lo), hi = number(f.hi), cap = number(f.cap);
  switch (f.kind) {
    case FunctionKind::lin:
      return {fmt::format("线性：{} 得 0 分，{} 得满分", lo, hi),
              fmt::format("straight line: {} gives 0, {} gives 100", lo, hi)};
    case FunctionKind::target: {
      const std::string goal = f.target ? " " + number(f.target) : "";
      return {fmt::format("目标{}完成率，封顶 {}", goal, cap), fmt::format("share of target{}, at most {}", goal, cap)};
    }
    case FunctionKind::self:
      return {fmt::format("与自己{}比：变化 {} 得 0 分，{} 得满分", base.zh, lo, hi),
              fmt::format("change against own {}: {} gives 0, {} gives 100", base.en, lo, hi)};
    case FunctionKind::min_max:
      return {"在" + pool.zh + "的最差与最好之间的位置", "position between worst and best of " + pool.en};
    case FunctionKind::peer: return {pool.zh + "中的名次", "rank among " + pool.en};
    case FunctionKind::z:
      return {"高于" + pool.zh + "均值几个标准差", "standard deviations above the mean of " + pool.en};
    case FunctionKind::percentile: return {pool.zh + "中超过的比例", "share of " + pool.en + " passed"};
    case FunctionKind::mean_zone:
      return {fmt::format("高于、近于（±{}%）或低于{}均值", number(f.zone), pool.zh),
              fmt::format("above, near (±{}%) or below the mean of {}", number(f.zone), pool.en)};
    case FunctionKind::relative: {
      if (f.to == RelativeTo::own)
        return {"为自己" + base.zh + "的百分之几，封顶 " + cap, "per cent of own " + base.en + ", at most " + cap};
      if (f.to == RelativeTo::peer)
        return {"为对标单位的百分之几，封顶 " + cap, "per cent of the named peer, at most " + cap};
      const bool best = f.to == RelativeTo::best;
      return {"为" + pool.zh + (best ? "最好值" : "均值") + "的百分之几，封顶 " + cap,
              std::string("per cent of the ") + (best ? "best" : "mean") + " of " + pool.en + ", at most " + cap};
    }
    case FunctionKind::step: return steps_text(f, "分档：", "steps:");
    case FunctionKind::category: return steps_text(f, "对照表：", "table:");
    case FunctionKind::either:
    case FunctionKind::mix: return parts_text(f);
  }
  return {};
}

Sentence decomposition_text(const Aggregation& aggregation) {
  switch (aggregation.kind) {
    case AggregationKind::arithmetic: return {};
    case AggregationKind::geometric:
      return {"按几何平均合成，失分按对数分解到各项", "is a geometric mean; its loss is shared out by logarithms"};
    case AggregationKind::harmonic:
      return {"按调和平均合成，失分按割线分解到各项", "is a harmonic mean; its loss is shared out by secants"};
    case AggregationKind::power:
      return {"按幂平均合成，失分按割线分解到各项", "is a power mean; its loss is shared out by secants"};
    case AggregationKind::owa:
      return {"按高低次序加权，各项失分按次序权重计",
              "weighs its parts by their order; each loses by its order's weight"};
    case AggregationKind::min: return {"取最低项，失分全记在最低项", "is its worst part; all loss is that part's"};
    case AggregationKind::mean_min:
      return {"在平均与最低项之间取值，最低项多担失分",
              "lies between mean and worst part; the worst bears more of the loss"};
    case AggregationKind::ampi:
      return {"按均值扣除不均衡合成，失分按沙普利值分解到各项",
              "takes unevenness off the mean; its loss is shared out by Shapley values"};
    case AggregationKind::benefit_of_doubt:
      return {"在规定幅度内取对本单位最有利的权重，失分按该权重计",
              "uses the weights that suit the place best within bounds; loss counts by them"};
    case AggregationKind::mpi:
      return {"按同类标准化后扣除不均衡合成，失分按比例分摊",
              "standardises over the class and takes unevenness off; its loss is shared out in proportion"};
    case AggregationKind::topsis:
      return {"按 TOPSIS 与同类最优、最劣的距离合成，失分按比例分摊",
              "is judged by TOPSIS over the class; its loss is shared out in proportion"};
    case AggregationKind::vikor:
      return {"按 VIKOR 折中排序合成，失分按比例分摊",
              "is judged by VIKOR over the class; its loss is shared out in proportion"};
    case AggregationKind::borda:
      return {"按波达计分合成，失分按比例分摊",
              "is judged by Borda's count over the class; its loss is shared out in proportion"};
    case AggregationKind::copeland:
      return {"按科普兰两两相比合成，失分按比例分摊",
              "is judged by Copeland's duels over the class; its loss is shared out in proportion"};
  }
  return {};
}

Function function_used(const Scheme& scheme, const Leaf& leaf, ClassIndex c, std::size_t class_size) {
  const Function& f = leaf.function_of(scheme.classes[c].id);
  const bool small = class_size < static_cast<std::size_t>(scheme.min_class_size);
  return small && scheme.peer_fallback ? f.without_class_comparison(*scheme.peer_fallback) : f;
}

std::optional<double> value_for_full(const Scheme& scheme, const Inputs& inputs, const Leaf& leaf, const Function& f,
                                     std::size_t place) {
  switch (f.kind) {
    case FunctionKind::lin: return f.hi->real();
    case FunctionKind::self: return after_change(scheme, inputs, leaf, f, place);
    case FunctionKind::target:
      if (f.target) return f.target->real();
      return figure(scheme, inputs, {leaf.indicator, ColumnUse::target, {}}, place);
    case FunctionKind::step:
    case FunctionKind::category: return best_step(f);
    case FunctionKind::either:
      for (const auto& part : f.parts) {
        if (const auto value = value_for_full(scheme, inputs, leaf, part, place)) return value;
      }
      return std::nullopt;
    case FunctionKind::mix: return most_demanding(scheme, inputs, leaf, f, place);
    default: return std::nullopt;
  }
}

}   // namespace gangmu::score
