// SPDX-License-Identifier: Apache-2.0
#include "store/digest_folder.hpp"

namespace gangmu::store {

std::filesystem::path DigestFolder::path(const Digest& digest) const {
  return folder_ / hex({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
}

Status DigestFolder::keep(const Digest& digest, std::string_view bytes) {
  const std::lock_guard lock(writing_);
  if (holds(digest) && read(digest)) return {};
  if (!files_.exists(folder_)) {
    TRY(files_.make_folder(folder_));
    TRY(files_.sync(folder_.parent_path()));
  }
  return files_.write_durably(path(digest), bytes);
}

std::optional<std::string> DigestFolder::read(const Digest& named) const {
  auto bytes = files_.read(path(named));
  if (!bytes || digest(*bytes, named.algorithm) != named) return {};
  return *std::move(bytes);
}

Status DigestFolder::remove(const Digest& digest) { return files_.remove(path(digest)); }

Result<std::vector<Digest>> DigestFolder::list() const {
  std::vector<Digest> out;
  if (!files_.exists(folder_)) return out;
  TRY_ASSIGN(const auto names, files_.list(folder_));
  for (const std::string& name : names)
    if (const auto named = Digest::parse("sha256:" + name)) out.push_back(*named);
  return out;
}

}   // namespace gangmu::store
