// SPDX-License-Identifier: Apache-2.0
#include "app/account.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "access/duty.hpp"
#include "access/totp.hpp"
#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/known_browser.hpp"
#include "app/persons.hpp"
#include "base/digest.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t id_bytes = 5, code_bytes = 15, name_code_points = 60;
constexpr std::size_t login_least = 2, login_most = 40;

bool login_fits(std::string_view login) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return login.size() >= login_least && login.size() <= login_most && letter(login.front()) &&
         std::ranges::all_of(
             login, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'; });
}

/// A code as typed: small letters, blanks and hyphens are forgiven.
std::string plain_code(std::string_view typed) {
  std::string out;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

std::string in_groups(const std::string& code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); i += 6) out += (i ? "-" : "") + code.substr(i, 6);
  return out;
}

std::string bytes_of(std::string_view hex_digits) {
  const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i + 1 < hex_digits.size(); i += 2)
    out += static_cast<char>(nibble(hex_digits[i]) * 16 + nibble(hex_digits[i + 1]));
  return out;
}

Json grant_json(const access::Grant& grant) {
  Json out;
  out.set("role", grant.role);
  out.set("place", grant.place.value);
  if (!grant.line.empty()) out.set("line", grant.line);
  if (grant.until) out.set("until", grant.until->text());
  if (!grant.asleep.empty()) out.set("asleep", grant.asleep);
  return out;
}

}   // namespace

std::vector<access::Grant> grants_of(const store::Account& account) {
  std::vector<access::Grant> out;
  const Json& list = account.body["grants"];
  for (const Json& one : list.array() ? *list.array() : Json::Array{}) {
    access::Grant grant{.role = one["role"].string_or(""),
                        .place = PlaceId{one["place"].integer_or(0)},
                        .line = one["line"].string_or(""),
                        .until = {},
                        .asleep = one["asleep"].string_or("")};
    if (const auto until = Date::parse(one["until"].string_or(""))) grant.until = *until;
    out.push_back(std::move(grant));
  }
  return out;
}

void set_grants(store::Account& account, std::span<const access::Grant> grants) {
  Json list(Json::Array{});
  for (const access::Grant& grant : grants) list.push(grant_json(grant));
  account.body.set("grants", std::move(list));
}

PlaceId place_of(const store::Account& account) { return PlaceId{account.body["place"].integer_or(0)}; }
access::Failures failures_of(const store::Account& account) {
  const Json& kept = account.body["failures"];
  return {static_cast<int>(kept["count"].integer_or(0)), Instant{kept["until"].integer_or(0)}};
}

void set_failures(store::Account& account, const access::Failures& failures) {
  if (failures.count == 0) {
    if (Json::Object* body = account.body.object()) body->erase("failures");
    return;
  }
  Json kept;
  kept.set("count", failures.count);
  kept.set("until", failures.blocked_until.micros);
  account.body.set("failures", std::move(kept));
}

bool has_second_factor(const store::Account& account) { return account.body["second_factor"].boolean_or(false); }

bool erased(const store::Vault& vault, const store::Account& account) {
  return !account.body["erased"].is_null() || vault.erased(account_subject(account.id));
}

Status refuse_erased(const store::Vault& vault, const store::Account& account, const char* zh, const char* en) {
  if (!erased(vault, account)) return {};
  return fail(errors::account_state, {"已销毁", zh, "erased", en});
}

std::optional<access::Duty> duty_of(const access::Roles& roles, const store::Account& account) {
  for (const access::Grant& grant : grants_of(account)) {
    if (const access::Role* role = roles.find(grant.role)) return role->duty;
  }
  return std::nullopt;
}

std::string account_subject(std::string_view id) { return "account:" + std::string(id); }

Result<Secret> open_secret(const store::Vault& vault, const store::Account& account) {
  if (account.secret.data.empty()) return Secret{};
  TRY_ASSIGN(const std::string text, open_account_secret(vault, account));
  TRY_ASSIGN(const Json json, Json::parse(text));
  return Secret{.password = json["password"].string_or(""),
                .totp = bytes_of(json["totp"].string_or("")),
                .step = json["step"].integer_or(0),
                .next = bytes_of(json["next"].string_or(""))};
}

Status seal_secret(store::Vault& vault, store::Account& account, const Secret& secret) {
  Json json;
  json.set("password", secret.password);
  if (!secret.totp.empty()) {
    json.set("totp", hex(secret.totp));
    json.set("step", secret.step);
  }
  if (!secret.next.empty()) json.set("next", hex(secret.next));
  TRY_ASSIGN(account.secret, vault.seal(account_subject(account.id), Personal<std::string>(json.canonical())));
  return {};
}

const store::Account* find_account(const store::View& view, std::string_view id) {
  const store::Account* found = nullptr;
  view.accounts.for_each([&](const store::Account& account) {
    if (account.id == id) found = &account;
  });
  return found;
}

const store::Account* find_login(const store::View& view, std::string_view login) {
  const store::Account* found = nullptr;
  view.accounts.for_each([&](const store::Account& account) {
    if (account.login == login) found = &account;
  });
  return found;
}

std::string open_with_code(store::Account& account, SecretSource& secrets, Instant now, int hours) {
  const std::string code = access::base32(secrets.bytes(code_bytes));
  Json kept;
  kept.set("hash", digest(code).text());
  kept.set("until", now.micros + std::int64_t{hours} * 3'600'000'000);
  account.body.set("code", std::move(kept));
  set_failures(account,
               {});   // the code is another thing to guess, and its owner need not wait for what others guessed
  return in_groups(code);
}

bool code_fits(const store::Account* account, std::string_view code, Instant now) {
  static const store::Account nobody{};
  const store::Account& asked = account ? *account : nobody;
  const std::string given = digest(plain_code(code)).text(), none(given.size(), ' ');
  const std::string kept = asked.body["code"]["hash"].string_or(none);
  const bool same = kept.size() == given.size() && CRYPTO_memcmp(kept.data(), given.data(), given.size()) == 0;
  return same && asked.state != account_disabled && now.micros < asked.body["code"]["until"].integer_or(0);
}

Result<std::string> reset(Service& service, store::Store& store, store::Account& account, const std::string& by,
                          bool drop_second_factor, Instant at) {
  TRY_ASSIGN(Secret secret, open_secret(store.vault(), account));
  secret.password.clear();
  secret.next.clear();
  if (drop_second_factor || secret.totp.empty()) {
    account.secret = {};
    account.body.object()->erase("second_factor");
  } else {
    TRY(seal_secret(store.vault(), account, secret));
  }
  const auto duty = duty_of(*roles_of(service, *store.view()), account);
  if (by != "console" || !duty || !access::administers(*duty)) {
    std::vector<access::Grant> grants = grants_of(account);
    for (access::Grant& grant : grants) grant.asleep = by;
    set_grants(account, grants);
  }
  forget_browsers(account);
  account.state = account_invited;
  return open_with_code(account, service.system().secrets, at, service.limits().code_hours);
}

Status wake_grants(store::Account& account, const std::string& by) {
  std::vector<access::Grant> grants = grants_of(account);
  int asleep = 0, woken = 0;
  for (access::Grant& grant : grants) {
    if (grant.asleep.empty()) continue;
    ++asleep;
    if (grant.asleep == by) continue;
    grant.asleep.clear();
    ++woken;
  }
  if (asleep == 0) return fail(errors::grant_awake, {account.login});
  if (woken == 0) return fail(errors::grant_needs_another);
  set_grants(account, grants);
  return {};
}

Status end_sessions(store::Tx& tx, const store::Account& account, std::string_view but) {
  TRY_ASSIGN(const auto all, store::sessions::of_account(tx, account.home, account.id));
  for (const store::Session& session : all) {
    if (session.id != but) TRY(store::sessions::erase(tx, session));
  }
  return {};
}

Result<MadeAccount> make_account(Service& service, store::Store& store, const Call& call, const NewAccount& wanted) {
  if (!login_fits(wanted.login) || masked(wanted.login) != wanted.login)
    return fail(errors::login_malformed, {wanted.login.substr(0, 80)});
  if (wanted.name.empty()) return fail(errors::field_missing, {"name"});
  const auto view = store.view();
  TRY(access::check_duties(*roles_of(service, *view), wanted.grants));
  const place::NodeIndex node = view->tree->find(wanted.place);
  if (node == place::no_node) return fail(errors::unknown_place, {std::to_string(wanted.place.value)});
  SecretSource& secrets = service.system().secrets;
  store::Account account{.home = view->tree->home(node),
                         .id = "u" + hex(secrets.bytes(id_bytes)),
                         .login = wanted.login,
                         .state = std::string(account_invited),
                         .person = {},
                         .secret = {},
                         .body = {},
                         .seq = {}};
  account.body.set("place", wanted.place.value);
  set_grants(account, wanted.grants);
  MadeAccount made{.id = account.id,
                   .code = open_with_code(account, secrets, service.system().clock.now(), service.limits().code_hours),
                   .seq = {}};
  Json person, command;
  person.set("name", masked(wanted.name));
  if (!wanted.phone.empty()) person.set("phone", wanted.phone);
  command.set("login", wanted.login);
  command.set("place", wanted.place.value);
  TRY_ASSIGN(account.person,
             store.vault().seal(account_subject(account.id), Personal<std::string>(person.canonical())));
  TRY_ASSIGN(const store::Answer answer, write(store, call,
                                               {.home = account.home,
                                                .actor = {},
                                                .act = "create_account",
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) -> Result<Json> {
                                                  TRY_ASSIGN(const auto taken,
                                                             store::accounts::find_login(tx, wanted.login));
                                                  if (taken) return fail(errors::login_taken, {wanted.login});
                                                  TRY(store::accounts::put(tx, account));
                                                  Json out;
                                                  out.set("id", account.id);
                                                  return out;
                                                }}));
  made.seq = answer.seq;
  made.id = answer.body["id"].string_or("");
  made.replayed = answer.replayed;
  if (made.replayed) made.code.clear();
  return made;
}

std::shared_ptr<const access::Roles> roles_of(Service& service, const store::View& view) {
  const auto* definition = view.definitions->latest("roles", "roles");
  if (!definition || definition->retired) return {std::shared_ptr<void>(), &access::standard_roles()};
  const std::string key = "roles/" + view.store_id + "/" + std::to_string(definition->version);
  if (auto kept = service.recall().find<access::Roles>(key)) return kept;
  auto read = access::Roles::read(definition->body);
  auto roles = std::make_shared<const access::Roles>(
      read ? *std::move(read) : access::Roles());   // a table that can't be read grants nothing
  service.recall().keep(key, roles);
  return roles;
}

}   // namespace gangmu::app
