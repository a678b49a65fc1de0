// SPDX-License-Identifier: Apache-2.0
#include "app/place_names.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t most_candidates = 8;

/// As typed, without spaces and full-width forms.
std::string plain(std::string_view typed) {
  std::string out = text::narrow(text::trim(typed));
  std::erase(out, ' ');
  return out;
}

}   // namespace

PlaceNames::PlaceNames(const Picture& picture) : tree_(picture.tree()) {
  const place::NodeIndex focus = picture.focus();
  for (place::NodeIndex node = 0; node < tree_.size(); ++node) {
    std::string name = plain(tree_[node].name_zh);
    place::NodeIndex above = node;
    for (int names = 0; names < 3; ++names) {
      by_name_.emplace(name, node);
      if (!tree_.within(node, focus) || above == focus || (above = tree_.parent(above)) == place::no_node) break;
      name.insert(0, plain(tree_[above].name_zh));
    }
  }
}

std::optional<place::NodeIndex> PlaceNames::find(std::string_view typed) const {
  const std::string name = plain(typed);
  if (const place::NodeIndex node = tree_.find_code(name); node != place::no_node) return node;
  const auto [first, last] = by_name_.equal_range(name);
  if (first == last || std::next(first) != last) return std::nullopt;
  return first->second;
}

std::vector<place::NodeIndex> PlaceNames::candidates(std::string_view typed) const {
  const std::string name = plain(typed);
  std::vector<place::NodeIndex> out;
  for (auto [it, last] = by_name_.equal_range(name); it != last; ++it) out.push_back(it->second);
  std::ranges::sort(out);
  for (const place::NodeIndex node : tree_.search(name, most_candidates)) {
    if (std::ranges::find(out, node) == out.end()) out.push_back(node);
  }
  if (out.size() > most_candidates) out.resize(most_candidates);
  return out;
}

std::string place_path(const place::Tree& tree, place::NodeIndex node, std::string place::Place::*name) {
  std::string out;
  for (const place::NodeIndex step : tree.path(node)) {
    if (tree[step].level < place::Level::county && step != node) continue;
    if (!out.empty()) out += ' ';
    out += tree[step].*name;
  }
  return out;
}

}   // namespace gangmu::app
