// SPDX-License-Identifier: Apache-2.0
#include "store/evidence.hpp"

#include "store/errors.hpp"
#include "store/system.hpp"

namespace gangmu::store {
namespace {

constexpr long long still_coming_ms = 3'600'000;   ///< between the bytes and the entry that tells of them
constexpr std::int64_t unnamed_at_once = 1000;

Row row_of(PlaceId home, const StoredFile& file, Seq seq) {
  return {home.value, file.digest.text(), file.type, file.bytes, std::int64_t{file.named ? 1 : 0}, seq.value};
}

Result<StoredFile> file_of(const Row& row) {
  TRY_ASSIGN(const Digest digest, Digest::parse(std::get<std::string>(row[1])));
  return StoredFile{digest, std::get<std::string>(row[2]), std::get<std::int64_t>(row[3]),
                    std::get<std::int64_t>(row[4]) != 0};
}

}   // namespace

Result<Digest> Evidence::keep(std::string_view bytes) {
  const Digest named = digest(bytes);
  {
    const std::lock_guard lock(mutex_);
    kept_[named.text()] = monotonic_milliseconds();
  }
  TRY(folder_.keep(named, bytes));
  return named;
}

Result<std::string> Evidence::read(const Digest& named) const {
  auto bytes = folder_.read(named);
  if (!bytes) return fail(errors::evidence_missing, {named.text()});
  return *std::move(bytes);
}

Result<std::int64_t> Evidence::remove_unknown(const std::set<std::string>& known) {
  TRY_ASSIGN(const std::vector<Digest> there, folder_.list());
  const std::lock_guard lock(mutex_);   // what is kept from now on waits
  const long long now = monotonic_milliseconds();
  std::erase_if(kept_, [&](const auto& one) { return now - one.second > still_coming_ms; });
  std::int64_t gone = 0;
  for (const Digest& one : there) {
    if (known.contains(one.text()) || kept_.contains(one.text())) continue;
    TRY(folder_.remove(one));
    ++gone;
  }
  return gone;
}

namespace evidence {

Result<std::optional<StoredFile>> find(Database& database, PlaceId home, const Digest& digest) {
  std::optional<StoredFile> out;
  TRY(scan_rows(database, table::file, {home.value, digest.text()}, [&](Row&& row) -> Status {
    TRY_ASSIGN(out, file_of(row));
    return {};
  }));
  return out;
}

Result<std::optional<StoredFile>> get(Tx& tx, PlaceId home, const Digest& digest) {
  return find(tx.database(), home, digest);
}

Status put(Tx& tx, PlaceId home, const StoredFile& file) {
  TRY_ASSIGN(const auto there, get(tx, home, file.digest));
  return there && there->named ? Status() : tx.put(table::file, row_of(home, file, tx.seq()));
}

Status name(Tx& tx, PlaceId home, StoredFile file) {
  TRY_ASSIGN(const auto there, get(tx, home, file.digest));
  if (there && there->named) return {};
  file.named = true;
  return tx.put(table::file, row_of(home, file, tx.seq()));
}

Result<std::set<std::string>> told(Database& database) {
  std::set<std::string> out;
  TRY(scan_rows(database, table::file, {}, [&](Row&& row) -> Status {
    out.insert(std::get<std::string>(row[1]));
    return {};
  }));
  return out;
}

Result<std::int64_t> waiting_bytes(Database& database, PlaceId home) {
  TRY_ASSIGN(Statement * sum, database.prepare(R"(SELECT CAST(sum("bytes") AS bigint) FROM "file")"
                                               R"( WHERE "home"=$1 AND "named"=0)"));
  TRY(sum->bind_all(std::vector<Value>{home.value}));
  TRY(sum->step());
  const std::int64_t out = sum->is_null(0) ? 0 : sum->integer(0);
  sum->reset();
  return out;
}

Result<std::vector<Key>> unnamed(Database& database, Seq upto) {
  TRY_ASSIGN(Statement * old, database.prepare(R"(SELECT "home","digest" FROM "file" WHERE "named"=0 AND "seq"<=$1)"
                                               R"( ORDER BY "home","digest" LIMIT $2)"));
  TRY(old->bind_all(std::vector<Value>{upto.value, unnamed_at_once}));
  std::vector<Key> out;
  while (true) {
    TRY_ASSIGN(const bool more, old->step());
    if (!more) break;
    out.push_back({old->integer(0), std::string(old->text(1))});
  }
  old->reset();
  return out;
}

Result<Scrub> scrub(Database& database, const Evidence& evidence, bool whole) {
  Scrub out;
  std::set<std::string> seen;
  TRY(scan_rows(database, table::file, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(const StoredFile file, file_of(row));
    if (!file.named || !seen.insert(file.digest.text()).second) return {};
    ++out.files;
    const bool there = whole ? evidence.read(file.digest).has_value() : evidence.holds(file.digest);
    if (!there) out.missing.push_back(file.digest.text());
    return {};
  }));
  return out;
}

}   // namespace evidence

}   // namespace gangmu::store
