// SPDX-License-Identifier: Apache-2.0
// A backup is the journal, shipped: replaying it gives the tables, on either engine, as of any seq. It is taken beside
// the running server, grows by what is new since the last time, and is whole whenever its manifest is.
//
//   backup.json            manifest: how far it reaches, its files with their digests, the mark, sealed under the
//   store's key journal/<first>-<last> entries, one a line: "sha256:<hash> <bytes>" batches/<hex>          rows of
//   large entries files/<hex> what records name (evidence.hpp), personal ones sealed
//
// The *mark* is a seq with the digests of all tables there, taken in one picture: what a drill proves. Keys are no part
// of a backup (who has both can open personal fields and seal a HEAD): keep a copy of the key folder apart, renewed
// after each erasure.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "store/batches.hpp"
#include "store/evidence.hpp"
#include "store/journal.hpp"
#include "store/opening.hpp"

namespace gangmu::store {

using TableDigests = std::map<std::string, std::string>;
/// Of the journalled tables and the journal.
Result<TableDigests> table_digests(Database& database);

struct Manifest {
  struct File {
    std::string name;
    Seq first, last;
    Digest digest;
    std::int64_t bytes = 0;
  };
  struct Mark {
    Seq seq;
    Instant at;
    TableDigests tables;
  };
  std::string store;
  Instant at;   ///< when it was last brought up to date
  Seq seq;      ///< it holds the journal up to here
  Line line;    ///< there
  std::vector<File> files;
  std::optional<Mark> mark;

  [[nodiscard]] std::string text(std::string_view key) const;
  /// An empty key leaves the seal unchecked. Error: backup_damaged.
  static Result<Manifest> parse(std::string_view text, std::string_view key, const std::string& name);
};

class Backup {
 public:
  Backup(std::filesystem::path folder, Files& files)
      : folder_(std::move(folder)), files_(files), batches_(folder_, files), evidence_(folder_ / "files", files) {}

  [[nodiscard]] bool exists() const;
  Result<Manifest> manifest(std::string_view key) const;   ///< errors: backup_missing, backup_damaged
  /// Entries with seq in (0, upto], verified link by link; the digest of each file is checked before its first line is
  /// shown.
  Status read(const Manifest& manifest, Seq upto, const std::function<Status(const JournalRow&)>& visit) const;
  [[nodiscard]] BatchFolder& batches() { return batches_; }
  [[nodiscard]] Evidence& evidence() { return evidence_; }

  /// Ships what is new; with `mark`, the digests of all tables too (one read of the whole store). Safe to cut short and
  /// repeat. Errors: backup_of_another, journal_broken, disk_full, …
  Result<Manifest> take(Beside& store, const Clock& clock, bool mark);

 private:
  Result<Manifest> begin(const Beside& store) const;
  Status ship(Beside& store, Manifest& manifest, Seq upto);
  Status ship_files(Beside& store);
  Status add(Manifest& manifest, Seq first, Seq last, std::string lines);
  Status save(const Manifest& manifest, std::string_view key);

  std::filesystem::path folder_;
  Files& files_;
  BatchFolder batches_;
  Evidence evidence_;
};

}   // namespace gangmu::store
