// SPDX-License-Identifier: Apache-2.0
// The one wrapper of the operating system: time, secrets, small files. Everything else takes these as arguments.
// `Files` is an interface so that the fault layer (page_shim.hpp) can stand between the store and the disk.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace gangmu::store {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

class SystemSecrets final : public SecretSource {
 public:
  std::string bytes(std::size_t n) override;   ///< getrandom(2); ends the program when the kernel has none
};

class Files {
 public:
  virtual ~Files() = default;
  /// Errors: file_missing, file_failed.
  virtual Result<std::string> read(const std::filesystem::path& path) = 0;
  /// What stands from `offset` on in a file on a disk; nothing where it ends before. Errors: as `read`.
  virtual Result<std::string> read_from(const std::filesystem::path& path, std::size_t offset) = 0;
  virtual bool exists(const std::filesystem::path& path) = 0;
  virtual Status make_folder(const std::filesystem::path& path) = 0;   ///< with parents, mode 0700
  /// The whole file anew, not yet durable. mode is of a new file. Errors: disk_full, file_failed.
  virtual Status write(const std::filesystem::path& path, std::string_view bytes, unsigned mode = 0600) = 0;
  /// Keeps an existing file open, so that `write_at` wants no descriptor of it later, until `let_go`. Error:
  /// no_descriptor, file_missing, file_failed.
  virtual Status hold(const std::filesystem::path& path) = 0;
  virtual void let_go(const std::filesystem::path& path) = 0;
  /// Bytes at an offset of an existing file, durable when it returns.
  virtual Status write_at(const std::filesystem::path& path, std::size_t offset, std::string_view bytes) = 0;
  virtual Status sync(const std::filesystem::path& path) = 0;   ///< file or folder
  virtual Status rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  virtual Status remove(const std::filesystem::path& path) = 0;                             ///< absent is fine
  virtual Result<std::vector<std::string>> list(const std::filesystem::path& folder) = 0;   ///< names, sorted

  /// Beside, sync, rename, sync the folder: after it returns the file is whole or was not touched.
  Status write_durably(const std::filesystem::path& path, std::string_view bytes, unsigned mode = 0600);
};

class SystemFiles final : public Files {
 public:
  SystemFiles();
  ~SystemFiles() override;
  Result<std::string> read(const std::filesystem::path& path) override;
  Result<std::string> read_from(const std::filesystem::path& path, std::size_t offset) override;
  bool exists(const std::filesystem::path& path) override;
  Status make_folder(const std::filesystem::path& path) override;
  Status write(const std::filesystem::path& path, std::string_view bytes, unsigned mode) override;
  Status hold(const std::filesystem::path& path) override;
  void let_go(const std::filesystem::path& path) override;
  Status write_at(const std::filesystem::path& path, std::size_t offset, std::string_view bytes) override;
  Status sync(const std::filesystem::path& path) override;
  Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
  Status remove(const std::filesystem::path& path) override;
  Result<std::vector<std::string>> list(const std::filesystem::path& folder) override;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// Exclusive lock on a file for the life of the object (flock). The file names the holder: its process, and `note` when
/// it has more to say. Error: store_locked with both.
class FileLock {
 public:
  static Result<std::unique_ptr<FileLock>> take(const std::filesystem::path& path, std::string_view note = {});
  static Result<std::unique_ptr<FileLock>> wait(const std::filesystem::path& path);   ///< until the holder lets go
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// How many descriptors this process may have open at once (getrlimit(2)).
std::size_t descriptor_limit();
/// Raises it as far as the system lets this process, to `wanted` at most. Returns what it is then.
std::size_t raise_descriptor_limit(std::size_t wanted);
/// The calling thread runs after others that want the processor.
void yield_to_others();

/// Milliseconds of a clock that only goes forward; for time limits, never for data.
long long monotonic_milliseconds();

/// Whether a time service keeps this machine's clock, by the kernel's own word (adjtimex(2)); nothing where it does not
/// tell.
std::optional<bool> clock_is_kept();

}   // namespace gangmu::store
