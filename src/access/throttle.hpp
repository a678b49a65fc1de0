// SPDX-License-Identifier: Apache-2.0
// How long to wait after failures: a few are free, then each doubles the wait, up to a most. A success forgets, and so
// does time. The caller keeps the counts and the clock.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "base/date.hpp"

namespace gangmu::access {

struct Backoff {
  int free = 5;                      ///< failures without a wait
  std::int64_t first_seconds = 30;   ///< after the one more
  std::int64_t most_seconds = 24 * 3600;
  std::int64_t forget_seconds = 24 * 3600;   ///< so long without a failure, and all are forgotten

  /// The wait that follows so many failures.
  [[nodiscard]] std::int64_t seconds(int failures) const {
    return failures <= free ? 0 : std::min(most_seconds, first_seconds << std::min(failures - free - 1, 20));
  }
};

struct Failures {
  int count = 0;
  Instant blocked_until{};
  Instant last{};

  void failed(Instant at, const Backoff& rule) {
    if (at.micros - std::max(last, blocked_until).micros >= rule.forget_seconds * 1'000'000) count = 0;
    ++count;
    last = at;
    if (count > rule.free) blocked_until = Instant{at.micros + rule.seconds(count) * 1'000'000};
  }
  /// Seconds to wait, 0 when free to try.
  [[nodiscard]] std::int64_t wait(Instant at) const {
    return at >= blocked_until ? 0 : (blocked_until.micros - at.micros + 999'999) / 1'000'000;
  }
};

/// Names tried in vain from one address. It may stand for a whole office, so what counts is how many names failed
/// there within the hour, not how often one did: a colleague who forgot a password locks nobody else out, one who
/// tries a password on every name is stopped. Whoever signs in from there takes their own name off and speaks for the
/// address, which then begins anew; once an hour each, so that an account of one's own is no licence to try others.
class AddressTries {
 public:
  explicit AddressTries(const Backoff& rule) : rule_(&rule) {}
  void failed(const std::string& name, Instant at);
  void succeeded(const std::string& name, Instant at);
  [[nodiscard]] std::int64_t wait(Instant at) const { return Failures{.blocked_until = blocked_until_}.wait(at); }
  [[nodiscard]] Instant blocked_until() const { return blocked_until_; }

 private:
  using Names = std::map<std::string, Instant>;
  void forget(Names& names, Instant at) const;
  const Backoff* rule_;
  Names failed_, spoke_;
  Instant blocked_until_{};
};

}   // namespace gangmu::access
