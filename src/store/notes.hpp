// SPDX-License-Identifier: Apache-2.0
// What commands beside the server found out about a store, left where the store is, so that every server of it can
// tell: in its folder (SQLite), in table meta (PostgreSQL). Notes are no part of the journal: a backup or a check
// changes nothing in the programme, and a restored store begins without them.
//
//   BACKUP  {"at","folder","seq","mark","bytes"}                       gangmu backup; mark: where the tables' digests
//   stand, 0: none DRILL   {"at","folder","seq","mark","tables","fault_zh","fault_en"}   gangmu restore --drill; faults
//   empty when it passed CHECK   {"at","seq","entries","tables","fault_zh","fault_en"}      gangmu doctor, gangmu audit
//   verify FILES   {"at","files","missing":["sha256:…"]}                  the server, monthly
//
// Instants are microseconds since 1970.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/json.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/system.hpp"

namespace gangmu::store {

inline constexpr std::string_view backup_note = "BACKUP", drill_note = "DRILL", check_note = "CHECK",
                                  files_note = "FILES";

/// Null when nothing was noted, or it can't be read: a note is worth a look, never a failure.
Json read_note(Database& database, const std::filesystem::path& folder, Files& files, std::string_view name);
/// Outside a transaction. The one before is replaced.
Status keep_note(Database& database, const std::filesystem::path& folder, Files& files, std::string_view name,
                 const Json& note);

}   // namespace gangmu::store
