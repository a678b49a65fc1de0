// SPDX-License-Identifier: Apache-2.0
// Personal data at rest: ciphertext under a key of its subject. All keys live in one file outside the data folder;
// erasing a subject destroys its key, and everything sealed under it, in tables, journal and backups alike, stays
// closed for good while chain and replay stay valid.
//
// Sealed bytes begin with the id of their algorithm (cipher.hpp); the subject is authenticated with them. A vault seals
// with one algorithm and opens all. What is left of an erased key in unused blocks of the medium is beyond this
// program.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/personal.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "store/cipher.hpp"
#include "store/system.hpp"
#include "store/value.hpp"

namespace gangmu::store {

/// What is to be sealed, and under whose key.
struct Sealing {
  std::string subject;
  Personal<std::string> value;
};

class Vault {
 public:
  /// An empty key file for a new store; one that is there stays.
  static Status create(const std::filesystem::path& file, Files& files);
  /// Errors: key_file_missing (what was sealed could never be opened again: told, not replaced), key_file_unreadable,
  /// file_failed.
  static Result<std::unique_ptr<Vault>> open(std::filesystem::path file, SecretSource& secrets, Files& files,
                                             Cipher cipher = Cipher::aes_256_gcm);

  /// Subject: 1 to 200 bytes without control characters ("task:4:T-001:contact"). A key is made at first use.
  /// Error: subject_erased when the subject was erased.
  Result<Bytes> seal(std::string_view subject, const Personal<std::string>& value);
  /// Many at once, in their order: the key file is written once, however many keys are new.
  Result<std::vector<Bytes>> seal_all(std::span<const Sealing> all);
  /// Errors: subject_erased, sealed_malformed.
  Result<Personal<std::string>> unseal(std::string_view subject, const Bytes& sealed) const;
  /// The same, in the clear, for one who may see it.
  Result<std::string> open(std::string_view subject, const Bytes& sealed, const UnmaskPermit& permit) const;
  /// Destroys the key; durable when it returns. A subject that never was is marked erased as well.
  Status erase(std::string_view subject);
  [[nodiscard]] bool erased(std::string_view subject) const;
  /// Reads the file again: servers of one store share it, and the one that writes makes the keys.
  Status refresh() const;
  /// Whether its key is here, or the note that it was destroyed.
  [[nodiscard]] bool knows(std::string_view subject) const;

 private:
  Vault(std::filesystem::path file, SecretSource& secrets, Files& files, Cipher cipher);
  Status load() const;
  Status save() const;
  Result<std::unique_ptr<FileLock>> begin_change() const;

  std::filesystem::path file_;
  SecretSource& secrets_;
  Files& files_;
  Cipher cipher_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::string, std::less<>> keys_;   ///< as last read; empty key: erased
};

}   // namespace gangmu::store
