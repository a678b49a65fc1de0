// SPDX-License-Identifier: Apache-2.0
// The stress test and the lift as tables: what `gangmu score --uncertainty N --sensitivity N --lift K` adds to the
// tables of plain.hpp.
#pragma once

#include "score/plain.hpp"

namespace gangmu::score {

/// coherence, correlations, warnings; sampling where there are surveys.
std::vector<Table> coherence_tables(const Scheme& scheme, const Gathered& gathered, const Assessment& assessment);

/// uncertainty: robustness, intervals, rank_histogram, duels, removal, reversals. sensitivity: sensitivity. lift: lift.
/// Errors: those of score/robustness.hpp; robustness_limit where more places are ranked than can be lifted.
Result<std::vector<Table>> stress_tables(const Scheme& scheme, const Gathered& gathered, const Assessment& assessment,
                                         const StressRequest& request, Executor& executor);

}   // namespace gangmu::score
