// SPDX-License-Identifier: Apache-2.0
// The zip archive an xlsx is, read from memory and never trusted: entry count, path names, doubles, encryption, packed
// and unpacked sizes are checked from the directory first and again while unpacking. Parts are streamed in pieces,
// never held. Source: PKWARE APPNOTE 6.3; ISO/IEC 29500-2 (part names compare without case).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sheet/limits.hpp"

namespace gangmu::sheet {

class Archive {
 public:
  /// `bytes` must outlive the archive. Errors: archive_damaged, archive_path, archive_duplicate, archive_encrypted,
  /// limit_exceeded.
  static Result<Archive> open(std::string_view bytes, std::string file_name, const Limits& limits);
  Archive(Archive&&) noexcept;
  ~Archive();

  [[nodiscard]] bool has(std::string_view part) const;
  [[nodiscard]] std::vector<std::string> parts() const;   ///< names in lower case
  /// Unpacks a part in pieces of up to 64 KiB; stops at the first error of `take`. Errors: part_missing,
  /// archive_damaged (checksum included), limit_exceeded.
  Status stream(std::string_view part, const std::function<Status(std::string_view)>& take);

 private:
  struct Entry;
  struct State;
  explicit Archive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}   // namespace gangmu::sheet
