// SPDX-License-Identifier: Apache-2.0
#include "app/sessions.hpp"

#include <algorithm>

#include "access/totp.hpp"
#include "app/account.hpp"
#include "app/account_wire.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/opening.hpp"
#include "app/persons.hpp"
#include "app/told.hpp"
#include "app/wire.hpp"

namespace gangmu::app {
namespace {

/// A hash that no password fits, for names that nobody has: knowing that takes as long as a wrong password.
const std::string& nobodys_hash(const access::HashCost& cost) {
  static const std::string hash =
      access::hash_password("nobody", std::string(access::salt_bytes, '\0'), cost).value_or("");
  return hash;
}

struct Proof {
  std::string login, password, code;
};

bool usable(store::Store& store, const store::Account* account) {
  return account && account->state == account_active && !account->secret.data.empty() &&
         !erased(store.vault(), *account);
}

/// One who has to wait, for what others guessed perhaps, but brings the right second factor: the password is looked at
/// all the same. Whether it was right is told in no other way than by getting in.
Result<bool> brings_second_factor(Service& service, store::Store& store, const Call& call,
                                  const store::Account* account, const Proof& given) {
  if (!usable(store, account) || given.code.empty()) return false;
  TRY_ASSIGN(const Secret secret, open_secret(store.vault(), *account));
  const Instant now = service.system().clock.now();
  return !secret.totp.empty() && access::check_totp(secret.totp, given.code, now, secret.step).has_value() &&
         service.doorkeeper().may_prove(visitor_of(service, call, account, given.login), now);
}

/// Right password and, where there is one, right second factor. The step of the code stands in `secret` then.
Result<bool> proven(Service& service, store::Store& store, const store::Account* account, const Proof& given,
                    Secret& secret) {
  const bool open = usable(store, account);
  if (open) { TRY_ASSIGN(secret, open_secret(store.vault(), *account)); }
  {
    TRY_ASSIGN(const auto turn, service.doorkeeper().turn());
    if (!access::verify_password(open ? secret.password : nobodys_hash(service.limits().password), given.password) ||
        !open)
      return false;
  }
  if (secret.totp.empty()) return true;
  if (given.code.empty()) return fail(errors::second_factor_wanted);
  const auto step = access::check_totp(secret.totp, given.code, service.system().clock.now(), secret.step);
  if (step) secret.step = *step;
  return step.has_value();
}

void account_or_null(JsonWriter& out, const store::View& view, const store::Vault& vault,
                     const store::Account* account) {
  if (!account) {
    out.null();
    return;
  }
  out.begin_object()
      .key("id")
      .value(account->id)
      .key("login")
      .value(account->login)
      .key("name")
      .value(name_of(view, vault, account->id));
  out.key("second_factor").value(has_second_factor(*account)).end_object();
}

/// What stands in the way of everything else.
void must(JsonWriter& out, const store::Account* account, access::Duty duty) {
  const std::vector<access::Grant> grants = account ? grants_of(*account) : std::vector<access::Grant>{};
  const bool asleep =
      !grants.empty() && std::ranges::none_of(grants, [](const access::Grant& g) { return g.asleep.empty(); });
  if (account && access::administers(duty) && !has_second_factor(*account))
    out.value("second_factor");
  else if (asleep)
    out.value("confirmation");
  else
    out.null();
}

constexpr int second_factor_tries = 5;   ///< beside one one-time code, which is void then

/// Whoever holds the one-time code may be somebody else: a second factor that was kept is asked for as well.
Status show_second_factor(Service& service, store::Store& store, const Call& call, const store::Account& account,
                          const std::string& code, Secret& secret) {
  if (secret.totp.empty()) return {};
  if (code.empty()) return fail(errors::second_factor_wanted);
  const auto step = access::check_totp(secret.totp, code, service.system().clock.now(), secret.step);
  if (step) {
    secret.step = *step;
    return {};
  }
  TRY(note_failure(service, store, call, &account, account.login));
  const auto counted = store.write({.home = account.home,
                                    .actor = account.id,
                                    .act = "sign_in_refused",
                                    .request_key = {},
                                    .command = {},
                                    .run = [&](store::Tx& tx) -> Result<Json> {
                                      TRY_ASSIGN(auto now, store::accounts::get(tx, account.home, account.id));
                                      if (!now || now->body["code"].is_null()) return Json(Json::Object{});
                                      Json code_kept = now->body["code"];
                                      const std::int64_t tries = code_kept["tries"].integer_or(0) + 1;
                                      code_kept.set("tries", tries);
                                      now->body.set("code", std::move(code_kept));
                                      if (tries >= second_factor_tries) now->body.object()->erase("code");
                                      TRY(store::accounts::put(tx, *now));
                                      return Json(Json::Object{});
                                    }});
  return counted ? Status(fail(errors::totp_refused)) : Status(fail(counted.error()));
}

}   // namespace

Result<Reply> session(Service& service, const Call& call) {
  TRY(service.require(call, Permission::sign_in));
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const auto view = store->view();
  const store::Account* account = call.actor.account.empty() ? nullptr : find_account(*view, call.actor.account);
  const access::Duty duty =
      account ? duty_of(*roles_of(service, *view), *account).value_or(access::Duty::everyone) : access::Duty::anyone;
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object()
      .key("required")
      .value(!view->accounts.empty())
      .key("signed_in")
      .value(call.actor.rights.signed_in())
      .key("account");
  account_or_null(out, *view, store->vault(), account);
  out.key("duty");
  if (account)
    out.value(access::duty_name(duty));
  else
    out.null();
  out.key("on_behalf");
  if (const store::Account* other = account ? find_account(*view, call.on_behalf) : nullptr)
    wire::stand_in(out, {store, view, {}}, *other);
  else
    out.null();
  out.key("provider").value(service.provider() != nullptr).key("must");
  must(out, account, duty);
  out.key("told").value(account ? told_unseen(*account) : 0);
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
  const Proof given{body.text("login").value_or(""), body.text("password").value_or(""),
                    body.text("code").value_or("")};
  TRY(body.finish());
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const auto view = store->view();
  const store::Account* account = find_login(*view, given.login);
  const Status free = admit(service, call, account, given.login);
  if (!free) {
    TRY_ASSIGN(const bool brings, brings_second_factor(service, *store, call, account, given));
    if (!brings) return fail(free.error());
  }
  Secret secret;
  TRY_ASSIGN(const bool right, proven(service, *store, account, given, secret));
  if (!right) {
    TRY(note_failure(service, *store, call, account, given.login));
    return free ? fail(errors::sign_in_refused) : fail(free.error());
  }
  Opening opening{.act = "sign_in", .change = {}};
  const bool cheap = access::costs_less(secret.password, service.limits().password);
  if (cheap || !secret.totp.empty()) {
    if (cheap) {
      TRY_ASSIGN(secret.password,
                 access::hash_password(given.password, service.system().secrets.bytes(access::salt_bytes),
                                       service.limits().password));
    }
    opening.change = [&](store::Tx&, store::Account& now) { return seal_secret(store->vault(), now, secret); };
  }
  return open_session(service, *store, call, *account, opening);
}

Result<Reply> first_sign_in(Service& service, const Call& call) {
  TRY(service.require(call, Permission::sign_in));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const Proof given{body.text("login").value_or(""), body.text("password").value_or(""),
                    body.text("code").value_or("")};
  const std::string second_factor = body.text("second_factor").value_or("");
  TRY(body.finish());
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const Instant at = service.system().clock.now();
  const auto view = store->view();
  const store::Account* account = find_login(*view, given.login);
  // A code of 120 bits is not guessed: who brings it never waits for what others tried.
  if (!code_fits(account, given.code, at) || erased(store->vault(), *account)) {
    TRY(admit(service, call, account, given.login));
    TRY(note_failure(service, *store, call, account, given.login));
    return fail(errors::code_refused);
  }
  TRY(access::check_password(given.password, given.login));
  TRY_ASSIGN(Secret secret, open_secret(store->vault(), *account));
  TRY(show_second_factor(service, *store, call, *account, second_factor, secret));
  TRY_ASSIGN(const auto turn, service.doorkeeper().turn());
  TRY_ASSIGN(secret.password, access::hash_password(given.password, service.system().secrets.bytes(access::salt_bytes),
                                                    service.limits().password));
  return open_session(service, *store, call, *account,
                      {.act = "first_sign_in", .change = [&](store::Tx& tx, store::Account& now) -> Status {
                         now.state = account_active;
                         now.body.object()->erase("code");
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
  TRY_ASSIGN(const store::Answer answer,
             write(*store, call,
                   {.home = call.actor.home,
                    .actor = {},
                    .act = "sign_out",
                    .request_key = {},
                    .command = {},
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

}   // namespace gangmu::app
