// SPDX-License-Identifier: Apache-2.0
#include "score/mean.hpp"

#include <algorithm>
#include <numeric>

#include "base/math.hpp"

namespace gangmu::score {

namespace {

constexpr double full = 100;

double sum_of(std::span<const Part> parts) {
  double sum = 0;
  for (const auto& part : parts) sum += part.share * part.points;
  return sum;
}

/// Share of the order weights that falls into [0, at], at in [0, 1]; straight lines between the given weights.
double order_share(std::span<const double> cumulated, double at) {
  const auto n = static_cast<double>(cumulated.size());
  const double x = at * n;
  const auto whole = std::min(static_cast<std::size_t>(x), cumulated.size());
  const double below = whole == 0 ? 0 : cumulated[whole - 1];
  if (whole == cumulated.size()) return below;
  return below + (x - static_cast<double>(whole)) * (cumulated[whole] - below);
}

}  // namespace

Mean::Mean(const Aggregation& aggregation)
    : kind_(aggregation.kind), p_(aggregation.parameter.real()), floor_(aggregation.floor.real()) {
  if (kind_ == AggregationKind::harmonic) p_ = -1;
  if (kind_ == AggregationKind::geometric) p_ = 0;
  double sum = 0;
  for (const auto& w : aggregation.order_weights) cumulated_.push_back(sum += w.real() / 100);
}

Combined Mean::combine(std::span<Part> parts) const {
  switch (kind_) {
    case AggregationKind::arithmetic: {
      for (auto& part : parts) part.slope = part.share;
      return {.points = sum_of(parts)};
    }
    case AggregationKind::geometric:
    case AggregationKind::harmonic:
    case AggregationKind::power: return through_f(parts);
    case AggregationKind::owa: return ordered(parts);
    case AggregationKind::min: return worst(parts, 1);
    case AggregationKind::mean_min: return worst(parts, p_);
  }
  return {};
}

/// s(a) up to a constant factor. Near full marks the difference quotient cancels; a series takes over there.
double Mean::secant(double a) const {
  const double r = a / full;
  const double d = 1 - r;
  const bool near = d < 1e-4 && d > -1e-4;
  if (p_ == -1) return 1 / r;
  if (p_ == 0) {
    if (!near) return -math::log(r) / d;
    return 1 + d * (0.5 + d * (1.0 / 3 + d * 0.25));
  }
  if (!near) return (1 - math::pow(r, p_)) / d / p_;
  return 1 - (p_ - 1) * d / 2 * (1 - (p_ - 2) * d / 3 * (1 - (p_ - 3) * d / 4));
}

double Mean::f(double points) const {
  if (additive()) return points;
  const double x = std::max(points, floor_);
  return p_ == 0 ? math::log(x) : p_ == -1 ? 1 / x : math::pow(x, p_);
}

double Mean::f_inverse(double sum) const {
  if (additive()) return sum;
  return p_ == 0 ? math::exp(sum) : p_ == -1 ? 1 / sum : math::pow(sum, 1 / p_);
}

Combined Mean::through_f(std::span<Part> parts) const {
  Combined out;
  double sum = 0;
  for (const auto& part : parts) {
    out.lifted = out.lifted || part.points < floor_;
    if (p_ <= 0 && std::max(part.points, floor_) <= 0) return {.points = 0, .zeroed = true, .lifted = out.lifted};
    sum += part.share * f(part.points);
  }
  out.points = f_inverse(sum);
  const double whole = secant(out.points);
  for (auto& part : parts) {
    const double x = std::max(part.points, floor_);
    part.slope = part.share * secant(x) / whole;
    if (x > part.points) part.slope *= (full - x) / (full - part.points);
  }
  return out;
}

Combined Mean::ordered(std::span<Part> parts) const {
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return parts[a].points > parts[b].points; });
  const auto n = static_cast<double>(parts.size());
  Combined out;
  for (std::size_t j = 0; j < order.size(); ++j) {
    Part& part = parts[order[j]];
    part.slope = order_share(cumulated_, static_cast<double>(j + 1) / n) - order_share(cumulated_, static_cast<double>(j) / n);
    out.points += part.slope * part.points;
  }
  return out;
}

Combined Mean::worst(std::span<Part> parts, double alpha) const {
  const auto least = std::min_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.points < b.points; });
  for (auto& part : parts) part.slope = (1 - alpha) * part.share;
  least->slope += alpha;
  const double mean = sum_of(parts);
  return {.points = mean - alpha * (mean - least->points)};
}

}  // namespace gangmu::score
