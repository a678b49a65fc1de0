// SPDX-License-Identifier: Apache-2.0
// Routes: a step passes the matter on to the office of another place, so that another unit answers. Who answers stands
// in a field of type who.
#pragma once

#include "record/decide.hpp"

namespace gangmu::record {

/// So often at most is one matter passed on; a step's own `max` may say less.
inline constexpr int hops_most = 8;

/// The field that says who answers next: the only one by which steps are taken from where this step leads. Null: none,
/// or more than one.
const Field* routed_field(const Kind& kind, const flow::Step& step);

/// up: the office one level above who answers now (of a department: the office the record is at home in). down: one
/// level towards the place of the record. lowest: the office of that place. back: who answered before. sideways:
/// whoever was typed, of the same level. `step` null: up, by a rung of a clock. Errors: route_ends, hops_used_up,
/// level_wrong, wanted.
Status pass_on(const Kind& kind, Record& after, const Record* before, const flow::Step* step, const World& world);

}   // namespace gangmu::record
