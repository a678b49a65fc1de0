// SPDX-License-Identifier: Apache-2.0
// YAML 1.2 as packs use it: one document of maps, lists and scalars, read into Json with the line of every value.
// Anchors, aliases, tags and several documents are refused; a key that stands twice is a fault. yaml-cpp is seen by
// yaml.cpp only. Scalars: plain true/false, null/~/empty and integers are what they look like; everything else, and all
// that is quoted, is text, so a number with decimals keeps its digits.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/result.hpp"

namespace gangmu::pack {

struct Yaml {
  Json value;
  std::map<std::string, Position, std::less<>> positions;   ///< JSON pointer (RFC 6901) → where; "" is the document

  /// Where `pointer` stands; of what is absent, its nearest parent.
  [[nodiscard]] Position at(std::string_view pointer) const;
};

inline constexpr std::size_t yaml_byte_limit = std::size_t{4} << 20;
inline constexpr int yaml_depth_limit = 32;
inline constexpr std::size_t yaml_node_limit = 200'000;

/// Errors: yaml_malformed, yaml_alias, yaml_duplicate, yaml_limit (bytes, depth, nodes); each with file:line.
Result<Yaml> read_yaml(std::string_view bytes, const std::string& file);
/// Lists of objects with an `id` that are written as maps of names, in their order: by key, with the key of a member
/// that stands alone (`idea: open` for {"id":"idea","is":"open"}), or empty.
using NamedLists = std::map<std::string, std::string, std::less<>>;
/// Canonical text: keys in the order of `first`, then by bytes; two spaces a level; a text is quoted only where it must
/// be.
std::string write_yaml(const Json& value, const std::vector<std::string>& first = {}, const NamedLists& named = {});

}   // namespace gangmu::pack
