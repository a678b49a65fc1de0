// SPDX-License-Identifier: Apache-2.0
// Use cases about observations; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> indicators(Service& service, const Call& call);
Result<Reply> observations(Service& service, const Call& call);
Result<Reply> explain_observation(Service& service, const Call& call);

}   // namespace gangmu::app
