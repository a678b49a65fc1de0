// SPDX-License-Identifier: Apache-2.0
// How a session begins, whichever way its owner proved who they are; and what becomes of a failure.
#pragma once

#include <functional>

#include "app/service.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"

namespace gangmu::app {

/// Who tries: `account` may be nullptr, where nobody has the name.
Doorkeeper::Visitor visitor_of(Service& service, const Call& call, const store::Account* account,
                               const std::string& login);

/// Leave to try, by what is known in memory and kept in the account's row. Error: too_many_attempts.
Status admit(Service& service, const Call& call, const store::Account* account, const std::string& login);

/// A wait longer than the one before is told to the journal, in the account's row: it is how guessing shows, and
/// outlasts a restart. The entries stay few: half a dozen until the waits grow no longer, then about one a day.
Status note_failure(Service& service, store::Store& store, const Call& call, const store::Account* account,
                    const std::string& login);

/// A session with a new token, which is returned; those that ran out make room for it, and the browser's former one.
Result<std::string> begin_session(Service& service, store::Tx& tx, const store::Account& account,
                                  const std::string& former);

struct Opening {
  std::string act;
  std::function<Status(store::Tx&, store::Account&)> change;   ///< of the account, beside the session
};

/// The session begins in the same entry as what goes with it. `account` is the row as it was checked: where its state,
/// secret or code changed meanwhile, it has to be checked again.
/// Error: sign_in_refused.
Result<Reply> open_session(Service& service, store::Store& store, const Call& call, const store::Account& account,
                           const Opening& opening);

}   // namespace gangmu::app
