// SPDX-License-Identifier: Apache-2.0
#include "plan/target_text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

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
  if (scan.ends_at(i, U"->") || scan.ends_at(i, U"=>")) return std::nullopt;
  static constexpr std::pair<View, Comparison> words[] = {
      {U"提升到", Comparison::at_least}, {U"提高到", Comparison::at_least}, {U"增加到", Comparison::at_least},
      {U"增长到", Comparison::at_least}, {U"扩大到", Comparison::at_least}, {U"发展到", Comparison::at_least},
      {U"提升至", Comparison::at_least}, {U"提高至", Comparison::at_least}, {U"增加至", Comparison::at_least},
      {U"增长至", Comparison::at_least}, {U"扩大至", Comparison::at_least}, {U"发展至", Comparison::at_least},
      {U"增至", Comparison::at_least},   {U"升至", Comparison::at_least},   {U"降低到", Comparison::at_most},
      {U"下降到", Comparison::at_most},  {U"减少到", Comparison::at_most},  {U"压减到", Comparison::at_most},
      {U"缩短到", Comparison::at_most},  {U"降到", Comparison::at_most},    {U"降低至", Comparison::at_most},
      {U"下降至", Comparison::at_most},  {U"减少至", Comparison::at_most},  {U"压减至", Comparison::at_most},
      {U"缩短至", Comparison::at_most},  {U"降至", Comparison::at_most},    {U"减至", Comparison::at_most},
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

/// "一季度", "上半年": the period a number is of, in the year of the due.
std::optional<Due> part_of_year(View s, std::size_t i, const Due& due) {
  if (!due.dated()) return std::nullopt;
  for (const View word :
       {View(U"一季度"), View(U"二季度"), View(U"三季度"), View(U"四季度"), View(U"上半年"), View(U"下半年")}) {
    if (!s.substr(i).starts_with(word)) continue;
    if (auto read = parse_due(text::utf8(word), due.last.year())) return *std::move(read);
  }
  if (s.substr(i).starts_with(U"全年")) {
    if (auto read = parse_due(std::to_string(due.last.year()) + "年")) return *std::move(read);
  }
  return std::nullopt;
}

/// "2023年6月底" and the like inside the sentence: the last one before `end`.
std::optional<Due> due_named(View s, std::size_t end, const Due& whole) {
  std::optional<Due> due;
  for (std::size_t i = 0; i < end; ++i) {
    if (auto part = part_of_year(s, i, due ? *due : whole)) due = *std::move(part);
    std::size_t j = i;
    while (j < s.size() && s[j] >= U'0' && s[j] <= U'9') ++j;
    if (j - i == 4 && j < s.size() && s[j] == U'年') {
      ++j;
      const std::size_t month = j;
      while (j < s.size() && j - month < 2 && s[j] >= U'0' && s[j] <= U'9') ++j;
      j = j > month && j < s.size() && s[j] == U'月' ? j + 1 : month;
      if (j < s.size() && s[j] == U'底') ++j;
      const bool compared = i > 0 && (s[i - 1] == U'较' || s[i - 1] == U'比');   // 较2022年增长
      if (auto read = parse_due(text::utf8(s.substr(i, j - i))); read && !compared) due = *std::move(read);
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

/// A number of the text, with its unit where one follows.
struct Number {
  std::size_t begin = 0, digits_end = 0, end = 0;   ///< [begin, digits_end) unit [.., end)
  std::string digits;
  bool size = false;                    ///< of its unit: describes a thing, not counts it
  bool idle = false;                    ///< counts nothing
  std::optional<std::size_t> started;   ///< the number this one is the aim of

  [[nodiscard]] bool has_unit() const { return end > digits_end; }
};

std::vector<Number> numbers_of(const Scan& scan) {
  std::vector<Number> numbers;
  for (std::size_t i = 0; i < scan.s.size();) {
    if (!scan.digit(i)) {
      ++i;
      continue;
    }
    Number number;
    number.begin = i;
    number.digits_end = number_end(scan, i, number.digits);
    number.end = number.digits_end + unit_at(scan, number.digits_end, number.size);
    i = number.end;
    numbers.push_back(std::move(number));
  }
  return numbers;
}

/// 第3批, 前3名, 1+7+N, 3/4, T-3: part of a name or of another figure.
bool part_of_a_name(const Scan& scan, const Number& number) {
  const char32_t before = number.begin > 0 ? scan.s[number.begin - 1] : U' ';
  const bool dash = (before == U'-' || before == U'~') && !scan.ends_at(number.begin, U"--");
  if (dash || View(U"第前+./±").find(before) != View::npos) return true;
  const View after = scan.s.substr(number.digits_end);
  return !after.empty() && View(U"+-~/").find(after.front()) != View::npos && !after.starts_with(U"->");
}

bool take_end(View& s, std::initializer_list<View> words) {
  return std::any_of(words.begin(), words.end(), [&](View word) {
    if (!s.ends_with(word)) return false;
    s.remove_suffix(word.size());
    return true;
  });
}
bool take_front(View& s, std::initializer_list<View> words) {
  return std::any_of(words.begin(), words.end(), [&](View word) {
    if (!s.starts_with(word)) return false;
    s.remove_prefix(word.size());
    return true;
  });
}
bool take_year(View& s) {   // "2023年底的" at the end
  View rest = s;
  take_end(rest, {U"的"});
  take_end(rest, {U"底", U"末"});
  if (!take_end(rest, {U"年"}) || rest.size() < 4) return false;
  const View digits = rest.substr(rest.size() - 4);
  if (!std::all_of(digits.begin(), digits.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; })) return false;
  s = rest.substr(0, rest.size() - 4);
  return true;
}

/// "从", "由2023年的": what follows is where a goal starts.
bool from_before(const Scan& scan, std::size_t begin) {
  View before = scan.s.substr(0, begin);
  while (take_end(before, {U"的", U"约", U"目前", U"现在", U"原来", U"原有", U"当前", U"现有", U"去年", U"上年"}) ||
         take_year(before)) {}
  return before.ends_with(U"从") || before.ends_with(U"由");
}

enum class Between : unsigned char { nothing, range, rise };

/// What stands between two numbers: a sign of "to", or words that lead from the one to the other.
Between between(View gap, bool from) {
  take_front(gap, {U"左右", U"以上", U"以下"});
  take_end(gap, {U"约", U"近"});
  take_year(gap);
  if (take_end(gap, {U"→", U"->", U"=>", U"⇒", U"➔"})) return Between::rise;
  const bool only_sign =
      gap == U"-" || gap == U"--" || gap == U"~" || gap == U"~~" || gap == U"至" || gap == U"到" || gap == U"±";
  if (only_sign) return from ? Between::rise : Between::range;
  if (!take_end(gap, {U"到", U"至", U"为"}) || gap.find_first_of(U",;。、\n") != View::npos) return Between::nothing;
  const bool word =
      take_end(gap, {U"提高", U"提升", U"提",   U"增加", U"增长", U"上升", U"扩大", U"扩展", U"发展", U"壮大", U"增",
                     U"升",   U"减少", U"下降", U"降低", U"压减", U"压降", U"缩短", U"缩减", U"降",   U"减"});
  return from || (word && gap.size() <= 2) ? Between::rise : Between::nothing;
}

bool starts_any(View s, std::initializer_list<View> words) {
  return std::any_of(words.begin(), words.end(), [&](View word) { return s.starts_with(word); });
}
View clause_before(const Scan& scan, std::size_t begin) {
  const View before = scan.s.substr(0, begin);
  const auto at = before.find_last_of(U",;。、(\n");
  return at == View::npos ? before : before.substr(at + 1);
}

/// 3个月, 5个工作日, 每2个月调度1次, 每月开会1次: how long and how often, not how much.
bool tells_time(const Scan& scan, const Number& number) {
  const View unit = scan.s.substr(number.digits_end, number.end - number.digits_end);
  const View after = scan.s.substr(number.end);
  if (unit == U"个" && starts_any(after, {U"月", U"工作日", U"自然日", U"交易日", U"小时", U"季度", U"星期", U"周",
                                          U"年", U"日", U"半月", U"学期"}))
    return true;
  const View clause = clause_before(scan, number.begin);
  const auto each = clause.rfind(U'每');
  if (unit != U"次" || each == View::npos) return false;
  View period = clause.substr(each + 1);
  while (!period.empty() && ((period.front() >= U'0' && period.front() <= U'9') || period.front() == U'个'))
    period.remove_prefix(1);
  return starts_any(period, {U"月", U"半月", U"半年", U"季", U"周", U"旬", U"日", U"天", U"工作日", U"星期"});
}

/// 较2022年的10亿元增长5%, 在去年50家的基础上, 原有5个: what was before is no goal.
bool told_as_before(const Scan& scan, const Number& number) {
  View after = scan.s.substr(number.end);
  if (starts_any(after, {U"的基础上", U"基础上", U"的基数上", U"基数上"})) return true;
  View before = clause_before(scan, number.begin);
  while (take_end(before, {U"的", U"约", U"同期", U"去年", U"上年", U"年初", U"年底"}) || take_year(before)) {}
  const bool compared = take_end(before, {U"较", U"比", U"相比"});
  take_front(after, {U"左右", U"又", U"再", U"要"});
  if (compared &&
      starts_any(after, {U"增", U"提", U"上升", U"下降", U"减", U"降", U"翻", U"多", U"少", U"扩大", U"压减"}))
    return true;
  return clause_before(scan, number.begin) == U"原有" || clause_before(scan, number.begin) == U"现有" ||
         clause_before(scan, number.begin) == U"已有" || clause_before(scan, number.begin) == U"目前有";
}

/// （含2个新建）: a part of what was counted before.
bool contained(const Scan& scan, const Number& number) {
  const View before = scan.s.substr(0, number.begin);
  View words = before;
  return take_end(words, {U"其中含", U"含", U"包含", U"包括"}) && !words.empty() && words.back() == U'(';
}

/// A range of values is no single goal, and where a goal starts is none.
void judge(const Scan& scan, std::vector<Number>& numbers) {
  for (Number& number : numbers) {
    number.idle = !number.has_unit() || part_of_a_name(scan, number) || tells_time(scan, number) ||
                  told_as_before(scan, number) || contained(scan, number);
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    Number& start = numbers[i];
    std::size_t j = i + 1;
    const auto gap = [&] { return scan.s.substr(start.end, numbers[j].begin - start.end); };
    if (j < numbers.size() && !start.has_unit() && gap() == U"、" && numbers[j].has_unit()) {   // 2、3个
      numbers[j].idle = true;
      continue;
    }
    while (j + 1 < numbers.size() && scan.at(numbers[j].end, U"年")) ++j;   // 60%提升到2025年的80%
    if (j >= numbers.size()) break;
    const Between found = between(gap(), from_before(scan, start.begin));
    if (found == Between::nothing) continue;
    start.idle = true;
    numbers[j].idle = found == Between::range || !numbers[j].has_unit();
    if (found == Between::rise) numbers[j].started = i;
  }
}

/// Upward or downward from where the goal starts.
Comparison direction(const Number& start, const Decimal& aim) {
  const auto from = Decimal::parse(start.digits);
  return from && aim < *from ? Comparison::at_most : Comparison::at_least;
}

/// One kind of dash, character by character, so that places stay the same.
std::u32string plain_dashes(View s) {
  std::u32string out(s);
  for (char32_t& c : out) {
    if (View(U"—–―‐‑−").find(c) != View::npos) c = U'-';
    if (View(U"〜∼").find(c) != View::npos) c = U'~';
  }
  return out;
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
  const std::u32string plain = plain_dashes(s);
  const Scan scan{plain};
  std::vector<Number> numbers = numbers_of(scan);
  judge(scan, numbers);
  TargetText out;
  bool period_missing = false;
  for (const Number& number : numbers) {
    if (number.idle) continue;
    std::size_t after = number.end;
    const auto behind = comparison_after(scan, after);
    if (number.size && names_a_thing(scan, after)) continue;
    const auto value = Decimal::parse(number.digits);
    if (!value) continue;
    const auto otherwise = number.started ? direction(numbers[*number.started], *value) : Comparison::exactly;
    const std::optional<Due> named = due_named(plain, number.begin, due);
    const std::string period = period_of(named ? *named : due);
    period_missing = period_missing || period.empty();
    out.targets.push_back({comparison_before(scan, number.begin).value_or(behind.value_or(otherwise)), *value,
                           text::utf8(View(s).substr(number.digits_end, number.end - number.digits_end)), period,
                           clause_around(s, number.begin, after)});
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
