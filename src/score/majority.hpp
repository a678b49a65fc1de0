// SPDX-License-Identifier: Apache-2.0
// Rankings that don't let one criterion pay for another: Borda (mean place) and Copeland (majority duels), on a flat
// table. Missing values (NaN) are accepted: a criterion counts for a place, or for a duel, only where the figures are
// there. No n × n table is kept, so 26,842 places fit.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/parallel.hpp"
#include "score/matrix.hpp"

namespace gangmu::score {

struct Borda {
  std::vector<double> points;        ///< mean share of the others beaten, 0…1, ties half; NaN without any value
  std::vector<std::uint32_t> rank;   ///< 0 without points
};
/// Errors: matrix_shape, weights_zero.
Result<Borda> borda(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down);

struct Copeland {
  std::vector<std::uint32_t> won, lost, level;   ///< duels; level: equal weight on both sides
  std::vector<std::uint32_t> without;            ///< duels without a shared criterion: neither won nor lost
  std::vector<std::int64_t> points;              ///< won − lost
  std::vector<std::uint32_t> rank;               ///< by points; ties share the better rank
  std::optional<std::size_t> condorcet;          ///< who wins every duel, when there is one
};
/// A duel is won by whom criteria of more weight favour, counting shared criteria only; weights are read to 1e-9.
/// Errors: matrix_shape (also above 64 criteria), weights_zero.
Result<Copeland> copeland(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down,
                          Executor& executor);

}   // namespace gangmu::score
