// SPDX-License-Identifier: Apache-2.0
// How the system runs, for those who keep it: never what the programme's data say. Answers as documented in
// docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> operations(Service& service,
                         const Call& call);   ///< system administrator: writing, last backup and drill, large acts
Result<Reply> chain(Service& service,
                    const Call& call);   ///< audit administrator: head of the journal, last check of all of it

/// What is done every day, in each programme that is written here: old request keys are forgotten. A store that can't
/// now is left for the next day; why it can't is told where all is told of it (health, operations).
void daily_upkeep(Service& service);

}   // namespace gangmu::app
