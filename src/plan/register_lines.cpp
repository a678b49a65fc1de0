// SPDX-License-Identifier: Apache-2.0
#include "plan/register_lines.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/text.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;

bool invisible(char32_t c) {
  return c <= U' ' || (c >= 0x7F && c <= 0xA0) || c == U'\u3000' || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || c == 0x2060 || c == 0xFEFF;
}
bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool one_of(char32_t c, View set) { return set.find(c) != View::npos; }
constexpr View han_digits = U"一二三四五六七八九十百〇零";
constexpr View stops = U".,、。:;：；，-—–~～/()（）[]【】";
constexpr View strokes = U"-—–―─━_=*/\\|·.…□☐○◯×";

/// What a reader sees, half-width and without any space.
std::u32string tight(std::string_view text) {
  std::u32string s = text::code_points(text::narrow(text));
  std::erase_if(s, invisible);
  return s;
}

bool is(View s, std::initializer_list<View> words) { return std::ranges::find(words, s) != words.end(); }
bool starts(View s, std::initializer_list<View> words) {
  return std::ranges::any_of(words, [&](View word) { return s.starts_with(word); });
}
bool ends(View s, std::initializer_list<View> words) {
  return std::ranges::any_of(words, [&](View word) { return s.ends_with(word); });
}

View without_brackets(View s) {
  while (s.size() >= 2 && one_of(s.front(), U"([【《<〔—-") && one_of(s.back(), U")]】》>〕—-"))
    s = s.substr(1, s.size() - 2);
  return s;
}

std::size_t number_length(View s) {
  std::size_t n = 0;
  while (n < s.size() && (digit(s[n]) || (n > 0 && one_of(s[n], U".,")))) ++n;
  return n;
}

constexpr View units[] = {U"项",   U"大项",   U"小项", U"个",     U"条",     U"件",   U"宗",        U"类", U"户",
                          U"人",   U"家",     U"分",   U"元",     U"万元",   U"亿",   U"万",        U"%",  U"亩",
                          U"公里", U"项任务", U"亿元", U"项工作", U"个项目", U"项目", U"项重点任务"};

/// "3", "3项", "3.5万元"; `bare` lets the unit be absent.
bool amount(View s, bool bare) {
  const std::size_t n = number_length(s);
  if (n == 0) return false;
  const View unit = s.substr(n);
  return unit.empty() ? bare : std::ranges::find(units, unit) != std::end(units);
}

View behind(View s, View word) {
  s.remove_prefix(word.size());
  while (!s.empty() && one_of(s.front(), U":：,，为")) s.remove_prefix(1);
  return s;
}

constexpr View sums[] = {U"合计", U"小计", U"总计", U"共计", U"累计", U"总数", U"合共", U"本页合计", U"本页小计"};

bool counted(View s) {
  if (starts(s, {U"以上"})) s.remove_prefix(2);
  for (const View word : {U"共计", U"总计", U"合计", U"共有", U"总共", U"一共", U"共"}) {
    if (s.starts_with(word)) return amount(behind(s, word), false);
  }
  return false;
}

}   // namespace

bool unseen(std::string_view text) { return tight(text).empty(); }

bool filler(std::string_view text) {
  const std::u32string s = tight(text);
  return std::ranges::all_of(s, [](char32_t c) { return one_of(c, strokes); }) || is(s, {U"无", U"0", U"否"});
}

bool figure(std::string_view text) {
  const std::u32string s = tight(text);
  const View inner = without_brackets(s);
  if (filler(text) || amount(inner, true) || counted(inner)) return true;
  return std::ranges::all_of(inner, [](char32_t c) { return digit(c) || one_of(c, stops) || one_of(c, U"%年月日"); });
}

bool how_many(std::string_view text) {
  const std::u32string s = tight(text);
  const View inner = without_brackets(s);
  return counted(inner) || (amount(inner, true) && number_length(inner) <= 3);
}

bool plain_number(std::string_view text) {
  const std::u32string s = tight(text);
  return std::ranges::any_of(s, digit) &&
         std::ranges::all_of(s, [](char32_t c) { return digit(c) || one_of(c, stops); });
}

bool part_number(std::string_view part, std::string_view whole) {
  if (part.size() <= whole.size() + 1 || !part.starts_with(whole)) return false;
  return part[whole.size()] == '.' || part[whole.size()] == '-';
}

bool sum_word(std::string_view text) {
  const std::u32string s = tight(text);
  const View inner = without_brackets(s);
  return std::ranges::any_of(sums, [&](View word) {
    if (!inner.starts_with(word)) return false;
    const View rest = without_brackets(behind(inner, word));
    return rest.empty() || amount(rest, true) || counted(rest);
  });
}

bool sum_of(std::string_view text) {
  const std::u32string s = tight(text);
  return s.size() <= 12 && ends(s, {U"小计", U"合计", U"总计"});
}

bool part_of_sum(std::string_view text) { return tight(text).starts_with(U"其中"); }

bool count_line(std::string_view text) {
  const std::u32string s = tight(text);
  View inner = without_brackets(s);
  while (!inner.empty() && one_of(inner.back(), U"。.")) inner.remove_suffix(1);
  return counted(inner);
}

bool end_mark(std::string_view text) {
  std::u32string s = tight(text);
  const bool struck = s.size() >= 3 && std::ranges::all_of(s, [](char32_t c) { return one_of(c, strokes); });
  if (struck) return true;
  std::erase_if(s, [](char32_t c) { return one_of(c, strokes) || one_of(c, U"()（）[]【】。"); });
  return is(s, {U"以下空白", U"以下无正文", U"本页以下空白", U"此页以下空白", U"此页无正文", U"以下为空白", U"空白",
                U"END", U"end", U"完", U"结束", U"以下无内容"});
}

bool note_line(std::string_view text) {
  std::u32string s = tight(text);
  View inner = s;
  while (!inner.empty() && one_of(inner.front(), U"(（[【*＊")) inner.remove_prefix(1);
  if (inner.starts_with(U"※")) return true;
  for (const View word :
       {U"填表说明", U"填报说明", U"有关说明", U"补充说明", U"情况说明", U"附注", U"备注", U"说明", U"注释", U"注"}) {
    if (!inner.starts_with(word)) continue;
    View rest = inner.substr(word.size());
    const bool numbered = !rest.empty() && digit(rest.front());
    while (!rest.empty() && digit(rest.front())) rest.remove_prefix(1);
    return rest.empty() ? word != U"注" || numbered
                        : one_of(rest.front(), U":：]】)）") || (numbered && one_of(rest.front(), U".、"));
  }
  return false;
}

bool source_line(std::string_view text) {
  const std::u32string s = tight(text);
  const View inner = without_brackets(s);
  for (const View word : {U"数据来源", U"资料来源", U"信息来源", U"统计口径", U"数据口径", U"填报要求", U"填表要求"}) {
    if (inner.starts_with(word)) return inner.size() == word.size() || one_of(inner[word.size()], U":：为");
  }
  const bool till = starts(inner, {U"统计截至", U"统计截止", U"数据截至", U"数据截止", U"以上数据", U"截至", U"截止"});
  return till && inner.size() <= 20 && std::ranges::any_of(inner, [](char32_t c) { return digit(c); });
}

bool says_as_above(std::string_view typed) {
  constexpr std::string_view words[] = {"同上",   "同上。",   "（同上）", "(同上)",   "同前",
                                        "同上行", "同上一行", "同上项",   "同上一项", "〃",
                                        "″",      "〞",       "\"",       "”",        "''"};
  return std::ranges::find(words, text::trim(typed)) != std::end(words);
}

bool names_no_unit(std::string_view typed) {
  constexpr std::string_view words[] = {"无",     "暂无",   "待定",   "暂定",   "未定",   "待确定",
                                        "待明确", "未明确", "待落实", "待安排", "待补充", "暂缺"};
  return filler(typed) || std::ranges::find(words, text::trim(typed)) != std::end(words);
}

bool sample_word(std::string_view text) {
  const std::u32string s = tight(text);
  View inner = without_brackets(s);
  while (!inner.empty() && one_of(inner.back(), U":：")) inner.remove_suffix(1);
  return is(inner, {U"示例", U"样例", U"例", U"例如", U"范例", U"举例", U"例子", U"填报示例", U"填写示例", U"填表示例",
                    U"示范", U"样表"});
}

bool leaves_blanks(std::string_view text) {
  const std::u32string s = tight(text);
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool again = i + 1 < s.size() && s[i + 1] == s[i];
    if (one_of(s[i], U"×✕╳＊*Xx○〇") && (again || one_of(s[i], U"×✕╳"))) return true;   // XX, ××, **
    const bool of_a_day = i + 1 < s.size() && one_of(s[i], U"Xx") && one_of(s[i + 1], U"年月日季项个");
    if (of_a_day || s[i] == U'某') return true;
  }
  return false;
}

bool counts_up(const std::vector<std::string>& texts) {
  if (texts.size() < 3) return false;
  constexpr View orders[] = {U"甲乙丙丁戊己庚辛壬癸", U"ABCDEFGHIJKLMNOPQRSTUVWXYZ", U"一二三四五六七八九十"};
  const auto value = [&](std::size_t i) {
    const std::u32string s = tight(texts[i]);
    return std::u32string(without_brackets(s));
  };
  std::vector<std::u32string> values;
  for (std::size_t i = 0; i < texts.size(); ++i) values.push_back(value(i));
  if (is(values.front(), {U"栏次", U"序号"})) values.erase(values.begin());
  const auto follows = [&](const auto& nth) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] != nth(i)) return false;
    }
    return true;
  };
  for (const std::size_t from : {0u, 1u}) {
    if (follows([&](std::size_t i) { return text::code_points(std::to_string(i + from)); })) return true;
  }
  for (const View order : orders) {
    if (values.size() <= order.size() && follows([&](std::size_t i) { return std::u32string(1, order[i]); }))
      return true;
  }
  // 甲 above the names, numbers above the rest
  std::size_t letters = 0;
  while (letters < values.size() && letters < orders[0].size() &&
         values[letters] == std::u32string(1, orders[0][letters]))
    ++letters;
  values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(letters));
  return letters > 0 && follows([&](std::size_t i) { return text::code_points(std::to_string(i + 1)); });
}

PlanRow planned_or_actual(std::string_view text) {
  const std::u32string s = tight(text);
  if (is(s, {U"计划", U"计划进度", U"计划安排", U"计划完成", U"计划数", U"计划值", U"计划时间", U"计划完成时间",
             U"计划完成时限", U"目标", U"目标值"}))
    return PlanRow::plan;
  return is(s, {U"实际", U"实际进度", U"实际进展", U"实际完成", U"实际数", U"实际值", U"实际时间", U"实际完成时间",
                U"实际完成情况", U"完成", U"完成值"})
             ? PlanRow::actual
             : PlanRow::neither;
}

std::string name_of_sum(std::string_view text) {
  const std::u32string s = tight(text);
  return sum_of(text) && s.size() > 2 ? text::utf8(View(s).substr(0, s.size() - 2)) : "";
}

bool numbered_in_digits(std::string_view typed) {
  const std::u32string s = text::code_points(text::narrow(text::trim(typed)));
  std::size_t i = 0;
  while (i < s.size() && digit(s[i])) ++i;
  return i > 0 && i <= 2 && i + 1 < s.size() && one_of(s[i], U".、．") && !digit(s[i + 1]);
}

int heading_number(std::string_view text) {
  const std::u32string s = tight(text);
  const bool bracket = s.size() > 2 && one_of(s.front(), U"(") && one_of(s.back(), U")");
  View inner = bracket ? View(s).substr(1, s.size() - 2) : View(s);
  if (!bracket && inner.starts_with(U"第")) inner.remove_prefix(1);
  if (!bracket && ends(inner, {U"部分"})) inner.remove_suffix(2);
  while (!bracket && !inner.empty() && one_of(inner.back(), U"、.部章篇条类")) inner.remove_suffix(1);
  const bool numeral =
      !inner.empty() && (std::ranges::all_of(inner, [](char32_t c) { return one_of(c, han_digits); }) ||
                         std::ranges::all_of(inner, [](char32_t c) { return c >= U'Ⅰ' && c <= U'Ⅻ'; }));
  return !numeral ? 0 : bracket ? 2 : 1;
}

int section_depth(std::string_view typed) {
  const std::u32string s = text::code_points(text::narrow(text::trim(typed)));
  const bool bracket = !s.empty() && s.front() == U'(';
  std::size_t i = bracket ? 1 : 0;
  const bool ordinal = !bracket && s.starts_with(U"第");
  if (ordinal) ++i;
  const std::size_t first = i;
  while (i < s.size() && (one_of(s[i], han_digits) || (s[i] >= U'Ⅰ' && s[i] <= U'Ⅻ'))) ++i;
  if (i == first || i >= s.size()) return 0;
  if (bracket) return s[i] == U')' ? 2 : 0;
  if (one_of(s[i], U"、.．")) return 1;
  return ordinal && one_of(s[i], U"部章篇条") ? 1 : 0;
}

bool table_title(std::string_view text) {
  const std::u32string s = tight(text);
  View name = s;
  for (const View tail : {U"(续)", U"(续表)", U"续", U"(续1)", U"(续2)"}) {
    if (name.ends_with(tail)) name.remove_suffix(tail.size());
  }
  return starts(s, {U"附件", U"附表", U"续表", U"表一", U"表二"}) ||
         (section_depth(text) == 0 && ends(name, {U"表", U"清单", U"台账", U"台帐", U"一览", U"任务分解"}));
}

std::string heading_text(std::string_view typed) {
  const std::u32string s = text::code_points(text::trim(typed));
  if (!s.empty() && one_of(s.back(), U")）")) {
    const std::size_t open = s.find_last_of(U"(（");
    if (open != std::u32string::npos && open > 0) {
      const std::u32string inner = tight(text::utf8(s.substr(open + 1, s.size() - open - 2)));
      if (amount(inner, false) || counted(inner)) return std::string(text::trim(text::utf8(View(s).substr(0, open))));
    }
  }
  return text::utf8(s);
}

}   // namespace gangmu::plan
