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

/// digits × 10^(exponent - digits.size() + 1) without an exponent.
std::string placed(std::string digits, int exponent) {
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (exponent < 0) return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0');
  return digits.substr(0, whole) + "." + digits.substr(whole);
}

/// [h], [mm], [ss]: time that runs past a day. Colours and conditions stand in brackets too.
bool elapsed_time(std::string_view inside) {
  return !inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos;
}

/// The character that "_xHHHH_" at position i stands for, or 0.
int escape_at(std::string_view s, std::size_t i) {
  if (s[i] != '_' || i + 6 >= s.size() || s[i + 1] != 'x' || s[i + 6] != '_') return 0;
  const std::string_view four = s.substr(i + 2, 4);
  int value = 0;
  const auto [end, error] = std::from_chars(four.data(), four.data() + four.size(), value, 16);
  if (error != std::errc() || end != four.data() + four.size() || value <= 0) return 0;
  return value < 0xD800 || value > 0xDFFF ? value : 0;
}

}   // namespace

std::optional<std::string> plain_number(std::string_view raw) {
  raw = text::trim(raw);
  if (already_plain(raw)) return raw == "-0" ? "0" : std::string(raw);
  double value = 0;
  const char* first = raw.data() + (!raw.empty() && raw.front() == '+' ? 1 : 0);
  const auto [end, error] = std::from_chars(first, raw.data() + raw.size(), value);
  if (error != std::errc() || end != raw.data() + raw.size() || !(std::fabs(value) <= 1e300)) return std::nullopt;
  if (value == 0) return "0";
  if (std::fabs(value) < 1e-300) return "0";
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

NumberShape shape_of_format(std::string_view code) {
  bool year = false, month = false, day = false, clock = false, percent = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;   // the first section is for positive numbers
    if (c == '"') {
      i = code.find('"', i + 1);
    } else if (c == '[') {
      const auto close = code.find(']', i + 1);
      clock = clock || elapsed_time(code.substr(i + 1, close == std::string_view::npos ? close : close - i - 1));
      i = close;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;   // the next character is literal or only a width
    } else {
      year = year || c == 'y' || c == 'Y';
      month = month || c == 'm' || c == 'M';
      day = day || c == 'd' || c == 'D';
      clock = clock || c == 'h' || c == 'H' || c == 's' || c == 'S';
      percent = percent || c == '%';
      const bool power = (c == 'E' || c == 'e') && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-');
      if (power || c == 'G') return percent ? NumberShape::percent : NumberShape::plain;   // 0.00E+00, General
      year = year || c == 'e' || c == 'E';   // the year of an era, in China that of the calendar
    }
    if (i == std::string_view::npos) break;
  }
  if (day || (year && clock)) return NumberShape::date;
  if (year && month) return NumberShape::month;
  if (year) return NumberShape::year;
  if (month && !clock) return NumberShape::date;
  if (clock) return NumberShape::time;
  return percent ? NumberShape::percent : NumberShape::plain;
}

signed char decimals_of_format(std::string_view code) {
  int whole = 0, decimals = 0;
  bool point = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') i = code.find(c == '"' ? '"' : ']', i + 1);
    if (i == std::string_view::npos) return -1;
    if (c == '\\' || c == '_' || c == '*') ++i;
    if (c == '.') point = true;
    if (c == '0' || (c == '#' && !point)) ++(point ? decimals : whole);
    if ((point && (c == '#' || c == '?')) || c == '/' || c == 'E' || c == 'e' || c == 'G' || c == '@') return -1;
  }
  return whole + decimals > 0 && decimals < 31 ? static_cast<signed char>(decimals) : static_cast<signed char>(-1);
}

signed char built_in_decimals(int id) { return id == 1 || id == 3 ? 0 : id == 2 || id == 4 ? 2 : -1; }

std::optional<NumberShape> built_in_shape(int id) {
  using enum NumberShape;
  if (id == 9 || id == 10) return percent;
  if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57) return month;
  if ((id >= 14 && id <= 16) || id == 22 || (id >= 28 && id <= 31) || id == 51 || id == 53 || id == 54 || id == 58)
    return date;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56) return time;
  if (id >= 0 && id <= 58) return plain;
  return std::nullopt;
}

std::string unescaped(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (const int value = escape_at(s, i); value > 0) {
      if (value != '\r') out += text::utf8(std::u32string(1, static_cast<char32_t>(value)));
      i += 6;
    } else if (s[i] != '\r') {
      out += s[i];
    }
  }
  return out;
}

std::string escaped(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (escape_at(s, i) > 0) out += "_x005F";
    out += s[i];
  }
  return out;
}

}   // namespace gangmu::sheet
