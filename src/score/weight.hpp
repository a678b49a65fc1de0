// SPDX-License-Identifier: Apache-2.0
// Weights (权重) as a scheme writes them: per cent with up to nine decimals, or a fraction of the whole ("1/3"), which
// is kept as it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"

namespace gangmu::score {

class Weight {
 public:
  constexpr Weight() = default;
  constexpr Weight(Decimal percent) : percent_(percent) {}   // NOLINT(google-explicit-constructor)
  /// "1/3", whole numbers from 1 to 10,000, at most the whole; nothing else.
  static std::optional<Weight> fraction(std::string_view text);

  [[nodiscard]] bool positive() const { return of_ > 0 || percent_ > Decimal(); }
  [[nodiscard]] double share() const;      ///< of 1
  [[nodiscard]] Decimal percent() const;   ///< to nine decimals
  [[nodiscard]] std::string text() const;
  bool operator==(const Weight&) const = default;

 private:
  Decimal percent_;
  int part_ = 0, of_ = 0;   ///< of_ > 0: a fraction
  friend class WeightSum;
};

/// Do weights make a whole? Exactly, fractions too.
class WeightSum {
 public:
  void add(const Weight& weight);
  [[nodiscard]] bool whole() const;
  [[nodiscard]] std::string text() const;   ///< in per cent

 private:
  Decimal percent_;
  bool exact_ = true;            ///< false: the fractions' denominators are too many
  __int128 part_ = 0, of_ = 1;   ///< of the fractions
};

}   // namespace gangmu::score
