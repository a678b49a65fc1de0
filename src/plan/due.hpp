// SPDX-License-Identifier: Apache-2.0
// When something is due, as offices write it: 2023年6月30日前, 2023年6月底前, 第三季度, 上半年, 2023年底, 长期坚持,
// 立即, 每月5日前. The text as typed is kept beside what was read; a due without a year says so instead of guessing
// one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

/// `year` is taken for a due that names none ("6月底"). A range ("2023年1月-6月") is due at its end; 前 and 底 both
/// include the last day. Errors: due_without_year (only when `year` is absent), due_unreadable, base date_impossible.
Result<Due> parse_due(std::string_view text, std::optional<int> year = std::nullopt);

/// What a bare number in a due column may mean, to be offered and never guessed: "2025" → "2025年底前", a spreadsheet's
/// day number "45838" → "2025-06-30". Empty when it means nothing within 1990–2100.
std::string due_from_number(std::string_view text);

Json to_json(const Due& due);                  ///< {"kind":"month","last":"2023-06-30","text":"2023年6月底前"}
Result<Due> due_from_json(const Json& json);   ///< error: task_malformed
/// How a due is shown when it was not typed: "2023年6月底前", "长期坚持", "" …
std::string due_text(const Due& due);

}   // namespace gangmu::plan
