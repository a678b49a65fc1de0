// SPDX-License-Identifier: Apache-2.0
// The way back from an upgrade. Before a migration changes the tables, the database and HEAD are copied to
// <folder>/schema-<n>, where n is the schema they have. The program of before opens them when both lie in the folder
// again, without gangmu.db-wal and gangmu.db-shm; batches/ only grows and keys are added only, so these stay as they
// are. What was written after the upgrade is not in the copy. How an operator does it: docs/install.md.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "store/database.hpp"
#include "store/system.hpp"

namespace gangmu::store {

std::filesystem::path aside_folder(const std::filesystem::path& folder, int schema);

/// SQLite only (PostgreSQL has pg_dump). HEAD comes last: where it is, the copy is whole. A copy of the same schema
/// made earlier is replaced. Precondition: nobody writes meanwhile. Errors: disk_full, page_damaged, file_failed, …
Status set_aside(Database& database, const std::filesystem::path& folder, int schema, Files& files);

}   // namespace gangmu::store
