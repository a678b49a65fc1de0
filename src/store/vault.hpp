// SPDX-License-Identifier: Apache-2.0
// Personal data at rest: ciphertext under a key of its subject. All keys live in one file outside the data folder
// (key_slots.hpp); erasing a subject destroys its key, and everything sealed under it, in tables, journal and backups
// alike, stays closed for good while chain and replay stay valid.
//
// New keys are appended, those of a call in one write and one sync, whatever the file holds. Erasing writes over the
// slot of the key, then appends a note of it: other servers of the store read only what is new and find it there. What
// a power cut left of the last write is written over by the next. After a write that failed the next one repeats it,
// and until then nothing is sealed under what it may or may not have left on the disk.
//
// Sealed bytes begin with the id of their algorithm (cipher.hpp); the subject is authenticated with them. A vault seals
// with one algorithm and opens all. What is left of an erased key in unused blocks of the medium is beyond this
// program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/personal.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "store/cipher.hpp"
#include "store/key_slots.hpp"
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
  /// Many at once, in their order: one write and one sync, however many keys are new; none when none is.
  Result<std::vector<Bytes>> seal_all(std::span<const Sealing> all);
  /// Errors: subject_erased, sealed_malformed.
  Result<Personal<std::string>> unseal(std::string_view subject, const Bytes& sealed) const;
  /// The same, in the clear, for one who may see it.
  Result<std::string> open(std::string_view subject, const Bytes& sealed, const UnmaskPermit& permit) const;
  /// Destroys the key; durable when it returns. A subject that never was is marked erased as well.
  Status erase(std::string_view subject);
  [[nodiscard]] bool erased(std::string_view subject) const;
  /// Reads what is new in the file: servers of one store share it, and the one that writes makes the keys.
  Status refresh() const;
  /// Whether its key is here, or the note that it was destroyed.
  [[nodiscard]] bool knows(std::string_view subject) const;

 private:
  struct Kept {
    std::string key;   ///< empty: erased
    std::uint32_t number, group;
  };
  struct FirstBytes {
    std::size_t operator()(const SubjectDigest& digest) const;
  };
  /// The file as last read.
  struct Contents {
    std::unordered_map<SubjectDigest, Kept, FirstBytes> keys;
    std::uint32_t sound = 0;      ///< slots that are whole and on the disk; read again from the last of them on
    std::uint64_t last_sum = 0;   ///< hash of that last one (or of the header): the same file still
    std::string beyond;           ///< what is behind them, spoilt slots made void: goes with the next write
    bool old_form = false;
  };

  Vault(std::filesystem::path file, SecretSource& secrets, Files& files, Cipher cipher);
  Status load() const;
  Status load_whole() const;
  Status take(Contents& contents, std::string_view bytes) const;
  Result<std::unique_ptr<FileLock>> begin_change() const;
  Status append(std::vector<KeySlot> fresh);
  Status rewrite(const std::vector<KeySlot>& fresh);
  Status overwrite(const SubjectDigest& subject, const Kept& kept);
  Status failed(Status status, std::uint32_t number);
  [[nodiscard]] const Kept* find(const SubjectDigest& subject) const;

  std::filesystem::path file_;
  SecretSource& secrets_;
  Files& files_;
  Cipher cipher_;
  mutable std::mutex mutex_;
  mutable Contents contents_;
  std::optional<std::uint32_t> doubtful_;   ///< a write failed: from this slot on the disk may differ from what is read
  bool rewriting_failed_ = false;
};

}   // namespace gangmu::store
