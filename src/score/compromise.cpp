// SPDX-License-Identifier: Apache-2.0
#include "score/compromise.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/math.hpp"
#include "score/errors.hpp"
#include "score/flat_ranks.hpp"

namespace gangmu::score {

namespace {

constexpr double tolerance = 1e-9;

struct Range {
  double lo = 0, hi = 0;
  [[nodiscard]] bool constant() const { return lo == hi; }
};

Range range_of(std::span<const double> x) {
  const auto [lo, hi] = std::minmax_element(x.begin(), x.end());
  return {*lo, *hi};
}

std::vector<double> rescaled(std::span<const double> weights) {
  double sum = 0;
  for (const double w : weights) sum += w;
  std::vector<double> out(weights.begin(), weights.end());
  for (double& w : out) w /= sum;
  return out;
}

double length_of(std::span<const double> x) {
  double sum = 0;
  for (const double v : x) sum += v * v;
  return math::sqrt(sum);
}

/// 0 at the best, 1 at the worst of the range.
double spread(double value, const Range& range) {
  return range.constant() ? 0 : (value - range.lo) / (range.hi - range.lo);
}

double least(std::span<const double> x) { return *std::min_element(x.begin(), x.end()); }

void judge(Vikor& out) {
  const auto n = out.q.size();
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return out.q[a] < out.q[b]; });
  const std::size_t first = order[0];
  const double advantage = n > 1 ? 1 / static_cast<double>(n - 1) : 0;
  out.acceptable_advantage = n < 2 || out.q[order[1]] - out.q[first] >= advantage - tolerance;
  out.acceptable_stability = out.s[first] <= least(out.s) + tolerance || out.r[first] <= least(out.r) + tolerance;
  out.compromise = {first};
  if (!out.acceptable_advantage) {
    for (std::size_t i = 1; i < n && out.q[order[i]] - out.q[first] < advantage - tolerance; ++i)
      out.compromise.push_back(order[i]);
  } else if (!out.acceptable_stability && n > 1) {
    out.compromise.push_back(order[1]);
  }
  std::sort(out.compromise.begin(), out.compromise.end());
}

}   // namespace

Result<Topsis> topsis(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down,
                      TopsisScaling scaling) {
  TRY(complete(matrix, 1));
  TRY(fitting(matrix, weights, down));
  const auto w = rescaled(weights);
  std::vector<double> to_ideal(matrix.rows, 0), to_opposite(matrix.rows, 0);
  Topsis out;
  for (std::size_t j = 0; j < matrix.columns(); ++j) {
    const auto x = matrix.column(j);
    const Range range = range_of(x);
    if (range.constant()) {
      out.left_out.push_back(j);
      continue;
    }
    const double unit = scaling == TopsisScaling::vector ? length_of(x) : range.hi - range.lo;
    for (std::size_t i = 0; i < matrix.rows; ++i) {
      const double below_best = w[j] * (down[j] ? x[i] - range.lo : range.hi - x[i]) / unit;
      const double above_worst = w[j] * (down[j] ? range.hi - x[i] : x[i] - range.lo) / unit;
      to_ideal[i] += below_best * below_best;
      to_opposite[i] += above_worst * above_worst;
    }
  }
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    const double d = math::sqrt(to_ideal[i]), a = math::sqrt(to_opposite[i]);
    out.closeness.push_back(d + a > 0 ? a / (d + a) : 0.5);
  }
  out.rank = flat_ranks(out.closeness, true);
  return out;
}

Result<Vikor> vikor(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down, double v) {
  if (!(v >= 0 && v <= 1)) return fail(errors::share_outside, {"v", round_half_up(v, 3), "0…1"});
  TRY(complete(matrix, 1));
  TRY(fitting(matrix, weights, down));
  const auto w = rescaled(weights);
  Vikor out;
  out.s.assign(matrix.rows, 0);
  out.r.assign(matrix.rows, 0);
  for (std::size_t j = 0; j < matrix.columns(); ++j) {
    const auto x = matrix.column(j);
    const Range range = range_of(x);
    if (range.constant()) out.left_out.push_back(j);
    if (range.constant()) continue;
    for (std::size_t i = 0; i < matrix.rows; ++i) {
      const double share = spread(x[i], range);
      const double regret = w[j] * (down[j] ? share : 1 - share);
      out.s[i] += regret;
      out.r[i] = std::max(out.r[i], regret);
    }
  }
  const Range s = range_of(out.s), r = range_of(out.r);
  for (std::size_t i = 0; i < matrix.rows; ++i)
    out.q.push_back(v * spread(out.s[i], s) + (1 - v) * spread(out.r[i], r));
  out.rank = flat_ranks(out.q, false);
  judge(out);
  return out;
}

}   // namespace gangmu::score
