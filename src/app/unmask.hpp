// SPDX-License-Identifier: Apache-2.0
// Use case about persons in tasks: hidden by default, shown for a reason that is written down first.
#pragma once

#include "app/call.hpp"
#include "app/service.hpp"
#include "store/tx.hpp"

namespace gangmu::app {

/// Error: reason_wanted.
Status check_reason(const Limits& limits, const std::string& reason);
/// Persons are opened only to an account with a second factor. Error: second_factor_for_persons.
Status check_second_factor(const store::View& view, const Actor& actor);
/// {act, actor, at, text}: who did what with persons, when and why.
Json reasoned(const store::Tx& tx, const Actor& actor, std::string_view act, const std::string& reason);

/// Leader, contact and numbers of a task. Who saw them, when and why stands among the task's events before they are
/// shown; each look is written down, that of a repeated request as well.
Result<Reply> see_persons(Service& service, const Call& call);

}   // namespace gangmu::app
