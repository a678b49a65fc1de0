// SPDX-License-Identifier: Apache-2.0
#include "flow/clock.hpp"

#include <algorithm>

namespace gangmu::flow {
namespace {

constexpr std::int64_t minute = 60'000'000, day_minutes = 24 * 60;
constexpr std::int64_t offset_minutes = 8 * 60;   // +08:00

std::int64_t minutes_of(Instant at) {   // since 1970-01-01 00:00 at +08:00
  const std::int64_t since = at.micros / minute + offset_minutes;
  return at.micros % minute < 0 ? since - 1 : since;
}
Instant instant_of(std::int64_t minutes) { return {(minutes - offset_minutes) * minute}; }
Date day_of(std::int64_t minutes) { return {static_cast<std::int32_t>(minutes / day_minutes)}; }
std::int64_t midnight(Date day) { return day.days * day_minutes; }

std::optional<Date> working_day_from(Date day, const Calendar& calendar) {
  while (calendar.kind(day) == DayKind::off) day = day.plus_days(1);
  return calendar.kind(day) == DayKind::working ? std::optional(day) : std::nullopt;
}

std::int64_t office_minutes(const OfficeHours& hours, std::int64_t from, std::int64_t to) {   // minutes of one day
  std::int64_t out = 0;
  for (const auto& shift : hours.shifts)
    out += std::max<std::int64_t>(0, std::min<std::int64_t>(to, shift.to) - std::max<std::int64_t>(from, shift.from));
  return out;
}

/// The minute of the day at which `n` more office minutes have passed since `from`.
std::int64_t minute_after(const OfficeHours& hours, std::int64_t from, std::int64_t n) {
  for (const auto& shift : hours.shifts) {
    const std::int64_t begin = std::max<std::int64_t>(from, shift.from);
    const std::int64_t held = std::max<std::int64_t>(0, shift.to - begin);
    if (n <= held) return begin + n;
    n -= held;
  }
  return day_minutes;
}

std::optional<Instant> office_later(std::int64_t since, std::int64_t n, const Timing& timing) {
  Date day = day_of(since);
  std::int64_t from = since - midnight(day);
  for (;; day = day.plus_days(1), from = 0) {
    const DayKind kind = timing.calendar.kind(day);
    if (kind == DayKind::unpublished) return std::nullopt;
    if (kind == DayKind::off) continue;
    const std::int64_t held = office_minutes(timing.hours, from, day_minutes);
    if (n <= held && held > 0) return instant_of(midnight(day) + minute_after(timing.hours, from, n));
    n -= held;
  }
}

std::optional<std::int64_t> office_between(std::int64_t since, std::int64_t now, const Timing& timing) {
  std::int64_t out = 0;
  for (Date day = day_of(since); midnight(day) < now; day = day.plus_days(1)) {
    const DayKind kind = timing.calendar.kind(day);
    if (kind == DayKind::unpublished) return std::nullopt;
    if (kind == DayKind::working)
      out += office_minutes(timing.hours, std::max<std::int64_t>(0, since - midnight(day)),
                            std::min(day_minutes, now - midnight(day)));
  }
  return out;
}

void set_due(ClockState& clock, const Timing& timing) {
  if (clock.fixed) return;
  clock.due = clock.running_since
                  ? later(*clock.running_since, clock.budget - clock.consumed, clock.unit, clock.roll, timing)
                  : std::nullopt;
}

}   // namespace

Instant end_of(Date day) { return instant_of(midnight(day.plus_days(1))); }

std::optional<Instant> later(Instant since, std::int64_t quanta, TimeUnit unit, bool roll, const Timing& timing) {
  const std::int64_t from = minutes_of(since);
  switch (unit) {
    case TimeUnit::d: {
      std::optional<Date> day = day_of(from).plus_days(static_cast<int>(quanta));
      if (roll) day = working_day_from(*day, timing.calendar);
      return day ? std::optional(end_of(*day)) : std::nullopt;
    }
    case TimeUnit::wd: {
      const auto day = timing.calendar.add_working_days(day_of(from), static_cast<int>(quanta));
      return day ? std::optional(end_of(*day)) : std::nullopt;
    }
    case TimeUnit::h:
    case TimeUnit::min: return Instant{since.micros + quanta * minute};
    case TimeUnit::wh: return office_later(from, quanta, timing);
  }
  return std::nullopt;
}

std::optional<std::int64_t> between(Instant since, Instant now, TimeUnit unit, const Timing& timing) {
  const std::int64_t from = minutes_of(since), to = std::max(from, minutes_of(now));
  switch (unit) {
    case TimeUnit::d: return day_of(to).days - day_of(from).days;
    case TimeUnit::wd: {
      const auto days = timing.calendar.working_days_between(day_of(from), day_of(to));
      return days ? std::optional<std::int64_t>(*days) : std::nullopt;
    }
    case TimeUnit::h:
    case TimeUnit::min: return to - from;
    case TimeUnit::wh: return office_between(from, to, timing);
  }
  return std::nullopt;
}

ClockState started(const Span& budget, bool roll, Instant now, const Timing& timing) {
  ClockState out{.budget = budget.quanta(), .unit = budget.unit, .roll = roll, .running_since = now};
  set_due(out, timing);
  return out;
}

ClockState started_until(Instant due, Instant now) {
  return {.budget = 0, .unit = TimeUnit::min, .fixed = true, .running_since = now, .due = due};
}

ClockState paused(ClockState clock, Instant now, const Timing& timing) {
  if (!clock.running_since) return clock;
  clock.consumed += between(*clock.running_since, now, clock.unit, timing).value_or(0);
  clock.running_since.reset();
  if (!clock.fixed) clock.due.reset();
  return clock;
}

ClockState resumed(ClockState clock, Instant now, const Timing& timing) {
  if (clock.running_since) return clock;
  clock.running_since = now;
  set_due(clock, timing);
  return clock;
}

ClockState extended(ClockState clock, const Span& by, const Timing& timing) {
  clock.budget += by.quanta();
  ++clock.extensions;
  set_due(clock, timing);
  return clock;
}

ClockState refreshed(ClockState clock, const Timing& timing) {
  if (!clock.due) set_due(clock, timing);
  return clock;
}

std::optional<Instant> moment(const ClockState& clock, const RungAt& at, const Timing& timing) {
  if (!clock.running_since) return std::nullopt;
  if (at.share) {
    if (clock.budget == 0 || at.percent == 100) return clock.due;
    const std::int64_t used = (clock.budget * at.percent + 99) / 100 - clock.consumed;
    return later(*clock.running_since, std::max<std::int64_t>(0, used), clock.unit, clock.roll, timing);
  }
  if (!clock.due) return std::nullopt;
  const Instant last{clock.due->micros - 1};   // the due day itself, not the midnight that ends it
  const std::int64_t n = at.offset.quanta();
  if (n >= 0) {
    const Instant since = in_days(at.offset.unit) ? last : *clock.due;
    return later(since, n, at.offset.unit, false, timing);
  }
  if (!in_days(at.offset.unit)) return Instant{clock.due->micros + n * minute};
  Date day = last.date();
  for (std::int64_t left = -n; left > 0;) {   // so many days before the due day, from its morning on
    day = day.plus_days(-1);
    if (at.offset.unit == TimeUnit::d || timing.calendar.kind(day) == DayKind::working) --left;
    if (timing.calendar.kind(day) == DayKind::unpublished && at.offset.unit == TimeUnit::wd) return std::nullopt;
  }
  return instant_of(midnight(day));
}

}   // namespace gangmu::flow
