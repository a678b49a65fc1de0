// SPDX-License-Identifier: Apache-2.0
// Digests of an assessment. Canonical bytes: little-endian, places in the order of their codes, one digest a column,
// then the digest of the digests; so columns can be digested side by side. Internal to the assessment.
//
//   column of the inputs = key "indicator|use|base" \n, then a place each: state (1 byte), value (binary64, 0 unless a
//   value) inputs   = "gangmu-inputs 1" \n, a place each: code \n class (2 bytes) group (4 bytes); grants
//   "place|item|times" \n in
//              the order of (place, item); then the digests of the columns
//   result   = "gangmu-assessment 1" \n, digest of the scheme, of the inputs, then of: subtotal, bonus, deduction,
//   total,
//              rank, grade, grade without red lines, then node by node: a branch's states and scores, a leaf's
//              contributions
#pragma once

#include "score/assessment.hpp"

namespace gangmu::score {

/// Precondition of both: places stand in the order of their codes.
Digest inputs_digest(const Scheme& scheme, const Inputs& inputs, Executor& executor);
Digest assessment_digest(const Scheme& scheme, const Assessment& assessment, Executor& executor);

}   // namespace gangmu::score
