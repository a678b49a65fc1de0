// SPDX-License-Identifier: Apache-2.0
// Preparation (数据准备): what is done to a leaf's figures before its function sees them, in this order.
//
//   panel: {reviewers: 7, least: 3, drop: 1}   the figure is the mean of the reviewers' points (C@review1 …) without
//   the `drop` highest
//                          and lowest; fewer than `least` reviews are no figure
//   tasks: {late: 50}      the figure is the per cent of tasks due (C@due) that were done (C@done), those done late
//   (C@late) counting
//                          `late` per cent; nothing due: not applicable
//   sample: {least: 300}   fewer asked (C@sample) than `least`: no figure
//   impute: {how: …}       a missing or withheld figure is estimated; it stays marked, is counted, and is varied in the
//   uncertainty run
//     mean, median         of the pool's figures                                     pool (class)
//     latest               own figure of an earlier year, the same part of the year  max_age (2 years)
//     linear               own past carried on along its least-squares line          max_age (5 years, two figures at
//     least) regression           from another indicator, least squares over all places     on: CODE (three places at
//     least)
//   treatment: {how: …}    outliers and skew over all places taking part; only for functions that compare with a pool
//   of this period
//     winsorise            extremes to the next value until the trigger rests        most (5 places)
//     quantiles            to the lower and upper quantile                           lo (5), hi (95), per cent
//     log                  ln(x − min + 1 % of the range), mirrored for a left tail
//     winsorise_or_log     winsorise; where that does not settle it, log of the untouched figures
//     box_cox              (x^λ − 1) / λ, λ given or of greatest likelihood          lambda
//     skewness (2), kurtosis (3.5): a column is treated only where both are passed; always: true treats it anyway
//
// log and box_cox change the unit, so only min_max, z, peer and percentile may follow them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "score/function.hpp"

namespace gangmu::score {

enum class ImputationKind : std::uint8_t { none, mean, median, latest, linear, regression };
struct Imputation {
  ImputationKind kind = ImputationKind::none;
  Pool pool = Pool::cls;   ///< mean, median
  int max_age = 0;         ///< latest, linear: years
  IndicatorCode on;        ///< regression
  bool operator==(const Imputation&) const = default;
};

enum class TreatmentKind : std::uint8_t { none, winsorise, quantiles, log, winsorise_or_log, box_cox };
struct Treatment {
  TreatmentKind kind = TreatmentKind::none;
  Decimal skewness{2, 0}, kurtosis{35, 1};
  bool always = false;             ///< whatever the trigger says
  int most = 5;                    ///< winsorise: places at most
  Decimal lo{5, 0}, hi{95, 0};     ///< quantiles, per cent
  std::optional<Decimal> lambda;   ///< box_cox
  bool operator==(const Treatment&) const = default;
  /// The unit is no longer the indicator's.
  [[nodiscard]] bool changes_unit() const {
    return kind == TreatmentKind::log || kind == TreatmentKind::winsorise_or_log || kind == TreatmentKind::box_cox;
  }
};

struct Panel {
  int reviewers = 0, least = 1, drop = 0;
  bool operator==(const Panel&) const = default;
};

struct Preparation {
  Panel panel;                         ///< reviewers > 0
  std::optional<Decimal> tasks_late;   ///< per cent that a late task counts
  int sample_least = 0;                ///< 0: not a sample
  Imputation imputation;
  Treatment treatment;
  bool operator==(const Preparation&) const = default;
  [[nodiscard]] bool any() const { return *this != Preparation{}; }
};

}   // namespace gangmu::score
