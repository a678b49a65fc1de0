// SPDX-License-Identifier: Apache-2.0
// Nodes judged over the whole class at once: points 0…100 from the children's points of all its places.
//
//   mpi        children standardised to mean 100, deviation 10 (n); M ∓ S² / M by weight, less 50: the class's middle
//   is at 50
//              (De Muro, Mazziotta & Pareto 2011)
//   topsis     100 × closeness to the ideal        vikor   100 × (1 − Q)
//   borda      100 × mean share of the others beaten
//   copeland   50 + 50 × (won − lost) / (n − 1) of the duels
//
// mpi, topsis and vikor need every child's points; borda and copeland judge by those that are there.
#pragma once

#include "score/assessment.hpp"
#include "score/matrix.hpp"

namespace gangmu::score {

/// How many places' points were cut to 0…100 (mpi).
struct Cuts {
  std::size_t below = 0, above = 0;
};

/// matrix: a row a place, a column a child, NaN where there are no points. Result: a row each, NaN where there is no
/// judgement. `verdict`, when asked for, is filled with rows in place of places.
std::vector<double> collective_points(const Aggregation& aggregation, const Matrix& matrix,
                                      std::span<const double> weights, Executor& executor, Verdict* verdict,
                                      Cuts* cuts = nullptr);

}   // namespace gangmu::score
