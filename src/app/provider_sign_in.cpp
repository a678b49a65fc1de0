// SPDX-License-Identifier: Apache-2.0
// Signing in through a provider. The account is there already: its sign-in name is what the provider's claim says, and
// the first time binds the two for good. Nothing is granted by the other side. Who has a second factor here, and every
// administrator, signs in here.
#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/json_body.hpp"
#include "app/opening.hpp"
#include "app/sessions.hpp"
#include "base/digest.hpp"

namespace gangmu::app {
namespace {

Result<Provider*> provider_of(Service& service) {
  if (Provider* provider = service.provider()) return provider;
  return fail(errors::provider_absent);
}

bool bound_elsewhere(const store::Account& account, const std::string& subject) {
  const std::string bound = account.body["provider"].string_or("");
  return !bound.empty() && bound != subject;
}

}   // namespace

Result<Reply> begin_provider_sign_in(Service& service, const Call& call) {
  TRY(service.require(call, Permission::sign_in));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  TRY(body.finish());
  TRY_ASSIGN(Provider * provider, provider_of(service));
  const Instant now = service.system().clock.now();
  TRY(service.doorkeeper().admit(visitor_of(service, call, nullptr, ""), now));
  TRY_ASSIGN(const auto turn, service.doorkeeper().turn_with_provider());
  TRY_ASSIGN(const Provider::Begun begun, provider->begin(call.programme, call.peer, service.system().secrets, now));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("url").value(begun.url).key("state").value(begun.state).end_object();
  return reply;
}

Result<Reply> provider_sign_in(Service& service, const Call& call) {
  TRY(service.require(call, Permission::sign_in));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string state = body.text("state").value_or(""), code = body.text("code").value_or("");
  TRY(body.finish());
  TRY_ASSIGN(Provider * provider, provider_of(service));
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const Instant now = service.system().clock.now();
  TRY(service.doorkeeper().admit(visitor_of(service, call, nullptr, ""), now));
  TRY_ASSIGN(const auto turn, service.doorkeeper().turn_with_provider());
  TRY_ASSIGN(const Provider::Person person, provider->finish(call.programme, state, code, now));
  const auto view = store->view();
  const store::Account* account = find_login(*view, person.login);
  const std::string subject = digest(person.subject).text();
  if (!account || account->state == account_disabled || erased(store->vault(), *account) ||
      bound_elsewhere(*account, subject)) {
    TRY(note_failure(service, *store, call, account, person.login));
    return fail(errors::sign_in_refused);
  }
  const auto duty = duty_of(*roles_of(service, *view), *account).value_or(access::Duty::business);
  if (has_second_factor(*account) || access::administers(duty))
    return fail(errors::provider_refused,
                {"管理员和启用了验证器的账户，请用口令和验证码登录",
                 "administrators and accounts with an authenticator sign in with password and code"});
  return open_session(service, *store, call, *account,
                      {.act = "provider_sign_in", .change = [&](store::Tx&, store::Account& known) {
                         known.body.set("provider", subject);
                         known.state = account_active;
                         return Status();
                       }});
}

}   // namespace gangmu::app
