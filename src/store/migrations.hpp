// SPDX-License-Identifier: Apache-2.0
// Numbered, forward migrations of the tables. Each step is one transaction that also notes how far it came, so an
// interrupted migration goes on where it stopped. Version 1 is the first schema, made by create_tables.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/batches.hpp"
#include "store/database.hpp"

namespace gangmu::store {

using MigrationStep = std::function<Status(Database&, Batches&)>;

struct Migration {
  int version = 0;   ///< what the schema is afterwards
  std::vector<MigrationStep> steps;
};

/// All there are, ascending, without gaps, from 1 to schema_version.
const std::vector<Migration>& migrations();

/// Applied version and the steps done of the one after it; (0, 0) for a database without tables.
struct MigrationState {
  int version = 0;
  int steps = 0;
  bool operator==(const MigrationState&) const = default;
};
Result<MigrationState> migration_state(Database& database);

/// Brings the tables to the last version. Error: schema_newer when they are beyond it; a step's own.
Status migrate(Database& database, Batches& batches, std::span<const Migration> all);

/// Notes of the store about itself: table meta.
Result<std::string> meta_value(Database& database, std::string_view name);   ///< empty when absent
Status set_meta_value(Database& database, std::string_view name, std::string_view value);

}   // namespace gangmu::store
