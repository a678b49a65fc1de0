// SPDX-License-Identifier: Apache-2.0
// Where the rows of a large entry lie: content-addressed, named by the entry, written before it is. On SQLite one file
// each, batches/<hex> in the store's folder; on PostgreSQL rows of table `batch`, so that every server of the database
// reads them.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "store/database.hpp"
#include "store/digest_folder.hpp"
#include "store/system.hpp"

namespace gangmu::store {

class Batches {
 public:
  virtual ~Batches() = default;
  /// Kept when the entry that names it is; nothing happens when it is there already. Errors: disk_full, file_failed, …
  virtual Status keep(const Digest& digest, std::string_view rows) = 0;
  /// Error: batch_missing when it is gone or its content has another digest.
  Result<std::string> read(const Digest& digest);

 private:
  /// Nothing when it is missing or damaged.
  virtual std::optional<std::string> fetch(const Digest& digest) = 0;
  [[nodiscard]] virtual std::string name(const Digest& digest) const = 0;   ///< for messages
};

class BatchFolder final : public Batches {
 public:
  BatchFolder(const std::filesystem::path& folder, Files& files) : folder_(folder / "batches", files) {}
  Status keep(const Digest& digest, std::string_view rows) override { return folder_.keep(digest, rows); }
  [[nodiscard]] std::filesystem::path path(const Digest& digest) const { return folder_.path(digest); }

 private:
  std::optional<std::string> fetch(const Digest& digest) override { return folder_.read(digest); }
  [[nodiscard]] std::string name(const Digest& digest) const override { return path(digest).string(); }

  DigestFolder folder_;
};

/// Writes within the transaction that is open on the connection.
class BatchTable final : public Batches {
 public:
  explicit BatchTable(Database& database) : database_(database) {}
  Status keep(const Digest& digest, std::string_view rows) override;

 private:
  std::optional<std::string> fetch(const Digest& digest) override;
  [[nodiscard]] std::string name(const Digest& digest) const override { return digest.text(); }

  Database& database_;
};

/// As the engine of the connection has it; `folder` is the store's.
std::unique_ptr<Batches> batches_of(Database& database, const std::filesystem::path& folder, Files& files);

}   // namespace gangmu::store
