// SPDX-License-Identifier: Apache-2.0
#include "score/stress_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "score/amount_text.hpp"

namespace gangmu::score {

namespace {

std::string share(double x) { return round_half_up(100 * x, 0) + "%"; }

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : std::string(between)) + word;
  return out;
}

/// Points that are there but too few to print are told as such.
Sentence amount_of(std::int64_t points, int decimals) {
  const std::string text = points_text(points, decimals);
  if (points <= 0 || Decimal::parse(text)->units() != 0) return {text + " 分", text + " points"};
  const std::string least = Decimal(1, decimals).text();
  return {"不到 " + least + " 分", "less than " + least + " points"};
}

/// How much that is of the figure, so that nobody takes a doubling for a small step; rates speak for themselves.
Sentence change_of(const Leaf& leaf, const LiftStep& step) {
  if (leaf.percent || !(step.from > 0)) return {};
  const bool more = step.to > step.from;
  const std::string share = round_half_up(100 * (more ? step.to - step.from : step.from - step.to) / step.from, 1);
  return {fmt::format("（{} {}%）", more ? "增" : "减", share), fmt::format(" ({} {} %)", more ? "up" : "down", share)};
}

}   // namespace

// --- lift
// ---------------------------------------------------------------------------------------------------------------

Sentence step_words(const Scheme& scheme, const LiftStep& step) {
  const Node& node = scheme.nodes[step.node];
  const Leaf& leaf = scheme.leaves[node.leaf];
  const auto [from, to] = amounts_apart(round_half_up(step.from, leaf.decimals), round_half_up(step.to, leaf.decimals),
                                        {leaf.unit_zh, leaf.unit_en});
  const Sentence change = change_of(leaf, step);
  return {fmt::format("“{}”由 {} 到 {}{}", inner_quotes(node.name_zh), from.zh, to.zh, change.zh),
          fmt::format("{} from {} to {}{}", node.name_en, from.en, to.en, change.en)};
}

std::vector<Sentence> lift_words(const Scheme& scheme, const Lift& lift, std::size_t most) {
  if (lift.rank == 0) return {};
  const Sentence gap = amount_of(lift.gap, scheme.score_decimals);
  const std::string ranks = std::to_string(lift.rank - lift.wanted), wanted = std::to_string(lift.wanted);
  const Sentence head{fmt::format("再进 {} 位（到第 {} 位）差 {}", ranks, wanted, gap.zh),
                      fmt::format("{} more {} (to rank {}) {} {} away", ranks, ranks == "1" ? "rank" : "ranks", wanted,
                                  ranks == "1" ? "is" : "are", gap.en)};
  const auto gain =
      [&](const LiftStep& step) -> Sentence {   // where places are compared, those passed lose what one gains
    const std::string points = points_text(step.gain, scheme.score_decimals);
    if (step.gain >= lift.gap) return {"可加 " + points + " 分", points + " points more"};
    return {"可加 " + points + " 分，前面的单位同时减分", points + " points more, while those ahead lose some"};
  };
  std::vector<Sentence> out;
  for (const LiftStep& step : lift.alone) {
    if (out.size() == most) break;
    const Sentence words = step_words(scheme, step);
    if (out.empty())
      out.push_back({fmt::format("{}：最省的是{}，{}。", head.zh, words.zh, gain(step).zh),
                     fmt::format("{}. Least effort: bring {}, {}.", head.en, words.en, gain(step).en)});
    else
      out.push_back({fmt::format("或者{}，{}。", words.zh, gain(step).zh),
                     fmt::format("Or bring {}, {}.", words.en, gain(step).en)});
  }
  if (!lift.alone.empty()) return out;
  if (!lift.reachable) {
    return {{head.zh + "：现有各项都做到最好也到不了，要看同类其他单位的变化。",
             head.en + ": not within reach by these indicators alone, even with all of them at their best."}};
  }
  out.push_back({head.zh + "：只改一项不够，要依次做到下面几项。",
                 head.en + ": no single indicator is enough; in this order these are."});
  for (const LiftStep& step : lift.together) {
    const Sentence words = step_words(scheme, step);
    const std::string points = points_text(step.gain, scheme.score_decimals);
    out.push_back({fmt::format("{}，到这一步共加 {} 分，列第 {} 位。", words.zh, points, step.rank),
                   fmt::format("Bring {}: {} points more by then, rank {}.", words.en, points, step.rank)});
  }
  return out;
}

// --- change
// -------------------------------------------------------------------------------------------------------------

PrintedChange printed(const Change& c, int decimals) {
  const auto units = [&](std::int64_t points) { return apportion(std::span(&points, 1), decimals).front(); };
  PrintedChange out;
  out.before = units(c.before);
  out.now = units(c.now);
  std::int64_t unit = 1'000'000'000;
  for (int i = 0; i < decimals; ++i) unit /= 10;
  std::array<std::int64_t, 4> parts{c.correction.points, c.rules.points, c.own.points, c.others.points};
  const auto size = [](std::int64_t x) { return x < 0 ? -x : x; };
  // What rounding the two totals did stays with the part that moved most.
  *std::ranges::max_element(parts, {}, size) += (out.now - out.before) * unit - (c.now - c.before);
  const auto shown = apportion(parts, decimals);
  out.correction = shown[0];
  out.rules = shown[1];
  out.own = shown[2];
  out.others = shown[3];
  return out;
}

namespace {

struct Cause {
  std::int64_t points = 0;
  Sentence name, better, worse;
};

Sentence whole(const Scheme& scheme, const Change& c, const PrintedChange& p, const Sentence& from) {
  const auto points = [&](std::int64_t units) { return Decimal(units, scheme.score_decimals).text(); };
  const std::int64_t moved = p.now - p.before;
  Sentence out{fmt::format("{}得 {} 分，本期得 {} 分", from.zh, points(p.before), points(p.now)),
               fmt::format("{} points in {}, {} now", points(p.before), from.en, points(p.now))};
  if (moved == 0) {
    out.zh += "，持平";
    out.en += ": level";
  } else {
    out.zh += fmt::format("，{} {} 分", moved > 0 ? "上升" : "下降", points(moved > 0 ? moved : -moved));
    out.en += fmt::format(": {} by {}", moved > 0 ? "up" : "down", points(moved > 0 ? moved : -moved));
  }
  const std::uint32_t was = c.rank_before, is = c.others.rank;
  if (was != 0 && is != 0) {
    const std::uint32_t places = was > is ? was - is : is - was;
    out.zh += was == is ? fmt::format("；位次未变，仍是第 {} 位", is)
                        : fmt::format("；由第 {} 位到第 {} 位，{} {} 位", was, is, was > is ? "前移" : "后移", places);
    out.en += was == is ? fmt::format("; the rank is still {}", is) : fmt::format("; from rank {} to {}", was, is);
  }
  return {out.zh + "。", out.en + "."};
}

}   // namespace

std::vector<Sentence> change_words(const Scheme& scheme, const Change& c, const Sentence& from) {
  const PrintedChange p = printed(c, scheme.score_decimals);
  const std::array<Cause, 4> causes{
      Cause{p.own,
            {"自身变化", "own figures"},
            {"自身得分（含增长、目标完成）高于上期，加",
             "Scored by its own growth and targets the place did better: plus"},
            {"自身得分（含增长、目标完成）低于上期，减",
             "Scored by its own growth and targets the place did worse: minus"}},
      Cause{p.others,
            {"同类变化", "the others"},
            {"同类其他单位相对退后，加", "The others fell back: plus"},
            {"同类其他单位进步更快，减", "The others moved faster: minus"}},
      Cause{p.rules,
            {"方案变动", "the rules"},
            {"方案变动，加", "The rules changed: plus"},
            {"方案变动，减", "The rules changed: minus"}},
      Cause{p.correction,
            {"数据更正", "corrections"},
            {"上期的数后来更正，加", "Figures of the period before were corrected: plus"},
            {"上期的数后来更正，减", "Figures of the period before were corrected: minus"}}};
  std::vector<Sentence> out{whole(scheme, c, p, from)};
  std::vector<std::string> still_zh, still_en;
  for (const Cause& cause : causes) {
    if (cause.points == 0) {
      still_zh.push_back(cause.name.zh);
      still_en.push_back(cause.name.en);
      continue;
    }
    const Sentence& words = cause.points > 0 ? cause.better : cause.worse;
    const std::string points = Decimal(cause.points > 0 ? cause.points : -cause.points, scheme.score_decimals).text();
    out.push_back({fmt::format("{} {} 分。", words.zh, points), fmt::format("{} {} points.", words.en, points)});
  }
  if (!still_zh.empty())
    out.push_back(
        {joined(still_zh, "、") + "没有影响得分。", "No effect on the score: " + joined(still_en, ", ") + "."});
  return out;
}

// --- the stress test
// ------------------------------------------------------------------------------------------------------

namespace {

using Names = std::vector<std::pair<std::string_view, std::string_view>>;   // zh, en, by choice
const Names normalisation_words{
    {"方案的办法", "as given"}, {"极差", "min-max"}, {"标准差", "z"}, {"百分位", "percentile"}, {"名次", "rank"}};
const Names treatment_words{
    {"方案的办法", "as given"}, {"不处理", "none"}, {"缩尾", "winsorised"}, {"取对数", "logarithm"}};
const Names aggregation_words{{"方案的办法", "as given"},
                              {"算术平均", "arithmetic"},
                              {"几何平均", "geometric"},
                              {"调和平均", "harmonic"},
                              {"取最低项", "worst part"}};

template <class Choice>
Sentence one_of(const std::vector<Choice>& choices, const Names& names) {
  std::vector<std::string> zh, en;
  for (const Choice choice : choices) {
    const auto& [z, e] = names[static_cast<std::size_t>(choice)];
    zh.emplace_back(z);
    en.emplace_back(e);
  }
  return {"轮换用" + joined(zh, "、"), joined(en, ", ") + " in turn"};
}

Sentence of_weights(const Variation& v) {
  switch (v.weights) {
    case WeightDraw::noise:
      return {fmt::format("各项在方案权重的 ±{}% 内变动", round_half_up(v.spread, 0)),
              fmt::format("each within ±{}% of the scheme's", round_half_up(v.spread, 0))};
    case WeightDraw::ordered: return {"任意取值，只保持大小次序", "anything that keeps their order"};
    case WeightDraw::dirichlet:
      return {v.concentration > 0 ? "围绕方案权重任意取值" : "任意取值",
              v.concentration > 0 ? "anything, gathered round the scheme's" : "anything"};
    case WeightDraw::given: break;
  }
  return {"照方案", "as given"};
}

Sentence variation_of(const Variation& v, Factor factor) {
  switch (factor) {
    case Factor::weights: return of_weights(v);
    case Factor::normalisation: return one_of(v.normalisation, normalisation_words);
    case Factor::treatment: return one_of(v.treatment, treatment_words);
    case Factor::aggregation: return one_of(v.aggregation, aggregation_words);
    case Factor::inclusion: return {"全用，或去掉任意一项", "all of them, or any one left out"};
    case Factor::imputed:
      return {fmt::format("加减标准差的 {}%", round_half_up(v.imputed, 0)),
              fmt::format("± {}% of the standard deviation", round_half_up(v.imputed, 0))};
    case Factor::thresholds: return {"在可能的范围内取值", "anything they allow"};
    case Factor::measurement:
      return {fmt::format("加减该数的 {}%", round_half_up(v.measurement, 1)),
              fmt::format("± {}% of the figure", round_half_up(v.measurement, 1))};
    case Factor::sampling: return {"按样本量的抽样误差", "the sampling error of so many asked"};
  }
  return {};
}

Sentence ranks_between(const RankInterval& i, std::size_t runs, const Sentence& name) {
  if (i.lo == i.hi) {
    return {fmt::format("换着办法重算 {} 遍，{}九成的情形都是第 {} 位。", runs, name.zh, i.lo),
            fmt::format("Assessed anew {} times, {} has rank {} in nine cases of ten.", runs, name.en, i.lo)};
  }
  return {
      fmt::format("换着办法重算 {} 遍，{}九成的情形在第 {} 至第 {} 位之间，居中的是第 {} 位（本次第 {} 位）。", runs,
                  name.zh, i.lo, i.hi, i.median, i.rank),
      fmt::format(
          "Assessed anew {} times, {} stands between ranks {} and {} in nine cases of ten, {} in the middle (now {}).",
          runs, name.en, i.lo, i.hi, i.median, i.rank)};
}

Sentence band_of(const Uncertainty& u, std::size_t index) {
  const RankInterval& own = u.places[index];
  std::size_t others = 0;
  for (std::size_t i = u.class_begin[own.class_index]; i < u.class_begin[own.class_index + 1U]; ++i)
    others += i != index && u.places[i].band == own.band;
  if (others == 0) return {"它自成一档。", "It is a band of its own."};
  return {fmt::format("同档还有 {} 个单位：与本档首位相比，先后都没有把握，不宜凭名次分高下。", others),
          fmt::format("{} {} in the same band: beside the band's first, who comes first is not certain, so the rank "
                      "should not decide.",
                      others, others == 1 ? "other is" : "others are")};
}

}   // namespace

std::vector<Sentence> variation_words(const Uncertainty& u) {
  std::vector<Sentence> out;
  for (const Factor factor : u.factors) {
    const Sentence how = variation_of(u.variation, factor);
    out.push_back({fmt::format("{}：{}", factor_text(factor, Language::zh), how.zh),
                   fmt::format("{}: {}", factor_text(factor, Language::en), how.en)});
  }
  return out;
}

std::vector<Sentence> interval_words(const Uncertainty& u, std::size_t index, const Sentence& name,
                                     std::span<const Neighbour> neighbours) {
  std::vector<Sentence> out{ranks_between(u.places[index], u.runs, name), band_of(u, index)};
  for (const Neighbour& n : neighbours) {
    const std::string before = share(u.beats(index, n.index));
    out.push_back(
        {fmt::format("{}有 {} 的情形排在第 {} 位的{}前面。", name.zh, before, u.places[n.index].rank, n.name.zh),
         fmt::format("{} stands before {} (rank {}) in {} of the cases.", name.en, n.name.en, u.places[n.index].rank,
                     before)});
  }
  return out;
}

std::vector<Sentence> sensitivity_words(const SensitivityOutput& output, const std::optional<Sentence>& name) {
  const Sentence whose =
      name ? Sentence{name->zh + "的名次", "The rank of " + name->en} : Sentence{"全体的名次", "The order of all"};
  if (output.factors.empty() || output.deviation == 0)
    return {{whose.zh + "怎样换办法都不动。", whose.en + " stays as it is whatever is varied."}};
  const auto main = std::ranges::max_element(output.factors, {}, [](const FactorIndex& f) { return f.total.value; });
  return {{fmt::format("{}变动，主要来自{}：单独占 {}，连同与其他因素的交互占 {}。", whose.zh,
                       factor_text(main->factor, Language::zh), share(std::clamp(main->first.value, 0.0, 1.0)),
                       share(std::clamp(main->total.value, 0.0, 1.0))),
           fmt::format("{} hangs most on {}: {} by itself, {} together with the others.", whose.en,
                       factor_text(main->factor, Language::en), share(std::clamp(main->first.value, 0.0, 1.0)),
                       share(std::clamp(main->total.value, 0.0, 1.0)))}};
}

std::vector<Sentence> removal_words(const Scheme& scheme, std::span<const Removal> removals, std::size_t most) {
  std::vector<const Removal*> order;
  for (const Removal& r : removals) {
    if (r.max_shift > 0) order.push_back(&r);
  }
  std::ranges::stable_sort(order, std::greater{}, &Removal::mean_shift);
  if (order.size() > most) order.resize(most);
  std::vector<Sentence> out;
  for (const Removal* r : order) {
    const Node& node = scheme.nodes[r->node];
    out.push_back({fmt::format("去掉“{}”，名次平均变动 {} 位，最多变动 {} 位。", inner_quotes(node.name_zh),
                               round_half_up(r->mean_shift, 1), r->max_shift),
                   fmt::format("Without {} the ranks move by {} on average, {} at most.", node.name_en,
                               round_half_up(r->mean_shift, 1), r->max_shift)});
  }
  return out;
}

}   // namespace gangmu::score
