// SPDX-License-Identifier: Apache-2.0
#include "access/permission.hpp"

#include <algorithm>
#include <array>

namespace gangmu::access {
namespace {

constexpr PermissionFacts all[] = {
#define GANGMU_PERMISSION(name, duty, zh, en) {Permission::name, #name, Duty::duty, zh, en},
    GANGMU_PERMISSIONS(GANGMU_PERMISSION)
#undef GANGMU_PERMISSION
};

constexpr std::array<std::string_view, 6> duty_names = {"anyone", "everyone", "business",
                                                        "system", "security", "audit"};

}   // namespace

std::string_view duty_name(Duty duty) { return duty_names[static_cast<std::size_t>(duty)]; }

std::optional<Duty> duty_of(std::string_view name) {
  const auto found = std::ranges::find(duty_names, name);
  if (found == duty_names.end()) return std::nullopt;
  return static_cast<Duty>(found - duty_names.begin());
}

std::span<const PermissionFacts> permissions() { return all; }

const PermissionFacts& facts_of(Permission permission) { return all[static_cast<std::size_t>(permission)]; }

std::string_view permission_name(Permission permission) { return facts_of(permission).name; }

std::optional<Permission> permission_of(std::string_view name) {
  const auto found = std::ranges::find(all, name, &PermissionFacts::name);
  return found == std::end(all) ? std::nullopt : std::optional(found->permission);
}

}   // namespace gangmu::access
