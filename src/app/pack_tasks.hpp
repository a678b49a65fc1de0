// SPDX-License-Identifier: Apache-2.0
// A task as a row of plan/tasks.csv, both ways.
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"
#include "plan/task.hpp"

namespace gangmu::app {

/// origin.batch of tasks that came with a pack.
inline constexpr std::string_view pack_batch = "pack";

/// Errors: task_id_not_number, and those of the date and due readers.
Result<plan::Task> task_of_row(const Json& row);
/// The row task_of_row reads back to the same task; empty fields are left out.
Json row_of_task(const plan::Task& task);

}   // namespace gangmu::app
