// SPDX-License-Identifier: Apache-2.0
// How long to wait after failures: a few are free, then each doubles the wait, up to a most. Counted per account and
// per address; a success forgets. The caller keeps the counts and the time.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/date.hpp"

namespace gangmu::access {

struct Backoff {
  int free = 5;                      ///< failures without a wait
  std::int64_t first_seconds = 30;   ///< after the one more
  std::int64_t most_seconds = 24 * 3600;

  /// The wait that follows so many failures.
  [[nodiscard]] std::int64_t seconds(int failures) const {
    return failures <= free ? 0 : std::min(most_seconds, first_seconds << std::min(failures - free - 1, 20));
  }
};

struct Failures {
  int count = 0;
  Instant blocked_until{};

  void failed(Instant at, const Backoff& rule) {
    ++count;
    if (count > rule.free) blocked_until = Instant{at.micros + rule.seconds(count) * 1'000'000};
  }
  /// Seconds to wait, 0 when free to try.
  [[nodiscard]] std::int64_t wait(Instant at) const {
    return at >= blocked_until ? 0 : (blocked_until.micros - at.micros + 999'999) / 1'000'000;
  }
};

}   // namespace gangmu::access
