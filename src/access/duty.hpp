// SPDX-License-Identifier: Apache-2.0
// The three administrators (三员) are kept apart: whoever keeps accounts gives no rights, whoever gives rights reads no
// audit log, and none of the three works in the programme. Checked whenever grants change, expired ones too: a grant
// that has run out and the duty it belonged to are put aside by taking it back.
#pragma once

#include <span>

#include "access/decide.hpp"

namespace gangmu::access {

/// Errors: role_unknown, duties_meet.
Status check_duties(const Roles& roles, std::span<const Grant> grants);

}   // namespace gangmu::access
