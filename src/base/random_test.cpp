// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace gangmu {
namespace {

TEST(Random, GivesThePublishedNumbers) {
  // Expected output of the reference implementation's own check (pcg64, seed 42, stream 54).
  Random random(42, 54);
  for (const std::uint64_t expected : {0x86b1da1d72062b68ULL, 0x1304aa46c9853d39ULL, 0xa3670e9e0dd50358ULL,
                                       0xf9090e529a7dae00ULL, 0xc85b9fd837996f2cULL, 0x606121f8e3919196ULL})
    EXPECT_EQ(random.next(), expected);
}

TEST(Random, BelowReachesEveryNumberEvenly) {
  Random random(1);
  std::array<int, 7> seen{};
  for (int i = 0; i < 70'000; ++i) ++seen.at(random.below(7));
  for (const int n : seen) EXPECT_NEAR(n, 10'000, 500);   // five standard deviations
  EXPECT_EQ(random.below(1), 0U);
  for (int i = 0; i < 1'000; ++i) EXPECT_LT(random.below(0xC000000000000000ULL), 0xC000000000000000ULL);
}

TEST(Random, BetweenIncludesBothEnds) {
  Random random(2);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random.between(-2, 2));
  EXPECT_EQ(seen, (std::set<std::int64_t>{-2, -1, 0, 1, 2}));
  bool negative = false;
  for (int i = 0; i < 100; ++i) negative |= random.between(INT64_MIN, INT64_MAX) < 0;
  EXPECT_TRUE(negative);
  EXPECT_EQ(random.between(INT64_MAX, INT64_MAX), INT64_MAX);
}

TEST(Random, UniformAndNormalHaveTheirMoments) {
  Random random(3);
  constexpr int n = 200'000;
  double u = 0, u2 = 0, z = 0, z2 = 0, z4 = 0;
  for (int i = 0; i < n; ++i) {
    const double a = random.uniform();
    ASSERT_TRUE(a >= 0 && a < 1);
    u += a;
    u2 += a * a;
    const double b = random.normal();
    z += b;
    z2 += b * b;
    z4 += b * b * b * b;
  }
  EXPECT_NEAR(u / n, 0.5, 0.004);
  EXPECT_NEAR(u2 / n, 1.0 / 3, 0.004);
  EXPECT_NEAR(z / n, 0, 0.012);
  EXPECT_NEAR(z2 / n, 1, 0.016);
  EXPECT_NEAR(z4 / n, 3, 0.12);
}

TEST(Random, NormalIsTheSameEverywhere) {
  // Recorded once; any compiler, machine or library must repeat it.
  Random random(2023);
  const double first = random.normal();
  const double second = random.normal();
  EXPECT_EQ(first, -0x1.49190b70403ffp+1);
  EXPECT_EQ(second, -0x1.3b24b1cd8e7eep-2);
}

TEST(Random, AForkDependsOnItsLabelsAndNotOnWhatWasDrawn) {
  Random random(9);
  Random early = random.fork(5);
  for (int i = 0; i < 10; ++i) random.next();
  Random late = random.fork(5);
  EXPECT_EQ(early.next(), late.next());
  std::set<std::uint64_t> firsts{Random(9).next()};
  for (std::uint64_t label = 0; label < 1'000; ++label) firsts.insert(random.fork(label).next());
  for (std::uint64_t label = 0; label < 1'000; ++label) firsts.insert(random.fork(1).fork(label).next());
  EXPECT_EQ(firsts.size(), 2'001U);
  EXPECT_NE(random.fork("values").next(), random.fork("delays").next());
  EXPECT_EQ(random.fork("values").next(), Random(9).fork("values").next());
}

TEST(Random, ChanceIsNeverAtZeroAndAlwaysAtOne) {
  Random random(4);
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_FALSE(random.chance(0));
    ASSERT_TRUE(random.chance(1));
  }
}

}   // namespace
}   // namespace gangmu
