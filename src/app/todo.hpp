// SPDX-License-Identifier: Apache-2.0
// What waits for a reader (待办): made from what is open and when it is due, never typed. Answers as documented in
// docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> todo(Service& service, const Call& call);

}   // namespace gangmu::app
