// SPDX-License-Identifier: Apache-2.0
#include "flow/clock.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/random.hpp"
#include "base/text.hpp"

namespace gangmu::flow {
namespace {

/// The working days the programmes ship (State Council notices).
Calendar shipped(int first, int last) {
  std::ifstream file(GANGMU_SOURCE_DIR "/programmes/jiangmen/calendars/cn_workdays.csv");
  std::string line;
  std::getline(file, line);
  const auto head = text::split(line, ',');
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(head.begin(), head.end(), name) - head.begin());
  };
  std::vector<Calendar::Exception> days;
  while (std::getline(file, line)) {
    const auto cells = text::split(line, ',');
    const Date date = *Date::parse(cells[column("date")]);
    if (date.year() >= first && date.year() <= last) days.push_back({date, cells[column("off")] == "true"});
  }
  return *Calendar::of(first, last, days);
}

const Calendar& calendar() {
  static const Calendar all = shipped(2019, 2025);
  return all;
}
const Timing timing{calendar(), {}};

Instant at(std::string_view text) { return *Instant::parse(std::string(text) + "+08:00"); }
Instant morning(std::string_view day) { return at(std::string(day) + "T09:00:00"); }
/// The last day that is still in time.
std::string last_day(const std::optional<Instant>& due) {
  return due ? Instant{due->micros - 1}.date().text() : "unpublished";
}

TEST(Clock, CountsWorkingDaysAsTheNoticesHaveThem) {
  const std::tuple<const char*, int, const char*> table[] = {
      {"2019-04-28", 7, "2019-05-09"},  {"2020-01-22", 7, "2020-02-10"},  {"2021-09-30", 7, "2021-10-15"},
      {"2022-12-29", 5, "2023-01-06"},  {"2024-02-08", 7, "2024-02-23"},  {"2024-02-08", 15, "2024-03-06"},
      {"2025-01-24", 7, "2025-02-10"},  {"2025-09-26", 7, "2025-10-13"},  {"2025-01-02", 45, "2025-03-12"},
      {"2025-03-03", 45, "2025-05-08"}, {"2025-12-30", 5, "unpublished"},
  };
  for (const auto& [start, n, due] : table)
    EXPECT_EQ(last_day(started({n, TimeUnit::wd}, false, morning(start), timing).due), due) << start;
}

TEST(Clock, CalendarDaysRollToTheNextWorkingDayWhereTheLawSaysSo) {
  const std::tuple<const char*, int, const char*, const char*> table[] = {
      {"2025-08-05", 60, "2025-10-04", "2025-10-09"},
      {"2024-12-02", 60, "2025-01-31", "2025-02-05"},
      {"2025-09-18", 15, "2025-10-03", "2025-10-09"},
  };
  for (const auto& [start, n, plain, rolled] : table) {
    EXPECT_EQ(last_day(started({n, TimeUnit::d}, false, morning(start), timing).due), plain);
    EXPECT_EQ(last_day(started({n, TimeUnit::d}, true, morning(start), timing).due), rolled);
  }
}

TEST(Clock, HoursRunThroughTheNightAndOfficeHoursDoNot) {
  const Instant friday = at("2023-06-16T17:00:00");
  EXPECT_EQ(started({4, TimeUnit::h}, false, friday, timing).due->text(), "2023-06-16T21:00:00+08:00");
  EXPECT_EQ(started({1, TimeUnit::wh}, false, friday, timing).due->text(), "2023-06-19T09:00:00+08:00");
  EXPECT_EQ(started({4, TimeUnit::wh}, false, friday, timing).due->text(), "2023-06-19T12:00:00+08:00");
  EXPECT_EQ(started({30, TimeUnit::min}, false, friday, timing).due->text(), "2023-06-16T17:30:00+08:00");
}

TEST(Clock, AStoppedPauseTakesNoTime) {
  ClockState clock = started({5, TimeUnit::wd}, false, morning("2023-06-05"), timing);
  EXPECT_EQ(last_day(clock.due), "2023-06-12");
  clock = paused(clock, morning("2023-06-07"), timing);
  EXPECT_EQ(clock.consumed, 2);
  EXPECT_FALSE(clock.due);
  clock = resumed(clock, morning("2023-06-19"), timing);
  EXPECT_EQ(last_day(clock.due), "2023-06-25")
      << "three working days are left: the 22nd and 23rd are off, Sunday the 25th is worked";
  clock = extended(clock, {5, TimeUnit::wd}, timing);
  EXPECT_EQ(last_day(clock.due), "2023-06-30");
}

TEST(Clock, AnUnpublishedYearLeavesItOpenUntilItIsPublished) {
  const Calendar short_one = shipped(2019, 2024);
  const Timing before{short_one, {}};
  const ClockState clock = started({7, TimeUnit::wd}, false, morning("2024-12-27"), before);
  EXPECT_FALSE(clock.due);
  EXPECT_EQ(last_day(refreshed(clock, timing).due), "2025-01-08");
}

TEST(Clock, RungsStandBeforeAtAndAfterTheDueMoment) {
  const ClockState clock = started({10, TimeUnit::wd}, false, morning("2023-06-01"), timing);
  EXPECT_EQ(last_day(clock.due), "2023-06-15");
  const auto rung = [&](RungAt where) { return moment(clock, where, timing)->text(); };
  EXPECT_EQ(rung({.percent = 80}), "2023-06-14T00:00:00+08:00") << "eight days are used up when the 13th ends";
  EXPECT_EQ(rung({.percent = 100}), "2023-06-16T00:00:00+08:00");
  EXPECT_EQ(rung({.share = false, .offset = {3, TimeUnit::wd}}), "2023-06-21T00:00:00+08:00");
  EXPECT_EQ(rung({.share = false, .offset = {4, TimeUnit::wh}}), "2023-06-16T15:00:00+08:00");
  EXPECT_EQ(rung({.share = false, .offset = {-10, TimeUnit::wd}}), "2023-06-01T00:00:00+08:00");
}

/// Whatever is paused and resumed when: what ran and what is left make the budget, and the due moment is where counting
/// on from the last resumption ends.
TEST(ClockProperty, RunningAndLeftMakeTheBudget) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const auto unit = static_cast<TimeUnit>(random.below(5));
    const Span budget{static_cast<std::int64_t>(1 + random.below(60)), unit};
    Instant now = morning("2023-01-03");
    ClockState clock = started(budget, false, now, timing);
    std::int64_t ran = 0;
    for (int i = 0; i < 6; ++i) {
      const Instant later_on{now.micros + static_cast<std::int64_t>(random.below(5'000)) * 60'000'000};
      if (clock.running_since) {
        ran += *between(*clock.running_since, later_on, unit, timing);
        clock = paused(clock, later_on, timing);
      } else {
        clock = resumed(clock, later_on, timing);
      }
      now = later_on;
      ASSERT_EQ(clock.consumed, ran) << seed;
      ASSERT_EQ(clock.budget, budget.quanta());
      if (clock.running_since) {
        ASSERT_EQ(clock.due, later(now, clock.budget - clock.consumed, unit, false, timing)) << seed;
      }
    }
  }
}

}   // namespace
}   // namespace gangmu::flow
