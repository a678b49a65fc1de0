// SPDX-License-Identifier: Apache-2.0
// gangmu account create|reset|confirm|disable|list: accounts from the console, for the first ones and for
// administrators locked out. There is no password to begin with: a code, printed once, opens the first sign-in, where
// its owner chooses one. The server has to be stopped meanwhile (one process writes a store).
#include "app/account.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/errors.hpp"
#include "app/persons.hpp"
#include "app/picture.hpp"
#include "app/told.hpp"
#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"
#include "store/accounts.hpp"

namespace gangmu::cli {
namespace {

struct Options {
  std::string data = "data", programme, login, name, place, role, line;
  bool drop_second_factor = false;
};

/// The store opened, in a service of its own.
struct Desk {
  app::Service service;
  store::Store* store = nullptr;
  app::Call call;
};

Result<std::unique_ptr<Desk>> desk_of(Machine& machine, const Options& options) {
  std::unique_ptr<Desk> desk(new Desk{.service = {{machine.clock, machine.secrets, machine.executor}, {}}, .call = {}});
  const auto stored = stored_programmes(options.data);
  if (std::ranges::find(stored, options.programme) == stored.end())
    return fail(errors::no_store, {options.data + "/" + options.programme});
  TRY_ASSIGN(auto store, open_store(machine, options.data, options.programme));
  TRY(desk->service.add(std::move(store)));
  TRY_ASSIGN(desk->store, desk->service.store(options.programme));
  desk->call.programme = options.programme;
  desk->call.actor = app::Actor::console();
  return desk;
}

Result<const store::Account*> account_of(const store::View& view, const std::string& login) {
  const store::Account* account = app::find_login(view, login);
  if (!account) return fail(app::errors::unknown_account, {login});
  return account;
}

void tell_code(const std::string& login, const std::string& code, int hours) {
  say("登录名 {}\n一次性口令 {}（{} 小时内有效，只显示这一次；首次登录时自设口令）\n",
      "sign-in name {}\none-time code {} (good for {} h, shown this once; choose a password at the first sign-in)\n",
      login, code, hours);
}

Status create(Machine& machine, const Options& options) {
  TRY_ASSIGN(const auto desk, desk_of(machine, options));
  TRY_ASSIGN(const app::Picture picture, app::picture(desk->service, desk->call, app::Permission::manage_accounts));
  place::NodeIndex node = picture.focus();
  if (!options.place.empty()) { TRY_ASSIGN(node, picture.node(options.place)); }
  app::NewAccount wanted{.login = options.login, .name = options.name, .phone = {}, .place = picture.tree()[node].id};
  if (!options.role.empty()) wanted.grants = {{.role = options.role, .place = wanted.place, .line = options.line}};
  TRY_ASSIGN(const app::MadeAccount made, app::make_account(desk->service, *desk->store, desk->call, wanted));
  tell_code(options.login, made.code, desk->service.limits().code_hours);
  return {};
}

/// One account changed by the console; its sessions end.
Status change(Machine& machine, const Options& options, const char* act,
              const std::function<Status(Desk&, store::Account&, Instant)>& edit) {
  TRY_ASSIGN(const auto desk, desk_of(machine, options));
  const auto view = desk->store->view();
  TRY_ASSIGN(const store::Account* account, account_of(*view, options.login));
  return desk->store
      ->write({.home = account->home,
               .actor = desk->call.actor.id,
               .act = act,
               .request_key = {},
               .command = {},
               .run = [&](store::Tx& tx) -> Result<Json> {
                 store::Account now = *account;
                 TRY(edit(*desk, now, tx.at()));
                 app::tell(now, act, desk->call.actor.id, tx.at());
                 TRY(app::end_sessions(tx, now));
                 TRY(store::accounts::put(tx, now));
                 return Json(Json::Object{});
               }})
      .map([](const store::Answer&) {});
}

Status reset(Machine& machine, const Options& options) {
  std::string code;
  int hours = 0;
  const Status done =
      change(machine, options, "reset_account", [&](Desk& desk, store::Account& account, Instant at) -> Status {
        TRY(app::refuse_erased(desk.store->vault(), account, "重置", "reset"));
        hours = desk.service.limits().code_hours;
        TRY_ASSIGN(code, app::reset(desk.service, *desk.store, account, "console", options.drop_second_factor, at));
        return {};
      });
  TRY(done);
  tell_code(options.login, code, hours);
  return {};
}

/// Grants that a reset put to sleep, or that only one security administrator gave.
Status confirm(Machine& machine, const Options& options) {
  return change(machine, options, "confirm_grants",
                [](Desk&, store::Account& account, Instant) -> Status { return app::wake_grants(account, ""); });
}

Status disable(Machine& machine, const Options& options) {
  return change(machine, options, "disable_account", [](Desk&, store::Account& account, Instant) -> Status {
    account.state = app::account_disabled;
    account.body.object()->erase("code");
    return {};
  });
}

Status list(Machine& machine, const Options& options) {
  TRY_ASSIGN(const auto desk, desk_of(machine, options));
  const auto view = desk->store->view();
  view->accounts.for_each([&](const store::Account& account) {
    std::string roles;
    for (const access::Grant& grant : app::grants_of(account)) roles += (roles.empty() ? "" : ", ") + grant.role;
    fmt::print("{}\t{}\t{}\t{}\t{}\n", account.id, account.login, account.state,
               visible(app::name_of(*view, desk->store->vault(), account.id)), visible(roles));
  });
  return {};
}

}   // namespace

void add_account(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand(
      "account", "账户：新建、重置、确认授权、停用、列出 / accounts: create, reset, confirm grants, disable, list");
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  const auto add = [&](const char* name, const char* what, Status (*act)(Machine&, const Options&)) {
    auto* sub = command->add_subcommand(name, what);
    sub->add_option("--data", options->data, "folder of stores")->capture_default_str();
    sub->add_option("--programme", options->programme, "id of the programme")->required();
    sub->callback([&machine, &run, options, act] {
      run = [&machine, options, act] {
        const Status status = act(machine, *options);
        return status ? exit_done : report(status.error());
      };
    });
    return sub;
  };
  auto* made = add("create", "新建账户，显示一次性口令 / a new account and its one-time code", create);
  made->add_option("--login", options->login, "sign-in name: small letters, digits, . _ -")->required();
  made->add_option("--name", options->name, "what the person or post is called")->required();
  made->add_option("--place", options->place, "12-digit code; the programme's place unless told");
  made->add_option("--role", options->role, "first role: system_admin, security_admin, audit_admin, city_office …");
  made->add_option("--line", options->line, "department the role is limited to");
  auto* renewed = add("reset",
                      "另发一次性口令；业务授权待安全管理员确认 / a new one-time code; grants of the work wait for the "
                      "security administrator",
                      reset);
  renewed->add_flag("--drop-second-factor", options->drop_second_factor, "the authenticator is lost: void as well");
  auto* woken = add("confirm", "确认待确认的授权 / confirm the grants that wait", confirm);
  for (auto* sub : {renewed, woken, add("disable", "停用 / disable", disable)})
    sub->add_option("--login", options->login, "sign-in name")->required();
  add("list", "列出账户 / list accounts", list);
}

}   // namespace gangmu::cli
