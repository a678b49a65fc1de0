// SPDX-License-Identifier: Apache-2.0
// Places with their dated attributes, appended and never changed: a row says how a place was from a day on, and the row
// of a later entry for the same place and day takes its place. So the frames of any day are known as they were known
// after any entry. The id never changes; code, name, parent and level may, from a date on.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/period.hpp"
#include "base/result.hpp"
#include "place/frames.hpp"
#include "store/database.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct PlaceRow {
  PlaceId home;   ///< county (or city) of the place on `valid_from`, as far as was known
  place::Place place;
  std::optional<Date> valid_to;   ///< last day; none: still valid. Before valid_from: withdrawn, it never held
  Json attributes;                ///< lon, lat, source, note: what is no part of place::Place; null when there are none
  Seq seq;
};
using PlaceRows = std::vector<PlaceRow>;   ///< in key order: all that were ever written

/// Under which homes a place's rows may lie: those of all the counties it ever was in, by any row.
class PlaceHomes {
 public:
  PlaceHomes() = default;
  explicit PlaceHomes(const PlaceRows& rows);
  /// In order; empty for a place that never changed its county: its home is the one of places::home_of.
  [[nodiscard]] const std::vector<PlaceId>& several(PlaceId place) const;
  [[nodiscard]] std::vector<PlaceId> of(PlaceId place, PlaceId by_rule) const;
  [[nodiscard]] const std::vector<PlaceId>& all() const { return all_; }   ///< every home a row can have, in order

 private:
  std::map<PlaceId, std::vector<PlaceId>> several_;
  std::vector<PlaceId> all_;
};

namespace places {

Status put(Tx& tx, const PlaceRow& row);   ///< seq is set from tx. Error: row_exists for a second of one entry
Result<PlaceRows> list(Tx& tx);            ///< what holds, one row a place and valid_from
/// The lowest id not yet used by any place.
Result<PlaceId> next_id(Tx& tx);

Result<PlaceRow> of_row(const Row& row);
Result<PlaceRows> load(Database& database);   ///< all rows
/// Those that held after an entry: one a place and valid_from, withdrawn ones left out.
PlaceRows as_of(const PlaceRows& rows, Seq seq = Seq{INT64_MAX});
/// Errors: those of place::Frames.
Result<std::shared_ptr<const place::Frames>> frames(const PlaceRows& rows, Seq seq = Seq{INT64_MAX});

/// The home of a cell nobody reported yet: the county of the place on the last day of the period, or on its own last or
/// first day when it was not there.
PlaceId home_of(const place::Frames& frames, PlaceId place, const Period& period);

}   // namespace places
}   // namespace gangmu::store
