// SPDX-License-Identifier: Apache-2.0
// The units of a cell, and who of them leads, answers and helps: labels before names (牵头单位：甲局 责任单位：乙局),
// words behind them (甲局、乙局牵头，丙局、丁局配合), marks in brackets (甲局（牵头）).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/task_register.hpp"

namespace gangmu::plan {

/// "市发改局、市工信局，各县（市、区）" → three; separators inside brackets do not separate.
std::vector<std::string> split_units(std::string_view text);

/// Units by their part. A word behind a list of units is of all of them back to the part named before: in "甲局牵头，
/// 乙局、丙局配合" two cooperate. Numbers (1.), 由, 等单位 and 按职责分工 are no part of a name.
struct UnitParts {
  std::vector<std::string> lead, responsible, cooperating;   ///< without a part: responsible
  bool labelled = false;                                     ///< parts were named in the cell

  [[nodiscard]] std::vector<std::string> all() const;
};
UnitParts unit_parts(std::string_view text);

/// lead, responsible or cooperating of 牵头, 责任单位, 协办 …; nullopt for another word.
std::optional<TaskField> part_named(std::string_view word);
/// The part named first, right in front of a text: "为牵头单位，○为配合单位" → lead.
std::optional<TaskField> first_part_in(std::string_view text);
/// The part named at the end of a text, but for 用, 打 and the like: "牵头单位用" → lead.
std::optional<TaskField> ends_with_part(std::string_view text);

}   // namespace gangmu::plan
