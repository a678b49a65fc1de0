// SPDX-License-Identifier: Apache-2.0
// SQLite through its C API: WAL, synchronous=FULL, every file behind the page shim.
#include <fmt/format.h>
#include <sqlite3.h>

#include <map>
#include <utility>

#include "store/database.hpp"
#include "store/errors.hpp"
#include "store/page_shim.hpp"
#include "store/wal_log.hpp"

namespace gangmu::store {
namespace {

constexpr int lock_wait_ms = 10'000;     ///< readers and the checkpoint of one process only wait for one another
constexpr int progress_steps = 10'000;   ///< virtual machine steps between two looks at the clock

bool write_failure(int code) {
  switch (code) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_DELETE:
    case SQLITE_IOERR_SHMMAP:
    case SQLITE_IOERR_SHMSIZE: return true;
    default: return false;
  }
}

class SqliteDatabase;

class SqliteStatement final : public Statement {
 public:
  SqliteStatement(SqliteDatabase& owner, sqlite3_stmt* statement) : owner_(owner), statement_(statement) {}
  ~SqliteStatement() override { sqlite3_finalize(statement_); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  Status bind(int index, const Value& value) override;
  Result<bool> step() override;
  void reset() override {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  [[nodiscard]] std::int64_t changed() const override { return changed_; }
  [[nodiscard]] bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  [[nodiscard]] std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] std::string_view text(int column) const override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  [[nodiscard]] std::string_view bytes(int column) const override {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  SqliteDatabase& owner_;
  sqlite3_stmt* statement_;
  std::int64_t changed_ = 0;
};

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(sqlite3* db) : db_(db) {}
  ~SqliteDatabase() override {
    statements_.clear();
    sqlite3_close_v2(db_);
  }
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::sqlite; }

  Status exec(std::string_view sql) override {
    const int rc = sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    return rc == SQLITE_OK ? Status{} : Status(failed());
  }

  Result<Statement*> prepare(std::string_view sql) override {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
      sqlite3_stmt* raw = nullptr;
      const int rc =
          sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
      if (rc != SQLITE_OK) return failed();
      std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> made(raw, sqlite3_finalize);
      auto statement = std::make_unique<SqliteStatement>(*this, raw);
      (void)made.release();
      found = statements_.emplace(std::string(sql), std::move(statement)).first;
    }
    found->second->reset();
    return found->second.get();
  }

  Status begin_write() override { return begin("BEGIN IMMEDIATE"); }
  Status begin_read() override { return begin("BEGIN"); }
  Status commit() override {
    const Status done = run("COMMIT");
    if (!done) rollback();
    return done;
  }
  void rollback() override {
    if (in_transaction()) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Status savepoint() override { return run("SAVEPOINT command"); }
  Status release_savepoint() override { return run("RELEASE command"); }
  Status rollback_to_savepoint() override { return exec("ROLLBACK TO command; RELEASE command"); }
  [[nodiscard]] bool in_transaction() const override { return sqlite3_get_autocommit(db_) == 0; }
  [[nodiscard]] bool broken() const override { return broken_; }

  Status write_rows(const Table& table, std::span<const Row> rows, bool replace) override {
    TRY_ASSIGN(Statement * statement, prepare(write_sql(table, replace)));
    for (const Row& row : rows) {
      TRY(statement->run(row));
      if (!replace && statement->changed() == 0)
        return fail(errors::row_exists, {std::string(table.name), key_text(std::span(row).first(table.keys))});
    }
    return {};
  }

  Status checkpoint(int pages) override {
    if (pages_in_log_ < pages) return {};
    int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (rc == SQLITE_BUSY) rc = SQLITE_OK;   // a reader holds old frames; the next one goes further
    return rc == SQLITE_OK ? Status{} : Status(failed());
  }

  [[nodiscard]] std::string log_position() const override {
    const char* file = sqlite3_db_filename(db_, "main");
    const std::string salt = file && *file ? log_salt(sqlite3_filename_wal(file)) : std::string();
    return LogState{salt, pages_in_log_}.text();
  }

  void limit_reads(int milliseconds) override {
    limit_ms_ = milliseconds;
    sqlite3_progress_handler(db_, milliseconds > 0 ? progress_steps : 0, over_time, this);
  }

  Status set_up(bool memory);

  [[nodiscard]] tl::unexpected<Error> failed() {
    const int code = sqlite3_extended_errcode(db_);
    const Damage found = take_damage();
    if (!found.en.empty() && code == SQLITE_IOERR_DATA) return fail(errors::page_damaged, {found.zh, found.en});
    if (write_failure(code)) broken_ = true;
    if (code == SQLITE_IOERR_NOMEM) return fail(errors::out_of_memory);
    switch (code & 0xff) {
      case SQLITE_FULL: return fail(errors::disk_full);
      case SQLITE_NOMEM: return fail(errors::out_of_memory);
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB: return fail(errors::page_damaged, {sqlite3_errmsg(db_), sqlite3_errmsg(db_)});
      case SQLITE_INTERRUPT: return fail(errors::read_too_long, {std::to_string(limit_ms_)});
      default: return fail(errors::engine_failed, {fmt::format("SQLite {}: {}", code, sqlite3_errmsg(db_))});
    }
  }
  [[nodiscard]] sqlite3* handle() const { return db_; }

 private:
  Status run(std::string_view sql) {
    TRY_ASSIGN(Statement * statement, prepare(sql));
    return statement->run();
  }
  Status begin(std::string_view sql) {
    started_ = monotonic_milliseconds();
    return run(sql);
  }

  std::string_view write_sql(const Table& table, bool replace) {
    const auto found = write_sql_.find({&table, replace});
    if (found != write_sql_.end()) return found->second;
    std::string sql = insert_head_sql(table) + "VALUES (";
    for (std::size_t i = 1; i <= table.columns.size(); ++i) sql += fmt::format("{}${}", i == 1 ? "" : ",", i);
    sql += ")" + conflict_sql(table, replace);
    return write_sql_.emplace(std::pair(&table, replace), std::move(sql)).first->second;
  }

  static int over_time(void* self) {
    const auto& database = *static_cast<SqliteDatabase*>(self);
    return monotonic_milliseconds() - database.started_ > database.limit_ms_ ? 1 : 0;
  }
  static int on_log(void* self, sqlite3*, const char*, int pages) {
    static_cast<SqliteDatabase*>(self)->pages_in_log_ = pages;
    return SQLITE_OK;
  }

  sqlite3* db_;
  std::map<std::string, std::unique_ptr<SqliteStatement>, std::less<>> statements_;
  std::map<std::pair<const Table*, bool>, std::string> write_sql_;
  bool broken_ = false;
  int limit_ms_ = 0;
  long long started_ = 0;
  int pages_in_log_ = 0;
};

Status SqliteStatement::bind(int index, const Value& value) {
  int rc = SQLITE_OK;
  if (const auto* n = std::get_if<std::int64_t>(&value))
    rc = sqlite3_bind_int64(statement_, index, *n);
  else if (const auto* s = std::get_if<std::string>(&value))
    rc = sqlite3_bind_text64(statement_, index, s->data(), s->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  else if (const auto* b = std::get_if<Bytes>(&value))
    rc = sqlite3_bind_blob64(statement_, index, b->data.data(), b->data.size(), SQLITE_TRANSIENT);
  else
    rc = sqlite3_bind_null(statement_, index);
  return rc == SQLITE_OK ? Status{} : Status(owner_.failed());
}

Result<bool> SqliteStatement::step() {
  const int rc = sqlite3_step(statement_);
  if (rc == SQLITE_ROW) return true;
  if (rc != SQLITE_DONE) return owner_.failed();
  changed_ = sqlite3_changes64(owner_.handle());
  return false;
}

Status SqliteDatabase::set_up(bool memory) {
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, lock_wait_ms);
  TRY(exec("PRAGMA page_size=4096; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF"));
  if (memory) return {};
  int reserve = reserved_bytes;
  sqlite3_file_control(db_, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
  TRY(exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536"));
  sqlite3_wal_hook(db_, on_log, this);
  return {};
}

Result<std::unique_ptr<Database>> open(const char* name, int flags, const char* vfs, bool memory) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(name, &raw, flags, vfs);
  auto database = std::make_unique<SqliteDatabase>(raw);
  if (rc != SQLITE_OK) return database->failed();
  TRY(database->set_up(memory));
  return database;
}

}   // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file) {
  return open(file.c_str(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, page_shim_name(), false);
}

Result<std::unique_ptr<Database>> open_sqlite_memory() {
  return open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr, true);
}

}   // namespace gangmu::store
