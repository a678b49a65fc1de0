// SPDX-License-Identifier: Apache-2.0
// Who may try to sign in now (access/throttle.hpp). An account's failures make strangers to it wait, up to a quarter of
// an hour; names tried in vain from one address make that address wait. Neither holds an owner out:
//
//  * A browser that signed in to the account before (known_browser.hpp) waits for its own failures only.
//  * Whoever brings the right second factor is asked for the password, too, while others wait (`may_prove`).
//
// Counted in memory; an account's failures are kept in its row as well while its waits grow, so that a restart forgives
// one wait at most (opening.hpp). An address, of which a guesser has many, begins anew. Few passwords are hashed at
// once, since each takes its memory on purpose, and few providers asked, which may be slow. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "access/throttle.hpp"
#include "base/result.hpp"

namespace gangmu::app {

class Doorkeeper {
 public:
  struct Visitor {
    std::string account;   ///< "<programme>/<login>", whether there is such an account or not
    std::string peer;      ///< an address may stand for a whole office
    std::string browser;   ///< what names a browser the account knows; empty: a stranger's
  };

  /// Errors: too_many_attempts (seconds to wait).
  Status admit(const Visitor& visitor, Instant now) const;
  /// One who has to wait and brought the right second factor may show the password all the same: thrice a code's time.
  bool may_prove(const Visitor& visitor, Instant now);
  /// What the account's row tells of failures before this process began, or on another server.
  void remember(const Visitor& visitor, const access::Failures& failures, Instant now);
  /// The account's failures so far, when they are to be written down: its wait is longer than the one before, or a day
  /// of the longest ones went by.
  std::optional<access::Failures> failed(const Visitor& visitor, Instant now);
  void succeeded(const Visitor& visitor, Instant now);
  /// Whether this refusal is one to write down: of an hour's the first, the tenth, the hundredth …
  bool tell_refusal(const std::string& programme, Instant now);
  /// Its failures were for another way in than the one that is open now.
  void forget(const std::string& account);

  /// Leave to do one costly thing; given back when it goes.
  struct Lane;
  class Turn {
   public:
    Turn(Doorkeeper& keeper, Lane& lane) : keeper_(&keeper), lane_(&lane) {}
    ~Turn();
    Turn(Turn&& other) noexcept : keeper_(std::exchange(other.keeper_, nullptr)), lane_(other.lane_) {}
    Turn(const Turn&) = delete;

   private:
    Doorkeeper* keeper_;
    Lane* lane_;
  };
  struct Lane {
    int at_once, waiting_most;
    int running = 0, waiting = 0;
    std::condition_variable free{};
  };
  /// Wait for a moment when all are taken. Error: too_many_sign_ins.
  Result<Turn> turn() { return take(hashing_); }
  Result<Turn> turn_with_provider() { return take(asking_); }

 private:
  using Book = std::map<std::string, access::Failures, std::less<>>;
  using Addresses = std::map<std::string, access::AddressTries, std::less<>>;
  struct Counted {
    Instant since{};
    std::int64_t count = 0;
  };
  Result<Turn> take(Lane& lane);

  mutable std::mutex mutex_;
  Book accounts_;
  Addresses peers_;
  std::map<std::string, Counted, std::less<>> proofs_;
  std::map<std::string, Counted, std::less<>> refusals_;   ///< of a programme
  Lane hashing_{.at_once = 2, .waiting_most = 64}, asking_{.at_once = 2, .waiting_most = 2};
};

}   // namespace gangmu::app
