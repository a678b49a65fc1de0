// SPDX-License-Identifier: Apache-2.0
// Units of measure: a dimension (元, 平方米, 克 …, to whole powers) and an exact factor, so that 1亿元 and 10000万元
// are the same and 元 + 亩 is refused before anything runs. Names that are not in the table are dimensions of their own
// (件, 座); 百, 千, 万, 亿 before a name multiply it. Legal units: GB 3100-1993; 1 亩 = 2000/3 平方米.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gangmu::formula {

/// An exact ratio, reduced, denominator > 0.
struct Ratio {
  std::int64_t over = 1, under = 1;
  [[nodiscard]] static std::optional<Ratio> of(__int128 over, __int128 under);   ///< nullopt when it leaves int64
  [[nodiscard]] bool one() const { return over == 1 && under == 1; }
  [[nodiscard]] bool decimal() const;   ///< `under` is a power of ten
  bool operator==(const Ratio&) const = default;
};

class Unit {
 public:
  Unit() = default;   ///< a pure number
  /// "" is a pure number; "元/人" and "元·天" are composed.
  static Unit named(std::string_view name);

  [[nodiscard]] bool pure() const { return powers_.empty(); }
  [[nodiscard]] bool same_dimension(const Unit& other) const { return powers_ == other.powers_; }
  [[nodiscard]] bool money() const;   ///< 元 and its multiples
  [[nodiscard]] bool is(std::string_view dimension) const;
  [[nodiscard]] const Ratio& factor() const { return factor_; }
  /// What a number in this unit is multiplied by to be in `other`. Precondition: same_dimension. nullopt: leaves int64.
  [[nodiscard]] std::optional<Ratio> to(const Unit& other) const;
  [[nodiscard]] std::optional<Unit> times(const Unit& other) const;
  [[nodiscard]] std::optional<Unit> over(const Unit& other) const;
  [[nodiscard]] std::string text() const;   ///< as it was named; composed units from their dimensions

  /// The same measure, whatever it is called (千克 and 公斤).
  bool operator==(const Unit& other) const { return powers_ == other.powers_ && factor_ == other.factor_; }

 private:
  using Power = std::pair<std::string, int>;
  [[nodiscard]] std::optional<Unit> combined(const Unit& other, int sign) const;
  std::vector<Power> powers_;   ///< sorted by dimension, no zero
  Ratio factor_;
  std::string name_;
};

}   // namespace gangmu::formula
