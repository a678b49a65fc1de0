// SPDX-License-Identifier: Apache-2.0
// The digits of a text in groups, and what parts one group from the next. What personal_number.cpp recognises numbers
// in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gangmu {

struct DigitGroup {
  std::string digits;               ///< ASCII, whatever they were typed in
  std::size_t begin = 0, end = 0;   ///< in code points of the text
  std::size_t x_end = 0;            ///< behind an X that follows the digits; 0 without
  /// What parts it from the group before: ' ', '-', '.', '/', '(' (or several kinds: 'm'); ',' between items of a list;
  /// 0 when it has nothing to do with it.
  char parted = 0;
  bool chinese = false;   ///< typed 一二三
  bool plus = false;      ///< a + stands right before it
};

std::vector<DigitGroup> digit_groups(std::u32string_view text);

/// A character that shows nothing and may be hidden inside a number (zero-width, marks of direction, soft hyphen …).
bool shows_nothing(char32_t c);

}   // namespace gangmu
