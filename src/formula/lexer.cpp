// SPDX-License-Identifier: Apache-2.0
#include "formula/lexer.hpp"

#include <array>
#include <optional>

#include "base/date.hpp"
#include "base/text.hpp"
#include "formula/errors.hpp"

namespace gangmu::formula {
namespace {

struct Spelling {
  std::u32string_view written;
  std::string_view means;
};

constexpr auto words = std::to_array<Spelling>({
    {U"and", "and"},
    {U"且", "and"},
    {U"并且", "and"},
    {U"or", "or"},
    {U"或", "or"},
    {U"或者", "or"},
    {U"not", "not"},
    {U"非", "not"},
    {U"in", "in"},
    {U"属于", "in"},
    {U"where", "where"},
    {U"其中", "where"},
    {U"yes", "yes"},
    {U"no", "no"},
    {U"是", "yes"},
    {U"否", "no"},
    {U"missing", "missing"},
    {U"缺失", "missing"},
});

/// Longest first, so that <= is not read as < and =.
constexpr auto symbols = std::to_array<Spelling>({
    {U"<=", "<="}, {U">=", ">="}, {U"!=", "!="}, {U"<>", "!="}, {U"==", "=="}, {U"≤", "<="}, {U"≥", ">="},
    {U"≠", "!="},  {U"=", "=="},  {U"<", "<"},   {U">", ">"},   {U"+", "+"},   {U"-", "-"},  {U"−", "-"},
    {U"*", "*"},   {U"×", "*"},   {U"/", "/"},   {U"÷", "/"},   {U"(", "("},   {U")", ")"},  {U",", ","},
    {U"、", ","},  {U".", "."},   {U"?", "?"},   {U":", ":"},
});

bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool letter(char32_t c) {
  if (c < 128) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_';
  const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || c == U'×' || c == U'÷' ||
                           c == U'−' || c == U'≤' || c == U'≥' || c == U'≠' || c == U'·' || c == 0xA0 || c == 0xFFFD;
  return !punctuation;
}
bool unit_character(char32_t c) { return letter(c) || c == U'%' || c == U'‰' || c == U'·'; }
bool space(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 || c == 0x3000; }

/// Full-width forms count as their ASCII twins outside quotes: ＞ is >, （ is (.
char32_t folded(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; }

std::optional<std::string_view> word_of(std::u32string_view name) {
  for (const Spelling& word : words)
    if (word.written == name) return word.means;
  return std::nullopt;
}

char32_t closing(char32_t open) {
  switch (open) {
    case U'\'': return U'\'';
    case U'"': return U'"';
    case U'“': return U'”';
    case U'‘': return U'’';
    default: return 0;
  }
}

class Lexer {
 public:
  Lexer(std::string_view text, const Position& where) : text_(text::code_points(text)), where_(where) {}

  Result<std::vector<Token>> run() {
    for (skip_space(); at_ < text_.size(); skip_space()) TRY(next());
    out_.push_back({.kind = TokenKind::end, .column = column()});
    return std::move(out_);
  }

 private:
  [[nodiscard]] int column() const { return static_cast<int>(at_) + 1; }
  [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? folded(text_[at_ + ahead]) : 0;
  }
  void skip_space() {
    while (at_ < text_.size() && space(text_[at_])) ++at_;
  }
  [[nodiscard]] Position here() const {
    Position out = where_;
    out.column = (out.column > 0 ? out.column - 1 : 0) + column();
    return out;
  }

  Status next() {
    const char32_t c = peek();
    if (digit(c)) {
      number();
      return {};
    }
    if (closing(text_[at_]) != 0) return quoted(closing(text_[at_]), TokenKind::text);
    if (c == U'`') return quoted(U'`', TokenKind::name);
    if (letter(c)) {
      name();
      return {};
    }
    for (const Spelling& one : symbols) {
      if (!starts_with(one.written)) continue;
      out_.push_back({.kind = TokenKind::symbol, .text = std::string(one.means), .column = column()});
      at_ += one.written.size();
      return {};
    }
    return gangmu::fail(errors::character_unknown, {text::utf8(std::u32string(1, text_[at_]))}, here());
  }

  [[nodiscard]] bool starts_with(std::u32string_view s) const {
    for (std::size_t i = 0; i < s.size(); ++i)
      if (peek(i) != s[i]) return false;
    return true;
  }

  /// 2023-06-16 is a day; 12.5万元 a number with its unit.
  void number() {
    Token token{.kind = TokenKind::number, .column = column()};
    if (auto day = date_ahead()) {
      at_ += 10;
      out_.push_back({.kind = TokenKind::date, .text = *day, .column = token.column});
      return;
    }
    while (digit(peek())) token.text += static_cast<char>(take());
    if (peek() == U'.' && digit(peek(1))) {
      token.text += static_cast<char>(take());
      while (digit(peek())) token.text += static_cast<char>(take());
    }
    std::u32string unit;
    while (unit_character(peek()) || (!unit.empty() && peek() == U'/' && letter(peek(1)))) unit += take();
    token.unit = text::utf8(unit);
    out_.push_back(std::move(token));
  }
  char32_t take() {
    const char32_t c = peek();
    ++at_;
    return c;
  }
  [[nodiscard]] std::optional<std::string> date_ahead() const {
    std::string out;
    for (std::size_t i = 0; i < 10; ++i) {
      const char32_t c = peek(i);
      if (i == 4 || i == 7 ? c != U'-' : !digit(c)) return std::nullopt;
      out += static_cast<char>(c);
    }
    return digit(peek(10)) ? std::nullopt : std::optional(out);
  }

  Status quoted(char32_t close, TokenKind kind) {
    const Position open = here();
    Token token{.kind = kind, .column = column()};
    std::u32string inside;
    for (++at_;; ++at_) {
      if (at_ == text_.size()) return gangmu::fail(errors::text_open, {text::utf8(std::u32string(1, close))}, open);
      if (text_[at_] != close)
        inside += text_[at_];
      else if (at_ + 1 < text_.size() && text_[at_ + 1] == close)
        inside += text_[++at_];   // doubled: the quote itself
      else
        break;
    }
    ++at_;
    token.text = text::utf8(inside);
    out_.push_back(std::move(token));
    return {};
  }

  void name() {
    Token token{.kind = TokenKind::name, .column = column()};
    std::u32string read;
    while (letter(peek()) || digit(peek())) read += take();
    const auto word = word_of(read);
    token.kind = word ? TokenKind::word : TokenKind::name;
    token.text = word ? std::string(*word) : text::utf8(read);
    out_.push_back(std::move(token));
  }

  std::u32string text_;
  Position where_;
  std::size_t at_ = 0;
  std::vector<Token> out_;
};

}   // namespace

Result<std::vector<Token>> tokens(std::string_view text, const Position& where) { return Lexer(text, where).run(); }

bool plain_name(std::string_view name) {
  const std::u32string points = text::code_points(name);
  if (points.empty() || digit(points[0]) || word_of(points)) return false;
  for (const char32_t c : points)
    if (!(letter(c) || digit(c)) || folded(c) != c) return false;
  return true;
}

}   // namespace gangmu::formula
