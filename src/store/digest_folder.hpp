// SPDX-License-Identifier: Apache-2.0
// A folder of files that are named by their content: written once, durable before anything names them, and proved
// whenever they are read.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "store/system.hpp"

namespace gangmu::store {

class DigestFolder {
 public:
  /// Made at the first `keep`.
  DigestFolder(std::filesystem::path folder, Files& files) : folder_(std::move(folder)), files_(files) {}

  [[nodiscard]] std::filesystem::path path(const Digest& digest) const;
  /// Nothing happens when it is there and whole. Errors: disk_full, file_failed, …
  Status keep(const Digest& digest, std::string_view bytes);
  /// Nothing when it is missing, or has another digest.
  [[nodiscard]] std::optional<std::string> read(const Digest& digest) const;
  [[nodiscard]] bool holds(const Digest& digest) const { return files_.exists(path(digest)); }
  Status remove(const Digest& digest);
  /// Of names that are digests (SHA-256); what a cut writing left is not among them.
  [[nodiscard]] Result<std::vector<Digest>> list() const;

 private:
  std::filesystem::path folder_;
  Files& files_;
  std::mutex writing_;   ///< two who keep the same bytes would write beside the same name
};

}   // namespace gangmu::store
