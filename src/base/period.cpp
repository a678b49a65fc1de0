// SPDX-License-Identifier: Apache-2.0
// A period is its kind and two days. Months are counted from year 0 (year × 12 + month − 1) when they move.
#include "base/period.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/errors.hpp"

namespace gangmu {
namespace {

constexpr int first_year = 1000;
constexpr int last_year = 2999;
constexpr std::int64_t key_of_year = 10'000;
constexpr std::int64_t key_of_kind = 10'000 * key_of_year;

struct Span {
  PeriodKind kind;
  Date first, last;
};
using Maybe = std::optional<Span>;

bool known_year(int year) { return year >= first_year && year <= last_year; }

/// Precondition: there is such a day.
Date day_of(int year, int month, int day) { return *Date::of(year, month, day); }

Date first_of_month(int month) { return day_of(month / 12, month % 12 + 1, 1); }
Date last_of_month(int month) { return first_of_month(month + 1).plus_days(-1); }
int month_of(Date date) { return date.year() * 12 + date.month() - 1; }

Span of_months(PeriodKind kind, int first, int count) {
  return {kind, first_of_month(first), last_of_month(first + count - 1)};
}

/// Monday of week 1: the week that holds 4 January (ISO 8601).
Date first_monday(int year) {
  const Date fourth = day_of(year, 1, 4);
  return fourth.plus_days(1 - fourth.weekday());
}

int weeks_in(int year) { return (first_monday(year + 1).days - first_monday(year).days) / 7; }
int week_year(Date monday) { return monday.plus_days(3).year(); }   // the year of its Thursday
int week_of(Date monday) { return (monday.days - first_monday(week_year(monday)).days) / 7 + 1; }

Span of_week(int year, int week) {
  const Date monday = first_monday(year).plus_days(7 * (week - 1));
  return {PeriodKind::week, monday, monday.plus_days(6)};
}

/// The n-th of `count` equal parts of a year.
Maybe nth_of_year(PeriodKind kind, int year, int n, int count) {
  if (n < 1 || n > count) return std::nullopt;
  return of_months(kind, year * 12 + (n - 1) * (12 / count), 12 / count);
}

/// Months `from` to `to`; when `to` is the smaller, it is one of the next year.
Maybe several_months(int year, int from, int to) {
  if (from < 1 || from > 12 || to < 1 || to > 12 || from == to) return std::nullopt;
  return of_months(PeriodKind::months, year * 12 + from - 1, (to - from + 12) % 12 + 1);
}

Maybe one_day(int year, int month, int day) {
  const auto date = Date::of(year, month, day);
  return date ? Maybe(Span{PeriodKind::day, *date, *date}) : std::nullopt;
}

/// `part`: 0 for a year; the number of the half, quarter, month or week; MMDD of a day; first and last month of
/// several.
Maybe part_of_year(PeriodKind kind, int year, int part) {
  if (!known_year(year)) return std::nullopt;
  switch (kind) {
    case PeriodKind::year: return part == 0 ? nth_of_year(kind, year, 1, 1) : std::nullopt;
    case PeriodKind::half: return nth_of_year(kind, year, part, 2);
    case PeriodKind::quarter: return nth_of_year(kind, year, part, 4);
    case PeriodKind::month: return nth_of_year(kind, year, part, 12);
    case PeriodKind::months: return several_months(year, part / 100, part % 100);
    case PeriodKind::week: return part >= 1 && part <= weeks_in(year) ? Maybe(of_week(year, part)) : std::nullopt;
    case PeriodKind::day: return one_day(year, part / 100, part % 100);
  }
  return std::nullopt;
}

/// The inverse of part_of_year.
int part_number(PeriodKind kind, Date first, Date last) {
  switch (kind) {
    case PeriodKind::year: return 0;
    case PeriodKind::half: return first.month() / 6 + 1;
    case PeriodKind::quarter: return first.month() / 3 + 1;
    case PeriodKind::month: return first.month();
    case PeriodKind::months: return first.month() * 100 + last.month();
    case PeriodKind::week: return week_of(first);
    case PeriodKind::day: return first.month() * 100 + first.day();
  }
  return 0;
}

/// All of `text` as a number of exactly `width` digits, or -1.
int number(std::string_view text, std::size_t width) {
  if (text.size() != width) return -1;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// What follows "YYYY" in a spelling with months: "MM", "MMDD", "MM-MM" or "MM-YYYYMM" (into the next year).
Maybe read_months(int year, std::string_view rest) {
  const int month = number(rest.substr(0, 2), 2);
  if (month < 1) return std::nullopt;
  if (rest.size() == 2) return part_of_year(PeriodKind::month, year, month);
  if (rest.size() == 4) {
    const int day = number(rest.substr(2), 2);
    return day < 0 ? std::nullopt : part_of_year(PeriodKind::day, year, month * 100 + day);
  }
  if (rest.size() < 5 || rest[2] != '-') return std::nullopt;
  const bool crosses = rest.size() == 9;
  if (crosses && number(rest.substr(3, 4), 4) != year + 1) return std::nullopt;
  const int last = number(rest.substr(crosses ? 7 : 3), 2);
  if (last < 1 || (last < month) != crosses) return std::nullopt;
  return part_of_year(PeriodKind::months, year, month * 100 + last);
}

Maybe read(std::string_view text) {
  const int year = number(text.substr(0, 4), 4);
  if (year < 0) return std::nullopt;
  const std::string_view rest = text.substr(4);
  if (rest.empty()) return part_of_year(PeriodKind::year, year, 0);
  switch (rest[0]) {
    case 'H': return part_of_year(PeriodKind::half, year, number(rest.substr(1), 1));
    case 'Q': return part_of_year(PeriodKind::quarter, year, number(rest.substr(1), 1));
    case 'W': return part_of_year(PeriodKind::week, year, number(rest.substr(1), 2));
    default: return read_months(year, rest);
  }
}

std::string formatted(const char* format, int a, int b = 0, int c = 0) {
  std::array<char, 48> buffer{};
  const int n = std::snprintf(buffer.data(), buffer.size(), format, a, b, c);
  return {buffer.data(), static_cast<std::size_t>(n)};
}

}   // namespace

Result<Period> Period::parse(std::string_view text) {
  if (const Maybe span = read(text)) return Period(span->kind, span->first, span->last);
  return fail(errors::period_malformed, {std::string(text)});
}

Period Period::of_year(int year) { return {PeriodKind::year, day_of(year, 1, 1), day_of(year, 12, 31)}; }

Period Period::of_quarter(int year, int quarter) {
  const Span s = of_months(PeriodKind::quarter, year * 12 + 3 * (quarter - 1), 3);
  return {s.kind, s.first, s.last};
}

Period Period::of_month(int year, int month) {
  const Span s = of_months(PeriodKind::month, year * 12 + month - 1, 1);
  return {s.kind, s.first, s.last};
}

Period Period::of_day(Date date) { return {PeriodKind::day, date, date}; }

int Period::year() const { return kind_ == PeriodKind::week ? week_year(first_) : first_.year(); }

std::string Period::text() const {
  const int part = part_number(kind_, first_, last_);
  switch (kind_) {
    case PeriodKind::year: return formatted("%04d", year());
    case PeriodKind::half: return formatted("%04dH%d", year(), part);
    case PeriodKind::quarter: return formatted("%04dQ%d", year(), part);
    case PeriodKind::month: return formatted("%04d%02d", year(), part);
    case PeriodKind::week: return formatted("%04dW%02d", year(), part);
    case PeriodKind::day: return formatted("%04d%04d", year(), part);
    case PeriodKind::months: break;
  }
  if (last_.year() == first_.year()) return formatted("%04d%02d-%02d", year(), first_.month(), last_.month());
  return formatted("%04d%02d-", year(), first_.month()) + formatted("%04d%02d", last_.year(), last_.month());
}

Period Period::moved(int lengths) const {
  if (kind_ == PeriodKind::day || kind_ == PeriodKind::week) {
    const int days = lengths * (last_.days - first_.days + 1);
    return {kind_, first_.plus_days(days), last_.plus_days(days)};
  }
  const int count = month_of(last_) - month_of(first_) + 1;
  const Span s = of_months(kind_, month_of(first_) + lengths * count, count);
  return {s.kind, s.first, s.last};
}

Period Period::previous() const { return moved(-1); }
Period Period::next() const { return moved(1); }

Period Period::year_before() const {
  const int before = year() - 1;
  switch (kind_) {
    case PeriodKind::week: {
      const Span s = of_week(before, std::min(week_of(first_), weeks_in(before)));
      return {s.kind, s.first, s.last};
    }
    case PeriodKind::day:
      return of_day(day_of(before, first_.month(), std::min(first_.day(), days_in_month(before, first_.month()))));
    default: {
      const Span s = of_months(kind_, month_of(first_) - 12, month_of(last_) - month_of(first_) + 1);
      return {s.kind, s.first, s.last};
    }
  }
}

std::strong_ordering operator<=>(const Period& a, const Period& b) {
  if (const auto order = a.last_ <=> b.last_; order != 0) return order;
  if (const auto order = b.first_ <=> a.first_; order != 0) return order;
  return a.kind_ <=> b.kind_;
}

std::int64_t Period::key() const {
  return static_cast<std::int64_t>(kind_) * key_of_kind + year() * key_of_year + part_number(kind_, first_, last_);
}

Result<Period> Period::from_key(std::int64_t key) {
  if (key >= 0 && key < 7 * key_of_kind) {
    const auto kind = static_cast<PeriodKind>(key / key_of_kind);
    const int year = static_cast<int>(key % key_of_kind / key_of_year);
    if (const Maybe s = part_of_year(kind, year, static_cast<int>(key % key_of_year)))
      return Period(s->kind, s->first, s->last);
  }
  return fail(errors::period_malformed, {std::to_string(key)});
}

}   // namespace gangmu
