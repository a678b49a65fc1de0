// SPDX-License-Identifier: Apache-2.0
// Outliers and skew: a trigger, winsorising by count or by quantile, logarithms, Box-Cox (Box & Cox 1964) with a search
// for lambda. Each returns what it did, so that a page can name the places touched. Values are finite; order is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace gangmu::score {

/// A column needs treatment when |skewness| and kurtosis are both above (JRC practice: 2 and 3.5). With fewer than four
/// values or a constant column neither is known, and nothing is treated.
struct Trigger {
  double skewness = 2, kurtosis = 3.5;
  [[nodiscard]] bool holds(std::span<const double> x) const;
};

struct Treated {
  std::vector<double> values;
  std::vector<std::uint32_t> changed;   ///< indexes, ascending
  bool settled = false;                 ///< the trigger no longer holds
};

/// Pulls the extreme on the skewed side to the next value, again and again, until the trigger rests or one more step
/// would touch more than `most` places; equal extremes move together and each counts.
Treated winsorise(std::span<const double> x, const Trigger& trigger, std::size_t most);
/// To the quantiles lo and hi (straight lines between order statistics, type 7). Error: share_outside unless 0 ≤ lo <
/// hi ≤ 1.
Result<Treated> winsorise_quantiles(std::span<const double> x, double lo, double hi, const Trigger& trigger);
/// ln(x − min + 1 % of the range); mirrored at the maximum when the skewness is negative, so that order is kept. A
/// constant column stays as it is.
Treated logarithm(std::span<const double> x, const Trigger& trigger);

/// (x^λ − 1) / λ, ln x at λ = 0. Error: not_positive unless every x > 0.
Result<std::vector<double>> box_cox(std::span<const double> x, double lambda);
/// The whole column, λ given or of greatest likelihood; nothing unless every x > 0. A constant column stays as it is.
std::optional<Treated> box_cox_treated(std::span<const double> x, std::optional<double> lambda, const Trigger& trigger);
/// The λ in [−5, 5] of greatest likelihood, to 1e-4. Errors: not_positive, column_constant.
Result<double> box_cox_lambda(std::span<const double> x);

}   // namespace gangmu::score
