// SPDX-License-Identifier: Apache-2.0
// A clock of one matter: how much time it has (budget), how much is used up (consumed), since when it runs, and when it
// is due. Pausing moves what ran into `consumed`, so the sum of running and paused time is the time on the wall. The
// due moment moves by pause, extension and a published calendar year only. Counting is in days (d, wd) or minutes (h,
// wh, min).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/calendar.hpp"
#include "base/date.hpp"
#include "base/result.hpp"
#include "flow/limit.hpp"

namespace gangmu::flow {

/// When an office works, in minutes of the day, in order; for hours counted within office hours.
struct OfficeHours {
  struct Shift {
    int from = 0, to = 0;
  };
  std::vector<Shift> shifts{{8 * 60 + 30, 12 * 60}, {14 * 60 + 30, 17 * 60 + 30}};
};

struct Timing {
  const Calendar& calendar;
  OfficeHours hours{};
};

struct ClockState {
  std::int64_t budget = 0, consumed = 0;   ///< in days or minutes
  TimeUnit unit = TimeUnit::d;
  bool roll = false;                        ///< a due day that is off moves to the next working day
  bool fixed = false;                       ///< due on a day agreed on, which a pause does not move
  std::optional<Instant> running_since{};   ///< none: paused
  std::optional<Instant> due{};             ///< none: paused (unless fixed), or beyond the published calendar
  int run = 1;                              ///< how often it was started
  int rungs = 0;                            ///< of the ladder, fired in this run
  int extensions = 0;
  bool operator==(const ClockState&) const = default;
};

/// The end of the civil day (+08:00) after which a day-clock is late.
Instant end_of(Date day);
/// From `since` on, `quanta` later. nullopt: beyond the published calendar.
std::optional<Instant> later(Instant since, std::int64_t quanta, TimeUnit unit, bool roll, const Timing& timing);
/// How much ran from `since` to `now`. nullopt: beyond the published calendar.
std::optional<std::int64_t> between(Instant since, Instant now, TimeUnit unit, const Timing& timing);

ClockState started(const Span& budget, bool roll, Instant now, const Timing& timing);
/// A clock until a day (or moment) that was agreed on.
ClockState started_until(Instant due, Instant now);
/// Shape: running. A clock beyond the calendar consumes what the calendar knows.
ClockState paused(ClockState clock, Instant now, const Timing& timing);
ClockState resumed(ClockState clock, Instant now, const Timing& timing);
ClockState extended(ClockState clock, const Span& by, const Timing& timing);
/// The due moment anew, after a calendar year was published: only a clock that had none gets one.
ClockState refreshed(ClockState clock, const Timing& timing);

/// 80 % of the budget, or an offset from the due moment.
struct RungAt {
  bool share = true;
  int percent = 100;
  Span offset{};   ///< n may be negative
};
/// When that rung is reached, if the clock runs and it can be told.
std::optional<Instant> moment(const ClockState& clock, const RungAt& at, const Timing& timing);

}   // namespace gangmu::flow
