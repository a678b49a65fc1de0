// SPDX-License-Identifier: Apache-2.0
// Roles (角色): what each may do, how far it reaches from the place it is granted at, and in which states of a record.
//
//   id: roles                              (roles.yaml of a pack; a definition, so versioned like every other)
//   roles:
//     - id: town_clerk
//       duty: business                     (business, system, security, audit)
//       name_zh: 镇街填报员
//       name_en: Town clerk
//       may:
//         - permission: report_progress
//           reach: own                     (own: the place and below; above: also those it lies in; all: the whole
//           programme) states: [open, waiting]        (absent: any) any_line: true                 (holds outside the
//           line (条) of the grant as well)
//
// Rights of the duty `everyone` come with any account and stand in no role.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/permission.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

namespace gangmu::access {

enum class Reach : unsigned char { own, above, all };
std::string_view reach_name(Reach reach);

struct Right {
  Permission permission = Permission::read_public;
  Reach reach = Reach::own;
  std::vector<std::string> states{};   ///< empty: any
  bool any_line = false;
};

struct Role {
  std::string id;
  Duty duty = Duty::business;
  std::string name_zh, name_en;
  std::vector<Right> may;
};

class Roles {
 public:
  Roles() = default;
  /// Where a JSON pointer of the document stands, for messages.
  using At = std::function<Position(std::string_view pointer)>;
  /// All faults at once: role_malformed, role_twice, permission_unknown, permission_of_other_duty, duty_without_role.
  static Result<Roles> read(
      const Json& document, const At& at = [](std::string_view) { return Position{}; });

  [[nodiscard]] const Role* find(std::string_view id) const;   ///< nullptr when there is none
  [[nodiscard]] const std::vector<Role>& list() const { return roles_; }

 private:
  std::vector<Role> roles_;
};

/// The roles of a programme whose pack brings none of its own.
const Roles& standard_roles();
Json standard_roles_document();

}   // namespace gangmu::access
