// SPDX-License-Identifier: Apache-2.0
// The history of one task, a stretch at a time: a task that is reported on every day has thousands of events.
#pragma once

#include <string_view>
#include <vector>

#include "store/tasks.hpp"

namespace gangmu::store::tasks {

/// Where an event stands in its task's history.
struct EventPlace {
  Seq seq;
  int n = 0;
};

/// The last `most` events known at `as_of` that stand before `before`, oldest first.
Result<std::vector<TaskEvent>> events_before(Database& database, PlaceId home, std::string_view task, Seq as_of,
                                             EventPlace before, std::size_t most);
/// Whether any event known at `as_of` holds something sealed.
Result<bool> any_sealed(Database& database, PlaceId home, std::string_view task, Seq as_of);

}   // namespace gangmu::store::tasks
