// SPDX-License-Identifier: Apache-2.0
// A series under one frame: the figures of all periods told of the places of one day. A place that covered then what it
// covers now is told as it was; any other is made of the places of then that make it up (crossing.hpp), so that a sum
// counts each of them once and says how many were reported:
//
//   sum              exact; a place that was split gives its stated share, with the decimals that takes
//   ratio, weighted  by their parts, each by the same shares, divided once
//   mean, min, max   of the places of then, all of them whole; never of two for one place of the entry level
//   count            the same
//   reported         only what was told of the very area
//
// What can't be told so is Gap::other_area, never a guess; a sum with more than nine decimals is Gap::overflow.
// Immutable; questions from any number of threads.
#pragma once

#include <memory>
#include <vector>

#include "fact/crossing.hpp"
#include "fact/cube.hpp"

namespace gangmu::fact {

struct FramedFigure {
  Figure figure;
  bool as_it_was = true;   ///< told of the same area then; else made of `origins`
  bool by_share = false;   ///< some of them were split
  std::vector<Origin> origins{};
  std::shared_ptr<const place::Tree> then{};   ///< theirs
};

struct FramedPoint {
  Period period;
  FramedFigure told;
};

class OneFrame {
 public:
  OneFrame(std::shared_ptr<const Cube> cube, std::shared_ptr<const Crossings> crossings);

  [[nodiscard]] Date day() const { return crossings_->day(); }
  /// The places of the frame; the questions below name them by their nodes in it.
  [[nodiscard]] const std::shared_ptr<const place::Tree>& tree() const { return crossings_->tree(); }

  [[nodiscard]] FramedFigure figure(NodeIndex node, IndicatorIndex indicator, const Period& period) const;
  /// All periods with something to tell, or that something was told of another area then; in order.
  [[nodiscard]] std::vector<FramedPoint> series(NodeIndex node, IndicatorIndex indicator) const;

 private:
  class Asking;
  std::shared_ptr<const Cube> cube_;
  std::shared_ptr<const Crossings> crossings_;
};

}   // namespace gangmu::fact
