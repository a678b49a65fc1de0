// SPDX-License-Identifier: Apache-2.0
#include "base/date.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"

namespace gangmu {
namespace {

TEST(Date, CountsDaysFromNineteenSeventy) {
  EXPECT_EQ(Date::parse("1970-01-01")->days, 0);
  EXPECT_EQ(Date::parse("2000-03-01")->days, 11017);
  EXPECT_EQ(Date::parse("20230616")->text(), "2023-06-16");
  EXPECT_EQ(Date::parse("1969-12-31")->days, -1);
}

TEST(Date, RefusesDaysThatNeverWere) {
  for (const std::string_view text :
       {"2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-6-16", "2023/06/16", "2023-0616",
        "202306-16", "0000-01-01", "2023-06-16 ", "2023-06-00", ""})
    EXPECT_TRUE(Date::parse(text).error().is(errors::date_impossible)) << text;
  EXPECT_TRUE(Date::parse("2000-02-29"));
}

TEST(Date, EveryDayOfFourCenturiesFollowsTheOneBefore) {
  int year = 1800, month = 1, day = 1;
  Date date = Date::of(year, month, day).value();
  int weekday = 3;   // 1 January 1800 was a Wednesday
  while (year < 2201) {
    ASSERT_TRUE(date.year() == year && date.month() == month && date.day() == day) << date.text();
    ASSERT_EQ(Date::of(year, month, day).value(), date);
    ASSERT_EQ(date.weekday(), weekday) << date.text();
    date = date.plus_days(1);
    weekday = weekday % 7 + 1;
    if (++day > days_in_month(year, month)) {
      day = 1;
      if (++month > 12) {
        month = 1;
        ++year;
      }
    }
  }
}

TEST(Date, SpansTheWholeCalendar) {
  EXPECT_EQ(Date::parse("0001-01-01")->text(), "0001-01-01");
  EXPECT_EQ(Date::parse("9999-12-31")->text(), "9999-12-31");
}

TEST(Instant, IsShownAtPlusEight) {
  const struct {
    std::string_view in, out, date;
  } rows[] = {
      {"1970-01-01T00:00:00Z", "1970-01-01T08:00:00+08:00", "1970-01-01"},
      {"2023-06-16T09:30:00+08:00", "2023-06-16T09:30:00+08:00", "2023-06-16"},
      {"2023-06-16T23:30:00-05:30", "2023-06-17T13:00:00+08:00", "2023-06-17"},
      {"2023-06-16T16:00:00Z", "2023-06-17T00:00:00+08:00", "2023-06-17"},
      {"2023-06-16T15:59:59.999999Z", "2023-06-16T23:59:59.999999+08:00", "2023-06-16"},
      {"2023-06-16t09:30:00.5+08:00", "2023-06-16T09:30:00.500000+08:00", "2023-06-16"},
      {"2023-06-16T09:30:00.123456789+08:00", "2023-06-16T09:30:00.123456+08:00", "2023-06-16"},
      {"1969-12-31T23:59:59.5Z", "1970-01-01T07:59:59.500000+08:00", "1970-01-01"},
      {"1949-10-01T15:00:00+08:00", "1949-10-01T15:00:00+08:00", "1949-10-01"},
  };
  for (const auto& row : rows) {
    const Instant instant = Instant::parse(row.in).value();
    EXPECT_EQ(instant.text(), row.out);
    EXPECT_EQ(instant.date().text(), row.date);
    EXPECT_EQ(Instant::parse(instant.text()).value(), instant);
  }
}

TEST(Instant, RefusesWhatIsNotRfc3339) {
  for (const std::string_view text :
       {"", "2023-06-16", "2023-06-16T09:30:00", "2023-06-16T24:00:00Z", "2023-06-16T09:60:00Z", "2023-06-16T09:30Z",
        "2023-02-30T09:30:00Z", "2023-06-16T09:30:00.Z", "20230616T093000Z", "2023-06-16T09:30:00+8:00",
        "2023-06-16T09:30:00+0800", "2023-06-16T09:30:00Z "})
    EXPECT_TRUE(Instant::parse(text).error().is(errors::instant_malformed)) << text;
}

}   // namespace
}   // namespace gangmu
