// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include <charconv>

#include "store/errors.hpp"
#include "store/journal.hpp"

namespace gangmu::store {
namespace {

constexpr std::string_view noted_under = "schema";   ///< "<version>.<steps of the next one>"

int number(std::string_view text) {
  int n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

Status run_step(Database& database, Batches& batches, const MigrationStep& step, MigrationState after) {
  TRY(database.begin_write());
  Status done = step(database, batches);
  if (done)
    done = set_meta_value(database, noted_under, std::to_string(after.version) + "." + std::to_string(after.steps));
  if (done) return database.commit();
  database.rollback();
  return done;
}

MigrationStep without_batches(Status (*step)(Database&)) {
  return [step](Database& database, Batches&) { return step(database); };
}

/// The table of places kept the last state of each dated row; now it keeps all of them, as the journal brought them.
Status keep_states_of_places(Database& database, Batches& batches) {
  TRY(database.exec(R"(DROP TABLE "place")"));
  TRY(create_missing_tables(database));
  TRY_ASSIGN(const Seq last, last_seq(database));
  std::vector<Row> rows;
  const auto take = [&](const RowChange& change) -> Status {
    rows.push_back(change.row);
    return {};
  };
  TRY(read_journal(database, Seq{}, last,
                   [&](const JournalRow& row) { return for_each_row(row.entry, batches, take, &table::place); }));
  return rows.empty() ? Status{} : database.write_rows(table::place, rows, true);
}

/// Keys kept what was asked and answered beside them; now they name the entry, where it stands as well.
Status shorten_request_keys(Database& database) {
  for (const char* index : {"request_key_home_at", "request_key_home_seq"})   // the latter where it was just made
    TRY(database.exec(R"(DROP INDEX IF EXISTS ")" + std::string(index) + "\""));
  TRY(database.exec(R"(ALTER TABLE "request_key" RENAME TO "request_key_before")"));
  TRY(create_table(database, table::request_key));
  TRY(database.exec(R"(INSERT INTO "request_key" ("home","actor","key","seq") )"
                    R"(SELECT "home","actor","key","seq" FROM "request_key_before")"));
  return database.exec(R"(DROP TABLE "request_key_before")");
}

}   // namespace

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all{
      {1, {without_batches(create_tables)}},
      {2, {without_batches(create_missing_tables)}},   // accounts, sessions, servers
      {3, {keep_states_of_places}},
      {4, {without_batches(create_missing_tables)}},                                          // records
      {5, {without_batches(shorten_request_keys), without_batches(create_missing_tables)}},   // files
  };
  return all;
}

Result<MigrationState> migration_state(Database& database) {
  TRY_ASSIGN(const bool some, has_table(database, table::meta.name));
  if (!some) return MigrationState{};
  TRY_ASSIGN(const std::string noted, meta_value(database, noted_under));
  const std::size_t dot = noted.find('.');
  if (dot == std::string::npos) return MigrationState{};
  return MigrationState{number(std::string_view(noted).substr(0, dot)),
                        number(std::string_view(noted).substr(dot + 1))};
}

Status migrate(Database& database, Batches& batches, std::span<const Migration> all) {
  TRY_ASSIGN(const MigrationState state, migration_state(database));
  if (!all.empty() && state.version > all.back().version)
    return fail(errors::schema_newer, {std::to_string(state.version), std::to_string(all.back().version)});
  for (const Migration& migration : all) {
    if (migration.version <= state.version) continue;
    const int steps = static_cast<int>(migration.steps.size());
    for (int i = migration.version == state.version + 1 ? state.steps : 0; i < steps; ++i) {
      const MigrationState after =
          i + 1 == steps ? MigrationState{migration.version, 0} : MigrationState{migration.version - 1, i + 1};
      TRY(run_step(database, batches, migration.steps[static_cast<std::size_t>(i)], after));
    }
  }
  return {};
}

Result<std::string> meta_value(Database& database, std::string_view name) {
  std::string value;
  TRY(scan_rows(database, table::meta, {std::string(name)}, [&](Row&& row) -> Status {
    value = std::get<std::string>(row[1]);
    return {};
  }));
  return value;
}

Status set_meta_value(Database& database, std::string_view name, std::string_view value) {
  const Row row{std::string(name), std::string(value)};
  return database.write_rows(table::meta, std::span(&row, 1), true);
}

}   // namespace gangmu::store
