// SPDX-License-Identifier: Apache-2.0
// What a cell of an office's sheet says, as a field holds it: 2023.6.30, 1,200, 是, √, a code's label, a place by name.
//
//   empty → nothing is said    （清空） → missing    NA, 不适用 → not applicable    WH → withheld
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/grid.hpp"
#include "formula/unit.hpp"
#include "record/kind.hpp"

namespace gangmu::record {

/// Names of things that live outside a kind.
class CellNames {
 public:
  virtual ~CellNames() = default;
  [[nodiscard]] virtual std::optional<PlaceId> place(std::string_view) const { return {}; }
  [[nodiscard]] virtual std::optional<Who> who(std::string_view, const Field&) const { return {}; }
  [[nodiscard]] virtual std::optional<RecordId> record(std::string_view, const Field&) const { return {}; }
};

inline constexpr std::string_view cleared_cell = "（清空）";

/// Nothing for a cell that says nothing. `factor`: what a number is multiplied by to be in the field's unit. A
/// personal value comes in clear; the host seals it. Errors: cell_unread, at no position.
Result<std::optional<Value>> cell_value(const Field& field, const Catalogue& catalogue, const GridCell& cell,
                                        const formula::Ratio& factor, const CellNames& names);

/// A day as offices type it: 2023-06-30, 2023.6.30, 2023/6/30, 2023年6月30日, 20230630.
std::optional<Date> typed_day(std::string_view text);
/// A period as offices type it: 2023年, 2023-06, 2023年6月, 2023年第1季度, 2023年上半年, and as we do.
std::optional<Period> typed_period(std::string_view text, PeriodKind kind);
/// 1,200 and １２００ as well; nothing for other words.
std::optional<Decimal> typed_number(std::string_view text);
/// 是 有 √ Y 已 …; nothing for other words.
std::optional<bool> typed_flag(std::string_view text);
/// "/", "—", "无": nothing is said.
bool says_nothing(std::string_view text);

/// What a number in `unit` is multiplied by to be in the field's; nothing: it is another dimension. "": as the field.
std::optional<formula::Ratio> unit_factor(const Field& field, std::string_view unit);

}   // namespace gangmu::record
