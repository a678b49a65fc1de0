// SPDX-License-Identifier: Apache-2.0
// Working days. A year's days are known only once the State Council has published its notice: until then a day is
// *unpublished*, and a due date that would fall on one is an error, not a guess.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace gangmu {

enum class DayKind : std::uint8_t { working, off, unpublished };

class Calendar {
 public:
  struct Exception {
    Date date;
    bool off = false;   ///< false: a make-up working day
  };
  /// Whole years [first_year, last_year] are published; exceptions override the weekday rule (Mon–Fri work).
  /// Errors: calendar_duplicate_day, calendar_day_outside, all of them. A default Calendar has no published day.
  static Result<Calendar> of(int first_year, int last_year, const std::vector<Exception>& exceptions);

  [[nodiscard]] DayKind kind(Date date) const;
  /// The n-th working day after `start`, which itself does not count; n ≤ 0 gives start. Error: calendar_unpublished
  /// names the first year that is not known.
  [[nodiscard]] Result<Date> add_working_days(Date start, int n) const;
  /// Working days in (from, to]; minus those in (to, from] when to lies before. Error: calendar_unpublished.
  [[nodiscard]] Result<int> working_days_between(Date from, Date to) const;

 private:
  [[nodiscard]] Date end() const;   ///< first day after the published ones
  Date begin_{};
  std::vector<std::uint8_t> off_;       ///< one a day from begin_
  std::vector<std::int32_t> working_;   ///< prefix sums, size off_.size() + 1
};

}   // namespace gangmu
