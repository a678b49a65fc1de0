// SPDX-License-Identifier: Apache-2.0
// Observations: appended, never changed. For each home × indicator × place × period `observation_current` points at the
// one that counts and repeats its value, so that a View is built from one scan. Which one counts is a pure rule
// (`outranks`): the source that stands higher in the declared precedence; among equals the later entry; within one
// entry the source, then the version, that sorts last.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "fact/observation.hpp"
#include "store/database.hpp"
#include "store/places.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

/// Rank of each source, 0 highest. A source without a rank stands below all that have one.
using Precedence = std::map<std::string, int, std::less<>>;

/// What the rule looks at in an observation.
struct Claim {
  int rank;
  Seq seq;
  std::string_view source;
  int version;
};
int rank_of(std::string_view source, const Precedence& precedence);
/// True when `challenger` takes the place of `holder`. Of any two different claims one does.
bool outranks(const Claim& challenger, const Claim& holder);
bool outranks(const fact::Observation& challenger, const fact::Observation& holder, const Precedence& precedence);

/// The cell an observation belongs to.
struct CellKey {
  PlaceId home;
  IndicatorCode indicator;
  PlaceId place;
  Period period;
  auto operator<=>(const CellKey&) const = default;
};

namespace observations {

/// Adds one; its seq is set from tx. Error: row_exists when this entry already holds one for the same key and source.
Status append(Tx& tx, PlaceId home, fact::Observation observation, const Precedence& precedence);

struct Homed {
  PlaceId home;
  fact::Observation observation;
};
/// The same for many at once; the order of the list does not matter.
Status append_all(Tx& tx, std::vector<Homed> all, const Precedence& precedence);

/// Where the cell of an observation lies: a correction takes the home its cell has, a first report that of
/// places::home_of.
Result<PlaceId> home_of(Tx& tx, const fact::Observation& observation, const place::Frames& frames,
                        const PlaceHomes& homes);

/// What counts now; nullopt when nothing was ever reported.
Result<std::optional<fact::Observation>> current(Tx& tx, const CellKey& cell);

/// All observations of a cell known at `as_of`, oldest entry first. For reads: run it on a read connection.
Result<std::vector<fact::Observation>> history(Database& database, const CellKey& cell, Seq as_of);
/// All observations of an indicator known at `as_of` whose home is given, in key order (place, period, seq).
Result<std::vector<fact::Observation>> of_indicator(Database& database, PlaceId home, const IndicatorCode& indicator,
                                                    Seq as_of);
/// What counted among them.
std::optional<fact::Observation> pick(std::span<const fact::Observation> history, const Precedence& precedence);

}   // namespace observations
}   // namespace gangmu::store
