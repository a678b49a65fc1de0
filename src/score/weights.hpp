// SPDX-License-Identifier: Apache-2.0
// Weights from figures or from judgements, for whoever must propose a scheme. All sum to 1; sums run in row order.
//
//   equal       1 / m
//   deviation   ∝ standard deviation (n − 1) of the min-max scaled column
//   entropy     ∝ 1 − E, E = −Σ p ln p / ln n, p = x / Σx; values must be ≥ 0, 0 ln 0 = 0; a column of zeros tells
//   nothing: E = 1 critic      ∝ σ Σ (1 − r) on min-max scaled columns, Pearson's r (Diakoulaki, Mavrotas &
//   Papayannakis 1995) principal   ∝ squared loading on the first principal component of the correlation matrix
//   (OECD/JRC Handbook 2008, §6.1) ahp         principal eigenvector of a reciprocal comparison matrix (Saaty 1980);
//   refused above a consistency ratio of 0.10 allocation  mean of the experts' points, each expert's points rescaled to
//   the same sum
#pragma once

#include <vector>

#include "score/matrix.hpp"

namespace gangmu::score {

std::vector<double> equal_weights(std::size_t columns);

/// Errors of the next four: matrix_shape, matrix_missing; weights_zero when no column varies.
Result<std::vector<double>> deviation_weights(const Matrix& matrix);
/// Also: matrix_negative.
Result<std::vector<double>> entropy_weights(const Matrix& matrix);
/// `down`: criteria where less is better (their scale is turned round). A constant column gets weight 0.
Result<std::vector<double>> critic_weights(const Matrix& matrix, const std::vector<bool>& down);

struct PrincipalWeights {
  std::vector<double> weights, loadings;
  double explained = 0;       ///< share of the variance the component carries
  bool mixed_signs = false;   ///< criteria pull against each other: one component does not measure one thing
};
/// Constant columns are refused: column_constant.
Result<PrincipalWeights> principal_weights(const Matrix& matrix);

struct AhpWeights {
  std::vector<double> weights;
  double lambda = 0, consistency_ratio = 0;
};
/// comparison(i, j): how many times i counts as much as j. Errors: matrix_shape (not square, more than 15),
/// ahp_not_reciprocal, ahp_inconsistent (ratio above 0.10).
Result<AhpWeights> ahp_weights(const Matrix& comparison);

/// A row an expert, a column a criterion. Errors: matrix_shape, matrix_missing, matrix_negative, weights_zero (an
/// expert gave nothing).
Result<std::vector<double>> allocation_weights(const Matrix& points);

}   // namespace gangmu::score
