// SPDX-License-Identifier: Apache-2.0
// Means against hand values and the printed Human Development Index, and the decomposition of the loss.
#include "score/mean.hpp"

#include <gtest/gtest.h>

#include "base/decimal.hpp"
#include "base/math.hpp"
#include "base/random.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::World;

Mean mean_of(AggregationKind kind, const char* parameter = "0", std::vector<Weight> order = {},
             const char* floor = "0") {
  return Mean({kind, Decimal::parse(parameter).value(), std::move(order), Decimal::parse(floor).value()});
}

double points(const Mean& mean, std::vector<Part> parts) { return mean.combine(parts).points; }

const std::vector<Part> two = {{40, 0.5}, {90, 0.5}};

TEST(mean, by_hand) {
  EXPECT_NEAR(points(mean_of(AggregationKind::arithmetic), two), 65, 1e-12);
  EXPECT_NEAR(points(mean_of(AggregationKind::geometric), two), 60, 1e-12);   // √3600
  EXPECT_NEAR(points(mean_of(AggregationKind::harmonic), two), 2 / (1 / 40.0 + 1 / 90.0), 1e-12);
  EXPECT_NEAR(points(mean_of(AggregationKind::power, "2"), two), 69.641941, 1e-6);   // √(9700 / 2)
  EXPECT_NEAR(points(mean_of(AggregationKind::power, "1"), two), 65, 1e-12);
  EXPECT_NEAR(points(mean_of(AggregationKind::power, "0"), two), 60, 1e-12);
  EXPECT_NEAR(points(mean_of(AggregationKind::power, "-1"), two), points(mean_of(AggregationKind::harmonic), two),
              1e-12);
  EXPECT_NEAR(points(mean_of(AggregationKind::min), two), 40, 1e-12);
  EXPECT_NEAR(points(mean_of(AggregationKind::mean_min, "0.4"), two), 55, 1e-12);   // 65 − 0.4 · 25
  // Ordered weights 50 30 20 for the best, middle, worst: 45 + 18 + 4.
  const auto owa = mean_of(AggregationKind::owa, "0", {Decimal(50, 0), Decimal(30, 0), Decimal(20, 0)});
  EXPECT_NEAR(points(owa, {{20, 0.2}, {90, 0.3}, {60, 0.5}}), 67, 1e-12);
  // One missing: the same curve read at 1/2 and 1: best 0.5 + 0.15, worst 0.35.
  EXPECT_NEAR(points(owa, {{20, 0.5}, {90, 0.5}}), 0.65 * 90 + 0.35 * 20, 1e-12);
}

TEST(mean, zero_and_floor) {
  for (const auto kind : {AggregationKind::geometric, AggregationKind::harmonic}) {
    std::vector<Part> parts = {{0, 0.5}, {90, 0.5}};
    const Combined zero = mean_of(kind).combine(parts);
    EXPECT_TRUE(zero.zeroed);
    EXPECT_EQ(zero.points, 0);
    const Combined lifted = mean_of(kind, "0", {}, "10").combine(parts);
    EXPECT_TRUE(lifted.lifted);
    EXPECT_FALSE(lifted.zeroed);
    EXPECT_NEAR(lifted.points, kind == AggregationKind::geometric ? 30 : 18, 1e-12);
  }
  EXPECT_NEAR(points(mean_of(AggregationKind::power, "2"), {{0, 0.5}, {80, 0.5}}), 56.568542, 1e-6);
}

TEST(mean, slopes_share_out_the_loss_exactly) {
  const std::vector<Mean> means = {
      mean_of(AggregationKind::arithmetic),
      mean_of(AggregationKind::geometric),
      mean_of(AggregationKind::harmonic),
      mean_of(AggregationKind::power, "3"),
      mean_of(AggregationKind::power, "-2.5"),
      mean_of(AggregationKind::power, "0.5"),
      mean_of(AggregationKind::geometric, "0", {}, "30"),
      mean_of(AggregationKind::min),
      mean_of(AggregationKind::mean_min, "0.3"),
      mean_of(AggregationKind::owa, "0", {Decimal(60, 0), Decimal(25, 0), Decimal(15, 0)})};
  Random random(7);
  for (int round = 0; round < 400; ++round) {
    std::vector<Part> parts;
    double sum = 0;
    for (int i = 0; i < 4; ++i) {
      // Now and then exactly full marks, a hair beside them, or above.
      const auto kind = random.below(6);
      const double x = kind == 0   ? 100
                       : kind == 1 ? 100 - 1e-7 * random.uniform()
                       : kind == 2 ? 110 * random.uniform()
                                   : 1 + 99 * random.uniform();
      parts.push_back({x, 0.1 + random.uniform()});
      sum += parts.back().share;
    }
    for (auto& p : parts) p.share /= sum;
    for (const auto& mean : means) {
      auto own = parts;
      const double x = mean.combine(own).points;
      double loss = 0;
      for (const auto& p : own) loss += p.slope * (100 - p.points);
      EXPECT_NEAR(loss, 100 - x, 1e-9);
    }
  }
}

TEST(mean, many_places_at_once_have_the_bits_of_one_by_one) {
  Random random(8);
  constexpr std::size_t n = 301, k = 4;
  const double share[k] = {0.4, 0.3, 0.2, 0.1};
  std::vector<std::vector<double>> x(k, std::vector<double>(n)), slope(k, std::vector<double>(n));
  for (auto& column : x) {
    for (auto& v : column)
      v = random.chance(0.1) ? 100 : random.chance(0.1) ? 100 - 1e-7 * random.uniform() : 0.5 + 105 * random.uniform();
  }
  const auto columns = [&] {
    std::vector<PartColumn> out;
    for (std::size_t j = 0; j < k; ++j) out.push_back({x[j].data(), share[j], slope[j].data()});
    return out;
  };
  std::vector<double> together(n);
  for (const auto& mean : {mean_of(AggregationKind::arithmetic), mean_of(AggregationKind::geometric),
                           mean_of(AggregationKind::power, "0"), mean_of(AggregationKind::geometric, "0", {}, "3")}) {
    const auto lifted = mean.combine(columns(), n, together.data());
    ASSERT_TRUE(lifted);
    std::size_t lifted_alone = 0;
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<Part> parts;
      for (std::size_t j = 0; j < k; ++j) parts.push_back({x[j][i], share[j]});
      const Combined alone = mean.combine(parts);
      lifted_alone += alone.lifted;
      ASSERT_EQ(together[i], alone.points);
      for (std::size_t j = 0; j < k; ++j) ASSERT_EQ(slope[j][i], parts[j].slope);
    }
    EXPECT_EQ(*lifted, lifted_alone);
  }
  EXPECT_FALSE(mean_of(AggregationKind::harmonic).combine(columns(), n, together.data()));
  x[2][5] = 0;
  EXPECT_FALSE(mean_of(AggregationKind::geometric).combine(columns(), n, together.data()))
      << "a zero child asks for its rule";
}

TEST(mean, logarithmic_decomposition_of_a_geometric_node) {
  // 40 and 90, equal weights: X = 60, loss 40. ln(100/40) = 0.916291, ln(100/90) = 0.105361; they share the 40 as
  // 0.8969 : 0.1031.
  auto parts = two;
  mean_of(AggregationKind::geometric).combine(parts);
  EXPECT_NEAR(parts[0].slope * 60, 40 * 0.916290732 / 1.021651248, 1e-6);
  EXPECT_NEAR(parts[1].slope * 10, 40 * 0.105360516 / 1.021651248, 1e-6);
}

// Human Development Report 2015 (UNDP), table 1, printed HDI values of 2014, and its technical note 1: goalposts life
// expectancy 20–85, expected years of schooling 0–18, mean years 0–15, GNI per capita (2011 PPP $) 100–75,000 in
// logarithms; education is the mean of its two indices, the HDI the geometric mean of the three dimensions. Three rows
// reach a goalpost and are capped. UNDP computes from unrounded figures: from the printed ones the first four rows come
// out to the printed digit, the others within one of the last digit.
TEST(mean, human_development_index_2014_to_the_printed_digits) {
  const Scheme s = one_class(R"("tree": {"aggregation": "geometric", "children": [
      {"indicator": "LIFE", "weight": "33.333333333", "fn": "lin", "lo": 20, "hi": 85},
      {"id": "education", "weight": "33.333333333", "children": [
        {"indicator": "EYS", "weight": 50, "fn": "lin", "lo": 0, "hi": 18},
        {"indicator": "MYS", "weight": 50, "fn": "lin", "lo": 0, "hi": 15}]},
      {"indicator": "LN_GNI", "weight": "33.333333334", "fn": "lin", "lo": "4.605170186", "hi": "11.225243392"}]})");
  struct Row {
    const char *country, *years;
    double gni;
    const char* hdi;
  };
  const std::vector<Row> table = {
      {"Norway", "81.6 17.5 12.6", 64992, "0.944"},      {"Australia", "82.4 20.2 13.0", 42261, "0.935"},
      {"Denmark", "80.2 18.7 12.7", 44025, "0.923"},     {"Netherlands", "81.6 17.9 11.9", 45435, "0.922"},
      {"Switzerland", "83.0 15.8 12.8", 56431, "0.930"}, {"Singapore", "83.0 15.4 10.6", 76628, "0.912"},
      {"Korea", "81.9 16.9 11.9", 33890, "0.898"},       {"Japan", "83.5 15.3 11.5", 36927, "0.891"}};
  std::string rows = "place class LIFE EYS MYS LN_GNI\n";
  for (const auto& r : table)
    rows += std::string(r.country) + " a " + r.years + " " + round_half_up(math::log(r.gni), 9) + "\n";
  const World w(s, rows);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double hdi = w.score("total", table[i].country) / 100;
    if (i < 4) { EXPECT_EQ(round_half_up(hdi, 3), table[i].hdi) << table[i].country; }
    EXPECT_NEAR(hdi, Decimal::parse(table[i].hdi).value().real(), 0.0015) << table[i].country;
  }
}

// Human Development Report 2020 (UNDP), technical note 1, its worked example: life expectancy index 0.6971, education
// index 0.3447, GNI per capita of 3,829 (2017 PPP $) gives the index 0.5506, the three together an HDI of 0.510.
TEST(mean, human_development_index_as_worked_in_its_technical_note) {
  const World w(
      one_class(R"("tree": {"aggregation": "geometric", "children": [
      {"indicator": "LIFE_INDEX", "weight": "33.333333333", "fn": "lin", "lo": 0, "hi": 1},
      {"indicator": "EDUCATION_INDEX", "weight": "33.333333333", "fn": "lin", "lo": 0, "hi": 1},
      {"indicator": "LN_GNI", "weight": "33.333333334", "fn": "lin", "lo": "4.605170186", "hi": "11.225243392"}]})"),
      "place class LIFE_INDEX EDUCATION_INDEX LN_GNI\n A a 0.6971 0.3447 " + round_half_up(math::log(3829), 9));
  EXPECT_EQ(round_half_up(w.score("LN_GNI", "A") / 100, 4), "0.5506");
  EXPECT_EQ(round_half_up(w.score("total", "A") / 100, 3), "0.510");
}

TEST(mean, zero_in_a_geometric_node_is_counted_and_the_parts_still_add_up) {
  const Scheme s = one_class(R"("tree": {"children": [
      {"id": "geo", "weight": 60, "aggregation": "geometric", "children": [
        {"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}]},
      {"indicator": "Z", "weight": 40, "fn": "lin", "lo": 0, "hi": 100}]})");
  const World w(s, "place class X Y Z\n a1 a 0 100 50\n a2 a 64 36 50");
  EXPECT_EQ(w.total("a1"), "20.00");
  EXPECT_EQ(w.edge("geo", EdgeRule::zero_in_geometric), 1U);
  const auto part = [&](std::size_t leaf, const char* place) {
    return w.assessment.contributions[leaf * 2 + w.at(place)];
  };
  EXPECT_EQ(part(0, "a1"), 0);
  EXPECT_EQ(part(1, "a1"), 0);
  EXPECT_EQ(part(2, "a1"), 20'000'000'000);
  EXPECT_EQ(w.total("a2"), "48.80");   // 0.6 · 48 + 0.4 · 50
  EXPECT_EQ(part(0, "a2") + part(1, "a2"), 28'800'000'000);
}

// COINr's min-max to 0…100 followed by a geometric mean always stops, as the worst unit is exactly 0; here a floor is a
// named rule.
TEST(mean, min_max_and_then_geometric_works_with_a_floor) {
  const Scheme s = one_class(R"("tree": {"aggregation": "geometric", "floor": 1, "children": [
      {"indicator": "X", "weight": 50, "fn": "min_max"}, {"indicator": "Y", "weight": 50, "fn": "min_max"}]})");
  const World w(s, "place class X Y\n a1 a 1 9\n a2 a 5 5\n a3 a 9 1");
  EXPECT_EQ(w.total("a1"), "10.00");
  EXPECT_EQ(w.total("a2"), "50.00");
  EXPECT_EQ(w.edge("total", EdgeRule::lifted_to_floor), 2U);
}

// COINr's generalised mean loses missing values while its other means skip them.
TEST(mean, a_power_mean_spreads_a_missing_weight_like_any_other) {
  const Scheme s = one_class(R"("tree": {"aggregation": "power", "p": 2, "missing": "renormalise", "children": [
      {"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}]})");
  const World w(s, "place class X Y\n a1 a 70 -");
  EXPECT_EQ(w.total("a1"), "70.00");
}

}   // namespace
}   // namespace gangmu::score
