// SPDX-License-Identifier: Apache-2.0
// Serving the stores under a folder; shared by `serve` and `demo`.
#pragma once

#include <functional>
#include <string>

#include "cli/command.hpp"
#include "http/config.hpp"

namespace gangmu::cli {

/// Opens every store under `data` and adds it. `address`: "host:port" of this server, where others of a store in
/// PostgreSQL send writes; "" when it does not serve. A store that can't be opened is told and left out, so that its
/// damage stops no other programme. Errors: no_store, none_opens.
Status open_all(Machine& machine, const std::string& data, const std::string& address, app::Service& service);
/// Listens, calls `open` with its own address, prints it, runs until SIGINT or SIGTERM. Config beyond this machine
/// needs an account in every programme.
Status serve_until_stopped(Machine& machine, app::Service& service, http::Config config,
                           const std::function<Status(const std::string& address)>& open);

}   // namespace gangmu::cli
