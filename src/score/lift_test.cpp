// SPDX-License-Identifier: Apache-2.0
// What would lift a place, and why a total changed, worked out by hand.
#include "score/lift.hpp"

#include "score/change.hpp"
#include "score/errors.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::World;

Scheme two_lines(const std::string& x = "60", const std::string& y = "40") {
  return one_class(R"("tree": {"children": [{"indicator": "X", "decimals": 1, "weight": )" + x +
                   R"(, "fn": "lin", "lo": 0, "hi": 100},
                                           {"indicator": "Y", "decimals": 1, "weight": )" +
                   y + R"(, "fn": "lin", "lo": 0, "hi": 50}]})");
}

Lift lifted(const World& w, const std::string& place, std::uint32_t ranks) {
  ThreadExecutor threads(2);
  return lift(w.scheme, w.gathered.inputs(), w.assessment, w.at(place), ranks, threads);
}

// A 0.6 × 80 + 0.4 × 60 = 72, B 0.6 × 50 + 0.4 × 80 = 62, C 0.6 × 40 + 0.4 × 60 = 48. C needs 14: X by 23.4 (0.6 a
// unit), Y, worth 0.8 a unit, by 17.6. Deviations of X 20.8, of Y 5.8: X asks for 1.1 deviations, Y for 3.0.
TEST(lift, names_each_way_with_the_least_effort_first) {
  const World w(two_lines(), "place class X Y\n A a 80 30\n B a 50 40\n C a 40 30");
  const Lift one = lifted(w, "C", 1);
  EXPECT_EQ(one.rank, 3U);
  EXPECT_EQ(one.wanted, 2U);
  EXPECT_EQ(one.gap, 14'000'000'000);
  ASSERT_EQ(one.alone.size(), 2U);
  EXPECT_EQ(one.alone[0].node, w.scheme.find("X"));
  EXPECT_EQ(one.alone[0].from, 40);
  EXPECT_NEAR(one.alone[0].to, 63.4, 1e-9);
  EXPECT_NEAR(one.alone[0].effort, 23.4 / 20.8167, 1e-4);
  EXPECT_EQ(one.alone[0].rank, 2U);
  EXPECT_NEAR(one.alone[1].to, 47.5, 1e-9);   // 30 + 14 / 0.8, level with B: the better rank is shared
  EXPECT_TRUE(one.reachable);
  EXPECT_TRUE(lifted(w, "A", 1).alone.empty()) << "stands first";
}

TEST(lift, adds_steps_up_when_none_is_enough) {
  const World w(two_lines("50", "50"), "place class X Y\n A a 90 45\n B a 20 10\n C a 10 5");
  const Lift two = lifted(w, "C", 2);   // wants 90: X alone brings 55, Y alone 55, both 100
  EXPECT_TRUE(two.alone.empty());
  ASSERT_EQ(two.together.size(), 2U);
  EXPECT_TRUE(two.reachable);
  EXPECT_LE(two.together[1].rank, 1U);
  EXPECT_GE(two.together[1].gain, 80'000'000'000);
}

TEST(lift, moves_no_missing_or_estimated_figure_and_says_when_out_of_reach) {
  const World w(
      one_class(
          R"("tree": {"missing": "renormalise", "children": [{"indicator": "X", "weight": 50, "impute": {"how": "mean"}, "fn": "lin", "lo": 0, "hi": 100},
                                           {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}]})"),
      "place class X Y\n A a 100 100\n B a - 99");
  const Lift out = lifted(w, "B", 1);
  EXPECT_EQ(out.alone.size(), 1U);
  const World far(two_lines(), "place class X Y\n A a 100 50\n B a - 40");
  EXPECT_FALSE(lifted(far, "B", 1).reachable);
}

// The worst part counts: X alone brings C to the 30 of Y, Y alone brings nothing, and only both bring it to B's 50. Z,
// worth nothing while it is not the worst, is left where it is.
TEST(lift, moves_what_gains_nothing_alone_where_the_others_need_it) {
  const World w(
      one_class(
          R"("tree": {"aggregation": "min", "children": [{"indicator": "X", "weight": 40, "fn": "lin", "lo": 0, "hi": 100},
                                           {"indicator": "Y", "weight": 30, "fn": "lin", "lo": 0, "hi": 100},
                                           {"indicator": "Z", "weight": 30, "fn": "lin", "lo": 0, "hi": 100}]})"),
      "place class X Y Z\n A a 90 90 90\n B a 50 60 70\n C a 10 30 80");
  const Lift out = lifted(w, "C", 1);
  EXPECT_TRUE(out.alone.empty());
  EXPECT_TRUE(out.reachable);
  ASSERT_EQ(out.together.size(), 2U);
  EXPECT_EQ(out.together[0].node, w.scheme.find("X"));
  EXPECT_EQ(out.together[0].gain, 20'000'000'000);
  EXPECT_EQ(out.together[1].node, w.scheme.find("Y"));
  EXPECT_EQ(out.together[1].to, 50);
  EXPECT_EQ(out.together[1].rank, 2U);
}

// All three level: none gains anything alone, all are needed; a fourth that is better already is not named.
TEST(lift, drops_a_step_that_is_not_needed) {
  const auto leaf = [](const std::string& id) {
    return R"({"indicator": ")" + id + R"(", "weight": 25, "fn": "lin", "lo": 0, "hi": 100})";
  };
  const World w(one_class(R"("tree": {"aggregation": "min", "children": [)" + leaf("V") + "," + leaf("X") + "," +
                          leaf("Y") + "," + leaf("Z") + "]}"),
                "place class V X Y Z\n A a 90 90 90 90\n B a 50 50 50 50\n C a 80 10 10 10");
  const Lift out = lifted(w, "C", 1);
  ASSERT_EQ(out.together.size(), 3U);
  EXPECT_TRUE(out.reachable);
  for (const LiftStep& step : out.together) EXPECT_NE(step.node, w.scheme.find("V"));
}

TEST(lift, in_a_comparison_counts_how_the_others_move) {
  // Ranks 1, 2, 3 of one indicator: C passes B where its figure passes B's 7.
  const World w(one_class(R"("tree": {"children": [{"indicator": "X", "decimals": 0, "weight": 100, "fn": "peer"}]})"),
                "place class X\n A a 9\n B a 7\n C a 2");
  const Lift out = lifted(w, "C", 1);
  ASSERT_EQ(out.alone.size(), 1U);
  EXPECT_EQ(out.alone[0].to, 7);
}

// Old rules: X alone of 100. New: half X, half Y of 50. B: published 40, corrected to 44; by the new rules 0.5 × 44 +
// 0.5 × 60 = 52; with its own 50 and 35: 25 + 35 = 60; nobody's progress moves a straight line.
TEST(change, sums_exactly_and_names_its_four_causes) {
  const std::string old_tree =
      R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]})";
  const std::string cells = "place class X\n A a 50\n B a ";
  const World published(one_class(old_tree), cells + "40"), corrected(one_class(old_tree), cells + "44");
  const World before(two_lines("50", "50"), "place class X Y\n A a 50 20\n B a 44 30"),
      now(two_lines("50", "50"), "place class X Y\n A a 90 50\n B a 50 35");
  SerialExecutor serial;
  const Inputs i = published.gathered.inputs(), ii = corrected.gathered.inputs(), iii = before.gathered.inputs(),
               iv = now.gathered.inputs();
  const auto c = change({published.scheme, i, ii, now.scheme, iii, iv}, "B", serial);
  ASSERT_TRUE(c);
  EXPECT_EQ(c->before, 40'000'000'000);
  EXPECT_EQ(c->correction.points, 4'000'000'000);
  EXPECT_EQ(c->rules.points, 8'000'000'000);
  EXPECT_EQ(c->own.points, 8'000'000'000);
  EXPECT_EQ(c->others.points, 0);
  EXPECT_EQ(c->now, 60'000'000'000);
  EXPECT_EQ(c->rank_before, 2U);
  EXPECT_EQ(c->own.rank, 1U);
  EXPECT_EQ(c->others.rank, 2U) << "the others' progress moved the rank";
  EXPECT_TRUE(change({published.scheme, i, ii, now.scheme, iii, iv}, "Z", serial).error().is(errors::place_unknown));
}

TEST(change, others_progress_shows_where_places_are_compared) {
  const Scheme s = one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "min_max"}]})");
  const World before(s, "place class X\n A a 0\n B a 50\n C a 100"), now(s, "place class X\n A a 0\n B a 80\n C a 160");
  SerialExecutor serial;
  const Inputs was = before.gathered.inputs(), is = now.gathered.inputs();
  const auto c = change({s, was, was, s, was, is}, "B", serial);
  EXPECT_EQ(c->own.points, 30'000'000'000);
  EXPECT_EQ(c->others.points, -30'000'000'000);
  EXPECT_EQ(c->before + c->correction.points + c->rules.points + c->own.points + c->others.points, c->now);
}

}   // namespace
}   // namespace gangmu::score
