// SPDX-License-Identifier: Apache-2.0
// What administrators did to an account, told to the person it belongs to: on their page, and on every page until they
// have seen it. The newest twenty are kept:
//
//   body  "told":[{"act":"reset_account","at":1764000000000000,"by":"u3f09c2a1b4","seen":true}]      the newest last
#pragma once

#include <string>

#include "base/date.hpp"
#include "base/json.hpp"
#include "store/accounts.hpp"

namespace gangmu::app {

void tell(store::Account& account, const std::string& act, const std::string& by, Instant at);
/// How many its owner has not seen.
std::int64_t told_unseen(const store::Account& account);
void note_seen(store::Account& account);

}   // namespace gangmu::app
