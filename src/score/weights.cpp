// SPDX-License-Identifier: Apache-2.0
#include "score/weights.hpp"

#include <algorithm>
#include <cmath>

#include "base/decimal.hpp"
#include "base/math.hpp"
#include "score/eigen.hpp"
#include "score/errors.hpp"
#include "score/moments.hpp"

namespace gangmu::score {

namespace {

/// To a sum of 1. Error: weights_zero.
Result<std::vector<double>> shares(std::vector<double> raw) {
  double sum = 0;
  for (const double w : raw) sum += w;
  if (sum <= 0) return fail(errors::weights_zero, {});
  for (double& w : raw) w /= sum;
  return raw;
}

Status not_negative(const Matrix& matrix) {
  Diagnostics faults;
  for (std::size_t i = 0; i < matrix.values.size(); ++i) {
    if (matrix.values[i] >= 0) continue;
    faults.push_back(
        {&errors::matrix_negative, {std::to_string(i % matrix.rows + 1), std::to_string(i / matrix.rows + 1)}, {}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

double entropy(std::span<const double> x) {
  double sum = 0, out = 0;
  for (const double v : x) sum += v;
  if (sum <= 0) return 1;
  for (const double v : x) {
    if (v > 0) out -= v / sum * math::log(v / sum);
  }
  return out / math::log(static_cast<double>(x.size()));
}

/// Saaty's random index by size.
constexpr double random_index[] = {0,    0,    0,    0.58, 0.90, 1.12, 1.24, 1.32,
                                   1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};

Status reciprocal(const Matrix& m) {
  for (std::size_t i = 0; i < m.rows; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double product = m.at(i, j) * m.at(j, i);
      // Judgements such as 1/3 are typed as 0.333, so 1 % is allowed for.
      if (m.at(i, j) > 0 && product > 0.99 && product < 1.01) continue;
      return fail(errors::ahp_not_reciprocal, {std::to_string(i + 1), std::to_string(j + 1)});
    }
  }
  return {};
}

}   // namespace

std::vector<double> equal_weights(std::size_t columns) {
  return std::vector<double>(columns, 1.0 / static_cast<double>(columns));
}

Result<std::vector<double>> deviation_weights(const Matrix& matrix) {
  TRY(complete(matrix, 2));
  std::vector<double> raw;
  for (std::size_t j = 0; j < matrix.columns(); ++j)
    raw.push_back(deviation_of(min_max_scaled(matrix.column(j), false)));
  return shares(std::move(raw));
}

Result<std::vector<double>> entropy_weights(const Matrix& matrix) {
  TRY(complete(matrix, 2));
  TRY(not_negative(matrix));
  std::vector<double> raw;
  // Rounding may leave a constant column a hair above 1.
  for (std::size_t j = 0; j < matrix.columns(); ++j) raw.push_back(std::max(0.0, 1 - entropy(matrix.column(j))));
  if (*std::max_element(raw.begin(), raw.end()) < 1e-12) return fail(errors::weights_zero, {});
  return shares(std::move(raw));
}

Result<std::vector<double>> critic_weights(const Matrix& matrix, const std::vector<bool>& down) {
  TRY(complete(matrix, 2));
  TRY(fitting(matrix, equal_weights(matrix.columns()), down));
  std::vector<std::vector<double>> scaled;
  for (std::size_t j = 0; j < matrix.columns(); ++j) scaled.push_back(min_max_scaled(matrix.column(j), down[j]));
  std::vector<double> raw;
  for (const auto& x : scaled) {
    double conflict = 0;
    for (const auto& y : scaled) conflict += &x == &y ? 0 : 1 - correlation_of(x, y);
    raw.push_back(deviation_of(x) * conflict);
  }
  return shares(std::move(raw));
}

Result<PrincipalWeights> principal_weights(const Matrix& matrix) {
  TRY(complete(matrix, 3));
  const std::size_t m = matrix.columns();
  Matrix correlation{m, std::vector<double>(m * m, 1)};
  for (std::size_t j = 0; j < m; ++j) {
    if (deviation_of(matrix.column(j)) <= 0) return fail(errors::column_constant, {std::to_string(j + 1)});
    for (std::size_t k = 0; k < j; ++k) {
      correlation.values[j * m + k] = correlation.values[k * m + j] =
          correlation_of(matrix.column(j), matrix.column(k));
    }
  }
  const Eigen first = largest_eigen(std::move(correlation));
  PrincipalWeights out;
  out.explained = first.value / static_cast<double>(m);
  // An eigenvector's sign is arbitrary: the larger side counts as positive.
  double sum = 0;
  for (const double v : first.vector) sum += v;
  for (const double v : first.vector) {
    out.loadings.push_back((sum < 0 ? -v : v) * math::sqrt(first.value));
    out.weights.push_back(v * v);
    out.mixed_signs = out.mixed_signs || out.loadings.back() < 0;
  }
  TRY_ASSIGN(out.weights, shares(std::move(out.weights)));
  return out;
}

Result<AhpWeights> ahp_weights(const Matrix& comparison) {
  TRY(complete(comparison, 1));
  const std::size_t n = comparison.rows;
  if (n != comparison.columns() || n > 15)
    return fail(errors::matrix_shape, {std::to_string(n), std::to_string(comparison.columns()), "1…15"});
  TRY(reciprocal(comparison));
  AhpWeights out;
  out.weights = equal_weights(n);
  // Power iteration; a positive matrix has one dominant eigenvector (Perron), and 200 rounds are far more than
  // comparisons of at most 15 criteria need.
  for (int round = 0; round < 200; ++round) {
    std::vector<double> next(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) next[i] += comparison.at(i, j) * out.weights[j];
    }
    out.lambda = 0;
    for (const double v : next) out.lambda += v;
    for (std::size_t i = 0; i < n; ++i) out.weights[i] = next[i] / out.lambda;
  }
  if (n > 2)
    out.consistency_ratio = (out.lambda - static_cast<double>(n)) / static_cast<double>(n - 1) / random_index[n];
  if (out.consistency_ratio > 0.10) return fail(errors::ahp_inconsistent, {round_half_up(out.consistency_ratio, 3)});
  return out;
}

Result<std::vector<double>> allocation_weights(const Matrix& points) {
  TRY(complete(points, 1));
  TRY(not_negative(points));
  std::vector<double> mean(points.columns(), 0);
  for (std::size_t i = 0; i < points.rows; ++i) {
    double given = 0;
    for (std::size_t j = 0; j < points.columns(); ++j) given += points.at(i, j);
    if (given <= 0) return fail(errors::weights_zero, {});
    for (std::size_t j = 0; j < points.columns(); ++j) mean[j] += points.at(i, j) / given;
  }
  return shares(std::move(mean));
}

}   // namespace gangmu::score
