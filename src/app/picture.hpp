// SPDX-License-Identifier: Apache-2.0
// What nearly every use case begins with: the right checked, the store found, one View taken, its programme at hand.
#pragma once

#include <memory>

#include "app/service.hpp"
#include "app/wire.hpp"
#include "store/store.hpp"
#include "store/view.hpp"

namespace gangmu::app {

struct Picture {
  store::Store* store = nullptr;
  std::shared_ptr<const store::View> view;
  access::Rights rights = {};   ///< of the one who asks
  /// Where the picture is one of an earlier seq: that of now, whose places the rights are about.
  std::shared_ptr<const store::View> now = {};

  [[nodiscard]] const Json& programme() const;   ///< body of the programme definition
  [[nodiscard]] bool synthetic() const { return programme()["synthetic"].boolean_or(false); }
  /// The place the pages open on: `focus`, else the root.
  [[nodiscard]] place::NodeIndex focus() const;
  [[nodiscard]] const place::Tree& tree() const { return *view->tree; }
  [[nodiscard]] const fact::Cube& cube() const { return *view->cube; }
  [[nodiscard]] wire::SourceName source_name() const;
  /// The name behind the actor of an entry or event (persons.hpp).
  [[nodiscard]] std::string actor_name(std::string_view actor) const;

  /// Of a code a place bears or bore. Error: unknown_place.
  [[nodiscard]] Result<place::NodeIndex> node(std::string_view code) const;
  /// The same for one who may: a place that is not theirs to see is told as one that is not there.
  [[nodiscard]] Result<place::NodeIndex> node(std::string_view code, Permission permission) const;
  [[nodiscard]] bool may(Permission permission, place::NodeIndex node) const { return rights.may(permission, node); }
  /// For a place in the tree of another day: as the places are now, or as they were then.
  [[nodiscard]] bool may(Permission permission, const place::Tree& then, place::NodeIndex node) const;
  /// Where the right is held: the focus when it reaches there, else the first place it is granted at.
  [[nodiscard]] place::NodeIndex seat(Permission permission) const;
  [[nodiscard]] Result<fact::IndicatorIndex> indicator(std::string_view code) const;   ///< error: unknown_indicator
};

/// Errors: not_signed_in, forbidden, unknown_programme, programme_undefined. `min_seq` in the query is waited for, 2 s
/// at most.
Result<Picture> picture(const Service& service, const Call& call, Permission permission);

/// Leave to act on an object that is seen. Error: forbidden_here, saying why not.
Status allowed(const access::Rights& rights, Permission permission, const access::Object& object);

/// The body of a store's programme definition; null before the first load.
const store::StoredDefinition* programme_of(const store::View& view);

}   // namespace gangmu::app
