// SPDX-License-Identifier: Apache-2.0
// From the frame of one period into the frame asked for: which places of then make up a place, and by what share. A
// place whose villages went elsewhere is of another area now, whatever its own row says.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "place/successors.hpp"

namespace gangmu::fact {

using place::NodeIndex;

/// A place of then, and how much of it belongs to the place asked for: above 0, at most 1.
struct Origin {
  NodeIndex node = 0;   ///< in the tree of then
  Decimal share;
  [[nodiscard]] bool whole() const { return share == Decimal(1, 0); }
};

class Crossing {
 public:
  /// `told`: the last day of the period the figures are of.
  Crossing(std::shared_ptr<const place::Tree> then, Date told, const place::Frames& frames,
           const place::Successions& successions, Date day);

  /// Whether the place covers in both what it covers now: all that is told of it then may be told of it.
  [[nodiscard]] bool same(NodeIndex now) const { return !changed_[now]; }
  /// The places of a level that make it up, by node; none when one of them lies partly elsewhere and no share says how.
  [[nodiscard]] std::optional<std::vector<Origin>> origins(NodeIndex now, place::Level level) const;
  [[nodiscard]] const std::shared_ptr<const place::Tree>& then() const { return then_; }

 private:
  struct Spread {
    std::vector<std::pair<NodeIndex, Decimal>> parts;
    bool divisible = true;
  };
  void settle(NodeIndex node, Date told, const place::Frames& frames, const place::Successions& successions, Date day);
  void compare(NodeIndex node);
  void note_strays(NodeIndex node);
  [[nodiscard]] std::vector<NodeIndex> parts_of(NodeIndex node) const;
  [[nodiscard]] std::optional<Decimal> share_of(NodeIndex node, NodeIndex now) const;
  [[nodiscard]] bool strays(NodeIndex node, NodeIndex now, bool inside) const;

  std::shared_ptr<const place::Tree> then_, now_;
  std::vector<NodeIndex> at_;                               ///< by node of then; no_node where it is spread
  std::map<NodeIndex, Spread> spread_;                      ///< by node of then
  std::vector<NodeIndex> itself_;                           ///< by node of now: the same place then; no_node
  std::vector<std::pair<NodeIndex, NodeIndex>> arrivals_;   ///< of now and of then: another place, whole; sorted
  std::map<NodeIndex, std::vector<NodeIndex>> strayed_;     ///< of then: where places below it are outside it now
  std::vector<bool> changed_;                               ///< by node of now
};

/// All ways into the frame of one day, made when first asked for: pages ask for the same ones over and over.
/// Thread-safe.
class Crossings {
 public:
  Crossings(std::shared_ptr<const place::Frames> frames, place::Successions successions, Date day);

  [[nodiscard]] Date day() const { return day_; }
  /// The places of the frame.
  [[nodiscard]] const std::shared_ptr<const place::Tree>& tree() const { return tree_; }
  /// From the tree of a period with this last day; null where nothing differs.
  [[nodiscard]] std::shared_ptr<const Crossing> from(const std::shared_ptr<const place::Tree>& then, Date told) const;
  /// What they take at most, about.
  [[nodiscard]] std::size_t bytes() const;

 private:
  static constexpr std::size_t most = 64;
  using Key = std::pair<std::shared_ptr<const place::Tree>, std::int32_t>;   ///< and the last split or merge

  std::shared_ptr<const place::Frames> frames_;
  place::Successions successions_;
  Date day_;
  std::shared_ptr<const place::Tree> tree_;
  mutable std::mutex mutex_;
  mutable std::map<Key, std::shared_ptr<const Crossing>> kept_;
};

}   // namespace gangmu::fact
