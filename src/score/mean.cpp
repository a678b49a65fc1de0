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

}   // namespace

Mean::Mean(const Aggregation& aggregation)
    : kind_(aggregation.kind),
      p_(aggregation.parameter.real()),
      floor_(aggregation.floor.real()),
      plus_(aggregation.plus) {
  if (kind_ == AggregationKind::harmonic) p_ = -1;
  if (kind_ == AggregationKind::geometric) p_ = 0;
  double sum = 0;
  for (const auto& w : aggregation.order_weights) cumulated_.push_back(sum += w.share());
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
    case AggregationKind::ampi: return even(parts);
    case AggregationKind::benefit_of_doubt: return in_best_light(parts);
    default: return {};   // whole-class methods never come here
  }
}

Combined in_proportion(std::span<Part> parts, double points) {
  double lost = 0;
  for (const auto& part : parts) lost += part.share * (full - part.points);
  const double loss = full - points;
  // Where the parts lose nothing, a loss of the whole is nobody's: it is spread by weight.
  if (!(lost > 1e-9)) {
    for (auto& part : parts) part.slope = part.share;
    return {.points = points, .zeroed = loss > 1e-9 || loss < -1e-9};
  }
  for (auto& part : parts) part.slope = part.share * loss / lost;
  return {.points = points};
}

namespace {

/// Adjusted Mazziotta–Pareto index of children of which some (a bit each) stand at full marks; back on 0…100.
double ampi(std::span<const Part> parts, unsigned at_full, bool plus) {
  double mean = 0, square = 0;
  const auto y = [&](std::size_t i) { return 70 + 0.6 * ((at_full >> i & 1U) != 0 ? full : parts[i].points); };
  for (std::size_t i = 0; i < parts.size(); ++i) mean += parts[i].share * y(i);
  for (std::size_t i = 0; i < parts.size(); ++i) square += parts[i].share * (y(i) - mean) * (y(i) - mean);
  const double unevenness = square / mean;
  return (mean + (plus ? unevenness : -unevenness) - 70) / 0.6;
}

}   // namespace

Combined Mean::even(std::span<Part> parts) const {
  const double points = ampi(parts, 0, plus_);
  const std::size_t n = parts.size();
  if (n > 10) return in_proportion(parts, points);
  std::vector<double> loss(std::size_t{1} << n);   // by the set of children that stand where they are
  const auto all = static_cast<unsigned>(loss.size() - 1);
  for (unsigned set = 0; set <= all; ++set) loss[set] = full - ampi(parts, all & ~set, plus_);
  std::vector<double> chance(n);   // |S|! (n − 1 − |S|)! / n!
  for (std::size_t k = 0; k < n; ++k) {
    chance[k] = 1 / static_cast<double>(n);
    for (std::size_t i = 1; i <= k; ++i) chance[k] *= static_cast<double>(i) / static_cast<double>(n - i);
  }
  for (std::size_t i = 0; i < n; ++i) {
    double shapley = 0;
    for (unsigned set = 0; set <= all; ++set) {
      if ((set >> i & 1U) == 0)
        shapley += chance[static_cast<std::size_t>(__builtin_popcount(set))] * (loss[set | 1U << i] - loss[set]);
    }
    parts[i].slope = parts[i].points == full ? 0 : shapley / (full - parts[i].points);
  }
  return {.points = points};
}

Combined Mean::in_best_light(std::span<Part> parts) const {
  const double spread = p_ / 100;
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return parts[a].points > parts[b].points; });
  double rest = spread;   // shares sum to 1, so the lower bounds leave this much
  Combined out;
  for (const std::size_t i : order) {
    const double more = std::min(rest, 2 * spread * parts[i].share);
    parts[i].slope = (1 - spread) * parts[i].share + more;
    rest -= more;
    out.points += parts[i].slope * parts[i].points;
  }
  return out;
}

namespace {

/// Near full marks a difference quotient cancels; a series takes over there.
bool near_full(double d) { return d < 1e-4 && d > -1e-4; }
double log_secant(double d, double log) { return near_full(d) ? 1 + d * (0.5 + d * (1.0 / 3 + d * 0.25)) : -log / d; }

/// Mean::secant of many for the logarithm.
void log_secants(std::span<double> a) {
  for (double& r : a) r /= full;
  std::vector<double> logs(a.begin(), a.end());
  math::log_each(logs);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = log_secant(1 - a[i], logs[i]);
}

}   // namespace

/// s(a) up to a constant factor.
double Mean::secant(double a) const {
  const double r = a / full;
  const double d = 1 - r;
  if (p_ == -1) return 1 / r;
  if (p_ == 0) return log_secant(d, near_full(d) ? 0 : math::log(r));
  if (!near_full(d)) return (1 - math::pow(r, p_)) / d / p_;
  return 1 - (p_ - 1) * d / 2 * (1 - (p_ - 2) * d / 3 * (1 - (p_ - 3) * d / 4));
}

double Mean::f(double points) const {
  if (additive()) return points;
  const double x = std::max(points, floor_);
  return p_ == 0 ? math::log(x) : p_ == -1 ? 1 / x : math::pow(x, p_);
}

void Mean::f(std::span<double> points) const {
  if (additive()) return;
  for (double& x : points) x = std::max(x, floor_);
  if (p_ == 0) return math::log_each(points);
  for (double& x : points) x = p_ == -1 ? 1 / x : math::pow(x, p_);
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

double Mean::points(std::span<Part> parts) const {
  if (kind_ == AggregationKind::ampi) return ampi(parts, 0, plus_);
  if (!quasi_arithmetic() || additive()) return combine(parts).points;
  double sum = 0;
  for (const auto& part : parts) {
    if (p_ <= 0 && std::max(part.points, floor_) <= 0) return 0;
    sum += part.share * f(part.points);
  }
  return f_inverse(sum);
}

std::optional<std::size_t> Mean::combine(std::span<const PartColumn> parts, std::size_t n, double* points) const {
  if (!quasi_arithmetic() || (!additive() && p_ != 0)) return std::nullopt;
  if (!additive()) return through_logarithms(parts, n, points);
  std::fill(points, points + n, 0.0);
  for (const auto& part : parts) {
    for (std::size_t i = 0; i < n; ++i) points[i] += part.share * part.points[i];
    if (part.slope) std::fill(part.slope, part.slope + n, part.share);
  }
  return 0;
}

std::optional<std::size_t> Mean::through_logarithms(std::span<const PartColumn> parts, std::size_t n,
                                                    double* points) const {
  std::vector<double> x(n), sum(n, 0), whole(n);
  std::vector<bool> lifted(n, false);
  for (const auto& part : parts) {
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = std::max(part.points[i], floor_);
      if (x[i] <= 0) return std::nullopt;
      if (part.points[i] < floor_) lifted[i] = true;
    }
    math::log_each(x);
    for (std::size_t i = 0; i < n; ++i) sum[i] += part.share * x[i];
  }
  for (std::size_t i = 0; i < n; ++i) whole[i] = points[i] = math::exp(sum[i]);
  log_secants(whole);
  for (const auto& part : parts) {
    for (std::size_t i = 0; i < n; ++i) x[i] = std::max(part.points[i], floor_);
    log_secants(x);
    for (std::size_t i = 0; i < n; ++i) {
      part.slope[i] = part.share * x[i] / whole[i];
      if (part.points[i] < floor_) part.slope[i] *= (full - floor_) / (full - part.points[i]);
    }
  }
  return std::count(lifted.begin(), lifted.end(), true);
}

Combined Mean::ordered(std::span<Part> parts) const {
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return parts[a].points > parts[b].points; });
  const auto n = static_cast<double>(parts.size());
  Combined out;
  for (std::size_t j = 0; j < order.size(); ++j) {
    Part& part = parts[order[j]];
    part.slope =
        order_share(cumulated_, static_cast<double>(j + 1) / n) - order_share(cumulated_, static_cast<double>(j) / n);
    out.points += part.slope * part.points;
  }
  return out;
}

Combined Mean::worst(std::span<Part> parts, double alpha) const {
  const auto least =
      std::min_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.points < b.points; });
  for (auto& part : parts) part.slope = (1 - alpha) * part.share;
  least->slope += alpha;
  const double mean = sum_of(parts);
  return {.points = mean - alpha * (mean - least->points)};
}

}   // namespace gangmu::score
