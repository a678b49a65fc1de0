// SPDX-License-Identifier: Apache-2.0
// Worked examples that a clerk can redo with a calculator, then every edge rule.
#include "score/assessment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "score/errors.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::scheme_of;
using testing::World;

// Three towns, two branches. By hand:
//   economy (60): output 70 % by growth against own 2022 (−5 % gives 0, 10 % gives 100), tax 30 % by target (cap 110)
//   life    (40): satisfaction, 60 gives 0, 90 gives 100
//
//   town  output 2022→2023   growth   points  tax/target points  economy                satis. points  total
//   甲01  100 → 104          4 %      60      90/100     90      0.7·60+0.3·90 = 69     81     70      0.6·69+0.4·70
//   = 69.40 甲02  200 → 220          10 %     100     150/120    110     0.7·100+0.3·110 = 103  75     50
//   0.6·103+0.4·50 = 81.80 甲03  50 → 48            −4 %     6.666…  60/80      75      4.666…+22.5 = 27.166…  90 100
//   16.3+40 = 56.30
const char* towns = R"("tree": {"children": [
    {"id": "economy", "name_zh": "经济", "weight": 60, "children": [
      {"indicator": "OUT", "name_zh": "产值", "weight": 70, "fn": "self", "lo": -5, "hi": 10},
      {"indicator": "TAX", "name_zh": "税收", "weight": 30, "fn": "target", "cap": 110}]},
    {"indicator": "SAT", "name_zh": "满意度", "weight": 40, "fn": "lin", "lo": 60, "hi": 90}]})";
const char* three = R"(
    place class OUT OUT:2022 TAX TAX@target SAT
    甲01  a     104 100      90  100        81
    甲02  a     220 200      150 120        75
    甲03  a     48  50       60  80         90)";

TEST(assessment, three_towns_by_hand) {
  const World w(one_class(towns), three);
  EXPECT_EQ(w.total("甲01"), "69.40");
  EXPECT_EQ(w.total("甲02"), "81.80");
  EXPECT_EQ(w.total("甲03"), "56.30");
  EXPECT_EQ(w.rank("甲02"), 1U);
  EXPECT_EQ(w.rank("甲01"), 2U);
  EXPECT_EQ(w.rank("甲03"), 3U);
  EXPECT_NEAR(w.score("economy", "甲03"), 27.0 + 1.0 / 6, 1e-12);
  EXPECT_NEAR(w.score("OUT", "甲03"), 100.0 / 15, 1e-12);
  ASSERT_EQ(w.assessment.edges.size(), 1U);
  EXPECT_EQ(w.edge("TAX", EdgeRule::above_most_points), 1U) << "125 is cut to 110";
  // Effective weights: 0.6 · 0.7, 0.6 · 0.3, 0.4.
  EXPECT_NEAR(w.assessment.weights[0], 0.42, 1e-15);
  EXPECT_NEAR(w.assessment.weights[1], 0.18, 1e-15);
  EXPECT_NEAR(w.assessment.weights[2], 0.40, 1e-15);
}

TEST(assessment, contributions_are_weight_times_points_and_print_to_the_total) {
  const World w(one_class(towns), three);
  const std::size_t p = w.at("甲03");
  const auto part = [&](std::size_t leaf) { return w.assessment.contributions[leaf * 3 + p]; };
  // 0.42 · 6.666… = 2.8; 0.18 · 75 = 13.5; 0.4 · 100 = 40.
  EXPECT_EQ(part(0), 2'800'000'000);
  EXPECT_EQ(part(1), 13'500'000'000);
  EXPECT_EQ(part(2), 40'000'000'000);
  EXPECT_EQ(part(0) + part(1) + part(2), w.assessment.total[p]);
}

TEST(assessment, printed_parts_add_up_by_largest_remainder) {
  // 33.335 thrice is 100.005: rounding each gives 33.34 · 3 = 100.02, yet the sum prints as 100.01.
  const std::vector<std::int64_t> parts = {33'335'000'000, 33'335'000'000, 33'335'000'000};
  EXPECT_EQ(apportion(parts, 2), (std::vector<std::int64_t>{3334, 3334, 3333}));
  EXPECT_EQ(points_text(100'005'000'000, 2), "100.01");
  EXPECT_EQ(apportion(std::vector<std::int64_t>{-1'250'000'000, 2'500'000'000}, 1),
            (std::vector<std::int64_t>{-12, 25}));
  EXPECT_EQ(points_text(-1'255'000'000, 2), "-1.26");
}

TEST(assessment, functions_by_hand) {
  const auto points = [](const std::string& function, const std::string& column, const std::string& value,
                         const std::string& more = "") {
    World w(one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, )" + function + "}]}"),
            "place class X " + column + "\n a1 a " + value + "\n" + more);
    return w.score("X", "a1");
  };
  EXPECT_DOUBLE_EQ(points(R"("fn": "lin", "lo": 35, "hi": 18)", "", "24.8"), 60);                // (35 − 24.8) / 17
  EXPECT_DOUBLE_EQ(points(R"("fn": "target", "direction": "down")", "X@target", "40 30"), 75);   // 30 / 40
  EXPECT_DOUBLE_EQ(points(R"("fn": "target", "direction": "exact", "target": 200)", "", "150"), 75);   // 1 − 50 / 200
  EXPECT_DOUBLE_EQ(points(R"("fn": "self", "percent": true, "lo": 0, "hi": 5)", "X:2022", "62 58"),
                   80);   // 4 points of 5
  EXPECT_DOUBLE_EQ(points(R"("fn": "step", "steps": [[0, 0], [60, 50], [75, 80], [90, 100]])", "", "89.9"), 80);
  EXPECT_DOUBLE_EQ(points(R"("fn": "step", "steps": [[30, 60], [15, 100]])", "", "15"), 100);   // at most 15 minutes
  EXPECT_DOUBLE_EQ(points(R"("fn": "step", "steps": [[30, 60], [15, 100]])", "", "31"), 0);
  EXPECT_DOUBLE_EQ(points(R"("fn": "category", "steps": [[1, 100], [0, 20]])", "", "0"), 20);
  EXPECT_DOUBLE_EQ(
      points(
          R"("percent": true, "fn": "either", "any": [{"fn": "lin", "lo": 40, "hi": 75}, {"fn": "self", "lo": 0, "hi": 10}])",
          "X:2022", "54 45"),
      90);   // 40 by level, 90 by progress
  EXPECT_DOUBLE_EQ(
      points(
          R"("fn": "mix", "parts": [{"fn": "target", "target": 50, "weight": 60}, {"fn": "lin", "lo": 0, "hi": 100, "weight": 40}])",
          "", "40"),
      64);   // 0.6 · 80 + 0.4 · 40
  const std::string others = "a2 a 10\n a3 a 40\n a4 a 40\n";
  EXPECT_DOUBLE_EQ(points(R"("fn": "min_max")", "", "20", others), 100.0 / 3);   // (20 − 10) / 30
  EXPECT_DOUBLE_EQ(points(R"("fn": "min_max", "direction": "down")", "", "20", others), 200.0 / 3);
  EXPECT_DOUBLE_EQ(points(R"("fn": "peer")", "", "20", others), 37.5);   // rank 3 of 4
  EXPECT_DOUBLE_EQ(points(R"("fn": "peer")", "", "40", "a2 a 10\n a3 a 40\n a4 a 20\n"),
                   75);                                                             // shares 1 and 2: mean 1.5
  EXPECT_DOUBLE_EQ(points(R"("fn": "percentile")", "", "20", others), 100.0 / 3);   // one of three others is worse
  EXPECT_DOUBLE_EQ(points(R"("fn": "relative", "to": "best")", "", "20", others), 50);
  EXPECT_DOUBLE_EQ(points(R"("fn": "relative", "to": "mean")", "", "22", "a2 a 66\n"), 50);   // mean 44
  EXPECT_DOUBLE_EQ(points(R"("fn": "relative", "to": "own", "cap": 120)", "X:2022", "33 30"), 110);
  EXPECT_DOUBLE_EQ(points(R"("fn": "z")", "", "30", "a2 a 10\n a3 a 20\n"), 60);             // mean 20, deviation 10
  EXPECT_DOUBLE_EQ(points(R"("fn": "mean_zone", "zone": 10)", "", "21", "a2 a 19\n"), 50);   // within 20 ± 2
}

TEST(assessment, pool_frozen_in_the_base_year_does_not_move_when_others_correct_their_figures) {
  const Scheme s =
      one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "min_max", "of": "2020"}]})");
  const World before(s, "place class X X:2020\n a1 a 30 10\n a2 a 45 50");
  const World after(s, "place class X X:2020\n a1 a 30 10\n a2 a 90 50");
  EXPECT_DOUBLE_EQ(before.score("X", "a1"), 50);   // (30 − 10) / 40
  EXPECT_DOUBLE_EQ(after.score("X", "a1"), 50);
  EXPECT_DOUBLE_EQ(after.score("X", "a2"), 100);   // clamped
}

TEST(assessment, each_class_has_its_own_tree_weights_and_functions) {
  const Scheme s = scheme_of(R"({"scheme": {"id": "s", "name_zh": "试"},
      "classes": [{"id": "a", "name_zh": "甲类"}, {"id": "b", "name_zh": "乙类"}],
      "tree": {"children": [
        {"indicator": "X", "weight": {"a": 100, "b": 25}, "fn": "lin", "lo": 0, "hi": 10, "fn_by_class": {"b": {"fn": "lin", "lo": 0, "hi": 20}}},
        {"indicator": "Y", "weight": {"b": 75}, "fn": "peer"}]}})");
  const World w(s, "place class X Y\n p1 a 5 -\n p2 b 5 1\n p3 b 10 3");
  EXPECT_EQ(w.total("p1"), "50.00");
  EXPECT_EQ(w.total("p2"), "25.00");   // 0.25 · 25 + 0.75 · 25
  EXPECT_EQ(w.total("p3"), "68.75");   // 0.25 · 50 + 0.75 · 75
  EXPECT_EQ(w.rank("p1"), 1U);
  EXPECT_EQ(w.rank("p3"), 1U);
  EXPECT_EQ(w.edge("Y", EdgeRule::missing_value), 0U);   // class a has no Y
}

// ---- edge rules ----

const char* two_leaves =
    R"({"indicator": "X", "weight": 60, "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "Y", "weight": 40, "fn": "lin", "lo": 0, "hi": 100})";

World missing_world(const std::string& rule, const std::string& cells) {
  return {one_class(R"("tree": {)" + rule + R"("children": [)" + two_leaves + "]}"), "place class X Y\n" + cells};
}

TEST(assessment_edges, missing_under_each_rule) {
  const World hold = missing_world(R"("missing": "hold",)", "a1 a 80 -\n a2 a 50 50");
  EXPECT_EQ(hold.total("a1"), "80.00");
  EXPECT_EQ(hold.rank("a1"), 0U) << "provisional places are not ranked";
  EXPECT_TRUE(hold.assessment.provisional[hold.at("a1")]);
  EXPECT_EQ(hold.rank("a2"), 1U);
  EXPECT_EQ(hold.edge("total", EdgeRule::provisional), 1U);
  EXPECT_EQ(hold.edge("Y", EdgeRule::missing_value), 1U);

  const World spread = missing_world(R"("missing": "renormalise",)", "a1 a 80 -\n a2 a 50 50");
  EXPECT_EQ(spread.total("a1"), "80.00");
  EXPECT_EQ(spread.rank("a1"), 1U);
  EXPECT_EQ(spread.edge("total", EdgeRule::weight_spread), 1U);

  const World zero = missing_world(R"("missing": "zero",)", "a1 a 80 -\n a2 a 50 50");
  EXPECT_EQ(zero.total("a1"), "48.00");
  EXPECT_EQ(zero.rank("a1"), 2U);
  EXPECT_EQ(zero.edge("total", EdgeRule::zero_for_missing), 1U);
}

TEST(assessment_edges, withheld_and_threshold_are_missing_and_not_applicable_is_not) {
  const World w =
      missing_world(R"("missing": "zero",)", "a1 a 80 WH\n a2 a 80 >50\n a3 a 80 NA\n a4 a NA NA\n a5 a 0 100");
  EXPECT_EQ(w.total("a1"), "48.00");
  EXPECT_EQ(w.total("a2"), "48.00");
  EXPECT_EQ(w.total("a3"), "80.00");
  EXPECT_EQ(w.total("a4"), "");
  EXPECT_EQ(w.total("a5"), "40.00") << "zero is a value";
  EXPECT_EQ(w.edge("Y", EdgeRule::withheld_value), 1U);
  EXPECT_EQ(w.edge("Y", EdgeRule::threshold_value), 1U);
  EXPECT_EQ(w.edge("Y", EdgeRule::not_applicable), 2U);
  EXPECT_EQ(w.edge("total", EdgeRule::no_score), 1U);
}

TEST(assessment_edges, too_little_weight_present_leaves_the_node_without_a_score) {
  const World w =
      missing_world(R"("missing": "renormalise", "data_threshold": 60,)", "a1 a 80 -\n a2 a - 80\n a3 a 10 10");
  EXPECT_EQ(w.total("a1"), "80.00") << "60 % present is enough";
  EXPECT_EQ(w.total("a2"), "");
  EXPECT_EQ(w.edge("total", EdgeRule::below_data_threshold), 1U);
}

TEST(assessment_edges, constant_column_and_single_value_give_the_middle) {
  const Scheme s = one_class(
      R"("tree": {"children": [{"indicator": "X", "weight": 50, "fn": "min_max"}, {"indicator": "Y", "weight": 50, "fn": "z"}]})");
  const World constant(s, "place class X Y\n a1 a 7 0\n a2 a 7 0");
  EXPECT_EQ(constant.total("a1"), "50.00");
  EXPECT_EQ(constant.edge("X", EdgeRule::constant_pool), 2U);
  EXPECT_EQ(constant.edge("Y", EdgeRule::constant_pool), 2U);
  const World single(s, "place class X Y\n a1 a 7 3");
  EXPECT_EQ(single.total("a1"), "50.00");
  EXPECT_EQ(single.edge("X", EdgeRule::single_value), 1U);
}

TEST(assessment_edges, bases_and_targets_that_make_no_number) {
  const Scheme s = one_class(R"("tree": {"missing": "renormalise", "children": [
      {"indicator": "X", "weight": 50, "fn": "self", "lo": 0, "hi": 10},
      {"indicator": "Y", "weight": 30, "fn": "target"},
      {"indicator": "Z", "weight": 20, "direction": "down", "fn": "target", "target": 5}]})");
  const World w(s, R"(place class X X:2022 Y Y@target Z
                      a1 a 110 100 9 10 10
                      a2 a 110 -   9 -  10
                      a3 a 110 0   9 0  10
                      a4 a 110 -5  9 10 0)");
  EXPECT_EQ(w.total("a1"), "87.00");   // 0.5 · 100 + 0.3 · 90 + 0.2 · 50
  EXPECT_EQ(w.total("a2"), "50.00");
  EXPECT_EQ(w.edge("X", EdgeRule::missing_base), 1U);
  EXPECT_EQ(w.edge("X", EdgeRule::base_not_positive), 2U);
  EXPECT_EQ(w.edge("Y", EdgeRule::missing_target), 1U);
  EXPECT_EQ(w.edge("Y", EdgeRule::target_not_positive), 1U);
  EXPECT_EQ(w.edge("Z", EdgeRule::zero_value_best), 1U);
  EXPECT_EQ(w.total("a4"), "94.00");   // (0.3 · 90 + 0.2 · 100) / 0.5
}

TEST(assessment_edges, unlisted_category_and_a_mix_with_a_missing_part) {
  const Scheme s = one_class(R"("tree": {"missing": "renormalise", "children": [
      {"indicator": "X", "weight": 50, "fn": "category", "steps": [[1, 100]]},
      {"indicator": "Y", "weight": 50, "fn": "mix", "parts": [{"fn": "lin", "lo": 0, "hi": 10, "weight": 40}, {"fn": "self", "lo": 0, "hi": 10, "weight": 60}]}]})");
  const World w(s, "place class X Y Y:2022\n a1 a 2 5 -\n a2 a 1 5 5");
  EXPECT_EQ(w.total("a1"), "50.00");
  EXPECT_EQ(w.edge("X", EdgeRule::unlisted_category), 1U);
  EXPECT_EQ(w.edge("Y", EdgeRule::weight_spread), 1U);
  EXPECT_EQ(w.total("a2"), "60.00");   // 0.5 · 100 + 0.5 · (0.4 · 50 + 0.6 · 0)
}

TEST(assessment_edges, empty_pool_in_the_base_year) {
  const Scheme s =
      one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "min_max", "of": "2020"}]})");
  const World w(s, "place class X X:2020\n a1 a 1 -\n a2 a 2 -");
  EXPECT_EQ(w.total("a1"), "");
  EXPECT_EQ(w.edge("X", EdgeRule::empty_pool), 2U);
}

TEST(assessment_edges, a_class_too_small_falls_back_to_own_progress_and_says_so) {
  const std::string tree = R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "mix",
      "parts": [{"fn": "target", "target": 100, "weight": 50}, {"fn": "peer", "weight": 50}]}]})";
  const World w(one_class(R"("min_class_size": 3, "peer_fallback": {"fn": "self", "lo": 0, "hi": 10}, )" + tree),
                "place class X X:2022\n a1 a 84 80\n a2 a 90 90");
  EXPECT_EQ(w.total("a1"), "67.00");   // 0.5 · 84 + 0.5 · 50 (5 % growth)
  EXPECT_EQ(w.edge("X", EdgeRule::small_class_fallback), 2U);
  const World large(one_class(R"("min_class_size": 2, "peer_fallback": {"fn": "self", "lo": 0, "hi": 10}, )" + tree),
                    "place class X X:2022\n a1 a 84 80\n a2 a 90 90");
  EXPECT_EQ(large.total("a1"), "54.50");   // 0.5 · 84 + 0.5 · 25
  EXPECT_EQ(large.edge("X", EdgeRule::small_class_fallback), 0U);
}

TEST(assessment_edges, without_a_fallback_the_small_class_is_refused) {
  const Scheme s =
      one_class(R"("min_class_size": 3, "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "peer"}]})");
  const std::vector<ValueRow> values = {{"a1", "X", "2023", "1", {}}};
  SerialExecutor serial;
  const auto out = score_plainly(s, values, {}, std::nullopt, serial);
  ASSERT_FALSE(out);
  EXPECT_TRUE(out.error().is(errors::fallback_needed));
}

TEST(assessment_edges, ties_are_broken_in_the_given_order_or_shared) {
  const Scheme s = one_class(std::string(R"("tie_break": ["Y"], "tree": {"children": [)") + two_leaves + "]}");
  // 0.6 · 40 + 0.4 · 60 = 48 and 0.6 · 60 + 0.4 · 30 = 48: a1 has the better Y.
  const World w(s, "place class X Y\n a1 a 40 60\n a2 a 60 30\n a3 a 60 30\n a4 a 10 10");
  EXPECT_EQ(w.rank("a1"), 1U);
  EXPECT_EQ(w.rank("a2"), 2U);
  EXPECT_EQ(w.rank("a3"), 2U);
  EXPECT_EQ(w.rank("a4"), 4U);
  EXPECT_EQ(w.edge("total", EdgeRule::tie_broken), 1U);
  EXPECT_EQ(w.edge("total", EdgeRule::tie_shared), 2U);
}

const char* graded = R"("grades": [{"id": "excellent", "name_zh": "优秀", "min": 85, "best_share": 30, "at_least": 1},
    {"id": "good", "name_zh": "良好", "min": 70}, {"id": "fair", "name_zh": "一般"}],)";

TEST(assessment_grades, points_and_quota_together) {
  const Scheme s =
      one_class(std::string(graded) +
                R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]})");
  // 30 % of five is one seat (1.5 rounded down).
  const World w(s, "place class X\n a1 a 95\n a2 a 90\n a3 a 84.999999999\n a4 a 70\n a5 a 69.999999999");
  EXPECT_EQ(w.grade("a1"), "excellent");
  EXPECT_EQ(w.grade("a2"), "good") << "outside the quota";
  EXPECT_EQ(w.grade("a3"), "good");
  EXPECT_EQ(w.grade("a4"), "good");
  EXPECT_EQ(w.grade("a5"), "fair");
  const World level(s, "place class X\n a1 a 95\n a2 a 95\n a3 a 20");
  EXPECT_EQ(level.grade("a1"), "excellent");
  EXPECT_EQ(level.grade("a2"), "excellent") << "level at the quota: both are taken in";
  EXPECT_EQ(level.edge("total", EdgeRule::tie_at_quota), 2U);
}

TEST(assessment_grades, red_lines_limit_the_grade_and_never_the_points) {
  const Scheme s = one_class(std::string(graded) + R"("red_lines": [
      {"id": "accident", "name_zh": "事故", "when": "ACC > 0", "max_grade": "good"},
      {"id": "grain", "name_zh": "粮食", "when": "X < 95% of target", "max_grade": "fair"},
      {"id": "fraud", "name_zh": "造假", "when": "confirmed", "max_grade": "fair"}],
      "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]})");
  const World w(s, R"(place class X X@target ACC @fraud
                      a1 a 95 100 1 -
                      a2 a 80 100 0 -
                      a3 a 75 -   - 1
                      a4 a 70 70  0 -)");
  EXPECT_EQ(w.total("a1"), "95.00");
  EXPECT_EQ(w.grade("a1"), "good");
  EXPECT_EQ(w.rank("a1"), 1U);
  EXPECT_EQ(w.grade("a2"), "fair") << "80 is below 95 % of 100";
  EXPECT_EQ(w.grade("a3"), "fair") << "confirmed";
  EXPECT_EQ(w.grade("a4"), "good");
  EXPECT_EQ(w.assessment.grade_without_red_lines[w.at("a1")], 0);
  EXPECT_EQ(w.edge("total", EdgeRule::grade_limited), 3U);
  EXPECT_EQ(w.assessment.red_lines.size(), 3U) << "95 is not below 95 % of 100";
}

TEST(assessment_grades, bonuses_and_deductions_stop_at_their_caps) {
  const Scheme s =
      one_class(R"("adjustments": {"bonus": {"cap": 1.2, "items": [{"id": "pilot", "name_zh": "试点", "points": 0.5}]},
      "deduct": {"cap": 5, "items": [{"id": "false", "name_zh": "数据不实", "points": 2}]}},
      "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]})");
  const World w(s, "place class X @pilot @false\n a1 a 60 3 -\n a2 a 60 2 1\n a3 a 60 - 3");
  EXPECT_EQ(w.total("a1"), "61.20");
  EXPECT_EQ(w.total("a2"), "59.00");
  EXPECT_EQ(w.total("a3"), "55.00");
  EXPECT_EQ(w.edge("total", EdgeRule::bonus_capped), 1U);
  EXPECT_EQ(w.edge("total", EdgeRule::deduction_capped), 1U);
}

TEST(assessment_inputs, all_faults_at_once) {
  const Scheme s = one_class(std::string(R"("tree": {"children": [)") + two_leaves + "]}");
  const std::vector<std::string> places = {"p1", "p2", "p1"};
  const std::vector<ClassIndex> classes = {0, 7, no_class};
  const std::vector<double> values = {1, std::nan(""), 3, 4, 5, INFINITY};
  const std::vector<fact::CellState> states(6, fact::CellState::value);
  SerialExecutor serial;
  const auto out = assess(s, {places, classes, {}, values, states, {{0, "nothing", 1}, {9, "nothing", -1}}}, serial);
  ASSERT_FALSE(out);
  std::vector<std::string> names;
  for (const auto& d : out.error().all()) names.emplace_back(d.kind->name);
  EXPECT_THAT(names,
              ::testing::UnorderedElementsAre("inputs_class", "grant_unknown", "grant_unknown", "grant_place",
                                              "grant_times", "place_twice", "value_not_finite", "value_not_finite"));
  const auto shape = assess(s, {places, classes, {}, {}, states, {}}, serial);
  ASSERT_FALSE(shape);
  EXPECT_TRUE(shape.error().is(errors::inputs_shape));
}

TEST(assessment_inputs, a_place_outside_every_class_takes_no_part) {
  const Scheme s = one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "min_max"}]})");
  const std::vector<std::string> places = {"p1", "p2", "p3"};
  const std::vector<ClassIndex> classes = {0, no_class, 0};
  const std::vector<double> values = {0, 1000, 10};
  const std::vector<fact::CellState> states(3, fact::CellState::value);
  SerialExecutor serial;
  const auto out = assess(s, {places, classes, {}, values, states, {}}, serial);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->total[2], 100'000'000'000) << "its 1000 is not in the pool";
  EXPECT_EQ(out->rank[1], 0U);
  EXPECT_FALSE(out->scored(1));
}

TEST(assessment_inputs, no_places_at_all_is_an_empty_assessment) {
  const Scheme s = one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "min_max"}]})");
  SerialExecutor serial;
  const auto out = assess(s, {}, serial);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->places, 0U);
}

}   // namespace
}   // namespace gangmu::score
