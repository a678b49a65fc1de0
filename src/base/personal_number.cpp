// SPDX-License-Identifier: Apache-2.0
// Forms of numbers: GB 11643 (identity), the mobile and area codes of YD/T numbering, E.164 abroad.
#include "base/personal_number.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "base/digit_groups.hpp"
#include "base/text.hpp"

namespace gangmu {
namespace {

using View = std::u32string_view;
using Groups = std::vector<DigitGroup>;

/// A number: so many groups, up to a code point.
struct Number {
  std::size_t groups = 0, end = 0;
};
using Found = std::optional<Number>;

/// Groups taken together.
struct Taken {
  std::string digits, shape;   ///< "13912345678", "3-4-4"
  char kind = 0;               ///< of the marks between them, 'm' when they differ
};

/// Asks about the first group, the first two, … while they make up at most `most` digits; the longest answer stands.
template <class Ask>
Found longest(const Groups& groups, std::size_t from, std::size_t most, const Ask& ask) {
  Found found;
  Taken taken;
  for (std::size_t i = from; i < groups.size(); ++i) {
    const DigitGroup& group = groups[i];
    if (i > from && (group.parted == 0 || group.parted == ',')) break;
    if (taken.digits.size() + group.digits.size() > most) break;
    if (i > from) {
      taken.kind = taken.kind == 0 || taken.kind == group.parted ? group.parted : 'm';
      taken.shape += '-';
    }
    taken.digits += group.digits;
    taken.shape += std::to_string(group.digits.size());
    if (const std::size_t end = ask(taken, group); end > 0) found = {i - from + 1, end};
  }
  return found;
}

template <std::size_t n>
bool one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::ranges::find(words, word) != words.end();
}

int number_at(std::string_view digits, std::size_t at, std::size_t size) {
  int out = 0;
  for (const char c : digits.substr(at, size)) out = out * 10 + (c - '0');
  return out;
}

// --- identity numbers

bool of_a_province(std::string_view digits) {
  static constexpr std::string_view provinces =
      "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91";
  return provinces.find(digits.substr(0, 2)) != std::string_view::npos;
}
bool a_day(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }

bool like_eighteen(std::string_view d) {
  const int year = number_at(d, 6, 4);
  return of_a_province(d) && year >= 1880 && year <= 2100 && a_day(number_at(d, 10, 2), number_at(d, 12, 2));
}
/// Those with 15 digits were given until 1999. Codes of places with three digits more look like births before 1920.
bool like_fifteen(std::string_view d) {
  return of_a_province(d) && number_at(d, 6, 2) >= 20 && a_day(number_at(d, 8, 2), number_at(d, 10, 2));
}

Found identity(const Groups& groups, std::size_t from) {
  static constexpr std::array<std::string_view, 8> shapes_of_fifteen = {
      "15", "6-6-3", "6-2-2-2-3", "3-3-3-3-3", "5-5-5", "6-9", "12-3", "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1"};
  return longest(groups, from, 18, [](const Taken& taken, const DigitGroup& last) -> std::size_t {
    const std::string& d = taken.digits;
    const bool whole = taken.kind == 0;
    if (d.size() == 18) return whole || like_eighteen(d) ? last.end : 0;
    if (d.size() == 17 && last.x_end > 0)
      return (whole && last.x_end == last.end + 1) || like_eighteen(d) ? last.x_end : 0;
    return d.size() == 15 && like_fifteen(d) && one_of(taken.shape, shapes_of_fifteen) ? last.end : 0;
  });
}

/// A123456(7)
Found hong_kong(View text, const Groups& groups, std::size_t i) {
  const DigitGroup& body = groups[i];
  const bool letter = body.begin > 0 && text[body.begin - 1] >= U'A' && text[body.begin - 1] <= U'Z';
  if (!letter || body.digits.size() != 6 || i + 1 == groups.size()) return {};
  const DigitGroup& check = groups[i + 1];
  return check.parted == '(' && check.digits.size() == 1 ? Found({2, check.end}) : Found();
}

// --- telephones

bool mobile(std::string_view d) { return d.size() == 11 && d[0] == '1' && d[1] >= '3'; }
/// Written in one: with the country before it, with the 0 once dialled before it, two numbers run together.
bool mobile_in_one(std::string_view d) {
  return mobile(d) || (d.size() == 13 && d.starts_with("86") && mobile(d.substr(2))) ||
         (d.size() == 15 && d.starts_with("0086") && mobile(d.substr(4))) ||
         (d.size() == 12 && d[0] == '0' && mobile(d.substr(1))) ||
         (d.size() == 22 && mobile(d.substr(0, 11)) && mobile(d.substr(11)));
}

/// Rows of figures are parted by blanks and dots, too: there only what people write counts.
Found mobile(const Groups& groups, std::size_t from) {
  static constexpr std::array<std::string_view, 14> shapes = {
      "3-4-4", "3-8", "3-3-5", "4-3-4", "4-4-3",   "7-4",         "4-7",
      "5-6",   "6-5", "8-3",   "3-5-3", "3-2-3-3", "2-2-2-2-2-1", "1-1-1-1-1-1-1-1-1-1-1"};
  if (mobile_in_one(groups[from].digits)) return Number{1, groups[from].end};
  return longest(groups, from, 11, [](const Taken& taken, const DigitGroup& last) -> std::size_t {
    const bool parted_by_hand = taken.kind == '-' || taken.kind == '(';
    return mobile(taken.digits) && (parted_by_hand || one_of(taken.shape, shapes)) ? last.end : 0;
  });
}

bool chained(const Groups& groups, std::size_t i) {
  return i < groups.size() && groups[i].parted != 0 && groups[i].parted != ',';
}

/// The seven or eight digits of a line, in one or two groups.
Found local_number(const Groups& groups, std::size_t i) {
  const std::size_t first = groups[i].digits.size();
  if (first == 7 || first == 8) return Number{1, groups[i].end};
  const bool two = (first == 3 || first == 4) && chained(groups, i + 1) && groups[i + 1].digits.size() == 4;
  return two ? Found({2, groups[i + 1].end}) : Found();
}

/// Other lines of the same office and extensions: 0750-3278888、3278889 / 0750-3278888-801
Number with_more_lines(const Groups& groups, std::size_t from, Number found) {
  for (std::size_t i = from + found.groups; i < groups.size() && groups[i].parted != 0; ++i) {
    const std::string& d = groups[i].digits;
    const bool line = (d.size() == 7 || d.size() == 8) && d[0] != '0' && !(d.size() == 8 && Date::parse(d));
    const bool extension = groups[i].parted == '-' && d.size() <= 6;
    if (!line && !extension) break;
    found = {found.groups + 1, groups[i].end};
  }
  return found;
}

bool country(const DigitGroup& group) { return group.digits == "86" || group.digits == "0086"; }

Found landline(const Groups& groups, std::size_t from) {
  const std::string& d = groups[from].digits;
  const bool trunk = d.size() > 1 && d[0] == '0' && d[1] != '0';
  if (trunk && d.size() >= 10 && d.size() <= 12) return with_more_lines(groups, from, {1, groups[from].end});
  const bool abroad =
      from > 0 && country(groups[from - 1]) && chained(groups, from) && (d.size() == 2 || d.size() == 3);
  const bool area = (trunk && (d.size() == 3 || d.size() == 4)) || (abroad && d[0] != '0');
  if (!area || !chained(groups, from + 1)) return {};
  const Found local = local_number(groups, from + 1);
  return local ? Found(with_more_lines(groups, from, {local->groups + 1, local->end})) : Found();
}

/// Behind + or 00; Hong Kong, Macau and Taiwan in one as well.
Found from_abroad(const Groups& groups, std::size_t from) {
  const bool zeros = groups[from].digits.starts_with("00");
  if (!zeros && !groups[from].plus) return {};
  return longest(groups, from, 17, [&](const Taken& taken, const DigitGroup& last) -> std::size_t {
    const std::string_view d = std::string_view(taken.digits).substr(zeros ? 2 : 0);
    const bool near = (d.size() == 11 && (d.starts_with("852") || d.starts_with("853"))) ||
                      (d.size() >= 11 && d.size() <= 12 && d.starts_with("886"));
    const bool far = !zeros && d.size() >= 10 && d.size() <= 15 && taken.kind != 0 && taken.kind != '.';
    return near || far ? last.end : 0;
  });
}

/// 电话：327 8888: what a word in front says.
Found behind_a_word(View text, const Groups& groups, std::size_t i) {
  std::size_t at = groups[i].begin;
  while (at > 0 &&
         (View(U" \u3000\t:：为是.()（）号码").find(text[at - 1]) != View::npos || shows_nothing(text[at - 1])))
    --at;
  static constexpr std::array<View, 9> words = {U"电话", U"手机", U"座机", U"固话", U"联系方式",
                                                U"Tel",  U"tel",  U"TEL",  U"phone"};
  const View before = text.substr(0, at);
  if (std::ranges::none_of(words, [&](View word) { return before.ends_with(word); })) return {};
  const Found local = local_number(groups, i);
  return local ? Found(with_more_lines(groups, i, *local)) : Found();
}

/// The digits of a share such as 0.13912345678.
bool fraction(const Groups& groups, std::size_t i) {
  return i > 0 && groups[i].parted == '.' && groups[i].begin == groups[i - 1].end + 1 && groups[i - 1].digits == "0";
}

Found telephone(const Groups& groups, std::size_t i) {
  if (const Found found = mobile(groups, i)) return found;
  if (const Found found = from_abroad(groups, i)) return found;
  return landline(groups, i);
}

Found number_at(View text, const Groups& groups, std::size_t i) {
  if (fraction(groups, i)) return {};
  if (const Found found = identity(groups, i)) return found;
  if (const Found found = telephone(groups, i)) return found;
  if (const Found found = behind_a_word(text, groups, i)) return found;
  return hong_kong(text, groups, i);
}

/// (0750)3278888 is hidden with its first bracket.
std::size_t begin_of(View text, std::size_t begin, std::size_t end) {
  const bool opened = begin > 0 && (text[begin - 1] == U'(' || text[begin - 1] == U'（');
  const View inside = text.substr(begin, end - begin);
  return opened && inside.find_first_of(U")）") < inside.find_first_of(U"(（") ? begin - 1 : begin;
}

}   // namespace

std::string without_personal_numbers(std::string_view given, std::string_view instead) {
  const std::u32string text = text::code_points(given);
  const Groups groups = digit_groups(text);
  std::string out;
  std::size_t from = 0;
  for (std::size_t i = 0; i < groups.size();) {
    const Found found = number_at(text, groups, i);
    if (found) {
      const std::size_t begin = std::max(from, begin_of(text, groups[i].begin, found->end));
      out += text::utf8(View(text).substr(from, begin - from)) + std::string(instead);
      from = found->end;
    }
    i += found ? found->groups : 1;
  }
  return from == 0 ? std::string(given) : out + text::utf8(View(text).substr(from));
}

bool is_telephone(std::string_view given, bool local) {
  const std::u32string text = text::code_points(text::trim(given));
  const Groups groups = digit_groups(text);
  if (groups.empty()) return false;
  const auto foreign = [](char32_t c) {
    return !shows_nothing(c) && digit_groups(std::u32string(U"1") + c + U"1").back().parted == 0 &&
           digit_groups(std::u32string(1, c)).empty();
  };
  if (std::ranges::any_of(text, foreign)) return false;
  const std::size_t first = country(groups[0]) && groups.size() > 1 ? 1 : 0;
  if (const Found found = telephone(groups, first)) return first + found->groups == groups.size();
  const std::string& d = groups[0].digits;
  return local && groups.size() == 1 && d.size() == text.size() && (d.size() == 7 || d.size() == 8) && d[0] != '0' &&
         !(d.size() == 8 && Date::parse(d));
}

}   // namespace gangmu
