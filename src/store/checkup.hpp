// SPDX-License-Identifier: Apache-2.0
// What `gangmu doctor` asks of a store besides its proof (verification.hpp): the pages, the clock, the disk.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/result.hpp"
#include "store/config.hpp"
#include "store/database.hpp"
#include "store/system.hpp"

namespace gangmu::store {

/// SQLite: every page is read and its checksum verified. PostgreSQL: data checksums are on and none has failed since
/// the statistics began. Errors: page_damaged, checksums_off.
Status check_pages(Database& database);

/// The database server's clock; ours on SQLite.
Result<Instant> database_time(Database& database, const Clock& clock);

/// Median time of a small durable write in the folder. A disk that answers within microseconds keeps it in a cache:
/// unless that has a battery, a power cut takes what was acknowledged.
Result<double> sync_milliseconds(Files& files, const std::filesystem::path& folder);
inline constexpr double honest_sync_milliseconds = 0.05;

/// Left in the folder when a fault on this machine stopped writing for good, for who looks at the store from outside;
/// gone when a server opens it again. Best effort: the disk may be what broke.
std::filesystem::path stop_note(const Config& config);
void note_stop(Files& files, const Config& config, Instant at, const Error& fault);
struct Stop {
  Instant at;
  std::string fault_zh, fault_en;
};
std::optional<Stop> noted_stop(Files& files, const Config& config);

}   // namespace gangmu::store
