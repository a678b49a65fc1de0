// SPDX-License-Identifier: Apache-2.0
#include "access/duty.hpp"

#include "access/errors.hpp"

namespace gangmu::access {
namespace {

std::string names_of(const Roles& roles) {
  std::string out;
  for (const Role& role : roles.list()) out += (out.empty() ? "" : ", ") + role.id;
  return out;
}

}   // namespace

Status check_duties(const Roles& roles, std::span<const Grant> grants) {
  const Role* first = nullptr;
  for (const Grant& grant : grants) {
    const Role* role = roles.find(grant.role);
    if (!role) return fail(errors::role_unknown, {grant.role, names_of(roles)});
    if (!first) first = role;
    if (role->duty != first->duty)
      return fail(errors::duties_meet, {std::string(duty_name(first->duty)), std::string(duty_name(role->duty))});
  }
  return {};
}

}   // namespace gangmu::access
