// SPDX-License-Identifier: Apache-2.0
// A backup made into a store again, as of any entry it holds. The restored store begins a new epoch: its first entry,
// "restore", names the head it was restored to and the head of the old line, so that nobody takes the one for the other
// and heads exported from the old line are recognised as left behind.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "store/backup.hpp"
#include "store/config.hpp"

namespace gangmu::store {

/// Where to go back to.
struct EverythingThere {};
struct AsOf {
  Instant at;   ///< the last entry not after it
};
struct BeforeImport {
  std::string id;   ///< the last entry before this import was confirmed
};
using RestorePoint = std::variant<EverythingThere, Seq, AsOf, BeforeImport>;

/// An accepted act that lies after the point and is not in the restored store.
struct LaterAct {
  Seq seq;
  Instant at;
  std::string actor, act;
};

struct Restored {
  Seq seq;                  ///< the last entry taken over; the "restore" entry is the next
  std::int64_t epoch = 0;   ///< the new one
  std::vector<LaterAct> later;
};

using Told = std::function<void(Seq done, Seq total)>;

/// Errors: restore_point_missing, and those of reading.
Result<Seq> find_point(Backup& backup, const Manifest& manifest, const RestorePoint& point);

/// Into an absent folder or an empty schema. The keys are in config.key_folder already, or new ones are made there
/// (then personal fields can't be read any more and the seal of the backup is not checked). Errors: store_exists,
/// backup_damaged, batch_missing, journal_broken, …
Result<Restored> restore(Backup& backup, const RestorePoint& point, const Config& config, const Clock& clock,
                         SecretSource& secrets, Files& files, const Told& told = {});

struct Drill {
  Seq seq;    ///< all of the backup was read up to here
  Seq mark;   ///< where the tables were compared
  std::int64_t tables = 0;
};
/// Proves a backup: replays it beside everything (SQLite in memory), compares all tables at its mark, goes on to its
/// end. `key`: the content of head.key; "" leaves the seal unchecked. Errors: drill_differs, backup_damaged, …
Result<Drill> drill(Backup& backup, std::string_view key, const Told& told = {});

}   // namespace gangmu::store
