// SPDX-License-Identifier: Apache-2.0
// An account as use cases see it, and how it is kept.
//
//   body
//   {"place":4,"second_factor":true,
//    "grants":[{"asleep":"u3f09c2a1b4","line":"市财政局","place":4,"role":"town_clerk","until":"2027-12-31"}],
//    "provider":"sha256:…",                                     of issuer|sub, once it signed in through a provider
//    "failures":{"count":7,"until":1764000000000000},           while signing in has to wait, or had to since it last
//                                                               went well
//    "code":{"hash":"sha256:…","tries":1,"until":1764000000000000},   of the first sign-in, while it is open
//    "browsers":[…], "told":[…]}                                known_browser.hpp, told.hpp
//   person  {"name":"…","phone":"…"}                            sealed
//   secret  {"password":"$argon2id$…","totp":"<hex>","step":58,"next":"<hex>"}
//                                                               sealed; next: a second factor being set up; no password
//                                                               after a reset
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/decide.hpp"
#include "app/service.hpp"
#include "store/accounts.hpp"
#include "store/store.hpp"

namespace gangmu::app {

inline constexpr std::string_view account_invited = "invited", account_active = "active", account_disabled = "disabled";

struct Secret {
  std::string password;    ///< PHC string
  std::string totp;        ///< key, empty: no second factor
  std::int64_t step = 0;   ///< of the last code used
  std::string next;        ///< key being set up
};

std::vector<access::Grant> grants_of(const store::Account& account);
void set_grants(store::Account& account, std::span<const access::Grant> grants);
PlaceId place_of(const store::Account& account);
bool has_second_factor(const store::Account& account);
/// Their name and secrets can't be opened any more: nobody signs in with it again. After a restore the vault alone
/// tells.
bool erased(const store::Vault& vault, const store::Account& account);
/// Error: account_state, with what can't be done ("重置", "reset").
Status refuse_erased(const store::Vault& vault, const store::Account& account, const char* zh, const char* en);
/// Failures to sign in as the row keeps them: over a restart, and for every server. A count of 0 takes them away.
access::Failures failures_of(const store::Account& account);
void set_failures(store::Account& account, const access::Failures& failures);
/// What the account's grants make it: business, or the duty of an administrator; nothing without grants.
std::optional<access::Duty> duty_of(const access::Roles& roles, const store::Account& account);

std::string account_subject(std::string_view id);
Result<Secret> open_secret(const store::Vault& vault, const store::Account& account);
Status seal_secret(store::Vault& vault, store::Account& account, const Secret& secret);

/// nullptr when there is none.
const store::Account* find_account(const store::View& view, std::string_view id);
const store::Account* find_login(const store::View& view, std::string_view login);

/// Opens the account to whoever brings the code next: a password is still to be chosen. Returns the code, which is told
/// once.
std::string open_with_code(store::Account& account, SecretSource& secrets, Instant now, int hours);
/// Takes as long where there is no account.
bool code_fits(const store::Account* account, std::string_view code, Instant now);

/// Password void, known browsers forgotten, a new one-time code. The second factor stays unless it is dropped, and
/// `by` (an id, "console") puts the grants to sleep: who resets an account comes to nothing by it. From the console an
/// administrator's grants stay awake, since nobody might be left to confirm them.
Result<std::string> reset(Service& service, store::Store& store, store::Account& account, const std::string& by,
                          bool drop_second_factor, Instant at);
/// Wakes the grants that others than `by` put to sleep. Errors: grant_awake, grant_needs_another.
Status wake_grants(store::Account& account, const std::string& by);

/// Takes away all sessions of an account, but one.
Status end_sessions(store::Tx& tx, const store::Account& account, std::string_view but = {});

struct NewAccount {
  std::string login, name, phone;
  PlaceId place;
  std::vector<access::Grant> grants{};
};
struct MadeAccount {
  std::string id, code;
  Seq seq;
  bool replayed = false;   ///< made before by the same request; the code is not known any more
};
/// Errors: login_malformed, login_taken, field_missing (name), those of check_duties.
Result<MadeAccount> make_account(Service& service, store::Store& store, const Call& call, const NewAccount& wanted);

/// The roles of the programme's pack, else the standard ones.
std::shared_ptr<const access::Roles> roles_of(Service& service, const store::View& view);

}   // namespace gangmu::app
