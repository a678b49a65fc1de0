// SPDX-License-Identifier: Apache-2.0
// Opening records of a pack in a store and out of it. A record a pack brought remembers its number there, by which the
// next load and the export find it.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pack/lock.hpp"
#include "pack/pack.hpp"
#include "record/kind.hpp"
#include "store/store.hpp"
#include "store/view.hpp"

namespace gangmu::app {

/// A pack beside the store it goes into.
struct OpeningRecords {
  const pack::Pack& pack;
  const record::Catalogue& kinds;             ///< as they stand with what was loaded
  const place::Tree& tree;                    ///< of now
  const std::map<PlaceId, PlaceId>& places;   ///< provisional → the store's
  std::vector<PlaceId> homes{};               ///< all there are
};

/// Writes the rows among `taken`: what is new begins in the state it names, what is there becomes what the row says.
/// Errors: those of record::decide with the file of the row; key_taken.
Status write_opening_records(store::Tx& tx, const OpeningRecords& all, const std::set<pack::ObjectKey>& taken);

/// What packs brought, as rows of Pack::records; void ones are left out. `code`: of a place of the store.
Result<std::map<std::string, std::vector<Json>>> opening_records(store::Store& store, const store::View& view,
                                                                 const std::function<std::string(PlaceId)>& code);

}   // namespace gangmu::app
