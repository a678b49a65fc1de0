// SPDX-License-Identifier: Apache-2.0
#include "store/opening.hpp"

#include <algorithm>

#include "store/errors.hpp"
#include "store/migrations.hpp"
#include "store/wal_log.hpp"

namespace gangmu::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_bytes = 32, id_bytes = 16;

fs::path database_file(const Config& config) { return config.folder / "gangmu.db"; }
fs::path head_file(const Config& config) { return config.folder / "HEAD"; }
fs::path key_file(const Config& config) { return config.key_folder / "head.key"; }

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
  if (!key) return key.error().is(errors::file_missing) ? Result<std::string>(fail(errors::key_file_missing, {file})) : key;
  if (key->size() == 2 * key_bytes + 1) return key;
  const std::string wanted = std::to_string(2 * key_bytes), size = std::to_string(key->size());
  return fail(errors::key_file_unreadable, {file, "应为 " + wanted + " 位十六进制数和一个换行，现有 " + size + " 字节",
                                            "it must hold " + wanted + " hexadecimal digits and a line end, it has " + size + " bytes"});
}

Result<std::string> one_text(Database& database, std::string_view sql) {
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  TRY_ASSIGN(const bool some, statement->step());
  std::string value = some && !statement->is_null(0) ? std::string(statement->text(0)) : std::string();
  statement->reset();
  return value;
}

/// PostgreSQL only: the cluster keeps checksums, and no other server holds the writer's lock.
Status claim(Database& database, const Config& config) {
  if (config.engine != Engine::postgres) return {};
  TRY_ASSIGN(const std::string checksums, one_text(database, "SELECT current_setting('data_checksums')"));
  if (config.require_checksums && checksums != "on") return fail(errors::checksums_off);
  // A writer that has just closed lets go of its lock a moment later: wait for it, but not for one that goes on.
  TRY(database.exec("SET lock_timeout = '3s'"));
  const Status locked = database.exec("SELECT pg_advisory_lock(hashtext('gangmu writer'), hashtext(current_schema()))");
  if (!locked) return fail(errors::writer_elsewhere);
  return database.exec("SET lock_timeout = 0");
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

Status note_writer(Database& database, std::int64_t epoch, const std::string& token) {
  TRY(database.begin_write());
  Status done;
  auto update = database.prepare(R"(UPDATE "epoch" SET "writer"=$1 WHERE "number"=$2)");
  if (update) done = (*update)->run(std::vector<Value>{token, epoch});
  else done = fail(update.error());
  if (done) return database.commit();
  database.rollback();
  return done;
}

/// The journal against HEAD. Returns the heads of the streams at the last entry; HEAD has moved there.
Result<StreamHeads> check_head(Database& database, HeadFile& file) {
  const Head head = file.head();
  TRY_ASSIGN(const std::string id, meta_value(database, "store"));
  if (id != head.store) return fail(errors::head_damaged, {"it belongs to store " + head.store + ", the database to " + id});
  TRY_ASSIGN(const Seq last, last_seq(database));
  if (last < head.seq)
    return fail(errors::journal_short, {std::to_string(last.value), std::to_string(head.seq.value), std::to_string(last.value + 1)});
  if (!file.whole() && last == head.seq) return fail(errors::head_damaged, {"one of its two slots can't be read"});
  TRY_ASSIGN(StreamHeads heads, stream_heads(database, head.seq));
  if (store_head(head.epoch, heads) != head.digest)
    return fail(errors::journal_broken, {std::to_string(head.seq.value), "the heads of the streams are not those that HEAD names"});
  if (last == head.seq) return heads;
  TRY(verify_journal(database, head.seq, last, heads));
  TRY(file.advance({head.store, last, head.epoch, store_head(head.epoch, heads), head.log}));
  return heads;
}

Result<Instant> time_of(Database& database, Seq seq) {
  TRY_ASSIGN(Statement * statement, database.prepare(R"(SELECT "at" FROM "journal" WHERE "seq"=$1)"));
  TRY(statement->bind(1, Value(seq.value)));
  TRY_ASSIGN(const bool some, statement->step());
  const Instant at{some ? statement->integer(0) : 0};
  statement->reset();
  return at;
}

}  // namespace

Result<std::unique_ptr<Database>> open_database(const Config& config) {
  return config.engine == Engine::sqlite ? open_sqlite(database_file(config)) : open_postgres(config.connection);
}

bool holds_store(const fs::path& folder, Files& files) {
  const auto some = [&](const char* name) { return files.exists(folder / name); };
  const auto batches = files.list(folder / "batches");
  return some("HEAD") || some("gangmu.db") || (batches && !batches->empty());
}

Status make_new(const Config& config, const Clock& clock, SecretSource& secrets, Files& files) {
  TRY(check_key_folder(config));
  if (holds_store(config.folder, files)) return fail(errors::store_exists, {config.folder.string()});
  TRY(files.make_folder(config.folder / "batches"));
  TRY_ASSIGN(const auto lock, FileLock::take(config.folder / "LOCK"));
  TRY(make_key(config, secrets, files));
  TRY(Vault::create(config.key_folder / "subjects.keys", files));
  TRY_ASSIGN(const std::string key, read_key(config, files));
  TRY_ASSIGN(const auto database, open_database(config));
  TRY(claim(*database, config));
  TRY_ASSIGN(const MigrationState state, migration_state(*database));
  if (state != MigrationState{}) return fail(errors::store_exists, {config.folder.string()});
  TRY(migrate(*database, migrations()));
  const std::string id = hex(secrets.bytes(id_bytes));
  TRY(first_rows(*database, clock, id));
  TRY(files.sync(config.folder));
  return HeadFile(head_file(config), key, files).create({id, Seq{}, 1, store_head(1, {}), {}});
}

Result<Opened> open_checked(const Config& config, SecretSource& secrets, Files& files) {
  TRY(check_key_folder(config));
  // With PostgreSQL the folder itself is the sign: a HEAD that is gone is damage, not an absent store.
  const bool there = holds_store(config.folder, files) || (config.engine == Engine::postgres && files.exists(config.folder));
  if (!there) return fail(errors::store_missing, {config.folder.string()});
  Opened out;
  TRY_ASSIGN(out.lock, FileLock::take(config.folder / "LOCK"));
  TRY_ASSIGN(out.key, read_key(config, files));
  out.head = std::make_unique<HeadFile>(head_file(config), out.key, files);
  TRY(out.head->load());
  if (config.engine == Engine::sqlite) TRY(check_log(database_file(config).string() + "-wal", out.head->head().log, files));
  TRY_ASSIGN(out.database, open_database(config));
  TRY(claim(*out.database, config));
  TRY_ASSIGN(const MigrationState state, migration_state(*out.database));
  if (state == MigrationState{}) {
    const std::string head = std::to_string(out.head->head().seq.value);
    return fail(errors::journal_short, {"0", head, "1"});
  }
  TRY(migrate(*out.database, migrations()));
  TRY_ASSIGN(out.heads, check_head(*out.database, *out.head));
  out.token = hex(secrets.bytes(id_bytes));
  TRY(note_writer(*out.database, out.head->head().epoch, out.token));
  TRY_ASSIGN(out.at, time_of(*out.database, out.head->head().seq));
  return out;
}

Result<Verification> verify_database(Database& database, const fs::path& folder, Files& files) {
  TRY_ASSIGN(const Seq last, last_seq(database));
  StreamHeads heads;
  TRY(verify_journal(database, Seq{}, last, heads));
  TRY_ASSIGN(const auto again, open_sqlite_memory());
  TRY(create_tables(*again));
  TRY(replay(database, *again, folder, files, last));
  Verification found{.seq = last, .entries = last.value};
  for (const Table* table : tables()) {
    if (!table->journalled() && table != &table::journal) continue;
    TRY_ASSIGN(const Digest stored, table_digest(database, *table));
    TRY_ASSIGN(const Digest replayed, table_digest(*again, *table));
    if (stored != replayed) return fail(errors::replay_differs, {std::string(table->name), stored.text()});
    ++found.tables;
  }
  return found;
}

}  // namespace gangmu::store
