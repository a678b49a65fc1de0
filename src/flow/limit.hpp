// SPDX-License-Identifier: Apache-2.0
// Lawful limits (时限) by date of validity, each with its citation. Clocks refer to a limit by id, so that a change of
// the law touches no flow: a clock takes the row that is valid on the day it starts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace gangmu::flow {

/// d: calendar days, the day it starts not counted, to the end of the last one (Civil Code art. 201–203). wd: working
/// days, counted likewise. h, min: from the minute it starts. wh: within office hours. A unit is never guessed from the
/// number.
enum class TimeUnit : std::uint8_t { d, wd, h, wh, min };
std::optional<TimeUnit> time_unit(std::string_view text);
std::string_view text_of(TimeUnit unit);
/// Budgets and what is consumed are counted in days (d, wd) or minutes (h, wh, min).
inline bool in_days(TimeUnit unit) { return unit == TimeUnit::d || unit == TimeUnit::wd; }
inline std::int64_t quanta(std::int64_t n, TimeUnit unit) {
  return unit == TimeUnit::h || unit == TimeUnit::wh ? n * 60 : n;
}

struct Span {
  std::int64_t n = 0;   ///< in `unit`
  TimeUnit unit = TimeUnit::d;
  [[nodiscard]] std::int64_t quanta() const { return flow::quanta(n, unit); }
  [[nodiscard]] std::string text() const;   ///< "5wd"
  bool operator==(const Span&) const = default;
};

struct LimitRow {
  std::string id{};
  Span span{};
  Date from{};
  std::optional<Date> to{};   ///< last day of validity; none: still valid
  std::string citation{};
  std::optional<Span> extension{};
  int extensions = 0;
  Position where{};
};

class Limits {
 public:
  Limits() = default;
  /// Error: limit_overlaps, all of them.
  static Result<Limits> of(std::vector<LimitRow> rows);
  [[nodiscard]] bool knows(std::string_view id) const;
  [[nodiscard]] const LimitRow* valid(std::string_view id, Date on) const;
  [[nodiscard]] std::vector<std::string> ids() const;

 private:
  std::vector<LimitRow> rows_;   ///< by id, then from
};

}   // namespace gangmu::flow
