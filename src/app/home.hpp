// SPDX-License-Identifier: Apache-2.0
// Use cases about home; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> home(Service& service, const Call& call);

}   // namespace gangmu::app
