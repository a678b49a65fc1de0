// SPDX-License-Identifier: Apache-2.0
// The C library's long double functions (64-bit mantissa) are the yardstick; they are used in tests only.
#include "base/math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include "base/random.hpp"

namespace gangmu {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr int tries = 60'000;

/// |got − exact| in units of the last place of a double of that size.
double ulps(double got, long double exact) {
  if (exact == static_cast<long double>(got)) return 0;
  int exponent = 0;
  std::frexp(exact, &exponent);
  const long double ulp = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / ulp);
}

/// Worst error of f against exact over numbers drawn by `draw`.
template <class Function, class Exact, class Draw>
double worst(const Function& f, const Exact& exact, const Draw& draw) {
  Random random(11);
  double most = 0;
  for (int i = 0; i < tries; ++i) {
    const auto x = draw(random);
    most = std::max(most, ulps(f(x), exact(static_cast<long double>(x))));
  }
  return most;
}

/// Any positive double, subnormal ones too.
double any_positive(Random& random) { return std::bit_cast<double>(random.below(0x7ff0000000000000ULL - 1) + 1); }
/// Small numbers of many sizes. (Two draws in one expression would come in the compiler's order.)
double narrow(Random& random) {
  const double size = math::exp(-40 * random.uniform());
  return (random.uniform() - 0.5) * size;
}
double near_one(Random& random) { return 1 + narrow(random); }
double wide(Random& random) { return (random.uniform() - 0.5) * 1400; }
double subnormal_result(Random& random) { return -708 - 38 * random.uniform(); }

TEST(Math, ExpIsWithinOneUlp) {
  const auto exact = [](long double x) { return std::exp(x); };
  EXPECT_LE(worst(math::exp, exact, wide), 0.75);
  EXPECT_LE(worst(math::exp, exact, narrow), 0.75);
  EXPECT_LE(worst(math::exp, exact, subnormal_result), 1.0);
}

TEST(Math, LogIsWithinOneUlp) {
  const auto exact = [](long double x) { return std::log(x); };
  EXPECT_LE(worst(math::log, exact, any_positive), 0.51);
  EXPECT_LE(worst(math::log, exact, near_one), 0.51);
  const auto exact10 = [](long double x) { return std::log10(x); };
  EXPECT_LE(worst(math::log10, exact10, any_positive), 0.51);
  EXPECT_LE(worst(math::log10, exact10, near_one), 0.51);
}

TEST(Math, LogOfManyHasTheBitsOfOneByOne) {
  Random random(14);
  std::vector<double> x = {nan_value, 1,        0,         7,
                           -3,        infinity, 0x1p-1074, 2};   // in pairs: special ones beside plain ones
  for (int i = 0; i < tries; ++i) x.push_back(i % 2 == 0 ? any_positive(random) : near_one(random));
  for (const std::size_t n : {x.size(), x.size() - 1, std::size_t{1}, std::size_t{0}}) {
    std::vector<double> many(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n));
    math::log_each(many);
    for (std::size_t i = 0; i < n; ++i) {
      const double one = math::log(x[i]);
      if (!std::isnan(one)) {
        ASSERT_EQ(std::bit_cast<std::uint64_t>(many[i]), std::bit_cast<std::uint64_t>(one)) << x[i];
      } else {
        ASSERT_TRUE(std::isnan(many[i])) << x[i];
      }
    }
  }
}

TEST(Math, PowIsWithinOneUlp) {
  Random random(12);
  double most = 0;
  for (int i = 0; i < 2 * tries; ++i) {
    const double x = i % 2 == 0 ? any_positive(random) : near_one(random);
    const double ln = math::log(x);
    if (ln == 0) continue;
    const double y = (random.uniform() * 1453 - 744) / ln;   // results from subnormal to the largest
    const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    if (exact > static_cast<long double>(std::numeric_limits<double>::max())) continue;
    most = std::max(most, ulps(math::pow(x, y), exact));
  }
  EXPECT_LE(most, 1.0);
}

TEST(Math, PowOfWholeNumbersIsExactWhereADoubleCanHoldIt) {
  for (int base = 2; base <= 12; ++base) {
    double exact = 1;
    for (int n = 0; exact * base < 9007199254740992.0; ++n, exact *= base)
      EXPECT_EQ(math::pow(base, n), exact) << base << "^" << n;
  }
  for (int n = -22; n <= 22; ++n) EXPECT_EQ(math::log10(std::strtod(("1e" + std::to_string(n)).c_str(), nullptr)), n);
}

TEST(Math, SpecialCasesFollowIeee754) {
  EXPECT_EQ(math::exp(0), 1);
  EXPECT_EQ(math::exp(-0.0), 1);
  EXPECT_EQ(math::exp(infinity), infinity);
  EXPECT_EQ(math::exp(-infinity), 0);
  EXPECT_EQ(math::exp(709.79), infinity);
  EXPECT_EQ(math::exp(-746), 0);
  EXPECT_EQ(math::log(1), 0);
  EXPECT_EQ(math::log(0), -infinity);
  EXPECT_EQ(math::log(infinity), infinity);
  for (const double x : {math::exp(nan_value), math::log(nan_value), math::log(-1), math::log10(-1), math::pow(-1, 2),
                         math::pow(nan_value, 1), math::pow(2, nan_value)})
    EXPECT_TRUE(std::isnan(x));
  const struct {
    double x, y, result;
  } rows[] = {
      {nan_value, 0, 1},
      {1, nan_value, 1},
      {0, 2, 0},
      {0, -2, infinity},
      {infinity, 2, infinity},
      {infinity, -2, 0},
      {2, infinity, infinity},
      {2, -infinity, 0},
      {0.5, infinity, 0},
      {0.5, -infinity, infinity},
      {2, 1024, infinity},
      {2, -1075, 0},
      {2, -1074, 0x1p-1074},
      {1e300, 1e300, infinity},
      {1e300, -1e300, 0},
      {1 + 0x1p-52, 0x1p62, infinity},
      {2, 1e-320, 1},
      {0x1p-1074, 1, 0x1p-1074},
      {4, 0.5, 2},
  };
  for (const auto& row : rows) EXPECT_EQ(math::pow(row.x, row.y), row.result) << row.x << " ^ " << row.y;
}

TEST(Math, BitsAreTheSameEverywhere) {
  // A digest of many results, recorded once: another compiler, optimisation level or machine must repeat it.
  Random random(13);
  std::uint64_t folded = 0;
  for (int i = 0; i < 20'000; ++i) {
    const double x = any_positive(random);
    const double y = wide(random);
    const double base = near_one(random);
    const double p = random.uniform();
    const double results[] = {math::exp(y), math::log(x), math::log10(x), math::pow(base, y), math::normal_quantile(p)};
    for (const double r : results) folded = folded * 0x9e3779b97f4a7c15ULL + std::bit_cast<std::uint64_t>(r);
  }
  EXPECT_EQ(folded, 8585117164439779210U);
}

TEST(Math, NormalQuantileInvertsTheDistribution) {
  const auto below = [](double z) { return std::erfc(-static_cast<long double>(z) / std::sqrt(2.0L)) / 2; };
  Random random(14);
  for (int i = 0; i < 20'000; ++i) {
    const double p = i % 2 == 0 ? random.uniform() : math::exp(-200 * random.uniform());
    if (p <= 0 || p >= 1) continue;
    const double z = math::normal_quantile(p);
    const long double density = std::exp(-static_cast<long double>(z) * z / 2) / std::sqrt(2 * 3.14159265358979323846L);
    ASSERT_LE(std::fabs(below(z) - p) / density, 1e-9L) << p;
  }
  EXPECT_EQ(math::normal_quantile(0.5), 0);
  EXPECT_NEAR(math::normal_quantile(0.975), 1.959963984540054, 1e-15);
  EXPECT_NEAR(math::normal_quantile(1e-300), -37.0471, 1e-4);
  EXPECT_EQ(math::normal_quantile(0.1), -math::normal_quantile(0.9));
  EXPECT_EQ(math::normal_quantile(1), infinity);
  EXPECT_TRUE(std::isnan(math::normal_quantile(1.5)));
}

TEST(Math, QuantiseTakesTheNearestAndTiesAwayFromZero) {
  const struct {
    double x;
    long long q;
  } rows[] = {
      {0, 0},
      {-0.0, 0},
      {1, 1'000'000'000},
      {-1, -1'000'000'000},
      {87.65, 87'650'000'000},
      {0x1p-10, 976'563},   // 0.0009765625 exactly: a tie
      {-0x1p-10, -976'563},
      {4.9e-10, 0},
      {5.1e-10, 1},
      {1e-300, 0},
      {9e9, 9'000'000'000'000'000'000},
      {0.1 + 0.2, 300'000'000},
  };
  for (const auto& row : rows) EXPECT_EQ(math::quantise(row.x), row.q) << row.x;
  EXPECT_THROW((void)math::quantise(nan_value), std::domain_error);
  EXPECT_THROW((void)math::quantise(1e10), std::domain_error);
}

TEST(Math, QuantiseAgreesWithWideArithmetic) {
  Random random(15);
  for (int i = 0; i < 20'000; ++i) {
    const double x = (random.uniform() - 0.5) * (i % 2 == 0 ? 200 : 1e-6);
    ASSERT_EQ(math::quantise(x), std::llround(static_cast<long double>(x) * 1e9L)) << x;
  }
  for (int i = 0; i < 20'000; ++i) {
    const long long q = random.between(-100'000'000'000, 100'000'000'000);
    ASSERT_EQ(math::quantise(math::unquantise(q)), q);
  }
}

}   // namespace
}   // namespace gangmu
