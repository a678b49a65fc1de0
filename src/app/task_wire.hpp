// SPDX-License-Identifier: Apache-2.0
// A task on the wire, and as it is kept: its body in the store, what happened to it.
#pragma once

#include "app/picture.hpp"
#include "app/task_rows.hpp"
#include "plan/task.hpp"

namespace gangmu::app {

/// How a task is kept: plan::to_json, and the names of the personal fields that the vault holds for it.
Json task_body(const plan::Task& task, const Json& personal);
/// "personal" of a stored body: the list of names, or null.
const Json& personal_of(const Json& body);
/// The task with its hidden persons shown as such, for exports without a permit. Error: plan task_malformed.
Result<plan::Task> task_of(const store::Task& stored);

namespace wire {

/// Members that a Task shares with a row of an import: number … remark.
void task_fields(JsonWriter& out, const place::Tree& tree, const plan::Task& task);
/// The whole Task.
void task(JsonWriter& out, const place::Tree& tree, const plan::Task& task, Seq seq, Date today);
std::string_view light_of(plan::DateLight light);   ///< none, week, overdue, waiting, closed
std::string_view state_of(plan::TaskState state);   ///< open, waiting, closed, paused

/// [Task] of the tasks at or below a node: overdue first, then by due; `most` at most.
void tasks_under(JsonWriter& out, const Picture& picture, place::NodeIndex node, Date today, std::size_t most);
/// A percentage as the integer people read.
std::int64_t whole_percent(const Decimal& percent);

}   // namespace wire
}   // namespace gangmu::app
