// SPDX-License-Identifier: Apache-2.0
#include "store/verification.hpp"

#include <algorithm>
#include <optional>

#include "store/errors.hpp"
#include "store/journal.hpp"

namespace gangmu::store {
namespace {

/// Heads known from elsewhere, met in the order of their seq while the journal is walked.
class Known {
 public:
  Known(std::vector<Head> heads, std::vector<Seq>& left_behind) : heads_(std::move(heads)), left_behind_(left_behind) {
    std::sort(heads_.begin(), heads_.end(), [](const Head& a, const Head& b) { return a.seq < b.seq; });
  }

  Status meet(Seq seq, const Line& line) {
    for (; next_ < heads_.size() && heads_[next_].seq == seq; ++next_) {
      const Head& head = heads_[next_];
      if (head.epoch < line.epoch)
        left_behind_.push_back(head.seq);   // a restore went back before it
      else if (head.epoch != line.epoch || head.digest != line.head())
        return fail(errors::head_differs, {std::to_string(seq.value), head.digest.text(), line.head().text()});
    }
    return {};
  }
  /// All of them lie within the journal.
  Status all_met(Seq last) const {
    if (next_ == heads_.size()) return {};
    return fail(errors::journal_short,
                {std::to_string(last.value), std::to_string(heads_[next_].seq.value), std::to_string(last.value + 1)});
  }

 private:
  std::vector<Head> heads_;
  std::size_t next_ = 0;
  std::vector<Seq>& left_behind_;
};

Status check_batch(const Entry& entry, Batches& batches) {
  if (!entry.batch) return {};
  const auto rows = batches.read(entry.batch->digest);
  if (rows) return {};
  return fail(errors::journal_broken,
              {std::to_string(entry.seq.value), rows.error().text(Language::zh), rows.error().text(Language::en)});
}

/// The chain and the heads, entry by entry; what the entries did goes into `again` on the way. What the chain tells
/// comes before what the replay tells.
Status walk(Database& database, Batches& batches, Known& known, Seq last, Database& again) {
  Line line;
  TRY(known.meet(Seq{}, line));
  Replay replay(again, batches, false);
  Status replayed;
  const auto step = [&](const JournalRow& row) -> Status {
    TRY(follow_chain(row, line));
    TRY(check_batch(row.entry, batches));
    TRY(known.meet(row.entry.seq, line));
    if (replayed) replayed = replay.take(row);
    return {};
  };
  TRY(read_journal(database, Seq{}, last, step));
  TRY(known.all_met(last));
  return replayed ? replay.finish() : replayed;
}

/// The walk read entries by their number and checked each column against the bytes; a row beside them has no number.
Status check_count(Database& database, Seq last) {
  TRY_ASSIGN(Statement * count, database.prepare(R"(SELECT count(*) FROM "journal" WHERE "act"<>'' OR "act"='')"));
  TRY(count->step());
  const bool all = count->integer(0) == last.value;
  count->reset();
  if (all) return {};
  return fail(errors::replay_differs, {std::string(table::journal.name), "0"});
}

bool equal(const Table& table, const Statement& one, const Statement& two) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int column = static_cast<int>(i);
    if (one.is_null(column) || two.is_null(column)) return false;   // no table has any
    switch (table.columns[i].type) {
      case ColumnType::integer:
        if (one.integer(column) != two.integer(column)) return false;
        break;
      case ColumnType::text:
        if (one.text(column) != two.text(column)) return false;
        break;
      case ColumnType::bytes:
        if (one.bytes(column) != two.bytes(column)) return false;
        break;
    }
  }
  return true;
}

/// Both in the order of the key, row beside row. Nothing: they are equal; else the key of the first that differs.
Result<std::optional<std::string>> first_difference(Statement& stored, Statement& replayed, const Table& table) {
  while (true) {
    TRY_ASSIGN(const bool here, stored.step());
    TRY_ASSIGN(const bool there, replayed.step());
    if (!here && !there) return std::optional<std::string>();
    if (here && there && equal(table, stored, replayed)) continue;
    const Row row = read_row(table, here ? stored : replayed);
    return std::optional(key_text(std::span(row).first(table.keys)));
  }
}

Status compare(Database& stored, Database& replayed, const Table& table) {
  TRY_ASSIGN(Statement * here, stored.prepare(select_sql(table, 0)));
  TRY_ASSIGN(Statement * there, replayed.prepare(select_sql(table, 0)));
  const auto found = first_difference(*here, *there, table);
  here->reset();
  there->reset();
  if (!found) return fail(found.error());
  if (!*found) return {};
  return fail(errors::replay_differs, {std::string(table.name), **found});
}

}   // namespace

std::string head_text(const Head& head, Instant at) {
  Json out;
  out.set("at", at.text());
  out.set("digest", head.digest.text());
  out.set("epoch", head.epoch);
  out.set("seq", head.seq.value);
  out.set("store", head.store);
  return out.canonical();
}

Result<Head> parse_head(std::string_view text) {
  const auto json = Json::parse(text);
  const auto named = json ? Digest::parse((*json)["digest"].string_or("")) : fail(errors::head_malformed);
  if (!named || !(*json)["seq"].integer() || !(*json)["epoch"].integer()) return fail(errors::head_malformed);
  return Head{
      (*json)["store"].string_or(""), Seq{(*json)["seq"].integer_or(0)}, (*json)["epoch"].integer_or(1), *named, {}};
}

Result<Verification> verify_database(Database& database, Batches& batches, std::vector<Head> heads,
                                     const Evidence* evidence) {
  TRY_ASSIGN(const Seq last, last_seq(database));
  Verification found{.seq = last, .entries = last.value};
  Known known(std::move(heads), found.left_behind);
  TRY_ASSIGN(const auto again, open_sqlite_memory());
  for (const Table* table : tables()) TRY(create_table(*again, *table, false));
  TRY(again->begin_write());
  TRY(walk(database, batches, known, last, *again));
  TRY(check_count(database, last));
  ++found.tables;
  for (const Table* table : tables()) {
    if (!table->replayed() || table == &table::journal) continue;
    TRY(compare(database, *again, *table));
    ++found.tables;
  }
  if (!evidence) return found;
  TRY_ASSIGN(const evidence::Scrub files, evidence::scrub(database, *evidence, false));
  if (!files.missing.empty()) return fail(errors::evidence_missing, {files.missing.front()});
  found.files = files.files;
  return found;
}

}   // namespace gangmu::store
