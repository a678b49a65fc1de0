// SPDX-License-Identifier: Apache-2.0
// The running platform behind the HTTP floor.
#pragma once

#include "http/site.hpp"

namespace gangmu::app {
class Service;
}

namespace gangmu::http {

/// Routes of routes.hpp, run on the service; it outlives the backend.
Backend backend_of(app::Service& service);

}   // namespace gangmu::http
