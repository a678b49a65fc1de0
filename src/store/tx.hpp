// SPDX-License-Identifier: Apache-2.0
// What a write use case sees of the store. It reads everything it decides on through Tx, on the writer, after all
// writes before it; each row it puts or erases becomes part of its journal entry. When it answers an error nothing of
// it remains.
//
// Rules kept here, the same on both engines: the number and types of columns, none of them null; text is UTF-8 without
// NUL; an append-only table takes inserts only; a column of seqs never names a later entry than this one.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "store/config.hpp"
#include "store/database.hpp"
#include "store/journal.hpp"

namespace gangmu::store {

/// Rows touched, as the next View needs them. Rows of tables a View does not show are not kept.
struct Changes {
  std::vector<RowChange> rows;
  std::size_t observations = 0;   ///< rows of observation_current among them
  bool too_many = false;   ///< those rows went past Limits::incremental_rows and are left out: read the table instead

  /// Keeps the row when a View shows its table.
  void take(const Table& table, const Row& row, bool erased, std::size_t incremental_rows);
};

class Tx {
 public:
  Tx(Database& database, const Limits& limits, Seq seq, Instant at, PlaceId home, std::string actor);

  [[nodiscard]] Seq seq() const { return seq_; }   ///< of the entry being made
  [[nodiscard]] Instant at() const { return at_; }
  [[nodiscard]] PlaceId home() const { return home_; }   ///< the stream of the entry
  [[nodiscard]] const std::string& actor() const { return actor_; }

  Result<std::optional<Row>> get(const Table& table, const Key& key);
  /// Rows whose key begins with `prefix`, in key order.
  Result<std::vector<Row>> scan(const Table& table, const Key& prefix);
  Status scan(const Table& table, const Key& prefix, const std::function<Status(Row&&)>& visit);

  Status insert(const Table& table, Row row);   ///< error: row_exists
  Status put(const Table& table, Row row);      ///< inserts or replaces
  Status put_all(const Table& table,
                 std::span<const Row> rows);          ///< the same in one go; inserts for append-only tables
  Status erase(const Table& table, const Key& key);   ///< error: no_such_row

  /// Notes that the act rests on this version of a definition.
  void uses(std::string_view kind, std::string_view id, int version);

  /// For the typed repositories' own queries. Reads only.
  [[nodiscard]] Database& database() { return database_; }

  // Read by the committer when the command was accepted.
  [[nodiscard]] const Changes& changes() const { return changes_; }
  [[nodiscard]] Changes& changes() { return changes_; }
  [[nodiscard]] std::string take_rows() { return std::move(rows_); }   ///< canonical, each ended by '\n'
  [[nodiscard]] std::int64_t row_count() const { return count_; }
  [[nodiscard]] Json columns() const { return columns_of(touched_); }
  [[nodiscard]] std::vector<std::string> definitions() const;

 private:
  Status write(const Table& table, std::span<const Row> rows, bool replace);
  Status check(const Table& table, const Row& row) const;
  Status record(const Table& table, const Row& row, bool erased);

  Database& database_;
  const Limits& limits_;
  Seq seq_;
  Instant at_;
  PlaceId home_;
  std::string actor_;
  std::string rows_;
  std::int64_t count_ = 0;
  std::vector<const Table*> touched_;
  std::vector<std::string> definitions_;
  Changes changes_;
};

}   // namespace gangmu::store
