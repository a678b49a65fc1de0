// SPDX-License-Identifier: Apache-2.0
// What an act made of a record, told as its event: for acts of people, of time, and the ways out. Internal to the part.
#pragma once

#include "record/decide.hpp"

namespace gangmu::record {

/// A clock is measured in its first run. Its due moment has come by `now`: that it was late is fixed.
void mark_late(const Kind& kind, const flow::Standing& before, Record& after, Instant now);
/// Until then the mark of its due day follows the clock: an extension or a pause moves it, a stop leaves it as it is.
void mark_due(const Kind& kind, Record& after);

/// The patch and the contributions; step, reason and notice are the caller's. `before` null: a record that begins.
Result<Event> event_between(const Kind& kind, const Record* before, Record after, const World& world);

}   // namespace gangmu::record
