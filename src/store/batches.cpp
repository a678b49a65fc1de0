// SPDX-License-Identifier: Apache-2.0
#include "store/batches.hpp"

#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t piece_bytes = 1 << 20;   ///< of a batch, in one row of the table

}   // namespace

Result<std::string> Batches::read(const Digest& named) {
  auto rows = fetch(named);
  if (!rows) return fail(errors::batch_missing, {name(named)});
  return *std::move(rows);
}

Status BatchTable::keep(const Digest& digest, std::string_view rows) {
  if (read(digest)) return {};
  std::int64_t n = 0;
  for (; !rows.empty(); ++n) {
    const Row piece{digest.text(), n, Bytes{std::string(rows.substr(0, piece_bytes))}};
    TRY(database_.write_rows(table::batch, std::span(&piece, 1), true));
    rows.remove_prefix(std::min(piece_bytes, rows.size()));
  }
  return {};
}

std::optional<std::string> BatchTable::fetch(const Digest& named) {
  std::string out;
  const Status read = scan_rows(database_, table::batch, {named.text()}, [&](Row&& piece) -> Status {
    out += std::get<Bytes>(piece[2]).data;
    return {};
  });
  return read && digest(out, named.algorithm) == named ? std::optional(std::move(out)) : std::nullopt;
}

std::unique_ptr<Batches> batches_of(Database& database, const std::filesystem::path& folder, Files& files) {
  if (database.engine() == Engine::postgres) return std::make_unique<BatchTable>(database);
  return std::make_unique<BatchFolder>(folder, files);
}

}   // namespace gangmu::store
