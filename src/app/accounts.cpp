// SPDX-License-Identifier: Apache-2.0
#include "app/accounts.hpp"

#include <algorithm>

#include "access/duty.hpp"
#include "app/account_wire.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/json_body.hpp"
#include "app/opening.hpp"
#include "app/paging.hpp"
#include "app/persons.hpp"
#include "app/told.hpp"

namespace gangmu::app {
namespace {

using access::Duty;

Result<const store::Account*> account_at(const Picture& picture, const std::string& id) {
  const store::Account* account = find_account(*picture.view, id);
  if (!account) return fail(errors::unknown_account, {id.substr(0, 40)});
  return account;
}

std::string_view duty_zh(Duty duty) {
  return duty == Duty::system ? "系统" : duty == Duty::security ? "安全" : duty == Duty::audit ? "审计" : "业务";
}

/// Who keeps accounts could otherwise become whoever gives rights.
Status keep_off_other_duties(Service& service, const Picture& picture, const store::Account& account, Duty mine) {
  const auto duty = duty_of(*roles_of(service, *picture.view), account);
  if (!duty || !access::administers(*duty) || *duty == mine) return {};
  return fail(errors::account_of_other_duty,
              {account.login, std::string(duty_zh(*duty)), std::string(access::duty_name(*duty))});
}

using Change = std::function<Status(store::Tx&, store::Account&)>;

/// A change of one account by an administrator; its sessions end with it.
Result<store::Answer> change_account(const Picture& picture, const Call& call, const store::Account& account,
                                     const char* act, Json command, const Change& change) {
  command.set("account", account.id);
  return write(*picture.store, call,
               {.home = account.home,
                .actor = {},
                .act = act,
                .request_key = call.request_key,
                .command = std::move(command),
                .run = [&](store::Tx& tx) -> Result<Json> {
                  TRY_ASSIGN(auto now, store::accounts::get(tx, account.home, account.id));
                  if (!now) return fail(errors::unknown_account, {account.id});
                  TRY(change(tx, *now));
                  tell(*now, act, call.actor.id, tx.at());
                  TRY(end_sessions(tx, *now));
                  TRY(store::accounts::put(tx, *now));
                  Json out;
                  out.set("id", account.id);
                  return out;
                }});
}

Result<Reply> account_reply(Service& service, const Call& call, const Picture& before, const store::Answer& answer,
                            const std::string& code) {
  TRY_ASSIGN(const auto view, before.store->view_at_least(answer.seq, std::chrono::milliseconds(2000)));
  const Picture now{before.store, view, before.rights};
  TRY_ASSIGN(const store::Account* account, account_at(now, answer.body["id"].string_or("")));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("seq").value(answer.seq.value).key("code");
  if (code.empty())
    out.null();
  else
    out.value(code);
  out.key("account").begin_object();
  TRY(wire::account_members(out, service, now, *account, call, now.rights.holds(Permission::manage_accounts)));
  out.end_object().end_object();
  return reply;
}

Result<Reply> listed(Service& service, const Call& call, Permission permission) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, permission));
  const auto all = picture.view->accounts.handles();
  TRY_ASSIGN(const Page page, page_of(service, call, all.size()));
  Reply reply;
  JsonWriter out(reply.body);
  out.begin_object().key("items").begin_array();
  for (std::size_t i = page.begin; i < page.end; ++i) {
    out.begin_object();
    TRY(wire::account_members(out, service, picture, *all[i], call, permission == Permission::manage_accounts));
    out.end_object();
  }
  out.end_array().key("next");
  if (page.next.empty())
    out.null();
  else
    out.value(page.next);
  out.key("total").value(static_cast<std::int64_t>(all.size())).end_object();
  return reply;
}

struct Target {
  Picture picture;
  const store::Account* account = nullptr;
};

Result<Target> target_of(Service& service, const Call& call, Permission permission, Duty mine) {
  Target out;
  TRY_ASSIGN(out.picture, app::picture(service, call, permission));
  TRY_ASSIGN(out.account, account_at(out.picture, call.id));
  TRY(keep_off_other_duties(service, out.picture, *out.account, mine));
  return out;
}

Status no_body(const Call& call) {
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  return body.finish();
}

Status refuse_state(const store::Account& account, std::string_view unwanted, const char* zh, const char* en) {
  if (account.state != unwanted) return {};
  return fail(errors::account_state,
              {std::string(account.state == account_disabled ? "已停用" : "有效"), zh, account.state, en});
}

Result<access::Grant> grant_in(const Picture& picture, JsonBody& body) {
  access::Grant grant{.role = body.text("role").value_or(""),
                      .place = {},
                      .line = masked(body.text("line").value_or("")),
                      .until = {},
                      .asleep = {}};
  const std::string code = body.text("place").value_or(""), until = body.text("until").value_or("");
  TRY(body.finish());
  TRY_ASSIGN(const place::NodeIndex node, picture.node(code));
  grant.place = picture.tree()[node].id;
  if (!until.empty()) { TRY_ASSIGN(grant.until, Date::parse(until)); }
  return grant;
}

/// One of them alone could otherwise make another, and with that one whatever they like.
bool makes_security_administrator(const access::Roles& roles, const access::Grant& grant) {
  const access::Role* role = roles.find(grant.role);
  return role && role->duty == Duty::security;
}

using GrantEdit = std::function<Status(const Target&, std::vector<access::Grant>&, const access::Grant&)>;

Result<Reply> change_grants(Service& service, const Call& call, const char* act, const GrantEdit& edit) {
  TRY_ASSIGN(const Target target, target_of(service, call, Permission::manage_grants, Duty::security));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  TRY_ASSIGN(const access::Grant grant, grant_in(target.picture, body));
  if (call.actor.account == target.account->id) return fail(errors::grant_own);
  const auto roles = roles_of(service, *target.picture.view);
  TRY_ASSIGN(const store::Answer answer, change_account(target.picture, call, *target.account, act, body.json(),
                                                        [&](store::Tx&, store::Account& now) -> Status {
                                                          std::vector<access::Grant> grants = grants_of(now);
                                                          TRY(edit(target, grants, grant));
                                                          TRY(access::check_duties(*roles, grants));
                                                          set_grants(now, grants);
                                                          return {};
                                                        }));
  return account_reply(service, call, target.picture, answer, {});
}

}   // namespace

Result<Reply> roles(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::read_public));
  Reply reply;
  reply.seq = picture.view->seq;
  JsonWriter out(reply.body);
  out.begin_object().key("roles").begin_array();
  for (const access::Role& role : roles_of(service, *picture.view)->list()) wire::role(out, role);
  out.end_array().key("permissions").begin_array();
  for (const access::PermissionFacts& facts : access::permissions()) {
    out.begin_object().key("name").value(facts.name).key("duty").value(access::duty_name(facts.duty));
    out.key("zh").value(facts.zh).key("en").value(facts.en).end_object();
  }
  out.end_array().end_object();
  return reply;
}

Result<Reply> accounts(Service& service, const Call& call) {
  return listed(service, call, Permission::manage_accounts);
}
Result<Reply> granted(Service& service, const Call& call) { return listed(service, call, Permission::manage_grants); }

Result<Reply> create_account(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::manage_accounts));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  NewAccount wanted{.login = body.text("login").value_or(""),
                    .name = body.text("name").value_or(""),
                    .phone = body.text("phone").value_or(""),
                    .place = {}};
  const std::string code = body.text("place").value_or("");
  TRY(body.finish());
  TRY_ASSIGN(const place::NodeIndex node, picture.node(code));
  wanted.place = picture.tree()[node].id;
  TRY_ASSIGN(const MadeAccount made, make_account(service, *picture.store, call, wanted));
  Json answer;
  answer.set("id", made.id);
  TRY_ASSIGN(Reply reply, account_reply(service, call, picture, {made.seq, answer}, made.code));
  reply.status = 201;
  return reply;
}

Result<Reply> reset_account(Service& service, const Call& call) {
  TRY_ASSIGN(const Target target, target_of(service, call, Permission::manage_accounts, Duty::system));
  TRY_ASSIGN(JsonBody body, JsonBody::parse(call.body));
  const bool drop = body.flag("drop_second_factor").value_or(false);
  TRY(body.finish());
  std::string code;
  TRY_ASSIGN(const store::Answer answer,
             change_account(target.picture, call, *target.account, drop ? "reset_second_factor" : "reset_account",
                            body.json(), [&](store::Tx& tx, store::Account& now) -> Status {
                              TRY(refuse_erased(target.picture.store->vault(), now, "重置", "reset"));
                              TRY(refuse_state(now, account_disabled, "重置", "reset"));
                              TRY_ASSIGN(code,
                                         reset(service, *target.picture.store, now, call.actor.id, drop, tx.at()));
                              return {};
                            }));
  service.doorkeeper().forget(visitor_of(service, call, nullptr, target.account->login).account);
  return account_reply(service, call, target.picture, answer, answer.replayed ? std::string() : code);
}

Result<Reply> disable_account(Service& service, const Call& call) {
  TRY_ASSIGN(const Target target, target_of(service, call, Permission::manage_accounts, Duty::system));
  TRY(no_body(call));
  TRY_ASSIGN(const store::Answer answer,
             change_account(target.picture, call, *target.account, "disable_account", {},
                            [&](store::Tx&, store::Account& now) -> Status {
                              TRY(refuse_state(now, account_disabled, "再停用", "disabled again"));
                              now.state = account_disabled;
                              now.body.object()->erase("code");
                              return {};
                            }));
  return account_reply(service, call, target.picture, answer, {});
}

Result<Reply> enable_account(Service& service, const Call& call) {
  TRY_ASSIGN(const Target target, target_of(service, call, Permission::manage_accounts, Duty::system));
  TRY(no_body(call));
  TRY_ASSIGN(const store::Answer answer,
             change_account(target.picture, call, *target.account, "enable_account", {},
                            [&](store::Tx&, store::Account& now) -> Status {
                              TRY(refuse_erased(target.picture.store->vault(), now, "再启用", "enabled again"));
                              if (now.state != account_disabled)
                                return fail(errors::account_state, {"有效", "再启用", now.state, "enabled again"});
                              TRY_ASSIGN(const Secret secret, open_secret(target.picture.store->vault(), now));
                              now.state = secret.password.empty() ? account_invited : account_active;
                              return {};
                            }));
  return account_reply(service, call, target.picture, answer, {});
}

Result<Reply> end_account_sessions(Service& service, const Call& call) {
  TRY_ASSIGN(const Target target, target_of(service, call, Permission::manage_accounts, Duty::system));
  TRY(no_body(call));
  TRY_ASSIGN(const store::Answer answer, change_account(target.picture, call, *target.account, "end_sessions", {},
                                                        [](store::Tx&, store::Account&) { return Status(); }));
  return account_reply(service, call, target.picture, answer, {});
}

Result<Reply> give_grant(Service& service, const Call& call) {
  return change_grants(
      service, call, "give_grant",
      [&](const Target& target, std::vector<access::Grant>& grants, const access::Grant& grant) -> Status {
        TRY(refuse_erased(target.picture.store->vault(), *target.account, "授予角色", "granted a role"));
        if (grant.until && *grant.until < service.today()) return fail(errors::grant_expired, {grant.until->text()});
        std::erase_if(grants, [&](const access::Grant& g) {
          return g.role == grant.role && g.place == grant.place && g.line == grant.line;
        });   // a new end replaces the old
        grants.push_back(grant);
        if (makes_security_administrator(*roles_of(service, *target.picture.view), grant))
          grants.back().asleep = call.actor.id;   // another one has to confirm it
        return {};
      });
}

Result<Reply> confirm_grants(Service& service, const Call& call) {
  TRY_ASSIGN(const Target target, target_of(service, call, Permission::manage_grants, Duty::security));
  TRY(no_body(call));
  if (call.actor.account == target.account->id) return fail(errors::grant_own);
  TRY_ASSIGN(const store::Answer answer,
             change_account(target.picture, call, *target.account, "confirm_grants", {},
                            [&](store::Tx&, store::Account& now) -> Status {
                              TRY(refuse_erased(target.picture.store->vault(), now, "确认授权", "confirmed"));
                              return wake_grants(now, call.actor.id);
                            }));
  return account_reply(service, call, target.picture, answer, {});
}

Result<Reply> take_grant(Service& service, const Call& call) {
  return change_grants(service, call, "take_grant",
                       [](const Target&, std::vector<access::Grant>& grants, const access::Grant& grant) -> Status {
                         const auto taken = std::erase_if(grants, [&](const access::Grant& g) {
                           return g.role == grant.role && g.place == grant.place && g.line == grant.line;
                         });
                         return taken ? Status() : Status(fail(errors::grant_unknown));
                       });
}

}   // namespace gangmu::app
