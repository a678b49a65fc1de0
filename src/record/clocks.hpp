// SPDX-License-Identifier: Apache-2.0
// What time does to a record. A clock's rungs are reached in order; each is one event: a step is taken, or a unit is
// told (a notice in the event). When that is next stands in the document, so whoever watches the time reads it without
// a calendar. A moment that lies in the past is made up for as of its own time: a matter comes out the same whether the
// program slept or not.
#pragma once

#include <optional>

#include "record/decide.hpp"

namespace gangmu::record {

/// The earliest rung still to come; nothing: no clock runs, or none can be told before a calendar year is published.
std::optional<flow::Firing> next_firing(const Kind& kind, const Record& record, const World& world);

/// What the rung does. `world.now`: the rung's own moment. A step that can't be taken now (something is wanted, a guard
/// says no) is told instead, with the reason. Errors: of formulas only.
Result<Event> fire(const Kind& kind, const Record& before, const flow::Firing& firing, const World& world,
                   const Rules& rules = {});

/// Due moments that a calendar year published since can tell. An event that changes nothing is answered empty.
Result<Event> refresh(const Kind& kind, const Record& before, const World& world);

}   // namespace gangmu::record
