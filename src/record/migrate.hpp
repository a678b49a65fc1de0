// SPDX-License-Identifier: Apache-2.0
// A kind goes to a narrower version (收窄): each record is written anew as that version holds it, by what its `map`
// says of what it can't hold. Nothing moves while one record can't be placed. What fits stays as it is and follows at
// its next act. Decided once and stored as events; replay runs no rule.
#pragma once

#include <string>
#include <vector>

#include "record/decide.hpp"

namespace gangmu::record {

/// One thing of a record that the next version can't hold, and where in `map` to say what becomes of it.
struct Unplaced {
  std::string field{};      ///< by name; "state"; of rows "works.note"; empty: a check over the whole record
  std::string zh{}, en{};   ///< its label
  std::string value{};      ///< as canonical JSON without quotes; empty: none
  std::string map{};        ///< "fields.total", "codes.matter", "states.told"
  Diagnostic why{};
};

/// `now` is the kind in the catalogue of before (`held`), `next` in that of after, which `world` holds. The event is
/// empty where the record fits as it stands. What can't be placed is added to `unplaced`, and no event given.
Result<Event> migrated(const Kind& now, const Catalogue& held, const Kind& next, const Record& record,
                       const World& world, std::vector<Unplaced>& unplaced);

}   // namespace gangmu::record
