// SPDX-License-Identifier: Apache-2.0
// The year that a title, a heading or the head of a column names for times without one. In 贯彻落实2022年会议精神2023年
// 任务 it is 2023; 2023年10月至2024年3月 begins with October; 2023—2025年 leaves it open.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace gangmu::plan {

/// A time without a year is the first of its name from this month on.
struct Since {
  int year = 0;
  int month = 1;
  bool operator==(const Since&) const = default;
};

/// How surely the year is that of the times: a day of writing, a document, what was left over say little.
enum class YearTold : unsigned char { no, aside, with_month, plainly };

struct NamedYear {
  YearTold told = YearTold::no;
  std::optional<Since> since;   ///< absent where none is named, or several are and none is told
  std::vector<int> others;      ///< all years that may be meant besides
  bool alone = true;            ///< no other year is told as surely
};

/// The year told most surely, of two alike the last. `in_brackets`: what stands in brackets counts as what stands
/// outside, as in headings (二、续建项目（2024年）); titles have their date there.
NamedYear year_named(std::string_view text, bool in_brackets = false);

}   // namespace gangmu::plan
