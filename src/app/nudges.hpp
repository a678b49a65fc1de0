// SPDX-License-Identifier: Apache-2.0
// 催办: the office tells who is late, one matter at a time and once a day at most. It stands in the history of the task
// or record, and beside it in the to-do of whoever it waits for, until a step is taken. Answers as documented in
// docs/api.md.
#pragma once

#include "app/picture.hpp"
#include "app/service.hpp"
#include "plan/light.hpp"
#include "record/record.hpp"

namespace gangmu::app {

/// Rights, place, line, and a last day that has passed. Errors: forbidden, unknown_task, not_late, nudged_today.
Result<Reply> nudge_task(Service& service, const Call& call);
/// The same of a record: a clock of it is past its due. Errors: unknown_register, unknown_record as well.
Result<Reply> nudge_record(Service& service, const Call& call);

/// Whether nobody did so today.
bool may_nudge_again(const std::optional<record::Nudge>& last, Instant now);
/// The earliest due moment of a clock that runs.
std::optional<Instant> due_of(const record::Record& record);

namespace wire {
/// {n, at, by, text, waits}
void nudge(JsonWriter& out, const Picture& picture, const record::Nudge& nudge);
}   // namespace wire
}   // namespace gangmu::app
