// SPDX-License-Identifier: Apache-2.0
// Use cases of the audit administrator; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> audit(Service& service, const Call& call);   ///< who did what to which object, newest first

}   // namespace gangmu::app
