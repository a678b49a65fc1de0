// SPDX-License-Identifier: Apache-2.0
// When something is due, as offices write it: 2023年6月30日前, 2023年6月底前, 第三季度, 上半年, 2023年底, 长期坚持,
// 立即, 每月5日前. The text as typed is kept beside what was read; a due without a year says so instead of guessing
// one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

namespace gangmu::plan {

enum class DueKind : std::uint8_t {
  undated,   ///< nothing was written
  date,
  month,
  quarter,
  half,
  year,        ///< `last` is the last day allowed
  long_term,   ///< 长期坚持, 持续推进, 常态化: never due
  recurring,   ///< 每月5日前, 每季度末: due again and again; not tracked as one date
  immediate,   ///< 立即, 尽快: meant now, without a day
  unread,      ///< written, but not understood
};
std::string_view due_kind_name(DueKind kind);   ///< "month"
std::optional<DueKind> due_kind_of(std::string_view name);

struct Due {
  DueKind kind = DueKind::undated;
  Date last{};        ///< for date … year; else 1970-01-01
  std::string text;   ///< as typed

  [[nodiscard]] bool dated() const { return kind >= DueKind::date && kind <= DueKind::year; }
  bool operator==(const Due&) const = default;
};

/// `year` is taken for a due that names none ("6月底"). The end of the last day, month, quarter, half or year named
/// counts; 前 and 底 both include the last day. A range runs forward, into the next year where it must: 2023年11月至3月
/// ends in March 2024. What may be read in two ways is not read: 10年内, 2024年前, a list that runs backward.
/// Errors: due_without_year (only when `year` is absent), due_unreadable, base date_impossible.
Result<Due> parse_due(std::string_view text, std::optional<int> year = std::nullopt);

/// The times a text names that can't be read as a whole, to be offered and never guessed: "2025" → 2025年底前;
/// "2024年前" → 2024年底前. Within 1990–2100; at most four.
std::vector<std::string> dues_within(std::string_view text, std::optional<int> year);

Json to_json(const Due& due);                  ///< {"kind":"month","last":"2023-06-30","text":"2023年6月底前"}
Result<Due> due_from_json(const Json& json);   ///< error: task_malformed
/// How a due is shown when it was not typed: "2023年6月底前", "长期坚持", "" …
std::string due_text(const Due& due);

}   // namespace gangmu::plan
