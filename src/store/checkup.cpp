// SPDX-License-Identifier: Apache-2.0
#include "store/checkup.hpp"

#include <algorithm>
#include <new>
#include <vector>

#include "base/json.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr int sync_trials = 15, writes_a_trial = 10;

Result<std::int64_t> one_number(Database& database, std::string_view sql) {
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  TRY(statement->step());
  const std::int64_t out = statement->integer(0);
  statement->reset();
  return out;
}

/// The first line is "ok", or what is wrong.
Status check_sqlite(Database& database) {
  TRY_ASSIGN(Statement * statement, database.prepare("PRAGMA quick_check(1)"));
  TRY(statement->step());
  const bool well = statement->text(0) == "ok";
  const std::string found(statement->text(0));
  statement->reset();
  return well ? Status{} : Status(fail(errors::page_damaged, {found, found}));
}

Status check_postgres(Database& database) {
  TRY_ASSIGN(const std::int64_t on,
             one_number(database, "SELECT (current_setting('data_checksums') = 'on')::int::bigint"));
  if (on == 0) return fail(errors::checksums_off);
  TRY_ASSIGN(const std::int64_t failures,
             one_number(database,
                        "SELECT coalesce(sum(checksum_failures), 0)::bigint FROM pg_stat_database "
                        "WHERE datname = current_database()"));
  const std::string n = std::to_string(failures);
  return failures == 0 ? Status{}
                       : Status(fail(errors::page_damaged, {"PostgreSQL 记有 " + n + " 次页校验失败",
                                                            "PostgreSQL counts " + n + " checksum failures"}));
}

}   // namespace

Status check_pages(Database& database) {
  return database.engine() == Engine::sqlite ? check_sqlite(database) : check_postgres(database);
}

Result<Instant> database_time(Database& database, const Clock& clock) {
  if (database.engine() == Engine::sqlite) return clock.now();
  TRY_ASSIGN(const std::int64_t micros,
             one_number(database, "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"));
  return Instant{micros};
}

Result<double> sync_milliseconds(Files& files, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "doctor.tmp";
  const std::string block(4096, '\0');
  TRY(files.write_durably(file, block));
  std::vector<double> took;
  Status done;
  for (int trial = 0; trial < sync_trials && done; ++trial) {
    const long long begin = monotonic_milliseconds();
    for (int i = 0; i < writes_a_trial && done; ++i) done = files.write_at(file, 0, block);
    took.push_back(static_cast<double>(monotonic_milliseconds() - begin) / writes_a_trial);
  }
  TRY(files.remove(file));
  TRY(done);
  std::nth_element(took.begin(), took.begin() + sync_trials / 2, took.end());
  return took[sync_trials / 2];
}

std::filesystem::path stop_note(const Config& config) { return config.folder / "STOPPED"; }

void note_stop(Files& files, const Config& config, Instant at, const Error& fault) {
  try {
    Json note;
    note.set("at", at.micros);
    note.set("fault_zh", fault.text(Language::zh));
    note.set("fault_en", fault.text(Language::en));
    (void)files.write(stop_note(config), note.canonical() + "\n", 0600);
  } catch (const std::bad_alloc&) {   // /health tells it all the same
  }
}

std::optional<Stop> noted_stop(Files& files, const Config& config) {
  const auto bytes = files.read(stop_note(config));
  if (!bytes) return std::nullopt;
  const auto note = Json::parse(*bytes);   // cut short by the fault it tells of: that it is there says enough
  return note ? Stop{Instant{(*note)["at"].integer_or(0)}, (*note)["fault_zh"].string_or(""),
                     (*note)["fault_en"].string_or("")}
              : Stop{};
}

}   // namespace gangmu::store
