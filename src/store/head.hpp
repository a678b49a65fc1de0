// SPDX-License-Identifier: Apache-2.0
// HEAD: what the journal had reached when the last answer left. Written and synced after each group commit, before any
// answer.
//
// Two slots of 512 bytes at 0 and 4096, written in turn and each with its own HMAC, so that one synced write in place
// is enough and a cut in the middle spoils one slot at most. While that slot is being written the journal is already
// ahead of the other one; a spoilt slot beside a journal that ends exactly at the other is therefore no cut but damage,
// and refused. A slot: canonical JSON {counter, digest, epoch, hmac, log, seq, store}, a line end, spaces.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "base/digest.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "store/system.hpp"

namespace gangmu::store {

struct Head {
  std::string store;   ///< id of the store it belongs to
  Seq seq;
  std::int64_t epoch = 1;
  Digest digest;          ///< store_head at seq
  std::string log = {};   ///< Database::log_position after its commit
  bool operator==(const Head&) const = default;
};

class HeadFile {
 public:
  HeadFile(std::filesystem::path file, std::string key, Files& files);

  /// Both slots at once, for a new store.
  Status create(const Head& head);
  /// Errors: head_missing, head_damaged.
  Status load();
  [[nodiscard]] const Head& head() const { return head_; }
  /// A slot that can't be read was being written: then the journal, which ends at `last`, is ahead of the other one.
  /// Error: head_damaged.
  [[nodiscard]] Status check_slots(Seq last) const;
  /// The next slot, durable when it returns.
  Status advance(const Head& head);

 private:
  [[nodiscard]] std::string slot(const Head& head, std::int64_t counter) const;
  std::int64_t take(std::string_view bytes, bool even);

  std::filesystem::path file_;
  std::string key_;
  Files& files_;
  Head head_;
  std::int64_t counter_ = -1;
  bool whole_ = false;
};

}   // namespace gangmu::store
