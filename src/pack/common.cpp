// SPDX-License-Identifier: Apache-2.0
#include "pack/common.hpp"

#include "pack/yaml.hpp"

namespace gangmu::pack {
namespace {

bool is_shared(std::string_view path) {
  return path.starts_with("kinds/") || path.starts_with("flows/") || path.starts_with("codes/") || path == "limits.csv";
}

/// "registers@1" from common.yaml.
std::string name_in(const Files& files) {
  const auto found = files.find("common.yaml");
  const auto yaml = found == files.end() ? Result<Yaml>(Yaml{}) : read_yaml(found->second, found->first);
  if (!yaml) return {};
  return yaml->value["id"].string_or("") + "@" + std::to_string(yaml->value["version"].integer_or(0));
}

}   // namespace

std::string common_marker(std::string_view used) { return "common/" + std::string(used); }

Files with_common(Files files, const CommonFolder& folder) {
  const auto programme = files.find("programme.yaml");
  if (programme == files.end()) return files;
  const auto yaml = read_yaml(programme->second, programme->first);
  const auto* uses = yaml ? yaml->value["uses"].array() : nullptr;
  for (std::size_t i = 0; uses && i < uses->size(); ++i) {
    const std::string used = (*uses)[i].string_or("");
    if (used.find_first_of("/\\.") != std::string::npos) continue;   // a name, never a way to somewhere
    Files shared = folder(used.substr(0, used.find('@')));
    if (name_in(shared) != used) continue;
    files[common_marker(used)];
    for (auto& [path, bytes] : shared)
      if (is_shared(path)) files.emplace(path, std::move(bytes));
  }
  return files;
}

}   // namespace gangmu::pack
