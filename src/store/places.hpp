// SPDX-License-Identifier: Apache-2.0
// Places with their dated attributes: one row a place and valid_from. The id and home never change; code, name, parent
// may, from a date on. The current frame is made of the rows that have no end.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "place/tree.hpp"
#include "store/database.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct PlaceRow {
  PlaceId home;
  place::Place place;
  std::optional<Date> valid_to;   ///< last day; none: still valid
  Json attributes;                ///< lon, lat, source, note: what is no part of place::Place; null when there are none
  Seq seq;
};
using PlaceRows = std::vector<PlaceRow>;   ///< in key order

namespace places {

Status put(Tx& tx, const PlaceRow& row);   ///< seq is set from tx
Result<PlaceRows> list(Tx& tx);
/// The lowest id not yet used by any place.
Result<PlaceId> next_id(Tx& tx);

Result<PlaceRow> of_row(const Row& row);
Result<PlaceRows> load(Database& database);
/// The tree of the rows valid on a date, or without an end. An empty list gives an empty tree. Errors: those of
/// Tree::build.
Result<std::shared_ptr<const place::Tree>> frame(const PlaceRows& rows, std::optional<Date> on = std::nullopt);

}   // namespace places
}   // namespace gangmu::store
