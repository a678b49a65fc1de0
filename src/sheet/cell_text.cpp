// SPDX-License-Identifier: Apache-2.0
#include "sheet/cell_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/text.hpp"

namespace gangmu::sheet {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

/// "123", "-4.5": nothing left to normalise.
bool already_plain(std::string_view s) {
  if (!s.empty() && s.front() == '-') s.remove_prefix(1);
  if (s.empty() || s.size() > 15 || !digit(s.front()) || !digit(s.back())) return false;
  if (s.front() == '0' && s.size() > 1 && s[1] != '.') return false;
  bool point = false;
  for (const char c : s) {
    if (c == '.' && !point) {
      point = true;
    } else if (!digit(c)) {
      return false;
    }
  }
  return !point || s.back() != '0';
}

constexpr double least_shown = 1e-300;   // what is nearer to zero has more digits than a cell may hold

/// Of a number no double holds: whether it is nearer to zero than any, not further from it.
bool too_small(std::string_view number) {
  const std::size_t exponent = number.find_first_of("eE");
  return exponent != std::string_view::npos && number.substr(exponent + 1).starts_with('-');
}

/// digits × 10^(exponent - digits.size() + 1) without an exponent.
std::string placed(std::string digits, int exponent) {
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (exponent < 0) return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0');
  return digits.substr(0, whole) + "." + digits.substr(whole);
}

/// The UTF-16 unit that "_xHHHH_" at position i stands for, or −1.
int unit_at(std::string_view s, std::size_t i) {
  if (i + 6 >= s.size() || s[i] != '_' || s[i + 1] != 'x' || s[i + 6] != '_') return -1;
  const std::string_view four = s.substr(i + 2, 4);
  int value = 0;
  const auto [end, error] = std::from_chars(four.data(), four.data() + four.size(), value, 16);
  return error == std::errc() && end == four.data() + four.size() && value >= 0 ? value : -1;
}

struct Escape {
  char32_t point = 0;
  std::size_t bytes = 0;   ///< 0: no escape stands here
};

/// Characters beyond U+FFFF are written as two escapes; half of one is no escape.
Escape escape_at(std::string_view s, std::size_t i) {
  const int first = unit_at(s, i);
  if (first < 0) return {};
  if (first < 0xD800 || first > 0xDFFF) return {static_cast<char32_t>(first), 7};
  const int second = first < 0xDC00 ? unit_at(s, i + 7) : -1;
  if (second < 0xDC00 || second > 0xDFFF) return {};
  return {0x10000 + ((static_cast<char32_t>(first) - 0xD800) << 10) + (static_cast<char32_t>(second) - 0xDC00), 14};
}

/// Appends p; a line break of any kind is \n once.
void append_character(std::string& out, char32_t p, bool& after_cr) {
  const bool cr = p == '\r';
  if (cr || p == '\v' || p == '\f')
    out += '\n';
  else if (p != '\n' || !after_cr)
    out += text::utf8(std::u32string_view(&p, 1));
  after_cr = cr;
}

}   // namespace

std::optional<std::string> plain_number(std::string_view raw) {
  raw = text::trim(raw);
  if (already_plain(raw)) return raw == "-0" ? "0" : std::string(raw);
  double value = 0;
  const char* first = raw.data() + (!raw.empty() && raw.front() == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(first, raw.data() + raw.size(), value);
  if (end != raw.data() + raw.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return too_small(raw) ? std::optional<std::string>("0") : std::nullopt;
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  if (std::fabs(value) < least_shown) return "0";
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value),
                                     std::chars_format::scientific, 14);   // 15 significant digits
  const std::string_view shown(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const auto e = shown.find('e');
  int exponent = 0;
  std::from_chars(shown.data() + e + (shown[e + 1] == '+' ? 2 : 1), shown.data() + shown.size(), exponent);
  std::string digits(1, shown[0]);
  digits += shown.substr(2, e - 2);
  return (value < 0 ? "-" : "") + placed(std::move(digits), exponent);
}

std::size_t whole_digits(std::string_view plain) {
  if (!plain.empty() && plain.front() == '-') plain.remove_prefix(1);
  return std::min(plain.find('.'), plain.size());
}

std::optional<Date> serial_date(double serial, bool epoch_1904) {
  if (!(serial >= 0) || serial >= 2'958'466) return std::nullopt;
  const int day = static_cast<int>(serial);
  if (epoch_1904) return Date{day - 24'107};   // 1904-01-01 is day 0
  if (day < 1 || day == 60) return std::nullopt;
  return Date{day - (day < 60 ? 25'568 : 25'569)};   // 1899-12-30 is day -25,569; before March 1900 Excel is a day off
}

namespace {

/// Reads whole digits, and a point with more of them where `fraction` takes thousandths.
bool take_number(std::string_view& s, std::int64_t& value, std::int64_t* thousandths = nullptr) {
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc() || value < 0) return false;
  s.remove_prefix(static_cast<std::size_t>(end - s.data()));
  if (thousandths == nullptr || !s.starts_with('.')) return true;
  const std::size_t digits = std::min(s.find_first_not_of("0123456789", 1), s.size()) - 1;
  *thousandths = std::stoll((std::string(s.substr(1, digits)) + "000").substr(0, 3));
  s.remove_prefix(digits + 1);
  return digits > 0;
}

bool take(std::string_view& s, char c) {
  if (!s.starts_with(c)) return false;
  s.remove_prefix(1);
  return true;
}

std::int64_t milliseconds(std::int64_t hours, std::int64_t minutes, std::int64_t seconds, std::int64_t thousandths) {
  return ((hours * 60 + minutes) * 60 + seconds) * 1'000 + thousandths;
}

constexpr std::int64_t most_hours = 100'000'000;   // no spreadsheet goes as far

/// "10:59:59.999", "10:59:59Z"
std::optional<std::int64_t> time_of_day(std::string_view s) {
  std::int64_t hours = 0, minutes = 0, seconds = 0, thousandths = 0;
  if (!take_number(s, hours) || !take(s, ':') || !take_number(s, minutes)) return std::nullopt;
  if (take(s, ':') && !take_number(s, seconds, &thousandths)) return std::nullopt;
  take(s, 'Z');
  if (!s.empty() || hours > 24 || minutes > 59 || seconds > 59) return std::nullopt;
  return milliseconds(hours, minutes, seconds, thousandths);
}

/// ISO 8601 "P1DT2H3M4.5S", without years, months and weeks, whose length is not fixed.
std::optional<std::int64_t> duration(std::string_view s) {
  std::int64_t days = 0, hours = 0, minutes = 0, seconds = 0, thousandths = 0;
  bool time = false;
  for (take(s, 'P'); !s.empty();) {
    if (take(s, 'T')) {
      time = true;
      continue;
    }
    std::int64_t n = 0, part = 0;
    if (!take_number(s, n, &part) || n > most_hours) return std::nullopt;
    if (!time && take(s, 'D'))
      days = n;
    else if (time && take(s, 'H'))
      hours = n;
    else if (time && take(s, 'M'))
      minutes = n;
    else if (time && take(s, 'S'))
      seconds = n, thousandths = part;
    else
      return std::nullopt;
  }
  return milliseconds(days * 24 + hours, minutes, seconds, thousandths);
}

}   // namespace

std::optional<IsoMoment> iso_moment(std::string_view s) {
  if (s.starts_with('P')) {
    const auto length = duration(s);
    return length ? std::optional(IsoMoment{{}, *length}) : std::nullopt;
  }
  if (s.size() < 10 || s[4] != '-') {
    const auto time = time_of_day(s);
    return time ? std::optional(IsoMoment{{}, *time}) : std::nullopt;
  }
  const Result<Date> date = Date::parse(s.substr(0, 10));
  const auto time = s.size() > 11 && s[10] == 'T' ? time_of_day(s.substr(11)) : std::optional<std::int64_t>(0);
  if (!date || !time || s.size() == 11 || (s.size() > 10 && s[10] != 'T')) return std::nullopt;
  return IsoMoment{*date, *time};
}

std::string unescaped(std::string_view s) {
  if (s.find('_') == std::string_view::npos && s.find('\r') == std::string_view::npos) return std::string(s);
  std::string out;
  out.reserve(s.size());
  bool after_cr = false;
  for (std::size_t i = 0; i < s.size();) {
    const Escape escape = escape_at(s, i);
    if (escape.bytes > 0) {
      append_character(out, escape.point, after_cr);
      i += escape.bytes;
    } else if (static_cast<unsigned char>(s[i]) < 0x80) {
      append_character(out, static_cast<char32_t>(s[i++]), after_cr);
    } else {
      out += s[i++];
      after_cr = false;
    }
  }
  return out;
}

void trim_run(std::string& text, std::size_t from) {
  constexpr std::string_view blanks = " \t\n\r";
  const std::size_t last = text.find_last_not_of(blanks);
  text.resize(last == std::string::npos || last < from ? from : last + 1);
  text.erase(from, std::min(text.find_first_not_of(blanks, from), text.size()) - from);
}

std::string escaped(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (escape_at(s, i).bytes > 0) out += "_x005F";
    out += s[i];
  }
  return out;
}

}   // namespace gangmu::sheet
