// SPDX-License-Identifier: Apache-2.0
// Use cases about programmes; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> programmes(Service& service, const Call& call);
Result<Reply> health(Service& service, const Call& call);
Result<Reply> version(Service& service, const Call& call);

}   // namespace gangmu::app
