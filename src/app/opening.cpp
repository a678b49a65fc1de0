// SPDX-License-Identifier: Apache-2.0
#include "app/opening.hpp"

#include <algorithm>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/known_browser.hpp"
#include "base/digest.hpp"
#include "base/json.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t session_token_bytes = 32;
constexpr std::int64_t hour = 3'600'000'000;

/// What was checked is not what is there now. That another browser was noted, or a failure, does not matter.
bool changed_since(const store::Account& now, const store::Account& checked) {
  return now.state != checked.state || now.secret.data != checked.secret.data ||
         now.body["code"] != checked.body["code"] || now.body["provider"] != checked.body["provider"];
}

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

/// On the writer, by and by.
void write_down(store::Store& store, store::Command command) {
  if (store.writes()) store.writer().submit(std::move(command), [](const Result<store::Answer>&) {});
}

}   // namespace

Doorkeeper::Visitor visitor_of(Service& service, const Call& call, const store::Account* account,
                               const std::string& login) {
  Doorkeeper::Visitor out{.account = call.programme + "/" + login, .peer = call.peer, .browser = {}};
  if (!account) return out;
  out.browser = browser_of(*account, call, service.system().clock.now());
  if (call.actor.account == account->id) out.browser = call.actor.session;   // who is in already waits for nobody
  return out;
}

Status admit(Service& service, const Call& call, const store::Account* account, const std::string& login) {
  const Doorkeeper::Visitor visitor = visitor_of(service, call, account, login);
  const Instant now = service.system().clock.now();
  if (account) service.doorkeeper().remember(visitor, failures_of(*account), now);
  return service.doorkeeper().admit(visitor, now);
}

/// Nobody waits for it: how long a refusal takes would tell who has an account.
Status note_failure(Service& service, store::Store& store, const Call& call, const store::Account* account,
                    const std::string& login) {
  const auto failures =
      service.doorkeeper().failed(visitor_of(service, call, account, login), service.system().clock.now());
  if (failures && account) {
    write_down(store, {.home = account->home,
                       .actor = account->id,
                       .act = "sign_in_locked",
                       .request_key = {},
                       .command = {},
                       .run = [home = account->home, id = account->id, failures](store::Tx& tx) -> Result<Json> {
                         TRY_ASSIGN(auto now, store::accounts::get(tx, home, id));
                         if (!now) return Json(Json::Object{});
                         set_failures(*now, *failures);
                         TRY(store::accounts::put(tx, *now));
                         return Json(Json::Object{});
                       }});
  }
  if (service.doorkeeper().tell_refusal(call.programme, service.system().clock.now())) {
    const auto view = store.view();
    write_down(store, {.home = view->tree->home(0),
                       .actor = account ? account->id : std::string("nobody"),
                       .act = "sign_in_refused",
                       .request_key = {},
                       .command = {},
                       .run = [](store::Tx&) -> Result<Json> { return Json(Json::Object{}); }});
  }
  return {};
}

Result<std::string> begin_session(Service& service, store::Tx& tx, const store::Account& account,
                                  const std::string& former) {
  const std::string token =
      std::to_string(account.home.value) + "." + hex(service.system().secrets.bytes(session_token_bytes));
  TRY(make_room(service, tx, account, former));
  const Instant until{tx.at().micros + service.limits().session_hours * hour};
  TRY(store::sessions::put(tx, {.home = account.home,
                                .id = session_id(token),
                                .account = account.id,
                                .until = until,
                                .body = Json(Json::Object{}),
                                .seq = {}}));
  return token;
}

Result<Reply> open_session(Service& service, store::Store& store, const Call& call, const store::Account& account,
                           const Opening& opening) {
  const std::string former = call.token.empty() ? "" : session_id(call.token);
  std::string token;
  std::optional<std::string> browser;
  TRY_ASSIGN(const store::Answer answer,
             store.write({.home = account.home,
                          .actor = account.id,
                          .act = opening.act,
                          .request_key = {},
                          .command = {},
                          .run = [&](store::Tx& tx) -> Result<Json> {
                            TRY_ASSIGN(auto now, store::accounts::get(tx, account.home, account.id));
                            if (!now || changed_since(*now, account)) return fail(errors::sign_in_refused);
                            const Status changed = opening.change ? opening.change(tx, *now) : Status();
                            TRY(changed);
                            const bool failed_before = failures_of(*now).count > 0;
                            set_failures(*now, {});
                            browser = note_browser(*now, call, service.system().secrets, tx.at());
                            if (opening.change || failed_before || browser) TRY(store::accounts::put(tx, *now));
                            TRY_ASSIGN(token, begin_session(service, tx, *now, former));
                            return Json(Json::Object{});
                          }}));
  service.doorkeeper().succeeded(visitor_of(service, call, &account, account.login), service.system().clock.now());
  Reply reply;
  reply.token = token;
  if (browser) reply.browser = std::pair(account.id, *browser);
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("account").value(account.id).end_object();
  return reply;
}

}   // namespace gangmu::app
