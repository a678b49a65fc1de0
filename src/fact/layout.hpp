// SPDX-License-Identifier: Apache-2.0
// How the places of one tree are cut into pages: a page is what an update copies. Subtrees of up to `page_places`
// places stay together (a county with its towns and villages is usually one page), so a path to the root meets few
// pages; the places above them ("the crown") have small pages of their own, upper levels first.
//
//   slot    position of a place inside its page. Slots are ordered by level, so the places above a given level are the
//           first `above(page, level)` slots: the partials of a column are a prefix of the page.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "place/tree.hpp"

namespace gangmu::fact {

inline constexpr std::size_t page_places = 512;
inline constexpr std::size_t crown_page_places = 64;
inline constexpr std::size_t level_count = 5;

class Layout {
 public:
  explicit Layout(const place::Tree& tree);

  struct Spot {
    std::uint32_t page = 0;
    std::uint16_t slot = 0;
  };
  [[nodiscard]] Spot spot(place::NodeIndex node) const { return spots_[node]; }
  [[nodiscard]] std::size_t pages() const { return pages_.size(); }
  [[nodiscard]] std::span<const place::NodeIndex> places(std::size_t page) const {
    return std::span(order_).subspan(pages_[page].begin, pages_[page].size);
  }
  /// How many places of the page stand at a higher level than `level`.
  [[nodiscard]] std::size_t above(std::size_t page, place::Level level) const {
    return pages_[page].above[static_cast<std::size_t>(level)];
  }
  /// How many stand at `level` or above it: the slots of `level` are [above, through).
  [[nodiscard]] std::size_t through(std::size_t page, place::Level level) const {
    return level == place::Level::village ? pages_[page].size
                                          : above(page, static_cast<place::Level>(static_cast<int>(level) + 1));
  }
  [[nodiscard]] bool functional(place::NodeIndex node) const { return functional_[node] != 0; }
  /// All places above `level`, in depth-first order.
  [[nodiscard]] std::span<const place::NodeIndex> above(place::Level level) const {
    return above_[static_cast<std::size_t>(level)];
  }
  /// How many administrative places of `level` the subtree of a place holds (functional units are not counted).
  [[nodiscard]] std::uint32_t expected(place::NodeIndex node, place::NodeIndex end, place::Level level) const {
    const auto& seen = seen_[static_cast<std::size_t>(level)];
    return seen[end] - seen[node];
  }

 private:
  struct Page {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::array<std::uint16_t, level_count> above{};
  };
  void cut(const place::Tree& tree);
  void close(const place::Tree& tree, std::vector<place::NodeIndex>& members);

  std::vector<Spot> spots_;
  std::vector<std::uint8_t> functional_;
  std::vector<Page> pages_;
  std::vector<place::NodeIndex> order_;   ///< places, page after page, slot after slot
  std::array<std::vector<place::NodeIndex>, level_count> above_;
  std::array<std::vector<std::uint32_t>, level_count> seen_;   ///< prefix counts, size n + 1
};

}   // namespace gangmu::fact
