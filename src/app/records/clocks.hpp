// SPDX-License-Identifier: Apache-2.0
// Time acts on records by entries only. The server that writes fires what is due, in order of its moments, also what
// came due while nothing ran; a request key of record, clock, run and rung lets each happen once, on any number of
// servers.
#pragma once

#include "app/service.hpp"

namespace gangmu::store {
class Store;
}

namespace gangmu::app {

/// Fires what is due by now in one store, at most `most`; how many. Nothing on a server that only follows.
/// Errors: those of writing; a record whose own rules fail is left and told to the caller after the others.
Result<std::size_t> run_clocks(store::Store& store, Instant now, std::size_t most);

/// Of all programmes that are written here.
void run_clocks(Service& service);

}   // namespace gangmu::app
