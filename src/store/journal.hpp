// SPDX-License-Identifier: Apache-2.0
// The journal is the log of record: one entry an accepted write, complete, in canonical JSON, kept as written. Entries
// are chained per stream (stream = home): hash = sha256(hash of the stream's entry before, 32 bytes, zero at first ‖
// bytes). The head of the store is the digest over its epoch and all stream heads.
//
//   {"act":"report_progress","actor":"local","answer":{…},"at":1764000000000000,"columns":{"task":["home","id","body",…]},
//    "command":"sha256:…","definitions":["scheme:town@2"],"epoch":1,"fields":{…},"home":4,"request_key":"8f…",
//    "rows":[["task",[4,"T-001"],["{…}",…]],["task",[4,"T-002"],null]],"seq":812}
//
// A row is [table, key, after-image without the key | null when erased]; bytes are hex; null in a column of seqs stands
// for the entry's own, so that equal content has equal bytes. When the rows outgrow Limits::entry_bytes the entry holds
// "batch":{"digest","rows"} in place of "rows", and a batch (batches.hpp) holds the same rows one a line.
// `answer`, `command` and `fields` stand only beside a request key: table request_key names the entry, which is read
// when the key comes again.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/digest.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "store/batches.hpp"
#include "store/database.hpp"
#include "store/row_form.hpp"

namespace gangmu::store {

struct Batch {
  Digest digest;
  std::int64_t rows = 0;
};

struct Entry {
  Seq seq;
  std::int64_t epoch = 1;
  PlaceId home;   ///< the stream
  Instant at;
  std::string act;
  std::string actor;
  std::string request_key;   ///< empty: none
  std::string command;       ///< keyed digest of the canonical command, its first half
  Json fields;               ///< keyed short digests of its top-level fields, to name the first that differs
  Json answer;
  std::vector<std::string> definitions;   ///< "kind:id@version", sorted
  Json columns;                           ///< table → its column names, for the tables in `rows`
  std::string rows;                       ///< canonical JSON rows, each ended by '\n'; empty when `batch` stands
  Json::Array read = {};                  ///< the same rows in place of `rows`, of an entry that was read
  std::optional<Batch> batch;

  [[nodiscard]] std::string canonical() const;
  /// Error: entry_malformed.
  static Result<Entry> parse(std::string_view bytes);
};

/// One touched row read back: the table, and either the whole row or the key of an erased one.
struct RowChange {
  const Table* table = nullptr;
  Row row = {};   ///< all columns; when erased, only the key columns
  bool erased = false;
  bool earlier = false;   ///< written under an earlier schema (row_form.hpp)
};

/// Appends one row in canonical form and '\n'. Shape: row.size() is the number of columns, or of keys when erased.
void append_row(std::string& out, const Table& table, const Row& row, bool erased, Seq own);
/// Columns of tables as entries name them.
Json columns_of(const std::vector<const Table*>& tables);
/// Keeps the rows as a batch; takes them out of the entry and names the batch instead.
Status move_rows_to_batch(Entry& entry, Batches& batches, std::int64_t rows);
/// Calls back for each row of an entry, from its `rows` or from its batch (digest verified).
/// Errors: entry_malformed, batch_missing, or the callback's.
/// `only`: the rows of one table.
Status for_each_row(const Entry& entry, Batches& batches, const std::function<Status(RowChange&&)>& visit,
                    const Table* only = nullptr);

Digest chain(const Digest& previous, std::string_view bytes);
Digest first_link();   ///< 32 zero bytes
using StreamHeads = std::map<PlaceId, Digest>;
Digest store_head(std::int64_t epoch, const StreamHeads& heads);

/// Where a walk along the journal stands.
struct Line {
  std::int64_t epoch = 1;
  StreamHeads heads;
  [[nodiscard]] Digest head() const { return store_head(epoch, heads); }
};

/// The journal's table, read side.
struct JournalRow {
  Entry entry = {};
  std::string bytes = {};
  Digest hash = {};
};
Result<Seq> last_seq(Database& database);
Result<Instant> time_of(Database& database, Seq seq);
/// The last entry up to `last` that was written at `moment` or before; 0 when all are later. Entries stand in order of
/// time.
Result<Seq> last_seq_by(Database& database, Instant moment, Seq last);
/// The head of each stream as of `seq`.
Result<StreamHeads> stream_heads(Database& database, Seq seq);
/// Entries with seq in (after, upto], in order.
Status read_journal(Database& database, Seq after, Seq upto, const std::function<Status(const JournalRow&)>& visit);
/// One step: the row follows from the head of its stream, and a new epoch begins with the entry that names the head it
/// was restored to. Error: journal_broken.
Status follow_chain(const JournalRow& row, Line& line);
/// Walks (after, upto] and verifies numbers, hashes, and that columns equal bytes; `line`: as at `after`, moved along.
/// Errors: journal_gap, journal_broken (name the first bad entry).
Status verify_journal(Database& database, Seq after, Seq upto, Line& line);

/// The entry's own row and, when it has a request key, that row.
Status insert_entry(Database& database, const Entry& entry, std::string bytes, const Digest& hash);
/// Writes what entries did into a database: their rows, their request keys, and themselves. Rows of a table wait for
/// more of them, so that many go in one write; tables do not depend on one another, but for those that are derived.
class Replay {
 public:
  /// `entries` false: without the journal's own table.
  Replay(Database& target, Batches& batches, bool entries = true)
      : target_(target), batches_(batches), entries_(entries) {}
  Status take(const JournalRow& row);
  Status finish();   ///< writes what waits; nothing is lost on the way to more

 private:
  struct Waiting {
    std::vector<Row> rows = {};
    bool earlier = false;
  };
  Status put(const Table& table, Row row, bool earlier);
  Status erase(const RowChange& change);
  Status flush(const Table& table, Waiting& waiting);

  Database& target_;
  Batches& batches_;
  bool entries_;
  RowForms forms_;
  std::map<const Table*, Waiting> waiting_;
  std::size_t bytes_ = 0;
};
/// Of one entry.
Status apply_entry(Database& target, const JournalRow& row, Batches& batches);
/// Journal of one database into the empty tables of another, of either engine, up to a seq (0: all).
Status replay(Database& source, Database& target, Batches& batches, Seq upto = {});

}   // namespace gangmu::store
