// SPDX-License-Identifier: Apache-2.0
#include "sheet/format_tokens.hpp"

#include <algorithm>
#include <span>

#include "base/text.hpp"

namespace gangmu::sheet {
namespace {

constexpr std::string_view general_words[] = {"General", "G/通用格式"};
constexpr std::string_view half_day_words[] = {"上午/下午", "AM/PM", "A/P"};

bool same_letters(std::string_view a, std::string_view b) { return text::lower_ascii(a) == text::lower_ascii(b); }

/// Bytes of the UTF-8 character that begins with `lead`.
std::size_t width_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// What stands at `at` and passes over its end: "…", \x, _x, *x and [...] as one piece. Returns the byte behind it.
std::size_t behind_piece(std::string_view code, std::size_t at) {
  const auto closed = [&](char mark) {
    const std::size_t end = code.find(mark, at + 1);
    return end == std::string_view::npos ? code.size() : end + 1;
  };
  switch (code[at]) {
    case '"': return closed('"');
    case '[': return closed(']');
    case '\\':
    case '_':
    case '*': return at + 1 < code.size() ? std::min(code.size(), at + 1 + width_of(code[at + 1])) : code.size();
    default: return at + 1;
  }
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view section) : rest_(section) {}

  std::vector<FormatToken> all() {
    while (!rest_.empty()) next();
    tell_minutes_from_months();
    return std::move(out_);
  }

 private:
  void add(TokenKind kind, std::string_view text) {
    if (kind == TokenKind::literal && !out_.empty() && out_.back().kind == kind)
      out_.back().text += text;
    else
      out_.push_back({kind, std::string(text)});
  }
  std::string_view take(std::size_t bytes) {
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  bool take_word(std::span<const std::string_view> words, TokenKind kind) {
    for (const std::string_view word : words) {
      if (!same_letters(rest_.substr(0, word.size()), word)) continue;
      add(kind, take(word.size()));
      return true;
    }
    return false;
  }

  void next() {
    const char c = rest_.front();
    if (c == '"' || c == '\\' || c == '_' || c == '*' || c == '[') return piece(c);
    if (take_word(general_words, TokenKind::general) || take_word(half_day_words, TokenKind::half_day)) return;
    switch (c) {
      case '0':
      case '#':
      case '?': return run_of("0#?", after_second() ? TokenKind::part_of_second : TokenKind::digit);
      case '.': return add(TokenKind::point, take(1));
      case ',': return add(digits_before() ? TokenKind::group : TokenKind::literal, take(1));
      case '%': return add(TokenKind::percent, take(1));
      case '/': return add(digits_before() ? TokenKind::fraction : TokenKind::literal, take(1));
      default: return letters(c);
    }
  }

  void piece(char c) {
    const std::string_view whole = take(behind_piece(rest_, 0));
    if (c == '"') return literal(whole.substr(1, whole.size() - (whole.size() > 1 && whole.back() == '"' ? 2 : 1)));
    if (c == '\\') return literal(whole.substr(1));
    if (c == '[') bracket(whole.substr(1, whole.size() - (whole.back() == ']' ? 2 : 1)));
  }
  void literal(std::string_view text) {
    if (!text.empty()) add(TokenKind::literal, text);
  }
  void bracket(std::string_view inside) {
    if (inside.empty()) return;
    if (inside.front() == '$') return literal(inside.substr(1, inside.find('-') - 1));   // [$¥-804]
    if (inside.find_first_not_of("hHmMsS") == std::string_view::npos) add(TokenKind::elapsed, inside);
  }

  void run_of(std::string_view these, TokenKind kind) {
    add(kind, take(std::min(rest_.find_first_not_of(these), rest_.size())));
  }

  void letters(char c) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::string both{lower, static_cast<char>(lower - ('a' <= lower && lower <= 'z' ? 'a' - 'A' : 0))};
    const std::size_t run = std::min(rest_.find_first_not_of(both), rest_.size());
    switch (lower) {
      case 'y':
      case 'b': return add(TokenKind::year, take(run));
      case 'e':
        if (rest_.size() > 1 && (rest_[1] == '+' || rest_[1] == '-')) return add(TokenKind::exponent, take(2));
        return add(TokenKind::year, take(run));
      case 'g': take(run); return;   // the era before a year
      case 'm': return add(TokenKind::month, take(run));
      case 'd': return add(run > 2 ? TokenKind::weekday : TokenKind::day, take(run));
      case 'a': return run > 2 ? add(TokenKind::weekday, take(run)) : literal(take(run));
      case 'h': return add(TokenKind::hour, take(run));
      case 's': return add(TokenKind::second, take(run));
      default: return literal(take(width_of(c)));
    }
  }

  [[nodiscard]] bool digits_before() const {
    return !out_.empty() && (out_.back().kind == TokenKind::digit || out_.back().kind == TokenKind::group);
  }
  /// 0 behind "ss." is a part of a second, not a digit.
  [[nodiscard]] bool after_second() const {
    if (out_.size() < 2 || out_.back().kind != TokenKind::point) return false;
    const TokenKind before = out_[out_.size() - 2].kind;
    return before == TokenKind::second || before == TokenKind::elapsed;
  }

  /// m next to hours or seconds means minutes.
  void tell_minutes_from_months() {
    TokenKind before = TokenKind::literal;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      if (out_[i].kind == TokenKind::month &&
          (before == TokenKind::hour || before == TokenKind::elapsed || seconds_follow(i))) {
        out_[i].kind = TokenKind::minute;
      }
      if (out_[i].kind != TokenKind::literal && out_[i].kind != TokenKind::half_day) before = out_[i].kind;
    }
  }
  [[nodiscard]] bool seconds_follow(std::size_t i) const {
    for (++i; i < out_.size(); ++i) {
      if (out_[i].kind != TokenKind::literal) return out_[i].kind == TokenKind::second;
    }
    return false;
  }

  std::string_view rest_;
  std::vector<FormatToken> out_;
};

}   // namespace

std::vector<FormatToken> format_tokens(std::string_view section) { return Tokenizer(section).all(); }

std::vector<std::string_view> format_sections(std::string_view code) {
  constexpr std::size_t most = 4;
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < code.size() && out.size() + 1 < most; at = behind_piece(code, at)) {
    if (code[at] != ';') continue;
    out.push_back(code.substr(begin, at - begin));
    begin = at + 1;
  }
  out.push_back(code.substr(begin, code.find(';', begin) == std::string_view::npos || out.size() + 1 < most
                                       ? std::string_view::npos
                                       : code.find(';', begin) - begin));
  return out;
}

}   // namespace gangmu::sheet
