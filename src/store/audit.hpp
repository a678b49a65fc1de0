// SPDX-License-Identifier: Apache-2.0
// The journal searched for people: who did what to which object, when; newest first. What the rows held is not told, so
// that who audits need not see the programme's data; only of a look at persons, or their erasure, the reason that was
// given is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "store/database.hpp"

namespace gangmu::store {

struct AuditQuery {
  std::string actor;               ///< also where they acted on behalf of another, or another of them; empty: any
  std::vector<std::string> acts;   ///< any of them; empty: any at all
  std::string object;              ///< part of an object's text: "task", "account u3f", "17"; empty: any
  std::optional<Date> from, to;    ///< days at +08:00, both included
  Seq below{};                     ///< only entries before this one; 0: from the newest
  Seq above = {};                  ///< only entries after this one: how far back to look at all
  std::size_t most = 50;
};

struct AuditEntry {
  Seq seq;
  PlaceId home;
  Instant at;
  std::string act, actor;
  std::vector<std::string> objects;   ///< "task 4, 17": table and key of rows touched, the first few
  std::int64_t rows = 0;              ///< touched in all
  std::string reason = {};            ///< for which persons were looked at or erased; empty for every other act
};

struct AuditPage {
  std::vector<AuditEntry> entries;
  std::optional<Seq> next;   ///< `below` of the page after
};

/// Looks at a bounded number of entries; a page may be short and still have a next one. Errors: entry_malformed,
/// read_too_long.
Result<AuditPage> search_journal(Database& database, const AuditQuery& query, Seq as_of);

}   // namespace gangmu::store
