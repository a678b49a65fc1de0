// SPDX-License-Identifier: Apache-2.0
// Who may try to sign in now. Failures are counted per account and per address: a few are free, then each doubles the
// wait (access/throttle.hpp), an account's up to a quarter of an hour, an address's up to a day. Counted in memory; an
// account's are kept in its row as well while its waits grow, so that a restart forgives one wait at most
// (opening.hpp). An address, of which a guesser has many, begins anew. Few passwords are hashed at once, since each
// takes its memory on purpose. Thread-safe.
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
  };

  /// Errors: too_many_attempts (seconds to wait).
  Status admit(const Visitor& visitor, Instant now) const;
  /// What the account's row tells of failures before this process began, or on another server.
  void remember(const Visitor& visitor, const access::Failures& failures, Instant now);
  /// The account's failures so far, when they are to be written down: its wait is longer than the one before, or a day
  /// of the longest ones went by.
  std::optional<access::Failures> failed(const Visitor& visitor, Instant now);
  void succeeded(const Visitor& visitor);

  /// Leave to hash one password; given back when it goes.
  class Turn {
   public:
    explicit Turn(Doorkeeper& keeper) : keeper_(&keeper) {}
    ~Turn();
    Turn(Turn&& other) noexcept : keeper_(std::exchange(other.keeper_, nullptr)) {}
    Turn(const Turn&) = delete;

   private:
    Doorkeeper* keeper_;
  };
  /// Waits for a moment when all are taken. Error: too_many_sign_ins.
  Result<Turn> turn();

 private:
  using Book = std::map<std::string, access::Failures, std::less<>>;
  static access::Failures& entry(Book& book, const std::string& key, Instant now);

  mutable std::mutex mutex_;
  Book accounts_, peers_;
  int hashing_ = 0, waiting_ = 0;
  std::condition_variable free_;
};

}   // namespace gangmu::app
