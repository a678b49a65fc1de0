// SPDX-License-Identifier: Apache-2.0
// A flat table of alternatives × criteria for the methods that know no tree (objective weights, TOPSIS, VIKOR, Borda,
// Copeland). Stored column by column; NaN is a missing value, which only the methods that say so accept.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace gangmu::score {

struct Matrix {
  std::size_t rows = 0;
  std::vector<double> values;   ///< rows × columns

  /// From rows as one writes them down.
  static Matrix of(const std::vector<std::vector<double>>& rows);
  [[nodiscard]] std::size_t columns() const { return rows == 0 ? 0 : values.size() / rows; }
  [[nodiscard]] std::span<const double> column(std::size_t j) const {
    return std::span(values).subspan(j * rows, rows);
  }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return values[column * rows + row]; }
};

/// Errors: matrix_shape (fewer than `least` rows, no column, ragged), matrix_missing (a value that is no finite
/// number).
Status complete(const Matrix& matrix, std::size_t least);
/// weights: one a column, ≥ 0, not all 0; down: one a column. Errors: matrix_shape, weights_zero.
Status fitting(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down);

}   // namespace gangmu::score
