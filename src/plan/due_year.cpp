// SPDX-License-Identifier: Apache-2.0
#include "plan/due_year.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "plan/due_moment.hpp"

namespace gangmu::plan {

namespace {

using View = std::u32string_view;

constexpr int earliest_year = 1990, latest_year = 2100, longest_span = 10;

bool ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_one_of(char32_t c, View set) { return set.find(c) != View::npos; }
bool holds_one(View s, std::initializer_list<View> words) {
  return std::ranges::any_of(words, [&](View word) { return s.find(word) != View::npos; });
}
bool begins_with_one(View s, std::initializer_list<View> words) {
  return std::ranges::any_of(words, [&](View word) { return s.starts_with(word); });
}

/// A text without the spaces that part no numbers: 2023 年 → 2023年, 附件3 2023年 as it is.
std::u32string without_spaces(std::string_view typed) {
  const std::u32string plain = plain_due(typed);
  std::u32string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const bool parts = i > 0 && i + 1 < plain.size() && ascii_digit(plain[i - 1]) && ascii_digit(plain[i + 1]);
    if (plain[i] != U' ' || parts) out += plain[i];
  }
  return out;
}

/// Reads numbers and words from the front of a text.
struct Front {
  View rest;

  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    for (; n < rest.size() && ascii_digit(rest[n]); ++n) {
      if (n < most) value = value * 10 + static_cast<int>(rest[n] - U'0');
    }
    if (n < least || n > most) return std::nullopt;
    rest.remove_prefix(n);
    return value;
  }
  bool take(View word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
  }
  bool take_any(std::initializer_list<View> words) {
    return std::ranges::any_of(words, [&](View word) { return take(word); });
  }
};

/// A part of a year, by its first and its last month; 1 to 12 when none is named.
struct Months {
  int first = 1, last = 12;
  bool named = false, day = false;
};

Months months_of(int first, int last) { return {first, last, true, false}; }

/// 10月, 第四季度, 下半年, 10月5日 behind a year, or `.10` in 2023.10.
Months take_months(Front& at, bool dotted) {
  Front ahead = at;
  if (ahead.take_any({U"上半年"})) return at = ahead, months_of(1, 6);
  if (ahead.take_any({U"下半年"})) return at = ahead, months_of(7, 12);
  ahead.take(U"第");
  const auto number = ahead.number(1, 2);
  if (!number || *number < 1 || *number > 12) return {};
  if (ahead.take_any({U"季度", U"季"}))
    return *number > 4 ? Months{} : (at = ahead, months_of(*number * 3 - 2, *number * 3));
  if (!ahead.take_any({U"月份", U"月"}) && !dotted) return {};
  Months out = months_of(*number, *number);
  Front day = ahead;
  if (dotted ? day.take(U".") && day.number(1, 2).has_value() : day.number(1, 2) && day.take_any({U"日", U"号"})) {
    out.day = true;
    ahead = day;
  }
  at = ahead;
  return out;
}

struct Time {
  int year = 0;
  bool told = false;   ///< its year
  Months months;
};

std::optional<int> take_year(Front& at) {
  Front ahead = at;
  const auto year = ahead.number(4, 4);
  if (!year || *year < earliest_year || *year > latest_year) return std::nullopt;
  at = ahead;
  return year;
}

/// 2023年, 2023年10月, 2023.10, and 2023 right before "to".
std::optional<Time> take_time(Front& at) {
  Front ahead = at;
  const auto year = take_year(ahead);
  if (!year) return std::nullopt;
  Time time{*year, true, {}};
  if (ahead.take(U"年")) {
    ahead.take(U"度");
    time.months = take_months(ahead, false);
  } else if (ahead.take(U".")) {
    time.months = take_months(ahead, true);
    if (!time.months.named) return std::nullopt;
  } else {
    Front behind = ahead;
    if (!behind.take_any({U"~", U"-"})) return std::nullopt;
    behind.take_any({U"~", U"-"});
    Front month = behind;
    const bool day = month.number(1, 2).has_value() && month.take_any({U"-", U"/"});
    if (day || (!take_year(behind) && !Front{behind}.number(1, 2))) return std::nullopt;
  }
  at = ahead;
  return time;
}

/// What a range ends with: 2024年3月, 次年3月, 3月.
std::optional<Time> take_end(Front& at, const Time& first) {
  if (auto time = take_time(at)) return time;
  Front ahead = at;
  if (const auto year = take_year(ahead)) return at = ahead, Time{*year, true, {}};
  Time time{first.year, false, {}};
  if (ahead.take_any({U"次年", U"翌年", U"第2年", U"下一年"})) time = {first.year + 1, true, {}};
  time.months = take_months(ahead, false);
  if (!time.months.named) return std::nullopt;
  if (!time.told && time.months.last < first.months.first) ++time.year;
  at = ahead;
  return time;
}

/// One year, or one span, with what stands around it.
struct Found {
  NamedYear named;
  View before, behind;      ///< back to the year before; on to the end
  bool inside = false;      ///< in brackets
  bool bracketed = false;   ///< … where that counts less
};

bool refers_to_another(View before) {
  for (const View word : {U"落实", U"贯彻", U"根据", U"按照", U"依据", U"对照", U"围绕", U"反馈", U"结合", U"学习",
                          U"面向", U"展望", U"承接", U"有关", U"关于落实"}) {
    const std::size_t at = before.rfind(word);
    if (at != View::npos &&
        !begins_with_one(before.substr(at + word.size()), {U"情况", U"进展", U"台账", U"清单", U"任务"}))
      return true;
  }
  return false;
}

/// 谋划2024年项目, 2024年项目前期, 编制2024年预算: what is done in the year before.
bool prepares(View before, View behind) {
  const View next = behind.substr(0, std::min(behind.find_first_of(U"，,。；;、()"), std::size_t{10}));
  return holds_one(before, {U"谋划", U"筹备", U"储备", U"申报", U"编制", U"准备", U"提前", U"预安排", U"迎接"}) ||
         holds_one(next, {U"前期", U"储备", U"谋划", U"筹备", U"申报", U"预算", U"预安排"});
}

/// 2024年前; not 2024年前三季度.
bool before_that_year(View behind) {
  if (begins_with_one(behind, {U"以前", U"之前"})) return true;
  return behind.starts_with(U"前") && (behind.size() == 1 || !ascii_digit(behind[1]));
}

YearTold told_of(const Found& found, const Time& time, bool range) {
  constexpr std::size_t near = 8;
  View before = found.before.size() > near ? found.before.substr(found.before.size() - near) : found.before;
  if (const std::size_t stop = before.find_last_of(U"，,。；;\n"); stop != View::npos) before.remove_prefix(stop + 1);
  const bool of_one_month = time.months.named && time.months.first == time.months.last && !range;
  const bool stamp = (time.months.day && !range) ||
                     (found.inside && of_one_month && !begins_with_one(found.behind, {U"底", U"前", U"末", U"完成"})) ||
                     holds_one(before, {U"时间:", U"日期:", U"截~", U"截止"}) ||
                     begins_with_one(found.behind, {U"更新", U"修订", U"修改", U"印", U"制", U"版", U"填报"});
  const bool another = refers_to_another(before) || before.ends_with(U"~") || before_that_year(found.behind) ||
                       prepares(before, found.behind) ||
                       begins_with_one(found.behind, {U"以来", U"远景", U"结转", U"未完成", U"遗留", U"剩余"});
  if (stamp || another || found.bracketed) return YearTold::aside;
  return time.months.named && !range ? YearTold::with_month : YearTold::plainly;
}

/// From October 2023 to March 2024 each month comes once: the year is told. Over more than twelve months it is not.
void span(const Time& first, const Time& end, NamedYear& named) {
  const int months = (end.year - first.year) * 12 + end.months.last - first.months.first;
  if (months >= 0 && months < 12) {
    named.since = Since{first.year, first.months.named ? first.months.first : 1};
    if (end.year == first.year) named.since->month = 1;
    if (end.year != first.year) named.others = {first.year, end.year};
    return;
  }
  if (months < 0 || end.year - first.year > longest_span) return void(named.others = {first.year, end.year});
  for (int year = first.year; year <= end.year; ++year) named.others.push_back(year);
}

/// 附件32023年: how many digits number the annex.
std::size_t number_of_annex(View s, std::size_t at) {
  const View before = s.substr(0, at);
  std::size_t digits = 0;
  while (at + digits < s.size() && ascii_digit(s[at + digits])) ++digits;
  const bool annex = before.ends_with(U"附件") || before.ends_with(U"附表");
  return annex && (digits == 5 || digits == 6) ? digits - 4 : 0;
}

std::vector<Found> find_years(View s, bool in_brackets) {
  std::vector<Found> out;
  int depth = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    depth += is_one_of(s[i], U"([【《〈") ? 1 : is_one_of(s[i], U")]】》〉") && depth > 0 ? -1 : 0;
    if (!ascii_digit(s[i]) || (i > 0 && ascii_digit(s[i - 1]))) continue;
    i += number_of_annex(s, i);
    Front at{s.substr(i)};
    const auto time = take_time(at);
    if (!time) continue;
    Found found;
    const std::size_t mark = s.substr(0, i).find_last_of(U"《》");
    const bool quoted = mark != View::npos && s[mark] == U'《';
    found.inside = depth > 0;
    found.bracketed = depth > 0 && (!in_brackets || quoted);
    found.before = s.substr(from, i - from);
    Front behind = at;
    std::optional<Time> end;
    if (behind.take_any({U"~", U"-"})) {
      behind.take_any({U"~", U"-"});
      end = take_end(behind, *time);
    }
    if (end) {
      at = behind;
      at.take(U"年");
      span(*time, *end, found.named);
    } else {
      found.named.since = Since{time->year, 1};
    }
    found.behind = at.rest;
    found.named.told = told_of(found, *time, end.has_value());
    from = i = s.size() - at.rest.size();
    --i;
    out.push_back(std::move(found));
  }
  return out;
}

void add(std::vector<int>& years, int year) {
  if (std::ranges::find(years, year) == years.end()) years.push_back(year);
}

}   // namespace

NamedYear year_named(std::string_view text, bool in_brackets) {
  const std::u32string s = without_spaces(text);
  const std::vector<Found> found = find_years(s, in_brackets);
  NamedYear best;
  for (const Found& one : found) {
    if (one.named.told < best.told) continue;
    const bool alone = one.named.told > best.told || (best.alone && one.named.since == best.since);
    best = one.named;
    best.alone = alone;
  }
  for (const Found& one : found) {
    if (one.named.since && (!best.since || one.named.since->year != best.since->year))
      add(best.others, one.named.since->year);
    for (const int year : one.named.others) add(best.others, year);
  }
  return best;
}

}   // namespace gangmu::plan
