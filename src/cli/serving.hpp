// SPDX-License-Identifier: Apache-2.0
// Serving the stores under a folder; shared by `serve` and `demo`.
#pragma once

#include <cstdint>
#include <string>

#include "cli/command.hpp"

namespace gangmu::cli {

/// Opens every store under `data` and adds it. Error: no_store, and those of the stores.
Status open_all(Machine& machine, const std::string& data, app::Service& service);
/// Listens on loopback, prints the address, runs until SIGINT or SIGTERM.
Status serve_until_stopped(Machine& machine, app::Service& service, std::uint16_t port, bool quiet);

}  // namespace gangmu::cli
