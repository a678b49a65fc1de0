// SPDX-License-Identifier: Apache-2.0
// Civil dates are the calendar of <chrono>, of which this uses no clock.
#include "base/date.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "base/errors.hpp"

namespace gangmu {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t china_offset_seconds = 8 * 3600;

namespace chrono = std::chrono;

struct Civil {
  int year, month, day;
};

Civil civil(std::int32_t days) {
  const chrono::year_month_day found = chrono::sys_days(chrono::days(days));
  return {static_cast<int>(found.year()), static_cast<int>(static_cast<unsigned>(found.month())),
          static_cast<int>(static_cast<unsigned>(found.day()))};
}

/// Exactly `width` digits at the front of `rest`, which they leave; -1 when they are not there.
int take_digits(std::string_view& rest, std::size_t width) {
  if (rest.size() < width) return -1;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (rest[i] < '0' || rest[i] > '9') return -1;
    value = value * 10 + (rest[i] - '0');
  }
  rest.remove_prefix(width);
  return value;
}

bool take(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::string padded(std::int64_t value, int width) {
  std::array<char, 24> buffer{};
  const int n = std::snprintf(buffer.data(), buffer.size(), "%0*lld", width, static_cast<long long>(value));
  return {buffer.data(), static_cast<std::size_t>(n)};
}

/// Fraction of a second in microseconds; digits past the sixth are cut. False when no digit follows the point.
bool take_fraction(std::string_view& rest, std::int64_t& micros) {
  std::size_t n = 0;
  std::int64_t unit = micros_per_second / 10;
  for (; n < rest.size() && rest[n] >= '0' && rest[n] <= '9'; ++n, unit /= 10) micros += (rest[n] - '0') * unit;
  rest.remove_prefix(n);
  return n > 0;
}

/// "Z", "+08:00" or "-05:30" in seconds; false when malformed.
bool take_offset(std::string_view& rest, std::int64_t& seconds) {
  if (take(rest, 'Z')) return true;
  const bool east = rest.starts_with('+');
  if (!east && !rest.starts_with('-')) return false;
  rest.remove_prefix(1);
  const int hours = take_digits(rest, 2);
  if (!take(rest, ':')) return false;
  const int minutes = take_digits(rest, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
  seconds = (east ? 1 : -1) * (hours * 3600 + minutes * 60);
  return true;
}

}   // namespace

int days_in_month(int year, int month) {
  const chrono::year_month_day_last last =
      chrono::year(year) / chrono::month(static_cast<unsigned>(month)) / chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

Result<Date> Date::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
    return fail(errors::date_impossible, {std::to_string(year) + "-" + padded(month, 2) + "-" + padded(day, 2)});
  const chrono::sys_days found = chrono::year(year) / month / day;
  return Date{static_cast<std::int32_t>(found.time_since_epoch().count())};
}

Result<Date> Date::parse(std::string_view text) {
  std::string_view rest = text;
  const int year = take_digits(rest, 4);
  const bool dashes = take(rest, '-');
  const int month = take_digits(rest, 2);
  const bool shaped = !dashes || take(rest, '-');
  const int day = take_digits(rest, 2);
  auto date = of(year, month, day);
  if (!shaped || !rest.empty() || !date) return fail(errors::date_impossible, {std::string(text)});
  return date;
}

int Date::year() const { return civil(days).year; }
int Date::month() const { return civil(days).month; }
int Date::day() const { return civil(days).day; }
int Date::weekday() const { return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1; }

std::string Date::text() const {
  const Civil c = civil(days);
  return padded(c.year, 4) + "-" + padded(c.month, 2) + "-" + padded(c.day, 2);
}

Result<Instant> Instant::parse(std::string_view text) {
  const auto malformed = [&] { return fail(errors::instant_malformed, {std::string(text)}); };
  auto date = Date::parse(text.substr(0, 10));
  if (!date || text.size() < 11 || text[4] != '-' || (text[10] != 'T' && text[10] != 't' && text[10] != ' '))
    return malformed();
  std::string_view rest = text.substr(11);
  const int hour = take_digits(rest, 2);
  const bool first_colon = take(rest, ':');
  const int minute = take_digits(rest, 2);
  const bool second_colon = take(rest, ':');
  const int second = take_digits(rest, 2);
  if (!first_colon || !second_colon || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return malformed();
  std::int64_t micros = 0;
  if (take(rest, '.') && !take_fraction(rest, micros)) return malformed();
  std::int64_t offset = 0;
  if (!take_offset(rest, offset) || !rest.empty()) return malformed();
  const std::int64_t seconds = date->days * seconds_per_day + hour * 3600 + minute * 60 + second - offset;
  return Instant{seconds * micros_per_second + micros};
}

std::string Instant::text() const {
  const std::int64_t local = floor_div(micros, micros_per_second) + china_offset_seconds;
  const std::int64_t second_of_day = local - floor_div(local, seconds_per_day) * seconds_per_day;
  const std::int64_t fraction = micros - floor_div(micros, micros_per_second) * micros_per_second;
  std::string out = date().text() + "T" + padded(second_of_day / 3600, 2) + ":" + padded(second_of_day / 60 % 60, 2) +
                    ":" + padded(second_of_day % 60, 2);
  if (fraction != 0) out += "." + padded(fraction, 6);
  return out + "+08:00";
}

Date Instant::date() const {
  const std::int64_t local = floor_div(micros, micros_per_second) + china_offset_seconds;
  return {static_cast<std::int32_t>(floor_div(local, seconds_per_day))};
}

}   // namespace gangmu
