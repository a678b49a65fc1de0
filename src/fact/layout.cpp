// SPDX-License-Identifier: Apache-2.0
#include "fact/layout.hpp"

#include <algorithm>

namespace gangmu::fact {

using place::Level;
using place::NodeIndex;

namespace {

bool in_crown(const place::Tree& tree, NodeIndex node) { return tree.end(node) - node > page_places; }

std::vector<NodeIndex> crown_of(const place::Tree& tree) {
  std::vector<NodeIndex> crown;
  for (NodeIndex node = 0; node < tree.size();) {
    if (in_crown(tree, node)) {
      crown.push_back(node);
      ++node;
    } else {
      node = tree.end(node);
    }
  }
  std::stable_sort(crown.begin(), crown.end(), [&](NodeIndex a, NodeIndex b) { return tree[a].level < tree[b].level; });
  return crown;
}

}   // namespace

Layout::Layout(const place::Tree& tree) {
  spots_.resize(tree.size());
  order_.reserve(tree.size());
  cut(tree);
  for (NodeIndex node = 0; node < tree.size(); ++node) functional_.push_back(tree[node].functional ? 1 : 0);
  for (std::size_t l = 0; l < level_count; ++l) {
    const auto level = static_cast<Level>(l);
    seen_[l].resize(tree.size() + 1);
    for (NodeIndex node = 0; node < tree.size(); ++node) {
      const auto& place = tree[node];
      seen_[l][node + 1] = seen_[l][node] + (place.level == level && !place.functional ? 1 : 0);
      if (place.level < level) above_[l].push_back(node);
    }
  }
}

void Layout::cut(const place::Tree& tree) {
  std::vector<NodeIndex> members;
  for (const NodeIndex node : crown_of(tree)) {
    members.push_back(node);
    if (members.size() == crown_page_places) close(tree, members);
  }
  close(tree, members);
  for (NodeIndex node = 0; node < tree.size();) {
    if (in_crown(tree, node)) {
      ++node;
      continue;
    }
    const NodeIndex end = tree.end(node);
    if (members.size() + (end - node) > page_places) close(tree, members);
    for (; node < end; ++node) members.push_back(node);
  }
  close(tree, members);
}

void Layout::close(const place::Tree& tree, std::vector<NodeIndex>& members) {
  if (members.empty()) return;
  std::stable_sort(members.begin(), members.end(),
                   [&](NodeIndex a, NodeIndex b) { return tree[a].level < tree[b].level; });
  Page page{.begin = static_cast<std::uint32_t>(order_.size()), .size = static_cast<std::uint32_t>(members.size())};
  for (std::size_t slot = 0; slot < members.size(); ++slot) {
    spots_[members[slot]] = {.page = static_cast<std::uint32_t>(pages_.size()),
                             .slot = static_cast<std::uint16_t>(slot)};
    for (std::size_t l = static_cast<std::size_t>(tree[members[slot]].level) + 1; l < level_count; ++l) ++page.above[l];
  }
  order_.insert(order_.end(), members.begin(), members.end());
  pages_.push_back(page);
  members.clear();
}

}   // namespace gangmu::fact
