// SPDX-License-Identifier: Apache-2.0
// Acts on a task that have an address of their own (others are steps: steps_open), as one who asks may do them now:
// what its flow allows in its state, and their rights allow on it. Pages draw their buttons from these lists and know
// neither.
#pragma once

#include <string_view>
#include <vector>

#include "app/task_rows.hpp"

namespace gangmu::app {

struct TaskAct {
  std::string_view act;    ///< as in the address: progress
  std::string_view step;   ///< of the flow; step_reopen: the way out of a final state; step_nudge: of who is late
  Permission permission;
};

/// What is usually done next comes first.
std::vector<TaskAct> acts_on(const Picture& picture, const TaskRow& task, Instant now);

}   // namespace gangmu::app
