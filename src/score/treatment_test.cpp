// SPDX-License-Identifier: Apache-2.0
#include "score/treatment.hpp"

#include <gtest/gtest.h>

#include "base/math.hpp"
#include "score/errors.hpp"
#include "score/moments.hpp"

namespace gangmu::score {
namespace {

using Values = std::vector<double>;

// Microsoft's documentation of SKEW and KURT: 3 4 5 2 3 4 5 6 4 7 gives 0.359543 and −0.151800.
TEST(moments, skewness_and_kurtosis_as_a_worksheet_prints_them) {
  const Values x = {3, 4, 5, 2, 3, 4, 5, 6, 4, 7};
  EXPECT_NEAR(skewness_of(x), 0.359543071, 1e-9);
  EXPECT_NEAR(kurtosis_of(x), -0.151799637, 1e-9);
  EXPECT_TRUE(skewness_of(Values{1, 2}) != skewness_of(Values{1, 2}));
  EXPECT_TRUE(kurtosis_of(Values{7, 7, 7, 7}) != kurtosis_of(Values{7, 7, 7, 7}));
}

const Values one_far_out = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 500};

TEST(treatment, the_trigger_needs_both_and_four_values) {
  EXPECT_TRUE(Trigger{}.holds(one_far_out));
  EXPECT_FALSE(Trigger{}.holds(Values{1, 2, 3, 4, 5}));
  EXPECT_FALSE(Trigger{}.holds(Values{1, 1, 900}));
}

TEST(treatment, winsorising_pulls_the_far_one_in_and_says_which) {
  const Treated t = winsorise(one_far_out, {}, 5);
  EXPECT_EQ(t.values.back(), 10);
  EXPECT_EQ(t.changed, (std::vector<std::uint32_t>{10}));
  EXPECT_TRUE(t.settled);
  Values low = one_far_out;
  for (double& v : low) v = -v;
  EXPECT_EQ(winsorise(low, {}, 5).values.back(), -10);
}

// COINr's limit of five is passed over when extremes are tied; here each tied place counts.
TEST(treatment, the_limit_holds_for_tied_extremes) {
  Values x;
  for (int i = 0; i < 60; ++i) x.push_back(i % 10);
  for (int i = 0; i < 3; ++i) x.push_back(900);
  ASSERT_TRUE(Trigger{}.holds(x));
  const Treated two = winsorise(x, {}, 2);
  EXPECT_TRUE(two.changed.empty());
  EXPECT_FALSE(two.settled);
  const Treated three = winsorise(x, {}, 3);
  EXPECT_EQ(three.changed.size(), 3U);
  EXPECT_TRUE(three.settled);
}

TEST(treatment, winsorising_by_quantile) {
  const auto t = winsorise_quantiles(one_far_out, 0.1, 0.9, {});
  ASSERT_TRUE(t);
  EXPECT_EQ(t->values, (Values{2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10}));
  EXPECT_EQ(t->changed, (std::vector<std::uint32_t>{0, 10}));
  EXPECT_TRUE(winsorise_quantiles(one_far_out, 0.9, 0.1, {}).error().is(errors::share_outside));
}

// COINr's log_GII computes a logarithm and returns the input.
TEST(treatment, the_logarithm_is_really_taken_and_keeps_the_order) {
  const Treated t = logarithm(one_far_out, {});
  EXPECT_EQ(t.changed.size(), one_far_out.size());
  EXPECT_NEAR(t.values[0], math::log(4.99), 1e-12);   // 1 − 1 + 1 % of 499
  EXPECT_NEAR(t.values[10], math::log(499 + 4.99), 1e-12);
  Values mirrored;
  for (const double v : one_far_out) mirrored.push_back(-v);
  const Treated m = logarithm(mirrored, {});
  for (std::size_t i = 1; i < m.values.size(); ++i) {
    EXPECT_GT(t.values[i], t.values[i - 1]);
    EXPECT_LT(m.values[i], m.values[i - 1]);
  }
  EXPECT_TRUE(logarithm(Values{3, 3, 3}, {}).changed.empty());
}

TEST(treatment, box_cox_by_hand) {
  EXPECT_NEAR(box_cox(Values{4, 9}, 0.5)->at(1), 4, 1e-12);   // (3 − 1) / 0.5
  EXPECT_NEAR(box_cox(Values{4, 9}, 0)->at(0), math::log(4), 1e-12);
  EXPECT_TRUE(box_cox(Values{4, 0}, 0).error().is(errors::not_positive));
}

// The likelihood of exp(z), z symmetric about 0, is the same for λ and −λ: its peak is 0. Reciprocals turn λ round.
TEST(treatment, box_cox_finds_lambda) {
  Values x, reciprocal, root;
  for (const double z : {-2.0, -1.1, -0.6, -0.2, 0.0, 0.2, 0.6, 1.1, 2.0}) x.push_back(math::exp(z));
  EXPECT_NEAR(box_cox_lambda(x).value(), 0, 1e-4);
  for (const double v : {1.0, 2.0, 2.5, 4.0, 7.0, 13.0}) {
    root.push_back(v);
    reciprocal.push_back(1 / v);
  }
  EXPECT_NEAR(box_cox_lambda(root).value(), -box_cox_lambda(reciprocal).value(), 1e-4);
  EXPECT_TRUE(box_cox_lambda(Values{5, 5, 5}).error().is(errors::column_constant));
  EXPECT_TRUE(box_cox_lambda(Values{5, -5}).error().is(errors::not_positive));
}

}   // namespace
}   // namespace gangmu::score
