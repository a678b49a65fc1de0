// SPDX-License-Identifier: Apache-2.0
// One writer: takes all waiting commands (up to Limits::group_commands), runs them in one transaction with a savepoint
// each, commits once, seals HEAD, publishes the View, and only then lets the answers go.
//
//   auto answer = store.write({.home = county, .actor = "local", .act = "report_progress", .request_key = key,
//                              .command = body, .run = [&](Tx& tx) -> Result<Json> { … }});
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <string>

#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace gangmu::store {

struct Command {
  PlaceId home;   ///< stream of the entry and of its request key; the root's id for house-wide acts
  std::string actor;
  std::string act;                        ///< name of the use case
  std::string request_key;                ///< empty: not repeatable
  Json command;                           ///< canonical form of the request; only keyed digests of it are stored
  std::function<Result<Json>(Tx&)> run;   ///< decides inside; its Json is the answer kept beside the request key
};

struct Answer {
  Seq seq;   ///< entry that did it (of the first time when replayed)
  Json body;
  bool replayed = false;
};

class Committer;

class Writer {
 public:
  using Done = std::function<void(Result<Answer>)>;

  /// own_thread false: commands run on the caller's thread, one at a time.
  Writer(Committer& committer, const Limits& limits, bool own_thread);
  ~Writer();   ///< closes
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// `done` is called on the writer's thread after the commit and must be quick. Refusals: writer_busy, writer_stopped,
  /// store_read_only, limit_exceeded, request_key_reused, disk_full, out_of_memory, or the command's own.
  void submit(Command command, Done done);
  std::future<Result<Answer>> submit(Command command);
  Result<Answer> write(Command command);
  /// Finishes what waits and takes nothing more (writer_stopped).
  void close();

 private:
  struct Queue;
  std::unique_ptr<Queue> queue_;
};

}   // namespace gangmu::store
