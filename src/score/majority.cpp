// SPDX-License-Identifier: Apache-2.0
#include "score/majority.hpp"

#include <algorithm>
#include <limits>

#include "base/math.hpp"
#include "score/errors.hpp"

namespace gangmu::score {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
bool is_nan(double x) { return x != x; }

Status shaped(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down) {
  if (matrix.rows == 0 || matrix.values.empty() || matrix.values.size() % matrix.rows != 0) {
    return fail(errors::matrix_shape, {std::to_string(matrix.rows), std::to_string(matrix.values.size()), "1"});
  }
  return fitting(matrix, weights, down);
}

/// Share of the others with a value that each beats, ties half.
void add_column(std::span<const double> x, bool down, double weight, std::vector<double>& points, std::vector<double>& weights) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!is_nan(x[i])) order.emplace_back(down ? -x[i] : x[i], i);
  }
  std::sort(order.begin(), order.end());
  const auto others = static_cast<double>(order.size()) - 1;
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && order[j].first == order[i].first) ++j;
    const double beaten = static_cast<double>(i) + (static_cast<double>(j - i) - 1) / 2;
    for (; i < j; ++i) {
      points[order[i].second] += weight * (others > 0 ? beaten / others : 0.5);
      weights[order[i].second] += weight;
    }
  }
}

/// Figures row by row, costs turned round, so that a duel reads two short runs of memory.
std::vector<double> by_rows(const Matrix& matrix, const std::vector<bool>& down) {
  const std::size_t m = matrix.columns();
  std::vector<double> rows(matrix.values.size());
  for (std::size_t j = 0; j < m; ++j) {
    for (std::size_t i = 0; i < matrix.rows; ++i) rows[i * m + j] = down[j] ? -matrix.at(i, j) : matrix.at(i, j);
  }
  return rows;
}

/// Weights as counts of 1e-9, so that equal sides are equal whatever the order of the criteria. They are not brought to a sum
/// of 1 first: 5 + 1 and 4 + 2 must stay level.
std::vector<std::int64_t> exact(std::span<const double> weights) {
  const double most = *std::max_element(weights.begin(), weights.end());
  const double scale = most > 1e6 ? 1e6 / most : 1;
  std::vector<std::int64_t> out;
  for (const double w : weights) out.push_back(math::quantise(w * scale));
  return out;
}

struct Duels {
  std::uint32_t won = 0, lost = 0, level = 0, without = 0;
};

/// All duels of one place.
Duels duels_of(std::size_t a, std::size_t n, const std::vector<double>& rows, const std::vector<std::int64_t>& weights) {
  const std::size_t m = weights.size();
  const double* mine = &rows[a * m];
  Duels out;
  for (std::size_t b = 0; b < n; ++b) {
    if (b == a) continue;
    const double* theirs = &rows[b * m];
    std::int64_t balance = 0, shared = 0;
    for (std::size_t j = 0; j < m; ++j) {
      // Comparisons with NaN are false, so a criterion without both figures adds nothing.
      balance += (mine[j] > theirs[j] ? weights[j] : 0) - (mine[j] < theirs[j] ? weights[j] : 0);
      shared += mine[j] - theirs[j] == mine[j] - theirs[j] ? weights[j] : 0;
    }
    out.won += balance > 0;
    out.lost += balance < 0;
    out.level += balance == 0 && shared > 0;
    out.without += shared == 0;
  }
  return out;
}

}  // namespace

Result<Borda> borda(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down) {
  TRY(shaped(matrix, weights, down));
  Borda out;
  out.points.assign(matrix.rows, 0);
  std::vector<double> counted(matrix.rows, 0);
  for (std::size_t j = 0; j < matrix.columns(); ++j) add_column(matrix.column(j), down[j], weights[j], out.points, counted);
  std::vector<std::pair<long long, std::size_t>> order;
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    out.points[i] = counted[i] > 0 ? out.points[i] / counted[i] : nan;
    if (counted[i] > 0) order.emplace_back(-math::quantise(out.points[i]), i);
  }
  std::sort(order.begin(), order.end());
  out.rank.assign(matrix.rows, 0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool level = i > 0 && order[i].first == order[i - 1].first;
    out.rank[order[i].second] = level ? out.rank[order[i - 1].second] : static_cast<std::uint32_t>(i + 1);
  }
  return out;
}

Result<Copeland> copeland(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down, Executor& executor) {
  TRY(shaped(matrix, weights, down));
  const std::size_t n = matrix.rows;
  const auto rows = by_rows(matrix, down);
  const auto exact_weights = exact(weights);
  std::vector<Duels> duels(n);
  parallel_for(executor, n, 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) duels[a] = duels_of(a, n, rows, exact_weights);
  });
  Copeland out;
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t i = 0; i < n; ++i) {
    out.won.push_back(duels[i].won);
    out.lost.push_back(duels[i].lost);
    out.level.push_back(duels[i].level);
    out.without.push_back(duels[i].without);
    out.points.push_back(static_cast<std::int64_t>(duels[i].won) - static_cast<std::int64_t>(duels[i].lost));
    order.emplace_back(-out.points.back(), i);
    if (duels[i].won + 1 == n) out.condorcet = i;
  }
  std::sort(order.begin(), order.end());
  out.rank.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const bool level = i > 0 && order[i].first == order[i - 1].first;
    out.rank[order[i].second] = level ? out.rank[order[i - 1].second] : static_cast<std::uint32_t>(i + 1);
  }
  return out;
}

}  // namespace gangmu::score
