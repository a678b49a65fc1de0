// SPDX-License-Identifier: Apache-2.0
// How a session begins, whichever way its owner proved who they are; and what becomes of a failure.
#pragma once

#include <functional>

#include "app/service.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"

namespace gangmu::app {

Doorkeeper::Visitor visitor_of(const Call& call, const std::string& login);

/// Leave to try, by what is known in memory and kept in the account's row. Error: too_many_attempts.
Status admit(Service& service, const Call& call, const store::Account* account, const std::string& login);

/// A wait longer than the one before is told to the journal, in the account's row: it is how guessing shows, and
/// outlasts a restart. The entries stay few: half a dozen until the waits grow no longer, then about one a day.
Status note_failure(Service& service, store::Store& store, const Call& call, const store::Account* account,
                    const std::string& login);

struct Opening {
  std::string act;
  Seq seen;                                                    ///< the account as it was checked
  std::function<Status(store::Tx&, store::Account&)> change;   ///< of the account, beside the session
};

/// The session begins in the same entry as what goes with it; a row that changed meanwhile means: check again.
/// Error: sign_in_refused.
Result<Reply> open_session(Service& service, store::Store& store, const Call& call, const store::Account& account,
                           const Opening& opening);

}   // namespace gangmu::app
