// SPDX-License-Identifier: Apache-2.0
#include "score/majority.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"
#include "score/errors.hpp"

namespace gangmu::score {
namespace {

using Ranks = std::vector<std::uint32_t>;
const std::vector<bool> up3 = {false, false, false};
const std::vector<double> even = {1, 1, 1};

// Three criteria, four places:      X  Y  Z
//                              A   4  1  3
//                              B   3  3  1
//                              C   2  2  2
//                              D   1  4  4      (ranks within each criterion, 4 = best)
// Duels by majority of criteria: A–B 2:1, A–C 2:1, A–D 1:2, B–C 2:1, B–D 1:2, C–D 1:2.
const Matrix four = Matrix::of({{4, 1, 3}, {3, 3, 1}, {2, 2, 2}, {1, 4, 4}});

TEST(copeland, by_hand) {
  SerialExecutor serial;
  const auto c = copeland(four, even, up3, serial);
  ASSERT_TRUE(c);
  EXPECT_EQ(c->points, (std::vector<std::int64_t>{1, -1, -3, 3}));
  EXPECT_EQ(c->rank, (Ranks{2, 3, 4, 1}));
  EXPECT_EQ(c->condorcet, 3U);
}

TEST(copeland, a_cycle_has_no_winner_and_all_share_the_rank) {
  SerialExecutor serial;
  const auto c = copeland(Matrix::of({{3, 1, 2}, {2, 3, 1}, {1, 2, 3}}), even, up3, serial);
  EXPECT_EQ(c->rank, (Ranks{1, 1, 1}));
  EXPECT_FALSE(c->condorcet);
}

TEST(copeland, equal_weight_on_both_sides_is_level_whatever_the_order_of_criteria) {
  SerialExecutor serial;
  const auto c = copeland(Matrix::of({{2, 1, 1}, {1, 2, 2}}), std::vector<double>{0.3, 0.1, 0.2}, up3, serial);
  EXPECT_EQ(c->level, (Ranks{1, 1}));
  EXPECT_EQ(c->points, (std::vector<std::int64_t>{0, 0}));
}

// COINr gives the weight of criteria that two places don't share to the later row, so turning the rows round flips the
// winner.
TEST(copeland, missing_values_do_not_favour_the_later_row) {
  SerialExecutor serial;
  const auto one = copeland(Matrix::of({{2, NAN, 5}, {1, 9, NAN}, {NAN, NAN, NAN}}), even, up3, serial);
  const auto turned = copeland(Matrix::of({{NAN, NAN, NAN}, {1, 9, NAN}, {2, NAN, 5}}), even, up3, serial);
  EXPECT_EQ(one->points, (std::vector<std::int64_t>{1, -1, 0}));
  EXPECT_EQ(turned->points, (std::vector<std::int64_t>{0, -1, 1}));
  EXPECT_EQ(one->without, (Ranks{1, 1, 2}));
}

TEST(copeland, agrees_with_plain_counting_and_any_number_of_threads) {
  Random random(3);
  const std::size_t n = 150, m = 7;
  Matrix table{n, {}};
  for (std::size_t i = 0; i < n * m; ++i)
    table.values.push_back(random.chance(0.1) ? NAN : static_cast<double>(random.below(9)));
  const std::vector<double> weights = {5, 1, 4, 2, 2, 3, 1};
  const std::vector<bool> down = {false, true, false, false, true, false, false};
  SerialExecutor serial;
  ThreadExecutor threads(4);
  const auto c = copeland(table, weights, down, serial);
  EXPECT_EQ(copeland(table, weights, down, threads)->points, c->points);
  for (std::size_t a = 0; a < n; ++a) {
    int points = 0;
    for (std::size_t b = 0; b < n; ++b) {
      double mine = 0, theirs = 0;
      for (std::size_t j = 0; j < m; ++j) {
        const double x = table.at(a, j), y = table.at(b, j);
        if (std::isnan(x) || std::isnan(y) || x == y) continue;
        ((x > y) != down[j] ? mine : theirs) += weights[j];
      }
      points += (mine > theirs) - (mine < theirs);
    }
    EXPECT_EQ(c->points[a], points);
    EXPECT_EQ(c->won[a] + c->lost[a] + c->level[a] + c->without[a], n - 1);
  }
}

TEST(borda, by_hand) {
  const auto b = borda(four, even, up3);
  ASSERT_TRUE(b);
  // Beaten of three others: A 3 0 2, B 2 2 0, C 1 1 1, D 0 3 3.
  EXPECT_NEAR(b->points[0], 5.0 / 9, 1e-12);
  EXPECT_NEAR(b->points[1], 4.0 / 9, 1e-12);
  EXPECT_NEAR(b->points[2], 3.0 / 9, 1e-12);
  EXPECT_NEAR(b->points[3], 6.0 / 9, 1e-12);
  EXPECT_EQ(b->rank, (Ranks{2, 3, 4, 1}));
}

// pyDecision breaks Borda's ties by the order of rows.
TEST(borda, ties_are_halves_and_share_the_rank) {
  const auto b = borda(Matrix::of({{1, 9}, {1, 9}, {0, 5}}), std::vector<double>{1, 1}, {false, false});
  EXPECT_EQ(b->rank, (Ranks{1, 1, 3}));
  EXPECT_NEAR(b->points[0], 0.75, 1e-12);
}

TEST(borda, a_missing_value_leaves_its_criterion_out_for_that_place) {
  const auto b = borda(Matrix::of({{5, NAN}, {3, 1}, {1, 2}, {NAN, NAN}}), std::vector<double>{1, 3}, {false, false});
  EXPECT_NEAR(b->points[0], 1, 1e-12);
  EXPECT_NEAR(b->points[1], 0.125, 1e-12);
  EXPECT_EQ(b->rank, (Ranks{1, 3, 2, 0}));
}

TEST(majority, shapes_are_checked) {
  SerialExecutor serial;
  EXPECT_TRUE(borda(Matrix{}, even, up3).error().is(errors::matrix_shape));
  EXPECT_TRUE(copeland(four, std::vector<double>{1}, up3, serial).error().is(errors::matrix_shape));
  EXPECT_TRUE(copeland(four, std::vector<double>{0, 0, 0}, up3, serial).error().is(errors::weights_zero));
}

}   // namespace
}   // namespace gangmu::score
