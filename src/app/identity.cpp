// SPDX-License-Identifier: Apache-2.0
#include "app/identity.hpp"

#include <algorithm>
#include <charconv>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "base/digest.hpp"

namespace gangmu::app {
namespace {

/// "<home>.<64 hex digits>": the home finds the row, the digits are the secret.
std::optional<PlaceId> home_of(std::string_view token) {
  PlaceId home;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), home.value);
  const std::size_t rest = static_cast<std::size_t>(token.data() + token.size() - end);
  if (error != std::errc() || rest != 65 || *end != '.') return std::nullopt;
  return home;
}

/// Whether the session was not silent for too long. Only a request is a sign of life.
bool lively(Service& service, const Call& call, const std::string& session, Instant now, bool asks) {
  const int minutes = service.limits().session_idle_minutes;
  return asks ? service.presence().heard(session, call.peer, now, minutes)
              : service.presence().awake(session, now, minutes);
}

/// The account of a session that holds; nullptr when the session ended or was never there.
const store::Account* account_of(Service& service, const store::View& view, const Call& call, bool asks) {
  const auto home = home_of(call.token);
  if (!home) return nullptr;
  const store::Session* session = view.sessions.find({*home, session_id(call.token)});
  const Instant now = service.system().clock.now();
  if (!session || session->until <= now) return nullptr;
  const store::Account* account = view.accounts.find({*home, session->account});
  if (!account || account->state != account_active) return nullptr;
  return lively(service, call, session->id, now, asks) ? account : nullptr;
}

/// Grants of two duties, which no door gives: tables edited by hand, or a role whose duty another pack changed.
bool duties_meet(const access::Roles& roles, const std::vector<access::Grant>& grants, access::Duty duty) {
  return std::ranges::any_of(grants, [&](const access::Grant& grant) {
    const access::Role* role = roles.find(grant.role);
    return role && role->duty != duty;
  });
}

/// An administrator without a second factor may do nothing but set one up; whose duties meet may do nothing at all.
access::Rights rights_of(Service& service, const store::View& view, const store::Account& account) {
  auto roles = roles_of(service, view);
  const auto duty = duty_of(*roles, account);
  std::vector<access::Grant> grants = grants_of(account);
  const bool held_back =
      duty && ((access::administers(*duty) && !has_second_factor(account)) || duties_meet(*roles, grants, *duty));
  if (held_back) grants.clear();
  return access::Rights::of_account(std::move(roles), view.tree, std::move(grants), service.today());
}

Status stand_in(Service& service, const store::View& view, Call& call) {
  const store::Account* other = find_account(view, call.on_behalf);
  const auto denied = [] {
    const auto& facts = access::facts_of(Permission::act_on_behalf);
    return fail(errors::forbidden, {std::string(facts.zh), std::string(facts.en)});
  };
  if (!other || !may_stand_in(service, view, call.actor, *other)) return denied();
  call.actor.rights = rights_of(service, view, *other);
  call.actor.id += "/" + other->id;
  return {};
}

Status identified(Service& service, Call& call, bool asks) {
  call.actor = {};
  TRY_ASSIGN(store::Store * store, service.store(call.programme));
  const auto view = store->view();
  if (view->accounts.empty()) {
    if (call.at_machine) call.actor = Actor::local();
    return {};
  }
  if (call.token.empty()) return {};
  const store::Account* account = account_of(service, *view, call, asks);
  if (!account) return fail(errors::not_signed_in);
  call.actor = {.id = account->id,
                .rights = rights_of(service, *view, *account),
                .home = account->home,
                .account = account->id,
                .session = session_id(call.token)};
  return call.on_behalf.empty() ? Status() : stand_in(service, *view, call);
}

}   // namespace

std::string session_id(std::string_view token) {
  const Digest d = digest(token);
  return hex({reinterpret_cast<const char*>(d.bytes.data()), d.bytes.size()});
}

bool may_stand_in(Service& service, const store::View& view, const Actor& actor, const store::Account& other) {
  const access::Rights theirs = rights_of(service, view, other);
  const auto as_much = [&](Permission wanted, place::NodeIndex node) {
    return !theirs.holds(wanted) || actor.rights.may(wanted, node);
  };
  const auto within = [&](PlaceId place) {
    const place::NodeIndex node = view.tree->find(place);
    return node != place::no_node && actor.rights.may(Permission::act_on_behalf, node) &&
           std::ranges::all_of(
               access::permissions(), [&](Permission wanted) { return as_much(wanted, node); },
               &access::PermissionFacts::permission);
  };
  return other.id != actor.account && other.state != account_disabled && within(place_of(other)) &&
         std::ranges::all_of(grants_of(other), within, &access::Grant::place) &&
         duty_of(*roles_of(service, view), other) == access::Duty::business;
}

Status identify(Service& service, Call& call) { return identified(service, call, true); }
Status still_there(Service& service, Call& call) { return identified(service, call, false); }

Result<store::Answer> write(store::Store& store, const Call& call, store::Command command) {
  command.actor = call.actor.id;
  command.run = [&call, run = std::move(command.run)](store::Tx& tx) -> Result<Json> {
    if (!call.actor.session.empty()) {
      TRY_ASSIGN(const auto session, store::sessions::get(tx, call.actor.home, call.actor.session));
      if (!session) return fail(errors::not_signed_in);
    }
    return run(tx);
  };
  return store.write(std::move(command));
}

}   // namespace gangmu::app
