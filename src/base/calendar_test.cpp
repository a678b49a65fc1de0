// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"
#include "base/random.hpp"

namespace gangmu {
namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

/// 2023 with the days round 1 October as the State Council set them: 29 September to 6 October off, 7 and 8 October
/// worked.
Calendar autumn() {
  std::vector<Calendar::Exception> exceptions;
  for (Date d = day("2023-09-29"); d <= day("2023-10-06"); d = d.plus_days(1)) exceptions.push_back({d, true});
  exceptions.push_back({day("2023-10-07"), false});
  exceptions.push_back({day("2023-10-08"), false});
  return Calendar::of(2023, 2023, exceptions).value();
}

TEST(Calendar, KnowsThreeKindsOfDays) {
  const Calendar c = autumn();
  EXPECT_EQ(c.kind(day("2023-09-28")), DayKind::working);
  EXPECT_EQ(c.kind(day("2023-10-02")), DayKind::off);       // a Monday
  EXPECT_EQ(c.kind(day("2023-10-07")), DayKind::working);   // a Saturday
  EXPECT_EQ(c.kind(day("2023-09-23")), DayKind::off);       // an ordinary Saturday
  EXPECT_EQ(c.kind(day("2024-01-01")), DayKind::unpublished);
  EXPECT_EQ(c.kind(day("2022-12-31")), DayKind::unpublished);
  EXPECT_EQ(Calendar().kind(day("2023-01-01")), DayKind::unpublished);
}

TEST(Calendar, AddsWorkingDaysAcrossTheHoliday) {
  const struct {
    std::string_view start;
    int n;
    std::string_view due;
  } rows[] = {
      {"2023-09-28", 1, "2023-10-07"}, {"2023-09-28", 2, "2023-10-08"}, {"2023-09-28", 3, "2023-10-09"},
      {"2023-10-01", 1, "2023-10-07"}, {"2023-10-13", 1, "2023-10-16"}, {"2023-10-14", 5, "2023-10-20"},
      {"2022-12-31", 1, "2023-01-02"}, {"2023-12-28", 1, "2023-12-29"}, {"2023-10-01", 0, "2023-10-01"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(autumn().add_working_days(day(row.start), row.n)->text(), row.due) << row.start;
}

TEST(Calendar, NeverGuessesPastThePublishedYear) {
  const auto year = [](const auto& result) { return result.error().first().arguments[0]; };
  EXPECT_TRUE(autumn().add_working_days(day("2023-12-28"), 2).error().is(errors::calendar_unpublished));
  EXPECT_EQ(year(autumn().add_working_days(day("2023-12-28"), 2)), "2024");
  EXPECT_EQ(year(autumn().add_working_days(day("2023-10-01"), 1'000'000)), "2024");
  EXPECT_EQ(year(autumn().add_working_days(day("2025-03-01"), 1)), "2025");
  EXPECT_EQ(year(autumn().add_working_days(day("2022-12-29"), 1)), "2022");
  EXPECT_EQ(year(autumn().working_days_between(day("2023-12-01"), day("2024-02-01"))), "2024");
  EXPECT_EQ(year(autumn().working_days_between(day("2022-06-01"), day("2023-02-01"))), "2022");
  EXPECT_TRUE(Calendar().add_working_days(day("2023-01-01"), 1).error().is(errors::calendar_unpublished));
}

TEST(Calendar, ListsAllFaultsOfItsExceptions) {
  const auto made =
      Calendar::of(2023, 2023, {{day("2023-05-01"), true}, {day("2023-05-01"), false}, {day("2024-01-01"), true}});
  ASSERT_EQ(made.error().all().size(), 2U);
  EXPECT_TRUE(made.error().all()[0].is(errors::calendar_duplicate_day));
  EXPECT_TRUE(made.error().all()[1].is(errors::calendar_day_outside));
}

TEST(Calendar, BetweenIsTheInverseOfAddAndAgreesWithCounting) {
  const Calendar c = autumn();
  Random random(5);
  for (int i = 0; i < 2'000; ++i) {
    const Date start = day("2023-01-01").plus_days(static_cast<int>(random.below(300)));
    const int n = static_cast<int>(random.between(1, 30));
    const Date due = c.add_working_days(start, n).value();
    ASSERT_EQ(c.kind(due), DayKind::working);
    ASSERT_EQ(c.working_days_between(start, due).value(), n);
    ASSERT_EQ(c.working_days_between(due, start).value(), -n);
    int counted = 0;
    for (Date d = start.plus_days(1); d <= due; d = d.plus_days(1)) counted += c.kind(d) == DayKind::working ? 1 : 0;
    ASSERT_EQ(counted, n);
  }
}

}   // namespace
}   // namespace gangmu
