// SPDX-License-Identifier: Apache-2.0
// The cube: latest known cells, each period under its own frame and definitions (ground.hpp), and for every place at or
// above an indicator's entry level what they add up to. An immutable picture: `with` returns a new cube that shares all
// pages it did not touch, so a reader keeps its picture while the writer makes the next one. Building and updating
// never fail on data; only a catalogue that names one indicator twice is refused.
//
//   entered cell   what somebody reported for exactly this place, at any level where they did (`cell`)
//   roll-up        what the cells at the entry level below this place give (`rolled`); entered cells above the entry
//   level
//                  never enter it, so a city's own figure and the sum of its counties are both at hand (`figure`); for
//                  display the entered value wins
//
// A threshold (">12"), a withheld, a not-applicable and a missing cell never enter a sum: the roll-up carries how many
// there are. Exact sums are kept in 128 bits; one that does not fit int64 is told as Gap::overflow, never wrapped.
// Ratio and weighted mean are like-for-like: they use the places that have both parts for the same period. A ratio
// whose two parts were entered for the very place divides these, as a reader of the page would; so does one whose parts
// are entered at different levels or are not sums (each as shown at the place). Two exact sums are divided once.
//
// Cost (n places): query O(levels); update O(path to the root) plus the copy of at most one page a level; a column is
// one (indicator, period), cut into pages of up to 512 places that are stored sparse while few cells are present.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/decimal.hpp"
#include "base/ids.hpp"
#include "base/parallel.hpp"
#include "base/period.hpp"
#include "base/result.hpp"
#include "fact/indicator.hpp"
#include "fact/observation.hpp"
#include "place/tree.hpp"

namespace gangmu::fact {

using place::NodeIndex;
/// Position of an indicator in Cube::indicators(). Valid in one cube and all cubes made from it by `with`.
using IndicatorIndex = std::uint32_t;
inline constexpr IndicatorIndex no_indicator = UINT32_MAX;

/// One entered cell as the cube keeps it. `source` is the caller's own handle (e.g. its row in the table of sources).
struct Cell {
  CellValue value;
  ValueStatus status = ValueStatus::final;
  Grade grade = Grade::a;
  std::uint32_t source = 0;
  Seq seq{};
  bool operator==(const Cell&) const = default;
};

/// A cell that is new or replaces the one that stood there. A cell that is gone is written as state missing.
struct CellUpdate {
  NodeIndex node = 0;   ///< in Cube::frame of its indicator and period
  IndicatorIndex indicator = 0;
  Period period;
  Cell cell;
};

/// Why a roll-up has no value.
enum class Gap : std::uint8_t {
  none,               ///< it has one
  nothing_reported,   ///< no entry-level cell below holds a number
  not_then,           ///< the place is not in the frame of the period
  below_entry,        ///< the place lies below the indicator's entry level
  not_added_up,       ///< a `reported` indicator, and nothing was reported for this very place
  unknown_part,       ///< numerator, denominator or weight is no indicator of this catalogue, or can't be used as one
  no_numerator,
  no_denominator,
  zero_denominator,
  overflow,    ///< the exact sum leaves int64
  other_area   ///< told under one frame (one_frame.hpp): what was told then is of another area, and no share says how
               ///< it is spread
};

/// What the entry-level cells below a place give.
struct Rollup {
  enum class Kind : std::uint8_t { none, exact, real };
  Kind kind = Kind::none;
  Gap gap = Gap::nothing_reported;         ///< none exactly when kind is not none
  std::int64_t units = 0;                  ///< exact: × 10^-decimals (sum, min, max, count, reported)
  int decimals = 0;                        ///< decimals of the indicator; 0 for count
  double real = 0;                         ///< real: ratio, weighted, mean; unrounded, in the indicator's unit
  double numerator = 0, denominator = 0;   ///< real: the two sums that were divided (factor not yet applied)

  // Places of the entry level below (or equal to) this place, each counted once:
  // expected = reported + threshold + withheld + not_applicable + missing. For ratio and weighted a place is `reported`
  // when both parts are numbers. Functional units are expected only when they hold a cell.
  std::uint32_t expected = 0, reported = 0, threshold = 0, withheld = 0, not_applicable = 0, missing = 0;

  bool has_range = false;          ///< min and max of the entry-level numbers; never for ratio
  std::int64_t min = 0, max = 0;   ///< × 10^-(decimals of the indicator)

  [[nodiscard]] bool has_value() const { return kind != Kind::none; }
  /// The value as the nearest double, in the indicator's unit. Precondition: has_value().
  [[nodiscard]] double value() const { return kind == Kind::exact ? Decimal(units, decimals).real() : real; }
  [[nodiscard]] bool complete() const { return reported + not_applicable == expected; }
  bool operator==(const Rollup&) const = default;
};

/// What is known for a place × indicator × period: what was entered for it, and what lies below.
struct Figure {
  std::optional<Cell> cell;
  Rollup rollup;
  /// The entered value is what is shown (it wins over the roll-up). False: show the roll-up, if it has a value.
  [[nodiscard]] bool entered() const { return cell && cell->value.state != CellState::missing; }
  [[nodiscard]] bool empty() const { return !entered() && !rollup.has_value(); }
};

struct PeriodFigure {
  Period period;
  Figure figure;
};

struct ColumnKey {
  IndicatorIndex indicator = 0;
  Period period;
};

class Catalogue;
class Grounds;
struct Ground;
struct Series;
struct ColumnDraft;

/// Takes the cells of one column during a bulk build. Any order; the last cell put for a place stands.
class ColumnWriter {
 public:
  explicit ColumnWriter(ColumnDraft& draft) : draft_(draft) {}
  void put(NodeIndex node, const Cell& cell);

 private:
  ColumnDraft& draft_;
};

class Cube {
 public:
  /// Later cells for the same place × indicator × period replace earlier ones. Shape: node < tree size, indicator <
  /// indicators.size(). Error: duplicate_indicator. The result does not depend on the executor's width.
  static Result<Cube> build(std::shared_ptr<const place::Tree> tree, std::vector<Indicator> indicators,
                            std::span<const CellUpdate> cells, Executor& executor);

  /// Bulk form: fill(i, writer) puts the cells of columns[i]; calls for different i may run at the same time. Columns
  /// must be distinct. Working memory beside the result is one column a thread.
  using Fill = std::function<void(std::size_t column, ColumnWriter& writer)>;
  static Result<Cube> build(std::shared_ptr<const place::Tree> tree, std::vector<Indicator> indicators,
                            std::span<const ColumnKey> columns, const Fill& fill, Executor& executor);

  /// The same over a history of places and definitions; the two above are for one tree and one definition each.
  static Cube build(Grounds grounds, std::span<const CellUpdate> cells, Executor& executor);
  static Cube build(Grounds grounds, std::span<const ColumnKey> columns, const Fill& fill, Executor& executor);

  /// This cube with the updates applied in order. Untouched pages are shared; this cube stays as it is.
  [[nodiscard]] Cube with(std::span<const CellUpdate> updates) const;

  /// The tree of now; the questions below name places by their nodes in it.
  [[nodiscard]] const place::Tree& tree() const { return *tree_; }
  [[nodiscard]] const std::shared_ptr<const place::Tree>& tree_handle() const { return tree_; }
  [[nodiscard]] std::span<const Indicator> indicators() const;          ///< as defined last
  [[nodiscard]] IndicatorIndex find(const IndicatorCode& code) const;   ///< no_indicator when absent

  /// The tree a column is read in, with the places that ended since.
  [[nodiscard]] std::shared_ptr<const place::Tree> frame(IndicatorIndex indicator, const Period& period) const;
  /// The definition a period is read under.
  [[nodiscard]] const Indicator& indicator(IndicatorIndex indicator, const Period& period) const;
  /// Two periods under one definition; others can't be compared, and no growth is told between them.
  [[nodiscard]] bool comparable(IndicatorIndex indicator, const Period& a, const Period& b) const;

  /// Periods for which the indicator, or a part of it, has any cell, in order of Period.
  [[nodiscard]] std::span<const Period> periods(IndicatorIndex indicator) const;

  [[nodiscard]] std::optional<Cell> cell(NodeIndex node, IndicatorIndex indicator, const Period& period) const;
  [[nodiscard]] Rollup rolled(NodeIndex node, IndicatorIndex indicator, const Period& period) const;
  [[nodiscard]] Figure figure(NodeIndex node, IndicatorIndex indicator, const Period& period) const;
  /// The same by the node in `frame`, also of a place that is no more.
  [[nodiscard]] Figure figure_then(NodeIndex node, IndicatorIndex indicator, const Period& period) const;
  [[nodiscard]] std::optional<Cell> cell_then(NodeIndex node, IndicatorIndex indicator, const Period& period) const;
  /// The last period for which the place has something to show; nullopt when there is none.
  [[nodiscard]] std::optional<Period> latest(NodeIndex node, IndicatorIndex indicator) const;
  /// All periods for which the place has something to show, in order.
  [[nodiscard]] std::vector<PeriodFigure> series(NodeIndex node, IndicatorIndex indicator) const;

  /// What its columns stand on.
  [[nodiscard]] const Grounds& grounds() const { return *grounds_; }

  /// Approximate bytes held by cells and partials, shared pages counted once within this cube.
  [[nodiscard]] std::size_t bytes() const;

 private:
  Cube() = default;
  std::shared_ptr<const place::Tree> tree_;
  std::shared_ptr<const Grounds> grounds_;
  std::vector<std::shared_ptr<const Series>> series_;   ///< one an indicator
};

}   // namespace gangmu::fact
