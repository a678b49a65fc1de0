// SPDX-License-Identifier: Apache-2.0
// Frozen assessments: written once. A View lists them without their bodies; a body is read when it is shown.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/digest.hpp"
#include "base/period.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/shelf.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct AssessmentRecord {
  PlaceId home;
  std::string id;
  std::string scheme;   ///< id of its definition
  int version = 1;      ///< of the scheme
  Period period;
  Digest digest;   ///< of the result, as the scorer gives it
  Seq seq;

  [[nodiscard]] std::pair<PlaceId, std::string> key() const { return {home, id}; }
};
using AssessmentRecords = Shelf<AssessmentRecord>;

namespace assessments {

Status insert(Tx& tx, const AssessmentRecord& record, std::string body);   ///< seq is set from tx; error: row_exists
/// Canonical bytes of the body. Error: no_such_row (also when it is younger than as_of).
Result<std::string> body(Database& database, PlaceId home, std::string_view id, Seq as_of);

Result<AssessmentRecord> of_row(const Row& row);
Result<AssessmentRecords> load(Database& database);

}   // namespace assessments
}   // namespace gangmu::store
