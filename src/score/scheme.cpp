// SPDX-License-Identifier: Apache-2.0
#include "score/scheme.hpp"

#include <algorithm>

namespace gangmu::score {

namespace {

/// Compares only with figures of this period, which are treated alike.
bool follows(const Function& f, bool changes_unit) {
  switch (f.kind) {
    case FunctionKind::min_max:
    case FunctionKind::z: return !f.of;
    case FunctionKind::peer:
    case FunctionKind::percentile: return true;
    case FunctionKind::mean_zone: return !changes_unit && !f.of;
    case FunctionKind::relative: return !changes_unit && !f.of && f.pool.has_value();
    case FunctionKind::either:
    case FunctionKind::mix:
      return std::all_of(f.parts.begin(), f.parts.end(),
                         [&](const Function& part) { return follows(part, changes_unit); });
    default: return false;
  }
}

}   // namespace

bool can_be_treated(const Leaf& leaf, const Treatment& treatment) {
  const bool new_unit = treatment.changes_unit();
  return follows(leaf.function, new_unit) &&
         std::all_of(leaf.by_class.begin(), leaf.by_class.end(),
                     [&](const auto& own) { return follows(own.second, new_unit); });
}

const Function& Leaf::function_of(const std::string& class_id) const {
  const auto found = by_class.find(class_id);
  return found == by_class.end() ? function : found->second;
}

std::string Scheme::title(Language language) const {
  if (approval.empty())
    return language == Language::zh ? "监测评价（内部测算）" : "Monitoring evaluation (internal estimate)";
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

}   // namespace gangmu::score
