// SPDX-License-Identifier: Apache-2.0
// Exact amounts on their way into a roll-up.
#pragma once

#include "fact/cube.hpp"
#include "fact/partial.hpp"

namespace gangmu::fact {

/// units × 10^-scale; scale in [0, 18].
struct Amount {
  Wide units = 0;
  int scale = 0;
  [[nodiscard]] double real() const;
};

/// 10^power; power in [0, 18].
Wide ten_to(int power);

/// Sets the quotient a / b × factor, or the gap that explains why there is none.
void set_quotient(Rollup& rollup, Amount a, Amount b, int factor);
/// Sets the sum, or Gap::overflow.
void set_exact(Rollup& rollup, Wide units, int decimals);

}   // namespace gangmu::fact
