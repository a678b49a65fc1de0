// SPDX-License-Identifier: Apache-2.0
#include "plan/register_values.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "base/text.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;

bool opens(char32_t c) { return c == U'(' || c == U'（' || c == U'[' || c == U'【'; }
bool closes(char32_t c) { return c == U')' || c == U'）' || c == U']' || c == U'】'; }

std::vector<std::u32string> split_outside_brackets(View s, View separators) {
  std::vector<std::u32string> parts(1);
  int depth = 0;
  for (const char32_t c : s) {
    if (opens(c)) ++depth;
    if (closes(c) && depth > 0) --depth;
    if (depth == 0 && separators.find(c) != View::npos) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string tidy(View s) { return std::string(text::trim(text::utf8(s))); }

bool take_suffix(std::string& unit, std::initializer_list<std::string_view> suffixes) {
  for (const std::string_view suffix : suffixes) {
    if (unit.size() <= suffix.size() || !std::string_view(unit).ends_with(suffix)) continue;
    unit.resize(unit.size() - suffix.size());
    return true;
  }
  return false;
}

enum class Part { none, lead, responsible, cooperating };

/// "牵头单位：" and the like at the front of a piece.
Part take_label(std::string& piece) {
  static constexpr std::pair<std::string_view, Part> labels[] = {
      {"牵头单位", Part::lead},       {"牵头部门", Part::lead},       {"牵头", Part::lead},          {"责任单位", Part::responsible},
      {"责任部门", Part::responsible}, {"责任", Part::responsible},    {"配合单位", Part::cooperating}, {"配合部门", Part::cooperating},
      {"配合", Part::cooperating},    {"协办单位", Part::cooperating}};
  for (const auto& [label, part] : labels) {
    for (const std::string_view colon : {"：", ":"}) {
      const std::string whole = std::string(label) + std::string(colon);
      if (!piece.starts_with(whole)) continue;
      piece = std::string(text::trim(std::string_view(piece).substr(whole.size())));
      return part;
    }
  }
  return Part::none;
}

bool ends_with_any(View token, std::initializer_list<View> words) {
  return std::any_of(words.begin(), words.end(), [&](View word) { return token.ends_with(word); });
}

/// The shorter a word, the likelier it is a name: two characters are a unit only with a last word that no name has.
bool surely_unit(View token) {
  if (token.size() == 1 || token.starts_with(U"各")) return true;   // "各县（市、区）"
  if (token.size() == 2) return ends_with_any(token, {U"局", U"县", U"县委", U"市委", U"区委", U"镇委", U"团委", U"党委", U"妇联", U"工会"});
  if (ends_with_any(token, {U"局", U"委", U"办", U"部", U"厅", U"县", U"区", U"市", U"院", U"镇", U"乡", U"村", U"站", U"校"})) return true;
  if (token.size() == 3) return false;
  return ends_with_any(token, {U"所", U"省", U"社", U"会", U"处", U"科", U"股", U"室", U"组", U"厂", U"场", U"馆", U"联", U"中心", U"政府", U"街道",
                               U"公司", U"集团", U"银行", U"单位", U"部门", U"机关", U"企业", U"支部", U"法庭", U"支队", U"大队"});
}

bool part_word(View token) {
  constexpr View words[] = {U"牵头", U"牵头单位", U"牵头部门", U"责任", U"责任单位", U"责任部门", U"配合", U"配合单位", U"配合部门", U"协办单位"};
  return std::ranges::find(words, token) != std::end(words);
}

/// A word and the mark behind it, 0 at the end.
struct Token {
  std::u32string text;
  char32_t mark = 0;
};
std::vector<Token> tokens(View s) {
  constexpr View marks = U" \u3000\u00A0\t\n\r、，,；;。/:：-—()（）[]【】";
  std::vector<Token> out(1);
  for (const char32_t c : s) {
    if (marks.find(c) == View::npos) {
      out.back().text += c;
    } else if (!out.back().text.empty()) {
      out.back().mark = c;
      out.emplace_back();
    }
  }
  if (out.back().text.empty()) out.pop_back();
  return out;
}

}  // namespace

UnitsAndPersons apart(std::string_view typed) {
  UnitsAndPersons out;
  std::u32string units;
  for (const Token& token : tokens(text::code_points(typed))) {
    if (part_word(token.text)) {
      const bool label = token.mark == U':' || token.mark == U'：';
      if (label) units += (units.empty() ? U"" : U"；") + token.text + U"：";
      else if (!units.empty()) units += U"（" + token.text + U"）";
    } else if (surely_unit(token.text)) {
      if (!units.empty() && units.back() != U'：') units += U'、';
      units += token.text;
    } else {
      out.persons = true;
    }
  }
  out.units = out.persons ? text::utf8(units) : std::string(typed);
  return out;
}

bool telephone(std::string_view typed, bool local) {
  std::string digits;
  bool parted = false;
  for (const char c : text::narrow(text::trim(typed))) {
    if (c >= '0' && c <= '9') digits += c;
    else if (c == '-' || c == ' ' || c == '(' || c == ')' || c == '+') parted = true;
    else return false;
  }
  if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
  if (digits.size() == 11 && digits[0] == '1') return true;
  if (digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0') return true;
  const bool number = digits.size() == 7 || digits.size() == 8;
  return local && number && digits[0] != '0' && !parted && !(digits.size() == 8 && Date::parse(digits));
}

std::vector<std::string> split_units(std::string_view typed) {
  std::vector<std::string> units;
  for (const std::u32string& part : split_outside_brackets(text::code_points(typed), U"、，,；;/\n\r\t")) {
    std::string unit = tidy(part);
    if (!unit.empty() && std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(std::move(unit));
  }
  return units;
}

UnitParts unit_parts(std::string_view typed) {
  UnitParts parts;
  Part now = Part::none;
  for (const std::u32string& piece_points : split_outside_brackets(text::code_points(typed), U"；;\n\r。")) {
    std::string piece = tidy(piece_points);
    if (const Part label = take_label(piece); label != Part::none) {
      now = label;
      parts.labelled = true;
    }
    for (std::string& unit : split_units(piece)) {
      Part part = now;
      if (take_suffix(unit, {"（牵头）", "(牵头)", "（牵头单位）", "牵头"})) part = Part::lead;
      if (take_suffix(unit, {"（配合）", "(配合)", "配合"})) part = Part::cooperating;
      parts.labelled = parts.labelled || part != now;
      auto& list = part == Part::lead ? parts.lead : part == Part::cooperating ? parts.cooperating : parts.responsible;
      if (std::find(list.begin(), list.end(), unit) == list.end()) list.push_back(std::move(unit));
    }
  }
  return parts;
}

std::optional<PercentText> percent_text(const GridCell& cell) {
  std::string s = text::narrow(text::trim(cell.text));
  std::erase(s, ' ');
  PercentText out;
  out.style = cell.percent ? PercentStyle::shown_fraction : PercentStyle::number;
  for (const std::string_view sign : {"%", "％"}) {
    if (s.size() <= sign.size() || !s.ends_with(sign)) continue;
    s.resize(s.size() - sign.size());
    out.style = PercentStyle::sign;
  }
  const auto value = Decimal::parse(s);
  if (!value) return std::nullopt;
  out.value = *value;
  return out;
}

std::optional<TaskState> state_of_text(std::string_view typed, bool asks_closing) {
  std::string s = text::narrow(typed);
  std::erase_if(s, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
  const auto is = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), s) != words.end();
  };
  if (s.empty() || is({"否", "未销号", "未完成", "进行中", "推进中", "正在推进", "正常推进", "有序推进", "在办", "正在办理", "×", "N", "n", "未办结"})) {
    return TaskState::open;
  }
  if (is({"已销号", "销号", "同意销号"})) return TaskState::closed;
  if (is({"待销号", "申请销号", "请求销号", "拟销号", "已申请销号"})) return TaskState::done_waiting;
  if (is({"暂停", "中止", "暂缓", "终止"})) return TaskState::paused;
  if (is({"是", "√", "✓", "Y", "y", "已完成", "完成", "已办结", "办结"})) return asks_closing ? TaskState::closed : TaskState::done_waiting;
  return std::nullopt;
}

}  // namespace gangmu::plan
