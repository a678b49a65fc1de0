// SPDX-License-Identifier: Apache-2.0
// Largest eigenvalue of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan §8.5): no library, same bits
// everywhere. Internal.
#pragma once

#include <vector>

#include "score/matrix.hpp"

namespace gangmu::score {

struct Eigen {
  double value = 0;
  std::vector<double> vector;   ///< length 1
};

/// Precondition: square and symmetric.
Eigen largest_eigen(Matrix symmetric);

}   // namespace gangmu::score
