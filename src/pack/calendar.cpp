// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.hpp"

#include <algorithm>

#include "pack/errors.hpp"
#include "pack/pack.hpp"

namespace gangmu::pack {

Result<Calendar> calendar_of(const Definition& definition) {
  std::vector<Calendar::Exception> days;
  int first = 0, last = -1;
  if (const auto* list = definition.body["days"].array())
    for (const Json& day : *list) {
      TRY_ASSIGN(const Date date, Date::parse(day["date"].string_or("")));
      days.push_back({date, day["off"].boolean_or(false)});
      if (date.month() != 1 || date.day() != 1) continue;
      if (last < first) first = last = date.year();
      first = std::min(first, date.year());
      last = std::max(last, date.year());
    }
  if (last < first) return fail(errors::calendar_years, {definition.id});
  std::erase_if(days,
                [&](const Calendar::Exception& day) { return day.date.year() < first || day.date.year() > last; });
  return Calendar::of(first, last, days);
}

}   // namespace gangmu::pack
