// SPDX-License-Identifier: Apache-2.0
// Use cases of everyone about their own account; answers as documented in docs/api.md.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> my_account(Service& service, const Call& call);            ///< with grants and open sessions
Result<Reply> see_told(Service& service, const Call& call);              ///< what administrators did was seen
Result<Reply> change_password(Service& service, const Call& call);       ///< ends the other sessions
Result<Reply> begin_second_factor(Service& service, const Call& call);   ///< a key for the authenticator, told once
Result<Reply> confirm_second_factor(Service& service, const Call& call);
Result<Reply> stand_ins(Service& service, const Call& call);        ///< accounts one may act on behalf of
Result<Reply> end_my_session(Service& service, const Call& call);   ///< another browser's

}   // namespace gangmu::app
