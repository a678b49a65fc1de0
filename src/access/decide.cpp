// SPDX-License-Identifier: Apache-2.0
#include "access/decide.hpp"

#include <algorithm>

namespace gangmu::access {
namespace {

bool reaches(const place::Tree& tree, const Grant& grant, Reach reach, place::NodeIndex node) {
  if (reach == Reach::all) return true;
  const place::NodeIndex base = tree.find(grant.place);
  if (base == place::no_node || tree.size() == 0)
    return false;   // the place is no more: the grant has to be given anew
  if (node == place::no_node) node = 0;
  return tree.within(node, base) || (reach == Reach::above && tree.within(base, node));
}

bool in_line(const Grant& grant, const Right& right, const Object& object) {
  return grant.line.empty() || right.any_line || std::ranges::find(object.lines, grant.line) != object.lines.end();
}

bool in_state(const Right& right, const Object& object) {
  return right.states.empty() || object.state.empty() ||
         std::ranges::find(right.states, object.state) != right.states.end();
}

bool expired(const Grant& grant, Date today) { return grant.until && *grant.until < today; }

Verdict of_right(const place::Tree& tree, const Grant& grant, Date today, const Right& right, const Object& object) {
  if (expired(grant, today)) return Verdict::expired;
  if (!reaches(tree, grant, right.reach, object.node)) return Verdict::elsewhere;
  if (!in_line(grant, right, object)) return Verdict::other_line;
  return in_state(right, object) ? Verdict::yes : Verdict::other_state;
}

}   // namespace

Verdict decide(const Roles& roles, const place::Tree& tree, std::span<const Grant> grants, Date today,
               Permission permission, const Object& object) {
  Verdict best = Verdict::no_role;
  for (const Grant& grant : grants) {
    const Role* role = roles.find(grant.role);
    if (!role) continue;
    for (const Right& right : role->may) {
      if (right.permission == permission) best = std::max(best, of_right(tree, grant, today, right, object));
    }
  }
  return best;
}

Rights Rights::of_the_machine() {
  Rights out;
  out.kind_ = Kind::machine;
  return out;
}

Rights Rights::of_the_console() {
  Rights out;
  out.kind_ = Kind::console;
  return out;
}

/// Whoever sits at a machine without accounts does the programme's work; only the console makes the first
/// administrators.
bool Rights::machine_may(Duty duty) const {
  return kind_ == Kind::console || (kind_ == Kind::machine && !administers(duty));
}

Rights Rights::of_account(std::shared_ptr<const Roles> roles, std::shared_ptr<const place::Tree> tree,
                          std::vector<Grant> grants, Date today) {
  Rights out;
  out.kind_ = Kind::account;
  out.roles_ = std::move(roles);
  out.tree_ = std::move(tree);
  out.grants_ = std::move(grants);
  out.today_ = today;
  return out;
}

Verdict Rights::verdict(Permission permission, const Object& object) const {
  static const place::Tree none;   // only an account has one
  return verdict_in(tree_ ? *tree_ : none, grants_, permission, object);
}

bool Rights::may_then(Permission permission, const place::Tree& then, place::NodeIndex node) const {
  std::vector<Grant> standing;   // one for a place that is no more has to be given anew
  for (const Grant& grant : grants_) {
    if (tree_ && tree_->find(grant.place) != place::no_node) standing.push_back(grant);
  }
  return verdict_in(then, standing, permission, Object{.node = node}) == Verdict::yes;
}

Verdict Rights::verdict_in(const place::Tree& tree, std::span<const Grant> grants, Permission permission,
                           const Object& object) const {
  const Duty duty = facts_of(permission).duty;
  if (duty == Duty::anyone || machine_may(duty)) return Verdict::yes;
  if (kind_ != Kind::account) return Verdict::no_role;
  if (duty == Duty::everyone) return Verdict::yes;
  return decide(*roles_, tree, grants, today_, permission, object);
}

bool Rights::holds(Permission permission) const {
  const Duty duty = facts_of(permission).duty;
  if (duty == Duty::anyone || machine_may(duty)) return true;
  if (kind_ != Kind::account) return false;
  if (duty == Duty::everyone) return true;
  return std::ranges::any_of(grants_, [&](const Grant& grant) {
    const Role* role = expired(grant, today_) ? nullptr : roles_->find(grant.role);
    return role && std::ranges::any_of(role->may, [&](const Right& right) { return right.permission == permission; });
  });
}

}   // namespace gangmu::access
