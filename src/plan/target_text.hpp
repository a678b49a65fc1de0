// SPDX-License-Identifier: Apache-2.0
// Targets inside sentences. A target needs a value, a unit and a period; a sentence without them is 定性要求
// (qualitative) or 提法 (slogan) and stays text. Sizes are no targets: in "引进10亿元以上项目3个" the 10 亿元 describes
// the projects and only "3个" counts; years, ordinals (第一批, 前三) and names ("1+7+N", 5A级) never count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "plan/due.hpp"

namespace gangmu::plan {

enum class Comparison : std::uint8_t { at_least, more_than, at_most, less_than, exactly };
std::string_view comparison_sign(Comparison comparison);   ///< "≥"

struct Target {
  Comparison comparison = Comparison::at_least;
  Decimal value;
  std::string unit;     ///< as typed: 亿元, 家, %, 个百分点
  std::string period;   ///< canonical period text ("202306", "2023") or date of its due
  std::string text;     ///< the clause it was read from
  bool operator==(const Target&) const = default;
};

enum class TextKind : std::uint8_t { target, without_period, qualitative };

struct TargetText {
  TextKind kind = TextKind::qualitative;
  std::vector<Target> targets;   ///< with kind target: complete; with without_period: period empty (原文未明确时限)
};

/// Reads the targets of `text`; a period not named in the text itself is that of `due` when it is dated.
TargetText read_targets(std::string_view text, const Due& due);

/// What is missing, for the reader: "", "原文未明确时限", "原文未明确数量".
std::string_view missing_zh(TextKind kind);
std::string_view missing_en(TextKind kind);

Json to_json(const Target& target);
Result<Target> target_from_json(const Json& json);   ///< error: task_malformed

}   // namespace gangmu::plan
