// SPDX-License-Identifier: Apache-2.0
// This server's part in writing: it writes itself, or it follows the one that does and takes over when that one is
// gone.
//
// On SQLite, and for a command, it writes from the beginning to the end. With Config::follow on PostgreSQL a thread
// looks after it. Following: what was written since is shown, and the writer's lock is tried; whoever gets it applies
// what is pending, puts its own note into the epoch row (from then on nobody else can commit) and writes. A server that
// holds the lock but has been silent is cut off first (a stopped process, a machine that is gone); a command may take
// its time. Writing, and cut off from the database or fenced by another writer: it lets go of its connection and
// follows again. What broke on this machine (HEAD can't be synced) stops this server for good and leaves the writing to
// others.
#pragma once

#include <memory>
#include <string>

#include "store/follower.hpp"
#include "store/store.hpp"
#include "store/writer.hpp"

namespace gangmu::store {

class Keeper {
 public:
  struct Parts {
    const Config& config;
    const Surroundings& world;
    HeadFile& head;
    const ViewMaker& views;
    Board& board;
    Vault& vault;
    std::string key;   ///< of command digests
  };
  explicit Keeper(Parts parts);
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  /// The first View, then writing (the connection holds the lock) or following.
  Status begin(std::unique_ptr<Database> database, bool writes);

  /// Null while another server writes.
  [[nodiscard]] std::shared_ptr<Writer> writer() const;
  /// Where it takes writes, as last seen; "" when this one writes or nobody does.
  [[nodiscard]] std::string writer_address() const;
  /// Empty while all is well; else why nothing is written, or nothing new is read, here.
  [[nodiscard]] std::string reason() const;
  /// Follows at once instead of at the next tick.
  void look();

 private:
  struct Writing;
  struct Watch;

  void run();
  void follow();
  Status follow_once();
  Status connect();
  Status begin_writing();
  void step_down();
  void end_silence();

  Parts p_;
  Follower follower_;
  std::unique_ptr<Database> database_;   ///< of the one who follows
  std::shared_ptr<Writing> writing_;     ///< of the one who writes; changed under the watch's mutex
  std::unique_ptr<Watch> watch_;
};

}   // namespace gangmu::store
