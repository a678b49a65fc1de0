// SPDX-License-Identifier: Apache-2.0
// A task (任务): the smallest promise of the plan, with one lead, responsible units, a due and a close (销号). Tasks
// are plain values; what may happen to them is in task_state.hpp, how they look today in light.hpp, how an office's own
// ledger becomes tasks in task_register.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"
#include "plan/due.hpp"
#include "record/value.hpp"
#include "plan/target_text.hpp"

namespace gangmu::plan {

using TaskId = NumberId<struct TaskTag>;

enum class TaskState : std::uint8_t { open, done_waiting, closed, paused, objected, cancelled };
/// All of them, in that order.
std::span<const TaskState> task_states();
std::string_view task_state_name(TaskState state);   ///< "done_waiting"
std::string_view task_state_zh(TaskState state);     ///< "待销号"
std::optional<TaskState> task_state_of(std::string_view name);

/// Where a task came from: the import batch, the sheet and its 1-based row. Row 0 = not from a sheet.
struct TaskOrigin {
  std::string batch;
  std::string sheet;
  int row = 0;
  bool operator==(const TaskOrigin&) const = default;
};

struct Task {
  TaskId id;
  std::string number;                     ///< 序号 / 编号 as typed
  std::string action;                     ///< 行动
  std::string measure;                    ///< 举措
  std::string title;                      ///< 任务
  std::string lead;                       ///< 牵头单位: exactly one, or empty when the office left it blank
  std::vector<std::string> responsible;   ///< 责任单位
  std::vector<std::string> cooperating;   ///< 配合单位
  std::string supervisor;                 ///< 督办单位
  Due due;
  std::string target_text;       ///< 工作目标 as typed
  std::vector<Target> targets;   ///< only those with value, unit and period
  TextKind target_kind = TextKind::qualitative;
  std::string progress;             ///< 进展情况, the latest report
  std::optional<Decimal> percent;   ///< 完成比例, 0…100
  std::string remark;               ///< 备注
  TaskState state = TaskState::open;
  std::optional<Date> progress_on;            ///< day of the latest report
  std::optional<Date> requested_on;           ///< 请求销号
  std::optional<Date> closed_on;              ///< 销号
  std::optional<Date> returned_on;            ///< 退回 or reopened, until it is reported on
  std::string reason;                         ///< of the last return, reopening, pause, objection or cancelling
  std::optional<Date> received_on;            ///< 签收
  std::optional<Date> asked_due;              ///< 申请延期: the day asked for, until the office has ruled
  std::string asked_text;                     ///< 申请调整: what else is asked for
  std::string place;                          ///< 12-digit code; empty = the programme's own place
  std::map<std::string, std::string> extra;   ///< other columns of the ledger, header → text as typed
  TaskOrigin origin;
  record::Values more;   ///< fields of its kind that no rule of the plan needs (task_kind.hpp)

  Personal<std::string> leader;                           ///< 牵头领导 / 分管领导 / 责任人
  Personal<std::string> contact;                          ///< 联系人, 联系电话
  std::map<std::string, Personal<std::string>> persons;   ///< other columns that name persons, header → text as typed
};

/// Everything but the personal fields, which no JSON ever holds: the caller keeps them as ciphertext (store/vault.hpp).
/// Empty fields are left out.
Json to_json(const Task& task);
/// Errors, all at once: task_malformed.
Result<Task> task_from_json(const Json& json);

}   // namespace gangmu::plan
