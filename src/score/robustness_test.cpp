// SPDX-License-Identifier: Apache-2.0
// Stress tests whose outcome can be worked out by hand or is known from the literature.
#include "score/robustness.hpp"

#include <gmock/gmock.h>
#include <cmath>

#include "base/random.hpp"
#include "score/coherence.hpp"
#include "score/design_points.hpp"
#include "score/errors.hpp"
#include "score/testing.hpp"
#include "score/weight_draw.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::World;

Variation nothing() {
  Variation v;
  v.weights = WeightDraw::given;
  return v;
}
Variation only(WeightDraw weights) {
  Variation v;
  v.weights = weights;
  return v;
}

Scheme two_lines() {
  return one_class(
      R"("tree": {"missing": "renormalise", "children": [{"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 100},
                                           {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}]})");
}

Uncertainty runs(const World& w, const Variation& v, std::size_t n = 1024, std::size_t width = 2) {
  ThreadExecutor threads(width);
  auto out = uncertainty(w.scheme, w.gathered.inputs(), v, n, 7, threads);
  if (!out) ADD_FAILURE() << out.error().text(Language::en);
  return std::move(out).value();
}
std::size_t slot(const World& w, const Uncertainty& u, const std::string& place) {
  for (std::size_t i = 0; i < u.places.size(); ++i) {
    if (u.places[i].place == w.at(place)) return i;
  }
  return u.places.size();
}
double beats(const World& w, const Uncertainty& u, const std::string& a, const std::string& b) {
  return u.beats(slot(w, u, a), slot(w, u, b));
}

// With weights (w, 1 − w), w uniform on (0, 1): A = 100 w, B = 100 (1 − w), C = 40.
TEST(uncertainty, any_weights_at_all_by_hand) {
  const World w(two_lines(), "place class X Y\n A a 100 0\n B a 0 100\n C a 40 40");
  const Uncertainty u = runs(w, only(WeightDraw::dirichlet), 4096);
  EXPECT_NEAR(beats(w, u, "A", "B"), 0.5, 0.01);
  EXPECT_NEAR(beats(w, u, "A", "C"), 0.6, 0.01);
  EXPECT_EQ(u.factors, (std::vector<Factor>{Factor::weights}));
  // Noise of 25 %: w within 37.5 / 100 and 62.5 / 100, so A and B are always before or behind C together with neither
  // below 37.5.
  const Uncertainty mild = runs(w, only(WeightDraw::noise));
  EXPECT_NEAR(beats(w, mild, "A", "B"), 0.5, 0.01);
  EXPECT_GT(beats(w, mild, "A", "C"), 0.9);
}

TEST(uncertainty, weights_that_keep_their_order) {
  const World w(one_class(R"("tree": {"children": [{"indicator": "X", "weight": 60, "fn": "lin", "lo": 0, "hi": 100},
                                                    {"indicator": "Y", "weight": 40, "fn": "lin", "lo": 0, "hi": 100}]})"),
                "place class X Y\n A a 100 0\n B a 0 100\n C a 70 70");
  const Uncertainty u = runs(w, only(WeightDraw::ordered), 2048);
  EXPECT_EQ(beats(w, u, "A", "B"), 1) << "X always weighs more";
  EXPECT_NEAR(beats(w, u, "A", "C"), 0.6, 0.01);   // w uniform on (½, 1), above 0.7
}

TEST(uncertainty, intervals_medians_and_bands) {
  const World w(two_lines(), "place class X Y\n A a 99 99\n B a 60 50\n C a 50 60\n D a 1 1");
  const Uncertainty u = runs(w, only(WeightDraw::noise));
  ASSERT_EQ(u.places.size(), 4U);
  EXPECT_EQ(u.places[0].place, w.at("A"));
  EXPECT_EQ(u.places[0].lo, 1U);
  EXPECT_EQ(u.places[0].hi, 1U);
  EXPECT_EQ(u.places[1].lo, 2U);
  EXPECT_EQ(u.places[1].hi, 3U);
  EXPECT_NEAR(u.places[1].mean, 2.5, 0.02);
  std::vector<std::uint32_t> bands;
  for (const auto& p : u.places) bands.push_back(p.band);
  EXPECT_EQ(bands, (std::vector<std::uint32_t>{1, 2, 2, 3})) << "B and C can't be told apart";
  const RankHistogram h = histogram(u, 1);
  EXPECT_EQ(h.width, 1U);
  EXPECT_EQ(h.runs[1] + h.runs[2], 1024U);
  SerialExecutor serial;
  const auto all = duels(u, 0, serial).value();
  EXPECT_EQ(all[0 * 4 + 3], 1);
  EXPECT_EQ(all[1 * 4 + 2] + all[2 * 4 + 1], 1);
  EXPECT_FLOAT_EQ(all[1 * 4 + 2], static_cast<float>(u.beats(1, 2)));
}

TEST(uncertainty, thresholds_lie_anywhere_beyond_their_bound) {
  // ">50" of a column whose greatest figure is 90: uniform on (50, 90), before 80 in a quarter of the runs.
  const World w(
      one_class(
          R"("tree": {"missing": "zero", "children": [{"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 100},
                                                     {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}]})"),
      "place class X Y\n A a >50 10\n B a 80 10\n C a 90 10\n D a <20 10");
  EXPECT_EQ(w.rank("B"), 2U);
  Variation v = nothing();
  v.thresholds = true;
  const Uncertainty u = runs(w, v, 4000);
  EXPECT_NEAR(beats(w, u, "A", "B"), 0.25, 0.03);
  EXPECT_EQ(beats(w, u, "C", "A"), 1);
  EXPECT_EQ(beats(w, u, "A", "D"), 1);
  EXPECT_EQ(u.factors, (std::vector<Factor>{Factor::thresholds}));
}

TEST(uncertainty, errors_of_reporting_and_of_estimates) {
  const Scheme s = one_class(
      R"("tree": {"children": [{"indicator": "X", "weight": 100, "impute": {"how": "mean"}, "fn": "lin", "lo": 0, "hi": 1000}]})");
  const World close(s, "place class X\n A a 101\n B a 100");
  Variation v = nothing();
  v.measurement = 1;
  // 1 / √(1.01² + 1²) = 0.7036 deviations: Φ = 0.7592.
  EXPECT_NEAR(beats(close, runs(close, v, 6000), "A", "B"), 0.7592, 0.02);
  // Estimated 110 ± 10 (deviation of 100, 110, 120): before 120 with 1 − Φ(1) = 0.1587.
  const World gap(s, "place class X\n A a 100\n B a 110\n C a 120\n D a -");
  Variation i = nothing();
  i.imputed = 100;
  const Uncertainty u = runs(gap, i, 6000);
  EXPECT_NEAR(beats(gap, u, "D", "C"), 0.1587, 0.02);
  EXPECT_EQ(beats(gap, u, "B", "A"), 1) << "reported figures stay";
}

// 60 of 100 and 50 of 100 people asked: errors of 4.899 and 5, so A stays before B with Φ(10 / 7) = 0.9234. C asked
// 10,000.
TEST(uncertainty, a_survey_errs_by_how_many_were_asked) {
  const World w(
      one_class(
          R"("tree": {"children": [{"indicator": "X", "weight": 100, "sample": {"least": 100}, "fn": "lin", "lo": 0, "hi": 100}]})"),
      "place class X X@sample\n A a 60 100\n B a 50 100\n C a 55 10000\n D a 99 99");
  Variation v = nothing();
  v.sampling = true;
  const Uncertainty u = runs(w, v, 6000);
  EXPECT_EQ(u.factors, (std::vector<Factor>{Factor::sampling}));
  EXPECT_NEAR(beats(w, u, "A", "B"), 0.9234, 0.015);
  EXPECT_NEAR(beats(w, u, "A", "C"), 0.8438, 0.015);   // Φ(5 / √(4.899² + 0.4975²))
  EXPECT_EQ(u.places.size(), 3U) << "too few asked in D";
}

// COINr splits the range of the numbers drawn, so the shares of alternatives hang on the sample.
TEST(uncertainty, alternatives_have_equal_shares) {
  const World w(two_lines(), "place class X Y\n A a 100 10\n B a 10 90\n");
  Variation v = nothing();
  v.inclusion = true;   // neither, X or Y left out: A, B, A
  EXPECT_NEAR(beats(w, runs(w, v, 3072), "A", "B"), 2.0 / 3, 0.002);
  Variation agg = nothing();
  agg.aggregation = {AggregationChoice::given, AggregationChoice::geometric, AggregationChoice::harmonic,
                     AggregationChoice::min};
  // Mean 55 : 50, roots √1000 : √900, harmonic 18.18 : 18, worst 10 : 10.
  EXPECT_NEAR(beats(w, runs(w, agg, 1024), "A", "B"), 0.875, 0.002);
}

// COINr ignores an alternative to a step that the base build does not contain; here it is applied.
TEST(uncertainty, normalisation_and_treatment_take_effect_though_the_scheme_has_none) {
  std::string cells = "place class X Y";
  for (int i = 1; i <= 12; ++i)
    cells += "\n p" + std::to_string(10 + i) + " a " + std::to_string(i == 12 ? 900 : i) + " " + std::to_string(13 - i);
  const World w(
      one_class(
          R"("tree": {"children": [{"indicator": "X", "weight": 60, "fn": "min_max"}, {"indicator": "Y", "weight": 40, "fn": "min_max"}]})"),
      cells);
  for (const int which : {0, 1}) {
    Variation v = nothing();
    if (which == 0) v.normalisation = {NormalisationChoice::given, NormalisationChoice::percentile};
    if (which == 1) v.treatment = {TreatmentChoice::none, TreatmentChoice::winsorise};
    const Uncertainty u = runs(w, v, 256);
    EXPECT_GT(u.places[1].hi - u.places[1].lo, 3U) << which;
  }
}

TEST(uncertainty, is_the_same_for_any_number_of_threads_and_any_order_of_places) {
  Random random(5);
  std::string cells = "place class X X:2022 Y Z", turned = cells;
  for (int i = 0; i < 90; ++i) {
    std::string row = "\n p" + std::to_string(100 + i) + (i % 3 ? " a" : " b");
    for (int c = 0; c < 4; ++c)
      row += random.chance(0.1) ? (random.chance(0.5) ? " -" : " >30") : " " + std::to_string(random.between(1, 60));
    cells += row;
    turned.insert(24, row);
  }
  const Scheme s = testing::scheme_of(
      R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}],
      "tie_break": ["Y"], "tree": {"missing": "renormalise", "children": [
        {"indicator": "X", "weight": {"a": 30, "b": 50}, "fn": "self", "lo": -50, "hi": 200},
        {"id": "n", "weight": {"a": 70, "b": 50}, "aggregation": "geometric", "floor": 1, "children": [
          {"indicator": "Y", "weight": 50, "impute": {"how": "median"}, "treatment": {"how": "winsorise"}, "fn": "z", "pool": "class"},
          {"indicator": "Z", "weight": 50, "fn": "peer"}]}]}})");
  const World one(s, cells), other(s, turned);
  Variation v = Variation::usual();
  v.treatment = {TreatmentChoice::given, TreatmentChoice::none, TreatmentChoice::log};
  v.measurement = 2;
  const Uncertainty first = runs(one, v, 100, 1);
  EXPECT_EQ(runs(one, v, 100, 2).digest, first.digest);
  EXPECT_EQ(runs(one, v, 100, 8).digest, first.digest);
  EXPECT_EQ(runs(other, v, 100, 2).digest, first.digest);
  EXPECT_EQ(first.factors.size(), 8U);
  SerialExecutor serial;
  EXPECT_NE(uncertainty(s, one.gathered.inputs(), v, 100, 8, serial)->digest, first.digest) << "another seed";
}

TEST(uncertainty, limits_are_told) {
  const World w(two_lines(), "place class X Y\n A a 100 10\n B a 10 90\n");
  SerialExecutor serial;
  EXPECT_TRUE(
      uncertainty(w.scheme, w.gathered.inputs(), {}, 11, 1, serial, {.runs = 10}).error().is(errors::robustness_limit));
  EXPECT_TRUE(uncertainty(w.scheme, w.gathered.inputs(), {}, 0, 1, serial).error().is(errors::share_outside));
  Variation wide;
  wide.spread = 101;
  EXPECT_TRUE(uncertainty(w.scheme, w.gathered.inputs(), wide, 9, 1, serial).error().is(errors::share_outside));
  EXPECT_TRUE(duels(runs(w, {}, 9), 0, serial, {.duel_places = 1}).error().is(errors::robustness_limit));
}

TEST(uncertainty, every_run_counts_every_place) {
  const World w(two_lines(), "place class X Y\n A a 100 10\n B a 10 90\n C a 20 20\n");
  const Inputs inputs = w.gathered.inputs();
  SerialExecutor serial;
  EXPECT_TRUE(uncertainty(w.scheme, inputs, {}, 10, 1, serial, {.cells = 30}));
  EXPECT_TRUE(uncertainty(w.scheme, inputs, {}, 10, 1, serial, {.cells = 29}).error().is(errors::robustness_limit));
  EXPECT_TRUE(sensitivity(w.scheme, inputs, {}, 8, 1, {}, serial, {.cells = 3 * 8 * 3}));   // A, B and the weights
  EXPECT_TRUE(sensitivity(w.scheme, inputs, {}, 8, 1, {}, serial, {.cells = 3 * 8 * 3 - 1})
                  .error()
                  .is(errors::robustness_limit));
  EXPECT_TRUE(remove_one(w.scheme, inputs, serial, {.cells = 9}));   // the total and two indicators
  EXPECT_TRUE(remove_one(w.scheme, inputs, serial, {.cells = 8}).error().is(errors::robustness_limit));
}

TEST(uncertainty, a_wide_class_has_at_most_64_bins) {
  std::string cells = "place class X Y";
  for (int i = 0; i < 130; ++i)
    cells += "\n p" + std::to_string(100 + i) + " a " + std::to_string(i % 97) + " " + std::to_string(i * 7 % 89);
  const World w(two_lines(), cells);
  const Uncertainty u = runs(w, {}, 64);
  const RankHistogram h = histogram(u, 60);
  EXPECT_EQ(h.width, 3U);
  EXPECT_LE(h.runs.size(), 64U);
  std::uint32_t sum = 0;
  for (const auto n : h.runs) sum += n;
  EXPECT_EQ(sum, 64U);
}

// ---- weights ----

// Compind's SMAA scales weights over the draws of one indicator, so they are not uniform on the simplex. Uniform
// weights of k parts have mean 1/k, variance (k − 1) / (k² (k + 1)) and sum to 1 in every draw.
TEST(weight_draws, uniform_weights_are_uniform_on_the_simplex) {
  const std::vector<double> given = {0.7, 0.2, 0.1, 0};
  const DesignPoints points(4096, 4, 3);
  std::vector<double> w(4), mean(4, 0), square(4, 0);
  for (std::size_t i = 0; i < 4096; ++i) {
    draw_weights(only(WeightDraw::dirichlet), given, points[i], Random(i), w);
    EXPECT_NEAR(w[0] + w[1] + w[2], 1, 1e-12);
    EXPECT_EQ(w[3], 0) << "a part without weight takes no part";
    for (std::size_t j = 0; j < 3; ++j) {
      mean[j] += w[j] / 4096;
      square[j] += w[j] * w[j] / 4096;
    }
  }
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(mean[j], 1.0 / 3, 0.005);
    EXPECT_NEAR(square[j] - mean[j] * mean[j], 2.0 / 36, 0.003);
  }
}

TEST(weight_draws, gathered_weights_keep_the_given_mean) {
  const std::vector<double> given = {0.7, 0.3}, u = {0.5, 0.5};
  Variation v = only(WeightDraw::dirichlet);
  v.concentration = 20;
  std::vector<double> w(2);
  double mean = 0, square = 0;
  for (std::uint64_t i = 0; i < 20000; ++i) {
    draw_weights(v, given, u, Random(i), w);
    mean += w[0] / 20000;
    square += w[0] * w[0] / 20000;
  }
  EXPECT_NEAR(mean, 0.7, 0.003);
  EXPECT_NEAR(square - mean * mean, 0.7 * 0.3 / 21, 0.0006);   // variance of a beta
}

TEST(weight_draws, gamma_deviates) {
  Random random(1);
  for (const double shape : {0.4, 1.0, 7.0}) {
    double mean = 0, square = 0;
    for (int i = 0; i < 40000; ++i) {
      const double x = draw_gamma(shape, random);
      mean += x / 40000;
      square += x * x / 40000;
    }
    EXPECT_NEAR(mean, shape, 0.03 * shape + 0.01);
    EXPECT_NEAR(square - mean * mean, shape, 0.07 * shape + 0.02);
  }
}

// ---- sensitivity ----

// Ishigami & Homma 1990, sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on (−π, π)³: indices known exactly. COINr's errors at n =
// 4,096 are up to 0.021, and at N = 100 its first-order indices of four factors sum to 1.42.
std::vector<std::pair<Index, Index>> ishigami(std::size_t n, std::uint64_t seed) {
  const DesignPoints points(n, 6, seed);
  const auto f = [](double a, double b, double c) {
    const double x = M_PI * (2 * a - 1), y = M_PI * (2 * b - 1), z = M_PI * (2 * c - 1);
    return std::sin(x) + 7 * std::sin(y) * std::sin(y) + 0.1 * z * z * z * z * std::sin(x);
  };
  std::vector<double> a, b;
  std::vector<std::vector<double>> ab(3);
  for (std::size_t i = 0; i < n; ++i) {
    const auto p = points[i];
    a.push_back(f(p[0], p[1], p[2]));
    b.push_back(f(p[3], p[4], p[5]));
    ab[0].push_back(f(p[3], p[1], p[2]));
    ab[1].push_back(f(p[0], p[4], p[2]));
    ab[2].push_back(f(p[0], p[1], p[5]));
  }
  return sobol_indices(a, b, ab, seed);
}

TEST(sensitivity, ishigami_to_the_third_decimal) {
  const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const auto found = ishigami(4096, seed);
    for (std::size_t f = 0; f < 3; ++f) {
      EXPECT_NEAR(found[f].first.value, first[f], 0.006) << seed << " " << f;
      EXPECT_NEAR(found[f].second.value, total[f], 0.006) << seed << " " << f;
      EXPECT_LE(found[f].first.lo, found[f].first.value);
      EXPECT_GE(found[f].first.hi, found[f].first.value);
      EXPECT_LE(found[f].second.lo, total[f]);
      EXPECT_GE(found[f].second.hi, total[f]);
    }
  }
  const auto few = ishigami(128, 1);
  EXPECT_LT(few[0].first.value + few[1].first.value + few[2].first.value, 1.1);
}

TEST(sensitivity, shares_the_variance_out_among_what_was_varied) {
  const World w(two_lines(), "place class X Y\n A a 100 0\n B a 0 100\n C a 40 70\n D a 55 52");
  ThreadExecutor threads(2);
  Variation v = only(WeightDraw::noise);
  const std::vector<std::uint32_t> watch = {static_cast<std::uint32_t>(w.at("C"))};
  const auto one = sensitivity(w.scheme, w.gathered.inputs(), v, 256, 5, watch, threads);
  ASSERT_TRUE(one);
  EXPECT_EQ(one->runs, 256U * 3);
  ASSERT_EQ(one->outputs.size(), 2U);
  EXPECT_NEAR(one->outputs[0].factors[0].total.value, 1, 0.15) << "the only factor explains everything";
  v.inclusion = true;
  v.aggregation = {AggregationChoice::given, AggregationChoice::min};
  const auto all = sensitivity(w.scheme, w.gathered.inputs(), v, 512, 5, watch, threads);
  ASSERT_EQ(all->outputs[1].factors.size(), 3U);
  EXPECT_EQ(all->outputs[1].place, watch[0]);
  double first = 0;
  for (const auto& f : all->outputs[1].factors) {
    first += f.first.value;
    EXPECT_LE(f.first.value, f.total.value + 0.05);
  }
  EXPECT_LT(first, 1.05);
  SerialExecutor serial;
  EXPECT_EQ(sensitivity(w.scheme, w.gathered.inputs(), v, 512, 5, watch, serial)->outputs[1].factors[0].first.value,
            all->outputs[1].factors[0].first.value);
}

TEST(sensitivity, nothing_that_moves_the_ranks_has_no_share) {
  const World w(two_lines(), "place class X Y\n A a 90 90\n B a 10 10");
  SerialExecutor serial;
  const auto s = sensitivity(w.scheme, w.gathered.inputs(), {}, 64, 5, {}, serial);
  EXPECT_EQ(s->outputs[0].deviation, 0);
  EXPECT_EQ(s->outputs[0].factors[0].total.value, 0);
}

// ---- one thing taken away ----

TEST(removal, of_one_indicator) {
  const World w(two_lines(), "place class X Y\n A a 100 0\n B a 30 80\n C a 40 40");
  SerialExecutor serial;
  const auto out = remove_one(w.scheme, w.gathered.inputs(), serial);
  ASSERT_TRUE(out);
  ASSERT_EQ(out->size(), 2U);
  // B 55, A 50, C 40. Without X: B, C, A. Without Y: A, C, B.
  EXPECT_EQ((*out)[0].node, w.scheme.find("X"));
  EXPECT_NEAR((*out)[0].mean_shift, 2.0 / 3, 1e-12);
  EXPECT_NEAR((*out)[1].mean_shift, 4.0 / 3, 1e-12);
  EXPECT_EQ((*out)[1].max_shift, 2U);
  EXPECT_EQ((*out)[1].place, w.at("B"));
}

TEST(removal, of_one_place_turns_others_round_only_where_they_are_compared) {
  const std::string cells = "place class X Y\n A a 10 0\n B a 0 5\n C a 5 100";
  SerialExecutor serial;
  const World fixed(two_lines(), cells);
  const auto none = reversals(fixed.scheme, fixed.gathered.inputs(), 10, serial).value();
  EXPECT_EQ(none.size(), 3U);
  for (const auto& r : none) EXPECT_EQ(r.pairs, 0U);
  // Min-max: A (100, 0) = 50 before B (0, 5) = 2.5; without C, whose 100 stretches Y: A 50, B 50. With X weighing 45: A
  // 45, B 55.
  const World compared(
      one_class(
          R"("tree": {"children": [{"indicator": "X", "weight": 45, "fn": "min_max"}, {"indicator": "Y", "weight": 55, "fn": "min_max"}]})"),
      cells);
  const auto out = reversals(compared.scheme, compared.gathered.inputs(), 10, serial).value();
  ASSERT_EQ(out.size(), 3U);
  EXPECT_EQ(out[0].place, compared.at("C"));
  EXPECT_EQ(out[0].pairs, 1U);
}

// ---- coherence ----

TEST(coherence, says_what_repeats_what_pulls_apart_and_what_has_no_effect) {
  const World w(
      one_class(R"("tree": {"children": [
      {"indicator": "A", "name_zh": "甲", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "B", "name_zh": "乙", "weight": 30, "fn": "lin", "lo": 0, "hi": 100},
      {"indicator": "C", "name_zh": "丙", "weight": 10, "fn": "lin", "lo": 100, "hi": 0}, {"indicator": "D", "name_zh": "丁", "weight": 10, "fn": "lin", "lo": 0, "hi": 100}]})"),
      "place class A B C D\n p1 a 10 11 12 7\n p2 a 30 29 31 7\n p3 a 50 53 49 7\n p4 a 70 68 72 7\n p5 a 90 92 88 7");
  const auto out = coherence(w.scheme, w.gathered.inputs(), w.assessment);
  ASSERT_EQ(out.size(), 1U);
  std::string told;
  for (const auto& s : out[0].warnings) told += s.zh + "\n";
  EXPECT_THAT(told, ::testing::HasSubstr("“甲”与“乙”几乎说的是同一件事（相关系数 1.00）"));
  EXPECT_THAT(told, ::testing::HasSubstr("“甲”高的单位“丙”往往低"));
  EXPECT_THAT(told, ::testing::HasSubstr("“丁”各单位得分全部相同"));
  EXPECT_THAT(told, ::testing::HasSubstr("“丙”与“总分”的得分几乎没有关系"));
}

// Two halves 1 2 3 4 5 and 1 3 2 5 4: variances 2.5 each, of the sum 9: 2 (1 − 5/9) = 0.8889.
TEST(coherence, alpha_by_hand) {
  const World w(two_lines(), "place class X Y\n p1 a 1 1\n p2 a 2 3\n p3 a 3 2\n p4 a 4 5\n p5 a 5 4");
  EXPECT_NEAR(coherence(w.scheme, w.gathered.inputs(), w.assessment)[0].alpha, 8.0 / 9, 1e-9);
}

}   // namespace
}   // namespace gangmu::score
