// SPDX-License-Identifier: Apache-2.0
#include "store/accounts.hpp"

namespace gangmu::store {
namespace {

const std::string& text(const Row& row, std::size_t column) { return std::get<std::string>(row[column]); }
std::int64_t number(const Row& row, std::size_t column) { return std::get<std::int64_t>(row[column]); }

}   // namespace

namespace accounts {

Status put(Tx& tx, const Account& account) {
  return tx.put(table::account, {account.home.value, account.id, account.login, account.state, account.person,
                                 account.secret, account.body.canonical(), tx.seq().value});
}

Result<std::optional<Account>> get(Tx& tx, PlaceId home, std::string_view id) {
  TRY_ASSIGN(const auto row, tx.get(table::account, {home.value, std::string(id)}));
  if (!row) return std::optional<Account>();
  TRY_ASSIGN(Account account, of_row(*row));
  return std::optional(std::move(account));
}

Result<std::optional<Account>> find_login(Tx& tx, std::string_view login) {
  std::optional<Account> found;
  TRY(tx.scan(table::account, {}, [&](Row&& row) -> Status {
    if (text(row, 2) != login) return {};
    TRY_ASSIGN(found, of_row(row));
    return {};
  }));
  return found;
}

Result<Account> of_row(const Row& row) {
  Account account{.home = PlaceId{number(row, 0)},
                  .id = text(row, 1),
                  .login = text(row, 2),
                  .state = text(row, 3),
                  .person = std::get<Bytes>(row[4]),
                  .secret = std::get<Bytes>(row[5]),
                  .body = {},
                  .seq = Seq{number(row, 7)}};
  TRY_ASSIGN(account.body, Json::parse(text(row, 6)));
  return account;
}

Result<Accounts> load(Database& database) {
  std::vector<Accounts::Handle> all;
  TRY(scan_rows(database, table::account, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(Account account, of_row(row));
    all.push_back(std::make_shared<const Account>(std::move(account)));
    return {};
  }));
  return Accounts(std::move(all));
}

}   // namespace accounts

namespace sessions {

Status put(Tx& tx, const Session& session) {
  return tx.put(table::session, {session.home.value, session.id, session.account, session.until.micros,
                                 session.body.canonical(), tx.seq().value});
}

Result<std::optional<Session>> get(Tx& tx, PlaceId home, std::string_view id) {
  TRY_ASSIGN(const auto row, tx.get(table::session, {home.value, std::string(id)}));
  if (!row) return std::optional<Session>();
  TRY_ASSIGN(Session session, of_row(*row));
  return std::optional(std::move(session));
}

Result<std::vector<Session>> of_account(Tx& tx, PlaceId home, std::string_view account) {
  std::vector<Session> out;
  TRY(tx.scan(table::session, {home.value}, [&](Row&& row) -> Status {
    if (text(row, 2) != account) return {};
    TRY_ASSIGN(Session session, of_row(row));
    out.push_back(std::move(session));
    return {};
  }));
  return out;
}

Status erase(Tx& tx, const Session& session) { return tx.erase(table::session, {session.home.value, session.id}); }

Result<Session> of_row(const Row& row) {
  Session session{.home = PlaceId{number(row, 0)},
                  .id = text(row, 1),
                  .account = text(row, 2),
                  .until = Instant{number(row, 3)},
                  .body = {},
                  .seq = Seq{number(row, 5)}};
  TRY_ASSIGN(session.body, Json::parse(text(row, 4)));
  return session;
}

Result<Sessions> load(Database& database) {
  std::vector<Sessions::Handle> all;
  TRY(scan_rows(database, table::session, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(Session session, of_row(row));
    all.push_back(std::make_shared<const Session>(std::move(session)));
    return {};
  }));
  return Sessions(std::move(all));
}

}   // namespace sessions
}   // namespace gangmu::store
