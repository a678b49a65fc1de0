// SPDX-License-Identifier: Apache-2.0
#include "base/period.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/errors.hpp"
#include "base/random.hpp"

namespace gangmu {
namespace {

Period of(std::string_view text) { return Period::parse(text).value(); }

struct Row {
  std::string_view text, first, last, previous, next, year_before;
};

// Worked by hand from a wall calendar; 2009, 2015 and 2020 are ISO years of 53 weeks.
constexpr Row rows[] = {
    {"2023", "2023-01-01", "2023-12-31", "2022", "2024", "2022"},
    {"2023H1", "2023-01-01", "2023-06-30", "2022H2", "2023H2", "2022H1"},
    {"2023H2", "2023-07-01", "2023-12-31", "2023H1", "2024H1", "2022H2"},
    {"2023Q1", "2023-01-01", "2023-03-31", "2022Q4", "2023Q2", "2022Q1"},
    {"2023Q4", "2023-10-01", "2023-12-31", "2023Q3", "2024Q1", "2022Q4"},
    {"202301", "2023-01-01", "2023-01-31", "202212", "202302", "202201"},
    {"202402", "2024-02-01", "2024-02-29", "202401", "202403", "202302"},
    {"202301-02", "2023-01-01", "2023-02-28", "202211-12", "202303-04", "202201-02"},
    {"202301-09", "2023-01-01", "2023-09-30", "202204-12", "202310-202406", "202201-09"},
    {"202302-04", "2023-02-01", "2023-04-30", "202211-202301", "202305-07", "202202-04"},
    {"202311-202402", "2023-11-01", "2024-02-29", "202307-10", "202403-06", "202211-202302"},
    {"202301-12", "2023-01-01", "2023-12-31", "202201-12", "202401-12", "202201-12"},
    {"2023W05", "2023-01-30", "2023-02-05", "2023W04", "2023W06", "2022W05"},
    {"2013W01", "2012-12-31", "2013-01-06", "2012W52", "2013W02", "2012W01"},
    {"2009W53", "2009-12-28", "2010-01-03", "2009W52", "2010W01", "2008W52"},
    {"2010W01", "2010-01-04", "2010-01-10", "2009W53", "2010W02", "2009W01"},
    {"20230131", "2023-01-31", "2023-01-31", "20230130", "20230201", "20220131"},
    {"20240229", "2024-02-29", "2024-02-29", "20240228", "20240301", "20230228"},
    {"20250228", "2025-02-28", "2025-02-28", "20250227", "20250301", "20240228"},
};

TEST(Period, ReadsAsOfficesWrite) {
  for (const Row& row : rows) {
    const Period p = of(row.text);
    EXPECT_EQ(p.text(), row.text);
    EXPECT_EQ(p.first().text(), row.first) << row.text;
    EXPECT_EQ(p.last().text(), row.last) << row.text;
    EXPECT_EQ(p.previous().text(), row.previous) << row.text;
    EXPECT_EQ(p.next().text(), row.next) << row.text;
    EXPECT_EQ(p.year_before().text(), row.year_before) << row.text;
  }
}

TEST(Period, RefusesEverythingElseNamingWhatIsAccepted) {
  for (const std::string_view text :
       {"",        "23",        "2023年",    "2023H0",    "2023H3",        "2023Q5",        "2023Q01",       "202300",
        "202313",  "202301-01", "202302-01", "202301-13", "202301-202302", "202312-202412", "202312-202501", "2023W00",
        "2023W53", "2023W5",    "20230229",  "20231301",  "2023-01",       "2023M02",       "0999",          "3000",
        "2023h1",  "202301-",   "2023013",   "202301311", " 2023",         "2023-01-31",    "202312-2024011"})
    EXPECT_TRUE(Period::parse(text).error().is(errors::period_malformed)) << text;
}

TEST(Period, TheIsoYearOfAWeekMayDifferFromItsDays) {
  EXPECT_EQ(of("2013W01").year(), 2013);
  EXPECT_EQ(of("2009W53").year(), 2009);
  EXPECT_TRUE(Period::parse("2015W53") && Period::parse("2020W53"));
  EXPECT_FALSE(Period::parse("2016W53"));
}

TEST(Period, KeysAreReadable) {
  EXPECT_EQ(of("2023").key(), 20230000);
  EXPECT_EQ(of("2023Q1").key(), 220230001);
  EXPECT_EQ(of("202301-02").key(), 420230102);
  EXPECT_EQ(of("20230131").key(), 620230131);
  for (const std::int64_t key :
       {std::int64_t{-1}, std::int64_t{0}, std::int64_t{20230001}, std::int64_t{320230013}, std::int64_t{420230101},
        std::int64_t{620230229}, std::int64_t{720230000}, INT64_MAX, INT64_MIN})
    EXPECT_TRUE(Period::from_key(key).error().is(errors::period_malformed)) << key;
}

TEST(Period, OneThatEndsLaterComesLaterAndAYearAfterItsDecember) {
  std::vector<Period> periods;
  for (const std::string_view text : {"2023", "202312", "2023Q4", "2024", "20231231", "2023H2", "202301", "202301-12"})
    periods.push_back(of(text));
  std::sort(periods.begin(), periods.end());
  std::string order;
  for (const Period& p : periods) order += p.text() + " ";
  EXPECT_EQ(order, "202301 20231231 202312 2023Q4 2023H2 2023 202301-12 2024 ");
}

TEST(Period, ContainsByDays) {
  EXPECT_TRUE(of("2023").contains(of("2023Q3")));
  EXPECT_TRUE(of("2023Q1").contains(of("202301-02")));
  EXPECT_FALSE(of("2023Q1").contains(of("2023W13")) && !of("2023W13").contains(of("20230331")));
  EXPECT_FALSE(of("2012").contains(of("2013W01")));
}

TEST(Period, FactoriesAgreeWithSpellings) {
  EXPECT_EQ(Period(), of("1970"));
  EXPECT_EQ(Period::of_year(2023), of("2023"));
  EXPECT_EQ(Period::of_quarter(2023, 4), of("2023Q4"));
  EXPECT_EQ(Period::of_month(2023, 12), of("202312"));
  EXPECT_EQ(Period::of_day(Date::parse("2023-06-16").value()), of("20230616"));
}

/// Any key that is a period's.
Period any(Random& random) {
  while (true) {
    const auto kind = static_cast<std::int64_t>(random.below(7));
    const std::int64_t year = random.between(1001, 2998);
    const std::int64_t part = kind == 0 ? 0 : kind < 4 || kind == 5 ? random.between(1, 53) : random.between(101, 1231);
    if (auto period = Period::from_key((kind * 10'000 + year) * 10'000 + part)) return *period;
  }
}

TEST(Period, PropertiesOfAnyPeriod) {
  Random random(4);
  for (int i = 0; i < 20'000; ++i) {
    const Period p = any(random);
    ASSERT_EQ(of(p.text()), p) << p.text();
    ASSERT_EQ(Period::from_key(p.key()).value(), p) << p.text();
    ASSERT_EQ(p.next().first(), p.last().plus_days(1)) << p.text();
    ASSERT_EQ(p.next().previous(), p) << p.text();
    ASSERT_EQ(p.previous().next(), p) << p.text();
    ASSERT_EQ(p.year_before().kind(), p.kind()) << p.text();
    ASSERT_EQ(p.year_before().year(), p.year() - 1) << p.text();
    ASSERT_LT(p.previous(), p) << p.text();
    ASSERT_EQ(of(p.year_before().text()), p.year_before()) << p.text();
    const Period q = any(random);
    ASSERT_EQ(p.key() == q.key(), p == q);
    ASSERT_EQ((p <=> q) == 0, p == q) << p.text() << " " << q.text();
  }
}

}   // namespace
}   // namespace gangmu
