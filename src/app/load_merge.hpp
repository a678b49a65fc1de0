// SPDX-License-Identifier: Apache-2.0
// What a load will do: the store's pack beside the incoming one, object by object, and of the figures those that are
// new. What would change nothing is told as unchanged, and figures the pack no longer has are named: they stay.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "app/load.hpp"

namespace gangmu::app {

struct Merge {
  pack::LoadPlan plan;
  std::vector<std::vector<const fact::Observation*>> rounds;   ///< of the pack: first reports, then revisions
  std::size_t observations = 0;
  std::vector<Definition> kinds;   ///< of the pack, as they would be published (pack_kinds.hpp)
};

/// All versions a pack brings of a definition: of `kinds`, or as they stand in the pack.
std::span<const Definition> versions_in(const pack::Pack& pack, const std::vector<Definition>& kinds,
                                        const pack::ObjectKey& key);

/// Shape: `pack` outlives the answer. Error: load_other_programme, and those of the store.
Result<Merge> merge_of(store::Store& store, const pack::Pack& pack, const LoadOptions& options);

/// The stored rows a place of a pack stands for: by its code, by one it had before, or by that of a place that ended.
std::map<PlaceId, PlaceId> known_places(const pack::Pack& pack, const store::PlaceRows& rows);

/// The rows that make the store's versions of a place those of the pack; empty when they are. What stood before the
/// pack's first version stays.
struct PlaceChange {
  place::Place place;   ///< ids are the store's
  std::optional<Date> valid_to;
  Json attributes;
};
std::vector<PlaceChange> place_changes(const pack::Pack& pack, const place::Place& place,
                                       const std::map<PlaceId, PlaceId>& ids,
                                       const std::vector<const store::PlaceRow*>& stored);

/// The versions of one definition that have to be published, in order; empty when the store says the same.
std::span<const Definition> new_versions(const store::Definitions::Versions& stored,
                                         std::span<const Definition> packed);

}   // namespace gangmu::app
