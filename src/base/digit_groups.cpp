// SPDX-License-Identifier: Apache-2.0
#include "base/digit_groups.hpp"

namespace gangmu {
namespace {

using View = std::u32string_view;

constexpr std::size_t marks_most = 3;   ///< between two groups of one number: "0750 - 3278888"

struct Digit {
  int value = -1;
  bool chinese = false;
};

Digit digit(char32_t c) {
  constexpr char32_t zeros[] = {U'0', U'０', U'\u0660', U'\u06F0'};
  for (const char32_t zero : zeros) {
    if (c >= zero && c <= zero + 9) return {static_cast<int>(c - zero)};
  }
  if (c >= U'\U0001D7CE' && c <= U'\U0001D7FF') return {static_cast<int>((c - U'\U0001D7CE') % 10)};   // mathematical
  constexpr View chinese[] = {U"〇零○", U"一壹幺", U"二贰", U"三叁", U"四肆",
                              U"五伍",  U"六陆",   U"七柒", U"八捌", U"九玖"};
  for (int value = 0; value < 10; ++value) {
    if (chinese[value].find(c) != View::npos) return {value, true};
  }
  return {};
}

/// The kind of a mark that may stand inside a number, 0 for any other character.
char mark(char32_t c) {
  if (View(U" \t\r\n\u00A0\u202F\u205F\u3000").find(c) != View::npos || (c >= U'\u2000' && c <= U'\u200A')) return ' ';
  if (View(U"-－—–‐‑‒―−﹣~～_＿").find(c) != View::npos) return '-';
  if (View(U".．·・•。").find(c) != View::npos) return '.';
  if (View(U"/／\\").find(c) != View::npos) return '/';
  if (View(U"()（）[]【】+＋").find(c) != View::npos) return '(';
  if (View(U",，、;；或").find(c) != View::npos) return ',';
  return 0;
}

bool is_x(char32_t c) { return View(U"xXｘＸ×Хх").find(c) != View::npos; }

class Reader {
 public:
  std::vector<DigitGroup> read(View text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!shows_nothing(text[i])) take(text[i], i);
    }
    return std::move(groups_);
  }

 private:
  void take(char32_t c, std::size_t at) {
    if (const Digit d = digit(c); d.value >= 0) return take_digit(d, at);
    if (is_x(c) && joined() && groups_.back().x_end == 0) {
      groups_.back().x_end = at + 1;
      return;   // what follows goes on with the chain: 12 3X / 0750…
    }
    const char kind = mark(c);
    plus_ = c == U'+' || c == U'＋';
    if (kind == 0) {
      broken_ = true;
      return;
    }
    ++marks_;
    if (kind != ' ' && parted_ != kind) parted_ = parted_ == 0 || parted_ == ' ' ? kind : 'm';
    if (kind == ' ' && parted_ == 0) parted_ = kind;
  }

  [[nodiscard]] bool joined() const { return !groups_.empty() && !broken_ && marks_ <= marks_most; }

  void take_digit(const Digit& d, std::size_t at) {
    const bool same = joined() && marks_ == 0 && groups_.back().chinese == d.chinese && groups_.back().x_end == 0;
    if (!same) {
      const bool chained = joined() && marks_ > 0 && groups_.back().chinese == d.chinese;
      groups_.push_back({.digits = {},
                         .begin = at,
                         .end = at,
                         .x_end = 0,
                         .parted = chained ? parted_ : char{},
                         .chinese = d.chinese,
                         .plus = plus_});
    }
    groups_.back().digits += static_cast<char>('0' + d.value);
    groups_.back().end = at + 1;
    broken_ = plus_ = false;
    marks_ = 0;
    parted_ = 0;
  }

  std::vector<DigitGroup> groups_;
  bool broken_ = false, plus_ = false;   ///< since the last digit: a character that ends a number; a + just now
  std::size_t marks_ = 0;
  char parted_ = 0;
};

}   // namespace

bool shows_nothing(char32_t c) {
  return (c >= U'\u200B' && c <= U'\u200F') || (c >= U'\u202A' && c <= U'\u202E') ||
         (c >= U'\u2060' && c <= U'\u206F') || (c >= U'\uFE00' && c <= U'\uFE0F') || c == U'\uFEFF' || c == U'\u00AD' ||
         c == U'\u061C' || c == U'\u180E' || c == U'\u034F' || c == U'\u20E3';
}

std::vector<DigitGroup> digit_groups(std::u32string_view text) { return Reader().read(text); }

}   // namespace gangmu
