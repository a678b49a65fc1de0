// SPDX-License-Identifier: Apache-2.0
// Serving the stores under a folder; shared by `serve` and `demo`.
#pragma once

#include <string>

#include "cli/command.hpp"
#include "http/config.hpp"

namespace gangmu::cli {

/// Opens every store under `data` and adds it. One that can't be opened is told and left out, so that its damage stops no other
/// programme. Errors: no_store, none_opens.
Status open_all(Machine& machine, const std::string& data, app::Service& service);
/// Listens, prints the addresses, runs until SIGINT or SIGTERM. Config beyond this machine needs an account in every programme.
Status serve_until_stopped(Machine& machine, app::Service& service, http::Config config);

}  // namespace gangmu::cli
