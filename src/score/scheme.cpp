// SPDX-License-Identifier: Apache-2.0
#include "score/scheme.hpp"

#include <algorithm>

namespace gangmu::score {

const Function& Leaf::function_of(const std::string& class_id) const {
  const auto found = by_class.find(class_id);
  return found == by_class.end() ? function : found->second;
}

std::string Scheme::title(Language language) const {
  if (approval.empty()) return language == Language::zh ? "监测评价（内部测算）" : "Monitoring evaluation (internal estimate)";
  return language == Language::zh ? name_zh : name_en;
}

NodeIndex Scheme::find(std::string_view node_id) const {
  const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node& node) { return node.id == node_id; });
  return found == nodes.end() ? no_node : static_cast<NodeIndex>(found - nodes.begin());
}

ClassIndex Scheme::find_class(std::string_view class_id) const {
  const auto found = std::find_if(classes.begin(), classes.end(), [&](const Class& c) { return c.id == class_id; });
  return found == classes.end() ? no_class : static_cast<ClassIndex>(found - classes.begin());
}

NodeIndex Scheme::node_of_leaf(std::size_t leaf) const {
  const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node& node) { return node.leaf == leaf; });
  return static_cast<NodeIndex>(found - nodes.begin());
}

Digest Scheme::digest() const { return gangmu::digest(to_json(*this).canonical()); }

}  // namespace gangmu::score
