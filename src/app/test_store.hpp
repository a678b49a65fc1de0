// SPDX-License-Identifier: Apache-2.0
// For tests that load whole packs: an empty store in a folder of its own, and the packs of the house.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "app/load.hpp"
#include "app/records/kinds.hpp"
#include "app/test_world.hpp"
#include "pack/common.hpp"
#include "pack/pack.hpp"

namespace gangmu::app::test {

inline pack::Files folder_of(const std::filesystem::path& root) {
  pack::Files out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    out[std::filesystem::relative(entry.path(), root).generic_string()].assign(std::istreambuf_iterator<char>(file),
                                                                               {});
  }
  return out;
}

inline pack::Files programme_folder(const std::string& id) {
  const std::filesystem::path all = std::filesystem::path(GANGMU_SOURCE_DIR) / "programmes";
  return pack::with_common(folder_of(all / id),
                           [&](const std::string& name) { return folder_of(all / "common" / name); });
}

struct Fresh {
  explicit Fresh(store::Limits limits = {}) {
    store::Config config;
    config.folder = folder.path() / "data";
    config.key_folder = folder.path() / "keys";
    config.own_thread = false;
    config.limits = limits;
    store = must(store::Store::create(config, {clock, secrets, files, executor, pack::indicator_of, kinds_of}));
  }
  OwnFolder folder;
  SetClock clock;
  SeededSecrets secrets;
  store::SystemFiles files;
  SerialExecutor executor;
  std::unique_ptr<store::Store> store;
};

inline LoadReport loaded(Fresh& world, const pack::Pack& pack, LoadOptions options = {}) {
  return must(load(*world.store, pack, std::move(options)));
}

}   // namespace gangmu::app::test
