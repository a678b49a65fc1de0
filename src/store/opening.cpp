// SPDX-License-Identifier: Apache-2.0
#include "store/opening.hpp"

#include <algorithm>

#include "store/errors.hpp"
#include "store/migrations.hpp"
#include "store/page_shim.hpp"
#include "store/set_aside.hpp"
#include "store/wal_log.hpp"

namespace gangmu::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_bytes = 32, id_bytes = 16;
constexpr std::string_view writer_note_sql = R"(SELECT "writer" FROM "epoch" ORDER BY "number" DESC LIMIT 1)";

fs::path database_file(const Config& config) { return config.folder / "gangmu.db"; }
fs::path head_file(const Config& config) { return config.folder / "HEAD"; }
fs::path key_file(const Config& config) { return config.key_folder / "head.key"; }
/// There since every page of the store carries a sum under the key. Beside the key and not in HEAD: who can put back an
/// old HEAD must not bring back the days when any sum would do.
fs::path sums_file(const Config& config) { return config.key_folder / "pages.keyed"; }

Status check_key_folder(const Config& config) {
  const fs::path data = fs::weakly_canonical(config.folder), keys = fs::weakly_canonical(config.key_folder);
  const auto [end, rest] = std::mismatch(data.begin(), data.end(), keys.begin(), keys.end());
  return end == data.end() ? Status(fail(errors::key_inside_folder, {keys.string()})) : Status{};
}

Status make_key(const Config& config, SecretSource& secrets, Files& files) {
  TRY(files.make_folder(config.key_folder));
  if (files.exists(key_file(config))) return {};
  return files.write_durably(key_file(config), hex(secrets.bytes(key_bytes)) + "\n", 0600);
}

Result<std::string> read_key(const Config& config, Files& files) {
  const std::string file = key_file(config).string();
  auto key = files.read(file);
  if (!key)
    return key.error().is(errors::file_missing) ? Result<std::string>(fail(errors::key_file_missing, {file})) : key;
  if (key->size() == 2 * key_bytes + 1) return key;
  const std::string wanted = std::to_string(2 * key_bytes), size = std::to_string(key->size());
  return fail(errors::key_file_unreadable,
              {file, "应为 " + wanted + " 位十六进制数和一个换行，现有 " + size + " 字节",
               "it must hold " + wanted + " hexadecimal digits and a line end, it has " + size + " bytes"});
}

/// From now on pages without a sum under the key are damage.
Status keep_to_keyed_sums(const Config& config, std::string_view key, Files& files) {
  set_page_key(database_file(config), key, false);
  return files.exists(sums_file(config)) ? Status{} : files.write_durably(sums_file(config), "1\n", 0600);
}

/// A store of before the files were made for their owner alone.
void own_alone(const Config& config) {
  const fs::perms wanted = fs::perms::owner_read | fs::perms::owner_write;
  for (const char* more : {"", "-wal", "-shm"}) {
    std::error_code not_there;
    fs::permissions(database_file(config).string() + more, wanted, not_there);
  }
}

/// Before the database is opened: what its sums are made of. A store of before there were keyed sums gets them here,
/// once; `renew` false: it is only looked at, and read as it is.
Status prepare_sums(const Config& config, std::string_view key, bool renew, Files& files) {
  if (config.engine != Engine::sqlite) return {};
  if (renew) own_alone(config);
  if (files.exists(sums_file(config))) return keep_to_keyed_sums(config, key, files);
  set_page_key(database_file(config), key, true);
  if (!renew) return {};
  if (!files.exists(database_file(config))) return {};   // told as what it is
  TRY(renew_page_sums(database_file(config)));
  return keep_to_keyed_sums(config, key, files);
}

Result<std::string> one_text(Database& database, std::string_view sql) {
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  TRY_ASSIGN(const bool some, statement->step());
  std::string value = some && !statement->is_null(0) ? std::string(statement->text(0)) : std::string();
  statement->reset();
  return value;
}

constexpr std::string_view writer_lock = "(hashtext('gangmu writer'), hashtext(current_schema()))";

Status check_cluster(Database& database, const Config& config) {
  if (config.engine != Engine::postgres) return {};
  TRY_ASSIGN(const std::string checksums, one_text(database, "SELECT current_setting('data_checksums')"));
  return config.require_checksums && checksums != "on" ? Status(fail(errors::checksums_off)) : Status{};
}

/// Takes the writer's lock of the database, or says who holds it. A writer that has just closed lets go of it a moment
/// later: wait for that one, but not for one that goes on.
Status claim(Database& database, const Config& config) {
  if (config.engine != Engine::postgres) return {};
  TRY(database.exec("SET lock_timeout = '3s'"));
  const Status locked = database.exec("SELECT pg_advisory_lock" + std::string(writer_lock));
  if (!locked && database.broken()) return locked;
  if (!locked) {
    const auto note = writer_note(database);
    return fail(errors::writer_elsewhere, {note ? note->shown() : std::string()});
  }
  return database.exec("SET lock_timeout = 0");
}

/// A server that does not write can't migrate; it waits for one that does.
Status check_schema(const MigrationState& state) {
  if (state == MigrationState{schema_version, 0}) return {};
  const std::vector<std::string> versions{std::to_string(state.version), std::to_string(schema_version)};
  return fail(state.version >= schema_version ? errors::schema_newer : errors::schema_older, versions);
}

Status first_rows(Database& database, const Clock& clock, const std::string& id) {
  TRY(database.begin_write());
  Status done = set_meta_value(database, "store", id);
  const Row epoch{std::int64_t{1}, clock.now().micros, std::string(), std::int64_t{1}, std::string()};
  if (done) done = database.write_rows(table::epoch, std::span(&epoch, 1), false);
  if (done) return database.commit();
  database.rollback();
  return done;
}

}   // namespace

Result<WriterNote> WriterNote::parse(const std::string& text) {
  TRY_ASSIGN(const Json json, Json::parse(text));
  return WriterNote{json["address"].string_or(""), json["token"].string_or("")};
}

std::string WriterNote::text() const {
  Json out;
  out.set("address", address);
  out.set("token", token);
  return out.canonical();
}

Result<WriterNote> writer_note(Database& database) {
  TRY_ASSIGN(const std::string text, one_text(database, writer_note_sql));
  const auto note = WriterNote::parse(text);
  return note ? *note : WriterNote{};
}

Status note_writer(Database& database, std::int64_t epoch, const WriterNote& note) {
  TRY(database.begin_write());
  Status done;
  auto update = database.prepare(R"(UPDATE "epoch" SET "writer"=$1 WHERE "number"=$2)");
  if (update)
    done = (*update)->run(std::vector<Value>{note.text(), epoch});
  else
    done = fail(update.error());
  if (done) return database.commit();
  database.rollback();
  return done;
}

Result<bool> try_claim(Database& database) {
  if (database.engine() != Engine::postgres) return true;
  TRY_ASSIGN(const std::string taken,
             one_text(database, "SELECT pg_try_advisory_lock" + std::string(writer_lock) + "::text"));
  return taken == "true";
}

Status end_silent_writer(Database& database, std::int64_t milliseconds) {
  if (database.engine() != Engine::postgres) return {};
  static const std::string sql =
      "SELECT count(pg_terminate_backend(a.pid))::text FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
      " WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = "
      "current_database())"
      " AND l.classid = hashtext('gangmu writer')::oid AND l.objid = hashtext(current_schema())::oid"
      " AND a.state <> 'active' AND a.state_change < clock_timestamp() - $1 * interval '1 millisecond'";
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  return statement->run(std::vector<Value>{milliseconds});
}

Result<std::unique_ptr<Database>> open_database(const Config& config) {
  return config.engine == Engine::sqlite ? open_sqlite(database_file(config)) : open_postgres(config.connection);
}

Result<std::string> key_if_any(const Config& config, Files& files) {
  return files.exists(key_file(config)) ? read_key(config, files) : Result<std::string>(std::string());
}

bool holds_store(const fs::path& folder, Files& files) {
  const auto some = [&](const char* name) { return files.exists(folder / name); };
  const auto batches = files.list(folder / "batches");
  return some("HEAD") || some("gangmu.db") || (batches && !batches->empty());
}

namespace {

/// With PostgreSQL the folder itself is the sign: a HEAD that is gone is damage, not an absent store.
bool is_there(const Config& config, Files& files) {
  return holds_store(config.folder, files) || (config.engine == Engine::postgres && files.exists(config.folder));
}

}   // namespace

Result<Foundation> lay_foundation(const Config& config, SecretSource& secrets, Files& files) {
  TRY(check_key_folder(config));
  if (holds_store(config.folder, files)) return fail(errors::store_exists, {config.folder.string()});
  TRY(files.make_folder(config.folder / "batches"));
  Foundation out;
  TRY_ASSIGN(out.lock, FileLock::take(config.folder / "LOCK", config.address));
  TRY(make_key(config, secrets, files));
  TRY(Vault::create(config.key_folder / "subjects.keys", files));
  TRY_ASSIGN(out.key, read_key(config, files));
  if (config.engine == Engine::sqlite) {
    TRY(keep_to_keyed_sums(config, out.key, files));
    TRY(files.write(database_file(config), "", 0600));   // SQLite gives its other files the rights of this one
  }
  TRY_ASSIGN(out.database, open_database(config));
  TRY(check_cluster(*out.database, config));
  TRY(claim(*out.database, config));
  TRY_ASSIGN(const MigrationState state, migration_state(*out.database));
  if (state != MigrationState{}) return fail(errors::store_exists, {config.folder.string()});
  TRY(migrate(*out.database, *batches_of(*out.database, config.folder, files), migrations()));
  return out;
}

Status seal_foundation(const Config& config, const Foundation& foundation, const Head& head, Files& files) {
  TRY(files.sync(config.folder));
  return HeadFile(head_file(config), foundation.key, files).create(head);
}

Status make_new(const Config& config, const Clock& clock, SecretSource& secrets, Files& files) {
  TRY_ASSIGN(const Foundation foundation, lay_foundation(config, secrets, files));
  const std::string id = hex(secrets.bytes(id_bytes));
  TRY(first_rows(*foundation.database, clock, id));
  return seal_foundation(config, foundation, {id, Seq{}, 1, store_head(1, {}), {}}, files);
}

Status make_joined(const Config& config, Files& files) {
  TRY(check_key_folder(config));
  if (files.exists(head_file(config))) return fail(errors::store_exists, {config.folder.string()});
  TRY(files.make_folder(config.folder));
  TRY_ASSIGN(const auto lock, FileLock::take(config.folder / "LOCK", config.address));
  TRY_ASSIGN(const std::string key, read_key(config, files));
  TRY_ASSIGN(const auto database, open_database(config));
  TRY(check_cluster(*database, config));
  TRY_ASSIGN(const MigrationState state, migration_state(*database));
  if (state == MigrationState{}) return fail(errors::store_missing, {config.connection});
  TRY_ASSIGN(const std::string id, meta_value(*database, "store"));
  return HeadFile(head_file(config), key, files).create({id, Seq{}, 1, store_head(1, {}), {}});
}

namespace {

/// A migration that goes on was set aside when it began.
Status bring_up_to_date(Database& database, const MigrationState& state, const Config& config, Files& files) {
  if (state.version < schema_version && state.steps == 0) TRY(set_aside(database, config.folder, state.version, files));
  return migrate(database, *batches_of(database, config.folder, files), migrations());
}

}   // namespace

Result<Opened> open_checked(const Config& config, Files& files) {
  TRY(check_key_folder(config));
  if (!is_there(config, files)) return fail(errors::store_missing, {config.folder.string()});
  Opened out;
  TRY_ASSIGN(out.lock, FileLock::take(config.folder / "LOCK", config.address));
  TRY_ASSIGN(out.key, read_key(config, files));
  out.head = std::make_unique<HeadFile>(head_file(config), out.key, files);
  TRY(out.head->load());
  if (config.engine == Engine::sqlite)
    TRY(check_log(database_file(config).string() + "-wal", out.head->head().log, files));
  TRY(prepare_sums(config, out.key, true, files));
  TRY_ASSIGN(out.database, open_database(config));
  TRY(check_cluster(*out.database, config));
  TRY_ASSIGN(out.writes, try_claim(*out.database));
  if (!out.writes && !config.follow) {
    TRY(claim(*out.database, config));
    out.writes = true;
  }
  TRY_ASSIGN(const MigrationState state, migration_state(*out.database));
  if (state == MigrationState{}) {
    const std::string head = std::to_string(out.head->head().seq.value);
    return fail(errors::journal_short, {"0", head, "1"});
  }
  if (!out.writes)
    TRY(check_schema(state));
  else
    TRY(bring_up_to_date(*out.database, state, config, files));
  return out;
}

Result<Beside> open_beside(const Config& config, Files& files) {
  TRY(check_key_folder(config));
  if (!is_there(config, files)) return fail(errors::store_missing, {config.folder.string()});
  Beside out;
  auto lock = FileLock::take(config.folder / "LOCK", "reading");
  if (lock)
    out.lock = *std::move(lock);
  else if (!lock.error().is(errors::store_locked))
    return fail(lock.error());
  TRY_ASSIGN(out.key, read_key(config, files));
  HeadFile head(head_file(config), out.key, files);
  TRY(head.load());
  out.head = head.head();
  if (config.engine == Engine::sqlite && out.lock)
    TRY(check_log(database_file(config).string() + "-wal", out.head.log, files));
  TRY(prepare_sums(config, out.key, false, files));
  TRY_ASSIGN(out.database, open_database(config));
  TRY_ASSIGN(const MigrationState state, migration_state(*out.database));
  TRY(check_schema(state));
  TRY_ASSIGN(const Seq last, last_seq(*out.database));
  TRY(head.check_slots(last));
  out.batches = batches_of(*out.database, config.folder, files);
  out.evidence = std::make_unique<Evidence>(files_of(config), files);
  return out;
}

}   // namespace gangmu::store
