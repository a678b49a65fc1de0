// SPDX-License-Identifier: Apache-2.0
// How far SQLite's write-ahead log is sound. SQLite itself stops at the first bad frame and takes that for the end,
// which is right after a power cut but not for a log damaged at rest: pages that a checkpoint already moved on would be
// overlaid by older ones. HEAD therefore names the log's salt and the frames it had; a log of that salt with fewer
// sound frames is damage. Format: https://sqlite.org/fileformat2.html#walformat
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "store/system.hpp"

namespace gangmu::store {

struct LogState {
  std::string salt;                         ///< 16 hex digits; empty when there is no log with a sound header
  std::int64_t frames = 0;                  ///< up to the last commit, every checksum right
  [[nodiscard]] std::string text() const;   ///< "salt:frames", or "" without a log
  static LogState parse(std::string_view text);
};

Result<LogState> read_log(const std::filesystem::path& file, Files& files);
/// Error: page_damaged when the log has the salt of `noted` and fewer sound frames.
Status check_log(const std::filesystem::path& file, std::string_view noted, Files& files);

}   // namespace gangmu::store
