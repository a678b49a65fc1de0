// SPDX-License-Identifier: Apache-2.0
// How a store comes to life: made new, or opened after everything that can be checked quickly was checked.
#pragma once

#include <memory>
#include <string>

#include "base/date.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "store/config.hpp"
#include "store/database.hpp"
#include "store/head.hpp"
#include "store/journal.hpp"
#include "store/store.hpp"
#include "store/system.hpp"

namespace gangmu::store {

/// A connection to the store's database, without any check.
Result<std::unique_ptr<Database>> open_database(const Config& config);

/// True when anything of a store lies in the folder, so that one that lost its HEAD or its tables is damage to be told
/// and not an absent store. An empty batches folder says nothing: a creation that was refused leaves it.
bool holds_store(const std::filesystem::path& folder, Files& files);

/// What every new store begins with: its folders, its keys and empty tables, held by this process.
struct Foundation {
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<Database> database;
  std::string key;
};
/// The key that is there already; "" when none is.
Result<std::string> key_if_any(const Config& config, Files& files);
/// Errors: store_exists, key_inside_folder, checksums_off, …
Result<Foundation> lay_foundation(const Config& config, SecretSource& secrets, Files& files);
/// HEAD, last of all: from now on there is a store.
Status seal_foundation(const Config& config, const Foundation& foundation, const Head& head, Files& files);

/// A foundation with epoch 1 and no entries.
Status make_new(const Config& config, const Clock& clock, SecretSource& secrets, Files& files);

/// A folder of its own for one more server of a store that is in PostgreSQL; the keys are those of the others. Its HEAD
/// begins at 0, so that its first opening walks the whole chain. Errors: store_exists, store_missing,
/// key_file_unreadable, …
Status make_joined(const Config& config, Files& files);

struct Opened {
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<HeadFile> head;
  std::unique_ptr<Database> database;
  std::string key;       ///< of HEAD and of command digests
  bool writes = false;   ///< holds the writer's lock; on SQLite always
};

/// Locks, keys, HEAD and the log read, tables set aside and migrated by the one who writes. HEAD against the journal is
/// follower.hpp.
Result<Opened> open_checked(const Config& config, Files& files);

/// Who writes, as the epoch row says it.
struct WriterNote {
  std::string address;   ///< "host:port"; "" takes no forwarded writes
  std::string token;     ///< made anew each time a server begins to write

  static Result<WriterNote> parse(const std::string& text);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string shown() const { return address.empty() ? "命令行 / command line" : address; }
};
Result<WriterNote> writer_note(Database& database);
Status note_writer(Database& database, std::int64_t epoch, const WriterNote& note);
/// The writer's lock of the database, if it is free. It goes with the connection.
Result<bool> try_claim(Database& database);

/// Ends the connection that holds the writer's lock when it was silent for longer than `milliseconds`, so that the lock
/// is free: its process is stopped or its machine is gone. What it had not committed is rolled back; awake again, it
/// finds its connection ended and follows. PostgreSQL only, by its clock; a statement that runs is no silence. Needs
/// the role of the writer.
Status end_silent_writer(Database& database, std::int64_t milliseconds);

/// A store to look at: beside the process that writes it, or while nobody does (then its lock is held). Nothing is
/// written.
struct Beside {
  std::unique_ptr<FileLock> lock;   ///< null while another process has the store open
  std::unique_ptr<Database> database;
  std::unique_ptr<Batches> batches;
  std::unique_ptr<Evidence> evidence;
  Head head;   ///< read first: the journal reaches at least so far
  std::string key;
};
/// Errors: store_missing, schema_older (open it with this version once), head_damaged, …
Result<Beside> open_beside(const Config& config, Files& files);

}   // namespace gangmu::store
