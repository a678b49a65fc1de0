// SPDX-License-Identifier: Apache-2.0
// The stress test and the lift as tables: what `gangmu score --uncertainty N --sensitivity N --lift K` adds to the
// tables of plain.hpp.
#pragma once

#include "score/plain.hpp"

namespace gangmu::score {

/// uncertainty: robustness, intervals, rank_histogram, duels, removal, reversals, coherence, correlations, warnings.
/// sensitivity: sensitivity. lift: lift, of the first 200 places ranked. Errors: those of score/robustness.hpp.
Result<std::vector<Table>> stress_tables(const Scheme& scheme, const Gathered& gathered, const Assessment& assessment,
                                         const StressRequest& request, Executor& executor);

}   // namespace gangmu::score
