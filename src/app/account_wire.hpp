// SPDX-License-Identifier: Apache-2.0
// Accounts, grants and roles on the wire.
#pragma once

#include "app/account.hpp"
#include "app/picture.hpp"

namespace gangmu::app::wire {

/// [Grant] {role, role_zh, role_en, place, line, until, expired, asleep}
void grants(JsonWriter& out, Service& service, const Picture& picture, const store::Account& account);
/// Members id … grants of an Account; the telephone only on the owner's page and for who keeps accounts, else empty.
/// Errors: those of the vault.
Status account_members(JsonWriter& out, Service& service, const Picture& picture, const store::Account& account,
                       const Call& call, bool with_phone);
/// [AdministratorAct] {act, at, by_name, seen}, the newest first
void told(JsonWriter& out, const Picture& picture, const store::Account& account);
/// StandIn {id, login, name, place}
void stand_in(JsonWriter& out, const Picture& picture, const store::Account& account);
void role(JsonWriter& out, const access::Role& role);

}   // namespace gangmu::app::wire
