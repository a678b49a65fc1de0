// SPDX-License-Identifier: Apache-2.0
// Use case about persons in tasks: hidden by default, shown for a reason that is written down first.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

/// Leader, contact and numbers of a task. Who saw them, when and why stands among the task's events before they are shown; a
/// repeated request shows them again and writes nothing.
Result<Reply> see_persons(Service& service, const Call& call);

}  // namespace gangmu::app
