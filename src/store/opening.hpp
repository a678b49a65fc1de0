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

/// True when anything of a store lies in the folder, so that one that lost its HEAD or its tables is damage to be told and not
/// an absent store. An empty batches folder says nothing: a creation that was refused leaves it.
bool holds_store(const std::filesystem::path& folder, Files& files);

/// Folders, keys, tables, epoch 1, HEAD. Errors: store_exists, key_inside_folder, checksums_off, …
Status make_new(const Config& config, const Clock& clock, SecretSource& secrets, Files& files);

struct Opened {
  std::unique_ptr<FileLock> lock;
  std::unique_ptr<HeadFile> head;          ///< as of the last entry
  std::unique_ptr<Database> database;      ///< holds the advisory lock on PostgreSQL
  std::string key;                         ///< of HEAD and of command digests
  std::string token;                       ///< this writer, noted in the epoch row
  StreamHeads heads;
  Instant at;                              ///< of the last entry
};

/// Lock; HEAD against journal; migration; writer's token. A journal that is ahead of HEAD (the power went between COMMIT and
/// HEAD) is accepted after its tail was verified, and HEAD moves on.
Result<Opened> open_checked(const Config& config, SecretSource& secrets, Files& files);

/// The chain from its start, and every table against a replay of the journal.
Result<Verification> verify_database(Database& database, const std::filesystem::path& folder, Files& files);

}  // namespace gangmu::store
