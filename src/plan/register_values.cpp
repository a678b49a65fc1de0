// SPDX-License-Identifier: Apache-2.0
#include "plan/register_values.hpp"

#include <algorithm>

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
      {"牵头单位", Part::lead},        {"牵头部门", Part::lead},        {"牵头", Part::lead},
      {"责任单位", Part::responsible}, {"责任部门", Part::responsible}, {"责任", Part::responsible},
      {"配合单位", Part::cooperating}, {"配合部门", Part::cooperating}, {"配合", Part::cooperating},
      {"协办单位", Part::cooperating}};
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

}   // namespace

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
  if (s.empty() || is({"否", "未销号", "未完成", "进行中", "推进中", "正在推进", "正常推进", "有序推进", "在办",
                       "正在办理", "×", "N", "n", "未办结"})) {
    return TaskState::open;
  }
  if (is({"已销号", "销号", "同意销号"})) return TaskState::closed;
  if (is({"待销号", "申请销号", "请求销号", "拟销号", "已申请销号"})) return TaskState::done_waiting;
  if (is({"暂停", "中止", "暂缓", "终止"})) return TaskState::paused;
  if (is({"是", "√", "✓", "Y", "y", "已完成", "完成", "已办结", "办结"}))
    return asks_closing ? TaskState::closed : TaskState::done_waiting;
  return std::nullopt;
}

}   // namespace gangmu::plan
