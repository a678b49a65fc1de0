// SPDX-License-Identifier: Apache-2.0
#include "plan/task_state.hpp"

#include <algorithm>
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

Due due_on(Date day) { return {.kind = DueKind::date, .last = day, .text = {}}; }

}   // namespace

Result<Task> report_progress(Task task, std::string text, std::optional<Decimal> percent, Date today) {
  TRY(require_state(task, {TaskState::open, TaskState::done_waiting}, {"填报进展", "reported on"}));
  if (text::trim(text).empty() && !percent) return fail(errors::progress_empty);
  if (percent && (*percent < Decimal(0, 0) || *percent > Decimal(100, 0))) {
    return fail(errors::percent_range, {percent->text()});
  }
  if (!text::trim(text).empty()) task.progress = std::move(text);
  if (percent) task.percent = percent;
  task.returned_on.reset();   // what it was sent back for is answered
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
  task.returned_on.reset();
  return task;
}

Result<Task> close(Task task, Date today) {
  TRY(require_state(task, {TaskState::done_waiting}, {"销号", "closed"}));
  task.state = TaskState::closed;
  task.closed_on = today;
  return task;
}

Result<Task> send_back(Task task, std::string reason, Date today) {
  TRY(require_state(task, {TaskState::done_waiting}, {"退回", "sent back"}));
  TRY(require_reason(reason, {"退回", "sending back"}));
  task.state = TaskState::open;
  task.requested_on.reset();
  task.reason = std::move(reason);
  task.returned_on = today;
  return task;
}

Result<Task> reopen(Task task, std::string reason, Date today) {
  TRY(require_state(task, {TaskState::closed, TaskState::cancelled}, {"重新开办", "reopened"}));
  TRY(require_reason(reason, {"重新开办", "reopening"}));
  task.state = TaskState::open;
  task.requested_on.reset();
  task.closed_on.reset();
  task.reason = std::move(reason);
  task.returned_on = today;
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

Result<Task> receive(Task task, Date today) {
  TRY(require_state(task, {TaskState::open}, {"签收", "received"}));
  if (task.received_on) return fail(errors::received_already, {task.received_on->text()});
  task.received_on = today;
  return task;
}

Result<Task> object(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::open}, {"提出异议", "objected to"}));
  TRY(require_reason(reason, {"提出异议", "objecting"}));
  task.state = TaskState::objected;
  task.reason = std::move(reason);
  return task;
}

Result<Task> uphold(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::objected}, {"裁定异议", "ruled on"}));
  TRY(require_reason(reason, {"改派", "handing on"}));
  task.state = TaskState::open;
  task.received_on.reset();
  task.reason = std::move(reason);
  return task;
}

Result<Task> overrule(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::objected}, {"裁定异议", "ruled on"}));
  TRY(require_reason(reason, {"驳回异议", "overruling"}));
  task.state = TaskState::open;
  task.reason = std::move(reason);
  return task;
}

Result<Task> transfer(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::open}, {"转办", "handed on"}));
  TRY(require_reason(reason, {"转办", "handing on"}));
  task.received_on.reset();
  task.reason = std::move(reason);
  return task;
}

Result<Task> ask_change(Task task, std::optional<Date> due, std::string text, const std::string& reason, Date) {
  TRY(require_state(task, {TaskState::open}, {"申请调整", "asked to be changed"}));
  if (!due && text::trim(text).empty()) return fail(errors::change_empty);
  TRY(require_reason(reason, {"申请调整", "asking for a change"}));
  task.asked_due = due;
  task.asked_text = std::move(text);
  return task;
}

Result<Task> grant_change(Task task, Date) {
  TRY(require_state(task, {TaskState::open}, {"裁定调整", "ruled on"}));
  if (!task.asked_due && task.asked_text.empty()) return fail(errors::no_change_asked);
  if (task.asked_due) task.due = due_on(*task.asked_due);
  task.asked_due.reset();
  task.asked_text.clear();
  return task;
}

Result<Task> refuse_change(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::open}, {"裁定调整", "ruled on"}));
  if (!task.asked_due && task.asked_text.empty()) return fail(errors::no_change_asked);
  TRY(require_reason(reason, {"不同意调整", "refusing the change"}));
  task.asked_due.reset();
  task.asked_text.clear();
  task.reason = std::move(reason);
  return task;
}

Result<Task> carry_over(Task task, std::optional<Date> due, std::string reason, Date today) {
  TRY(require_state(task, {TaskState::open}, {"结转", "carried over"}));
  if (!due || *due <= today || (task.due.dated() && *due <= task.due.last)) {
    const Date after = task.due.dated() ? std::max(today, task.due.last) : today;
    return fail(errors::due_not_later, {due ? due->text() : "—", after.text()});
  }
  TRY(require_reason(reason, {"结转", "carrying over"}));
  task.due = due_on(*due);
  task.reason = std::move(reason);
  return task;
}

Result<Task> make_lasting(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::open}, {"转为常态化工作", "made lasting work"}));
  TRY(require_reason(reason, {"转为常态化工作", "making it lasting work"}));
  task.due = Due{};
  task.due.kind = DueKind::long_term;
  task.reason = std::move(reason);
  return task;
}

Result<Task> cancel(Task task, std::string reason, Date) {
  TRY(require_state(task, {TaskState::open, TaskState::done_waiting, TaskState::paused, TaskState::objected},
                    {"取消", "cancelled"}));
  TRY(require_reason(reason, {"取消", "cancelling"}));
  task.state = TaskState::cancelled;
  task.reason = std::move(reason);
  return task;
}

}   // namespace gangmu::plan
