// SPDX-License-Identifier: Apache-2.0
// Use cases about tasks; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> tasks(Service& service, const Call& call);
Result<Reply> task(Service& service, const Call& call);
Result<Reply> report_progress(Service& service, const Call& call);
Result<Reply> request_close(Service& service, const Call& call);
Result<Reply> close_task(Service& service, const Call& call);
Result<Reply> return_task(Service& service, const Call& call);
Result<Reply> reopen_task(Service& service, const Call& call);
/// Steps of its flow (plan/task_kind.hpp): those of the unit that works on it, and those by which the office rules.
Result<Reply> step_task(Service& service, const Call& call);
Result<Reply> rule_task(Service& service, const Call& call);
/// 下达、分解: tasks that begin by hand.
Result<Reply> hand_out_tasks(Service& service, const Call& call);
/// 完成情况: by unit, county, town or action.
Result<Reply> task_board(Service& service, const Call& call);
/// The kind of tasks, for forms.
Result<Reply> task_kind_declared(Service& service, const Call& call);

}   // namespace gangmu::app
