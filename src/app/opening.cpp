// SPDX-License-Identifier: Apache-2.0
#include "app/opening.hpp"

#include <algorithm>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::int64_t hour = 3'600'000'000;

/// Room for a new session: those that ran out go, and the oldest when there are many; the browser's former one as well.
Status make_room(Service& service, store::Tx& tx, const store::Account& account, const std::string& former) {
  TRY_ASSIGN(auto all, store::sessions::of_account(tx, account.home, account.id));
  std::ranges::sort(all, {}, &store::Session::seq);
  std::size_t left = all.size();
  for (const store::Session& session : all) {
    const bool many = left >= service.limits().sessions_each;
    if (!many && session.until > tx.at() && session.id != former) continue;
    TRY(store::sessions::erase(tx, session));
    --left;
  }
  return {};
}

}   // namespace

Doorkeeper::Visitor visitor_of(const Call& call, const std::string& login) {
  return {.account = call.programme + "/" + login, .peer = call.peer};
}

Status admit(Service& service, const Call& call, const store::Account* account, const std::string& login) {
  const Doorkeeper::Visitor visitor = visitor_of(call, login);
  const Instant now = service.system().clock.now();
  if (account) service.doorkeeper().remember(visitor, failures_of(*account), now);
  return service.doorkeeper().admit(visitor, now);
}

Status note_failure(Service& service, store::Store& store, const Call& call, const store::Account* account,
                    const std::string& login) {
  const auto failures = service.doorkeeper().failed(visitor_of(call, login), service.system().clock.now());
  if (!failures || !account) return {};
  return store
      .write({.home = account->home,
              .actor = account->id,
              .act = "sign_in_locked",
              .request_key = {},
              .command = {},
              .run = [&](store::Tx& tx) -> Result<Json> {
                TRY_ASSIGN(auto now, store::accounts::get(tx, account->home, account->id));
                set_failures(*now, *failures);
                TRY(store::accounts::put(tx, *now));
                return Json(Json::Object{});
              }})
      .map([](const store::Answer&) {});
}

Result<Reply> open_session(Service& service, store::Store& store, const Call& call, const store::Account& account,
                           const Opening& opening) {
  const std::string token = std::to_string(account.home.value) + "." + hex(service.system().secrets.bytes(token_bytes));
  const std::string former = call.token.empty() ? "" : session_id(call.token);
  TRY_ASSIGN(const store::Answer answer,
             store.write({.home = account.home,
                          .actor = account.id,
                          .act = opening.act,
                          .request_key = {},
                          .command = {},
                          .run = [&](store::Tx& tx) -> Result<Json> {
                            TRY_ASSIGN(auto now, store::accounts::get(tx, account.home, account.id));
                            if (!now || now->seq != opening.seen) return fail(errors::sign_in_refused);
                            const Status changed = opening.change ? opening.change(tx, *now) : Status();
                            TRY(changed);
                            const bool failed_before = failures_of(*now).count > 0;
                            set_failures(*now, {});
                            if (opening.change || failed_before) TRY(store::accounts::put(tx, *now));
                            TRY(make_room(service, tx, *now, former));
                            const Instant until{tx.at().micros + service.limits().session_hours * hour};
                            TRY(store::sessions::put(tx, {.home = account.home,
                                                          .id = session_id(token),
                                                          .account = account.id,
                                                          .until = until,
                                                          .body = Json(Json::Object{}),
                                                          .seq = {}}));
                            return Json(Json::Object{});
                          }}));
  service.doorkeeper().succeeded(visitor_of(call, account.login));
  Reply reply;
  reply.token = token;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("account").value(account.id).end_object();
  return reply;
}

}   // namespace gangmu::app
