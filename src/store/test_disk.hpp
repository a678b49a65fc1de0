// SPDX-License-Identifier: Apache-2.0
// What a disk may hold after the power went, from a recording of what was done to it: everything that was synced, and
// of the rest any part: single writes kept or lost in any combination, cut at a sector, renames done or not.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "store/page_shim.hpp"

namespace gangmu::store::test {

class TestDisk {
 public:
  /// Starts from what lies in a folder, all of it synced.
  void load(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string name = entry.path().lexically_relative(folder).string();
      if (!entry.is_regular_file() || name == "LOCK" || name.ends_with("-shm")) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      files_[name].assign(std::istreambuf_iterator<char>(file), {});
    }
  }

  void apply(const DiskEvent& event) {
    if (event.kind == DiskEvent::Kind::sync)
      settle([&](const DiskEvent& e) { return on_content(e) && e.path == event.path; });
    else if (event.kind == DiskEvent::Kind::sync_folder)
      settle([](const DiskEvent& e) { return !on_content(e); });
    else
      waiting_.push_back(event);
  }

  /// The power goes: each thing not synced is kept with this chance, a kept write perhaps only in part.
  void cut(Random& random, double kept) {
    std::set<std::string>
        still_there;   // removed, but the removal was lost: what was made anew under that name is lost too
    for (DiskEvent& event : waiting_) {
      if (still_there.contains(event.path)) continue;
      if (!random.chance(kept)) {
        if (event.kind == DiskEvent::Kind::remove) still_there.insert(event.path);
        continue;
      }
      if (event.kind == DiskEvent::Kind::write && event.bytes.size() > sector && random.chance(0.2))
        event.bytes.resize(sector * (1 + random.below(event.bytes.size() / sector)));
      perform(event);
    }
    waiting_.clear();
  }

  /// Makes `folder` hold what the disk holds.
  void write_to(const std::filesystem::path& folder) const {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "batches");
    for (const auto& [name, bytes] : files_) {
      std::filesystem::create_directories((folder / name).parent_path());
      std::ofstream(folder / name, std::ios::binary) << bytes;
    }
  }

 private:
  static constexpr std::size_t sector = 512;
  static bool on_content(const DiskEvent& e) {
    return e.kind == DiskEvent::Kind::write || e.kind == DiskEvent::Kind::truncate;
  }

  template <class Which>
  void settle(const Which& which) {
    std::vector<DiskEvent> rest;
    for (DiskEvent& event : waiting_) {
      if (which(event))
        perform(event);
      else
        rest.push_back(std::move(event));
    }
    waiting_ = std::move(rest);
  }

  void perform(const DiskEvent& e) {
    switch (e.kind) {
      case DiskEvent::Kind::write: {
        std::string& file = files_[e.path];
        if (e.whole) file.clear();
        const auto offset = static_cast<std::size_t>(e.offset);
        file.resize(std::max(file.size(), offset + e.bytes.size()), '\0');
        file.replace(offset, e.bytes.size(), e.bytes);
        break;
      }
      case DiskEvent::Kind::truncate: files_[e.path].resize(static_cast<std::size_t>(e.offset), '\0'); break;
      case DiskEvent::Kind::rename:
        if (const auto found = files_.find(e.path); found != files_.end()) {
          files_[e.bytes] = found->second;
          files_.erase(e.path);
        }
        break;
      case DiskEvent::Kind::remove: files_.erase(e.path); break;
      default: break;
    }
  }

  std::map<std::string, std::string> files_;
  std::vector<DiskEvent> waiting_;
};

}   // namespace gangmu::store::test
