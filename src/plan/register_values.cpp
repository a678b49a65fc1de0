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

std::optional<Decimal> percent_done(const GridCell& cell, bool fraction) {
  const std::optional<PercentText> typed = percent_text(cell);
  if (!typed) return std::nullopt;
  const bool hundredfold =
      typed->style == PercentStyle::shown_fraction || (typed->style == PercentStyle::number && fraction);
  const Result<Decimal> value =
      hundredfold ? Decimal::multiply(typed->value, Decimal(100, 0)) : Result<Decimal>(typed->value);
  if (!value || *value < Decimal(0, 0) || *value > Decimal(100, 0)) return std::nullopt;
  return value->reduced();
}

namespace {

std::string tight(std::string_view typed) {
  std::string s = text::narrow(typed);
  std::erase_if(s, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return s;
}

bool has_any(std::string_view s, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text::contains(s, word); });
}

void remove_all(std::string& s, std::string_view word) {
  for (std::size_t at = s.find(word); at != std::string::npos; at = s.find(word, at)) s.erase(at, word.size());
}

/// A day that was: 6月 and 12月31日前 may as well be a plan.
bool day_that_was(const std::string& s) {
  if (has_any(s, {"前", "底", "末", "起", "至", "初", "旬", "以内"})) return false;
  const auto due = parse_due(s, 2000);
  if (!due || !due->dated()) return false;
  const auto digits = [](char c) { return c >= '0' && c <= '9'; };
  int numbers = 0;
  for (std::size_t i = 0; i < s.size(); ++i) numbers += digits(s[i]) && (i == 0 || !digits(s[i - 1])) ? 1 : 0;
  return numbers == 3 || s.ends_with("日");
}

/// 已销号, 经验收合格同意销号, 已销号（6月30日）; 县级已销号 and 已销号2个 say a part.
bool closed_clause(std::string s) {
  if (!has_any(s, {"已销号", "并销号", "同意销号", "予以销号", "全部销号"})) return false;
  for (const std::string_view word :
       {"销号", "同意", "予以", "全部", "全面", "按期", "按时", "如期", "提前", "验收", "合格",
        "通过", "整改", "办结", "完成", "到位", "本项", "该项", "问题", "任务", "工作", "已",
        "并",   "均",   "经",   "于",   "后",   "且",   "(",    ")",    ":"})
    remove_all(s, word);
  return s.empty() || day_that_was(s);
}

/// One clause says so and no other takes a part of it back: 已清理完毕，已销号.
bool wholly_closed(std::string s) {
  for (const std::string_view stop : {"，", "、", "。", "；", ";", "\n"}) {
    for (std::size_t at = s.find(stop); at != std::string::npos; at = s.find(stop, at)) s.replace(at, stop.size(), ",");
  }
  bool closed = false;
  for (const std::string& clause : text::split(s, ',')) {
    if (closed_clause(clause))
      closed = true;
    else if (has_any(clause, {"未",   "不",   "待",   "申请", "部分", "除", "剩", "余",  "撤", "取消",
                              "反弹", "反复", "重新", "审核", "中",   "拟", "另", "还",  "尚", "将",
                              "计划", "预计", "继续", "正在", "推进", "项", "个", "销号"}))
      return false;
  }
  return closed;
}

}   // namespace

StateHead state_head(std::string_view header) {
  if (!text::contains(header, "销号")) return StateHead::done;
  if (has_any(header, {"计划", "预计", "拟", "预期", "应销号", "目标", "时限", "期限"})) return StateHead::planned;
  if (has_any(header, {"申请", "提请", "报请", "待销号"})) return StateHead::requested;
  return StateHead::closed;
}

std::optional<TaskState> state_of_text(std::string_view typed, StateHead head) {
  const std::string s = tight(typed);
  const auto is = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), s) != words.end();
  };
  if (s.empty() ||
      is({"否",       "未销号",   "未完成",   "进行中",     "推进中",     "正在推进",  "正常推进", "有序推进",
          "在办",     "正在办理", "×",        "N",          "n",          "未办结",    "未整改",   "整改中",
          "正在整改", "持续整改", "长期整改", "未完成整改", "未整改到位", "未整改完成"})) {
    return TaskState::open;
  }
  const bool plan_only = head == StateHead::planned || head == StateHead::requested;
  if (is({"已销号", "同意销号"}) || (s == "销号" && !plan_only)) return TaskState::closed;
  if (is({"待销号", "申请销号", "请求销号", "拟销号", "已申请销号"})) return TaskState::done_waiting;
  if (is({"暂停", "中止", "暂缓", "终止"})) return TaskState::paused;
  if (is({"是", "√", "✓", "Y", "y", "已完成", "完成", "已办结", "办结", "已整改", "已完成整改", "完成整改", "整改完成",
          "已整改完成", "整改到位", "已整改到位"})) {
    if (head == StateHead::planned) return std::nullopt;
    return head == StateHead::closed ? TaskState::closed : TaskState::done_waiting;
  }
  if (wholly_closed(s)) return TaskState::closed;
  if (head == StateHead::closed && day_that_was(s)) return TaskState::closed;   // 销号时间
  return std::nullopt;
}

std::optional<TaskState> state_in(const std::string& text, const std::vector<ColumnReading>& columns,
                                  std::size_t column) {
  const auto reading = std::ranges::find(columns, column, &ColumnReading::column);
  return state_of_text(text, reading == columns.end() ? StateHead::done : state_head(reading->header));
}

}   // namespace gangmu::plan
