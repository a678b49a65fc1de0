// SPDX-License-Identifier: Apache-2.0
#include "score/treatment.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/math.hpp"
#include "score/errors.hpp"
#include "score/moments.hpp"

namespace gangmu::score {

namespace {

/// With Σ of the squares about the mean in place of the variance: constants drop out of the search.
double likelihood(std::span<const double> x, double lambda, double log_sum) {
  std::vector<double> y;
  for (const double v : x) y.push_back(lambda == 0 ? math::log(v) : (math::pow(v, lambda) - 1) / lambda);
  const double mean = mean_of(y);
  double squares = 0;
  for (const double v : y) squares += (v - mean) * (v - mean);
  const auto n = static_cast<double>(x.size());
  return -n / 2 * math::log(squares / n) + (lambda - 1) * log_sum;
}

Status positive(std::span<const double> x) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!(x[i] > 0)) return fail(errors::not_positive, {std::to_string(i + 1)});
  }
  return {};
}

double quantile(std::span<const double> sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

Treated compared(std::span<const double> x, std::vector<double> values, const Trigger& trigger) {
  Treated out;
  for (std::uint32_t i = 0; i < x.size(); ++i) {
    if (values[i] != x[i]) out.changed.push_back(i);
  }
  out.settled = !trigger.holds(values);
  out.values = std::move(values);
  return out;
}

}   // namespace

bool Trigger::holds(std::span<const double> x) const {
  const Shape shape = shape_of(x);
  return (shape.skewness > skewness || shape.skewness < -skewness) && shape.kurtosis > kurtosis;
}

Treated winsorise(std::span<const double> x, const Trigger& trigger, std::size_t most) {
  std::vector<double> values(x.begin(), x.end());
  while (trigger.holds(values)) {
    const bool high = skewness_of(values) > 0;
    const double extreme =
        high ? *std::max_element(values.begin(), values.end()) : *std::min_element(values.begin(), values.end());
    double next =
        high ? *std::min_element(values.begin(), values.end()) : *std::max_element(values.begin(), values.end());
    for (const double v : values) {
      if (v != extreme) next = high ? std::max(next, v) : std::min(next, v);
    }
    std::size_t touched = 0;
    for (std::size_t i = 0; i < values.size(); ++i) touched += values[i] == extreme || values[i] != x[i];
    if (touched > most) break;
    std::replace(values.begin(), values.end(), extreme, next);
  }
  return compared(x, std::move(values), trigger);
}

Result<Treated> winsorise_quantiles(std::span<const double> x, double lo, double hi, const Trigger& trigger) {
  if (!(lo >= 0 && lo < hi && hi <= 1))
    return fail(errors::share_outside,
                {"lo, hi", round_half_up(lo, 3) + ", " + round_half_up(hi, 3), "0 ≤ lo < hi ≤ 1"});
  if (x.empty()) return Treated{{}, {}, true};
  std::vector<double> sorted(x.begin(), x.end());
  std::sort(sorted.begin(), sorted.end());
  const double least = quantile(sorted, lo), greatest = quantile(sorted, hi);
  std::vector<double> values(x.begin(), x.end());
  for (double& v : values) v = std::clamp(v, least, greatest);
  return compared(x, std::move(values), trigger);
}

Treated logarithm(std::span<const double> x, const Trigger& trigger) {
  std::vector<double> values(x.begin(), x.end());
  if (deviation_of(x) > 0) {
    const auto [lo, hi] = std::minmax_element(x.begin(), x.end());
    const double low = *lo, high = *hi, shift = (high - low) / 100;
    const bool mirrored = skewness_of(x) < 0;
    for (double& v : values) v = mirrored ? -math::log(high - v + shift) : math::log(v - low + shift);
  }
  return compared(x, std::move(values), trigger);
}

Result<std::vector<double>> box_cox(std::span<const double> x, double lambda) {
  TRY(positive(x));
  std::vector<double> out;
  for (const double v : x) out.push_back(lambda == 0 ? math::log(v) : (math::pow(v, lambda) - 1) / lambda);
  return out;
}

Result<double> box_cox_lambda(std::span<const double> x) {
  TRY(positive(x));
  if (deviation_of(x) <= 0) return fail(errors::column_constant, {"1"});
  double log_sum = 0;
  for (const double v : x) log_sum += math::log(v);
  // Golden section; the likelihood has one peak.
  constexpr double golden = 0.6180339887498949;
  double a = -5, b = 5;
  double c = b - golden * (b - a), d = a + golden * (b - a);
  double at_c = likelihood(x, c, log_sum), at_d = likelihood(x, d, log_sum);
  while (b - a > 1e-5) {
    if (at_c > at_d) {
      b = d;
      d = c;
      at_d = at_c;
      c = b - golden * (b - a);
      at_c = likelihood(x, c, log_sum);
    } else {
      a = c;
      c = d;
      at_c = at_d;
      d = a + golden * (b - a);
      at_d = likelihood(x, d, log_sum);
    }
  }
  return (a + b) / 2;
}

std::optional<Treated> box_cox_treated(std::span<const double> x, std::optional<double> lambda,
                                       const Trigger& trigger) {
  if (!positive(x)) return std::nullopt;
  if (deviation_of(x) <= 0) return compared(x, {x.begin(), x.end()}, trigger);
  return compared(x, box_cox(x, lambda ? *lambda : box_cox_lambda(x).value()).value(), trigger);
}

}   // namespace gangmu::score
