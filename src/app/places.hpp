// SPDX-License-Identifier: Apache-2.0
// Use cases about places; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> places(Service& service, const Call& call);
Result<Reply> place(Service& service, const Call& call);

}   // namespace gangmu::app
