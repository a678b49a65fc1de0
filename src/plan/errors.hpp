// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_PLAN_ERRORS(X) \
  X(task_malformed, 422, "任务数据有误：“{0}”应为{1}", "malformed task: '{0}' should be {2}") \
  X(task_state, 409, "任务当前为“{0}”，不能{1}", "the task is '{2}'; it can't be {3}") \
  X(reason_required, 422, "{0}必须写明原因", "give a reason for this: {1}") \
  X(progress_empty, 422, "请填写进展情况或完成比例", "write the progress or the percentage done") \
  X(percent_range, 422, "完成比例应在 0 到 100 之间，收到 {0}", \
    "the percentage done must lie between 0 and 100, not {0}") \
  X(change_empty, 422, "请写明申请的新时限或调整内容", "write the day or the change that is asked for") \
  X(received_already, 409, "任务已于 {0} 签收", "the task was received on {0}") \
  X(no_change_asked, 409, "没有待裁定的延期或调整申请", "no change has been asked for") \
  X(due_not_later, 422, "新时限应晚于 {1}，收到 {0}", "the new due must lie after {1}, not {0}") \
  X(due_unreadable, 422, "时限“{0}”无法识别，可写 2023年6月底前、2023-06-30、2023年第三季度、长期坚持", \
    "the due date '{0}' can't be read; write 2023-06-30, 2023年6月底前, 2023年第三季度 or 长期坚持") \
  X(due_without_year, 422, "时限“{0}”没有写年份", "the due date '{0}' has no year") \
  X(register_empty, 422, "工作表是空的", "the sheet is empty") \
  X(register_no_header, 422, \
    "没有找到表头：前 {0} " \
    "行中没有一行同时含有任务（如“工作任务”“重点任务”）和单位或时限（如“牵头单位”“完成时限”）的列名", \
    "no header found: none of the first {0} rows names both a task column (工作任务, 重点任务) and a unit or due " \
    "column (牵头单位, 完成时限)") \
  X(register_no_tasks, 422, "表头之下没有一行任务", "there is no task below the header") \
  X(answer_unknown, 422, "没有编号为“{0}”的问题，表格或已更换，请重新读取", \
    "there is no question '{0}'; read the sheet again") \
  X(answer_refused, 422, "对问题“{0}”的回答“{1}”不可用：{2}", "the answer '{1}' to question '{0}' can't be used: {3}") \
  X(layout_malformed, 422, "版式数据有误：{0}", "malformed layout: {0}")

namespace gangmu::plan {
GANGMU_DEFINE_ERRORS(plan, GANGMU_PLAN_ERRORS)
}   // namespace gangmu::plan
