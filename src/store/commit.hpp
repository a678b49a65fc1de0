// SPDX-License-Identifier: Apache-2.0
// The heart of the writer: a group of commands becomes one transaction. Order of what may fail and what must not:
//
//   BEGIN · who writes? · each command behind a savepoint: request key, run, tree and catalogue still sound, entry
//         · the next View is made            (all that allocates lies before the commit)
//   COMMIT · HEAD synced · View published · answers leave
//
// A refused command rolls back to its savepoint. A full disk refuses the group and nothing else. A failed write or
// sync, a lost connection, or another writer stops writing for good (fail-stop): the store stays readable and says why.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "store/board.hpp"
#include "store/database.hpp"
#include "store/head.hpp"
#include "store/journal.hpp"
#include "store/writer.hpp"

namespace gangmu::store {

class Committer {
 public:
  struct Parts {
    Database& database;
    const Clock& clock;
    HeadFile& head;
    const ViewMaker& views;
    Board& board;
    Limits limits;
    std::unique_ptr<Batches> batches;
    std::string key;     ///< of the keyed digests of commands
    std::string note;    ///< of this writer, as it stands in the epoch row
    StreamHeads heads;   ///< at the View's seq
    std::function<void(const Error& fault)> alarm =
        {};   ///< raised once, when something here broke and writing stops for good
  };
  explicit Committer(Parts parts) : p_(std::move(parts)) {}

  /// One outcome a command, in order.
  std::vector<Result<Answer>> commit(std::span<Command> commands);
  /// Without work: stops when the database is out of reach or has another writer (PostgreSQL), so that nothing stale is
  /// shown.
  void look();
  /// What can wait until the answers have left: moves the log into the main file.
  void rest();
  [[nodiscard]] std::string read_only_reason() const;
  /// It stopped because the database is out of reach or has another writer, not because something broke here. After the
  /// stop.
  [[nodiscard]] bool lost_database() const { return p_.database.broken() || fenced_; }

 private:
  struct Group {
    std::vector<Result<Answer>> outcomes;
    Seq seq;
    StreamHeads heads;
    Changes changes;
    Instant at;
    std::size_t accepted = 0;
  };
  using Outcomes = std::vector<Result<Answer>>;

  Outcomes commit_group(std::span<Command> commands);
  Status check_writer(bool hold);
  Status run_all(std::span<Command> commands, Group& group);
  Result<Answer> run_one(Command& command, Group& group);
  Result<std::optional<Entry>> earlier_entry(const Command& command);
  Result<std::optional<Answer>> replayed(const Command& command);
  Result<Answer> decide(Command& command, Group& group);
  Status seal(const Command& command, Tx& tx, const Json& answer, Group& group);
  Status make_durable(Head head, Outcomes& refused, std::size_t commands);
  [[nodiscard]] std::string keyed(const Command& command, std::size_t digits) const;
  [[nodiscard]] Json keyed_fields(const Command& command, std::size_t digits) const;
  Outcomes stop(const Error& fault, const ErrorKind& kind, std::size_t commands);
  static Outcomes all_refused(const Error& error, std::size_t commands);

  [[nodiscard]] bool broken() const { return batch_failed_ || p_.database.broken(); }

  Parts p_;
  bool batch_failed_ = false;
  bool fenced_ = false;   ///< another server writes
  mutable std::mutex mutex_;
  std::string stopped_;
};

}   // namespace gangmu::store
