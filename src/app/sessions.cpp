// SPDX-License-Identifier: Apache-2.0
#include "app/sessions.hpp"

#include "access/totp.hpp"
#include "app/account.hpp"
#include "app/account_wire.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/opening.hpp"
#include "app/own_place.hpp"
#include "app/persons.hpp"
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

/// Right password and, where there is one, right second factor. The step of the code stands in `secret` then.
Result<bool> proven(Service& service, store::Store& store, const store::Account* account, const Proof& given,
                    Secret& secret) {
  const bool open =
      account && account->state == account_active && !account->secret.data.empty() && !erased(store.vault(), *account);
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
  out.key("place");
  const access::Rights& rights = call.actor.rights;
  if (rights.holds(Permission::read_figures) && view->tree->size() > 0)
    wire::place_ref(out, *view->tree, own_place({store, view, rights}));
  else
    out.null();
  out.key("on_behalf");
  if (const store::Account* other = account ? find_account(*view, call.on_behalf) : nullptr)
    wire::stand_in(out, {store, view, {}}, *other);
  else
    out.null();
  out.key("provider").value(service.provider() != nullptr).key("must");
  if (account && access::administers(duty) && !has_second_factor(*account))
    out.value("second_factor");
  else
    out.null();
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
  TRY(admit(service, call, account, given.login));
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
  TRY(body.finish());
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const Instant at = service.system().clock.now();
  const auto view = store->view();
  const store::Account* account = find_login(*view, given.login);
  TRY(admit(service, call, account, given.login));
  if (!account || !code_fits(*account, given.code, at) || erased(store->vault(), *account)) {
    TRY(note_failure(service, *store, call, account, given.login));
    return fail(errors::code_refused);
  }
  TRY(access::check_password(given.password, given.login));
  TRY_ASSIGN(const auto turn, service.doorkeeper().turn());
  Secret secret;
  TRY_ASSIGN(secret.password, access::hash_password(given.password, service.system().secrets.bytes(access::salt_bytes),
                                                    service.limits().password));
  return open_session(
      service, *store, call, *account,
      {.act = "first_sign_in", .seen = account->seq, .change = [&](store::Tx& tx, store::Account& now) -> Status {
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
