// SPDX-License-Identifier: Apache-2.0
// The one decision: an account's grants, the roles they name, the tree as it is today, and what is asked. A grant holds
// for the subtree of its place (wider where the role says so), for one line (条: a department) or all, until a day.
// Nothing is allowed that no grant allows; more grants never allow less.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.hpp"
#include "base/date.hpp"
#include "base/ids.hpp"
#include "place/tree.hpp"

namespace gangmu::access {

struct Grant {
  std::string role;
  PlaceId place;
  std::string line{};            ///< a department as tasks and indicators name it; empty: all
  std::optional<Date> until{};   ///< last day; nothing: until taken back
  auto operator<=>(const Grant&) const = default;
};

/// What is acted on. No node: the programme as a whole, which is its root. No state: whatever state it is in.
struct Object {
  place::NodeIndex node = place::no_node;
  std::span<const std::string_view> lines{};
  std::string_view state{};
};

/// The furthest any grant came; `yes` only when one came through.
enum class Verdict : unsigned char { no_role, expired, elsewhere, other_line, other_state, yes };

Verdict decide(const Roles& roles, const place::Tree& tree, std::span<const Grant> grants, Date today,
               Permission permission, const Object& object);

/// What one who acts may do, on one View. Cheap to copy and to ask.
class Rights {
 public:
  Rights() = default;               ///< of one who has not signed in: `anyone` only
  static Rights of_the_machine();   ///< of the person sitting there while nobody has an account
  static Rights of_the_console();   ///< of the command line: everything
  static Rights of_account(std::shared_ptr<const Roles> roles, std::shared_ptr<const place::Tree> tree,
                           std::vector<Grant> grants, Date today);
  [[nodiscard]] bool signed_in() const { return kind_ != Kind::nobody; }

  [[nodiscard]] Verdict verdict(Permission permission, const Object& object) const;
  [[nodiscard]] bool may(Permission permission, const Object& object) const {
    return verdict(permission, object) == Verdict::yes;
  }
  [[nodiscard]] bool may(Permission permission, place::NodeIndex node) const {
    return may(permission, Object{.node = node});
  }
  /// The same for a place in the tree of another day: the decision as that day's tree gives it.
  [[nodiscard]] bool may_then(Permission permission, const place::Tree& then, place::NodeIndex node) const;
  /// Somewhere, in some state.
  [[nodiscard]] bool holds(Permission permission) const;
  [[nodiscard]] std::span<const Grant> grants() const { return grants_; }

 private:
  enum class Kind : unsigned char { nobody, account, machine, console };
  [[nodiscard]] bool machine_may(Duty duty) const;
  [[nodiscard]] Verdict verdict_in(const place::Tree& tree, std::span<const Grant> grants, Permission permission,
                                   const Object& object) const;
  Kind kind_ = Kind::nobody;
  std::shared_ptr<const Roles> roles_;
  std::shared_ptr<const place::Tree> tree_;
  std::vector<Grant> grants_;
  Date today_;
};

}   // namespace gangmu::access
