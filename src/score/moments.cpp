// SPDX-License-Identifier: Apache-2.0
#include "score/moments.hpp"

#include <algorithm>

#include "base/math.hpp"

namespace gangmu::score {

namespace {

/// Sums of the powers of what is left after the mean is taken off.
struct Powers {
  double second = 0, third = 0, fourth = 0;
};

Powers powers_of(std::span<const double> x) {
  const double mean = mean_of(x);
  Powers out;
  for (const double v : x) {
    const double d = v - mean, square = d * d;
    out.second += square;
    out.third += square * d;
    out.fourth += square * square;
  }
  return out;
}

}   // namespace

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

double skewness_of(std::span<const double> x) { return shape_of(x).skewness; }

double kurtosis_of(std::span<const double> x) { return shape_of(x).kurtosis; }

Shape shape_of(std::span<const double> x) {
  Shape out{math::nan, math::nan};
  const Powers p = powers_of(x);
  if (x.size() < 3 || !(p.second > 0)) return out;
  const auto n = static_cast<double>(x.size());
  const double variance = p.second / (n - 1);
  if (!(variance > 0)) return out;
  out.skewness = n / ((n - 1) * (n - 2)) * (p.third / (variance * math::sqrt(variance)));
  if (x.size() < 4) return out;
  out.kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * (p.fourth / (variance * variance)) -
                 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
  return out;
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

}   // namespace gangmu::score
