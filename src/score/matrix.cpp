// SPDX-License-Identifier: Apache-2.0
#include "score/matrix.hpp"

#include <algorithm>

#include "score/errors.hpp"

namespace gangmu::score {

Matrix Matrix::of(const std::vector<std::vector<double>>& rows) {
  Matrix out;
  out.rows = rows.size();
  for (std::size_t j = 0; j < (rows.empty() ? 0 : rows.front().size()); ++j) {
    for (const auto& row : rows) {
      if (j < row.size()) out.values.push_back(row[j]);
    }
  }
  return out;
}

Status complete(const Matrix& matrix, std::size_t least) {
  if (matrix.rows < least || matrix.values.empty() || matrix.values.size() % matrix.rows != 0) {
    return fail(errors::matrix_shape,
                {std::to_string(matrix.rows), std::to_string(matrix.values.size()), std::to_string(least)});
  }
  Diagnostics faults;
  for (std::size_t i = 0; i < matrix.values.size(); ++i) {
    if (matrix.values[i] - matrix.values[i] == 0) continue;
    faults.push_back(
        {&errors::matrix_missing, {std::to_string(i % matrix.rows + 1), std::to_string(i / matrix.rows + 1)}, {}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

Status fitting(const Matrix& matrix, std::span<const double> weights, const std::vector<bool>& down) {
  if (weights.size() != matrix.columns() || down.size() != matrix.columns()) {
    return fail(errors::matrix_shape,
                {std::to_string(weights.size()), std::to_string(down.size()), std::to_string(matrix.columns())});
  }
  const bool negative = std::any_of(weights.begin(), weights.end(), [](double w) { return !(w >= 0); });
  const bool any = std::any_of(weights.begin(), weights.end(), [](double w) { return w > 0; });
  if (negative || !any) return fail(errors::weights_zero, {});
  return {};
}

}   // namespace gangmu::score
