// SPDX-License-Identifier: Apache-2.0
// The ways out of a flow (更正、重开、移交、换版本、作废): acts of the office for matters the flow has no step for.
// Each has a reason and is an event like any other. Who may is the host's to ask.
#pragma once

#include <string>
#include <string_view>

#include "record/decide.hpp"

namespace gangmu::record {

/// Names of the events; a flow's own step can't be called so (names hold no dash).
inline constexpr std::string_view step_void = "out-void", step_restore = "out-restore";

/// Void (作废): the record leaves lists, sums, keys, ways back and clocks; number, address and history stay.
/// Errors: is_void; of formulas.
Result<Event> voided(const Kind& kind, const Record& before, std::string reason, const World& world);
/// Brought back (恢复): as it was when it became void; its clocks stood still meanwhile. The host asks whether its key
/// is still free. Errors: is_not_void; of formulas.
Result<Event> restored(const Kind& kind, const Record& before, std::string reason, const World& world);

}   // namespace gangmu::record
