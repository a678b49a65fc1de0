// SPDX-License-Identifier: Apache-2.0
// Random preparations of figures — panels, tasks, samples, estimates, treatments — under every comparing function and
// pool. A slow re-implementation straight from the definitions, in long double and sharing no code with the kernel,
// must agree.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "base/random.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using fact::CellState;
using Real = long double;
using Reals = std::vector<Real>;
constexpr std::size_t places = 40;

std::string pick(Random& random, const std::vector<std::string>& words) { return words[random.below(words.size())]; }

std::string random_leaf(Random& random, int id) {
  const std::string pool = R"("pool": ")" + pick(random, {"all", "class", "group"}) + "\", ";
  const std::string source = pick(random, {"", "", "", R"("panel": {"reviewers": 5, "least": 3, "drop": 1}, )",
                                           R"("tasks": {"late": 50}, )", R"("sample": {"least": 30}, )"});
  const std::string impute = pick(
      random, {"", R"("impute": {"how": "mean"}, )", R"("impute": {"how": "mean", "pool": "all"}, )",
               R"("impute": {"how": "median", "pool": "group"}, )", R"("impute": {"how": "latest", "max_age": 2}, )",
               R"("impute": {"how": "linear", "max_age": 4}, )", R"("impute": {"how": "regression", "on": "J"}, )"});
  const std::string treatment =
      pick(random, {"", R"("treatment": {"how": "winsorise", "most": 2}, )",
                    R"("treatment": {"how": "quantiles", "lo": 10, "hi": 85, "always": true}, )",
                    R"("treatment": {"how": "log", "always": true}, )",
                    R"("treatment": {"how": "winsorise_or_log", "most": 1}, )",
                    R"("treatment": {"how": "box_cox", "lambda": "0.4", "always": true}, )"});
  const std::string function = treatment.empty() && random.chance(0.3)
                                   ? R"("fn": "lin", "lo": 5, "hi": 70)"
                                   : pool + R"("fn": ")" + pick(random, {"min_max", "z", "percentile", "peer"}) + "\"";
  return R"({"id": "x)" + std::to_string(id) + R"(", "indicator": "X)" + std::to_string(id) +
         R"(", "weight": 25, "direction": ")" + pick(random, {"up", "down"}) + "\", " + source + impute + treatment +
         function + "}";
}

Gathered figures(const Scheme& scheme, Random& random) {
  Gathered g;
  for (std::size_t p = 0; p < places; ++p) {
    g.places.push_back("p" + std::to_string(100 + p));
    g.classes.push_back(static_cast<ClassIndex>(p % 2));
    g.groups.push_back(static_cast<std::uint32_t>(p % 3));
  }
  for (const Column& column : scheme.columns) {
    // Whole numbers where figures are worked out: what is level on paper is then level in any arithmetic.
    const bool few = column.use == ColumnUse::due || column.use == ColumnUse::done || column.use == ColumnUse::late;
    const bool review = column.use == ColumnUse::review;
    const bool skewed = random.chance(0.6);
    for (std::size_t p = 0; p < places; ++p) {
      const auto roll = random.below(24);
      g.states.push_back(roll == 0 || roll == 1 ? CellState::missing
                         : roll == 2            ? CellState::withheld
                         : roll == 3            ? CellState::not_applicable
                         : roll == 4            ? CellState::below
                                                : CellState::value);
      const double tail = skewed && random.chance(0.05) ? 60 : 1;
      const std::int64_t lowest = random.chance(0.1) ? -20 : 10;
      const double figure = Decimal(random.between(lowest, 900), 1).real();
      g.values.push_back(few || review ? static_cast<double>(random.below(few ? 6 : 101)) : tail * figure);
    }
  }
  return g;
}

class Slow {
 public:
  Slow(const Json& leaf, const Scheme& scheme, const Gathered& g)
      : leaf_(leaf), scheme_(scheme), g_(g), x_(places), away_(places, false), estimated_(places, false) {
    for (std::size_t p = 0; p < places; ++p) read(p);
    const std::string how = leaf_["impute"]["how"].string_or("");
    const auto reported = x_;
    for (std::size_t p = 0; p < places && !how.empty(); ++p) {
      if (!absent_[p]) continue;
      x_[p] = estimate(how, reported, p);
      estimated_[p] = x_[p].has_value();
    }
    treat();
  }

  [[nodiscard]] bool away(std::size_t p) const { return away_[p]; }
  [[nodiscard]] bool estimated(std::size_t p) const { return estimated_[p]; }

  [[nodiscard]] std::optional<Real> points(std::size_t p) const {
    if (!x_[p]) return std::nullopt;
    const std::string fn = leaf_["fn"].string_or("");
    const bool down = leaf_["direction"].string_or("up") == "down";
    const auto line = [](Real v, Real lo, Real hi) {
      return 100 * std::min<Real>(1, std::max<Real>(0, (v - lo) / (hi - lo)));
    };
    if (fn == "lin") return line(*x_[p], num(leaf_["lo"]), num(leaf_["hi"]));
    const Reals all = pool(x_, leaf_["pool"].string_or(""), p);
    const auto [lo, hi] = std::minmax_element(all.begin(), all.end());
    if (*lo == *hi) return 50;
    if (fn == "min_max") return down ? line(*x_[p], *hi, *lo) : line(*x_[p], *lo, *hi);
    const Real n = static_cast<Real>(all.size()), middle = mean(all);
    Real squares = 0, worse = 0, equal = 0;
    for (const Real v : all) {
      squares += (v - middle) * (v - middle);
      worse += down ? v > *x_[p] : v < *x_[p];
      equal += v == *x_[p];
    }
    if (fn == "z")
      return std::min<Real>(
          100, std::max<Real>(0, 50 + (down ? -10 : 10) * (*x_[p] - middle) / std::sqrt(squares / (n - 1))));
    if (fn == "percentile") return 100 * (worse + (equal - 1) / 2) / (n - 1);
    return 100 * (worse + equal / 2) / n;
  }

 private:
  static Real num(const Json& j) {
    return j.integer() ? static_cast<Real>(*j.integer()) : std::stold(j.string_or("0"));
  }
  static Real mean(const Reals& x) {
    Real sum = 0;
    for (const Real v : x) sum += v;
    return sum / static_cast<Real>(x.size());
  }
  static Real ols(const std::vector<std::pair<Real, Real>>& points, Real at) {
    Real n = static_cast<Real>(points.size()), x = 0, y = 0, xx = 0, xy = 0;
    for (const auto& [a, b] : points) x += a, y += b, xx += a * a, xy += a * b;
    const Real slope = (n * xy - x * y) / (n * xx - x * x);
    return (y - slope * x) / n + slope * at;
  }

  [[nodiscard]] std::size_t at(ColumnUse use, std::size_t p, const std::string& code = "", int part = 0,
                               int years = 0) const {
    for (std::size_t c = 0; c < scheme_.columns.size(); ++c) {
      const Column& k = scheme_.columns[c];
      if (k.indicator.value != (code.empty() ? leaf_["indicator"].string_or("") : code) || k.use != use ||
          k.part != part)
        continue;
      if (use != ColumnUse::base || k.base.years == years) return c * places + p;
    }
    return SIZE_MAX;
  }
  [[nodiscard]] std::optional<Real> number(std::size_t at) const {
    return g_.states[at] == CellState::value ? std::optional<Real>(g_.values[at]) : std::nullopt;
  }

  void read(std::size_t p) {
    const std::size_t own = at(ColumnUse::value, p);
    x_[p] = number(own);
    absent_[p] = g_.states[own] == CellState::missing || g_.states[own] == CellState::withheld;
    away_[p] = g_.states[own] == CellState::not_applicable;
    if (!leaf_["panel"].is_null()) {
      Reals reviews;
      for (int r = 1; r <= 5; ++r) {
        if (const auto v = number(at(ColumnUse::review, p, "", r))) reviews.push_back(*v);
      }
      std::sort(reviews.begin(), reviews.end());
      away_[p] = false;
      absent_[p] = reviews.size() < 3;
      x_[p] = absent_[p] ? std::nullopt : std::optional(mean({reviews.begin() + 1, reviews.end() - 1}));
    }
    if (!leaf_["tasks"].is_null()) {
      const auto due = number(at(ColumnUse::due, p)), done = number(at(ColumnUse::done, p)),
                 late = number(at(ColumnUse::late, p));
      away_[p] = due && *due <= 0;
      x_[p] =
          due && *due > 0 && done ? std::optional<Real>(100 * (*done + 0.5L * late.value_or(0)) / *due) : std::nullopt;
      absent_[p] = !x_[p] && !away_[p];
    }
    if (!leaf_["sample"].is_null() && x_[p]) {
      const auto asked = number(at(ColumnUse::sample, p));
      if (!asked || *asked < 30) x_[p].reset(), absent_[p] = true;
    }
  }

  [[nodiscard]] Reals pool(const std::vector<std::optional<Real>>& x, const std::string& which, std::size_t p) const {
    Reals out;
    for (std::size_t q = 0; q < places; ++q) {
      const bool in =
          which == "all" || (which == "class" ? g_.classes[q] == g_.classes[p] : g_.groups[q] == g_.groups[p]);
      if (in && x[q]) out.push_back(*x[q]);
    }
    return out;
  }

  [[nodiscard]] std::optional<Real> estimate(const std::string& how, const std::vector<std::optional<Real>>& reported,
                                             std::size_t p) const {
    if (how == "mean" || how == "median") {
      Reals all = pool(reported, leaf_["impute"]["pool"].string_or("class"), p);
      if (all.empty()) return std::nullopt;
      if (how == "mean") return mean(all);
      std::sort(all.begin(), all.end());
      return (all[(all.size() - 1) / 2] + all[all.size() / 2]) / 2;
    }
    std::vector<std::pair<Real, Real>> points;
    if (how == "regression") {
      for (std::size_t q = 0; q < places; ++q) {
        const auto x = number(at(ColumnUse::value, q, "J"));
        if (x && reported[q]) points.emplace_back(*x, *reported[q]);
      }
      const auto x = number(at(ColumnUse::value, p, "J"));
      return x && points.size() >= 3 ? std::optional(ols(points, *x)) : std::nullopt;
    }
    for (int years = 1; years <= (how == "latest" ? 2 : 4); ++years) {
      if (const auto v = number(at(ColumnUse::base, p, "", 0, years))) points.emplace_back(-years, *v);
    }
    if (how == "latest") return points.empty() ? std::nullopt : std::optional(points.front().second);
    return points.size() < 2 ? std::nullopt : std::optional(ols(points, 0));
  }

  static Real skewness(const Reals& x, Real& kurtosis) {
    const Real n = static_cast<Real>(x.size()), middle = mean(x);
    Real second = 0, third = 0, fourth = 0;
    for (const Real v : x)
      second += std::pow(v - middle, 2.0L), third += std::pow(v - middle, 3.0L), fourth += std::pow(v - middle, 4.0L);
    const Real s = std::sqrt(second / (n - 1));
    kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourth / std::pow(s, 4.0L) -
               3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
    return n / ((n - 1) * (n - 2)) * third / std::pow(s, 3.0L);
  }
  static bool triggered(const Reals& x) {
    Real kurtosis = 0;
    return std::fabs(skewness(x, kurtosis)) > 2 && kurtosis > 3.5L;
  }
  static Reals winsorised(const Reals& original, std::size_t most) {
    Reals x = original;
    Real unused = 0;
    while (triggered(x)) {
      Reals distinct = x;
      std::sort(distinct.begin(), distinct.end());
      distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
      const bool high = skewness(x, unused) > 0;
      const Real extreme = high ? distinct.back() : distinct.front(),
                 next = high ? distinct[distinct.size() - 2] : distinct[1];
      Reals trial = x;
      std::replace(trial.begin(), trial.end(), extreme, next);
      std::size_t touched = 0;
      for (std::size_t i = 0; i < x.size(); ++i) touched += trial[i] != original[i];
      if (touched > most) break;
      x = trial;
    }
    return x;
  }
  static Reals logs(Reals x) {
    const Real lo = *std::min_element(x.begin(), x.end()), hi = *std::max_element(x.begin(), x.end());
    Real unused = 0;
    const bool left = skewness(x, unused) < 0;
    for (Real& v : x) v = left ? -std::log(hi - v + (hi - lo) / 100) : std::log(v - lo + (hi - lo) / 100);
    return x;
  }
  static Reals between_quantiles(Reals x) {
    Reals sorted = x;
    std::sort(sorted.begin(), sorted.end());
    const auto quantile = [&](Real share) {
      const Real place = share * static_cast<Real>(sorted.size() - 1), below = std::floor(place);
      const auto i = static_cast<std::size_t>(below);
      return i + 1 >= sorted.size() ? sorted.back() : sorted[i] + (place - below) * (sorted[i + 1] - sorted[i]);
    };
    for (Real& v : x) v = std::min(std::max(v, quantile(0.10L)), quantile(0.85L));
    return x;
  }

  void treat() {
    const std::string how = leaf_["treatment"]["how"].string_or("");
    Reals x;
    for (const auto& v : x_) {
      if (v) x.push_back(*v);
    }
    if (how == "winsorise" && triggered(x)) x = winsorised(x, 2);
    if (how == "winsorise_or_log" && triggered(x)) x = triggered(winsorised(x, 1)) ? logs(x) : winsorised(x, 1);
    if (how == "quantiles") x = between_quantiles(x);
    if (how == "log") x = logs(x);
    if (how == "box_cox" && *std::min_element(x.begin(), x.end()) > 0) {
      for (Real& v : x) v = (std::pow(v, 0.4L) - 1) / 0.4L;
    }
    std::size_t i = 0;
    for (auto& v : x_) {
      if (v) v = x[i++];
    }
  }

  const Json& leaf_;
  const Scheme& scheme_;
  const Gathered& g_;
  std::vector<std::optional<Real>> x_;
  std::vector<bool> absent_ = std::vector<bool>(places, false), away_, estimated_;
};

class Preparations : public ::testing::TestWithParam<int> {};

TEST_P(Preparations, agree_with_the_slow_reimplementation_to_1e_12) {
  Random random(static_cast<std::uint64_t>(GetParam()));
  std::string text =
      R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}], "tree": {"missing": "renormalise", "children": [)";
  for (int i = 0; i < 4; ++i) text += (i ? ", " : "") + random_leaf(random, i);
  text += "]}}";
  SCOPED_TRACE(text);
  const Json document = Json::parse(text).value();
  const auto scheme = scheme_from_json(document);
  ASSERT_TRUE(scheme) << scheme.error().text(Language::en);
  const Gathered g = figures(*scheme, random);
  SerialExecutor serial;
  const auto a = assess(*scheme, g.inputs(), serial);
  ASSERT_TRUE(a) << a.error().text(Language::en);
  std::size_t l = 0;
  for (const Json& leaf : *document["tree"]["children"].array()) {
    const Slow slow(leaf, *scheme, g);
    const NodeIndex node = scheme->node_of_leaf(l);
    for (std::size_t p = 0; p < places; ++p) {
      const auto expected = slow.points(p);
      ASSERT_EQ(a->state(node, p), expected       ? ScoreState::scored
                                   : slow.away(p) ? ScoreState::not_applicable
                                                  : ScoreState::missing)
          << l << " " << p;
      if (expected) {
        EXPECT_NEAR(a->score(node, p), static_cast<double>(*expected), 1e-12 * std::max(1.0, a->score(node, p)))
            << l << " " << p;
      }
      EXPECT_EQ(!a->imputed.empty() && a->imputed[l * places + p] != 0, slow.estimated(p)) << l << " " << p;
    }
    ++l;
  }
}

INSTANTIATE_TEST_SUITE_P(random, Preparations, ::testing::Range(1, 151));

}   // namespace
}   // namespace gangmu::score
