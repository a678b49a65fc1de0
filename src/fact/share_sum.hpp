// SPDX-License-Identifier: Apache-2.0
// An exact sum of figures, each times its share, with as many decimals as that takes.
#pragma once

#include "base/decimal.hpp"
#include "fact/amount.hpp"

namespace gangmu::fact {

class ShareSum {
 public:
  void add(Wide units, Decimal share) {
    const Decimal exact = share.reduced();
    Wide product = 0;
    if (exact.scale() > scale_) {
      overflow_ |= __builtin_mul_overflow(total_, ten_to(exact.scale() - scale_), &total_);
      scale_ = exact.scale();
    }
    overflow_ |= __builtin_mul_overflow(units, Wide{exact.units()} * ten_to(scale_ - exact.scale()), &product);
    overflow_ |= __builtin_add_overflow(total_, product, &total_);
  }
  /// Of figures with so many decimals; no more decimals than are needed beside those.
  [[nodiscard]] Amount amount(int decimals) const {
    Amount out{total_, decimals + scale_};
    while (out.scale > decimals && out.units % 10 == 0) out = {out.units / 10, out.scale - 1};
    return out;
  }
  [[nodiscard]] bool overflow() const { return overflow_; }

 private:
  Wide total_ = 0;
  int scale_ = 0;
  bool overflow_ = false;
};

}   // namespace gangmu::fact
