// SPDX-License-Identifier: Apache-2.0
// TOPSIS and VIKOR against published cases.
#include "score/compromise.hpp"

#include <gtest/gtest.h>

#include "score/errors.hpp"

namespace gangmu::score {
namespace {

void expect_near(const std::vector<double>& got, const std::vector<double>& wanted, double error) {
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(got[i], wanted[i], error) << i;
}
using Ranks = std::vector<std::uint32_t>;
using Set = std::vector<std::size_t>;

// Tzeng & Huang (2011), Multiple Attribute Decision Making, CRC Press: four alternatives, durability, capability,
// reliability.
const Matrix four = Matrix::of({{5, 8, 4}, {7, 6, 8}, {8, 8, 6}, {7, 4, 6}});
const std::vector<double> four_weights = {0.3, 0.4, 0.3};
const std::vector<bool> up3 = {false, false, false};

TEST(topsis, as_published_by_tzeng_and_huang) {
  const auto t = topsis(four, four_weights, up3, TopsisScaling::vector);
  ASSERT_TRUE(t);
  expect_near(t->closeness, {0.5037, 0.6581, 0.7482, 0.3340}, 5e-5);
  EXPECT_EQ(t->rank, (Ranks{3, 2, 1, 4}));
}

// Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer: four fighter aircraft by speed, range, payload,
// cost, reliability and manoeuvrability; the textbook case of the method. Printed C*, from steps rounded to four
// digits: 0.643, 0.268, 0.613, 0.312.
TEST(topsis, as_published_by_hwang_and_yoon) {
  const Matrix aircraft = Matrix::of({{2.0, 1500, 20000, 5.5, 5, 9},
                                      {2.5, 2700, 18000, 6.5, 3, 5},
                                      {1.8, 2000, 21000, 4.5, 7, 7},
                                      {2.2, 1800, 20000, 5.0, 5, 5}});
  const auto t = topsis(aircraft, std::vector<double>{0.2, 0.1, 0.1, 0.1, 0.2, 0.3},
                        {false, false, false, true, false, false}, TopsisScaling::vector);
  ASSERT_TRUE(t);
  expect_near(t->closeness, {0.643, 0.268, 0.613, 0.312}, 6e-4);
  EXPECT_EQ(t->rank, (Ranks{1, 4, 2, 3}));
}

TEST(topsis, min_max_scaling_by_hand) {
  // Scaled by range, equal weights: (1, 0), (0, 1), (0.5, 0.5) — all at equal distance from both ends.
  const auto t =
      topsis(Matrix::of({{10, 5}, {20, 9}, {15, 7}}), std::vector<double>{1, 1}, {true, false}, TopsisScaling::min_max);
  ASSERT_TRUE(t);
  expect_near(t->closeness, {0.5, 0.5, 0.5}, 1e-12);
  EXPECT_EQ(t->rank, (Ranks{1, 1, 1}));
}

TEST(topsis, a_constant_criterion_is_left_out_and_named) {
  const auto t = topsis(Matrix::of({{1, 7}, {3, 7}}), std::vector<double>{1, 1}, {false, false}, TopsisScaling::vector);
  ASSERT_TRUE(t);
  EXPECT_EQ(t->left_out, (Set{1}));
  expect_near(t->closeness, {0, 1}, 1e-12);
  const auto flat =
      topsis(Matrix::of({{1, 7}, {1, 7}}), std::vector<double>{1, 1}, {false, false}, TopsisScaling::min_max);
  expect_near(flat->closeness, {0.5, 0.5}, 0);
}

TEST(vikor, tzeng_and_huang_has_no_acceptable_advantage) {
  const auto v = vikor(four, four_weights, up3);
  ASSERT_TRUE(v);
  expect_near(v->s, {0.6, 0.3, 0.15, 0.65}, 1e-12);
  expect_near(v->r, {0.3, 0.2, 0.15, 0.4}, 1e-12);
  expect_near(v->q, {0.75, 0.25, 0, 1}, 1e-12);
  EXPECT_FALSE(v->acceptable_advantage);
  EXPECT_TRUE(v->acceptable_stability);
  EXPECT_EQ(v->compromise, (Set{1, 2}));
}

// Opricovic & Tzeng (2004), European Journal of Operational Research 156(2), 445–455: the mountain climber, risk and
// altitude.
TEST(vikor, mountain_climber) {
  const auto v = vikor(Matrix::of({{1, 3000}, {2, 3750}, {5, 4500}}), std::vector<double>{0.5, 0.5}, {true, false});
  ASSERT_TRUE(v);
  expect_near(v->q, {1, 0, 1}, 1e-12);
  EXPECT_TRUE(v->acceptable_advantage);
  EXPECT_EQ(v->compromise, (Set{1}));
  EXPECT_EQ(v->rank, (Ranks{2, 1, 2}));
}

// Opricovic & Tzeng (2007), European Journal of Operational Research 178(2), 514–529: six hydropower systems on the
// Drina, eight criteria, four sets of weights; printed to three digits.
TEST(vikor, drina_with_four_sets_of_weights) {
  const Matrix drina = Matrix::of({{4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41},
                                   {5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41},
                                   {5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42},
                                   {5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36},
                                   {5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04},
                                   {4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36}});
  const std::vector<bool> down = {false, true, false, false, true, true, true, false};
  struct Case {
    std::vector<double> weights, s, r, q;
    bool advantage;
    Set compromise;
  };
  const std::vector<Case> table = {{{1, 1, 1, 1, 1, 1, 1, 1},
                                    {.692, .7, .29, .423, .28, .346},
                                    {.125, .125, .121, .125, .067, .125},
                                    {.991, 1, .473, .670, 0, .578},
                                    true,
                                    {4}},
                                   {{2, 2, 2, 2, 1, 1, 1, 1},
                                    {.701, .6, .386, .365, .317, .459},
                                    {.167, .114, .161, .167, .089, .167},
                                    {1, .533, .552, .563, 0, .686},
                                    true,
                                    {4}},
                                   {{1, 1, 1, 1, 2, 2, 2, 2},
                                    {.683, .8, .193, .48, .243, .232},
                                    {.113, .167, .08, .122, .044, .083},
                                    {.684, 1, .147, .554, .041, .191},
                                    false,
                                    {2, 4, 5}},
                                   {{1, 1, 1, 1, 3.2, 3.2, 3.2, 3.2},
                                    {.678, .857, .138, .513, .222, .167},
                                    {.129, .190, .057, .139, .042, .060},
                                    {.668, 1, .051, .588, .058, .078},
                                    false,
                                    {2, 4, 5}}};
  for (const auto& t : table) {
    const auto v = vikor(drina, t.weights, down);
    ASSERT_TRUE(v);
    expect_near(v->s, t.s, 1.5e-3);
    expect_near(v->r, t.r, 1.5e-3);
    expect_near(v->q, t.q, 1.5e-3);
    EXPECT_EQ(v->acceptable_advantage, t.advantage);
    EXPECT_TRUE(v->acceptable_stability);
    EXPECT_EQ(v->compromise, t.compromise);
  }
}

TEST(vikor, advantage_without_stability_keeps_the_second_in_the_set) {
  const Matrix m = Matrix::of(
      {{1, 101, 1, 101, 1}, {101, 1, 101, 1, 101}, {1, 1, 1, 1, 101}, {11, 11, 11, 16, 61}, {56, 56, 56, 56, 56}});
  const auto v = vikor(m, std::vector<double>(5, 1), std::vector<bool>(5, true));
  ASSERT_TRUE(v);
  expect_near(v->q, {0.75, 1, 0.5, 0.068, 0.4375}, 1e-3);
  EXPECT_TRUE(v->acceptable_advantage);
  EXPECT_FALSE(v->acceptable_stability);
  EXPECT_EQ(v->compromise, (Set{3, 4}));
}

TEST(vikor, edges_and_faults) {
  const auto one = vikor(Matrix::of({{1, 2}}), std::vector<double>{1, 1}, {false, false});
  ASSERT_TRUE(one);
  EXPECT_EQ(one->left_out, (Set{0, 1}));
  EXPECT_EQ(one->compromise, (Set{0}));
  EXPECT_TRUE(vikor(four, four_weights, up3, 1.1).error().is(errors::share_outside));
  EXPECT_TRUE(vikor(four, std::vector<double>{0, 0, 0}, up3).error().is(errors::weights_zero));
  EXPECT_TRUE(topsis(four, std::vector<double>{1}, up3, TopsisScaling::vector).error().is(errors::matrix_shape));
}

}   // namespace
}   // namespace gangmu::score
