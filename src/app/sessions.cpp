// SPDX-License-Identifier: Apache-2.0
#include "app/sessions.hpp"

#include <algorithm>

#include "access/totp.hpp"
#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/persons.hpp"
#include "app/wire.hpp"
#include "base/digest.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::int64_t hour = 3'600'000'000;

/// A hash that no password fits, for names that nobody has: knowing that takes as long as a wrong password.
const std::string& nobodys_hash(const access::HashCost& cost) {
  static const std::string hash = access::hash_password("nobody", std::string(access::salt_bytes, '\0'), cost).value_or("");
  return hash;
}

Doorkeeper::Visitor visitor_of(const Call& call, const std::string& login) {
  return {.account = call.programme + "/" + login, .peer = call.peer};
}

/// A wait that begins is told to the journal: it is how guessing shows.
Status note_failure(Service& service, store::Store& store, const Call& call, const store::Account* account, const std::string& login) {
  const bool locked = service.doorkeeper().failed(visitor_of(call, login), service.system().clock.now());
  if (!locked || !account) return {};
  return store.write({.home = account->home, .actor = account->id, .act = "sign_in_locked", .request_key = {}, .command = {},
                      .run = [&](store::Tx& tx) -> Result<Json> {
                        TRY_ASSIGN(auto now, store::accounts::get(tx, account->home, account->id));
                        now->body.set("locked_at", tx.at().micros);
                        TRY(store::accounts::put(tx, *now));
                        return Json(Json::Object{});
                      }})
      .map([](const store::Answer&) {});
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

struct Opening {
  std::string act;
  Seq seen;                                                          ///< the account as it was checked
  std::function<Status(store::Tx&, store::Account&)> change;         ///< of the account, beside the session
};

/// The session begins in the same entry as what goes with it; a row that changed meanwhile means: check again.
Result<Reply> open_session(Service& service, store::Store& store, const Call& call, const store::Account& account, const Opening& opening) {
  const std::string token = std::to_string(account.home.value) + "." + hex(service.system().secrets.bytes(token_bytes));
  const std::string former = call.token.empty() ? "" : session_id(call.token);
  TRY_ASSIGN(const store::Answer answer, store.write({.home = account.home, .actor = account.id, .act = opening.act, .request_key = {}, .command = {},
      .run = [&](store::Tx& tx) -> Result<Json> {
        TRY_ASSIGN(auto now, store::accounts::get(tx, account.home, account.id));
        if (!now || now->seq != opening.seen) return fail(errors::sign_in_refused);
        const Status changed = opening.change ? opening.change(tx, *now) : Status();
        TRY(changed);
        if (opening.change) TRY(store::accounts::put(tx, *now));
        TRY(make_room(service, tx, *now, former));
        const Instant until{tx.at().micros + service.limits().session_hours * hour};
        TRY(store::sessions::put(tx, {.home = account.home, .id = session_id(token), .account = account.id, .until = until,
                                      .body = Json(Json::Object{}), .seq = {}}));
        return Json(Json::Object{});
      }}));
  service.doorkeeper().succeeded(visitor_of(call, account.login));
  Reply reply;
  reply.token = token;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("account").value(account.id).end_object();
  return reply;
}

struct Proof {
  std::string login, password, code;
};

/// Right password and, where there is one, right second factor. The step of the code stands in `secret` then.
Result<bool> proven(Service& service, store::Store& store, const store::Account* account, const Proof& given, Secret& secret) {
  const bool open = account && account->state == account_active && !account->secret.data.empty();
  if (open) {
    TRY_ASSIGN(secret, open_secret(store.vault(), *account));
  }
  {
    TRY_ASSIGN(const auto turn, service.doorkeeper().turn());
    if (!access::verify_password(open ? secret.password : nobodys_hash(service.limits().password), given.password) || !open) return false;
  }
  if (secret.totp.empty()) return true;
  if (given.code.empty()) return fail(errors::second_factor_wanted);
  const auto step = access::check_totp(secret.totp, given.code, service.system().clock.now(), secret.step);
  if (step) secret.step = *step;
  return step.has_value();
}

void account_or_null(JsonWriter& out, const store::View& view, const store::Vault& vault, const store::Account* account) {
  if (!account) {
    out.null();
    return;
  }
  out.begin_object().key("id").value(account->id).key("login").value(account->login).key("name").value(name_of(view, vault, account->id));
  out.key("second_factor").value(has_second_factor(*account)).end_object();
}

}  // namespace

Result<Reply> session(Service& service, const Call& call) {
  TRY(service.require(call, Permission::sign_in));
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const auto view = store->view();
  const store::Account* account = call.actor.account.empty() ? nullptr : find_account(*view, call.actor.account);
  const access::Duty duty = account ? duty_of(*roles_of(service, *view), *account).value_or(access::Duty::everyone) : access::Duty::anyone;
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("required").value(!view->accounts.empty()).key("signed_in").value(call.actor.rights.signed_in()).key("account");
  account_or_null(out, *view, store->vault(), account);
  out.key("duty");
  if (account) out.value(access::duty_name(duty));
  else out.null();
  out.key("must");
  if (account && access::administers(duty) && !has_second_factor(*account)) out.value("second_factor");
  else out.null();
  out.key("permissions").begin_array();
  for (const access::PermissionFacts& facts : access::permissions()) {
    if (call.actor.rights.holds(facts.permission)) out.value(facts.name);
  }
  out.end_array().end_object();
  return reply;
}

Result<Reply> sign_in(Service& service, const Call& call) {
  TRY(service.require(call, Permission::sign_in));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const Proof given{body.text("login").value_or(""), body.text("password").value_or(""), body.text("code").value_or("")};
  TRY(body.finish());
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  TRY(service.doorkeeper().admit(visitor_of(call, given.login), service.system().clock.now()));
  const auto view = store->view();
  const store::Account* account = find_login(*view, given.login);
  Secret secret;
  TRY_ASSIGN(const bool right, proven(service, *store, account, given, secret));
  if (!right) {
    TRY(note_failure(service, *store, call, account, given.login));
    return fail(errors::sign_in_refused);
  }
  Opening opening{.act = "sign_in", .seen = account->seq, .change = {}};
  const bool cheap = access::costs_less(secret.password, service.limits().password);
  if (cheap || !secret.totp.empty()) {
    if (cheap) {
      TRY_ASSIGN(secret.password, access::hash_password(given.password, service.system().secrets.bytes(access::salt_bytes), service.limits().password));
    }
    opening.change = [&](store::Tx&, store::Account& now) { return seal_secret(store->vault(), now, secret); };
  }
  return open_session(service, *store, call, *account, opening);
}

Result<Reply> first_sign_in(Service& service, const Call& call) {
  TRY(service.require(call, Permission::sign_in));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const Proof given{body.text("login").value_or(""), body.text("password").value_or(""), body.text("code").value_or("")};
  TRY(body.finish());
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const Instant at = service.system().clock.now();
  TRY(service.doorkeeper().admit(visitor_of(call, given.login), at));
  const auto view = store->view();
  const store::Account* account = find_login(*view, given.login);
  if (!account || !code_fits(*account, given.code, at)) {
    TRY(note_failure(service, *store, call, account, given.login));
    return fail(errors::code_refused);
  }
  TRY(access::check_password(given.password, given.login));
  TRY_ASSIGN(const auto turn, service.doorkeeper().turn());
  Secret secret;
  TRY_ASSIGN(secret.password, access::hash_password(given.password, service.system().secrets.bytes(access::salt_bytes), service.limits().password));
  return open_session(service, *store, call, *account, {.act = "first_sign_in", .seen = account->seq, .change = [&](store::Tx& tx, store::Account& now) -> Status {
    now.state = account_active;
    now.body.object()->erase("code");
    now.body.object()->erase("second_factor");
    TRY(end_sessions(tx, now));
    return seal_secret(store->vault(), now, secret);
  }});
}

Result<Reply> sign_out(Service& service, const Call& call) {
  TRY(service.require(call, Permission::own_account));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  TRY(body.finish());
  Reply reply;
  reply.token = "";
  if (call.actor.session.empty()) {
    reply.body = R"({"seq":0})";
    return reply;
  }
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  TRY_ASSIGN(const store::Answer answer, write(*store, call, {.home = call.actor.home, .actor = {}, .act = "sign_out", .request_key = {}, .command = {},
      .run = [&](store::Tx& tx) -> Result<Json> {
        TRY_ASSIGN(const auto session, store::sessions::get(tx, call.actor.home, call.actor.session));
        if (session) TRY(store::sessions::erase(tx, *session));
        return Json(Json::Object{});
      }}));
  service.presence().forget(call.actor.session);
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).end_object();
  return reply;
}

}  // namespace gangmu::app
