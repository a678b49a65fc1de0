// SPDX-License-Identifier: Apache-2.0
// Serving the stores under a folder; shared by `serve` and `demo`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "cli/command.hpp"

namespace gangmu::cli {

/// Opens every store under `data` and adds it. `address`: "host:port" of this server, where others of a store in PostgreSQL send
/// writes; "" when it does not serve. Error: no_store, and those of the stores.
Status open_all(Machine& machine, const std::string& data, const std::string& address, app::Service& service);
/// Listens on loopback, calls `open` with its own address, prints it, runs until SIGINT or SIGTERM.
Status serve_until_stopped(Machine& machine, app::Service& service, std::uint16_t port, bool quiet,
                           const std::function<Status(const std::string& address)>& open);

}  // namespace gangmu::cli
