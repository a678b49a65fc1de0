// SPDX-License-Identifier: Apache-2.0
#include "app/my_account.hpp"

#include "access/totp.hpp"
#include "app/account.hpp"
#include "app/account_wire.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/opening.hpp"
#include "app/picture.hpp"
#include "app/told.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t session_digits = 12;   // of a session's id, enough to tell one's own apart

struct Own {
  Picture picture;
  const store::Account* account = nullptr;
};

/// Error: not_signed_in, where nobody has an account to call their own.
Result<Own> own(Service& service, const Call& call) {
  Own out;
  TRY_ASSIGN(out.picture, app::picture(service, call, Permission::own_account));
  out.account = call.actor.account.empty() ? nullptr : find_account(*out.picture.view, call.actor.account);
  if (!out.account) return fail(errors::not_signed_in);
  return out;
}

using Change = std::function<Status(store::Tx&, store::Account&)>;

/// `renewed`: what proves who it is changed, so every session ends and this one goes on under a new token.
Result<Reply> change_own(Service& service, const Own& own, const Call& call, const char* act, const Change& change,
                         bool renewed = false) {
  std::string token;
  TRY_ASSIGN(const store::Answer answer,
             write(*own.picture.store, call,
                   {.home = own.account->home,
                    .actor = {},
                    .act = act,
                    .request_key = {},
                    .command = {},
                    .run = [&](store::Tx& tx) -> Result<Json> {
                      TRY_ASSIGN(auto now, store::accounts::get(tx, own.account->home, own.account->id));
                      if (!now) return fail(errors::unknown_account, {own.account->id});
                      TRY(change(tx, *now));
                      TRY(store::accounts::put(tx, *now));
                      if (renewed) {
                        TRY(end_sessions(tx, *now));
                        TRY_ASSIGN(token, begin_session(service, tx, *now, {}));
                      }
                      return Json(Json::Object{});
                    }}));
  Reply reply;
  if (renewed) reply.token = token;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).end_object();
  return reply;
}

/// Whoever sits at an open browser must still know the password. Guesses count as failures to sign in.
Status know_password(Service& service, const Call& call, const store::Account& account, const Secret& secret,
                     const std::string& password) {
  TRY(admit(service, call, &account, account.login));
  TRY_ASSIGN(const auto turn, service.doorkeeper().turn());
  if (access::verify_password(secret.password, password)) return {};
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  TRY(note_failure(service, *store, call, &account, account.login));
  return fail(errors::password_refused);
}

/// An authenticator gives way to another only for one who still has it; who lost it asks for a reset. Notes the step.
Status know_second_factor(Service& service, const Call& call, const store::Account& account, Secret& secret,
                          const std::string& code) {
  if (secret.totp.empty()) return {};
  if (code.empty()) return fail(errors::second_factor_wanted);
  const auto step = access::check_totp(secret.totp, code, service.system().clock.now(), secret.step);
  if (step) {
    secret.step = *step;
    return {};
  }
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  TRY(note_failure(service, *store, call, &account, account.login));
  return fail(errors::totp_refused);
}

void sessions(JsonWriter& out, Service& service, const Own& own, const Call& call) {
  out.key("sessions").begin_array();
  own.picture.view->sessions.for_each([&](const store::Session& session) {
    if (session.account != own.account->id || session.until <= service.system().clock.now()) return;
    out.begin_object().key("id").value(session.id.substr(0, session_digits)).key("until").value(session.until.text());
    out.key("here").value(session.id == call.actor.session);
    const auto seen = service.presence().last(session.id);
    out.key("seen")
        .value(seen ? seen->at.text() : std::string())
        .key("peer")
        .value(seen ? seen->peer : std::string())
        .end_object();
  });
  out.end_array();
}

}   // namespace

Result<Reply> my_account(Service& service, const Call& call) {
  TRY_ASSIGN(const Own own, app::own(service, call));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object();
  TRY(wire::account_members(out, service, own.picture, *own.account, call, true));
  wire::told(out, own.picture, *own.account);
  sessions(out, service, own, call);
  out.end_object();
  return reply;
}

Result<Reply> change_password(Service& service, const Call& call) {
  TRY_ASSIGN(const Own own, app::own(service, call));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string present = body.text("present").value_or(""), wanted = body.text("password").value_or("");
  TRY(body.finish());
  store::Vault& vault = own.picture.store->vault();
  TRY_ASSIGN(Secret secret, open_secret(vault, *own.account));
  TRY(know_password(service, call, *own.account, secret, present));
  TRY(access::check_password(wanted, own.account->login));
  TRY_ASSIGN(const std::string hash, access::hash_password(wanted, service.system().secrets.bytes(access::salt_bytes),
                                                           service.limits().password));
  return change_own(
      service, own, call, "change_password",
      [&](store::Tx&, store::Account& now) -> Status {
        TRY_ASSIGN(Secret kept, open_secret(vault, now));
        kept.password = hash;
        return seal_secret(vault, now, kept);
      },
      true);
}

Result<Reply> begin_second_factor(Service& service, const Call& call) {
  TRY_ASSIGN(const Own own, app::own(service, call));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string password = body.text("password").value_or(""), code = body.text("code").value_or("");
  TRY(body.finish());
  store::Vault& vault = own.picture.store->vault();
  TRY_ASSIGN(Secret secret, open_secret(vault, *own.account));
  TRY(know_password(service, call, *own.account, secret, password));
  TRY(know_second_factor(service, call, *own.account, secret, code));
  const std::string key = service.system().secrets.bytes(access::totp_key_bytes);
  TRY(change_own(service, own, call, "begin_second_factor", [&](store::Tx&, store::Account& now) -> Status {
    TRY_ASSIGN(Secret kept, open_secret(vault, now));
    if (kept.step > secret.step) return fail(errors::totp_refused);   // used meanwhile
    kept.step = secret.step;
    kept.next = key;
    return seal_secret(vault, now, kept);
  }));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("secret").value(access::base32(key)).key("uri");
  out.value(access::totp_uri(key, own.picture.programme()["name_zh"].string_or("Gangmu"), own.account->login))
      .end_object();
  return reply;
}

Result<Reply> confirm_second_factor(Service& service, const Call& call) {
  TRY_ASSIGN(const Own own, app::own(service, call));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string code = body.text("code").value_or("");
  TRY(body.finish());
  store::Vault& vault = own.picture.store->vault();
  return change_own(
      service, own, call, "confirm_second_factor",
      [&](store::Tx& tx, store::Account& now) -> Status {
        TRY_ASSIGN(Secret kept, open_secret(vault, now));
        const auto step = kept.next.empty() ? std::nullopt : access::check_totp(kept.next, code, tx.at(), 0);
        if (!step) return fail(errors::totp_refused);
        kept.totp = std::exchange(kept.next, {});
        kept.step = *step;
        now.body.set("second_factor", true);
        return seal_secret(vault, now, kept);
      },
      true);
}

Result<Reply> see_told(Service& service, const Call& call) {
  TRY_ASSIGN(const Own own, app::own(service, call));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  TRY(body.finish());
  return change_own(service, own, call, "see_told", [](store::Tx&, store::Account& now) {
    note_seen(now);
    return Status();
  });
}

Result<Reply> stand_ins(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::act_on_behalf));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  picture.view->accounts.for_each([&](const store::Account& account) {
    if (may_stand_in(service, *picture.view, call.actor, account)) wire::stand_in(out, picture, account);
  });
  out.end_array().end_object();
  return reply;
}

Result<Reply> end_my_session(Service& service, const Call& call) {
  TRY_ASSIGN(const Own own, app::own(service, call));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const std::string id = body.text("session").value_or("");
  TRY(body.finish());
  return change_own(service, own, call, "end_session", [&](store::Tx& tx, store::Account& now) -> Status {
    TRY_ASSIGN(const auto all, store::sessions::of_account(tx, now.home, now.id));
    for (const store::Session& session : all) {
      if (id.size() == session_digits && session.id.starts_with(id)) return store::sessions::erase(tx, session);
    }
    return fail(errors::unknown_session);
  });
}

}   // namespace gangmu::app
