// SPDX-License-Identifier: Apache-2.0
#include "score/moments.hpp"

#include <algorithm>

#include "base/math.hpp"

namespace gangmu::score {

namespace {

/// Σ ((x − mean) / deviation)^power
double standard_sum(std::span<const double> x, int power) {
  const double mean = mean_of(x), deviation = deviation_of(x);
  double sum = 0;
  for (const double v : x) {
    const double z = (v - mean) / deviation;
    sum += power == 3 ? z * z * z : z * z * z * z;
  }
  return sum;
}

}  // namespace

double mean_of(std::span<const double> x) {
  double sum = 0;
  for (const double v : x) sum += v;
  return x.empty() ? 0 : sum / static_cast<double>(x.size());
}

double deviation_of(std::span<const double> x) {
  if (x.size() < 2) return 0;
  const double mean = mean_of(x);
  double sum = 0;
  for (const double v : x) sum += (v - mean) * (v - mean);
  return math::sqrt(sum / static_cast<double>(x.size() - 1));
}

double skewness_of(std::span<const double> x) {
  const auto n = static_cast<double>(x.size());
  if (x.size() < 3 || deviation_of(x) <= 0) return math::nan;
  return n / ((n - 1) * (n - 2)) * standard_sum(x, 3);
}

double kurtosis_of(std::span<const double> x) {
  const auto n = static_cast<double>(x.size());
  if (x.size() < 4 || deviation_of(x) <= 0) return math::nan;
  return n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * standard_sum(x, 4) - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
}

double correlation_of(std::span<const double> x, std::span<const double> y) {
  const double a = mean_of(x), b = mean_of(y);
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - a) * (x[i] - a);
    yy += (y[i] - b) * (y[i] - b);
    xy += (x[i] - a) * (y[i] - b);
  }
  return xx <= 0 || yy <= 0 ? 0 : xy / (math::sqrt(xx) * math::sqrt(yy));
}

std::vector<double> min_max_scaled(std::span<const double> x, bool down) {
  std::vector<double> out(x.begin(), x.end());
  if (x.empty()) return out;
  const auto [lo, hi] = std::minmax_element(x.begin(), x.end());
  const double low = *lo, range = *hi - *lo;
  for (double& v : out) {
    const double share = range <= 0 ? 0 : (v - low) / range;
    v = range <= 0 ? 0 : down ? 1 - share : share;
  }
  return out;
}

}  // namespace gangmu::score
