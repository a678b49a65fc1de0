// SPDX-License-Identifier: Apache-2.0
// The history of a record as people read it, the latest first.
#pragma once

#include "app/json_body.hpp"
#include "app/records/desk.hpp"

namespace gangmu::app {

/// Members `history` and `earlier` (the cursor of the page before, or null). `cursor`: empty for the latest page.
Status history(JsonWriter& out, const Desk& desk, const record::Kind& kind, const record::RecordId& id,
               store::Database& database, std::string_view cursor, std::size_t page);

}   // namespace gangmu::app
