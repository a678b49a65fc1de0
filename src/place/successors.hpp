// SPDX-License-Identifier: Apache-2.0
// Splits and merges (successors.csv), and where a place of one day stands in the frame of another. Forward, a place
// goes to its successors by the shares stated, theirs too. Backward, a place covers the places it was made of, whole;
// of several nothing says how much of it lies in each. A place that ended and names no successor went into its parent,
// one that began and names no predecessor came out of it; by what share is not known.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "base/decimal.hpp"
#include "place/frames.hpp"

namespace gangmu::place {

/// From `on`, the share of `from` that is part of `to`.
struct Succession {
  PlaceId from, to;
  Date on;
  Decimal share;
};

/// What stands in a frame for a place of another.
struct Counterparts {
  struct Part {
    PlaceId place;
    Decimal share;
  };
  std::vector<Part> parts;   ///< by place
  bool divisible = true;     ///< false: it covers all of them, and how much lies in each is not known

  [[nodiscard]] bool one() const { return parts.size() == 1; }
};

class Successions {
 public:
  Successions(std::vector<Succession> rows, const Frames& frames);

  /// In the frame of `day`, of a place as it was on `told`.
  [[nodiscard]] Counterparts counterparts(PlaceId place, Date told, const Frames& frames, Date day) const;
  /// Whether any place changed hands after one day and up to the other, whichever is first.
  [[nodiscard]] bool between(Date a, Date b) const;
  /// The last day up to `day` on which one did.
  [[nodiscard]] std::optional<Date> last_by(Date day) const;
  /// Whether the place is in no row: it stands for itself.
  [[nodiscard]] bool untouched(PlaceId place) const { return !touched_.contains(place); }

 private:
  class Search;
  struct Row : Succession {
    bool stated = true;   ///< else it is its parent's
  };
  using Rows = std::map<PlaceId, std::vector<Row>>;
  void add_unstated(const Frames& frames, PlaceId place);
  void add(const Row& row);
  [[nodiscard]] std::span<const Row> next(PlaceId from, Date after, Date until) const;
  [[nodiscard]] std::span<const Row> before(PlaceId to, Date after, Date until) const;

  Rows from_, to_;   ///< by day
  std::set<Date> days_;
  std::set<PlaceId> touched_;
};

/// Whether the place was there on the day.
bool held(const Frames& frames, PlaceId place, Date day);

}   // namespace gangmu::place
