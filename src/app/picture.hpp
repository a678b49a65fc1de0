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

  [[nodiscard]] const Json& programme() const;               ///< body of the programme definition
  [[nodiscard]] bool synthetic() const { return programme()["synthetic"].boolean_or(false); }
  /// The place the pages open on: `focus`, else the root.
  [[nodiscard]] place::NodeIndex focus() const;
  [[nodiscard]] const place::Tree& tree() const { return *view->tree; }
  [[nodiscard]] const fact::Cube& cube() const { return *view->cube; }
  [[nodiscard]] wire::SourceName source_name() const;

  [[nodiscard]] Result<place::NodeIndex> node(std::string_view code) const;               ///< error: unknown_place
  [[nodiscard]] Result<fact::IndicatorIndex> indicator(std::string_view code) const;      ///< error: unknown_indicator
};

/// Errors: forbidden, unknown_programme, programme_undefined. `min_seq` in the query is waited for, 2 s at most.
Result<Picture> picture(const Service& service, const Call& call, Permission permission);

/// The body of a store's programme definition; null before the first load.
const store::StoredDefinition* programme_of(const store::View& view);

}  // namespace gangmu::app
