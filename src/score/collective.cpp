// SPDX-License-Identifier: Apache-2.0
#include "score/collective.hpp"

#include <algorithm>

#include "base/math.hpp"
#include "score/compromise.hpp"
#include "score/majority.hpp"
#include "score/moments.hpp"

namespace gangmu::score {

namespace {

std::vector<double> mpi(const Matrix& matrix, std::span<const double> weights, bool plus) {
  const std::size_t n = matrix.rows;
  std::vector<double> mean(n, 0), square(n, 0);
  Matrix standard{n, {}};
  for (std::size_t j = 0; j < matrix.columns(); ++j) {
    const auto x = matrix.column(j);
    const double middle = mean_of(x);
    const double deviation =
        n < 2 ? 0 : deviation_of(x) * math::sqrt(static_cast<double>(n - 1) / static_cast<double>(n));
    for (const double v : x) standard.values.push_back(deviation > 0 ? 100 + 10 * (v - middle) / deviation : 100);
    for (std::size_t i = 0; i < n; ++i) mean[i] += weights[j] * standard.at(i, j);
  }
  for (std::size_t j = 0; j < matrix.columns(); ++j) {
    for (std::size_t i = 0; i < n; ++i)
      square[i] += weights[j] * (standard.at(i, j) - mean[i]) * (standard.at(i, j) - mean[i]);
  }
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) {
    const double unevenness = mean[i] > 0 ? square[i] / mean[i] : 0;
    out.push_back(mean[i] + (plus ? unevenness : -unevenness) - 50);
  }
  return out;
}

void cut(std::vector<double>& points, Cuts* cuts) {
  for (double& x : points) {
    if (cuts) cuts->below += x < 0;
    if (cuts) cuts->above += x > 100;
    x = std::clamp(x, 0.0, 100.0);
  }
}

std::vector<double> by_compromise(const Matrix& matrix, std::span<const double> weights, double v,
                                  std::span<const std::uint32_t> rows, Verdict* verdict) {
  const Vikor found = vikor(matrix, weights, std::vector<bool>(matrix.columns(), false), v).value();
  std::vector<double> out;
  for (const double q : found.q) out.push_back(100 * (1 - q));
  if (!verdict) return out;
  verdict->acceptable_advantage = found.acceptable_advantage;
  verdict->acceptable_stability = found.acceptable_stability;
  for (const std::size_t row : found.compromise) verdict->compromise.push_back(rows[row]);
  return out;
}

std::vector<double> by_duels(const Matrix& matrix, std::span<const double> weights, Executor& executor,
                             std::span<const std::uint32_t> rows, Verdict* verdict) {
  const Copeland found = copeland(matrix, weights, std::vector<bool>(matrix.columns(), false), executor).value();
  std::vector<double> out;
  for (const std::int64_t points : found.points) {
    out.push_back(matrix.rows < 2 ? 50 : 50 + 50 * static_cast<double>(points) / static_cast<double>(matrix.rows - 1));
  }
  if (!verdict) return out;
  verdict->won = found.won;
  verdict->lost = found.lost;
  verdict->level = found.level;
  if (found.condorcet) verdict->condorcet = rows[*found.condorcet];
  return out;
}

/// Those rows the method can judge.
std::vector<std::uint32_t> judged_rows(const Matrix& matrix, bool all_needed) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < matrix.rows; ++i) {
    std::size_t there = 0;
    for (std::size_t j = 0; j < matrix.columns(); ++j) there += matrix.at(i, j) == matrix.at(i, j);
    if (there > 0 && (!all_needed || there == matrix.columns())) out.push_back(i);
  }
  return out;
}

}   // namespace

std::vector<double> collective_points(const Aggregation& aggregation, const Matrix& matrix,
                                      std::span<const double> weights, Executor& executor, Verdict* verdict,
                                      Cuts* cuts) {
  std::vector<double> out(matrix.rows, math::nan);
  const bool majority = aggregation.kind == AggregationKind::borda || aggregation.kind == AggregationKind::copeland;
  const auto rows = judged_rows(matrix, !majority);
  if (rows.empty()) return out;
  Matrix judged{rows.size(), {}};
  for (std::size_t j = 0; j < matrix.columns(); ++j) {
    for (const std::uint32_t row : rows) judged.values.push_back(matrix.at(row, j));
  }
  const std::vector<bool> up(matrix.columns(), false);
  std::vector<double> points;
  switch (aggregation.kind) {
    case AggregationKind::mpi:
      points = mpi(judged, weights, aggregation.plus);
      cut(points, cuts);
      break;
    case AggregationKind::topsis:
      points = topsis(judged, weights, up, aggregation.by_range ? TopsisScaling::min_max : TopsisScaling::vector)
                   .value()
                   .closeness;
      break;
    case AggregationKind::vikor:
      points = by_compromise(judged, weights, aggregation.parameter.real(), rows, verdict);
      break;
    case AggregationKind::borda: points = borda(judged, weights, up).value().points; break;
    default: points = by_duels(judged, weights, executor, rows, verdict); break;
  }
  const bool shares = aggregation.kind == AggregationKind::topsis || aggregation.kind == AggregationKind::borda;
  for (std::size_t i = 0; i < rows.size(); ++i) out[rows[i]] = shares ? 100 * points[i] : points[i];
  if (verdict) verdict->places = rows;
  return out;
}

}   // namespace gangmu::score
