// SPDX-License-Identifier: Apache-2.0
// Import batches: what was read from an office's own file, what was asked back, what became of it. Content that is
// sealed, as the file itself, is long and seldom wanted: no View keeps it.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/json.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/shelf.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct ImportBatch {
  PlaceId home;
  std::string id;
  Json body;
  std::string state;
  Seq seq;

  [[nodiscard]] std::pair<PlaceId, std::string> key() const { return {home, id}; }
};
using ImportBatches = Shelf<ImportBatch>;

namespace imports {

Status put(Tx& tx, const ImportBatch& batch);   ///< seq is set from tx
Status erase(Tx& tx, PlaceId home, std::string_view id);
Result<std::optional<ImportBatch>> get(Tx& tx, PlaceId home, std::string_view id);

/// The whole row. Run it on a read connection.
Result<std::optional<ImportBatch>> read(Database& database, PlaceId home, std::string_view id);

Result<ImportBatch> of_row(const Row& row);
/// As a View keeps it: of a body {"sealed":…} that there is one.
Result<ImportBatch> in_view(const Row& row);
Result<ImportBatches> load(Database& database);

}   // namespace imports
}   // namespace gangmu::store
