// SPDX-License-Identifier: Apache-2.0
// A thin synchronous interface over one connection to SQLite or PostgreSQL. Statements use $1, $2 … in order of first
// appearance, which both engines read alike. A connection belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "store/schema.hpp"
#include "store/value.hpp"

namespace gangmu::store {

enum class Engine : unsigned char { sqlite, postgres };

class Statement {
 public:
  virtual ~Statement() = default;
  virtual Status bind(int index, const Value& value) = 0;   ///< 1-based
  /// true: a row stands ready; false: done. The first step runs the statement.
  virtual Result<bool> step() = 0;
  virtual void reset() = 0;                                 ///< ready to be bound and run again
  [[nodiscard]] virtual std::int64_t changed() const = 0;   ///< rows the last run inserted, replaced or erased
  /// Columns of the row at hand, 0-based; views live until the next step or reset.
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual std::string_view bytes(int column) const = 0;

  Status bind_all(std::span<const Value> values);
  Status run();   ///< steps to the end, then resets
  Status run(std::span<const Value> values);
};

class Database {
 public:
  virtual ~Database() = default;
  [[nodiscard]] virtual Engine engine() const = 0;
  virtual Status exec(std::string_view sql) = 0;   ///< several statements, no parameters
  /// Prepared once per connection and text; the reference lives as long as the connection. Not re-entrant: one use at a
  /// time.
  virtual Result<Statement*> prepare(std::string_view sql) = 0;

  virtual Status begin_write() = 0;
  virtual Status begin_read() = 0;   ///< one picture until commit or rollback
  virtual Status commit() = 0;
  virtual void rollback() = 0;   ///< harmless outside a transaction
  virtual Status savepoint() = 0;
  virtual Status release_savepoint() = 0;
  virtual Status rollback_to_savepoint() = 0;

  /// False once the engine has given up the transaction by itself (disk full, I/O error).
  [[nodiscard]] virtual bool in_transaction() const = 0;
  /// True once a write or sync failed or the connection was lost: nothing may be acknowledged on it any more.
  [[nodiscard]] virtual bool broken() const = 0;

  /// Rows of one table: when `replace`, put in place of those with the same key (the last of equal keys stands);
  /// otherwise inserted, error row_exists when one was there. Shape: rows in the table's column order.
  virtual Status write_rows(const Table& table, std::span<const Row> rows, bool replace) = 0;
  /// Moves committed pages to the main file when more than `pages` wait (SQLite); nothing on PostgreSQL.
  virtual Status checkpoint(int pages) = 0;
  /// Where SQLite's log stands after the last commit on this connection, as wal_log.hpp writes it; "" where there is
  /// none.
  [[nodiscard]] virtual std::string log_position() const = 0;
  /// A read that began more than `milliseconds` ago is stopped with read_too_long; 0 lifts the limit.
  virtual void limit_reads(int milliseconds) = 0;
};

/// Reads the current row of `statement`, whose columns are the table's in order.
Row read_row(const Table& table, const Statement& statement);
/// The text form of a key for messages: "4, T-001".
std::string key_text(std::span<const Value> key);

/// SQL made from the catalogue, equal on both engines except for column types.
std::string create_table_sql(const Table& table, Engine engine);
std::string insert_head_sql(const Table& table);              ///< INSERT INTO … (columns)
std::string conflict_sql(const Table& table, bool replace);   ///< ON CONFLICT …
const std::string& select_sql(const Table& table,
                              std::size_t key_prefix);   ///< all columns where the key begins so, in key order
const std::string& erase_sql(const Table& table);

/// Creates a table and its indexes (not those where nobody looks up); all of the catalogue.
Status create_table(Database& database, const Table& table, bool indexed = true);
Status create_tables(Database& database);
Result<bool> has_table(Database& database, std::string_view name);
/// Creates those that are not there yet: what a migration does that adds tables.
Status create_missing_tables(Database& database);
/// Rows whose key begins with `prefix`, in key order.
Status scan_rows(Database& database, const Table& table, const Key& prefix, const std::function<Status(Row&&)>& visit);
/// Digest of all rows in key order: equal on both engines for equal content.
Result<Digest> table_digest(Database& database, const Table& table);

/// A connection to the file, made when absent, behind the page shim. memory: nothing on disk, for checks beside a
/// store.
Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file);
Result<std::unique_ptr<Database>> open_sqlite_memory();
/// A libpq connection string. Errors: engine_failed with the server's message.
Result<std::unique_ptr<Database>> open_postgres(const std::string& connection);

}   // namespace gangmu::store
