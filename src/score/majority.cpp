// SPDX-License-Identifier: Apache-2.0
#include "score/majority.hpp"

#include <algorithm>
#include <array>

#include "base/math.hpp"
#include "score/errors.hpp"

namespace gangmu::score {

namespace {

constexpr std::size_t max_criteria = 64;
bool is_nan(double x) { return x != x; }

Status shaped(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down) {
  if (matrix.rows == 0 || matrix.values.empty() || matrix.values.size() % matrix.rows != 0) {
    return fail(errors::matrix_shape, {std::to_string(matrix.rows), std::to_string(matrix.values.size()), "1"});
  }
  return fitting(matrix, weights, down);
}

/// Share of the others with a value that each beats, ties half.
void add_column(std::span<const double> x, bool down, double weight, std::vector<double>& points,
                std::vector<double>& weights) {
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

/// Costs turned round: more is better throughout.
Matrix turned(Matrix matrix, const std::vector<bool>& down) {
  for (std::size_t j = 0; j < matrix.columns(); ++j) {
    for (std::size_t i = 0; down[j] && i < matrix.rows; ++i) matrix.values[j * matrix.rows + i] *= -1;
  }
  return matrix;
}

/// Weights as whole counts of 1e-9 (in doubles, exact below 2^53), so that equal sides are equal whatever the order of
/// the criteria. They are not brought to a sum of 1 first: 5 + 1 and 4 + 2 must stay level.
std::vector<double> exact(std::span<const double> weights) {
  double sum = 0;
  for (const double w : weights) sum += w;
  const double scale = sum > 1e6 ? 1e6 / sum : 1;
  std::vector<double> out;
  for (const double w : weights) out.push_back(static_cast<double>(math::quantise(w * scale)));
  return out;
}

struct Duels {
  std::uint32_t won = 0, lost = 0, level = 0, without = 0;
};

// Two opponents at a time, in the baseline instruction set; both compilers know these types.
using Two = double __attribute__((vector_size(16)));
using Mask = long long __attribute__((vector_size(16)));

Two where(Mask mask, double weight) {
  const Two both = {weight, weight};
  return reinterpret_cast<Two>(mask & reinterpret_cast<Mask>(both));
}

/// Figures in pairs of opponents, so that one pair's criteria lie side by side: pair k, criterion j at (k · m + j).
struct PlaceFigures {
  std::size_t rows = 0, criteria = 0;
  std::vector<Two> pairs;
  bool gaps = false;   ///< some figure is missing

  explicit PlaceFigures(const Matrix& matrix)
      : rows(matrix.rows), criteria(matrix.columns()), pairs((rows + 1) / 2 * criteria, Two{math::nan, math::nan}) {
    for (std::size_t j = 0; j < criteria; ++j) {
      for (std::size_t i = 0; i < rows; ++i) pairs[i / 2 * criteria + j][i % 2] = matrix.at(i, j);
    }
    for (const double v : matrix.values) gaps = gaps || is_nan(v);
  }
  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return pairs[i / 2 * criteria + j][i % 2]; }
};

/// Duels of one place with the pairs [begin, end). A missing figure compares as neither more, less nor equal.
template <bool gaps>
void fight(const PlaceFigures& field, const std::vector<double>& weights, std::size_t place, std::size_t begin,
           std::size_t end, Duels& out) {
  std::array<double, max_criteria> mine{};
  for (std::size_t j = 0; j < field.criteria; ++j) mine[j] = field.at(place, j);
  for (std::size_t k = begin; k < end; ++k) {
    Two balance{}, shared{};
    const Two* theirs = &field.pairs[k * field.criteria];
    for (std::size_t j = 0; j < field.criteria; ++j) {
      const Two own = {mine[j], mine[j]};
      const Two better = where(own > theirs[j], weights[j]), worse = where(own < theirs[j], weights[j]);
      balance += better - worse;
      if constexpr (gaps) shared += better + worse + where(own == theirs[j], weights[j]);
    }
    for (std::size_t side = 0; side < 2 && 2 * k + side < field.rows; ++side) {
      out.won += balance[side] > 0;
      out.lost += balance[side] < 0;
      const bool apart = gaps && shared[side] == 0;
      out.without += apart;
      out.level += balance[side] == 0 && !apart;
    }
  }
}

/// Duels of places [begin, end), run by run of opponents so that these stay near; each place's duel with itself is
/// taken out.
void fight_all(const PlaceFigures& field, const std::vector<double>& weights, std::size_t begin, std::size_t end,
               std::vector<Duels>& out) {
  constexpr std::size_t run = 256;
  const std::size_t pairs = (field.rows + 1) / 2;
  for (std::size_t k = 0; k < pairs; k += run) {
    for (std::size_t a = begin; a < end; ++a) {
      field.gaps ? fight<true>(field, weights, a, k, std::min(pairs, k + run), out[a])
                 : fight<false>(field, weights, a, k, std::min(pairs, k + run), out[a]);
    }
  }
  for (std::size_t a = begin; a < end; ++a) {
    bool any = false;
    for (std::size_t j = 0; j < field.criteria; ++j) any = any || (!is_nan(field.at(a, j)) && weights[j] > 0);
    --(any ? out[a].level : out[a].without);
  }
}

}   // namespace

Result<Borda> borda(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down) {
  TRY(shaped(matrix, weights, down));
  Borda out;
  out.points.assign(matrix.rows, 0);
  std::vector<double> counted(matrix.rows, 0);
  for (std::size_t j = 0; j < matrix.columns(); ++j)
    add_column(matrix.column(j), down[j], weights[j], out.points, counted);
  std::vector<std::pair<long long, std::size_t>> order;
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    out.points[i] = counted[i] > 0 ? out.points[i] / counted[i] : math::nan;
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

Result<Copeland> copeland(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down,
                          Executor& executor) {
  TRY(shaped(matrix, weights, down));
  const std::size_t n = matrix.rows;
  if (matrix.columns() > max_criteria)
    return fail(errors::matrix_shape, {std::to_string(n), std::to_string(matrix.columns()), "1…64"});
  const PlaceFigures field(turned(matrix, down));
  const auto exact_weights = exact(weights);
  std::vector<Duels> duels(n);
  parallel_for(executor, n, 64,
               [&](std::size_t begin, std::size_t end) { fight_all(field, exact_weights, begin, end, duels); });
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

}   // namespace gangmu::score
