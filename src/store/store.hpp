// SPDX-License-Identifier: Apache-2.0
// A store: one programme's journal and tables in one folder (or one PostgreSQL schema), written by one process at a
// time. Use cases write through `write` and read one `View`; histories and bodies are read with `read`, as of the
// View's seq.
//
//   TRY_ASSIGN(auto store, Store::open(config, surroundings));
//   const auto view = store->view();
//   TRY_ASSIGN(auto events, store->read([&](Database& db) { return tasks::events(db, home, id, view->seq); }));
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "store/config.hpp"
#include "store/evidence.hpp"
#include "store/system.hpp"
#include "store/vault.hpp"
#include "store/view.hpp"
#include "store/writer.hpp"

namespace gangmu::store {

/// What a store needs of the world; all of it outlives the store.
struct Surroundings {
  const Clock& clock;
  SecretSource& secrets;
  Files& files;
  Executor& executor;
  IndicatorReader indicator_of;
  CatalogueReader kinds_of = {};   ///< none: a store without kinds of records
};

/// What a full check found: how much was looked at. Damage is an error, not a finding.
struct Verification {
  Seq seq;
  std::int64_t entries = 0;
  std::int64_t tables = 0;
  std::int64_t files = 0;              ///< that records name, each in its place
  std::vector<Seq> left_behind = {};   ///< known heads that a restore went back before
};

class Store {
 public:
  /// A new store in an absent or empty folder (or an empty database schema). Errors: store_exists, key_inside_folder, …
  static Result<std::unique_ptr<Store>> create(Config config, Surroundings surroundings);
  /// Takes the lock, checks HEAD against the journal, migrates, builds the View. Errors: store_missing, store_locked,
  /// journal_short, journal_broken, head_missing, head_damaged, schema_newer, page_damaged, writer_elsewhere, …
  static Result<std::unique_ptr<Store>> open(Config config, Surroundings surroundings);
  /// One more server of a store that is in PostgreSQL, in a folder of its own; walks the whole chain.
  static Result<std::unique_ptr<Store>> join(Config config, Surroundings surroundings);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] std::string id() const;   ///< made at creation, 32 hex digits
  [[nodiscard]] const Limits& limits() const;
  [[nodiscard]] Engine engine() const;

  [[nodiscard]] std::shared_ptr<const View> view() const;
  /// The View once it has reached `seq`. Error: view_too_old.
  Result<std::shared_ptr<const View>> view_at_least(Seq seq, std::chrono::milliseconds timeout) const;

  /// Precondition: this server writes, and goes on to (it does not follow).
  [[nodiscard]] Writer& writer();
  /// Errors: writer_elsewhere while another server writes; see Writer::submit.
  Result<Answer> write(Command command);
  [[nodiscard]] bool writes() const;
  [[nodiscard]] bool follows() const;   ///< may stop and begin to write while it is open
  /// "host:port" of the server that writes, as last seen; "" when it is this one or takes no writes.
  [[nodiscard]] std::string writer_address() const;

  /// Runs `query` (Database& → Result<T>) in a read transaction on a pooled connection; stopped after
  /// Limits::read_milliseconds (read_too_long).
  template <class Query>
  std::invoke_result_t<Query, Database&> read(const Query& query) {
    using R = std::invoke_result_t<Query, Database&>;
    std::optional<R> answer;
    TRY(read_erased([&](Database& database) -> Status {
      answer.emplace(query(database));
      if (!*answer) return fail(answer->error());
      return {};
    }));
    return std::move(*answer);
  }

  [[nodiscard]] Vault& vault();
  [[nodiscard]] Evidence& evidence();
  /// What a command beside the server left (notes.hpp); null when nothing was. Error: engine_failed, read_too_long.
  [[nodiscard]] Result<Json> note(std::string_view name);
  /// Empty while writing works, here or by way of the writer; else why it stopped.
  [[nodiscard]] std::string read_only_reason() const;
  /// Called on the writer's thread with the seq of each group committed, until the handle goes.
  [[nodiscard]] std::shared_ptr<void> on_commit(std::function<void(Seq)> callback);

  /// Walks the whole chain past HEAD, replays the journal beside the store (SQLite in memory) and compares every table.
  Result<Verification> verify();
  /// Where this server follows: it looks for new entries at once instead of in a moment.
  void look();
  /// Takes away request keys older than Limits::request_key_days, in acts of its own. Returns how many. Done every day
  /// by a server that writes.
  Result<std::int64_t> forget_old_request_keys();
  /// Files that nobody named within Limits::file_days go: their rows by acts, then the bytes. Returns how many rows.
  /// Done every day as well.
  Result<std::int64_t> forget_unnamed_files();
  /// Reads every file that records name when that was not done for Limits::file_scrub_days, and notes what it found
  /// (notes.hpp: FILES); nothing when it is not due.
  Result<std::optional<evidence::Scrub>> scrub_files();

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  Status read_erased(const std::function<Status(Database&)>& query);
  std::unique_ptr<Parts> parts_;
};

}   // namespace gangmu::store
