// SPDX-License-Identifier: Apache-2.0
// An entry names the columns its rows have. Rows of an entry written under an earlier schema are read by those names: a
// column that has moved (also into the key) is found where it stood, one that came later takes the value its table
// declares for rows from before it (Column::before), and one that is gone is passed over (Table::former).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "store/schema.hpp"

namespace gangmu::store {

class RowForm {
 public:
  /// Error: entry_malformed when a column is unknown, or new and without a rule.
  static Result<RowForm> of(const Table& table, const Json& names);

  /// The rows are not in the form of today: of several for one key in an entry the last stands.
  [[nodiscard]] bool earlier() const { return earlier_; }
  /// [table, key, after-image without the key] as a whole row. Error: entry_malformed.
  [[nodiscard]] Result<Row> row(const Json& key, const Json& rest, Seq own) const;
  /// The key of an erased row; only where the key is that of today.
  [[nodiscard]] Result<Row> key(const Json& key, Seq own) const;

 private:
  static constexpr std::size_t before = SIZE_MAX;   ///< position of a column that came later

  const Table* table_ = nullptr;
  std::vector<std::size_t> from_;   ///< by column of the table: where its value stands in the entry's row
  std::size_t width_ = 0;           ///< of the entry's rows
  bool earlier_ = false, same_key_ = true;
};

/// Forms of the tables an entry names. One entry after another mostly names the same: they are made once.
class RowForms {
 public:
  using ByName = std::map<std::string, RowForm, std::less<>>;
  /// By the columns of an entry; lives until the next call. Error: entry_malformed.
  Result<const ByName*> of(const Json& columns);

 private:
  Json columns_ = {};
  ByName forms_ = {};
};

}   // namespace gangmu::store
