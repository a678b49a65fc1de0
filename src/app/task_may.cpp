// SPDX-License-Identifier: Apache-2.0
#include "app/task_may.hpp"

#include <algorithm>

#include "app/nudges.hpp"
#include "app/task_record.hpp"
#include "record/ways_out.hpp"

namespace gangmu::app {
namespace {

constexpr TaskAct all_acts[] = {{"close", "close", Permission::close_tasks},
                                {"return", "return", Permission::close_tasks},
                                {"progress", "progress", Permission::report_progress},
                                {"reopen", "resume", Permission::close_tasks},
                                {"reopen", record::step_reopen, Permission::close_tasks},
                                {"nudge", record::step_nudge, Permission::nudge}};

bool possible(const flow::Flow& flow, flow::StateIndex state, std::string_view step) {
  if (step == record::step_reopen) return flow.states()[state].kind == flow::StateKind::final;
  const flow::StepIndex index = flow.step(step);
  return index != flow::none && flow::holds(flow.steps()[index].from, state);
}

}   // namespace

std::vector<TaskAct> acts_on(const Picture& picture, const TaskRow& row, Instant now) {
  const store::WholeRecord& task = *row.stored;
  const bool late = row.light == plan::DateLight::overdue && may_nudge_again(record::nudge_of(task.document), now);
  const flow::Flow& flow = *picture.view->records.catalogue->find(task_kind)->flow();
  const flow::StateIndex state = flow.state(task.document["s"].string_or(""));
  std::vector<TaskAct> out;
  if (state == flow::none) return out;
  std::ranges::copy_if(all_acts, std::back_inserter(out), [&](const TaskAct& one) {
    const bool can = one.step == record::step_nudge ? late : possible(flow, state, one.step);
    return can && allowed(picture, one.permission, task);
  });
  return out;
}

}   // namespace gangmu::app
