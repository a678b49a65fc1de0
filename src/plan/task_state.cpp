// SPDX-License-Identifier: Apache-2.0
#include "plan/task_state.hpp"

#include <initializer_list>

#include "base/text.hpp"
#include "plan/errors.hpp"

namespace gangmu::plan {

namespace {

struct Act {
  const char* zh;
  const char* en;
};

Status require_state(const Task& task, std::initializer_list<TaskState> allowed, Act act) {
  for (const TaskState state : allowed) {
    if (task.state == state) return {};
  }
  return fail(errors::task_state,
              {std::string(task_state_zh(task.state)), act.zh, std::string(task_state_name(task.state)), act.en});
}

Status require_reason(const std::string& reason, Act act) {
  if (text::trim(reason).empty()) return fail(errors::reason_required, {act.zh, act.en});
  return {};
}

}   // namespace

Result<Task> report_progress(Task task, std::string text, std::optional<Decimal> percent, Date today) {
  TRY(require_state(task, {TaskState::open, TaskState::done_waiting}, {"填报进展", "reported on"}));
  if (text::trim(text).empty() && !percent) return fail(errors::progress_empty);
  if (percent && (*percent < Decimal(0, 0) || *percent > Decimal(100, 0))) {
    return fail(errors::percent_range, {percent->text()});
  }
  if (!text::trim(text).empty()) task.progress = std::move(text);
  if (percent) task.percent = percent;
  task.progress_on = today;
  return task;
}

Result<Task> request_close(Task task, std::string text, Date today) {
  TRY(require_state(task, {TaskState::open}, {"请求销号", "put forward for closing"}));
  if (!text::trim(text).empty()) {
    task.progress = std::move(text);
    task.progress_on = today;
  }
  task.state = TaskState::done_waiting;
  task.requested_on = today;
  task.reason.clear();
  return task;
}

Result<Task> close(Task task, Date today) {
  TRY(require_state(task, {TaskState::done_waiting}, {"销号", "closed"}));
  task.state = TaskState::closed;
  task.closed_on = today;
  return task;
}

Result<Task> send_back(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::done_waiting}, {"退回", "sent back"}));
  TRY(require_reason(reason, {"退回", "sending back"}));
  task.state = TaskState::open;
  task.requested_on.reset();
  task.reason = std::move(reason);
  return task;
}

Result<Task> reopen(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::closed}, {"重新开办", "reopened"}));
  TRY(require_reason(reason, {"重新开办", "reopening"}));
  task.state = TaskState::open;
  task.requested_on.reset();
  task.closed_on.reset();
  task.reason = std::move(reason);
  return task;
}

Result<Task> pause(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::open}, {"暂停", "paused"}));
  TRY(require_reason(reason, {"暂停", "pausing"}));
  task.state = TaskState::paused;
  task.reason = std::move(reason);
  return task;
}

Result<Task> resume(Task task, Date) {
  TRY(require_state(task, {TaskState::paused}, {"恢复", "resumed"}));
  task.state = TaskState::open;
  task.reason.clear();
  return task;
}

}   // namespace gangmu::plan
