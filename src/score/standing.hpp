// SPDX-License-Identifier: Apache-2.0
// Where one place would stand with some of its figures changed (试算). Only what a change reaches is scored again: the
// leaves made from the figure, the points of those it is compared with, the branches above them, the ranks of the
// class. The answer is that of a whole assessment, bit for bit. Internal to what lifts a place.
#pragma once

#include <vector>

#include "score/attendance.hpp"
#include "score/lift.hpp"

namespace gangmu::score {

struct Standing {
  std::uint32_t rank = 0;   ///< in class; UINT32_MAX: not ranked
  std::int64_t total = 0;   ///< 1e-9 points
};

/// `whole` makes a whole assessment of every trial: what the other is measured by.
enum class Rescoring : std::uint8_t { reached, whole };

class Standings {
 public:
  /// Precondition: inputs in the order of the codes, `a` made from them; the place takes part. All must outlive this.
  Standings(const Scheme& scheme, const Inputs& inputs, const Assessment& a, std::size_t place,
            Rescoring way = Rescoring::reached);
  Standings(const Standings&) = delete;
  Standings& operator=(const Standings&) = delete;

  /// With this figure changed besides those kept. Precondition: the cell holds a number.
  Standing with(std::size_t column, double value);
  /// Changes the figure from here on.
  void keep(std::size_t column, double value);
  /// As at the beginning.
  void reset();

 private:
  /// What is known of a node and a member of the class.
  struct Cell {
    double points = 0;
    ScoreState state = ScoreState::missing;
    bool held = false;   ///< makes the place provisional
    bool operator==(const Cell&) const = default;
  };
  struct Undo {
    std::size_t at = 0;
    Cell cell;
  };
  struct Reweighed {
    NodeIndex node = 0;
    std::vector<Child> children;
  };
  /// A leaf made from a column; `alone`: nobody else's points can change with it.
  struct Reader {
    NodeIndex node = 0;
    bool alone = false;
  };
  struct Kept {
    std::vector<Cell> cells;
    std::vector<std::int64_t> total;
    std::vector<std::uint32_t> holds;
    std::vector<std::vector<Child>> children;
  };

  void find_tree(const Assessment& a);
  void note_readers(NodeIndex node);
  void read(const Assessment& a);
  void change(std::size_t column, double value);
  void undo();
  void set(std::size_t at, const Cell& cell);
  void put(NodeIndex node, std::size_t member, const Cell& cell);
  void rescore_leaf(const Reader& reader);
  void rescore_together(NodeIndex node);
  [[nodiscard]] Cell scored_leaf(NodeIndex node, std::size_t member) const;
  [[nodiscard]] Cell combined(NodeIndex node, std::size_t member, std::span<const double> settled);
  Attendance attend_at(NodeIndex node, std::size_t member);
  [[nodiscard]] Standing standing() const;
  [[nodiscard]] Standing assessed() const;
  [[nodiscard]] bool ranked(std::size_t member) const;
  [[nodiscard]] bool before(std::size_t member) const;
  [[nodiscard]] const Cell& cell(NodeIndex node, std::size_t member) const { return cells_[node * size_ + member]; }

  const Scheme& scheme_;
  std::size_t place_;
  std::vector<double> given_, values_;
  Inputs inputs_;   ///< over values_
  Program program_;
  ClassIndex class_;
  std::vector<std::uint32_t> members_;   ///< places of the class
  std::size_t size_ = 0, mine_ = 0;
  std::vector<NodeIndex> branches_;            ///< of the class's tree, from below
  std::vector<NodeIndex> tie_;                 ///< nodes that tell equal totals apart
  std::vector<std::vector<Reader>> readers_;   ///< a column each
  std::vector<std::vector<Child>> children_;   ///< a node each, with the shares in force
  std::vector<Cell> cells_;                    ///< node × member
  std::vector<std::int64_t> adjustment_, total_;
  std::vector<std::uint32_t> holds_;                ///< a member each: nodes that hold its score
  std::vector<std::vector<std::uint32_t>> dirty_;   ///< a node each: members of whom a child changed
  std::vector<Undo> undo_;
  std::vector<Reweighed> reweighed_;
  Kept first_;
  std::vector<Part> parts_;
  std::vector<NodeIndex> part_nodes_;
  bool whole_ = false;         ///< every trial by a whole assessment
  bool out_of_tree_ = false;   ///< a weight worked out to nothing: this trial needs a whole assessment
};

/// lift(), its trials made either way.
Lift lift_by(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
             std::uint32_t ranks, Executor& executor, std::span<const Reach> reach, Rescoring way);

}   // namespace gangmu::score
