// SPDX-License-Identifier: Apache-2.0
// What `gangmu doctor` asks of a store besides its proof (verification.hpp): the pages, the clock, the disk.
#pragma once

#include <filesystem>

#include "base/date.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/system.hpp"

namespace gangmu::store {

/// SQLite: every page is read and its checksum verified. PostgreSQL: data checksums are on and none has failed since the
/// statistics began. Errors: page_damaged, checksums_off.
Status check_pages(Database& database);

/// The database server's clock; ours on SQLite.
Result<Instant> database_time(Database& database, const Clock& clock);

/// Median time of a small durable write in the folder. A disk that answers within microseconds keeps it in a cache: unless that has
/// a battery, a power cut takes what was acknowledged.
Result<double> sync_milliseconds(Files& files, const std::filesystem::path& folder);
inline constexpr double honest_sync_milliseconds = 0.05;

}  // namespace gangmu::store
