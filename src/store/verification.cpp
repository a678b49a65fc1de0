// SPDX-License-Identifier: Apache-2.0
#include "store/verification.hpp"

#include <algorithm>

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

Status walk(Database& database, Batches& batches, Known& known, Seq last) {
  Line line;
  TRY(known.meet(Seq{}, line));
  const auto step = [&](const JournalRow& row) -> Status {
    TRY(follow_chain(row, line));
    TRY(check_batch(row.entry, batches));
    return known.meet(row.entry.seq, line);
  };
  TRY(read_journal(database, Seq{}, last, step));
  return known.all_met(last);
}

std::string line_of(const Table& table, const Row& row) {
  std::string out;
  append_row(out, table, row, false, Seq{});
  return out;
}

/// The key of the first row in which two tables differ.
Result<std::string> first_difference(Database& stored, Database& replayed, const Table& table) {
  std::vector<Row> right;
  TRY(scan_rows(replayed, table, {}, [&](Row&& row) -> Status {
    right.push_back(std::move(row));
    return {};
  }));
  std::size_t i = 0;
  std::string key;
  const auto name = [&](const Row& row) { key = key_text(std::span(row).first(table.keys)); };
  TRY(scan_rows(stored, table, {}, [&](Row&& row) -> Status {
    if (key.empty() && (i >= right.size() || line_of(table, right[i]) != line_of(table, row))) name(row);
    ++i;
    return {};
  }));
  if (key.empty() && i < right.size()) name(right[i]);
  return key;
}

Status compare(Database& stored, Database& replayed, const Table& table) {
  TRY_ASSIGN(const Digest here, table_digest(stored, table));
  TRY_ASSIGN(const Digest there, table_digest(replayed, table));
  if (here == there) return {};
  TRY_ASSIGN(std::string key, first_difference(stored, replayed, table));
  return fail(errors::replay_differs, {std::string(table.name), std::move(key)});
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

Result<Verification> verify_database(Database& database, Batches& batches, std::vector<Head> heads) {
  TRY_ASSIGN(const Seq last, last_seq(database));
  Verification found{.seq = last, .entries = last.value};
  Known known(std::move(heads), found.left_behind);
  TRY(walk(database, batches, known, last));
  TRY_ASSIGN(const auto again, open_sqlite_memory());
  TRY(create_tables(*again));
  TRY(replay(database, *again, batches, last));
  for (const Table* table : tables()) {
    if (!table->replayed()) continue;
    TRY(compare(database, *again, *table));
    ++found.tables;
  }
  return found;
}

}   // namespace gangmu::store
