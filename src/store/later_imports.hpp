// SPDX-License-Identifier: Apache-2.0
// Imports a reader's View may not have yet.
#pragma once

#include <string_view>
#include <vector>

#include "store/imports.hpp"

namespace gangmu::store::imports {

/// Those of a home in one state that an entry after `seq` wrote, by their ids.
Result<std::vector<ImportBatch>> later(Database& database, PlaceId home, std::string_view state, Seq seq);

}   // namespace gangmu::store::imports
