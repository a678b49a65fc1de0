// SPDX-License-Identifier: Apache-2.0
// A task on the wire.
#pragma once

#include "app/picture.hpp"
#include "app/task_rows.hpp"
#include "plan/task.hpp"

namespace gangmu::app {

namespace wire {

/// Members that a Task shares with a row of an import: number … remark.
void task_fields(JsonWriter& out, const place::Tree& tree, const plan::Task& task);
/// The whole Task, with the fields that no rule of the plan needs and who was nudged about it last.
void task(JsonWriter& out, const Picture& picture, const plan::Task& task, const store::WholeRecord& stored,
          Date today);
/// A step of a task as its history tells it: "request-close".
std::string act_of(std::string_view step);
std::string_view light_of(plan::DateLight light);   ///< none, week, overdue, waiting, closed
std::string_view state_of(plan::TaskState state);   ///< open, waiting, closed, paused

/// [Task] of the tasks at or below a node: overdue first, then by due; `most` at most.
void tasks_under(JsonWriter& out, const Picture& picture, place::NodeIndex node, Date today, std::size_t most);
/// A percentage as the integer people read.
std::int64_t whole_percent(const Decimal& percent);

}   // namespace wire
}   // namespace gangmu::app
