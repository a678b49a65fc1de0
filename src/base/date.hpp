// SPDX-License-Identifier: Apache-2.0
// Civil dates and instants. Time is +08:00 unless the programme says otherwise; clocks are passed in, never read here.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu {

/// A civil date of the proleptic Gregorian calendar, stored as days since 1970-01-01.
struct Date {
  std::int32_t days = 0;

  static Result<Date> of(int year, int month, int day);   ///< error: date_impossible
  static Result<Date> parse(std::string_view text);       ///< "2023-06-16" or "20230616"
  [[nodiscard]] int year() const;
  [[nodiscard]] int month() const;          ///< 1…12
  [[nodiscard]] int day() const;            ///< 1…31
  [[nodiscard]] int weekday() const;        ///< ISO: 1 = Monday … 7 = Sunday
  [[nodiscard]] std::string text() const;   ///< "2023-06-16"
  [[nodiscard]] Date plus_days(int n) const { return {days + n}; }
  auto operator<=>(const Date&) const = default;
};

/// Number of days in the month (28…31).
int days_in_month(int year, int month);

/// An instant, microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t micros = 0;
  /// RFC 3339 with offset: "2023-06-16T09:30:00+08:00", "…00.123Z"; past microseconds is cut. Error: instant_malformed.
  static Result<Instant> parse(std::string_view text);
  [[nodiscard]] std::string text() const;   ///< RFC 3339 at +08:00, whole seconds unless micros are set
  [[nodiscard]] Date date() const;          ///< civil date at +08:00
  auto operator<=>(const Instant&) const = default;
};

/// The one way to know the time. main hands out the system's; tests hand out their own.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

}   // namespace gangmu
