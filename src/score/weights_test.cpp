// SPDX-License-Identifier: Apache-2.0
#include "score/weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/decimal.hpp"
#include "score/errors.hpp"
#include "score/moments.hpp"

namespace gangmu::score {
namespace {

void expect_weights(const Result<std::vector<double>>& got, const std::vector<double>& wanted, double error) {
  ASSERT_TRUE(got) << got.error().text(Language::en);
  ASSERT_EQ(got->size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR((*got)[i], wanted[i], error) << i;
}

// Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research 22(7), 763–770: eight pharmaceutical
// firms.
const Matrix firms = Matrix::of({{61, 1.08, 4.33},
                                 {20.7, 0.26, 4.34},
                                 {16.3, 1.98, 2.53},
                                 {9, 3.29, 1.65},
                                 {5.4, 2.77, 2.33},
                                 {4, 4.12, 1.21},
                                 {-6.1, 3.52, 2.10},
                                 {-34.6, 3.31, 0.98}});

TEST(weights, critic_as_published) {
  expect_weights(critic_weights(firms, {false, false, false}), {0.20222554, 0.48090173, 0.31687273}, 1e-8);
}

TEST(weights, critic_does_not_care_how_a_cost_is_written) {
  Matrix costs = firms;
  for (std::size_t i = 0; i < 8; ++i) costs.values[8 + i] = -costs.values[8 + i];
  expect_weights(critic_weights(costs, {false, true, false}), {0.20222554, 0.48090173, 0.31687273}, 1e-8);
}

// p = 1/5, 4/5: E = 0.721928; p = 1/9, 8/9: E = 0.503258; 0.278072 : 0.496742.
TEST(weights, entropy_by_hand) {
  expect_weights(entropy_weights(Matrix::of({{1, 2}, {4, 16}})), {0.358889, 0.641111}, 1e-6);
  expect_weights(entropy_weights(Matrix::of({{1, 7, 0}, {4, 7, 9}})), {0.278072 / 1.278072, 0, 1 / 1.278072}, 1e-6);
}

TEST(weights, deviation_by_hand) {
  // Scaled 0, 1, 0.5 and 0, 0, 1: deviations 0.5 and 0.57735.
  expect_weights(deviation_weights(Matrix::of({{10, 3}, {20, 3}, {15, 4}})), {0.464102, 0.535898}, 1e-6);
}

// Xu (2004), European Journal of Operational Research 156(2), 530–532: four alternatives, four attributes, to the
// printed digits.
TEST(weights, entropy_as_published) {
  const auto w =
      entropy_weights(Matrix::of({{30, 30, 38, 29}, {19, 54, 86, 29}, {19, 15, 85, 28.9}, {68, 70, 60, 29}}));
  ASSERT_TRUE(w);
  std::string printed;
  for (const double x : *w) printed += round_half_up(x, 4) + " ";
  EXPECT_EQ(printed, "0.4630 0.3992 0.1378 0.0000 ");
}

// Saaty (2008), International Journal of Services Sciences 1(1), 83–98: which drink is consumed more in the United
// States; coffee, wine, tea, beer, sodas, milk, water. Printed: the scale derived and a consistency ratio of .022.
TEST(weights, ahp_as_published_by_saaty) {
  const double third = 1.0 / 3, ninth = 1.0 / 9;
  const auto ahp = ahp_weights(Matrix::of({{1, 9, 5, 2, 1, 1, 0.5},
                                           {ninth, 1, third, ninth, ninth, ninth, ninth},
                                           {0.2, 3, 1, third, 0.25, third, ninth},
                                           {0.5, 9, 3, 1, 0.5, 1, third},
                                           {1, 9, 4, 2, 1, 2, 0.5},
                                           {1, 9, 3, 1, 0.5, 1, third},
                                           {2, 9, 9, 3, 2, 3, 1}}));
  ASSERT_TRUE(ahp) << ahp.error().text(Language::en);
  std::string printed;
  for (const double x : ahp->weights) printed += round_half_up(x, 3) + " ";
  EXPECT_EQ(printed, "0.177 0.019 0.042 0.116 0.190 0.129 0.327 ");
  EXPECT_EQ(round_half_up(ahp->consistency_ratio, 3), "0.022");
}

// Saaty's scale, three criteria 3 : 5 : 3; λ = 3.0385, consistency ratio 0.033 (the classroom case of every textbook on
// AHP).
TEST(weights, ahp_with_its_consistency_ratio) {
  const auto ahp = ahp_weights(Matrix::of({{1, 3, 5}, {1.0 / 3, 1, 3}, {1.0 / 5, 1.0 / 3, 1}}));
  ASSERT_TRUE(ahp);
  EXPECT_NEAR(ahp->weights[0], 0.6370, 5e-5);
  EXPECT_NEAR(ahp->weights[1], 0.2583, 5e-5);
  EXPECT_NEAR(ahp->weights[2], 0.1047, 5e-5);
  EXPECT_EQ(round_half_up(ahp->lambda, 4), "3.0385");
  EXPECT_EQ(round_half_up(ahp->consistency_ratio, 3), "0.033");
  const auto two = ahp_weights(Matrix::of({{1, 4}, {0.25, 1}}));
  EXPECT_NEAR(two->weights[0], 0.8, 1e-12);
  EXPECT_EQ(two->consistency_ratio, 0);
}

TEST(weights, ahp_refuses_what_contradicts_itself) {
  // A over B, B over C, C over A.
  const auto circle = ahp_weights(Matrix::of({{1, 3, 1.0 / 3}, {1.0 / 3, 1, 3}, {3, 1.0 / 3, 1}}));
  ASSERT_FALSE(circle);
  EXPECT_TRUE(circle.error().is(errors::ahp_inconsistent));
  EXPECT_TRUE(ahp_weights(Matrix::of({{1, 3}, {3, 1}})).error().is(errors::ahp_not_reciprocal));
  EXPECT_TRUE(ahp_weights(Matrix::of({{1, 3, 2}, {0.333, 1, 2}})).error().is(errors::matrix_shape));
  EXPECT_TRUE(ahp_weights(Matrix::of({{1, -3}, {-1.0 / 3, 1}})).error().is(errors::ahp_not_reciprocal));
}

TEST(weights, principal_component_of_two_columns_is_even_and_explains_half_of_one_plus_r) {
  const Matrix m = Matrix::of({{1, 2}, {2, 1}, {3, 5}, {4, 3}, {5, 4}});
  const double r = correlation_of(m.column(0), m.column(1));
  const auto pca = principal_weights(m);
  ASSERT_TRUE(pca);
  EXPECT_NEAR(pca->weights[0], 0.5, 1e-12);
  EXPECT_NEAR(pca->explained, (1 + r) / 2, 1e-12);
  EXPECT_FALSE(pca->mixed_signs);
}

// Correlations 1 everywhere but the third column is uncorrelated: first component (1, 1, 0)/√2 with eigenvalue 2.
TEST(weights, principal_component_leaves_an_unrelated_column_out) {
  const auto pca = principal_weights(Matrix::of({{1, 2, 1}, {2, 4, -1}, {3, 6, -1}, {4, 8, 1}}));
  ASSERT_TRUE(pca);
  EXPECT_NEAR(pca->weights[2], 0, 1e-12);
  EXPECT_NEAR(pca->explained, 2.0 / 3, 1e-12);
  const auto against = principal_weights(Matrix::of({{1, 8}, {2, 6}, {3, 5}, {4, 1}}));
  EXPECT_TRUE(against->mixed_signs);
  EXPECT_TRUE(principal_weights(Matrix::of({{1, 8}, {1, 6}, {1, 5}})).error().is(errors::column_constant));
}

TEST(weights, allocation_gives_every_expert_the_same_say) {
  expect_weights(allocation_weights(Matrix::of({{60, 40}, {1, 3}})), {0.425, 0.575}, 1e-12);
  EXPECT_TRUE(allocation_weights(Matrix::of({{0, 0}, {1, 3}})).error().is(errors::weights_zero));
}

TEST(weights, every_fault_is_named) {
  EXPECT_TRUE(entropy_weights(Matrix::of({{1, -2}, {4, 16}})).error().is(errors::matrix_negative));
  EXPECT_TRUE(entropy_weights(Matrix::of({{5, 7}, {5, 7}})).error().is(errors::weights_zero));
  EXPECT_TRUE(deviation_weights(Matrix::of({{5, 7}, {5, 7}})).error().is(errors::weights_zero));
  EXPECT_TRUE(critic_weights(Matrix::of({{1, NAN}, {4, 16}}), {false, false}).error().is(errors::matrix_missing));
  EXPECT_TRUE(critic_weights(firms, {false}).error().is(errors::matrix_shape));
  EXPECT_TRUE(deviation_weights(Matrix::of({{1, 2}})).error().is(errors::matrix_shape));
}

}   // namespace
}   // namespace gangmu::score
