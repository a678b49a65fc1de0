// SPDX-License-Identifier: Apache-2.0
// What may happen to a task. Pure: each act takes the task as it is and gives the task as it becomes, or says why not.
//
//   进行中 open ──report──▶ open ──request_close──▶ 待销号 done_waiting ──close──▶ 已销号 closed
//     ▲  └──pause──▶ 暂停 paused ──resume──▶ open      └──send_back (reason)──▶ open
//     └───────────────────────── reopen (reason) ◀───────────────────────────────── closed
//
// Errors: task_state (not in this state), reason_required, progress_empty, percent_range.
#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/result.hpp"
#include "plan/task.hpp"

namespace gangmu::plan {

/// A progress report; also allowed while waiting (it adds evidence and does not withdraw the request).
Result<Task> report_progress(Task task, std::string text, std::optional<Decimal> percent, Date today);
/// 请求销号. The closing text, if any, becomes the latest progress.
Result<Task> request_close(Task task, std::string text, Date today);
Result<Task> close(Task task, Date today);                           ///< 销号
Result<Task> send_back(Task task, std::string reason, Date today);   ///< 退回
Result<Task> reopen(Task task, std::string reason, Date today);      ///< 重新开办
Result<Task> pause(Task task, std::string reason, Date today);       ///< 暂停
Result<Task> resume(Task task, Date today);                          ///< 恢复

}   // namespace gangmu::plan
