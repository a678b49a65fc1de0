// SPDX-License-Identifier: Apache-2.0
// The tree of places (地区) as of one date: province, city, county, town, village. Nodes stand in depth-first order, so
// every subtree is one interval of indexes and a roll-up is a walk over a range. Immutable once built.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

namespace gangmu::place {

enum class Level : std::uint8_t { province, city, county, town, village };
std::string_view level_name(Level level);   ///< "county"
std::optional<Level> level_of(std::string_view name);

/// One place as its pack or its row gives it. `code`, name and parent are attributes valid from a date; `id` never
/// changes.
struct Place {
  PlaceId id{};
  std::string code{};   ///< 12 digits (statistical division code); synthetic places start with 99
  PlaceId parent{};     ///< none at the root
  Level level = Level::village;
  std::string
      kind{};   ///< district, county_city, county, street, town, township, village, community, quasi_*, functional_*
  bool functional = false;   ///< a unit of the statistics system that is no administrative unit
  std::string name_zh{};
  std::string name_en{};
  std::string pinyin{};   ///< "Pengjiang"; search also knows the initials ("pjq")
  std::string initials{};
  Date valid_from{};
};

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex no_node = UINT32_MAX;

/// Whether two places of one tree may bear one code. In a past frame they may: a code given to another place later was
/// perhaps written down without its date.
enum class Codes : std::uint8_t { once, may_repeat };

class Tree {
 public:
  /// Errors, all at once: duplicate_code, unknown_parent, level_out_of_order, cycle, several_roots, no_root.
  /// Children keep the order of their codes.
  static Result<Tree> build(std::vector<Place> places, Codes codes = Codes::once);

  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] const Place& operator[](NodeIndex node) const { return places_[node]; }
  [[nodiscard]] NodeIndex parent(NodeIndex node) const { return parent_[node]; }   ///< no_node at the root
  [[nodiscard]] NodeIndex end(NodeIndex node) const { return end_[node]; }         ///< subtree = [node, end(node))
  [[nodiscard]] bool within(NodeIndex node, NodeIndex ancestor) const {
    return ancestor <= node && node < end_[ancestor];
  }
  [[nodiscard]] std::vector<NodeIndex> children(NodeIndex node) const;
  [[nodiscard]] std::vector<NodeIndex> path(NodeIndex node) const;   ///< root first, node last
  [[nodiscard]] std::vector<NodeIndex> of_level(Level level, NodeIndex under = 0) const;

  [[nodiscard]] NodeIndex find(PlaceId id) const;   ///< no_node when absent
  [[nodiscard]] NodeIndex find_code(std::string_view code) const;
  /// The county of a node, or the city/province itself above: the `home` of its rows.
  [[nodiscard]] PlaceId home(NodeIndex node) const;
  [[nodiscard]] std::vector<PlaceId> homes() const;   ///< every home a row can have, in tree order
  /// By Chinese name, pinyin, initials or code prefix; best first: exact, prefix, inside; higher levels first. Limit
  /// ≥ 1.
  [[nodiscard]] std::vector<NodeIndex> search(std::string_view query, std::size_t limit) const;

 private:
  std::vector<Place> places_;
  std::vector<NodeIndex> parent_;
  std::vector<NodeIndex> end_;
  std::unordered_map<PlaceId, NodeIndex> by_id_;
  std::unordered_map<std::string, NodeIndex> by_code_;
};

}   // namespace gangmu::place
