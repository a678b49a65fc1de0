// SPDX-License-Identifier: Apache-2.0
// Frames (版图): the tree of places as it was on each day, from the dated versions of its places. Days between which no
// place came, went or got another parent share one tree, so places that only changed their names cost nothing.
//
//   frames->now()                  the places that have no end
//   frames->on(day)                the tree of a day; what is told before the root's first day is told in its first
//   frame frames->during(first, last)    the tree of `last` and, under their last parents, the places that ended inside
//
// A place whose parent is not there on a day stands under the nearest place above that is: a past tree always exists.
// Where that happened is told by `gaps`, so that lint and a reader of a pack refuse it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/date.hpp"
#include "place/tree.hpp"

namespace gangmu::place {

/// A place as it was from `place.valid_from` to `valid_to` or to the day before its next version, whichever is first.
/// A version that ends before it begins never held.
struct Version {
  Place place;
  std::optional<Date> valid_to{};   ///< last day
};

/// On `day` the place's parent was not there.
struct FrameGap {
  PlaceId place, parent;
  Date day;
};

class Frames {
 public:
  /// Versions in any order; of two for one place and day the later in the list holds. Errors: those of Tree::build for
  /// the tree of now.
  static Result<std::shared_ptr<const Frames>> build(std::vector<Version> versions);
  /// One tree for all days.
  static std::shared_ptr<const Frames> of(std::shared_ptr<const Tree> tree);

  [[nodiscard]] const std::shared_ptr<const Tree>& now() const { return frames_.back().tree; }
  [[nodiscard]] const std::shared_ptr<const Tree>& on(Date day) const;
  /// on(last) itself when nothing ended from `first` on and before `last`.
  [[nodiscard]] std::shared_ptr<const Tree> during(Date first, Date last) const;
  [[nodiscard]] std::vector<std::shared_ptr<const Tree>> trees() const;   ///< of all days, the oldest first
  [[nodiscard]] bool one() const { return frames_.size() == 1 && endings_.empty(); }
  [[nodiscard]] const std::vector<FrameGap>& gaps() const { return gaps_; }

  /// The versions of a place that held at some time, by valid_from, each with its last day; empty for one of `of`.
  [[nodiscard]] const std::vector<Version>& versions(PlaceId place) const;
  /// The version of a day, else its first when the day lies before it, else the last that began by then.
  [[nodiscard]] const Place* version_on(PlaceId place, Date day) const;
  /// The place that bore a code: on the day, else the one that bore it last; none when nobody ever did.
  [[nodiscard]] PlaceId find_code(std::string_view code, Date day) const;
  [[nodiscard]] std::optional<Date> ended(PlaceId place) const;   ///< last day of a place that is no more

 private:
  struct Frame {
    Date from;
    std::shared_ptr<const Tree> tree;
  };
  struct Ending {
    Date day;
    PlaceId place;
  };
  class Structure;
  class Maker;

  std::vector<Frame> frames_;     ///< by date; the first holds back to the beginning
  std::vector<Ending> endings_;   ///< by day
  std::vector<FrameGap> gaps_;
  std::map<PlaceId, std::vector<Version>> versions_;
};

}   // namespace gangmu::place
