// SPDX-License-Identifier: Apache-2.0
// Use cases of the system administrator (accounts and their sessions) and of the security administrator (grants);
// answers as documented in docs/api.md. Neither does the other's work, and neither touches an administrator of another
// duty: only the console can.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> roles(Service& service, const Call& call);   ///< who may do what: for everyone who has signed in
Result<Reply> accounts(Service& service, const Call& call);
Result<Reply> create_account(Service& service, const Call& call);   ///< answers with the one-time code
Result<Reply> reset_account(Service& service,
                            const Call& call);   ///< a new code; the grants sleep until they are confirmed
Result<Reply> disable_account(Service& service, const Call& call);
Result<Reply> enable_account(Service& service, const Call& call);
Result<Reply> end_account_sessions(Service& service, const Call& call);

Result<Reply> granted(Service& service, const Call& call);   ///< accounts with what they are granted
Result<Reply> give_grant(Service& service, const Call& call);
Result<Reply> confirm_grants(Service& service, const Call& call);   ///< wakes what a reset, or another, put to sleep
Result<Reply> take_grant(Service& service, const Call& call);

}   // namespace gangmu::app
