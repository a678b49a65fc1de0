// SPDX-License-Identifier: Apache-2.0
// Rankings by distance from an ideal, on a flat table: TOPSIS (Hwang & Yoon 1981) and VIKOR (Opricovic & Tzeng 2004,
// 2007). Weights are rescaled to a sum of 1. A constant criterion tells nobody apart: it is left out and named in the
// result.
#pragma once

#include <cstdint>
#include <vector>

#include "score/matrix.hpp"

namespace gangmu::score {

enum class TopsisScaling : std::uint8_t { vector, min_max };   ///< vector: divided by the column's Euclidean length

struct Topsis {
  std::vector<double> closeness;       ///< 1 at the ideal, 0 at its opposite; 0.5 when nothing tells anybody apart
  std::vector<std::uint32_t> rank;     ///< ties (to 1e-9) share the better rank
  std::vector<std::size_t> left_out;   ///< constant criteria
};
/// Errors: matrix_shape, matrix_missing, weights_zero.
Result<Topsis> topsis(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down,
                      TopsisScaling scaling);

struct Vikor {
  std::vector<double> s, r, q;           ///< group utility, individual regret, compromise; less is better
  std::vector<std::uint32_t> rank;       ///< by q
  bool acceptable_advantage = false;     ///< q of the second ≥ q of the first + 1 / (n − 1)
  bool acceptable_stability = false;     ///< the first by q is also first by s or by r
  std::vector<std::size_t> compromise;   ///< the set that can't be told from the best, rows in order
  std::vector<std::size_t> left_out;
};
/// v: weight of group utility, in [0, 1]. Errors: as above, share_outside.
Result<Vikor> vikor(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down,
                    double v = 0.5);

}   // namespace gangmu::score
