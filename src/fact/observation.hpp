// SPDX-License-Identifier: Apache-2.0
// Observations (数据): indicator × place × period → a value or the reason there is none, with its source and grade.
// Zero is a value; a threshold (">12") is not. Missing, not applicable and withheld are three different things.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "base/period.hpp"
#include "base/result.hpp"

namespace gangmu::fact {

enum class CellState : std::uint8_t {
  missing,
  value,
  above,
  below,
  not_applicable,
  withheld
};   // empty, n, >n, <n, NA, WH
enum class ValueStatus : std::uint8_t { preliminary, revised, final };
enum class Grade : std::uint8_t { a, b, c, d };   ///< quality of the source; grade D never ranks

/// A cell as files write it: number | >n | <n | empty | NA | WH.
struct CellValue {
  CellState state = CellState::missing;
  std::int64_t units = 0;   ///< × 10^-(decimals of the indicator); 0 unless value, above or below

  /// Errors: cell_malformed, cell_too_precise (more decimals than the indicator has), gangmu number_overflow.
  static Result<CellValue> parse(std::string_view text, int decimals);
  [[nodiscard]] std::string text(int decimals) const;
  [[nodiscard]] bool is_number() const { return state == CellState::value; }
  bool operator==(const CellValue&) const = default;
};

struct Observation {
  PlaceId place;
  IndicatorCode indicator;
  int version = 1;   ///< version of the indicator's definition
  Period period;
  SourceId source;
  CellValue value;
  ValueStatus status = ValueStatus::final;
  Grade grade = Grade::a;
  std::string note;
  Seq seq;   ///< journal entry that brought it; the order of revisions
};

}   // namespace gangmu::fact
