// SPDX-License-Identifier: Apache-2.0
// Evidence: files outside the database, each under the digest of what is stored, in folder `files` of the store's data.
// A file is durable before the entry that tells of it (table `file`); it is *named* once a record names it, and stays
// for good then. One that nobody named goes after Limits::file_days; its row goes by an act, its bytes after that.
//
//   TRY_ASSIGN(const Digest digest, store.evidence().keep(bytes));      // no writer is kept waiting
//   store.write({… .run = [&](Tx& tx) { return evidence::put(tx, home, {digest, "image/jpeg", size}); }});
//
// Servers of one store share the folder. What is personal is sealed before it is kept (vault.hpp).
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/digest_folder.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

/// A row of table `file`.
struct StoredFile {
  Digest digest;
  std::string type;         ///< image/jpeg …, told from its content
  std::int64_t bytes = 0;   ///< of the file as it is shown; a sealed one is longer on the disk
  bool named = false;
};

/// The bytes. Thread-safe.
class Evidence {
 public:
  Evidence(std::filesystem::path folder, Files& files) : folder_(std::move(folder), files) {}

  /// Durable when it returns. Errors: disk_full, file_failed, …
  Result<Digest> keep(std::string_view bytes);
  /// Error: evidence_missing when it is gone or has another digest.
  [[nodiscard]] Result<std::string> read(const Digest& digest) const;
  [[nodiscard]] bool holds(const Digest& digest) const { return folder_.holds(digest); }
  /// The bytes of all that no row tells of, except what was kept a moment ago and has its entry still to come. Returns
  /// how many went.
  Result<std::int64_t> remove_unknown(const std::set<std::string>& known);

 private:
  DigestFolder folder_;
  std::mutex mutex_;
  std::map<std::string, long long> kept_;   ///< digest → when, by the clock that only goes forward
};

namespace evidence {

/// Tells of a file that is kept; told again, its days begin anew. One that is named stays as it is.
Status put(Tx& tx, PlaceId home, const StoredFile& file);
/// As a home has it.
Result<std::optional<StoredFile>> get(Tx& tx, PlaceId home, const Digest& digest);
/// A record of that home names it from now on. Precondition: it is kept.
Status name(Tx& tx, PlaceId home, StoredFile file);

/// Digests ("sha256:…") of all that are told of.
Result<std::set<std::string>> told(Database& database);
/// As a home has it.
Result<std::optional<StoredFile>> find(Database& database, PlaceId home, const Digest& digest);
/// Bytes of those that a home has and no record names.
Result<std::int64_t> waiting_bytes(Database& database, PlaceId home);
/// Those told of up to an entry and named by nobody: keys of table `file`, some of them.
Result<std::vector<Key>> unnamed(Database& database, Seq upto);
/// What is wrong with the files that records name.
struct Scrub {
  std::int64_t files = 0;
  std::vector<std::string> missing = {};   ///< digests of those that are gone or changed
};
/// `whole`: reads each and makes its digest; else whether it is there.
Result<Scrub> scrub(Database& database, const Evidence& evidence, bool whole);

}   // namespace evidence

}   // namespace gangmu::store
