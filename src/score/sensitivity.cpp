// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/math.hpp"
#include "score/design_points.hpp"
#include "score/replay.hpp"

namespace gangmu::score {

namespace {

constexpr std::size_t resamples = 400;
constexpr std::size_t rows_a_task = 4;

/// The sums an index is made of, over the listed rows.
struct Sums {
  double mean = 0, variance = 0;
};

Sums moments(std::span<const double> a, std::span<const double> b, std::span<const std::uint32_t> rows) {
  Sums out;
  const auto n = static_cast<double>(rows.size());
  for (const std::uint32_t i : rows) out.mean += (a[i] + b[i]) / (2 * n);
  for (const std::uint32_t i : rows) {
    const double x = a[i] - out.mean, y = b[i] - out.mean;
    out.variance += (x * x + y * y) / (2 * n);
  }
  return out;
}

/// First (Saltelli et al. 2010, table 2 (b), centred) and total (Jansen 1999).
std::pair<double, double> indices(std::span<const double> a, std::span<const double> b, std::span<const double> ab,
                                  std::span<const std::uint32_t> rows, const Sums& sums) {
  if (!(sums.variance > 0)) return {0, 0};
  double first = 0, total = 0;
  for (const std::uint32_t i : rows) {
    first += (b[i] - sums.mean) * (ab[i] - a[i]);
    total += (a[i] - ab[i]) * (a[i] - ab[i]);
  }
  const auto n = static_cast<double>(rows.size());
  return {first / n / sums.variance, total / (2 * n) / sums.variance};
}

Index with_interval(double value, std::vector<double>& sample) {
  std::sort(sample.begin(), sample.end());
  const std::size_t last = sample.size() - 1;
  return {value, sample[last * 5 / 100], sample[last - last * 5 / 100]};
}

/// Mean absolute rank shift, then the watched places' ranks.
void outputs_of(const Replay& replay, const std::vector<std::uint32_t>& ranks, std::span<const std::size_t> watched,
                std::size_t row, std::vector<std::vector<double>>& out) {
  double shift = 0;
  for (std::size_t s = 0; s < ranks.size(); ++s) {
    const std::uint32_t was = replay.rank(s);
    shift += ranks[s] > was ? ranks[s] - was : was - ranks[s];
  }
  out[0][row] = ranks.empty() ? 0 : shift / static_cast<double>(ranks.size());
  for (std::size_t w = 0; w < watched.size(); ++w) out[w + 1][row] = ranks[watched[w]];
}

}   // namespace

std::vector<std::pair<Index, Index>> sobol_indices(std::span<const double> a, std::span<const double> b,
                                                   std::span<const std::vector<double>> ab, std::uint64_t seed) {
  std::vector<std::uint32_t> rows(a.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  const Sums sums = moments(a, b, rows);
  std::vector<std::pair<double, double>> value;
  for (const auto& f : ab) value.push_back(indices(a, b, f, rows, sums));
  std::vector<std::vector<double>> first(ab.size()), total(ab.size());
  Random random = Random(seed).fork("resample");
  for (std::size_t r = 0; r < resamples; ++r) {
    for (auto& i : rows) i = static_cast<std::uint32_t>(random.below(a.size()));
    const Sums again = moments(a, b, rows);
    for (std::size_t f = 0; f < ab.size(); ++f) {
      const auto [s, t] = indices(a, b, ab[f], rows, again);
      first[f].push_back(s);
      total[f].push_back(t);
    }
  }
  std::vector<std::pair<Index, Index>> out;
  for (std::size_t f = 0; f < ab.size(); ++f)
    out.emplace_back(with_interval(value[f].first, first[f]), with_interval(value[f].second, total[f]));
  return out;
}

Result<Sensitivity> sensitivity(const Scheme& scheme, const Inputs& inputs, const Variation& variation,
                                std::size_t base, std::uint64_t seed, std::span<const std::uint32_t> watch,
                                Executor& executor, const RobustnessLimits& limits) {
  TRY(check_robustness(variation, base, inputs.places.size(),
                       limits));   // before the figures are scored; each run ranks all places
  TRY_ASSIGN(const auto replay, Replay::make(scheme, inputs, variation, seed, executor));
  const auto& factors = replay->factors();
  const std::size_t width = replay->coordinates(), variants = factors.size() + 2;
  TRY(check_robustness(variation, base * variants, inputs.places.size(), limits));
  std::vector<std::size_t> watched;
  std::vector<std::uint32_t> watched_places;
  for (const std::uint32_t place : watch) {
    for (std::size_t s = 0; s < replay->slots(); ++s) {
      if (replay->place(s) != place) continue;
      watched.push_back(s);
      watched_places.push_back(place);
    }
  }
  // values[variant][output][row]: A, B, then A with one factor's coordinates from B.
  std::vector<std::vector<std::vector<double>>> values(
      variants, std::vector<std::vector<double>>(1 + watched.size(), std::vector<double>(base)));
  const DesignPoints points(base, 2 * width, seed);
  parallel_for(executor, base, rows_a_task, [&](std::size_t begin, std::size_t end) {
    Worker worker(*replay);
    std::vector<std::uint32_t> ranks(replay->slots());
    std::vector<double> point(width);
    for (std::size_t row = begin; row < end; ++row) {
      const auto both = points[row];
      const auto a = both.first(width), b = both.subspan(width);
      for (std::size_t v = 0; v < variants; ++v) {
        const auto& from = v == 1 ? b : a;
        std::copy(from.begin(), from.end(), point.begin());
        if (v >= 2) {
          const FactorSpan& f = factors[v - 2];
          std::copy_n(b.begin() + static_cast<std::ptrdiff_t>(f.first), f.count,
                      point.begin() + static_cast<std::ptrdiff_t>(f.first));
        }
        worker.run(point, ranks.data());
        outputs_of(*replay, ranks, watched, row, values[v]);
      }
    }
  });
  Sensitivity out{variation, seed, base, base * variants, {}};
  out.outputs.resize(1 + watched.size());
  executor.run(out.outputs.size(), [&](std::size_t o) {
    SensitivityOutput& output = out.outputs[o];
    if (o > 0) output.place = watched_places[o - 1];
    std::vector<std::vector<double>> ab;
    for (std::size_t f = 0; f < factors.size(); ++f) ab.push_back(values[f + 2][o]);
    std::vector<std::uint32_t> rows(base);
    for (std::uint32_t i = 0; i < base; ++i) rows[i] = i;
    const Sums sums = moments(values[0][o], values[1][o], rows);
    output.mean = sums.mean;
    output.deviation = math::sqrt(sums.variance);
    const auto found = sobol_indices(values[0][o], values[1][o], ab, seed);
    for (std::size_t f = 0; f < factors.size(); ++f)
      output.factors.push_back({factors[f].factor, found[f].first, found[f].second});
  });
  return out;
}

}   // namespace gangmu::score
