// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/errors.hpp"
#include "base/random.hpp"

namespace gangmu {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

Decimal of(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimal, KeepsTheDecimalsItWasWrittenWith) {
  const struct {
    std::string_view in;
    std::int64_t units;
    int scale;
    std::string_view out;
  } rows[] = {
      {"0", 0, 0, "0"},
      {"12.30", 1230, 2, "12.30"},
      {"-12.30", -1230, 2, "-12.30"},
      {"0.05", 5, 2, "0.05"},
      {"-0.05", -5, 2, "-0.05"},
      {"-0.00", 0, 2, "0.00"},
      {"007", 7, 0, "7"},
      {"0.000000001", 1, 9, "0.000000001"},
      {"9223372036854775807", largest, 0, "9223372036854775807"},
      {"-9223372036854775808", smallest, 0, "-9223372036854775808"},
      {"-9223372036.854775808", smallest, 9, "-9223372036.854775808"},
  };
  for (const auto& row : rows) {
    const Decimal d = of(row.in);
    EXPECT_EQ(d.units(), row.units) << row.in;
    EXPECT_EQ(d.scale(), row.scale) << row.in;
    EXPECT_EQ(d.text(), row.out) << row.in;
  }
}

TEST(Decimal, RefusesWhatIsNoPlainNumber) {
  for (const std::string_view text :
       {"", "-", "+1", "1.", ".5", "1e5", "1,000", " 1", "1 ", "--1", "1.2.3", "12%", "１２", "abc", "nan"})
    EXPECT_TRUE(Decimal::parse(text).error().is(errors::number_malformed)) << text;
  EXPECT_TRUE(Decimal::parse("1.0000000000").error().is(errors::number_too_precise));
  for (const std::string_view text : {"9223372036854775808", "-9223372036854775809", "9223372036854775807.0",
                                      "99999999999999999999999999999999999999999999999999"})
    EXPECT_TRUE(Decimal::parse(text).error().is(errors::number_overflow)) << text;
}

TEST(Decimal, ArithmeticIsExactOrRefused) {
  EXPECT_EQ(Decimal::add(of("0.1"), of("0.2"))->text(), "0.3");
  EXPECT_EQ(Decimal::add(of("1"), of("0.005"))->text(), "1.005");
  EXPECT_EQ(Decimal::subtract(of("1.00"), of("1"))->text(), "0.00");
  EXPECT_EQ(Decimal::multiply(of("1.5"), of("-2.50"))->text(), "-3.750");
  EXPECT_EQ(Decimal::multiply(of("0.00001"), of("100000"))->text(), "1.00000");
  EXPECT_EQ(Decimal::multiply(of("0.000010"), of("0.0100"))->text(), "0.000000100");
  EXPECT_TRUE(Decimal::multiply(of("0.00001"), of("0.00001")).error().is(errors::number_too_precise));
  EXPECT_TRUE(Decimal::add(Decimal(largest, 0), of("1")).error().is(errors::number_overflow));
  EXPECT_TRUE(Decimal::subtract(Decimal(smallest, 0), of("1")).error().is(errors::number_overflow));
  EXPECT_TRUE(Decimal::multiply(Decimal(largest, 0), of("2")).error().is(errors::number_overflow));
  EXPECT_EQ(Decimal::add(Decimal(largest, 9), Decimal(smallest, 9))->text(), "-0.000000001");
}

TEST(Decimal, RescalingNeverLosesADigit) {
  EXPECT_EQ(of("1.50").rescaled(1)->text(), "1.5");
  EXPECT_EQ(of("1.5").rescaled(4)->text(), "1.5000");
  EXPECT_TRUE(of("1.55").rescaled(1).error().is(errors::number_too_precise));
  EXPECT_TRUE(Decimal(largest, 0).rescaled(1).error().is(errors::number_overflow));
  EXPECT_EQ(of("-12.3000").reduced().text(), "-12.3");
  EXPECT_EQ(of("0.00").reduced().text(), "0");
  EXPECT_EQ(of("100").reduced().text(), "100");
}

TEST(Decimal, IsComparedAsANumber) {
  EXPECT_EQ(of("1.0"), of("1.00"));
  EXPECT_LT(of("-1"), of("-0.999999999"));
  EXPECT_GT(Decimal(largest, 0), Decimal(largest, 9));
  EXPECT_LT(Decimal(smallest, 0), Decimal(smallest, 9));
}

TEST(Decimal, RealIsTheNearestDouble) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const Decimal d(static_cast<std::int64_t>(random.next() >> random.below(64)) * (random.chance(0.5) ? 1 : -1),
                    static_cast<int>(random.below(10)));
    ASSERT_EQ(d.real(), std::strtod(d.text().c_str(), nullptr)) << d.text();
  }
}

TEST(Decimal, ParseOfTextIsTheSameNumber) {
  Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    const Decimal d(static_cast<std::int64_t>(random.next()), static_cast<int>(random.below(10)));
    const Decimal back = of(d.text());
    ASSERT_TRUE(back.units() == d.units() && back.scale() == d.scale()) << d.text();
  }
}

TEST(RoundHalfUp, RoundsTheShownNumberAwayFromZero) {
  const struct {
    double value;
    int decimals;
    std::string_view text;
  } rows[] = {
      {2.675, 2, "2.68"},   // the double lies below 2.675; the reader sees 2.675
      {-2.675, 2, "-2.68"},
      {1.005, 2, "1.01"},
      {0.5, 0, "1"},
      {-0.5, 0, "-1"},
      {0.4999, 0, "0"},
      {-0.004, 2, "0.00"},
      {-0.0, 3, "0.000"},
      {0, 0, "0"},
      {9.995, 2, "10.00"},
      {99.95, 1, "100.0"},
      {0.05, 1, "0.1"},
      {0.005, 1, "0.0"},
      {0.05, 0, "0"},
      {1e-300, 9, "0.000000000"},
      {1e21, 2, "1000000000000000000000.00"},
      {123456789012345680.0, 0, "123456789012345680"},
      {12.5, 4, "12.5000"},
      {1.0 / 3, 5, "0.33333"},
      {2.0 / 3, 5, "0.66667"},
  };
  for (const auto& row : rows) EXPECT_EQ(round_half_up(row.value, row.decimals), row.text);
  EXPECT_EQ(rounded_half_up(2.675, 2)->units(), 268);
  EXPECT_TRUE(rounded_half_up(1e19, 0).error().is(errors::number_overflow));
}

TEST(RoundHalfUp, IsWithinHalfAUnitAndSymmetric) {
  Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    const double value = (random.uniform() - 0.5) * static_cast<double>(random.below(2'000'000));
    const int decimals = static_cast<int>(random.below(7));
    const std::string text = round_half_up(value, decimals);
    ASSERT_LE(std::abs(std::strtod(text.c_str(), nullptr) - value), 0.5 * std::pow(10, -decimals) + 1e-9) << value;
    const std::string mirrored = round_half_up(-value, decimals);
    ASSERT_TRUE(mirrored == "-" + text || text == "-" + mirrored || mirrored == text) << value;
  }
}

TEST(ExactSum, MayPassThroughValuesThatDoNotFit) {
  ExactSum sum;
  sum.add(largest);
  sum.add(largest);
  EXPECT_TRUE(sum.units().error().is(errors::number_overflow));
  EXPECT_EQ(sum.units().error().first().arguments[0], "18446744073709551614");
  sum.add(smallest);
  sum.add(smallest);
  EXPECT_EQ(sum.units().value(), -2);
}

}   // namespace
}   // namespace gangmu
