// SPDX-License-Identifier: Apache-2.0
// Use cases about signing in and out; answers as documented in docs/api.md. A session is a random 256-bit token that
// only the browser keeps; the store knows its SHA-256. Every sign-in makes a new one; a change of password, rights or
// state ends all.
#pragma once

#include "app/service.hpp"

namespace gangmu::app {

Result<Reply> session(Service& service, const Call& call);   ///< who am I here, and may I
Result<Reply> sign_in(Service& service, const Call& call);
Result<Reply> first_sign_in(Service& service, const Call& call);   ///< with a one-time code, choosing a password
/// Through the provider: where to go, and the way back with what it gave.
Result<Reply> begin_provider_sign_in(Service& service, const Call& call);
Result<Reply> provider_sign_in(Service& service, const Call& call);
Result<Reply> sign_out(Service& service, const Call& call);

}   // namespace gangmu::app
