// SPDX-License-Identifier: Apache-2.0
// Exact numbers: a scaled int64. Sums, differences, products and comparisons are exact through 128-bit intermediates;
// overflow and a rescale that would lose digits are errors, never a silent change. For what follows a division use
// double
// ("real"), which is rounded only where it is shown (`round_half_up`).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu {

class Decimal {
 public:
  static constexpr int max_scale = 9;

  constexpr Decimal() = default;
  /// units × 10^-scale; scale in [0, max_scale].
  constexpr Decimal(std::int64_t units, int scale) : units_(units), scale_(static_cast<std::int8_t>(scale)) {}

  /// Plain notation only: "-12.30" keeps its two decimals. No exponent, no grouping, no spaces.
  /// Errors: number_malformed, number_too_precise (> 9 decimals), number_overflow.
  static Result<Decimal> parse(std::string_view text);

  [[nodiscard]] constexpr std::int64_t units() const { return units_; }
  [[nodiscard]] constexpr int scale() const { return scale_; }
  [[nodiscard]] std::string text() const;   ///< exactly `scale` decimals
  [[nodiscard]] double real() const;        ///< nearest double

  /// The same number with another scale. Errors: number_too_precise when digits would be lost, number_overflow.
  [[nodiscard]] Result<Decimal> rescaled(int scale) const;
  /// The same number without trailing zeros.
  [[nodiscard]] Decimal reduced() const;

  static Result<Decimal> add(Decimal a, Decimal b);        ///< error: number_overflow
  static Result<Decimal> subtract(Decimal a, Decimal b);   ///< error: number_overflow
  static Result<Decimal> multiply(Decimal a, Decimal b);   ///< scale = sum of scales, cut to max_scale only if exact

  /// Compared as numbers: 1.0 == 1.00.
  friend std::strong_ordering operator<=>(Decimal a, Decimal b);
  friend bool operator==(Decimal a, Decimal b) { return (a <=> b) == 0; }

 private:
  std::int64_t units_ = 0;
  std::int8_t scale_ = 0;
};

/// How a real number is shown: half-up (away from zero) from its shortest decimal form, so that 2.675 gives 2.68.
/// Shape: value finite; decimals in [0, 9]. Returns plain notation, never an exponent, never "-0.00".
std::string round_half_up(double value, int decimals);
/// The same as an exact number. Error: number_overflow.
Result<Decimal> rounded_half_up(double value, int decimals);

/// Exact sum of int64 units in 128 bits. Error: number_overflow when the total leaves int64.
class ExactSum {
 public:
  void add(std::int64_t units) { total_ += units; }
  [[nodiscard]] Result<std::int64_t> units() const;
  [[nodiscard]] __int128 wide() const { return total_; }

 private:
  __int128 total_ = 0;
};

/// Money in fen (分); shown in yuan, 万元 or 亿元.
struct Money {
  std::int64_t fen = 0;
  auto operator<=>(const Money&) const = default;
};

}   // namespace gangmu
