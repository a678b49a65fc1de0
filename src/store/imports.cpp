// SPDX-License-Identifier: Apache-2.0
#include "store/imports.hpp"

namespace gangmu::store::imports {

Status put(Tx& tx, const ImportBatch& batch) {
  return tx.put(table::import_batch, {batch.home.value, batch.id, batch.body.canonical(), batch.state, tx.seq().value});
}

Status erase(Tx& tx, PlaceId home, std::string_view id) {
  return tx.erase(table::import_batch, {home.value, std::string(id)});
}

Result<std::optional<ImportBatch>> get(Tx& tx, PlaceId home, std::string_view id) {
  TRY_ASSIGN(const auto row, tx.get(table::import_batch, {home.value, std::string(id)}));
  if (!row) return std::optional<ImportBatch>();
  TRY_ASSIGN(ImportBatch batch, of_row(*row));
  return std::optional(std::move(batch));
}

Result<ImportBatch> of_row(const Row& row) {
  ImportBatch batch;
  batch.home = PlaceId{std::get<std::int64_t>(row[0])};
  batch.id = std::get<std::string>(row[1]);
  TRY_ASSIGN(batch.body, Json::parse(std::get<std::string>(row[2])));
  batch.state = std::get<std::string>(row[3]);
  batch.seq = Seq{std::get<std::int64_t>(row[4])};
  return batch;
}

Result<ImportBatch> in_view(const Row& row) {
  if (!std::get<std::string>(row[2]).starts_with(R"({"sealed":)")) return of_row(row);
  return of_row({row[0], row[1], std::string(R"({"sealed":""})"), row[3], row[4]});
}

Result<std::optional<ImportBatch>> read(Database& database, PlaceId home, std::string_view id) {
  std::optional<ImportBatch> out;
  TRY(scan_rows(database, table::import_batch, {home.value, std::string(id)}, [&](Row&& row) -> Status {
    TRY_ASSIGN(out, of_row(row));
    return {};
  }));
  return out;
}

Result<ImportBatches> load(Database& database) {
  std::vector<ImportBatches::Handle> all;
  TRY(scan_rows(database, table::import_batch, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(ImportBatch batch, in_view(row));
    all.push_back(std::make_shared<const ImportBatch>(std::move(batch)));
    return {};
  }));
  return ImportBatches(std::move(all));
}

}   // namespace gangmu::store::imports
