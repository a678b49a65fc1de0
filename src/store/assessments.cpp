// SPDX-License-Identifier: Apache-2.0
#include "store/assessments.hpp"

#include "store/errors.hpp"

namespace gangmu::store::assessments {
namespace {

constexpr std::size_t body_column = 6, seq_column = 7;

}   // namespace

Status insert(Tx& tx, const AssessmentRecord& record, std::string body) {
  return tx.insert(table::assessment, {record.home.value, record.id, record.scheme, std::int64_t{record.version},
                                       record.period.key(), record.digest.text(), std::move(body), tx.seq().value});
}

Result<std::string> body(Database& database, PlaceId home, std::string_view id, Seq as_of) {
  std::optional<std::string> found;
  TRY(scan_rows(database, table::assessment, {home.value, std::string(id)}, [&](Row&& row) -> Status {
    if (std::get<std::int64_t>(row[seq_column]) <= as_of.value)
      found = std::move(std::get<std::string>(row[body_column]));
    return {};
  }));
  if (!found) return fail(errors::no_such_row, {"assessment", std::string(id)});
  return *std::move(found);
}

Result<AssessmentRecord> of_row(const Row& row) {
  AssessmentRecord r;
  r.home = PlaceId{std::get<std::int64_t>(row[0])};
  r.id = std::get<std::string>(row[1]);
  r.scheme = std::get<std::string>(row[2]);
  r.version = static_cast<int>(std::get<std::int64_t>(row[3]));
  TRY_ASSIGN(r.period, Period::from_key(std::get<std::int64_t>(row[4])));
  TRY_ASSIGN(r.digest, Digest::parse(std::get<std::string>(row[5])));
  r.seq = Seq{std::get<std::int64_t>(row[seq_column])};
  return r;
}

Result<AssessmentRecords> load(Database& database) {
  // The bodies are not read: they are large, and the list does not show them.
  TRY_ASSIGN(Statement * statement,
             database.prepare(R"(SELECT "home","id","scheme","version","period","digest",'',"seq")"
                              R"( FROM "assessment" ORDER BY "home","id")"));
  std::vector<AssessmentRecords::Handle> all;
  while (true) {
    TRY_ASSIGN(const bool more, statement->step());
    if (!more) break;
    TRY_ASSIGN(AssessmentRecord record, of_row(read_row(table::assessment, *statement)));
    all.push_back(std::make_shared<const AssessmentRecord>(std::move(record)));
  }
  statement->reset();
  return AssessmentRecords(std::move(all));
}

}   // namespace gangmu::store::assessments
