// SPDX-License-Identifier: Apache-2.0
// Tasks that wait for a reader, by place, line and state. One who may close has what asked to be closed, to be changed,
// or not to be theirs. A report, late or due within some days, or sent back, waits for the units a task names, where
// they have an account of their own (its line); where one of them has none, for the accounts nearest to the task's
// place: there, else above.
#pragma once

#include <functional>
#include <optional>

#include "app/task_rows.hpp"

namespace gangmu::app {

enum class TaskWaits : std::uint8_t { report, returned, close, objected, change };
/// "report"
std::string_view waits_name(TaskWaits why);
/// The step that is usually taken: progress, close …
std::string_view step_for(TaskWaits why);

struct WaitingTask {
  const store::WholeRecord* stored = nullptr;   ///< lives as long as the View
  TaskWaits why = TaskWaits::report;
  std::optional<Date> last{};   ///< last day allowed
  Instant by{};                 ///< when it should be done: the end of its last day; today, of what was asked of them
};

/// In no order but that of homes and numbers. `days`: how far ahead a last day is told.
void waiting_tasks(Service& service, const Picture& picture, Instant now, int days,
                   const std::function<void(const WaitingTask&)>& visit);

}   // namespace gangmu::app
