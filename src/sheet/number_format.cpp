// SPDX-License-Identifier: Apache-2.0
#include "sheet/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.hpp"
#include "sheet/format_tokens.hpp"

namespace gangmu::sheet {
namespace {

constexpr std::size_t longest_code = 1'020;   // bytes; Excel allows 255 characters
constexpr int most_decimals = 9;

bool has(const std::vector<FormatToken>& tokens, std::initializer_list<TokenKind> kinds) {
  return std::ranges::any_of(
      tokens, [&](const FormatToken& token) { return std::ranges::find(kinds, token.kind) != kinds.end(); });
}

/// "[>=100]" at the head of a section, behind colours.
void read_condition(FormatSection& section) {
  std::string_view rest = section.code;
  while (rest.starts_with('[')) {
    const std::string_view inside = rest.substr(1, std::min(rest.find(']'), rest.size()) - 1);
    rest.remove_prefix(std::min(inside.size() + 2, rest.size()));
    const std::size_t digits = inside.find_first_not_of("<>=");
    if (digits == 0 || digits == std::string_view::npos) continue;
    const std::string_view sign = inside.substr(0, digits), number = text::trim(inside.substr(digits));
    if (std::from_chars(number.data(), number.data() + number.size(), section.bound).ec != std::errc()) continue;
    section.comparison = sign == "<=" ? 'l' : sign == ">=" ? 'g' : sign == "<>" ? 'n' : sign.front();
  }
}

bool meets(const FormatSection& section, double value) {
  switch (section.comparison) {
    case '<': return value < section.bound;
    case '>': return value > section.bound;
    case '=': return value == section.bound;
    case 'l': return value <= section.bound;
    case 'g': return value >= section.bound;
    case 'n': return value != section.bound;
    default: return true;
  }
}

/// Words before or between the digits make a code of a number; a currency before it does not.
bool is_word(std::string_view literal) {
  constexpr std::string_view money[] = {"¥", "￥", "$", "€", "£", "RMB", "CNY", "USD", "HKD", "MOP", "人民币"};
  for (const std::string_view sign : money) {
    if (literal.find(sign) != std::string_view::npos) return false;
  }
  return std::ranges::any_of(text::code_points(literal), [](char32_t p) {
    const bool letter = (p >= 'A' && p <= 'Z') || (p >= 'a' && p <= 'z') || (p >= '0' && p <= '9');
    return letter || (p >= 0x3400 && p <= 0x9FFF);
  });
}

/// A number whose unit says it is a part of a date: 0"月".
bool is_part_of_date(std::string_view literal) {
  for (const std::string_view word : {"年", "月", "日", "季", "旬"}) {
    if (literal.starts_with(word)) return true;
  }
  return false;
}

/// Whether a section of whole numbers is read with the eye, digit by digit.
bool is_code(const std::vector<FormatToken>& tokens) {
  if (has(tokens, {TokenKind::point, TokenKind::group, TokenKind::fraction, TokenKind::exponent})) return false;
  std::size_t runs = 0, zeros = 0;
  bool word_before = false, between = false, pending = false, part_of_date = false;
  for (const FormatToken& token : tokens) {
    if (token.kind == TokenKind::literal) {
      if (runs == 0) {
        word_before = word_before || is_word(token.text);
      } else {
        pending = pending || !text::trim(token.text).empty();
        part_of_date = part_of_date || is_part_of_date(token.text);
      }
    } else if (token.kind == TokenKind::digit || token.kind == TokenKind::general) {
      between = between || pending;
      ++runs;
      zeros += static_cast<std::size_t>(std::ranges::count(token.text, '0'));
    }
  }
  return runs > 0 && (zeros > 1 || word_before || between || part_of_date);
}

/// Decimals a format always shows; -1 where it shows as many as there are, or changes the number's size (0, and E+).
int fixed_decimals(const std::vector<FormatToken>& tokens) {
  if (has(tokens, {TokenKind::general, TokenKind::fraction, TokenKind::exponent})) return -1;
  const auto point = std::ranges::find(tokens, TokenKind::point, &FormatToken::kind);
  int decimals = 0;
  bool digits = false;
  for (auto token = tokens.begin(); token != tokens.end(); ++token) {
    if (token->kind == TokenKind::group && (token + 1 == tokens.end() || (token + 1)->kind != TokenKind::digit))
      return -1;
    if (token->kind != TokenKind::digit) continue;
    digits = true;
    if (token < point) continue;
    if (token->text.find_first_not_of('0') != std::string::npos) return -1;
    decimals += static_cast<int>(token->text.size());
  }
  return digits && decimals <= most_decimals ? decimals : -1;
}

NumberShape date_shape(const std::vector<FormatToken>& tokens) {
  const bool year = has(tokens, {TokenKind::year}), month = has(tokens, {TokenKind::month});
  const bool clock = has(tokens, {TokenKind::hour, TokenKind::minute, TokenKind::second, TokenKind::elapsed});
  if (has(tokens, {TokenKind::day}) || (clock && (year || month))) return NumberShape::date;
  if (month) return NumberShape::month;
  if (year) return NumberShape::year;
  if (clock) return NumberShape::time;
  return has(tokens, {TokenKind::weekday}) ? NumberShape::weekday : NumberShape::plain;
}

FormatSection section_of(std::string_view code) {
  FormatSection out;
  out.code = code;
  read_condition(out);
  const std::vector<FormatToken> tokens = format_tokens(code);
  out.shows_year = has(tokens, {TokenKind::year});
  out.shape = date_shape(tokens);
  if (out.shape != NumberShape::plain) return out;
  out.decimals = static_cast<signed char>(fixed_decimals(tokens));
  if (has(tokens, {TokenKind::percent}))
    out.shape = NumberShape::percent;
  else if (is_code(tokens))
    out.shape = NumberShape::code;
  return out;
}

/// As the Chinese editions of spreadsheet programs have them.
constexpr std::pair<int, std::string_view> built_ins[] = {
    {1, "0"},
    {2, "0.00"},
    {3, "#,##0"},
    {4, "#,##0.00"},
    {9, "0%"},
    {10, "0.00%"},
    {11, "0.00E+00"},
    {12, "# ?/?"},
    {13, "# ?\?/?\?"},   // escaped: ??/ is a trigraph
    {14, "yyyy/m/d"},
    {15, "d-mmm-yy"},
    {16, "d-mmm"},
    {17, "mmm-yy"},
    {18, "h:mm AM/PM"},
    {19, "h:mm:ss AM/PM"},
    {20, "h:mm"},
    {21, "h:mm:ss"},
    {22, "yyyy/m/d h:mm"},
    {27, "yyyy\"年\"m\"月\""},
    {28, "m\"月\"d\"日\""},
    {29, "m\"月\"d\"日\""},
    {30, "m-d-yy"},
    {31, "yyyy\"年\"m\"月\"d\"日\""},
    {32, "h\"时\"mm\"分\""},
    {33, "h\"时\"mm\"分\"ss\"秒\""},
    {34, "上午/下午h\"时\"mm\"分\""},
    {35, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {36, "yyyy\"年\"m\"月\""},
    {37, "#,##0_);(#,##0)"},
    {38, "#,##0_);[Red](#,##0)"},
    {39, "#,##0.00_);(#,##0.00)"},
    {40, "#,##0.00_);[Red](#,##0.00)"},
    {45, "mm:ss"},
    {46, "[h]:mm:ss"},
    {47, "mm:ss.0"},
    {48, "##0.0E+0"},
    {50, "yyyy\"年\"m\"月\""},
    {51, "m\"月\"d\"日\""},
    {52, "yyyy\"年\"m\"月\""},
    {53, "m\"月\"d\"日\""},
    {54, "m\"月\"d\"日\""},
    {55, "上午/下午h\"时\"mm\"分\""},
    {56, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {57, "yyyy\"年\"m\"月\""},
    {58, "m\"月\"d\"日\""},
};

}   // namespace

NumberFormat::NumberFormat(std::string_view code) {
  if (code.size() > longest_code) code = {};
  for (const std::string_view section : format_sections(code)) {
    if (sections_.size() < 3) sections_.push_back(section_of(section));   // the fourth is for text
  }
}

NumberFormat NumberFormat::built_in(int id) {
  const auto found = std::ranges::find(built_ins, id, &std::pair<int, std::string_view>::first);
  return found == std::end(built_ins) ? NumberFormat() : NumberFormat(found->second);
}

/// Without conditions: one section for all, a second for negative numbers, a third for zero. With them: the first that
/// is met, else the last.
const FormatSection& NumberFormat::section_for(double value) const {
  const FormatSection& first = sections_.front();
  if (sections_.size() == 1) return first;
  const FormatSection& second = sections_[1];
  if (first.comparison == 0 && second.comparison == 0) {
    if (value < 0) return second;
    return sections_.size() > 2 && value == 0 ? sections_[2] : first;
  }
  if (first.comparison == 0 ? value > 0 : meets(first, value)) return first;
  if (sections_.size() == 2 || (second.comparison == 0 ? value < 0 : meets(second, value))) return second;
  return sections_[2];
}

}   // namespace gangmu::sheet
