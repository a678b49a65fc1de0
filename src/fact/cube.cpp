// SPDX-License-Identifier: Apache-2.0
#include "fact/cube.hpp"

#include <algorithm>

#include "fact/amount.hpp"
#include "fact/column.hpp"
#include "fact/ground.hpp"

namespace gangmu::fact {

namespace {

using place::Level;

/// A place in one frame.
struct Standpoint {
  Standpoint() = default;
  Standpoint(const Floor& the_floor, NodeIndex the_node) : floor(&the_floor), node(the_node) {
    if (there()) spot = the_floor.layout.spot(node);
  }
  [[nodiscard]] bool there() const { return node != place::no_node; }
  [[nodiscard]] Level level() const { return (*floor->tree)[node].level; }
  [[nodiscard]] bool functional() const { return floor->layout.functional(node); }

  const Floor* floor = nullptr;
  NodeIndex node = place::no_node;
  Layout::Spot spot;
};

/// The node of the same place in another frame.
NodeIndex moved(const Floor& from, NodeIndex node, const Floor& to) {
  return &from == &to ? node : to.tree->find((*from.tree)[node].id);
}

}   // namespace

/// One question to the cube. Everything it needs of a column is read in place; nothing is copied but the answer.
class Question {
 public:
  Question(const Ground& ground, const std::vector<std::shared_ptr<const Series>>& series, NodeIndex node_of_now,
           const Period& period)
      : ground_(ground),
        catalogue_(*ground.catalogue),
        series_(series),
        period_(period),
        stock_(*ground.stock, ground.stock->of_now(node_of_now)),
        flow_(ground.flow == ground.stock ? stock_ : Standpoint(*ground.flow, ground.flow->of_now(node_of_now))) {}
  /// By the node in one of the two frames of the period.
  Question(const Ground& ground, const std::vector<std::shared_ptr<const Series>>& series, const Floor& floor,
           NodeIndex node, const Period& period)
      : ground_(ground),
        catalogue_(*ground.catalogue),
        series_(series),
        period_(period),
        stock_(*ground.stock, moved(floor, node, *ground.stock)),
        flow_(*ground.flow, moved(floor, node, *ground.flow)) {}

  [[nodiscard]] std::optional<Cell> cell(IndicatorIndex i) const { return cell_in(i, series_[i]->find(period_)); }
  [[nodiscard]] Rollup rolled(IndicatorIndex i) const { return rolled_in(i, series_[i]->find(period_)); }

  [[nodiscard]] std::optional<Cell> cell_in(IndicatorIndex i, const Column* column) const {
    const CellPage* page = page_in(i, column);
    return page ? page->cell(at(i).spot.slot) : std::nullopt;
  }

  [[nodiscard]] Rollup rolled_in(IndicatorIndex i, const Column* column) const {
    if (!at(i).there()) return {.gap = Gap::not_then};
    switch (catalogue_[i].aggregation) {
      case Aggregation::ratio: return ratio(i, column);
      case Aggregation::weighted: return weighted(i, column);
      default: return added_up(i, column);
    }
  }

 private:
  [[nodiscard]] const Standpoint& at(IndicatorIndex i) const {
    return catalogue_[i].figure == FigureKind::stock ? stock_ : flow_;
  }
  [[nodiscard]] const Standpoint& at_pairs(IndicatorIndex i) const {
    return &ground_.pair_floor(i) == ground_.stock ? stock_ : flow_;
  }
  [[nodiscard]] const CellPage* page_in(IndicatorIndex i, const Column* column) const {
    return column && at(i).there() ? column->cells.page(at(i).spot.page) : nullptr;
  }
  [[nodiscard]] CellValue value_in(IndicatorIndex i, const Column* column) const {
    const CellPage* page = page_in(i, column);
    return page ? page->value(at(i).spot.slot) : CellValue{};
  }
  [[nodiscard]] CellValue value(IndicatorIndex i) const { return value_in(i, series_[i]->find(period_)); }

  static void set_counts(Rollup& rollup, const Counts& counts, const Standpoint& at, Level entry) {
    rollup.expected = at.floor->layout.expected(at.node, at.floor->tree->end(at.node), entry) + counts.extra;
    rollup.reported = counts.values;
    rollup.threshold = counts.threshold;
    rollup.withheld = counts.withheld;
    rollup.not_applicable = counts.not_applicable;
    rollup.missing = rollup.expected - counts.known();
  }

  [[nodiscard]] Partial partial_in(IndicatorIndex i, const Column* column) const {
    const CellPage* page = page_in(i, column);
    if (page == nullptr) return {};
    const Level entry = catalogue_[i].entry_level;
    if (at(i).level() < entry) return page->partials[at(i).spot.slot];
    Partial own;
    if (at(i).level() == entry) own.add(page->value(at(i).spot.slot), at(i).functional());
    return own;
  }

  void set_range(Rollup& rollup, const Partial& partial) const {
    rollup.has_range = partial.counts.values > 0;
    if (!rollup.has_range) return;
    rollup.min = partial.min;
    rollup.max = partial.max;
  }

  [[nodiscard]] Rollup added_up(IndicatorIndex i, const Column* column) const {
    const Indicator& indicator = catalogue_[i];
    Rollup rollup;
    const Partial partial = partial_in(i, column);
    const Level level = at(i).level();
    if (level <= indicator.entry_level) {
      set_counts(rollup, partial.counts, at(i), indicator.entry_level);
      set_range(rollup, partial);
    }
    if (indicator.aggregation == Aggregation::reported) {
      const CellValue own = value_in(i, column);
      rollup.gap = Gap::not_added_up;
      if (own.is_number()) set_exact(rollup, own.units, indicator.decimals);
    } else if (level > indicator.entry_level) {
      rollup.gap = Gap::below_entry;
    } else if (partial.counts.values > 0) {
      summarise(rollup, indicator, partial);
    }
    return rollup;
  }

  static void summarise(Rollup& rollup, const Indicator& indicator, const Partial& partial) {
    switch (indicator.aggregation) {
      case Aggregation::min: return set_exact(rollup, partial.min, indicator.decimals);
      case Aggregation::max: return set_exact(rollup, partial.max, indicator.decimals);
      case Aggregation::count: return set_exact(rollup, partial.counts.values, 0);
      case Aggregation::mean:
        return set_quotient(rollup, {partial.sum, indicator.decimals}, {partial.counts.values, 0}, 1);
      default: return set_exact(rollup, partial.sum, indicator.decimals);
    }
  }

  [[nodiscard]] PairPartial pairs_in(IndicatorIndex i, const Column* column, bool is_weighted) const {
    const Parts& parts = catalogue_.parts(i);
    const Standpoint& here = at_pairs(i);
    PairPartial own;
    if (!here.there()) return own;
    if (here.level() == parts.level) {
      own.add(pair_of(value(parts.numerator), value(parts.denominator), is_weighted), here.functional());
    } else if (const PairPage* page = column ? column->pairs.page(here.spot.page) : nullptr;
               page && here.level() < parts.level) {
      return page->partials[here.spot.slot];
    }
    return own;
  }

  [[nodiscard]] Rollup weighted(IndicatorIndex i, const Column* column) const {
    const Indicator& indicator = catalogue_[i];
    const Parts& parts = catalogue_.parts(i);
    Rollup rollup;
    if (!parts.usable)
      rollup.gap = Gap::unknown_part;
    else if (!at_pairs(i).there())
      rollup.gap = Gap::not_then;
    else if (at_pairs(i).level() > parts.level)
      rollup.gap = Gap::below_entry;
    if (rollup.gap != Gap::nothing_reported) return rollup;
    const PairPartial pairs = pairs_in(i, column, true);
    set_counts(rollup, pairs.counts, at_pairs(i), parts.level);
    set_range(rollup, partial_in(i, column));
    if (pairs.beyond > 0) {
      rollup.gap = Gap::overflow;
    } else if (pairs.counts.values > 0) {
      const int weight_scale = catalogue_[parts.denominator].decimals;
      divide_weighted(rollup, pairs, indicator.decimals, weight_scale);
    }
    return rollup;
  }

  /// sum(value × weight) / sum(weight): the decimals of the weight stand on both sides and fall out.
  static void divide_weighted(Rollup& rollup, const PairPartial& pairs, int decimals, int weight_scale) {
    set_quotient(rollup, {pairs.numerator, decimals}, {pairs.denominator, 0}, 1);
    const auto weight = static_cast<double>(ten_to(weight_scale));
    rollup.numerator /= weight;
    rollup.denominator /= weight;
  }

  [[nodiscard]] Rollup ratio(IndicatorIndex i, const Column* column) const {
    const Indicator& indicator = catalogue_[i];
    const Parts& parts = catalogue_.parts(i);
    Rollup rollup;
    if (!parts.usable) {
      rollup.gap = Gap::unknown_part;
      return rollup;
    }
    PairPartial pairs;
    if (parts.paired) pairs = pairs_in(i, column, false);
    const Standpoint& here = at_pairs(i);
    if (parts.paired && here.there() && here.level() <= parts.level)
      set_counts(rollup, pairs.counts, here, parts.level);

    const int a_scale = catalogue_[parts.numerator].decimals;
    const int b_scale = catalogue_[parts.denominator].decimals;
    const CellValue a = value(parts.numerator);
    const CellValue b = value(parts.denominator);
    if (a.is_number() && b.is_number()) {
      set_quotient(rollup, {a.units, a_scale}, {b.units, b_scale}, indicator.factor);
    } else if (pairs.counts.values > 0) {
      set_quotient(rollup, {pairs.numerator, a_scale}, {pairs.denominator, b_scale}, indicator.factor);
    } else {
      ratio_as_shown(rollup, parts, indicator.factor, here.there() && here.level() > parts.level);
    }
    return rollup;
  }

  /// Each part as the page shows it for this place: the entered value, else its roll-up.
  void ratio_as_shown(Rollup& rollup, const Parts& parts, int factor, bool below_entry) const {
    const auto a = shown(parts.numerator);
    const auto b = shown(parts.denominator);
    if (parts.paired && below_entry)
      rollup.gap = Gap::below_entry;
    else if (!a)
      rollup.gap = Gap::no_numerator;
    else if (!b)
      rollup.gap = Gap::no_denominator;
    else if (parts.paired)
      rollup.gap = Gap::nothing_reported;   // both exist below, but nowhere for one and the same place
    else
      set_quotient(rollup, *a, *b, factor);
  }

  [[nodiscard]] std::optional<Amount> shown(IndicatorIndex i) const {
    if (!at(i).there()) return std::nullopt;
    const Column* column = series_[i]->find(period_);
    const CellValue own = value_in(i, column);
    if (own.is_number()) return Amount{own.units, catalogue_[i].decimals};
    if (own.state != CellState::missing) return std::nullopt;
    const Rollup rollup = added_up(i, column);
    if (!rollup.has_value()) return std::nullopt;
    return Amount{rollup.units, rollup.decimals};
  }

  const Ground& ground_;
  const Catalogue& catalogue_;
  const std::vector<std::shared_ptr<const Series>>& series_;
  const Period& period_;
  Standpoint stock_, flow_;
};

std::span<const Indicator> Cube::indicators() const { return grounds_->now().indicators(); }
IndicatorIndex Cube::find(const IndicatorCode& code) const { return grounds_->now().find(code); }
std::span<const Period> Cube::periods(IndicatorIndex indicator) const { return series_[indicator]->periods; }

std::shared_ptr<const place::Tree> Cube::frame(IndicatorIndex indicator, const Period& period) const {
  return grounds_->at(period).floor(indicator).tree;
}
const Indicator& Cube::indicator(IndicatorIndex indicator, const Period& period) const {
  return grounds_->catalogue(period)[indicator];
}
bool Cube::comparable(IndicatorIndex i, const Period& a, const Period& b) const {
  return indicator(i, a).version == indicator(i, b).version;
}

std::optional<Cell> Cube::cell(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  const Ground ground = grounds_->at(period);
  return Question(ground, series_, node, period).cell(indicator);
}

Rollup Cube::rolled(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  const Ground ground = grounds_->at(period);
  return Question(ground, series_, node, period).rolled(indicator);
}

Figure Cube::figure(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  const Ground ground = grounds_->at(period);
  const Question question(ground, series_, node, period);
  const Column* column = series_[indicator]->find(period);
  return {question.cell_in(indicator, column), question.rolled_in(indicator, column)};
}

Figure Cube::figure_then(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  const Ground ground = grounds_->at(period);
  const Question question(ground, series_, ground.floor(indicator), node, period);
  const Column* column = series_[indicator]->find(period);
  return {question.cell_in(indicator, column), question.rolled_in(indicator, column)};
}

std::optional<Cell> Cube::cell_then(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  const Ground ground = grounds_->at(period);
  return Question(ground, series_, ground.floor(indicator), node, period).cell(indicator);
}

std::optional<Period> Cube::latest(NodeIndex node, IndicatorIndex indicator) const {
  const auto& periods = series_[indicator]->periods;
  for (std::size_t p = periods.size(); p-- > 0;) {
    if (!figure(node, indicator, periods[p]).empty()) return periods[p];
  }
  return std::nullopt;
}

std::vector<PeriodFigure> Cube::series(NodeIndex node, IndicatorIndex indicator) const {
  std::vector<PeriodFigure> found;
  for (const auto& period : series_[indicator]->periods) {
    const Figure at = figure(node, indicator, period);
    if (!at.empty()) found.push_back({period, at});
  }
  return found;
}

std::size_t Cube::bytes() const {
  std::size_t total = 0;
  for (const auto& series : series_) {
    for (const auto& column : series->columns) {
      total += sizeof(Column);
      column.cells.each([&](const CellPage& page) { total += page.bytes(); });
      column.pairs.each([&](const PairPage& page) { total += page.partials.capacity() * sizeof(PairPartial); });
    }
  }
  return total;
}

}   // namespace gangmu::fact
