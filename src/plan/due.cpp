// SPDX-License-Identifier: Apache-2.0
#include "plan/due.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/text.hpp"
#include "plan/due_series.hpp"
#include "plan/errors.hpp"

namespace gangmu::plan {

namespace {

constexpr std::array<std::string_view, 10> kind_names = {"undated", "date",      "month",     "quarter",   "half",
                                                         "year",    "long_term", "recurring", "immediate", "unread"};

bool holds(std::u32string_view s, std::initializer_list<std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) { return s.find(w) != std::u32string_view::npos; });
}

Result<Due> dated(const Placed& placed, std::string_view text) {
  if (placed.floating) return fail(errors::due_without_year, {std::string(text)});
  Due due{placed.moment.kind, {}, std::string(text)};
  const int month = placed.last_month();
  const int day = due.kind == DueKind::date ? placed.moment.day : days_in_month(placed.year, month);
  TRY_ASSIGN(due.last, Date::of(placed.year, month, day));
  return due;
}

Result<Due> read_dated(std::u32string_view s, std::optional<int> context, std::string_view text) {
  const auto placed = last_placed(read_moments(s), context);
  if (!placed) return fail(errors::due_unreadable, {std::string(text)});
  return dated(*placed, text);
}

constexpr int first_offered = 1990, last_offered = 2100;
constexpr std::size_t most_offers = 4;

bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// 每月, 每两周, 每半年, 按季度, 逐月, 定期 …
bool recurs(std::u32string_view s) {
  if (holds(s, {U"按月", U"按季", U"按年", U"按周", U"逐月", U"逐季", U"逐年", U"逐周", U"各季度", U"定期"}))
    return true;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] != U'每') continue;
    std::size_t unit = i + 1;
    while (unit < s.size() && (digit(s[unit]) || std::u32string_view(U"两半双单隔个").find(s[unit]) != s.npos)) ++unit;
    if (unit < s.size() && std::u32string_view(U"月季年周旬日天").find(s[unit]) != s.npos) return true;
  }
  return false;
}

/// A clause beside the one that recurs names a year: "每月调度，2023年底前完成".
bool ends_as_well(std::u32string_view s) {
  std::size_t from = 0;
  for (std::size_t i = 0; i <= s.size(); ++i) {
    if (i < s.size() && std::u32string_view(U",;。、 ").find(s[i]) == s.npos) continue;
    const std::vector<Moment> moments = read_moments(s.substr(from, i - from));
    if (!moments.empty() && moments.back().named == YearNamed::yes && !moments.back().bare_year) return true;
    from = i + 1;
  }
  return false;
}

/// Digits, or 三年, 两个月: what lasts is named, so it is no 长期.
bool names_a_number(std::string_view typed, std::u32string_view s) {
  for (const char c : text::narrow(typed)) {
    if (c >= '0' && c <= '9') return true;
  }
  for (std::size_t i = 1; i < s.size(); ++i) {
    const bool number = digit(s[i - 1]) || s[i - 1] == U'两' || s[i - 1] == U'半';
    if (number && std::u32string_view(U"年月日季周天旬个").find(s[i]) != s.npos) return true;
  }
  return false;
}

}   // namespace

std::string_view due_kind_name(DueKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<DueKind> due_kind_of(std::string_view name) {
  const auto at = std::find(kind_names.begin(), kind_names.end(), name);
  if (at == kind_names.end()) return std::nullopt;
  return static_cast<DueKind>(at - kind_names.begin());
}

Result<Due> parse_due(std::string_view text, std::optional<int> year) {
  const std::u32string plain = plain_due(text);
  std::u32string s = plain;
  std::erase(s, U' ');
  const std::string typed(text::trim(text));
  if (s.empty() || s == U"/" || s == U"-" || s == U"--" || s == U"~" || s == U"无")
    return Due{DueKind::undated, {}, typed};
  if (recurs(s)) {
    if (ends_as_well(plain)) return fail(errors::due_unreadable, {typed});
    return Due{DueKind::recurring, {}, typed};
  }
  Result<Due> due = read_dated(plain, year, typed);
  if (due || due.error().is(errors::due_without_year)) return due;
  if (names_a_number(typed, s)) return due;
  if (holds(s, {U"长期", U"持续", U"常态", U"长效", U"全程", U"常年", U"长年"}))
    return Due{DueKind::long_term, {}, typed};
  if (holds(s, {U"立即", U"即时", U"马上", U"尽快", U"立行立改"})) return Due{DueKind::immediate, {}, typed};
  return due;
}

std::vector<std::string> dues_within(std::string_view text, std::optional<int> year) {
  std::vector<std::string> found;
  for (Moment& moment : moments_within(plain_due(text))) {
    if (moment.named == YearNamed::offset && !year) continue;
    moment.bare_year = moment.short_year = moment.doubtful = moment.starts = false;
    const auto placed = last_placed({moment}, year);
    if (!placed) continue;
    const auto due = dated(*placed, "");
    if (!due || due->last.year() < first_offered || due->last.year() > last_offered) continue;
    std::string offer = due_text(*due);
    if (std::find(found.begin(), found.end(), offer) == found.end()) found.push_back(std::move(offer));
    if (found.size() == most_offers) break;
  }
  return found;
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
