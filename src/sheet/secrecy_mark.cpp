// SPDX-License-Identifier: Apache-2.0
#include "sheet/secrecy_mark.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sheet/errors.hpp"

namespace gangmu::sheet {
namespace {

constexpr std::string_view second_character = "密";   // looked for first: few texts hold it
constexpr std::u32string_view stars = U"★☆✩✪✫✬✭✮✯✰⭐🌟⋆∗✱✲✳";
constexpr std::u32string_view weak_stars =
    U"*＊﹡";   // also said of what must be filled in: a mark only before a period

bool blank(char32_t p) {
  return p == ' ' || (p >= '\t' && p <= '\r') || p == 0x3000 || p == 0xA0 || p == 0xFEFF || p == 0x2060 ||
         p == 0xFE0E || p == 0xFE0F || (p >= 0x2000 && p <= 0x200D) || p == 0x202F;
}

/// Without blanks of any kind, full-width forms narrowed.
std::u32string squeezed(std::string_view text) {
  std::u32string out = text::code_points(text::narrow(text));
  std::erase_if(out, blank);
  return out;
}

bool is_level(std::u32string_view two) {
  return two == U"绝密" || two == U"機密" || two == U"机密" || two == U"秘密" || two == U"絕密";
}
bool holds(std::u32string_view set, char32_t p) { return set.find(p) != std::u32string_view::npos; }

bool digit(char32_t p) { return (p >= '0' && p <= '9') || holds(U"一二三四五六七八九十百两〇零", p); }

/// "10年", "6个月", "三十日", "长期", "启用前", "解密前"
bool is_period(std::u32string_view s) {
  for (const std::u32string_view words : {U"长期", U"長期", U"启用", U"解密", U"公布"}) {
    if (s.starts_with(words)) return true;
  }
  std::size_t digits = 0;
  while (digits < s.size() && digit(s[digits])) ++digits;
  return digits > 0 && digits < s.size() && holds(U"年个月日天", s[digits]);
}

/// Whether a star stands at the head of `s`, alone.
bool star_of_a_mark(std::u32string_view s) {
  if (s.empty()) return false;
  const std::u32string_view rest = s.substr(1);
  if (holds(weak_stars, s.front())) return is_period(rest);
  return holds(stars, s.front()) && (rest.empty() || !(holds(stars, rest.front()) || holds(weak_stars, rest.front())));
}

bool marked(std::u32string_view s) {
  for (std::size_t i = 0; i + 2 < s.size(); ++i) {
    const bool of_trade = i >= 2 && s.substr(i - 2, 2) == U"商业";   // a firm's own secret
    if (!of_trade && is_level(s.substr(i, 2)) && star_of_a_mark(s.substr(i + 2))) return true;
  }
  return false;
}

/// The level in a cell, the star in the next one that holds anything.
bool marked_in_two(const std::vector<GridCell>& cells, std::size_t column) {
  if (!is_level(squeezed(cells[column].text))) return false;
  const auto next = std::find_if(cells.begin() + static_cast<std::ptrdiff_t>(column) + 1, cells.end(),
                                 [](const GridCell& cell) { return !cell.text.empty(); });
  return next != cells.end() && star_of_a_mark(squeezed(next->text));
}

}   // namespace

bool bears_secrecy_mark(std::string_view text) {
  return text.find(second_character) != std::string_view::npos && marked(squeezed(text));
}

Status refuse_secrecy_mark(std::string_view text) {
  if (bears_secrecy_mark(text)) return fail(errors::secrecy_mark);
  return {};
}

Status refuse_secrecy_mark(const Grid& grid) {
  TRY(refuse_secrecy_mark(grid.sheet));
  for (const std::vector<GridCell>& cells : grid.rows) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (cells[c].text.find(second_character) == std::string::npos) continue;
      TRY(refuse_secrecy_mark(cells[c].text));
      if (marked_in_two(cells, c)) return fail(errors::secrecy_mark);
    }
  }
  return {};
}

std::string page_text_shown(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] != '&') {
      out += code[i];
    } else if (++i < code.size()) {
      if (code[i] == '&') out += '&';
      if (code[i] == '"' || code[i] == 'K') i = code[i] == '"' ? std::min(code.find('"', i + 1), code.size()) : i + 6;
      while (i + 1 < code.size() && code[i] >= '0' && code[i] <= '9' && code[i + 1] >= '0' && code[i + 1] <= '9') ++i;
    }
  }
  return out;
}

}   // namespace gangmu::sheet
