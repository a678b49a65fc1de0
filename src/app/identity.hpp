// SPDX-License-Identifier: Apache-2.0
// Who is calling, and that they still are when what they decided is written.
#pragma once

#include "app/service.hpp"
#include "store/store.hpp"

namespace gangmu::app {

/// Fills in `call.actor` from its token; memory only, so that it can be asked before a body is read. Nobody has to have
/// signed in for a programme without accounts, on this machine. Errors: unknown_programme, not_signed_in (a token that
/// is no longer good), forbidden (to act on behalf of that account).
Status identify(Service& service, Call& call);
/// The same of one who has been let in and only listens: no sign of life for the session. Same errors.
Status still_there(Service& service, Call& call);

/// Whether the actor may act in the place of another account (代填): it works in the programme, and both where it
/// belongs and wherever it was granted something the actor holds that right, and every right the other has. So nobody
/// comes to more by standing in for an account that is wider, in region or in rights.
bool may_stand_in(Service& service, const store::View& view, const Actor& actor, const store::Account& other);

/// A write as the call's actor: refused on the writer when their session was taken away meanwhile. Error:
/// not_signed_in.
Result<store::Answer> write(store::Store& store, const Call& call, store::Command command);

/// SHA-256 of a token, in hex: the id of its session.
std::string session_id(std::string_view token);

}   // namespace gangmu::app
