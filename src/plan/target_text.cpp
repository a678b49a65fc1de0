// SPDX-License-Identifier: Apache-2.0
#include "plan/target_text.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "plan/errors.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;

constexpr std::array<std::string_view, 5> signs = {"≥", ">", "≤", "<", "="};

// Longest first. Sizes describe things ("10亿元以上项目"); counts count them.
constexpr View size_units[] = {U"万平方米", U"平方公里", U"平方千米", U"平方米",   U"立方米", U"万千瓦时",
                               U"万千瓦",   U"千瓦",     U"万亩",     U"公顷",     U"公里",   U"千米",
                               U"万吨",     U"万元",     U"亿元",     U"个百分点", U"百分点", U"元",
                               U"亩",       U"吨",       U"米",       U"%"};
constexpr View count_units[] = {U"万人次", U"人次", U"万人", U"万户", U"万个", U"家", U"个", U"条", U"座", U"处",
                                U"间",     U"户",   U"人",   U"名",   U"件",   U"项", U"场", U"次", U"台", U"套",
                                U"张",     U"所",   U"宗",   U"公斤", U"亿斤", U"只", U"头", U"对", U"支", U"批"};
constexpr View things[] = {U"企业", U"项目", U"工业", U"产业", U"园",   U"镇",
                           U"村",   U"县",   U"强",   U"集群", U"工程", U"投资项目"};

struct Scan {
  View s;
  [[nodiscard]] bool at(std::size_t i, View word) const { return i <= s.size() && s.substr(i).starts_with(word); }
  [[nodiscard]] bool ends_at(std::size_t i, View word) const { return s.substr(0, i).ends_with(word); }
  [[nodiscard]] bool digit(std::size_t i) const { return i < s.size() && s[i] >= U'0' && s[i] <= U'9'; }
};

std::size_t unit_at(const Scan& scan, std::size_t i, bool& size) {
  for (const View unit : size_units) {
    if (scan.at(i, unit)) return size = true, unit.size();
  }
  for (const View unit : count_units) {
    if (scan.at(i, unit)) return size = false, unit.size();
  }
  return 0;
}

std::optional<Comparison> comparison_before(const Scan& scan, std::size_t i) {
  static constexpr std::pair<View, Comparison> words[] = {
      {U"不超过", Comparison::at_most},  {U"不高于", Comparison::at_most},  {U"不大于", Comparison::at_most},
      {U"不少于", Comparison::at_least}, {U"不低于", Comparison::at_least}, {U"不小于", Comparison::at_least},
      {U"至少", Comparison::at_least},   {U"≥", Comparison::at_least},      {U">=", Comparison::at_least},
      {U"达到", Comparison::at_least},   {U"达", Comparison::at_least},     {U"≤", Comparison::at_most},
      {U"<=", Comparison::at_most},      {U"控制在", Comparison::at_most},  {U"超过", Comparison::more_than},
      {U"突破", Comparison::more_than},  {U"超", Comparison::more_than},    {U"大于", Comparison::more_than},
      {U">", Comparison::more_than},     {U"低于", Comparison::less_than},  {U"少于", Comparison::less_than},
      {U"<", Comparison::less_than}};
  for (const auto& [word, comparison] : words) {
    if (scan.ends_at(i, word)) return comparison;
  }
  return std::nullopt;
}

std::optional<Comparison> comparison_after(const Scan& scan, std::size_t& i) {
  static constexpr std::pair<View, Comparison> words[] = {{U"及以上", Comparison::at_least},
                                                          {U"以上", Comparison::at_least},
                                                          {U"及以下", Comparison::at_most},
                                                          {U"以下", Comparison::at_most},
                                                          {U"以内", Comparison::at_most}};
  for (const auto& [word, comparison] : words) {
    if (!scan.at(i, word)) continue;
    i += word.size();
    return comparison;
  }
  return std::nullopt;
}

bool names_a_thing(const Scan& scan, std::size_t i) {
  for (const View filler : {View(U"规模"), View(U"级"), View(U"的")}) {
    if (scan.at(i, filler)) i += filler.size();
  }
  return std::any_of(std::begin(things), std::end(things), [&](View thing) { return scan.at(i, thing); });
}

/// Numbers that count nothing: 第3批, 前3名, 1+7+N, "10-20", versions.
bool idle_number(const Scan& scan, std::size_t begin, std::size_t end) {
  if (begin > 0 && View(U"第前+.-~至/").find(scan.s[begin - 1]) != View::npos) return true;
  return end < scan.s.size() && View(U"+-~至/").find(scan.s[end]) != View::npos;
}

std::size_t number_end(const Scan& scan, std::size_t begin, std::string& digits) {
  std::size_t i = begin;
  bool point = false;
  for (; i < scan.s.size(); ++i) {
    if (scan.digit(i)) {
      digits += static_cast<char>(scan.s[i]);
    } else if (scan.s[i] == U'.' && !point && scan.digit(i + 1)) {
      point = true;
      digits += '.';
    } else if (!(scan.s[i] == U',' && scan.digit(i + 1) && scan.digit(i + 2) && scan.digit(i + 3) &&
                 !scan.digit(i + 4))) {
      break;
    }
  }
  return i;
}

/// "2023年6月底" and the like inside the sentence: the last one before `end`.
std::optional<Due> due_named(View s, std::size_t end) {
  std::optional<Due> due;
  for (std::size_t i = 0; i < end; ++i) {
    std::size_t j = i;
    while (j < s.size() && s[j] >= U'0' && s[j] <= U'9') ++j;
    if (j - i == 4 && j < s.size() && s[j] == U'年') {
      ++j;
      const std::size_t month = j;
      while (j < s.size() && j - month < 2 && s[j] >= U'0' && s[j] <= U'9') ++j;
      j = j > month && j < s.size() && s[j] == U'月' ? j + 1 : month;
      if (j < s.size() && s[j] == U'底') ++j;
      if (auto read = parse_due(text::utf8(s.substr(i, j - i)))) due = *std::move(read);
    }
    i = std::max(i, j > i ? j - 1 : i);
  }
  return due;
}

std::string period_of(const Due& due) {
  const std::string year = std::to_string(due.last.year());
  const int month = due.last.month();
  const std::string mm = (month < 10 ? "0" : "") + std::to_string(month);
  switch (due.kind) {
    case DueKind::year: return year;
    case DueKind::half: return year + "H" + std::to_string(month / 6);
    case DueKind::quarter: return year + "Q" + std::to_string(month / 3);
    case DueKind::month: return year + mm;
    case DueKind::date: return year + mm + (due.last.day() < 10 ? "0" : "") + std::to_string(due.last.day());
    default: return "";
  }
}

std::string clause_around(View s, std::size_t begin, std::size_t end) {
  const View breaks = U",;。、\n";
  const auto from = s.substr(0, begin).find_last_of(breaks);
  const auto to = std::min(s.find_first_of(breaks, end), s.size());
  const std::size_t first = from == View::npos ? 0 : from + 1;
  return text::utf8(s.substr(first, to - first));
}

}   // namespace

std::string_view comparison_sign(Comparison comparison) { return signs[static_cast<std::size_t>(comparison)]; }

TargetText read_targets(std::string_view typed, const Due& due) {
  const std::u32string s = text::code_points(text::narrow(text::trim(typed)));
  const Scan scan{s};
  TargetText out;
  bool period_missing = false;
  for (std::size_t i = 0; i < s.size();) {
    if (!scan.digit(i)) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    std::string digits;
    i = number_end(scan, begin, digits);
    bool size = false;
    const std::size_t unit = unit_at(scan, i, size);
    if (unit == 0 || idle_number(scan, begin, i)) continue;
    std::size_t after = i + unit;
    const std::string unit_text = text::utf8(View(s).substr(i, unit));
    const auto behind = comparison_after(scan, after);
    i = after;
    if (size && names_a_thing(scan, after)) continue;
    const auto value = Decimal::parse(digits);
    if (!value) continue;
    const auto before = comparison_before(scan, begin);
    const std::optional<Due> named = due_named(s, begin);
    const std::string period = period_of(named ? *named : due);
    period_missing = period_missing || period.empty();
    out.targets.push_back({before.value_or(behind.value_or(Comparison::exactly)), *value, unit_text, period,
                           clause_around(s, begin, after)});
  }
  if (!out.targets.empty()) out.kind = period_missing ? TextKind::without_period : TextKind::target;
  return out;
}

std::string_view missing_zh(TextKind kind) {
  return kind == TextKind::target ? "" : kind == TextKind::without_period ? "原文未明确时限" : "原文未明确数量";
}

std::string_view missing_en(TextKind kind) {
  return kind == TextKind::target           ? ""
         : kind == TextKind::without_period ? "no period in the text"
                                            : "no quantity in the text";
}

Json to_json(const Target& target) {
  Json json;
  json.set("comparison", comparison_sign(target.comparison));
  json.set("value", target.value.text());
  json.set("unit", target.unit);
  json.set("period", target.period);
  json.set("text", target.text);
  return json;
}

Result<Target> target_from_json(const Json& json) {
  const auto sign = std::find(signs.begin(), signs.end(), json["comparison"].string_or(""));
  const auto value = Decimal::parse(json["value"].string_or(""));
  if (sign == signs.end() || !value) return fail(errors::task_malformed, {"targets", "目标", "a target"});
  return Target{static_cast<Comparison>(sign - signs.begin()), *value, json["unit"].string_or(""),
                json["period"].string_or(""), json["text"].string_or("")};
}

}   // namespace gangmu::plan
