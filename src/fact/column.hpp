// SPDX-License-Identifier: Apache-2.0
// A column: one indicator × period over all places. Its cells and their partials, and, for a ratio or weighted mean,
// the partials of its pairs. A series is an indicator's columns in order of period.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "fact/cube.hpp"
#include "fact/page.hpp"
#include "fact/paged.hpp"

namespace gangmu::fact {

struct Column {
  Paged<CellPage> cells;
  Paged<PairPage> pairs;
};

struct Series {
  std::vector<Period> periods;   ///< in order
  std::vector<Column> columns;   ///< one a period

  [[nodiscard]] const Column* find(const Period& period) const;
};

/// The two parts of a ratio or weighted mean. For weighted the numerator is the indicator itself.
struct Parts {
  IndicatorIndex numerator = no_indicator;
  IndicatorIndex denominator = no_indicator;
  bool usable = false;   ///< both are known and can be parts
  bool paired = false;   ///< both are entered at `level`: like-for-like pairs are kept
  place::Level level = place::Level::village;
};

/// The indicators and how they hang together.
class Catalogue {
 public:
  /// Error: duplicate_indicator.
  static Result<std::shared_ptr<const Catalogue>> of(std::vector<Indicator> indicators);

  [[nodiscard]] const std::vector<Indicator>& indicators() const { return indicators_; }
  [[nodiscard]] const Indicator& operator[](IndicatorIndex i) const { return indicators_[i]; }
  [[nodiscard]] IndicatorIndex find(const IndicatorCode& code) const;
  [[nodiscard]] const Parts& parts(IndicatorIndex i) const { return parts_[i]; }
  /// Ratios and weighted means that have `i` as a part (a weighted mean is a part of itself).
  [[nodiscard]] const std::vector<IndicatorIndex>& dependents(IndicatorIndex i) const { return dependents_[i]; }
  [[nodiscard]] bool weighted(IndicatorIndex i) const { return indicators_[i].aggregation == Aggregation::weighted; }

 private:
  [[nodiscard]] Parts parts_of(IndicatorIndex i) const;

  std::vector<Indicator> indicators_;
  std::unordered_map<IndicatorCode, IndicatorIndex> by_code_;
  std::vector<Parts> parts_;
  std::vector<std::vector<IndicatorIndex>> dependents_;
};

}   // namespace gangmu::fact
