// SPDX-License-Identifier: Apache-2.0
// Accounts and their sessions. What a person is called and how they prove themselves (password hash, second factor)
// exist here only as ciphertext of the vault under the subject "account:<id>"; the shape of the bodies belongs to app/.
// An account is never erased, only disabled: entries name it. A session's id is the SHA-256 of its token, which only
// the browser knows; taking the row away ends it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/shelf.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct Account {
  PlaceId home;
  std::string id;      ///< "u3f09c2a1b4": named by entries and events, says nothing of the person
  std::string login;   ///< what is typed to sign in; distinct within the store
  std::string state;
  Bytes person;   ///< sealed; empty when there is none
  Bytes secret;   ///< sealed; empty before the first sign-in
  Json body;
  Seq seq;

  [[nodiscard]] std::pair<PlaceId, std::string> key() const { return {home, id}; }
};
using Accounts = Shelf<Account>;

struct Session {
  PlaceId home;     ///< of the account
  std::string id;   ///< hex of the token's SHA-256
  std::string account;
  Instant until;   ///< ends at the latest then
  Json body;
  Seq seq;

  [[nodiscard]] std::pair<PlaceId, std::string> key() const { return {home, id}; }
};
using Sessions = Shelf<Session>;

namespace accounts {

Status put(Tx& tx, const Account& account);   ///< seq is set from tx
Result<std::optional<Account>> get(Tx& tx, PlaceId home, std::string_view id);
Result<std::optional<Account>> find_login(Tx& tx, std::string_view login);

Result<Account> of_row(const Row& row);
Result<Accounts> load(Database& database);

}   // namespace accounts

namespace sessions {

Status put(Tx& tx, const Session& session);   ///< seq is set from tx
Result<std::optional<Session>> get(Tx& tx, PlaceId home, std::string_view id);
Result<std::vector<Session>> of_account(Tx& tx, PlaceId home, std::string_view account);
Status erase(Tx& tx, const Session& session);

Result<Session> of_row(const Row& row);
Result<Sessions> load(Database& database);

}   // namespace sessions
}   // namespace gangmu::store
