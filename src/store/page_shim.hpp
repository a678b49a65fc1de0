// SPDX-License-Identifier: Apache-2.0
// A layer between SQLite and its files, and between the store and its small files. It does two things and nothing else:
//
//  * Damage is seen. Each 4096-byte page of the database carries in its 8 reserved bytes a sum of its first 4088 bytes
//    and its number (page_sum.hpp); it is written when the page goes to the main file and verified whenever the page is
//    read whole. A store's sums are made under its key, so that an edited page whose sum was made anew is seen, too.
//    Frames of the write-ahead log carry SQLite's own running checksum, which is verified when a store opens; in
//    between, the layer remembers a hash of every frame it wrote or saw recovered and verifies it at each read. What it
//    finds is reported as page_damaged, never as data.
//  * Faults are injected here and only here: the n-th write or sync fails, the disk is full, all writes are recorded
//  for the
//    power-cut test (test_disk.hpp).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/system.hpp"

namespace gangmu::store {

inline constexpr int page_bytes = 4096;
inline constexpr int reserved_bytes = 8;

/// XXH64 of the bytes under a seed. Test vectors of the reference implementation hold.
std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed);

/// One thing done to the disk, in order.
struct DiskEvent {
  enum class Kind : unsigned char { write, truncate, sync, rename, remove, sync_folder };
  Kind kind = Kind::write;
  std::string path;          ///< relative to the recorded folder
  std::int64_t offset = 0;   ///< write: where; truncate: new size
  std::string bytes;         ///< write: what; rename: new path
  bool whole = false;        ///< write: replaces the whole file (created or truncated first)
};

/// The plan of faults of one store; shared by the shim and the test. Thread-safe. Counting starts when a number is set.
class Faults {
 public:
  void fail_write_after(std::int64_t writes);   ///< the write after so many fails once with EIO
  void fail_sync_after(std::int64_t syncs);     ///< the sync after so many fails once with EIO
  void fill_disk_after(std::int64_t bytes);     ///< writes beyond so many more bytes find the disk full, until `clear`
  void clear();
  void record(const std::filesystem::path& folder);   ///< from now on; paths outside the folder are not recorded
  [[nodiscard]] std::vector<DiskEvent> recorded() const;
  [[nodiscard]] std::size_t recorded_count() const;
  [[nodiscard]] std::int64_t writes() const;   ///< seen so far
  [[nodiscard]] std::int64_t syncs() const;

  enum class Verdict : unsigned char { go, fail, full };
  /// Called by the layer for each act. A refused act is not recorded.
  Verdict write(std::string_view path, std::int64_t offset, std::string_view bytes, bool whole);
  Verdict sync(std::string_view path, bool folder);
  void note(DiskEvent event);   ///< truncate, rename, remove

 private:
  std::string relative(std::string_view path) const;
  mutable std::mutex mutex_;
  std::optional<std::int64_t> write_countdown_, sync_countdown_, free_bytes_;
  std::int64_t writes_ = 0, syncs_ = 0;
  std::string folder_;
  std::vector<DiskEvent> events_;
};

/// Registers the layer with SQLite, once a program; returns the name of the VFS to open with.
const char* page_shim_name();
/// Pages of this file carry sums under the store's key from the next opening on. `plain_too`: those written before
/// there was a key are read as well.
void set_page_key(const std::filesystem::path& file, std::string_view store_key, bool plain_too);
/// Reads every page of a database that nobody has open and writes its sum anew, durably: what one written before there
/// was a key needs once. May be cut short and repeated. Errors: page_damaged, disk_full, engine_failed.
Status renew_page_sums(const std::filesystem::path& file);
/// Ties faults to all SQLite files below a folder until `faults` is nullptr again. For tests.
void set_page_faults(const std::filesystem::path& folder, Faults* faults);
/// Salt of the open log of that name, as its header was last written or read, in hex; empty when none was.
std::string log_salt(const std::string& log);
/// What the last failed verification on this thread found; both empty when none failed.
struct Damage {
  std::string zh, en;   ///< "gangmu.db 第 17 页", "page 17 of gangmu.db"
};
/// Tells it and forgets it.
Damage take_damage();

/// Small files under the same faults.
class FaultyFiles final : public Files {
 public:
  FaultyFiles(Files& files, Faults& faults) : files_(files), faults_(faults) {}
  Result<std::string> read(const std::filesystem::path& path) override { return files_.read(path); }
  Result<std::string> read_from(const std::filesystem::path& path, std::size_t offset) override {
    return files_.read_from(path, offset);
  }
  bool exists(const std::filesystem::path& path) override { return files_.exists(path); }
  Status make_folder(const std::filesystem::path& path) override { return files_.make_folder(path); }
  Status write(const std::filesystem::path& path, std::string_view bytes, unsigned mode) override;
  Status hold(const std::filesystem::path& path) override { return files_.hold(path); }
  void let_go(const std::filesystem::path& path) override { files_.let_go(path); }
  Status write_at(const std::filesystem::path& path, std::size_t offset, std::string_view bytes) override;
  Status sync(const std::filesystem::path& path) override;
  Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
  Status remove(const std::filesystem::path& path) override;
  Result<std::vector<std::string>> list(const std::filesystem::path& folder) override { return files_.list(folder); }

 private:
  Files& files_;
  Faults& faults_;
};

}   // namespace gangmu::store
