// SPDX-License-Identifier: Apache-2.0
// One section of a number format cut into what each part of it stands for (ISO/IEC 29500-1 §18.8.31): literals are
// told from placeholders, m for minutes from m for months, e for a year from E+ of an exponent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gangmu::sheet {

enum class TokenKind : std::uint8_t {
  literal,
  digit,   ///< a run of 0, # or ?; `text` holds them
  point,   ///< the decimal point, or the one before fractions of a second
  group,   ///< the comma between digits
  percent,
  fraction,   ///< the slash of # ?/?
  exponent,
  general,
  year,
  month,
  day,
  weekday,   ///< aaa, aaaa, ddd, dddd
  hour,
  minute,
  second,
  part_of_second,
  half_day,   ///< 上午/下午, AM/PM, A/P
  elapsed     ///< [h], [mm], [ss]: time that runs past a day
};

struct FormatToken {
  TokenKind kind = TokenKind::literal;
  std::string text;   ///< a literal's text, or the letters as written
};

/// `section` without its semicolons. Colours, conditions, languages and what only makes room (_x, *x) are left out.
std::vector<FormatToken> format_tokens(std::string_view section);

/// The sections of a format code: at most four, cut at semicolons that are no literals.
std::vector<std::string_view> format_sections(std::string_view code);

}   // namespace gangmu::sheet
