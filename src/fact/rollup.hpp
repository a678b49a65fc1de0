// SPDX-License-Identifier: Apache-2.0
// The function behind `gangmu rollup`: rows of text in, rows for every place at or above the entry level out.
//
//   place,indicator,period,value                 →  place,indicator,period,value,reported,expected
//   990101001001,V-COL-01,2023,12.50                990101001000,V-COL-01,2023,30.75,2,3
//
// The caller has read the files: places into Frames, indicators with their versions, each line of values into a FactRow
// with its position. A period is read in its own frame and under its own definitions (ground.hpp). Order of the answer:
// indicators as given, periods in order, places of the frame depth first.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/parallel.hpp"
#include "fact/cube.hpp"
#include "fact/ground.hpp"

namespace gangmu::fact {

struct FactRow {
  std::string place;       ///< code
  std::string indicator;   ///< code
  std::string period;
  std::string value;   ///< number | >n | <n | empty | NA | WH
  Position where;
};

struct RollupRow {
  std::string place;   ///< code, on the last day of the period
  std::string indicator;
  Period period;
  place::Level level = place::Level::village;
  /// Exact values with the decimals of the indicator, real ones rounded half-up to them. Empty when there is none. At
  /// the entry level a cell that is no number stands as it was given.
  std::string value;
  std::uint32_t reported = 0;
  std::uint32_t expected = 0;
  bool operator==(const RollupRow&) const = default;
};

/// A `reported` indicator gives a row only where it was reported. A ratio gives rows for the places its parts give.
/// Errors, all at once, with the position of the row: unknown_place, place_not_then, unknown_indicator,
/// period_malformed, cell_malformed, cell_too_precise, duplicate_fact; rollup_overflow at the first row that takes
/// part; duplicate_indicator.
Result<std::vector<RollupRow>> rollup(std::shared_ptr<const place::Frames> frames,
                                      std::vector<IndicatorVersions> indicators, std::span<const FactRow> facts,
                                      Executor& executor);
/// The same for one tree and one definition each.
Result<std::vector<RollupRow>> rollup(std::shared_ptr<const place::Tree> tree, std::vector<Indicator> indicators,
                                      std::span<const FactRow> facts, Executor& executor);

}   // namespace gangmu::fact
