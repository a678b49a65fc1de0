// SPDX-License-Identifier: Apache-2.0
#include "place/tree.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "place/errors.hpp"

namespace gangmu::place {

namespace {

constexpr std::array<std::string_view, 5> level_names{"province", "city", "county", "town", "village"};

/// The places as given, linked by position in the list; all faults are collected before anything is refused.
class Links {
 public:
  Links(const std::vector<Place>& places, Codes codes) : places_(places), parent_(places.size(), no_node) {
    index(codes);
    for (NodeIndex i = 0; i < places_.size(); ++i) link(i);
    if (root_ == no_node) faults_.push_back({&errors::no_root, {}, {}});
    sort_children();
    walk();
  }

  [[nodiscard]] Diagnostics take_faults() { return std::move(faults_); }
  [[nodiscard]] const std::vector<NodeIndex>& depth_first() const { return order_; }

 private:
  void index(Codes rule) {
    std::unordered_map<std::string_view, NodeIndex> codes;
    for (NodeIndex i = 0; i < places_.size(); ++i) {
      const Place& place = places_[i];
      if (!place.id) faults_.push_back({&errors::id_missing, {place.code}, {}});
      const auto [same_code, new_code] = codes.emplace(place.code, i);
      if (!new_code && rule == Codes::once) {
        faults_.push_back(
            {&errors::duplicate_code, {place.code, places_[same_code->second].name_zh, place.name_zh}, {}});
      }
      const auto [same_id, new_id] = ids_.emplace(place.id, i);
      if (!new_id && place.id) {
        const std::string id = std::to_string(place.id.value);
        faults_.push_back({&errors::duplicate_place, {places_[same_id->second].code, place.code, id}, {}});
      }
    }
  }

  void link(NodeIndex i) {
    const Place& place = places_[i];
    if (!place.parent) return note_root(i);
    const auto parent = ids_.find(place.parent);
    if (parent == ids_.end()) {
      faults_.push_back({&errors::unknown_parent, {place.code, place.name_zh}, {}});
      return;
    }
    const Place& above = places_[parent->second];
    parent_[i] = parent->second;
    if (above.level >= place.level) {
      faults_.push_back(
          {&errors::level_out_of_order,
           {place.code, std::string(level_name(place.level)), above.code, std::string(level_name(above.level))},
           {}});
    }
  }

  void note_root(NodeIndex i) {
    if (root_ == no_node)
      root_ = i;
    else
      faults_.push_back({&errors::several_roots, {places_[root_].code, places_[i].code}, {}});
  }

  void sort_children() {
    begin_.assign(places_.size() + 1, 0);
    for (const NodeIndex p : parent_) {
      if (p != no_node) ++begin_[p + 1];
    }
    for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    children_.resize(begin_.back());
    std::vector<NodeIndex> next(begin_.begin(), begin_.end() - 1);
    for (NodeIndex i = 0; i < parent_.size(); ++i) {
      if (parent_[i] != no_node) children_[next[parent_[i]]++] = i;
    }
    for (std::size_t p = 0; p < places_.size(); ++p) {
      std::sort(children_.begin() + begin_[p], children_.begin() + begin_[p + 1], [&](NodeIndex a, NodeIndex b) {
        return std::pair(std::string_view(places_[a].code), places_[a].id) <
               std::pair(std::string_view(places_[b].code), places_[b].id);
      });
    }
  }

  /// Depth first from every place without a parent; whatever is not met stands on or under a cycle.
  void walk() {
    std::vector<bool> met(places_.size());
    for (NodeIndex top = 0; top < places_.size(); ++top) {
      if (parent_[top] == no_node) descend(top, met);
    }
    for (NodeIndex i = 0; i < places_.size(); ++i) {
      if (!met[i] && returns_to(i)) faults_.push_back({&errors::cycle, {places_[i].code, places_[i].name_zh}, {}});
    }
  }

  void descend(NodeIndex top, std::vector<bool>& met) {
    std::vector<NodeIndex> stack{top};
    while (!stack.empty()) {
      const NodeIndex node = stack.back();
      stack.pop_back();
      met[node] = true;
      order_.push_back(node);
      for (auto c = begin_[node + 1]; c-- > begin_[node];) stack.push_back(children_[c]);
    }
  }

  [[nodiscard]] bool returns_to(NodeIndex start) const {
    NodeIndex node = parent_[start];
    for (std::size_t steps = 0; node != start && node != no_node && steps < places_.size(); ++steps)
      node = parent_[node];
    return node == start;
  }

  const std::vector<Place>& places_;
  std::vector<NodeIndex> parent_;
  std::vector<NodeIndex> begin_;   ///< children of p: children_[begin_[p] … begin_[p + 1])
  std::vector<NodeIndex> children_;
  std::vector<NodeIndex> order_;
  std::unordered_map<PlaceId, NodeIndex> ids_;
  NodeIndex root_ = no_node;
  Diagnostics faults_;
};

}   // namespace

std::string_view level_name(Level level) { return level_names[static_cast<std::size_t>(level)]; }

std::optional<Level> level_of(std::string_view name) {
  const auto found = std::find(level_names.begin(), level_names.end(), name);
  if (found == level_names.end()) return std::nullopt;
  return static_cast<Level>(found - level_names.begin());
}

Result<Tree> Tree::build(std::vector<Place> places, Codes codes) {
  Links links(places, codes);
  if (auto faults = links.take_faults(); !faults.empty()) return fail(std::move(faults));

  Tree tree;
  const std::size_t n = places.size();
  tree.places_.reserve(n);
  tree.parent_.reserve(n);
  tree.by_id_.reserve(n);
  tree.by_code_.reserve(n);
  for (const NodeIndex from : links.depth_first()) {
    const auto node = static_cast<NodeIndex>(tree.places_.size());
    Place& place = tree.places_.emplace_back(std::move(places[from]));
    tree.parent_.push_back(place.parent ? tree.by_id_.at(place.parent) : no_node);
    tree.by_id_.emplace(place.id, node);
    tree.by_code_.emplace(place.code, node);
  }
  tree.end_.assign(n, 0);
  for (auto node = static_cast<NodeIndex>(n); node-- > 0;) {
    tree.end_[node] = std::max(tree.end_[node], node + 1);
    if (const NodeIndex p = tree.parent_[node]; p != no_node) tree.end_[p] = std::max(tree.end_[p], tree.end_[node]);
  }
  return tree;
}

std::vector<NodeIndex> Tree::children(NodeIndex node) const {
  std::vector<NodeIndex> found;
  for (NodeIndex child = node + 1; child < end_[node]; child = end_[child]) found.push_back(child);
  return found;
}

std::vector<NodeIndex> Tree::path(NodeIndex node) const {
  std::vector<NodeIndex> up;
  for (; node != no_node; node = parent_[node]) up.push_back(node);
  std::reverse(up.begin(), up.end());
  return up;
}

std::vector<NodeIndex> Tree::of_level(Level level, NodeIndex under) const {
  std::vector<NodeIndex> found;
  for (NodeIndex node = under; node < end_[under]; ++node) {
    if (places_[node].level == level) found.push_back(node);
  }
  return found;
}

NodeIndex Tree::find(PlaceId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? no_node : found->second;
}

NodeIndex Tree::find_code(std::string_view code) const {
  const auto found = by_code_.find(std::string(code));
  return found == by_code_.end() ? no_node : found->second;
}

PlaceId Tree::home(NodeIndex node) const {
  while (places_[node].level > Level::county && parent_[node] != no_node) node = parent_[node];
  return places_[node].id;
}

std::vector<PlaceId> Tree::homes() const {
  std::vector<PlaceId> out;
  for (NodeIndex node = 0; node < size(); ++node) {
    if (home(node) == places_[node].id) out.push_back(places_[node].id);
  }
  return out;
}

}   // namespace gangmu::place
