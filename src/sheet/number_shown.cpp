// SPDX-License-Identifier: Apache-2.0
// Times, weekdays and codes as the section of a number format shows them.
#include <algorithm>
#include <array>
#include <cmath>

#include "sheet/format_tokens.hpp"
#include "sheet/number_format.hpp"

namespace gangmu::sheet {
namespace {

constexpr std::int64_t per_second = 1'000, per_minute = 60 * per_second, per_hour = 60 * per_minute,
                       per_day = 24 * per_hour;

std::string padded(std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string elapsed(std::string_view letters, std::int64_t milliseconds) {
  const char unit = letters.front();
  const std::int64_t size = unit == 'h' || unit == 'H'   ? per_hour
                            : unit == 'm' || unit == 'M' ? per_minute
                                                         : per_second;
  return padded(milliseconds / size, letters.size());
}

std::string half_day(std::string_view words, bool afternoon) {
  const std::size_t slash = words.find('/');
  return std::string(afternoon ? words.substr(slash + 1) : words.substr(0, slash));
}

std::string thousandths(std::size_t digits, std::int64_t milliseconds) {
  return padded(milliseconds % per_second, 3).substr(0, std::min<std::size_t>(digits, 3));
}

struct Clock {
  std::int64_t milliseconds;
  bool halves;   ///< hours run to 12

  [[nodiscard]] std::int64_t hour() const {
    const std::int64_t h = milliseconds % per_day / per_hour;
    return halves ? (h + 11) % 12 + 1 : h;
  }
  [[nodiscard]] std::string part(const FormatToken& token) const {
    const std::size_t width = std::min<std::size_t>(token.text.size(), 2);
    switch (token.kind) {
      case TokenKind::hour: return padded(hour(), width);
      case TokenKind::minute: return padded(milliseconds / per_minute % 60, width);
      case TokenKind::second: return padded(milliseconds / per_second % 60, width);
      case TokenKind::part_of_second: return thousandths(token.text.size(), milliseconds);
      case TokenKind::elapsed: return elapsed(token.text, milliseconds);
      case TokenKind::half_day: return half_day(token.text, milliseconds % per_day >= per_day / 2);
      case TokenKind::literal:
      case TokenKind::point: return token.text;
      default: return {};
    }
  }
};

bool holds(const std::vector<FormatToken>& tokens, TokenKind kind) {
  return std::ranges::find(tokens, kind, &FormatToken::kind) != tokens.end();
}

/// Milliseconds of the last digit of a second that is shown.
std::int64_t least_shown(const std::vector<FormatToken>& tokens) {
  const auto part = std::ranges::find(tokens, TokenKind::part_of_second, &FormatToken::kind);
  std::int64_t out = per_second;
  for (std::size_t i = 0; part != tokens.end() && i < part->text.size() && out > 1; ++i) out /= 10;
  return out;
}

std::string shown(const std::vector<FormatToken>& tokens, std::int64_t milliseconds) {
  const Clock clock{milliseconds, holds(tokens, TokenKind::half_day)};
  std::string out;
  for (const FormatToken& token : tokens) out += clock.part(token);
  return out;
}

}   // namespace

std::optional<std::string> shown_time(const FormatSection& section, double days) {
  if (!(days >= 0) || days >= 2'958'466) return std::nullopt;
  const std::vector<FormatToken> tokens = format_tokens(section.code);
  // A time is kept as a fraction of a day: what is shown last of it comes back by rounding.
  const auto milliseconds = static_cast<std::int64_t>(std::llround(days * static_cast<double>(per_day)));
  const std::int64_t least = least_shown(tokens);
  return shown(tokens, (milliseconds + least / 2) / least * least);
}

std::string shown_time(const FormatSection& section, std::int64_t milliseconds) {
  return shown(format_tokens(section.code), milliseconds);
}

std::string shown_code(const FormatSection& section, std::string_view digits) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  const std::vector<FormatToken> tokens = format_tokens(section.code);
  std::size_t places = 0;
  for (const FormatToken& token : tokens) places += token.kind == TokenKind::digit ? token.text.size() : 0;
  const std::string filled =
      digits.size() < places ? std::string(places - digits.size(), ' ') + std::string(digits) : std::string(digits);
  std::size_t at = 0, extra = filled.size() - places;   // digits beyond the places stand before the first of them
  std::string out = negative ? "-" : "";
  for (const FormatToken& token : tokens) {
    if (token.kind == TokenKind::literal) out += token.text;
    if (token.kind == TokenKind::general) out += digits;
    if (token.kind != TokenKind::digit) continue;
    for (const char place : token.text) {
      for (; extra > 0; --extra) out += filled[at++];
      const char digit = filled[at++];
      if (digit != ' ')
        out += digit;
      else if (place == '0')
        out += '0';
    }
  }
  return out;
}

std::string shown_weekday(const FormatSection& section, int weekday) {
  constexpr std::array<std::string_view, 7> days{"一", "二", "三", "四", "五", "六", "日"};
  std::string out;
  for (const FormatToken& token : format_tokens(section.code)) {
    if (token.kind == TokenKind::literal) out += token.text;
    if (token.kind != TokenKind::weekday) continue;
    const bool bare = token.text.size() == 3 && (token.text[0] == 'a' || token.text[0] == 'A');   // aaa: 五
    out += (bare ? "" : "星期") + std::string(days[static_cast<std::size_t>(weekday - 1) % 7]);
  }
  return out;
}

}   // namespace gangmu::sheet
