// SPDX-License-Identifier: Apache-2.0
// When each session was last heard of. Kept in memory only: a request must not be an entry of the journal. After a
// restart the time without a request counts from the first one; the end written in the session stands. Thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/date.hpp"

namespace gangmu::app {

class Presence {
 public:
  struct Seen {
    Instant at;
    std::string peer;
  };
  /// False when it was silent for longer than `idle_minutes`; it then stays silent.
  bool heard(const std::string& session, const std::string& peer, Instant now, int idle_minutes);
  /// Whether it would be, without being heard now.
  [[nodiscard]] bool awake(const std::string& session, Instant now, int idle_minutes) const;
  [[nodiscard]] std::optional<Seen> last(const std::string& session) const;
  void forget(const std::string& session);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Seen, std::less<>> seen_;
};

}   // namespace gangmu::app
