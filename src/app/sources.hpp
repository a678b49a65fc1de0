// SPDX-License-Identifier: Apache-2.0
// Use cases about sources; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> sources(Service& service, const Call& call);
Result<Reply> source(Service& service, const Call& call);

}   // namespace gangmu::app
