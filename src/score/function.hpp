// SPDX-License-Identifier: Apache-2.0
// Scoring functions (计分办法): how one indicator's value becomes points, 0…100 unless a cap says otherwise.
//
//   fn         points                                                                    parameters (default)
//   lin        0 at lo, 100 at hi, a straight line between, clamped; lo > hi: less is better   lo hi
//   target     100 × value / target in [0, cap]; direction down: target / value;               cap (100) [target]
//              direction exact: 100 × (1 − |value − target| / target)
//   self       lin applied to the change against the unit's own base: percentage points for    base lo hi
//              percent indicators, per cent of the base for others
//   min_max    0 at the pool's worst, 100 at its best (by direction), clamped                  pool (all) [of]
//   peer       100 × (n − rank + 0.5) / n among the pool's n values; ties share the mean rank  pool (class)
//   z          mean 50, 10 points a standard deviation (n − 1), clamped to 0…100              pool (all) [of]
//   percentile 100 × (values worse + half of the others equal) / (n − 1)                       pool (all)
//   mean_zone  above mean + zone: 100, below mean − zone: 0, between: 50; zone in % of the     pool (all) zone (0)
//              mean's size
//   relative   100 × value / reference in [0, cap], reference = the pool's best or mean, or    to: best|mean, pool
//   (all) cap (100)
//              the unit's own base, or its named peer's figure; down: reference / value        | to: own, base | to:
//              peer
//   step       points of the last step reached: at least the threshold when thresholds rise,   steps: [[threshold,
//   points], …]
//              at most when they fall; none reached: 0
//   category   points of exactly this value; a value that is not listed is a missing score     steps: [[value, points],
//   …] either     the best of the listed functions                                                 any: […] mix
//   weighted mean of the listed functions                                            parts: [{…, weight}, …]
//
// Pools: `all` places of the assessment, the place's `class`, its `group` (its county, or whatever the caller groups
// by). A pool may be taken `of` another period (last_year …): then its bounds are frozen against this year's
// corrections. Bounds frozen by hand are `lin`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "base/period.hpp"
#include "score/weight.hpp"

namespace gangmu::score {

enum class FunctionKind : std::uint8_t {
  lin,
  target,
  self,
  min_max,
  peer,
  z,
  percentile,
  mean_zone,
  relative,
  step,
  category,
  either,
  mix
};
enum class Pool : std::uint8_t { all, cls, group };
enum class RelativeTo : std::uint8_t { best, mean, own, peer };

/// Which earlier figure a value is compared with. In YAML: last_year, same_period_last_year, previous, 3_years_ago (the
/// same part of that year), or a period ("2020").
enum class BaseKind : std::uint8_t { last_year, same_period_last_year, previous, fixed, years_ago };
struct Base {
  BaseKind kind = BaseKind::last_year;
  Period period;   ///< of `fixed`
  int years = 0;   ///< of `years_ago`

  static Base years_ago(int years) { return {BaseKind::years_ago, {}, years}; }

  [[nodiscard]] Period of(Period assessed) const;   ///< the earlier period meant when `assessed` is being assessed
  [[nodiscard]] std::string text() const;
  bool operator==(const Base&) const = default;
};

/// One column of figures that a scheme reads, in the order of Scheme::columns: the caller fills one value a place.
/// In files the use stands behind the code: C@target (the place's own target), C@peer (its named peer's figure),
/// C@review1 … (a reviewer's points), C@sample (how many were asked), C@due, C@done, C@late (tasks).
enum class ColumnUse : std::uint8_t { value, base, target, peer, review, sample, due, done, late };
std::string_view column_use_name(ColumnUse use);
struct Column {
  IndicatorCode indicator;
  ColumnUse use = ColumnUse::value;
  Base base;      ///< when use = base
  int part = 0;   ///< when use = review: 1, 2, …
  [[nodiscard]] Period period(Period assessed) const { return use == ColumnUse::base ? base.of(assessed) : assessed; }
  bool operator==(const Column&) const = default;
};

struct Step {
  Decimal threshold, points;
  bool operator==(const Step&) const = default;
};

struct Function {
  FunctionKind kind = FunctionKind::lin;
  std::optional<Decimal> lo, hi;   ///< lin, self
  std::optional<Decimal> cap;      ///< target, relative
  std::optional<Decimal> target;   ///< the same target for every place; without it the target column is read
  std::optional<Decimal> zone;     ///< mean_zone
  std::optional<Weight> weight;    ///< as a part of `mix`
  std::optional<Pool> pool;
  std::optional<Base> base;   ///< self, relative to own
  std::optional<Base> of;     ///< pool taken of this period
  RelativeTo to = RelativeTo::best;
  std::vector<Step> steps;       ///< step, category
  std::vector<Function> parts;   ///< either, mix
  bool operator==(const Function&) const = default;

  /// Compares with the other members of the class, so a class that is too small makes it noise.
  [[nodiscard]] bool compares_in_class() const;
  /// The same with every comparison inside the class replaced.
  [[nodiscard]] Function without_class_comparison(const Function& fallback) const;
};

}   // namespace gangmu::score
