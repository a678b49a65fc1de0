// SPDX-License-Identifier: Apache-2.0
#include "plan/register_heading.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_persons.hpp"
#include "plan/register_units.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;

bool mark_in(char32_t c, View set) { return set.find(c) != View::npos; }
bool is_colon(char32_t c) { return c == U':' || c == U'：'; }

/// Where the words end and the rest begins, and where that ends.
struct Behind {
  std::size_t words = 0, begin = 0, end = 0;
};

/// The brackets at the end.
std::optional<Behind> in_brackets(View s) {
  constexpr View opening = U"(（[【", closing = U")）]】";
  if (s.empty() || !mark_in(s.back(), closing)) return std::nullopt;
  int depth = 0;
  for (std::size_t i = s.size(); i-- > 0;) {
    depth += mark_in(s[i], closing) ? 1 : mark_in(s[i], opening) ? -1 : 0;
    if (depth == 0) return i == 0 ? std::nullopt : std::optional(Behind{i, i + 1, s.size() - 1});
  }
  return std::nullopt;
}

/// 牵头单位, 分管领导: a word right before a colon.
bool labels_somebody(View word) {
  const std::string label = text::utf8(word);
  return part_named(label).has_value() || names_a_post(label);
}
View word_before(View s, std::size_t colon_at) {
  std::size_t begin = colon_at;
  while (begin > 0 && !mark_in(s[begin - 1], U" \u3000\n，,；;、。(（[【:：")) --begin;
  return s.substr(begin, colon_at - begin);
}

/// 一、产业振兴 牵头单位：市农业农村局
std::optional<Behind> behind_a_label(View s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!is_colon(s[i])) continue;
    const View label = word_before(s, i);
    const std::size_t begin = i - label.size();
    if (!labels_somebody(label)) continue;
    if (begin == 0 ||
        s[begin - 1] == U'、') {   // 牵头单位：市农业农村局 and no words before it; not 组织领导：压实责任
      const bool names = spelled_as_names(text::utf8(s.substr(i + 1)));
      return names || !names_a_post(text::utf8(label)) ? std::optional(Behind{i, begin, s.size()}) : std::nullopt;
    }
    std::size_t words = begin;
    while (words > 0 && mark_in(s[words - 1], U" \u3000\n，,；;。:：(（[【—-")) --words;
    return words == 0 ? std::nullopt : std::optional(Behind{words, begin, s.size()});
  }
  return std::nullopt;
}

/// 牵头领导：李四光, 联系电话：3278888; not 河长：属地党政主官.
bool tells_of_persons(View s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    const std::string label = is_colon(s[i]) ? text::utf8(word_before(s, i)) : "";
    if (label.empty() || !names_a_post(label)) continue;
    View value = s.substr(i + 1);
    value = value.substr(0, value.find_first_of(U"，,；;、。)）】"));
    const auto ends = [&](std::string_view word) { return label.ends_with(word); };
    constexpr std::string_view always[] = {"领导", "责任人", "联系人", "联络员", "经办人",
                                           "姓名", "电话",   "手机",   "同志"};
    const bool strong = std::ranges::any_of(always, ends) && !stands_for_unit(value);
    if (strong || spelled_as_names(text::utf8(value))) return true;
  }
  return false;
}

/// 2024年6月底前完成，牵头单位：市发改局: how much stands before the label and is none of the units.
std::size_t before_the_label(View inner) {
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (!is_colon(inner[i]) || !labels_somebody(word_before(inner, i))) continue;
    return i - word_before(inner, i).size();
  }
  return 0;
}

/// Without 共5项 beside the units.
std::string without_counts(const std::string& typed) {
  const std::u32string s = text::code_points(typed);
  std::u32string out;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= s.size(); ++i) {
    if (i < s.size() && !mark_in(s[i], U"，,；;")) continue;
    const View clause = View(s).substr(from, i - from);
    if (!figure(text::utf8(clause))) out += (out.empty() ? U"" : U"；") + std::u32string(clause);
    from = i + 1;
  }
  return text::utf8(out);
}

/// Surely units: those behind a label, but for what is spelled as a name; in 市农业农村局牵头 those known by their last
/// word.
bool all_units(const UnitParts& parts, bool labelled) {
  return std::ranges::all_of(parts.all(), [&](const std::string& unit) {
    const std::u32string name = text::code_points(unit);
    return stands_for_unit(name) || (labelled && !beside_units(unit).persons);
  });
}

}   // namespace

HeadingParts heading_parts(std::string_view typed) {
  HeadingParts out{std::string(typed), "", ""};
  const std::u32string s = text::code_points(typed);
  std::optional<Behind> behind = in_brackets(s);
  const auto told = [&] { return text::utf8(View(s).substr(behind->begin, behind->end - behind->begin)); };
  if (!behind || (!unit_parts(told()).labelled && !tells_of_persons(View(s).substr(behind->begin))))
    behind = behind_a_label(s);
  if (!behind) return out;
  std::u32string kept(s.substr(0, behind->words));
  if (const std::size_t before = before_the_label(View(s).substr(behind->begin, behind->end - behind->begin));
      before > 0) {
    View words = View(s).substr(behind->begin, before);
    while (!words.empty() && mark_in(words.back(), U" \u3000\n，,；;、")) words.remove_suffix(1);
    if (!figure(text::utf8(words))) kept += U"（" + std::u32string(words) + U"）";
    behind->begin += before;
  }
  const std::string text = told();
  const bool persons = tells_of_persons(View(s).substr(behind->begin, behind->end - behind->begin));
  const std::string units = without_counts(persons ? beside_units(text).units : text);
  const UnitParts parts = unit_parts(units);
  const bool label = std::ranges::any_of(text::code_points(units), is_colon);
  const bool named = parts.labelled && !parts.all().empty() && all_units(parts, label);
  if (!persons && !named) return out;
  const bool label_alone = behind->words > behind->begin;
  if (!label_alone || persons) out.words = heading_text(text::trim(text::utf8(kept)));
  if (persons) out.persons = text;
  if (named) out.units = units;
  return out;
}

}   // namespace gangmu::plan
