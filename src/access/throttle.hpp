// SPDX-License-Identifier: Apache-2.0
// How long to wait after failures: a few are free, then each doubles the wait, up to a day. Counted per account and per
// address; a success forgets. The caller keeps the counts and the time.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/date.hpp"

namespace gangmu::access {

struct Backoff {
  int free = 5;                          ///< failures without a wait
  std::int64_t first_seconds = 30;       ///< after the one more
  std::int64_t most_seconds = 24 * 3600;
};

struct Failures {
  int count = 0;
  Instant blocked_until{};

  void failed(Instant at, const Backoff& rule) {
    ++count;
    if (count <= rule.free) return;
    const int doublings = std::min(count - rule.free - 1, 20);
    const std::int64_t seconds = std::min(rule.most_seconds, rule.first_seconds << doublings);
    blocked_until = Instant{at.micros + seconds * 1'000'000};
  }
  /// Seconds to wait, 0 when free to try.
  [[nodiscard]] std::int64_t wait(Instant at) const {
    return at >= blocked_until ? 0 : (blocked_until.micros - at.micros + 999'999) / 1'000'000;
  }
};

}  // namespace gangmu::access
