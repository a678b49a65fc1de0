// SPDX-License-Identifier: Apache-2.0
// The table catalogue as data. Both SQL dialects, the journal's row form, replay and the schema test come from it.
// Key columns stand first. An operational table has `home` (an immutable place id) as the first column of its key and
// of each index; reference tables (definitions and the store's own) are flagged and have none.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "store/value.hpp"

namespace gangmu::store {

enum class ColumnType : unsigned char { integer, text, bytes };

struct Column {
  std::string_view name;
  ColumnType type = ColumnType::integer;
  bool key = false;
  bool personal = false;   ///< ciphertext only; type bytes
  bool seq = false;        ///< holds the seq of a journal entry; null in a batch file stands for the batch's own entry
  std::optional<Value> before = std::nullopt;   ///< of rows in entries from before the column was there
};

enum class Scope : unsigned char {
  operational,   ///< rows of a place: `home` first
  reference,     ///< definitions: the same for all places
  own            ///< the store's own notes, not part of the journal's rows (meta, epoch, journal, batch)
};

struct Table {
  std::string_view name;
  Scope scope = Scope::operational;
  std::vector<Column> columns;
  bool append_only = false;   ///< rows are inserted once, never changed or erased
  bool derived = false;       ///< made from rows of other tables when these are written or replayed; in no entry
  std::vector<std::vector<std::string_view>> indexes = {};   ///< further, non-unique
  std::vector<std::string_view> former = {};                 ///< columns it had; entries of then name them still
  bool wide = false;      ///< rows of a kilobyte and more: SQLite keeps them apart from the key
  std::size_t keys = 0;   ///< number of key columns, counted at start

  [[nodiscard]] bool journalled() const { return scope != Scope::own && !derived; }
  /// Holds the same after a replay of the journal.
  [[nodiscard]] bool replayed() const { return scope != Scope::own || name == "journal"; }
  [[nodiscard]] std::size_t column(std::string_view name) const;   ///< precondition: it exists
};

/// All tables, in an order that never changes within a schema version.
const std::vector<const Table*>& tables();
const Table* find_table(std::string_view name);   ///< nullptr when there is none

namespace table {
extern const Table meta, epoch, journal, batch, definition, request_key, file;
extern const Table place, observation, observation_current, task, task_event, import_batch, assessment;
extern const Table account, session;
extern const Table record_event, record, record_key, record_ref, record_tally;
}   // namespace table

inline constexpr int schema_version = 5;

}   // namespace gangmu::store
