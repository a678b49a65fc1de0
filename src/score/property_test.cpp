// SPDX-License-Identifier: Apache-2.0
// Random schemes and figures. An independent, slow re-implementation straight from the definitions (written on the JSON
// document with long double and the C library, sharing no code with the kernel) must agree; and the invariants must
// hold.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "base/random.hpp"
#include "score/at_work.hpp"
#include "score/robustness.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using Real = long double;
using fact::CellState;

// ---- random schemes ----

class SchemeMaker {
 public:
  explicit SchemeMaker(std::uint64_t seed) : random_(seed) {}

  std::string document() {
    std::string out =
        R"({"scheme": {"id": "s", "name_zh": "试", "score_decimals": )" + std::to_string(random_.below(5)) + "}," +
        R"("classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}, {"id": "c", "name_zh": "丙"}],)" +
        R"("min_class_size": 4, "peer_fallback": {"fn": "self", "lo": -5, "hi": 10},)" + R"("tree": {"missing": ")" +
        pick({"hold", "renormalise", "zero"}) + R"(", "data_threshold": )" + pick({"0", "0", "40"}) + ",";
    return out + aggregation() + R"("children": [)" + children(0) + "]}}";
  }

 private:
  std::string pick(const std::vector<std::string>& words) { return words[random_.below(words.size())]; }
  std::string number(int lo, int hi) { return std::to_string(random_.between(lo, hi)); }

  std::string aggregation() {
    return pick({"", "", "", R"("aggregation": "geometric",)", R"("aggregation": "geometric", "floor": 5,)",
                 R"("aggregation": "harmonic", "floor": 1,)", R"("aggregation": "power", "p": "2.5",)",
                 R"("aggregation": "power", "p": -1, "floor": 2,)", R"("aggregation": "min",)",
                 R"("aggregation": "mean_min", "alpha": "0.35",)",
                 R"("aggregation": "owa", "order_weights": [20, 30, 50],)", R"("aggregation": "ampi",)",
                 R"("aggregation": "ampi", "penalty": "plus",)",
                 R"("aggregation": "benefit_of_doubt", "spread": 40,)"});
  }

  std::string children(int depth) {
    const int n = static_cast<int>(random_.between(2, 4));
    std::string out;
    std::array<int, 3> left = {100, 100, 100};
    for (int i = 0; i < n; ++i) {
      std::string weight;
      for (int c = 0; c < 3; ++c) {
        const int w = i + 1 == n ? left[c] : static_cast<int>(random_.between(0, left[c]));
        left[c] -= w;
        weight += std::string(c ? "," : "") + "\"" + "abc"[c] + "\": " + std::to_string(w);
      }
      out += std::string(i ? "," : "") + R"({"weight": {)" + weight + "},";
      out += depth < 2 && random_.chance(0.35) ? branch(depth) : leaf();
      out += "}";
    }
    return out;
  }

  std::string branch(int depth) {
    return R"("id": "n)" + std::to_string(next_++) + "\"," + aggregation() +
           (random_.chance(0.3) ? R"("missing": ")" + pick({"hold", "renormalise", "zero"}) + "\"," : "") +
           R"("children": [)" + children(depth + 1) + "]";
  }

  std::string leaf() {
    const std::string id = std::to_string(next_++);
    return R"("id": "x)" + id + R"(", "indicator": "I)" + number(0, 7) + R"(", "percent": )" + pick({"true", "false"}) +
           "," + function(0);
  }

  std::string function(int depth) {
    if (depth == 0 && random_.chance(0.15)) {
      return R"("fn": "mix", "parts": [{"weight": 30, )" + function(1) + R"(}, {"weight": 70, )" + function(1) + "}]";
    }
    if (depth == 0 && random_.chance(0.1))
      return R"("fn": "either", "any": [{)" + function(1) + "}, {" + function(1) + "}]";
    // Direction is the leaf's; a part has none of its own.
    const std::string direction = depth == 0 ? R"("direction": ")" + pick({"up", "down"}) + "\", " : "";
    return direction +
           pick({R"("fn": "lin", "lo": 10, "hi": 80)", R"("fn": "lin", "lo": 90, "hi": 15)",
                 R"("fn": "target", "cap": 110)", R"("fn": "target", "target": 55)",
                 R"("fn": "self", "lo": -20, "hi": 30)", R"("fn": "min_max")", R"("fn": "min_max", "pool": "class")",
                 R"("fn": "min_max", "of": "last_year")", R"("fn": "peer")", R"("fn": "z", "pool": "all")",
                 R"("fn": "percentile")", R"("fn": "mean_zone", "zone": 12)", R"("fn": "relative", "to": "best")",
                 R"("fn": "relative", "to": "mean", "pool": "class")", R"("fn": "relative", "to": "own", "cap": 130)",
                 R"("fn": "step", "steps": [[0, 10], [40, 55], [70, 100]])",
                 R"("fn": "step", "steps": [[60, 40], [30, 100]])"});
  }

  Random random_;
  int next_ = 0;
};

Gathered figures(const Scheme& scheme, std::uint64_t seed, std::size_t places) {
  Random random(seed);
  Gathered g;
  for (std::size_t p = 0; p < places; ++p) {
    g.places.push_back("p" + std::to_string(1000 + p));
    // Class c stays below the minimum size.
    g.classes.push_back(p < 3 ? 2 : static_cast<ClassIndex>(random.below(2)));
    g.groups.push_back(0);
  }
  for (std::size_t c = 0; c < scheme.columns.size(); ++c) {
    for (std::size_t p = 0; p < places; ++p) {
      const auto roll = random.below(40);
      const CellState state = roll == 0   ? CellState::missing
                              : roll == 1 ? CellState::not_applicable
                              : roll == 2 ? CellState::withheld
                              : roll == 3 ? CellState::above
                                          : CellState::value;
      g.states.push_back(state);
      // One decimal, ties now and then, a few zeros and negatives.
      g.values.push_back(Decimal(random.between(-20, 999), 1).real());
    }
  }
  return g;
}

// ---- the slow re-implementation ----

struct Slow {
  const Json& document;
  const Scheme& scheme;   ///< only to find columns
  const Gathered& g;
  std::map<std::string, std::vector<std::optional<Real>>> found{};

  static Real num(const Json& j) {
    return j.integer() ? static_cast<Real>(*j.integer()) : std::stold(j.string_or("0"));
  }

  [[nodiscard]] std::size_t column(const std::string& code, ColumnUse use, const std::string& base = "") const {
    for (std::size_t c = 0; c < scheme.columns.size(); ++c) {
      const auto& k = scheme.columns[c];
      if (k.indicator.value == code && k.use == use && (use != ColumnUse::base || k.base.text() == base)) return c;
    }
    return SIZE_MAX;
  }
  [[nodiscard]] std::optional<Real> cell(std::size_t c, std::size_t p) const {
    const std::size_t at = c * g.places.size() + p;
    if (g.states[at] != CellState::value) return std::nullopt;
    return g.values[at];
  }
  [[nodiscard]] std::vector<Real> pool(std::size_t c, const std::string& which, std::size_t p) const {
    std::vector<Real> out;
    for (std::size_t q = 0; q < g.places.size(); ++q) {
      if (which == "class" && g.classes[q] != g.classes[p]) continue;
      if (const auto v = cell(c, q)) out.push_back(*v);
    }
    return out;
  }
  [[nodiscard]] bool small(std::size_t p) const {
    return std::count(g.classes.begin(), g.classes.end(), g.classes[p]) < 4;
  }

  static std::optional<Real> ratio(Real v, Real reference, const std::string& direction, Real cap) {
    if (reference < 0 || (reference == 0 && direction != "down")) return std::nullopt;
    if (direction == "down") return v <= 0 ? cap : std::min(cap, 100 * reference / v);
    return std::min(cap, std::max<Real>(0, 100 * v / reference));
  }

  std::optional<Real> points(const Json& f, const Json& leaf, std::size_t p) const {
    const std::string fn = f["fn"].string_or(""), code = leaf["indicator"].string_or(""),
                      direction = leaf["direction"].string_or("up");
    const std::string which = f["pool"].string_or(fn == "peer" ? "class" : "all");
    const bool pooled = fn == "peer" || fn == "min_max" || fn == "z" || fn == "percentile" || fn == "mean_zone" ||
                        (fn == "relative" && f["to"].string_or("best") != "own");
    if (pooled && which == "class" && small(p)) return points(document["peer_fallback"], leaf, p);
    const Real v = cell(column(code, ColumnUse::value), p).value();
    const Real cap = f["cap"].is_null() ? 100 : num(f["cap"]);
    const auto line = [](Real x, Real lo, Real hi) {
      return 100 * std::min<Real>(1, std::max<Real>(0, (x - lo) / (hi - lo)));
    };
    if (fn == "lin") return line(v, num(f["lo"]), num(f["hi"]));
    if (fn == "self" || (fn == "relative" && f["to"].string_or("best") == "own")) {
      const auto b = cell(column(code, ColumnUse::base, "last_year"), p);
      if (!b) return std::nullopt;
      if (fn == "relative") return ratio(v, *b, direction, cap);
      if (leaf["percent"].boolean_or(false)) return line(v - *b, num(f["lo"]), num(f["hi"]));
      if (*b <= 0) return std::nullopt;
      return line(100 * (v - *b) / *b, num(f["lo"]), num(f["hi"]));
    }
    if (fn == "target") {
      const auto t =
          f["target"].is_null() ? cell(column(code, ColumnUse::target), p) : std::optional<Real>(num(f["target"]));
      return t ? ratio(v, *t, direction, cap) : std::nullopt;
    }
    if (fn == "step") {
      Real best = 0;
      const auto& steps = *f["steps"].array();
      const bool rising = num((*steps[0].array())[0]) < num((*steps[1].array())[0]);
      for (const auto& s : steps) {
        const Real at = num((*s.array())[0]);
        if (rising ? v >= at : v <= at) best = num((*s.array())[1]);
      }
      return best;
    }
    if (fn == "mix" || fn == "either") {
      Real sum = 0, weight = 0;
      std::optional<Real> best;
      for (const auto& part : *f[fn == "mix" ? "parts" : "any"].array()) {
        const auto x = points(part, leaf, p);
        if (!x) continue;
        if (!best || *x > *best) best = x;
        const Real w = fn == "mix" ? num(part["weight"]) : 1;
        sum += w * *x;
        weight += w;
      }
      if (fn == "either") return best;
      return weight > 0 ? std::optional<Real>(sum / weight) : std::nullopt;
    }
    const bool of = !f["of"].is_null();
    auto others = pool(of ? column(code, ColumnUse::base, "last_year") : column(code, ColumnUse::value), which, p);
    if (others.empty()) return std::nullopt;
    std::sort(others.begin(), others.end());
    const Real n = static_cast<Real>(others.size());
    Real mean = 0;
    for (const Real x : others) mean += x / n;
    if (fn == "relative")
      return ratio(v,
                   f["to"].string_or("best") == "mean" ? mean
                   : direction == "down"               ? others.front()
                                                       : others.back(),
                   direction, cap);
    if (others.front() == others.back()) return 50;
    if (fn == "min_max")
      return direction == "down" ? line(v, others.back(), others.front()) : line(v, others.front(), others.back());
    Real variance = 0, worse = 0, equal = 0;
    for (const Real x : others) {
      variance += (x - mean) * (x - mean) / (n - 1);
      worse += direction == "down" ? x > v : x < v;
      equal += x == v;
    }
    if (fn == "z") {
      const Real z = (v - mean) / std::sqrt(variance);
      return std::min<Real>(100, std::max<Real>(0, 50 + 10 * (direction == "down" ? -z : z)));
    }
    if (fn == "mean_zone") {
      const Real off = direction == "down" ? mean - v : v - mean, zone = num(f["zone"]) / 100 * std::fabs(mean);
      return off > zone ? 100 : off < -zone ? 0 : 50;
    }
    if (fn == "percentile") return 100 * (worse + (equal - 1) / 2) / (n - 1);
    return 100 * (worse + equal / 2) / n;   // peer: n − (mean rank) + 0.5
  }

  struct Outcome {
    ScoreState state;
    Real x = 0;
  };
  mutable std::set<std::size_t> held{};

  Outcome node(const Json& n, std::size_t p, std::string missing, Real threshold) const {
    if (!n["indicator"].is_null()) {
      const std::size_t at = column(n["indicator"].string_or(""), ColumnUse::value) * g.places.size() + p;
      if (g.states[at] == CellState::not_applicable) return {ScoreState::not_applicable};
      if (g.states[at] != CellState::value) return {ScoreState::missing};
      const auto x = points(n, n, p);
      return x ? Outcome{ScoreState::scored, *x} : Outcome{ScoreState::missing};
    }
    missing = n["missing"].string_or(missing);
    if (!n["data_threshold"].is_null()) threshold = num(n["data_threshold"]);
    std::vector<std::pair<Real, Real>> in;   // weight, points
    Real present = 0, gone = 0;
    for (const auto& child : *n["children"].array()) {
      const Real w = num(child["weight"][std::string(1, "abc"[g.classes[p]])]);
      if (w == 0) continue;
      const Outcome o = node(child, p, missing, threshold);
      if (o.state == ScoreState::not_applicable) continue;
      if (o.state == ScoreState::missing) gone += w;
      if (o.state == ScoreState::scored) present += w;
      if (o.state == ScoreState::scored || missing == "zero") in.emplace_back(w, o.x);
    }
    if (in.empty() || present < threshold / 100 * (present + gone) - 1e-9L) {
      return {gone > 0 ? ScoreState::missing : ScoreState::not_applicable};
    }
    if (gone > 0 && missing == "hold") held.insert(p);
    Real sum = 0;
    for (const auto& [w, x] : in) sum += w;
    for (auto& [w, x] : in) w /= sum;
    return {ScoreState::scored, combine(n, in)};
  }

  /// The linear programme by its corners: every weight at a bound but one, which takes what is left.
  static Real best_light(const std::vector<std::pair<Real, Real>>& in, Real spread) {
    Real best = -INFINITY;
    for (unsigned high = 0; high < 1U << in.size(); ++high) {
      for (std::size_t free = 0; free < in.size(); ++free) {
        Real rest = 1, value = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
          if (i == free) continue;
          const Real w = in[i].first * ((high >> i & 1U) != 0 ? 1 + spread : 1 - spread);
          rest -= w;
          value += w * in[i].second;
        }
        const bool within =
            rest >= in[free].first * (1 - spread) - 1e-15L && rest <= in[free].first * (1 + spread) + 1e-15L;
        if (within) best = std::max(best, value + rest * in[free].second);
      }
    }
    return best;
  }

  static Real combine(const Json& n, std::vector<std::pair<Real, Real>> in) {
    const std::string kind = n["aggregation"].string_or("arithmetic");
    const Real floor = n["floor"].is_null() ? 0 : num(n["floor"]);
    Real mean = 0, least = INFINITY;
    for (const auto& [w, x] : in) {
      mean += w * x;
      least = std::min(least, x);
    }
    if (kind == "arithmetic") return mean;
    if (kind == "min") return least;
    if (kind == "mean_min") return mean - num(n["alpha"]) * (mean - least);
    if (kind == "owa") {
      std::sort(in.begin(), in.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
      const std::vector<Real> v = {0, 0.2L, 0.5L, 1};
      const auto curve = [&](Real at) {
        const Real x = at * 3;
        const auto i = std::min<std::size_t>(2, static_cast<std::size_t>(x));
        return v[i] + (x - static_cast<Real>(i)) * (v[i + 1] - v[i]);
      };
      Real out = 0;
      const Real k = static_cast<Real>(in.size());
      for (std::size_t j = 0; j < in.size(); ++j)
        out += (curve(static_cast<Real>(j + 1) / k) - curve(static_cast<Real>(j) / k)) * in[j].second;
      return out;
    }
    if (kind == "ampi") {
      const Real y = 70 + 0.6L * mean;
      Real variance = 0;
      for (const auto& [w, x] : in) variance += w * 0.36L * (x - mean) * (x - mean);
      return (y + (n["penalty"].string_or("minus") == "plus" ? 1 : -1) * variance / y - 70) / 0.6L;
    }
    if (kind == "benefit_of_doubt") return best_light(in, num(n["spread"]) / 100);
    const Real power = kind == "geometric" ? 0 : kind == "harmonic" ? -1 : num(n["p"]);
    Real sum = 0;
    for (const auto& [w, x] : in) {
      const Real lifted = std::max(x, floor);
      if (power <= 0 && lifted <= 0) return 0;
      sum += w * (power == 0 ? std::log(lifted) : std::pow(lifted, power));
    }
    return power == 0 ? std::exp(sum) : std::pow(sum, 1 / power);
  }
};

// ---- properties ----

class Schemes : public ::testing::TestWithParam<int> {};

TEST_P(Schemes, agree_with_the_slow_reimplementation_to_1e_12_and_add_up) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const std::string text = SchemeMaker(seed).document();
  SCOPED_TRACE(text);
  const Json document = Json::parse(text).value();
  const auto scheme = scheme_from_json(document);
  ASSERT_TRUE(scheme) << scheme.error().text(Language::en);
  const Gathered g = figures(*scheme, seed + 1000, 40);
  SerialExecutor serial;
  const auto a = assess(*scheme, g.inputs(), serial);
  ASSERT_TRUE(a) << a.error().text(Language::en);
  const Slow slow{document, *scheme, g};
  for (std::size_t p = 0; p < g.places.size(); ++p) {
    const auto expected = slow.node(document["tree"], p, "hold", 0);
    ASSERT_EQ(a->state(0, p), expected.state) << p;
    if (expected.state == ScoreState::scored) {
      EXPECT_NEAR(a->score(0, p), static_cast<double>(expected.x), 1e-12 * std::max(1.0, a->score(0, p))) << p;
    }
    EXPECT_EQ(a->provisional[p], expected.state == ScoreState::scored && slow.held.contains(p));

    std::vector<std::int64_t> parts;
    std::int64_t sum = 0;
    for (std::size_t l = 0; l < scheme->leaves.size(); ++l) parts.push_back(a->contributions[l * a->places + p]);
    for (const auto part : parts) sum += part;
    EXPECT_EQ(sum, a->subtotal[p]);
    std::int64_t printed = 0;
    for (const auto part : apportion(parts, scheme->score_decimals)) printed += part;
    EXPECT_EQ(Decimal(printed, scheme->score_decimals).text(), points_text(a->subtotal[p], scheme->score_decimals));
    double at_work = 0;
    for (const double w : weights_at_work(*scheme, *a, g.classes[p], p)) at_work += w;
    EXPECT_NEAR(at_work, expected.state == ScoreState::scored ? 1 : 0, 1e-12);
  }
}

// The runs of a stress test score by another way than the assessment; where nothing is varied they must come to the
// same ranks.
TEST_P(Schemes, replayed_without_change_give_the_same_ranks) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const auto scheme = scheme_from_json(Json::parse(SchemeMaker(seed).document()).value());
  ASSERT_TRUE(scheme);
  const Gathered g = figures(*scheme, seed + 1000, 40);
  SerialExecutor serial;
  for (const double measurement :
       {0.0, 1e-300}) {   // none; errors too small to change a figure, yet all are scored anew
    Variation nothing;
    nothing.weights = WeightDraw::given;
    nothing.measurement = measurement;
    const auto replayed = uncertainty(*scheme, g.inputs(), nothing, 2, seed, serial);
    ASSERT_TRUE(replayed);
    for (std::size_t i = 0; i < replayed->places.size(); ++i) {
      EXPECT_EQ(replayed->rank(0, i), replayed->places[i].rank);
      EXPECT_EQ(replayed->rank(1, i), replayed->places[i].rank);
    }
  }
}

TEST_P(Schemes, give_the_same_whatever_the_order_of_places_and_the_number_of_threads) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const auto scheme = scheme_from_json(Json::parse(SchemeMaker(seed).document()).value());
  ASSERT_TRUE(scheme);
  const std::size_t n = 40;
  const Gathered g = figures(*scheme, seed + 1000, n);
  SerialExecutor serial;
  const Assessment first = assess(*scheme, g.inputs(), serial).value();

  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  Random random(seed);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  Gathered shuffled;
  for (const auto p : order) {
    shuffled.places.push_back(g.places[p]);
    shuffled.classes.push_back(g.classes[p]);
    shuffled.groups.push_back(g.groups[p]);
  }
  for (std::size_t c = 0; c < scheme->columns.size(); ++c) {
    for (const auto p : order) {
      shuffled.values.push_back(g.values[c * n + p]);
      shuffled.states.push_back(g.states[c * n + p]);
    }
  }
  const Assessment second = assess(*scheme, shuffled.inputs(), serial).value();
  EXPECT_EQ(second.digest, first.digest);
  EXPECT_EQ(second.edges, first.edges);
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_EQ(second.total[i], first.total[order[i]]);
    EXPECT_EQ(second.rank[i], first.rank[order[i]]);
  }
}

INSTANTIATE_TEST_SUITE_P(random, Schemes, ::testing::Range(1, 121));

}   // namespace
}   // namespace gangmu::score
