// SPDX-License-Identifier: Apache-2.0
#include "plan/due.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "plan/errors.hpp"

namespace gangmu::plan {

namespace {

constexpr std::array<std::string_view, 10> kind_names = {"undated", "date",      "month",     "quarter",   "half",
                                                         "year",    "long_term", "recurring", "immediate", "unread"};

/// Reads from the front of a text.
class Cursor {
 public:
  explicit Cursor(std::u32string_view text) : rest_(text) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::u32string_view rest() const { return rest_; }
  bool take(std::u32string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// Up to `most` ASCII digits, at least `least`; -1 when there are fewer.
  int digits(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    for (; n < rest_.size() && n < most && rest_[n] >= U'0' && rest_[n] <= U'9'; ++n) {
      value = value * 10 + static_cast<int>(rest_[n] - U'0');
    }
    if (n < least || n == 0) return -1;
    rest_.remove_prefix(n);
    return value;
  }
  void skip_any_of(std::u32string_view characters) {
    while (!rest_.empty() && characters.find(rest_.front()) != std::u32string_view::npos) rest_.remove_prefix(1);
  }

 private:
  std::u32string_view rest_;
};

/// ASCII digits for full-width and Chinese ones where a date is meant; no spaces; one sign for "to".
std::u32string simplified(std::string_view text) {
  std::u32string s = text::code_points(text::narrow(text));
  std::erase_if(s, [](char32_t c) { return c == U' ' || c == U'\n' || c == U'\r' || c == U'\t' || c == U'\u00A0'; });
  const std::u32string_view han = U"〇一二三四五六七八九";
  std::u32string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char32_t c = s[i] == U'零' ? U'〇' : s[i];
    const auto digit = han.find(c);
    if (c == U'十') {   // 十二月 → 12月, 二十日 → 20日, 十月 → 10月
      const bool before = !out.empty() && out.back() >= U'1' && out.back() <= U'9' && i > 0 &&
                          han.find(s[i - 1]) != std::u32string_view::npos;
      const bool after = i + 1 < s.size() && han.find(s[i + 1]) != std::u32string_view::npos;
      if (!before) out += U'1';
      if (!after) out += U'0';
    } else if (digit != std::u32string_view::npos) {
      out += static_cast<char32_t>(U'0' + digit);
    } else if (c == U'—' || c == U'–' || c == U'~' || c == U'至' || c == U'到') {
      if (out.empty() || out.back() != U'~') out += U'~';
    } else {
      out += c;
    }
  }
  return out;
}

bool holds(std::u32string_view s, std::initializer_list<std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) { return s.find(w) != std::u32string_view::npos; });
}

struct Found {
  DueKind kind = DueKind::unread;
  int year = 0;   ///< 0 = not named
  int part = 0;   ///< month, quarter or half
  int day = 0;
};

constexpr std::u32string_view leading = U"于在截止~力争确保计划拟预计约前";
constexpr std::u32string_view trailing = U"前之以底末止内完成工竣投产建用验收达标全部基本力争确保,。;、.()";

bool read_day(Cursor& at, Found& found) {
  if (at.take(U"上旬")) return found.day = 10, found.kind = DueKind::date, true;
  if (at.take(U"中旬")) return found.day = 20, found.kind = DueKind::date, true;
  if (at.take(U"下旬")) return true;
  if (at.rest().starts_with(U"初") || at.rest().starts_with(U"中")) return false;
  const Cursor before = at;
  const int day = at.digits(1, 2);
  if (day < 0) return true;
  if (!at.take(U"日") && !at.take(U"号") && !at.done()) {
    at = before;
    return false;
  }
  found.day = day;
  found.kind = DueKind::date;
  return true;
}

bool read_part_of_year(Cursor& at, Found& found) {
  if (at.take(U"上半年")) return found.part = 1, found.kind = DueKind::half, true;
  if (at.take(U"下半年")) return found.part = 2, found.kind = DueKind::half, true;
  const Cursor before = at;
  const bool third_quarters = at.take(U"前");
  const bool ordinal = at.take(U"第") || at.take(U"Q") || at.take(U"q");
  const int number = at.digits(1, 2);
  if (number > 0 && (at.take(U"季度") || at.take(U"季") || (ordinal && at.done()))) {
    found.part = number;
    found.kind = DueKind::quarter;
    return number <= 4;
  }
  if (number > 0 && !third_quarters && !ordinal && (at.take(U"月份") || at.take(U"月"))) {
    found.part = number;
    found.kind = DueKind::month;
    return number <= 12 && read_day(at, found);
  }
  at = before;
  return false;
}

/// 2023-06-30, 2023.6.30, 2023/6, 20230630, 202306
bool read_numeric(Cursor& at, Found& found) {
  const Cursor before = at;
  found.year = at.digits(4, 4);
  if (found.year < 1900) return at = before, false;
  const bool separated = at.take(U"-") || at.take(U"/") || at.take(U".");
  found.part = separated ? at.digits(1, 2) : at.digits(2, 2);
  if (found.part < 1 || found.part > 12) return at = before, false;
  found.kind = DueKind::month;
  if (separated && !at.take(U"-") && !at.take(U"/") && !at.take(U".")) return true;
  const int day = separated ? at.digits(1, 2) : at.digits(2, 2);
  if (day < 0) return !separated;
  at.take(U"日");
  found.day = day;
  found.kind = DueKind::date;
  return true;
}

/// One expression such as "2023年6月底前完成"; kind unread when it is none.
Found read_clause(std::u32string_view clause, std::optional<int> context) {
  Cursor at(clause);
  at.skip_any_of(leading);
  Found found;
  if (!read_numeric(at, found)) {
    found = {};
    const Cursor before = at;
    bool whole_year = false;
    if (at.take(U"今年") || at.take(U"本年度") || at.take(U"本年") || at.take(U"当年")) {
      whole_year = true;
    } else if (at.take(U"明年")) {
      whole_year = true;
      found.year = context ? *context + 1 : 0;
    } else {
      int year = at.digits(2, 4);
      if (year >= 0 && year < 100) year += 2000;
      if (year >= 1900 && year < 2200 && (at.take(U"年") || at.rest().starts_with(U"Q"))) {
        found.year = year;
        whole_year = true;
      } else {
        at = before;
      }
    }
    if (!read_part_of_year(at, found)) {
      if (found.kind != DueKind::unread) return {};
      const bool end_word = at.take(U"年度") || at.take(U"年底") || at.take(U"年末") || at.take(U"年内") ||
                            at.take(U"全年") || at.take(U"底") || at.take(U"末") || at.take(U"内") || at.take(U"度");
      if (!whole_year && !end_word) return {};
      found.kind = DueKind::year;
    }
  }
  at.skip_any_of(trailing);
  return at.done() ? found : Found{};
}

Result<Due> dated(Found found, std::optional<int> context, std::string_view text) {
  if (found.year == 0 && context) found.year = *context;
  if (found.year == 0) return fail(errors::due_without_year, {std::string(text)});
  Due due{found.kind, {}, std::string(text)};
  const int year = found.year;
  switch (found.kind) {
    case DueKind::date: {
      TRY_ASSIGN(due.last, Date::of(year, found.part, found.day));
      return due;
    }
    case DueKind::quarter: found.part *= 3; break;
    case DueKind::half: found.part *= 6; break;
    case DueKind::year: found.part = 12; break;
    default: break;
  }
  TRY_ASSIGN(due.last, Date::of(year, found.part, days_in_month(year, found.part)));
  return due;
}

/// Clauses of a text, each with the year named last before it.
std::vector<std::u32string> clauses_of(std::u32string_view s) {
  const bool words = holds(s, {U"年", U"月", U"季"});
  std::vector<std::u32string> clauses(1);
  for (const char32_t c : s) {
    const bool breaks = c == U',' || c == U';' || c == U'。' || c == U'、' || c == U'~' || (words && c == U'-');
    if (breaks) {
      clauses.emplace_back();
    } else {
      clauses.back() += c;
    }
  }
  std::erase_if(clauses, [](const std::u32string& clause) { return clause.empty(); });
  return clauses;
}

std::optional<int> year_named(std::u32string_view clause) {
  for (std::size_t i = 4; i < clause.size(); ++i) {
    Cursor at(clause.substr(i - 4));
    const int year = at.digits(4, 4);
    if (year >= 1900 && at.take(U"年")) return year;
  }
  return std::nullopt;
}

/// "1" of "1-6月", "2023年1" of "2023年1-6月".
bool starts_range(std::u32string_view clause) {
  Cursor at(clause);
  const Cursor before = at;
  if (at.digits(4, 4) < 0 || !at.take(U"年")) at = before;
  return at.digits(1, 4) >= 0 && at.done();
}

/// The last clause that names a date decides: "3月启动、6月底前完成" is due at the end of June.
Result<Due> read_dated(std::u32string_view s, std::optional<int> context, std::string_view text) {
  std::optional<int> year = context;
  Found last;
  std::optional<int> year_of_last;
  bool all_read = true;
  for (const std::u32string& clause : clauses_of(s)) {
    const Found found = read_clause(clause, year);
    if (found.kind != DueKind::unread) {
      last = found;
      year_of_last = year;
    } else {
      all_read = all_read && starts_range(clause);
    }
    if (const auto named = year_named(clause)) year = named;
  }
  if (last.kind == DueKind::unread || !all_read) return fail(errors::due_unreadable, {std::string(text)});
  return dated(last, year_of_last, text);
}

}   // namespace

std::string_view due_kind_name(DueKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<DueKind> due_kind_of(std::string_view name) {
  const auto at = std::find(kind_names.begin(), kind_names.end(), name);
  if (at == kind_names.end()) return std::nullopt;
  return static_cast<DueKind>(at - kind_names.begin());
}

Result<Due> parse_due(std::string_view text, std::optional<int> year) {
  const std::u32string s = simplified(text);
  const std::string typed(text::trim(text));
  if (s.empty() || s == U"/" || s == U"-" || s == U"~" || s == U"无") return Due{DueKind::undated, {}, typed};
  if (holds(s, {U"每月", U"每季", U"每年", U"每周", U"每半年", U"每旬", U"每日", U"按月", U"按季"}))
    return Due{DueKind::recurring, {}, typed};
  Result<Due> due = read_dated(s, year, typed);
  if (due || due.error().is(errors::due_without_year)) return due;
  const bool has_digits = std::any_of(s.begin(), s.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
  if (!has_digits && holds(s, {U"长期", U"持续", U"常态", U"长效", U"全程"})) return Due{DueKind::long_term, {}, typed};
  if (!has_digits && holds(s, {U"立即", U"即时", U"马上", U"尽快", U"立行立改"}))
    return Due{DueKind::immediate, {}, typed};
  return due;
}

std::string due_from_number(std::string_view typed) {
  constexpr int first_year = 1990, last_year = 2100;
  constexpr std::int32_t day_zero = -25569;   // 1899-12-30, from which spreadsheets count
  const auto number = Decimal::parse(text::narrow(text::trim(typed)));
  if (!number || number->scale() != 0) return "";
  if (number->units() >= first_year && number->units() <= last_year) return std::to_string(number->units()) + "年底前";
  if (number->units() > 99'999 || number->units() < 10'000) return "";
  const Date day{static_cast<std::int32_t>(number->units()) + day_zero};
  return day.year() >= first_year && day.year() <= last_year ? day.text() : "";
}

Json to_json(const Due& due) {
  Json json;
  json.set("kind", due_kind_name(due.kind));
  if (due.dated()) json.set("last", due.last.text());
  if (!due.text.empty()) json.set("text", due.text);
  return json;
}

Result<Due> due_from_json(const Json& json) {
  const auto malformed = [] { return fail(errors::task_malformed, {"due", "时限", "a due"}); };
  if (json.is_null()) return Due{};
  const auto kind = due_kind_of(json["kind"].string_or(""));
  if (!kind) return malformed();
  Due due{*kind, {}, json["text"].string_or("")};
  if (due.dated()) {
    const auto last = Date::parse(json["last"].string_or(""));
    if (!last) return malformed();
    due.last = *last;
  }
  return due;
}

std::string due_text(const Due& due) {
  if (!due.text.empty()) return due.text;
  const std::string year = std::to_string(due.last.year()) + "年";
  const std::string month = std::to_string(due.last.month()) + "月";
  static constexpr const char* quarters[] = {"一", "二", "三", "四"};
  switch (due.kind) {
    case DueKind::date: return year + month + std::to_string(due.last.day()) + "日前";
    case DueKind::month: return year + month + "底前";
    case DueKind::quarter: return year + "第" + quarters[(due.last.month() - 1) / 3] + "季度";
    case DueKind::half: return year + (due.last.month() == 6 ? "上半年" : "下半年");
    case DueKind::year: return year + "底前";
    case DueKind::long_term: return "长期坚持";
    case DueKind::immediate: return "立即";
    default: return "";
  }
}

}   // namespace gangmu::plan
