// SPDX-License-Identifier: Apache-2.0
// The times named in a due, put on the calendar one behind the other. Inside of due.cpp.
#pragma once

#include <optional>
#include <vector>

#include "plan/due_moment.hpp"

namespace gangmu::plan {

/// A time with its place on the calendar: the first and the last day it names. Years count from 0 while none is known.
struct Placed {
  Moment moment;
  int year = 0;
  bool floating = false;   ///< the year is that of the ledger, which is not known

  [[nodiscard]] int months() const {
    return moment.kind == DueKind::year      ? 12
           : moment.kind == DueKind::half    ? 6
           : moment.kind == DueKind::quarter ? 3
                                             : 1;
  }
  [[nodiscard]] int last_month() const { return moment.kind == DueKind::year ? 12 : moment.part * months(); }
  [[nodiscard]] int day_number(int month, int day) const { return (year * 12 + month) * 32 + day; }
  [[nodiscard]] int first() const {
    return day_number(last_month() - months() + 1, moment.kind == DueKind::date ? moment.day : 1);
  }
  [[nodiscard]] int last() const { return day_number(last_month(), moment.kind == DueKind::date ? moment.day : 31); }
};

/// The last time of all, with its year; nullopt when it stays ambiguous. A time without a year is of the year of the
/// one before it, the first of all of `context`.
std::optional<Placed> last_placed(std::vector<Moment> moments, std::optional<int> context);

}   // namespace gangmu::plan
