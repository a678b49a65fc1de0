// SPDX-License-Identifier: Apache-2.0
// What offices call the columns of a task ledger. Kept as a table: a new habit is a new word, not new code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/task_register.hpp"

namespace gangmu::plan {

struct HeaderMatch {
  bool known = false;   ///< the header is one of our words (its field may be `none`: kept as typed)
  TaskField field = TaskField::none;
  int confidence = 0;
  std::vector<TaskField> candidates;   ///< best first, when the header only resembles our words
};

/// A header cell without spaces, line breaks, brackets and what stands in them: "完成\n时限（月）" → "完成时限".
std::string plain_header(std::string_view cell);
/// 存在问题, 反馈问题, 问题描述: what a list of rectification (整改清单) is about, where it names no task; not
/// 问题类别.
bool names_a_problem(std::string_view cell);
/// 下周工作计划, 进度安排, 序时进度: what is to be, not how far it is; not 计划完成情况, 计划完成率.
bool says_a_plan(std::string_view cell);
/// Of several times of a task the one by which it is to be done: not when it was given out, begun or in fact done.
enum class TimeOf : unsigned char { another, unsaid, end };
TimeOf time_of(std::string_view header);
/// By one header cell. Confidence 100 known, 70 contains a known word, 50 is near one.
HeaderMatch match_header(std::string_view cell);

}   // namespace gangmu::plan
