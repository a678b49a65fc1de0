// SPDX-License-Identifier: Apache-2.0
// The journal read back from its table: last number, heads of the streams, entries in order, and the check of the
// chain.
#include "store/errors.hpp"
#include "store/journal.hpp"

namespace gangmu::store {
namespace {

constexpr std::int64_t entries_at_once = 500;   ///< read in pages, so that no engine holds the whole journal in memory

Result<JournalRow> journal_row(const Row& row) {
  const auto number = [&](std::size_t i) { return std::get<std::int64_t>(row[i]); };
  const auto text = [&](std::size_t i) { return std::get<std::string>(row[i]); };
  const Seq seq{number(1)};
  JournalRow out{.bytes = text(7)};
  auto entry = Entry::parse(out.bytes);
  auto hash = Digest::parse(text(8));
  if (!entry || !hash) return fail(errors::journal_broken, {std::to_string(seq.value), "读不出来", "it can't be read"});
  const bool agrees = entry->home.value == number(0) && entry->seq == seq && entry->epoch == number(2) &&
                      entry->at.micros == number(3) && entry->act == text(4) && entry->actor == text(5) &&
                      entry->request_key == text(6);
  if (!agrees)
    return fail(errors::journal_broken,
                {std::to_string(seq.value), "各列与原文不符", "its columns differ from its bytes"});
  out.entry = *std::move(entry);
  out.hash = *hash;
  return out;
}

/// The one value of a query, 0 or more rows.
Result<std::optional<std::int64_t>> one_number(Database& database, std::string_view sql,
                                               std::span<const Value> values) {
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  TRY(statement->bind_all(values));
  TRY_ASSIGN(const bool some, statement->step());
  const std::optional<std::int64_t> out =
      some && !statement->is_null(0) ? std::optional(statement->integer(0)) : std::nullopt;
  statement->reset();
  return out;
}

Result<std::vector<Row>> page_of(Database& database, Seq after, Seq upto) {
  static const std::string sql =
      R"(SELECT "home","seq","epoch","at","act","actor","request_key","bytes","hash" FROM "journal")"
      R"( WHERE "seq">$1 AND "seq"<=$2 ORDER BY "seq" LIMIT $3)";
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  TRY(statement->bind_all(std::vector<Value>{after.value, upto.value, entries_at_once}));
  std::vector<Row> rows;
  while (true) {
    TRY_ASSIGN(const bool more, statement->step());
    if (!more) break;
    rows.push_back(read_row(table::journal, *statement));
  }
  statement->reset();
  return rows;
}

}   // namespace

Result<Seq> last_seq(Database& database) {
  TRY_ASSIGN(const auto last, one_number(database, R"(SELECT max("seq") FROM "journal")", {}));
  return Seq{last.value_or(0)};
}

Result<Instant> time_of(Database& database, Seq seq) {
  TRY_ASSIGN(const auto at,
             one_number(database, R"(SELECT "at" FROM "journal" WHERE "seq"=$1)", std::vector<Value>{seq.value}));
  return Instant{at.value_or(0)};
}

Result<Seq> last_seq_by(Database& database, Instant moment, Seq last) {
  Seq by{0}, later{last.value + 1};
  while (later.value - by.value > 1) {
    const Seq middle{by.value + (later.value - by.value) / 2};
    TRY_ASSIGN(const Instant at, time_of(database, middle));
    (at <= moment ? by : later) = middle;
  }
  return by;
}

Result<StreamHeads> stream_heads(Database& database, Seq seq) {
  StreamHeads heads;
  std::int64_t home = INT64_MIN;
  while (true) {   // one look-up a stream; the journal itself is not walked
    TRY_ASSIGN(const auto next,
               one_number(database, R"(SELECT min("home") FROM "journal" WHERE "home">$1)", std::vector<Value>{home}));
    if (!next) return heads;
    home = *next;
    TRY_ASSIGN(const auto last,
               one_number(database, R"(SELECT max("seq") FROM "journal" WHERE "home"=$1 AND "seq"<=$2)",
                          std::vector<Value>{home, seq.value}));
    if (!last) continue;
    TRY(scan_rows(database, table::journal, Key{home, *last}, [&](Row&& row) -> Status {
      TRY_ASSIGN(heads[PlaceId{home}], Digest::parse(std::get<std::string>(row[8])));
      return {};
    }));
  }
}

Status read_journal(Database& database, Seq after, Seq upto, const std::function<Status(const JournalRow&)>& visit) {
  while (after < upto) {
    TRY_ASSIGN(const std::vector<Row> rows, page_of(database, after, upto));
    for (const Row& row : rows) {
      TRY_ASSIGN(const JournalRow entry, journal_row(row));
      if (entry.entry.seq.value != after.value + 1) return fail(errors::journal_gap, {std::to_string(after.value + 1)});
      TRY(visit(entry));
      after = entry.entry.seq;
    }
    if (rows.empty()) return fail(errors::journal_gap, {std::to_string(after.value + 1)});
  }
  return {};
}

Status follow_chain(const JournalRow& row, Line& line) {
  const auto broken = [&](const char* zh, const char* en) {
    return fail(errors::journal_broken, {std::to_string(row.entry.seq.value), zh, en});
  };
  if (row.entry.epoch != line.epoch) {
    const bool follows =
        row.entry.epoch > line.epoch && row.entry.answer["restored_to"]["digest"] == Json(line.head().text());
    if (!follows)
      return broken("它开始新时期，却没有写明此前的日志头", "it begins an epoch without naming the head before it");
    line.epoch = row.entry.epoch;
  }
  Digest& head = line.heads.try_emplace(row.entry.home, first_link()).first->second;
  if (chain(head, row.bytes) != row.hash)
    return broken("它的散列与前一笔接不上", "its hash does not follow from the entry before");
  head = row.hash;
  return {};
}

Status verify_journal(Database& database, Seq after, Seq upto, Line& line) {
  return read_journal(database, after, upto, [&](const JournalRow& row) { return follow_chain(row, line); });
}

}   // namespace gangmu::store
