// SPDX-License-Identifier: Apache-2.0
#include "fact/amount.hpp"

#include <algorithm>
#include <limits>

namespace gangmu::fact {

Wide ten_to(int power) {
  Wide out = 1;
  for (; power > 0; --power) out *= 10;
  return out;
}

double Amount::real() const { return static_cast<double>(units) / static_cast<double>(ten_to(scale)); }

void set_quotient(Rollup& rollup, Amount a, Amount b, int factor) {
  rollup.kind = Rollup::Kind::none;
  if (b.units == 0) {
    rollup.gap = Gap::zero_denominator;
    return;
  }
  Wide above = 0;
  Wide below = 0;
  const Wide up = Wide{factor} * ten_to(std::max(0, b.scale - a.scale));
  const Wide down = ten_to(std::max(0, a.scale - b.scale));
  if (__builtin_mul_overflow(a.units, up, &above) || __builtin_mul_overflow(b.units, down, &below)) {
    rollup.gap = Gap::overflow;
    return;
  }
  rollup.kind = Rollup::Kind::real;
  rollup.gap = Gap::none;
  rollup.real = static_cast<double>(above) / static_cast<double>(below);
  rollup.numerator = a.real();
  rollup.denominator = b.real();
}

void set_exact(Rollup& rollup, Wide units, int decimals) {
  if (units > std::numeric_limits<std::int64_t>::max() || units < std::numeric_limits<std::int64_t>::min()) {
    rollup.gap = Gap::overflow;
    return;
  }
  rollup.kind = Rollup::Kind::exact;
  rollup.gap = Gap::none;
  rollup.units = static_cast<std::int64_t>(units);
  rollup.decimals = decimals;
}

}   // namespace gangmu::fact
