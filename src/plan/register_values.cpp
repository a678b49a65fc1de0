// SPDX-License-Identifier: Apache-2.0
#include "plan/register_values.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "plan/due.hpp"

namespace gangmu::plan {

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
  if (s.empty() ||
      is({"否",       "未销号",   "未完成",   "进行中",     "推进中",     "正在推进",  "正常推进", "有序推进",
          "在办",     "正在办理", "×",        "N",          "n",          "未办结",    "未整改",   "整改中",
          "正在整改", "持续整改", "长期整改", "未完成整改", "未整改到位", "未整改完成"})) {
    return TaskState::open;
  }
  if (is({"已销号", "销号", "同意销号"})) return TaskState::closed;
  if (is({"待销号", "申请销号", "请求销号", "拟销号", "已申请销号"})) return TaskState::done_waiting;
  if (is({"暂停", "中止", "暂缓", "终止"})) return TaskState::paused;
  if (is({"是", "√", "✓", "Y", "y", "已完成", "完成", "已办结", "办结", "已整改", "已完成整改", "完成整改", "整改完成",
          "已整改完成", "整改到位", "已整改到位"}))
    return asks_closing ? TaskState::closed : TaskState::done_waiting;
  const bool denied =
      text::contains(s, "未") || text::contains(s, "不") || text::contains(s, "待") || text::contains(s, "申请");
  if (text::contains(s, "已销号") && !denied) return TaskState::closed;   // 已完成，已销号; 已销号(6月30日)
  if (asks_closing && parse_due(s, 2000) && parse_due(s, 2000)->dated()) return TaskState::closed;   // 销号时间
  return std::nullopt;
}

}   // namespace gangmu::plan
