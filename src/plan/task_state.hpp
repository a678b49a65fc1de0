// SPDX-License-Identifier: Apache-2.0
// What may happen to a task. Pure: each act takes the task as it is and gives the task as it becomes, or says why not.
//
//   进行中 open ──report──▶ open ──request_close──▶ 待销号 done_waiting ──close──▶ 已销号 closed
//     ▲  └──pause──▶ 暂停 paused ──resume──▶ open      └──send_back (reason)──▶ open
//     └───────────────────────── reopen (reason) ◀───────────────────────────────── closed
//
//   open ──object (reason)──▶ 异议待裁定 objected ──uphold | overrule──▶ open        not closed ──cancel (reason)──▶
//   已取消 open: receive · ask_change ─▶ grant_change | refuse_change · transfer · carry_over · make_lasting
//
// Errors: task_state (not in this state), reason_required, progress_empty, percent_range, change_empty,
// no_change_asked, due_not_later, received_already.
#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/result.hpp"
#include "plan/task.hpp"

namespace gangmu::plan {

/// A progress report; it answers what the task was sent back for. Also allowed while waiting (it adds evidence and does
/// not withdraw the request).
Result<Task> report_progress(Task task, std::string text, std::optional<Decimal> percent, Date today);
/// 请求销号. The closing text, if any, becomes the latest progress.
Result<Task> request_close(Task task, std::string text, Date today);
Result<Task> close(Task task, Date today);                           ///< 销号
Result<Task> send_back(Task task, std::string reason, Date today);   ///< 退回
Result<Task> reopen(Task task, std::string reason, Date today);      ///< 重新开办; of a cancelled one, too
Result<Task> pause(Task task, std::string reason, Date today);       ///< 暂停
Result<Task> resume(Task task, Date today);                          ///< 恢复

Result<Task> receive(Task task, Date today);                        ///< 签收
Result<Task> object(Task task, std::string reason, Date today);     ///< 异议: not this unit's to do
Result<Task> uphold(Task task, std::string reason, Date today);     ///< 异议成立: handed on, to be received anew
Result<Task> overrule(Task task, std::string reason, Date today);   ///< 异议不成立
Result<Task> transfer(Task task, std::string reason, Date today);   ///< 转办: to be received anew
/// 申请延期、调整. A later day, another text, or both; asked again, the later asking stands.
Result<Task> ask_change(Task task, std::optional<Date> due, std::string text, const std::string& reason, Date today);
Result<Task> grant_change(Task task, Date today);                        ///< the day asked for becomes its due
Result<Task> refuse_change(Task task, std::string reason, Date today);   ///< what was asked for is gone
/// 结转: to a day after today and after its due.
Result<Task> carry_over(Task task, std::optional<Date> due, std::string reason, Date today);
Result<Task> make_lasting(Task task, std::string reason, Date today);   ///< 转常态化: no due, a rhythm of its own
Result<Task> cancel(Task task, std::string reason, Date today);         ///< 取消

}   // namespace gangmu::plan
