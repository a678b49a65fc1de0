// SPDX-License-Identifier: Apache-2.0
// The ways out of a flow (更正、重开、移交、换版本、作废): acts of the office for matters the flow has no step for.
// Each has a reason and is an event like any other. Who may is the host's to ask.
#pragma once

#include <string>
#include <string_view>

#include "record/decide.hpp"

namespace gangmu::record {

/// Names of the events; a flow's own step can't be called so (names hold no dash).
inline constexpr std::string_view step_void = "out-void", step_restore = "out-restore", step_move = "out-move",
                                  step_reopen = "out-reopen", step_correct = "out-correct",
                                  step_migrate = "out-migrate";
/// It is the same as another, and leads to that one; it comes back as one of its own.
inline constexpr std::string_view step_lead_on = "merge-lead", step_come_back = "merge-back";
/// Others that are no steps of the flow: a clock's rung passes the matter on; a clock gets more time ("extend-answer").
inline constexpr std::string_view step_raise = "clock-raise", step_extend = "extend-";
/// A pack brings a record, or brings it again: what a pack holds of it is as the pack says, in the state it names.
inline constexpr std::string_view step_opening = "pack-opening";

/// 催办: somebody tells that it is late; nothing of the matter changes.
inline constexpr std::string_view step_nudge = "nudge-late";

/// That it is late, the host has asked.
Event nudged(const Kind& kind, const Record& before, Nudge nudge);

/// Void (作废): the record leaves lists, sums, keys, ways back and clocks; number, address and history stay.
/// Errors: is_void; of formulas.
Result<Event> voided(const Kind& kind, const Record& before, std::string reason, const World& world);
/// Brought back (恢复): as it was when it became void; its clocks stood still meanwhile. The host asks whether its key
/// is still free. Errors: is_not_void; of formulas.
Result<Event> restored(const Kind& kind, const Record& before, std::string reason, const World& world);

/// Void because it is the same as `into`, where its address leads from now on. Errors: is_void; of formulas.
Result<Event> led_on(const Kind& kind, const Record& before, const RecordId& into, std::string reason,
                     const World& world);
/// Taken back: as `restored`. Errors: is_not_merged; of formulas.
Result<Event> come_back(const Kind& kind, const Record& before, std::string reason, const World& world);

/// Into another state, by no step (移交到另一状态): its clocks stop, and those that run in that state begin.
/// `to`: not where it stands, and not where a closed record would be opened again. Errors: state_wrong; of formulas.
Result<Event> moved(const Kind& kind, const Record& before, std::string_view to, std::string reason,
                    const World& world);
/// A closed one open again (重开), in the state it was closed from or another. Errors: state_wrong; of formulas.
Result<Event> reopened(const Kind& kind, const Record& before, std::string_view to, std::string reason,
                       const World& world);

// Correct (更正) and migrate (换版本) are decided like an edit (decide.hpp): `Asked::step` is step_correct, which may
// type every field that is typed, in any state; or step_migrate, which types none and writes the record anew under the
// present version of its kind.

}   // namespace gangmu::record
