// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.hpp"

#include <algorithm>
#include <set>

#include "base/errors.hpp"

namespace gangmu {
namespace {

std::size_t index(std::int32_t n) { return static_cast<std::size_t>(n); }

tl::unexpected<Error> unpublished(Date date) {
  return fail(errors::calendar_unpublished, {std::to_string(date.year())});
}

}   // namespace

Result<Calendar> Calendar::of(int first_year, int last_year, const std::vector<Exception>& exceptions) {
  TRY_ASSIGN(const Date begin, Date::of(first_year, 1, 1));
  TRY_ASSIGN(const Date last, Date::of(last_year, 12, 31));
  Calendar out;
  out.begin_ = begin;
  for (Date d = begin; d <= last; d = d.plus_days(1)) out.off_.push_back(d.weekday() > 5 ? 1 : 0);
  Diagnostics faults;
  std::set<Date> seen;
  for (const Exception& e : exceptions) {
    if (e.date < begin || e.date > last) {
      faults.push_back({&errors::calendar_day_outside, {e.date.text()}, {}});
    } else if (!seen.insert(e.date).second) {
      faults.push_back({&errors::calendar_duplicate_day, {e.date.text()}, {}});
    } else {
      out.off_[index(e.date.days - begin.days)] = e.off ? 1 : 0;
    }
  }
  if (!faults.empty()) return fail(std::move(faults));
  out.working_.assign(1, 0);
  for (const std::uint8_t off : out.off_) out.working_.push_back(out.working_.back() + (off == 0 ? 1 : 0));
  return out;
}

DayKind Calendar::kind(Date date) const {
  if (date < begin_ || date >= end()) return DayKind::unpublished;
  return off_[index(date.days - begin_.days)] != 0 ? DayKind::off : DayKind::working;
}

Date Calendar::end() const { return begin_.plus_days(static_cast<int>(off_.size())); }

Result<Date> Calendar::add_working_days(Date start, int n) const {
  if (n <= 0) return start;
  const Date first = start.plus_days(1);
  if (first < begin_ || first >= end()) return unpublished(first);
  const auto from = working_.begin() + (first.days - begin_.days);
  if (n > working_.back() - *from) return unpublished(end());
  const auto found = std::lower_bound(from, working_.end(), *from + n);
  return begin_.plus_days(static_cast<int>(found - working_.begin()) - 1);
}

Result<int> Calendar::working_days_between(Date from, Date to) const {
  if (to == from) return 0;
  if (to < from) {
    TRY_ASSIGN(const int days, working_days_between(to, from));
    return -days;
  }
  if (kind(from.plus_days(1)) == DayKind::unpublished) return unpublished(from.plus_days(1));
  if (kind(to) == DayKind::unpublished) return unpublished(to < begin_ ? to : std::max(to, end()));
  const auto before = [&](Date d) { return working_[index(d.days + 1 - begin_.days)]; };
  return before(to) - before(from);
}

}   // namespace gangmu
