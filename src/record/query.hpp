// SPDX-License-Identifier: Apache-2.0
// Lists of records: who may see which, filters, exact count, order, a page from a key on. Every door (list, count,
// search, board, export, pick list) asks the same predicate, so no door tells more than another.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "record/columns.hpp"

namespace gangmu::record {

/// Nodes [first, second) of the tree of the columns.
using Interval = std::pair<place::NodeIndex, place::NodeIndex>;
/// Sorted and disjoint; what overlaps is joined.
std::vector<Interval> joined(std::vector<Interval> all);

/// A row as predicates see it.
struct RowAt {
  const Columns& columns;
  const Chunk& chunk;
  std::size_t row = 0;
};

/// What one reader may see: anything within `places`, or what one of `others` lets through.
struct Sight {
  bool everything = false;
  std::vector<Interval> places{};
  std::vector<std::function<bool(const RowAt&)>> others{};
};

/// One field within bounds (inclusive), or one of a few values. Columns without value never pass, unless `absent`.
struct FieldTest {
  std::size_t column = 0;   ///< number column
  std::int64_t least = least_value, most = INT64_MAX;
  std::vector<std::int64_t> any{};   ///< sorted; empty: the bounds alone
  bool absent = false;               ///< only rows without value
};

struct Filter {
  std::optional<std::vector<Interval>> places{};   ///< nothing: anywhere, also nowhere
  std::vector<flow::StateIndex> states{};          ///< empty: any
  std::vector<FieldTest> tests{};
  std::optional<std::pair<std::int64_t, std::int64_t>> due{};   ///< microseconds, inclusive
  std::string text{};                                           ///< folded; in one of the text columns
};

struct Order {
  enum class By : std::uint8_t { number, due, seq, field, text };
  By by = By::number;
  std::size_t column = 0;
  bool down = false;
};

/// Where a page begins: behind this row of the order. `key`: its number; `words`: its text.
struct After {
  std::int64_t key = 0;
  std::string words{};
  RecordId id{};
};

struct Found {
  RecordId id{};
  Seq seq{};
  After after{};   ///< the page behind this row
};

struct Listing {
  std::vector<Found> rows{};
  std::int64_t total = 0;   ///< of all the reader may see that the filter lets through
  bool more = false;
};

/// Rows with equal keys stand by home and number, so the order is whole and pages neither repeat nor skip.
Listing list(const Columns& columns, const Sight& sight, const Filter& filter, const Order& order,
             const std::optional<After>& after, std::size_t limit);

/// Calls for each row let through, in no order but that of homes and numbers.
void for_each(const Columns& columns, const Sight& sight, const Filter& filter,
              const std::function<void(const RowAt&, const RecordId&)>& visit);

/// Records whose clocks do something at `now` or before, earliest first, `most` of them.
struct Waiting {
  std::int64_t at = 0;
  RecordId id{};
};
std::vector<Waiting> waiting(const Columns& columns, Instant now, std::size_t most);
/// Those with a clock whose moment could not be told, and that nothing happened to after entry `since`.
std::vector<RecordId> unsure(const Columns& columns, Seq since);

/// How many of what the filter lets through stand in each state, the filter's own states left aside.
std::vector<std::int64_t> by_state(const Columns& columns, const Sight& sight, Filter filter);

bool sees(const Sight& sight, const RowAt& row);

/// What the columns know of the record: id, state, raiser, and of its values those that `tree` and the rights' names
/// read. Precondition: the row is a record's.
Record listed(const RowAt& row, const formula::Tree* tree);

}   // namespace gangmu::record
