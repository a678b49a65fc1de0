// SPDX-License-Identifier: Apache-2.0
// What needs a whole class, under random figures: TOPSIS and its kin, weights worked out from points; bonuses,
// deductions, ranks, ties, red lines and grades. A slow re-implementation straight from the definitions, in long double
// and sharing no code with the kernel, must agree.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/random.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using Real = long double;
using Reals = std::vector<Real>;
using Table = std::vector<Reals>;   // a row a place; NaN: missing
constexpr std::size_t places = 24, children = 3;
const Reals given = {0.2L, 0.5L, 0.3L};

Scheme flat(const std::string& root) {
  std::string leaves;
  const char* weights[] = {"20", "50", "30"};
  for (std::size_t j = 0; j < children; ++j)
    leaves += std::string(j ? "," : "") + R"({"indicator": "X)" + std::to_string(j) + R"(", "weight": )" + weights[j] +
              R"(, "fn": "lin", "lo": 0, "hi": 100})";
  return testing::scheme_of(
      R"({"scheme": {"id": "s", "name_zh": "试", "score_decimals": 4}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}], )" +
      root + R"("children": [)" + leaves + "]}}");
}

Gathered figures(Random& random, double missing) {
  Gathered g;
  for (std::size_t p = 0; p < places; ++p) {
    g.places.push_back("p" + std::to_string(100 + p));
    g.classes.push_back(static_cast<ClassIndex>(p % 2));
    g.groups.push_back(0);
  }
  for (std::size_t i = 0; i < children * places; ++i) {
    g.states.push_back(random.chance(missing) ? fact::CellState::missing : fact::CellState::value);
    g.values.push_back(static_cast<double>(random.below(100) + 1));   // ties now and then
  }
  return g;
}

/// The points of one class, and which place each row is; only complete rows where the method needs them.
Table rows_of(const Gathered& g, ClassIndex c, bool complete, std::vector<std::size_t>& who) {
  Table out;
  for (std::size_t p = 0; p < places; ++p) {
    if (g.classes[p] != c) continue;
    Reals row;
    std::size_t there = 0;
    for (std::size_t j = 0; j < children; ++j) {
      const bool value = g.states[j * places + p] == fact::CellState::value;
      row.push_back(value ? static_cast<Real>(g.values[j * places + p]) : std::nanl(""));
      there += value;
    }
    if (there == 0 || (complete && there < children)) continue;
    out.push_back(row);
    who.push_back(p);
  }
  return out;
}

Reals column(const Table& t, std::size_t j) {
  Reals out;
  for (const auto& row : t) out.push_back(row[j]);
  return out;
}
Real mean(const Reals& x) {
  Real sum = 0;
  for (const Real v : x) sum += v;
  return sum / static_cast<Real>(x.size());
}
Real deviation(const Reals& x, int less) {
  Real sum = 0;
  for (const Real v : x) sum += (v - mean(x)) * (v - mean(x));
  return std::sqrt(sum / static_cast<Real>(static_cast<int>(x.size()) - less));
}
Real least(const Reals& x) { return *std::min_element(x.begin(), x.end()); }
Real most(const Reals& x) { return *std::max_element(x.begin(), x.end()); }

Reals mpi(const Table& t, Real sign) {
  Reals out;
  for (const auto& row : t) {
    Real middle = 0, variance = 0;
    const auto z = [&](std::size_t j) { return 100 + 10 * (row[j] - mean(column(t, j))) / deviation(column(t, j), 0); };
    for (std::size_t j = 0; j < children; ++j) middle += given[j] * z(j);
    for (std::size_t j = 0; j < children; ++j) variance += given[j] * (z(j) - middle) * (z(j) - middle);
    out.push_back(middle + sign * variance / middle - 50);
  }
  return out;
}

Reals topsis(const Table& t, bool by_range) {
  Reals out;
  for (const auto& row : t) {
    Real up = 0, down = 0;
    for (std::size_t j = 0; j < children; ++j) {
      const Reals x = column(t, j);
      Real unit = most(x) - least(x), squares = 0;
      for (const Real v : x) squares += v * v;
      if (!by_range) unit = std::sqrt(squares);
      up += std::pow(given[j] * (most(x) - row[j]) / unit, 2.0L);
      down += std::pow(given[j] * (row[j] - least(x)) / unit, 2.0L);
    }
    out.push_back(100 * std::sqrt(down) / (std::sqrt(up) + std::sqrt(down)));
  }
  return out;
}

Reals vikor(const Table& t, Real v) {
  Reals s, r, out;
  for (const auto& row : t) {
    Reals regret;
    for (std::size_t j = 0; j < children; ++j)
      regret.push_back(given[j] * (most(column(t, j)) - row[j]) / (most(column(t, j)) - least(column(t, j))));
    s.push_back(mean(regret) * children);
    r.push_back(most(regret));
  }
  for (std::size_t i = 0; i < t.size(); ++i)
    out.push_back(
        100 * (1 - v * (s[i] - least(s)) / (most(s) - least(s)) - (1 - v) * (r[i] - least(r)) / (most(r) - least(r))));
  return out;
}

Reals borda(const Table& t) {
  Reals out;
  for (const auto& row : t) {
    Real points = 0, weight = 0;
    for (std::size_t j = 0; j < children; ++j) {
      if (std::isnan(row[j])) continue;
      Real beaten = -0.5L, others = -1;   // itself counts as a tie below
      for (const Real x : column(t, j)) {
        if (std::isnan(x)) continue;
        others += 1;
        beaten += x < row[j] ? 1 : x == row[j] ? 0.5L : 0;
      }
      points += given[j] * beaten / others;
      weight += given[j];
    }
    out.push_back(100 * points / weight);
  }
  return out;
}

Reals copeland(const Table& t) {
  Reals out;
  for (const auto& mine : t) {
    int score = 0;
    for (const auto& theirs : t) {
      int balance = 0;   // in tenths, so that equal weights are exactly equal
      for (std::size_t j = 0; j < children; ++j)
        balance += static_cast<int>(std::lround(10 * given[j])) * ((mine[j] > theirs[j]) - (mine[j] < theirs[j]));
      score += (balance > 0) - (balance < 0);
    }
    out.push_back(50 + 50 * static_cast<Real>(score) / static_cast<Real>(t.size() - 1));
  }
  return out;
}

class WholeClass : public ::testing::TestWithParam<int> {};

TEST_P(WholeClass, methods_agree_with_the_slow_reimplementation_to_1e_12) {
  const std::map<std::string, Reals (*)(const Table&)> methods = {
      {R"("mpi")", [](const Table& t) { return mpi(t, -1); }},
      {R"("mpi", "penalty": "plus")", [](const Table& t) { return mpi(t, 1); }},
      {R"("topsis")", [](const Table& t) { return topsis(t, false); }},
      {R"("topsis", "scaling": "min_max")", [](const Table& t) { return topsis(t, true); }},
      {R"("vikor", "v": "0.3")", [](const Table& t) { return vikor(t, 0.3L); }},
      {R"("borda")", borda},
      {R"("copeland")", copeland}};
  for (const auto& [method, slow] : methods) {
    SCOPED_TRACE(method);
    const bool majority = method.find("borda") != std::string::npos || method.find("copeland") != std::string::npos;
    const Scheme scheme = flat(R"("tree": {"missing": "renormalise", "aggregation": )" + method + ", ");
    Random random(static_cast<std::uint64_t>(GetParam()));
    const Gathered g = figures(random, 0.08);
    SerialExecutor serial;
    const Assessment a = assess(scheme, g.inputs(), serial).value();
    std::set<std::size_t> judged;
    for (const ClassIndex c : {0, 1}) {
      std::vector<std::size_t> who;
      const Reals expected = slow(rows_of(g, c, !majority, who));
      for (std::size_t i = 0; i < who.size(); ++i) {
        judged.insert(who[i]);
        ASSERT_TRUE(a.scored(who[i]));
        EXPECT_NEAR(a.score(0, who[i]), static_cast<double>(expected[i]), 1e-12 * std::max(1.0, a.score(0, who[i])))
            << who[i];
      }
    }
    for (std::size_t p = 0; p < places; ++p) EXPECT_EQ(a.scored(p), judged.contains(p)) << p;
  }
}

// ---- weights worked out from points ----

Reals by_deviation(const Table& t) {
  Reals out;
  for (std::size_t j = 0; j < children; ++j)
    out.push_back(deviation(column(t, j), 1) / (most(column(t, j)) - least(column(t, j))));
  return out;
}
Reals by_entropy(const Table& t) {
  Reals out;
  for (std::size_t j = 0; j < children; ++j) {
    const Reals x = column(t, j);
    Real entropy = 0;
    for (const Real v : x) {
      const Real share = v / (mean(x) * static_cast<Real>(x.size()));
      entropy -= share * std::log(share) / std::log(static_cast<Real>(x.size()));
    }
    out.push_back(1 - entropy);
  }
  return out;
}
Real correlation(const Reals& x, const Reals& y) {
  Real sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - mean(x)) * (y[i] - mean(y));
  return sum / static_cast<Real>(x.size() - 1) / deviation(x, 1) / deviation(y, 1);
}
Reals by_critic(const Table& t) {
  Reals out = by_deviation(t);
  for (std::size_t j = 0; j < children; ++j) {
    Real conflict = 0;
    for (std::size_t k = 0; k < children; ++k) conflict += j == k ? 0 : 1 - correlation(column(t, j), column(t, k));
    out[j] *= conflict;
  }
  return out;
}
/// Power iteration on R + E, whose eigenvectors are those of R; weights are squared loadings.
Reals by_principal(const Table& t) {
  Table r(children, Reals(children, 1));
  for (std::size_t j = 0; j < children; ++j) {
    for (std::size_t k = 0; k < children; ++k) r[j][k] = j == k ? 2 : correlation(column(t, j), column(t, k));
  }
  Reals v = {1, 0.9L, 0.8L};
  for (int round = 0; round < 20000; ++round) {
    Reals next(children, 0);
    for (std::size_t j = 0; j < children; ++j) {
      for (std::size_t k = 0; k < children; ++k) next[j] += v[k] * r[j][k];
    }
    const Real length = std::sqrt(next[0] * next[0] + next[1] * next[1] + next[2] * next[2]);
    for (std::size_t j = 0; j < children; ++j) v[j] = next[j] / length;
  }
  for (Real& x : v) x *= x;
  return v;
}

TEST_P(WholeClass, worked_out_weights_agree_with_the_slow_reimplementation_to_1e_12) {
  const std::map<std::string, Reals (*)(const Table&)> methods = {{"deviation", by_deviation},
                                                                  {"entropy", by_entropy},
                                                                  {"critic", by_critic},
                                                                  {"principal", by_principal},
                                                                  {"equal", [](const Table&) {
                                                                     return Reals{1, 1, 1};
                                                                   }}};
  for (const auto& [how, slow] : methods) {
    SCOPED_TRACE(how);
    const Scheme scheme = flat(R"("tree": {"missing": "renormalise", "weights": {"how": ")" + how + R"("}, )");
    Random random(static_cast<std::uint64_t>(GetParam()));
    const Gathered g = figures(random, 0.08);
    SerialExecutor serial;
    const Assessment a = assess(scheme, g.inputs(), serial).value();
    for (const ClassIndex c : {0, 1}) {
      std::vector<std::size_t> complete, all;
      Reals w = slow(rows_of(g, c, true, complete));
      const Real sum = w[0] + w[1] + w[2];
      for (std::size_t j = 0; j < children; ++j)
        EXPECT_NEAR(a.shares[c * scheme.nodes.size() + 1 + j], static_cast<double>(w[j] / sum), 1e-12) << j;
      const Table rows = rows_of(g, c, false, all);
      for (std::size_t i = 0; i < all.size(); ++i) {
        Real points = 0, weight = 0;
        for (std::size_t j = 0; j < children; ++j) {
          if (std::isnan(rows[i][j])) continue;
          points += w[j] * rows[i][j];
          weight += w[j];
        }
        EXPECT_NEAR(a.score(0, all[i]), static_cast<double>(points / weight),
                    1e-12 * std::max(1.0, a.score(0, all[i])));
      }
    }
  }
}

// ---- ranks and grades ----

/// Exact, in 1e-9 points; subtotals are the kernel's, checked elsewhere.
struct Office {
  const Assessment& a;
  const Gathered& g;
  std::vector<std::int64_t> total;
  std::vector<bool> confirmed;
  static constexpr std::int64_t point = 1'000'000'000;

  Office(const Assessment& assessment, const Gathered& gathered)
      : a(assessment), g(gathered), total(assessment.subtotal), confirmed(places, false) {
    std::vector<std::int64_t> times(places, 0), bonus(places, 0), deduction(places, 0);
    for (const Grant& grant : g.grants) {
      if (grant.item == "fraud" && grant.times > 0) confirmed[grant.place] = true;
      if (grant.item == "late") deduction[grant.place] += 2 * point * grant.times;
      const bool dated = grant.date >= "2023-01-01" && grant.date <= "2023-12-31";
      if (grant.item != "pilot" || !dated || grant.evidence.empty()) continue;
      const std::int64_t counted = std::min<std::int64_t>(grant.times, 3 - times[grant.place]);
      times[grant.place] += counted;
      bonus[grant.place] += 7 * point / 10 * counted;
    }
    for (std::size_t p = 0; p < places; ++p)
      total[p] += std::min(bonus[p], 18 * point / 10) - std::min(deduction[p], 3 * point);
  }

  [[nodiscard]] bool before(std::size_t p, std::size_t q) const {
    if (total[p] != total[q]) return total[p] > total[q];
    return g.values[p] > g.values[q];   // X0, the tie-break
  }
  [[nodiscard]] std::vector<std::size_t> classmates(std::size_t p) const {
    std::vector<std::size_t> out;
    for (std::size_t q = 0; q < places; ++q) {
      if (g.classes[q] == g.classes[p] && a.scored(q)) out.push_back(q);
    }
    return out;
  }
  [[nodiscard]] std::uint32_t rank(std::size_t p) const {
    std::uint32_t out = 1;
    for (const std::size_t q : classmates(p)) out += before(q, p);
    return out;
  }
  [[nodiscard]] int grade(std::size_t p, bool limited) const {
    const auto n = static_cast<std::int64_t>(classmates(p).size());
    int out = total[p] >= 50 * point && rank(p) <= std::max<std::int64_t>(n * 30 / 100, 1) ? 0
              : total[p] >= 45 * point && rank(p) <= 4                                     ? 1
                                                                                           : 2;
    if (limited && g.values[p] < 20) out = std::max(out, 1);
    if (limited && confirmed[p]) out = std::max(out, 2);
    return out;
  }
};

TEST_P(WholeClass, ranks_and_grades_agree_with_the_slow_reimplementation) {
  const Scheme scheme = flat(R"("tie_break": ["X0"],
      "adjustments": {"bonus": {"cap": "1.8", "items": [{"id": "pilot", "name_zh": "试点", "points": "0.7", "from": "2023-01-01", "to": "2023-12-31", "evidence": true, "most": 3}]},
                      "deduct": {"cap": 3, "items": [{"id": "late", "name_zh": "逾期", "points": 2}]}},
      "red_lines": [{"id": "low", "name_zh": "过低", "when": "X0 < 20", "max_grade": "good"}, {"id": "fraud", "name_zh": "造假", "when": "confirmed", "max_grade": "fair"}],
      "grades": [{"id": "best", "name_zh": "优秀", "min": 50, "best_share": 30, "at_least": 1}, {"id": "good", "name_zh": "良好", "min": 45, "at_most": 4}, {"id": "fair", "name_zh": "一般"}],
      "tree": {)");
  Random random(static_cast<std::uint64_t>(GetParam()));
  Gathered g = figures(random, 0);
  for (std::size_t p = 4; p < places; ++p) {
    if (random.chance(
            0.3)) {   // the same figures as another of the class, or those that give the same total in another way
      const bool turned = random.chance(0.5);
      for (std::size_t j = 0; j < children; ++j)
        g.values[j * places + p] = g.values[j * places + p % 4] + (turned ? (j == 0 ? -15 : j == 2 ? 10 : 0) : 0);
    }
  }
  for (double& v : g.values) v = std::min(100.0, std::max(0.0, v));
  for (int i = 0; i < 20; ++i) {
    Grant grant{static_cast<std::uint32_t>(random.below(places)), "pilot", static_cast<int>(random.below(3))};
    if (random.chance(0.3)) grant.item = random.chance(0.5) ? "late" : "fraud";
    grant.date = random.chance(0.2) ? "2024-01-01" : random.chance(0.1) ? "" : "2023-07-01";
    if (random.chance(0.8)) grant.evidence = "文件";
    g.grants.push_back(grant);
  }
  SerialExecutor serial;
  const Assessment a = assess(scheme, g.inputs(), serial).value();
  const Office office(a, g);
  for (std::size_t p = 0; p < places; ++p) {
    EXPECT_EQ(a.total[p], office.total[p]) << p;
    EXPECT_EQ(a.rank[p], office.rank(p)) << p;
    EXPECT_EQ(a.grade[p], office.grade(p, true)) << p;
    EXPECT_EQ(a.grade_without_red_lines[p], office.grade(p, false)) << p;
  }
}

INSTANTIATE_TEST_SUITE_P(random, WholeClass, ::testing::Range(1, 61));

}   // namespace
}   // namespace gangmu::score
