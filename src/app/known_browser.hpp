// SPDX-License-Identifier: Apache-2.0
// Browsers that signed in to an account before, so that nobody who guesses from elsewhere can hold its owner out
// (doorkeeper.hpp). Such a browser keeps a random token for half a year; the account keeps its SHA-256:
//
//   body  "browsers":[{"hash":"…","until":1764000000000000}]      the newest last
//
// It proves nothing beyond that: the password is asked for as ever. A reset forgets them.
#pragma once

#include <optional>
#include <string>

#include "app/call.hpp"
#include "base/random.hpp"
#include "store/accounts.hpp"

namespace gangmu::app {

inline constexpr int browser_days = 180;

/// What names the caller's browser to the account; empty when it does not know it.
std::string browser_of(const store::Account& account, const Call& call, Instant now);
/// A token for a browser the account does not know yet, noted in its body; nothing for one that it knows well enough.
std::optional<std::string> note_browser(store::Account& account, const Call& call, SecretSource& secrets, Instant now);
void forget_browsers(store::Account& account);

}   // namespace gangmu::app
