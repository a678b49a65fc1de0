// SPDX-License-Identifier: Apache-2.0
// Every edge has its named rule: what is cut to the least or most points, a target of zero, a figure that was both
// estimated and treated.
#include <gmock/gmock.h>

#include "base/math.hpp"
#include "score/collective.hpp"
#include "score/earned_points.hpp"
#include "score/errors.hpp"
#include "score/grade_limits.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::World;

Scheme one_leaf(const std::string& leaf) {
  return one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, )" + leaf + "}]}");
}

// Thirty places at 0, one at 1: mean 1/31, deviation √(1/31), so the one is 5.388 deviations above: 103.88 by formula.
TEST(edges, z_beyond_five_deviations_is_named) {
  std::string cells = "place class X\n one a 1";
  for (int i = 10; i < 40; ++i) cells += "\n p" + std::to_string(i) + " a 0";
  const World w(one_leaf(R"("fn": "z")"), cells);
  EXPECT_EQ(w.score("X", "one"), 100);
  EXPECT_EQ(w.edge("X", EdgeRule::above_most_points), 1U);
  EXPECT_EQ(w.edge("X", EdgeRule::below_least_points), 0U);
  const World down(one_leaf(R"("direction": "down", "fn": "z")"), cells);
  EXPECT_EQ(down.edge("X", EdgeRule::below_least_points), 1U);
}

TEST(edges, what_is_cut_is_counted_whatever_the_function) {
  const auto cut = [](const std::string& function, const std::string& head, const std::string& cells) {
    const World w(one_leaf(function), "place class " + head + "\n" + cells);
    return std::pair(w.edge("X", EdgeRule::below_least_points), w.edge("X", EdgeRule::above_most_points));
  };
  using Cut = std::pair<std::size_t, std::size_t>;
  const std::string cells = " a a -5\n b a 5\n c a 10\n d a 30";
  const std::string target = " a a -5 10\n b a 5 10\n c a 10 10\n d a 30 10";
  const std::string base = " a a -5 4\n b a 5 4\n c a 10 4\n d a 30 4";
  EXPECT_EQ(cut(R"("fn": "lin", "lo": 0, "hi": 10)", "X", cells), Cut(1, 1));
  EXPECT_EQ(cut(R"("fn": "lin", "lo": 10, "hi": 0)", "X", cells), Cut(1, 1)) << "less is better";
  EXPECT_EQ(cut(R"("fn": "target", "cap": 110)", "X X@target", target), Cut(1, 1));
  EXPECT_EQ(cut(R"("fn": "target", "direction": "exact")", "X X@target", target), Cut(2, 0)) << "too far off";
  EXPECT_EQ(cut(R"("fn": "self", "lo": -50, "hi": 200)", "X X:2022", base), Cut(1, 1));
  EXPECT_EQ(cut(R"("fn": "relative", "to": "own", "cap": 250)", "X X:2022", base), Cut(1, 1));
  EXPECT_EQ(cut(R"("fn": "min_max", "of": "last_year")", "X X:2022", " a a -5 0\n b a 5 0\n c a 30 20"), Cut(1, 1));
  EXPECT_EQ(cut(R"("fn": "min_max")", "X", cells), Cut(0, 0)) << "its bounds are its own figures'";
  EXPECT_EQ(cut(R"("fn": "either", "any": [{"fn": "lin", "lo": 50, "hi": 60}, {"fn": "lin", "lo": -10, "hi": 40}])",
                "X", cells),
            Cut(0, 0))
      << "of the function that counts";
  EXPECT_EQ(
      cut(R"("fn": "mix", "parts": [{"weight": 50, "fn": "lin", "lo": 0, "hi": 10}, {"weight": 50, "fn": "peer"}])",
          "X", cells),
      Cut(1, 1));
}

TEST(edges, a_whole_class_method_says_whom_it_cut) {
  Matrix matrix{11, {}};   // one far above ten: 100 + 10 × √10 standardised, less 50
  for (int i = 0; i < 11; ++i) matrix.values.push_back(i == 0 ? 1000 : 1);
  SerialExecutor serial;
  Cuts cuts;
  Aggregation mpi;
  mpi.kind = AggregationKind::mpi;
  const std::vector<double> one = {1.0};
  const auto points = collective_points(mpi, matrix, one, serial, nullptr, &cuts);
  EXPECT_NEAR(points[0], 50 + 10 * math::sqrt(10), 1e-9);
  EXPECT_EQ(cuts.above, 0U);
  for (int i = 0; i < 60; ++i) matrix.values.push_back(1);
  matrix.rows = 71;
  EXPECT_EQ(collective_points(mpi, matrix, one, serial, nullptr, &cuts)[0], 100);
  EXPECT_EQ(cuts.above, 1U);
}

// No accident where none is allowed: reached; two where none is: missed.
TEST(edges, a_target_of_zero_is_reached_or_missed) {
  const auto points = [](const std::string& function, const std::string& head, const std::string& place) {
    const std::string first = head.empty() ? "X" : "X " + head;
    const auto more = [&](const std::string& cell) { return head.empty() ? "" : " " + cell; };
    return World(one_leaf(function),
                 "place class " + first + "\n a a 0" + more("0") + "\n b a 2" + more("0") + "\n c a 3" + more("4"))
        .total(place);
  };
  const std::string down = R"("direction": "down", )";
  for (const auto& [function, head] :
       std::vector<std::pair<std::string, std::string>>{{R"("fn": "target", "cap": 110)", "X@target"},
                                                        {R"("fn": "target", "cap": 110, "target": 0)", ""},
                                                        {R"("fn": "relative", "to": "own", "cap": 110)", "X:2022"},
                                                        {R"("fn": "relative", "to": "peer", "cap": 110)", "X@peer"},
                                                        {R"("fn": "relative", "to": "best", "cap": 110)", ""}}) {
    EXPECT_EQ(points(down + function, head, "a"), "110.00") << function;
    EXPECT_EQ(points(down + function, head, "b"), "0.00") << function;
  }
  EXPECT_EQ(points(down + R"("fn": "target", "cap": 150)", "X@target", "c"), "133.33");
  const World w(one_leaf(down + R"("fn": "target", "cap": 150)"),
                "place class X X@target\n a a 0 0\n b a 2 0\n c a 3 4");
  EXPECT_EQ(w.rank("a"), 1U);
  EXPECT_EQ(w.rank("b"), 3U);
  EXPECT_EQ(w.edge("X", EdgeRule::zero_value_best), 1U);
  EXPECT_EQ(w.edge("X", EdgeRule::zero_target_missed), 1U);
  EXPECT_EQ(w.edge("X", EdgeRule::target_not_positive), 0U);
  EXPECT_EQ(points(R"("direction": "exact", "fn": "target")", "X@target", "a"), "100.00");
  EXPECT_EQ(points(R"("direction": "exact", "fn": "target")", "X@target", "b"), "0.00");
  EXPECT_EQ(points(R"("direction": "up", "fn": "target")", "X@target", "a"), "") << "a share of zero is no number";
}

TEST(edges, a_frozen_assessment_keeps_the_edition_it_was_made_under) {
  const std::string document = R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}],
    "tree": {"children": [{"indicator": "X", "weight": 100, "direction": "down", "fn": "target"}]}})";
  const Scheme first = scheme_from_json(Json::parse(document).value(), {}, {}, first_edition).value();
  EXPECT_EQ(World(first, "place class X X@target\n a a 0 0").total("a"), "");
  EXPECT_EQ(World(testing::scheme_of(document), "place class X X@target\n a a 0 0").total("a"), "100.00");
  EXPECT_EQ(first.digest(), testing::scheme_of(document).digest()) << "the document is the same";
}

TEST(edges, an_estimated_figure_that_is_treated_too_bears_both_marks) {
  std::string cells = "place class X Y\n far a - 500\n";
  for (int i = 1; i <= 10; ++i)
    cells += " p" + std::to_string(10 + i) + " a " + std::to_string(i) + " " + std::to_string(i) + "\n";
  const World w(one_class(R"("tree": {"children": [
      {"indicator": "X", "weight": 50, "impute": {"how": "regression", "on": "Y"}, "treatment": {"how": "winsorise"}, "fn": "min_max"},
      {"indicator": "Y", "weight": 50, "fn": "min_max"}]})"),
                cells);
  EXPECT_EQ(w.edge("X", EdgeRule::imputed_value), 1U);
  EXPECT_EQ(w.edge("X", EdgeRule::treated_value), 1U);
  const auto prepared = tables(w.scheme, w.gathered, w.assessment).back();
  EXPECT_EQ(prepared.rows[0], (std::vector<std::string>{"far", "X", "10", "imputed_value treated_value"}));
}

TEST(edges, a_panel_with_too_few_reviews_that_is_estimated_bears_both_marks) {
  const World w(
      one_leaf(R"("panel": {"reviewers": 2, "least": 2}, "impute": {"how": "mean"}, "fn": "lin", "lo": 0, "hi": 100)"),
      "place class X@review1 X@review2\n a a 80 90\n b a 70 -");
  EXPECT_EQ(w.edge("X", EdgeRule::few_reviews), 1U);
  EXPECT_EQ(w.edge("X", EdgeRule::imputed_value), 1U);
}

TEST(prepared_table, prints_figures_whole) {
  const World w(one_leaf(R"("impute": {"how": "mean"}, "fn": "lin", "lo": 0, "hi": 100)"),
                "place class X\n a a 1\n b a 1\n c a 2\n d a -");
  EXPECT_EQ(tables(w.scheme, w.gathered, w.assessment).back().rows[3][2], "1.3333333333333333");
}

// A poor item of little weight: by logarithms it would lose more than the three points it can earn.
TEST(earned_points, stand_between_nothing_and_full_marks) {
  const World w(one_class(R"("tree": {"aggregation": "geometric", "floor": "0.001", "children": [
      {"indicator": "X", "weight": 3, "fn": "lin", "lo": 0, "hi": 100},
      {"indicator": "Y", "weight": 97, "fn": "lin", "lo": 0, "hi": 100}]})"),
                "place class X Y\n a a 0 90\n b a 100 100\n c a 50 60");
  EXPECT_LT(w.assessment.contributions[0], 0) << "by logarithms alone";
  const EarnedPoints earned = earned_points(w.scheme, w.assessment, 0, 0);
  EXPECT_TRUE(earned.moved);
  EXPECT_EQ(earned.points[0], 0);
  EXPECT_EQ(earned.points[0] + earned.points[1], w.assessment.subtotal[0]);
  EXPECT_LE(earned.points[1], 97'000'000'000);
  EXPECT_FALSE(earned_points(w.scheme, w.assessment, 0, 2).moved);
  const Explanation e = explain(w.scheme, w.gathered.inputs(), w.assessment, 0, {"a", "a"});
  EXPECT_EQ(e.lines[0].contribution, 0);
  EXPECT_EQ(e.lines[0].full, 300);
  EXPECT_THAT(e.words.notes.back().zh, ::testing::HasSubstr("由同一方面的其他项分担"));
}

// Only the branch that does not add up bears it, and in it who has lost: Z at full marks loses nothing.
TEST(earned_points, are_borne_inside_the_branch_by_those_that_lost) {
  const World w(one_class(R"("tree": {"children": [{"indicator": "V", "weight": 50, "fn": "lin", "lo": 0, "hi": 100},
      {"id": "n", "weight": 50, "aggregation": "geometric", "floor": "0.001", "children": [
      {"indicator": "X", "weight": 4, "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "Y", "weight": 66, "fn": "lin", "lo": 0, "hi": 100},
      {"indicator": "Z", "weight": 30, "fn": "lin", "lo": 0, "hi": 100}]}]})"),
                "place class V X Y Z\n a a 70 0 60 100");
  const EarnedPoints earned = earned_points(w.scheme, w.assessment, 0, 0);
  EXPECT_EQ(earned.points[0], 35'000'000'000);
  EXPECT_EQ(earned.points[1], 0);
  EXPECT_NEAR(static_cast<double>(earned.points[3]), 15e9, 1) << "full marks";
  EXPECT_EQ(earned.points[1] + earned.points[2] + earned.points[3] + earned.points[0], w.assessment.subtotal[0]);
  EXPECT_GT(earned.points[2], 0);
  EXPECT_LT(earned.points[2], w.assessment.contributions[2 * w.assessment.places]);
}

// Rank 1 is held down by a red line; rank 3 has points enough, but the one seat is taken.
TEST(grade_limits, say_why_a_grade_is_below_the_points) {
  const World w(one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]},
      "red_lines": [{"id": "r", "name_zh": "事故", "name_en": "accident", "when": "confirmed", "max_grade": "good"}],
      "grades": [{"id": "best", "name_zh": "优秀", "name_en": "Excellent", "min": 80, "at_most": 2},
                 {"id": "good", "name_zh": "良好", "name_en": "Good"}])"),
                "place class X @r\n a a 95 1\n b a 90 -\n c a 85 -\n d a 10 -");
  const auto reasons = [&](const std::string& place) {
    std::string out;
    for (const Sentence& s : grade_limits(w.scheme, w.gathered.inputs(), w.assessment, w.at(place))) out += s.zh + "。";
    return out;
  };
  EXPECT_EQ(reasons("a"), "触及红线“事故”，等次最高为良好。");
  EXPECT_EQ(reasons("b"), "");
  EXPECT_EQ(reasons("c"), "分数够优秀，但优秀限 2 名。");
  EXPECT_EQ(reasons("d"), "");
}

}   // namespace
}   // namespace gangmu::score
