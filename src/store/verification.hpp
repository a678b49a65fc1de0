// SPDX-License-Identifier: Apache-2.0
// Proof: the whole chain from its first entry, heads known from elsewhere, and every table against a replay of the
// journal.
//
// The chain shows an entry that was edited, deleted, moved or put in. Someone who computes all later hashes anew is
// seen by a head that stands elsewhere: HEAD (sealed under the store's key) and heads that were exported ("gangmu audit
// head"). Someone with the files and the key is seen by exported heads only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "store/batches.hpp"
#include "store/database.hpp"
#include "store/head.hpp"
#include "store/store.hpp"

namespace gangmu::store {

/// {"at","digest","epoch","seq","store"} in canonical form: what is kept or signed elsewhere.
std::string head_text(const Head& head, Instant at);
/// Error: head_malformed.
Result<Head> parse_head(std::string_view text);

/// Within a read transaction of the caller. `heads`: known from elsewhere, in any order.
/// Errors: journal_gap, journal_broken, journal_short, head_differs, replay_differs: each names the first bad record;
/// evidence_missing: a file that a record names. `evidence` null: files are not looked at.
Result<Verification> verify_database(Database& database, Batches& batches, std::vector<Head> heads,
                                     const Evidence* evidence = nullptr);

}   // namespace gangmu::store
