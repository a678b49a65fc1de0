// SPDX-License-Identifier: Apache-2.0
#include "fact/cube.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "fact/column.hpp"
#include "fact/layout.hpp"

namespace gangmu::fact {

namespace {

using place::Level;

constexpr std::array<std::int64_t, 10> ten_to{1,       10,        100,        1'000,       10'000,
                                              100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

/// An exact amount: units × 10^-scale.
struct Amount {
  Wide units = 0;
  int scale = 0;
  [[nodiscard]] double real() const {
    return static_cast<double>(units) / static_cast<double>(ten_to[static_cast<std::size_t>(scale)]);
  }
};

/// Sets the quotient a / b × factor, or the gap that explains why there is none.
void divide(Rollup& rollup, Amount a, Amount b, int factor) {
  rollup.kind = Rollup::Kind::none;
  if (b.units == 0) {
    rollup.gap = Gap::zero_denominator;
    return;
  }
  Wide above = 0;
  Wide below = 0;
  const Wide up = Wide{factor} * ten_to[static_cast<std::size_t>(std::max(0, b.scale - a.scale))];
  const Wide down = ten_to[static_cast<std::size_t>(std::max(0, a.scale - b.scale))];
  if (__builtin_mul_overflow(a.units, up, &above) || __builtin_mul_overflow(b.units, down, &below)) {
    rollup.gap = Gap::overflow;
    return;
  }
  rollup.kind = Rollup::Kind::real;
  rollup.gap = Gap::none;
  rollup.real = static_cast<double>(above) / static_cast<double>(below);
  rollup.numerator = a.real();
  rollup.denominator = b.real();
}

void set_exact(Rollup& rollup, Wide units, int decimals) {
  if (units > std::numeric_limits<std::int64_t>::max() || units < std::numeric_limits<std::int64_t>::min()) {
    rollup.gap = Gap::overflow;
    return;
  }
  rollup.kind = Rollup::Kind::exact;
  rollup.gap = Gap::none;
  rollup.units = static_cast<std::int64_t>(units);
  rollup.decimals = decimals;
}

}   // namespace

/// One question to the cube. Everything it needs of a column is read in place; nothing is copied but the answer.
class Question {
 public:
  Question(const place::Tree& tree, const Catalogue& catalogue, const Layout& layout,
           const std::vector<std::shared_ptr<const Series>>& series, NodeIndex node, const Period& period)
      : tree_(tree),
        catalogue_(catalogue),
        layout_(layout),
        series_(series),
        node_(node),
        period_(period),
        spot_(layout.spot(node)) {}

  [[nodiscard]] std::optional<Cell> cell(IndicatorIndex i) const { return cell_in(series_[i]->find(period_)); }
  [[nodiscard]] Rollup rolled(IndicatorIndex i) const { return rolled_in(i, series_[i]->find(period_)); }

  [[nodiscard]] std::optional<Cell> cell_in(const Column* column) const {
    const CellPage* page = column ? column->cells.page(spot_.page) : nullptr;
    return page ? page->cell(spot_.slot) : std::nullopt;
  }

  [[nodiscard]] Rollup rolled_in(IndicatorIndex i, const Column* column) const {
    switch (catalogue_[i].aggregation) {
      case Aggregation::ratio: return ratio(i, column);
      case Aggregation::weighted: return weighted(i, column);
      default: return added_up(i, column);
    }
  }

 private:
  [[nodiscard]] CellValue value_in(const Column* column) const {
    const CellPage* page = column ? column->cells.page(spot_.page) : nullptr;
    return page ? page->value(spot_.slot) : CellValue{};
  }
  [[nodiscard]] CellValue value(IndicatorIndex i) const { return value_in(series_[i]->find(period_)); }
  [[nodiscard]] bool functional() const { return layout_.functional(node_); }
  [[nodiscard]] Level level() const { return tree_[node_].level; }

  void set_counts(Rollup& rollup, const Counts& counts, Level entry) const {
    rollup.expected = layout_.expected(node_, tree_.end(node_), entry) + counts.extra;
    rollup.reported = counts.values;
    rollup.threshold = counts.threshold;
    rollup.withheld = counts.withheld;
    rollup.not_applicable = counts.not_applicable;
    rollup.missing = rollup.expected - counts.known();
  }

  [[nodiscard]] Partial partial_in(const Column* column, Level entry) const {
    const CellPage* page = column ? column->cells.page(spot_.page) : nullptr;
    if (page == nullptr) return {};
    if (level() < entry) return page->partials[spot_.slot];
    Partial own;
    if (level() == entry) own.add(page->value(spot_.slot), functional());
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
    const Partial partial = partial_in(column, indicator.entry_level);
    if (level() <= indicator.entry_level) {
      set_counts(rollup, partial.counts, indicator.entry_level);
      set_range(rollup, partial);
    }
    if (indicator.aggregation == Aggregation::reported) {
      const CellValue own = value_in(column);
      rollup.gap = Gap::not_added_up;
      if (own.is_number()) set_exact(rollup, own.units, indicator.decimals);
    } else if (level() > indicator.entry_level) {
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
      case Aggregation::mean: return divide(rollup, {partial.sum, indicator.decimals}, {partial.counts.values, 0}, 1);
      default: return set_exact(rollup, partial.sum, indicator.decimals);
    }
  }

  [[nodiscard]] PairPartial pairs_in(const Column* column, const Parts& parts, bool is_weighted) const {
    PairPartial own;
    if (level() == parts.level) {
      own.add(pair_of(value(parts.numerator), value(parts.denominator), is_weighted), functional());
    } else if (const PairPage* page = column ? column->pairs.page(spot_.page) : nullptr;
               page && level() < parts.level) {
      return page->partials[spot_.slot];
    }
    return own;
  }

  [[nodiscard]] Rollup weighted(IndicatorIndex i, const Column* column) const {
    const Indicator& indicator = catalogue_[i];
    const Parts& parts = catalogue_.parts(i);
    Rollup rollup;
    if (!parts.usable)
      rollup.gap = Gap::unknown_part;
    else if (level() > parts.level)
      rollup.gap = Gap::below_entry;
    if (rollup.gap != Gap::nothing_reported) return rollup;
    const PairPartial pairs = pairs_in(column, parts, true);
    set_counts(rollup, pairs.counts, parts.level);
    set_range(rollup, partial_in(column, indicator.entry_level));
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
    divide(rollup, {pairs.numerator, decimals}, {pairs.denominator, 0}, 1);
    const auto weight = static_cast<double>(ten_to[static_cast<std::size_t>(weight_scale)]);
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
    if (parts.paired) pairs = pairs_in(column, parts, false);
    if (parts.paired && level() <= parts.level) set_counts(rollup, pairs.counts, parts.level);

    const int a_scale = catalogue_[parts.numerator].decimals;
    const int b_scale = catalogue_[parts.denominator].decimals;
    const CellValue a = value(parts.numerator);
    const CellValue b = value(parts.denominator);
    if (a.is_number() && b.is_number()) {
      divide(rollup, {a.units, a_scale}, {b.units, b_scale}, indicator.factor);
    } else if (pairs.counts.values > 0) {
      divide(rollup, {pairs.numerator, a_scale}, {pairs.denominator, b_scale}, indicator.factor);
    } else {
      ratio_as_shown(rollup, parts, indicator.factor);
    }
    return rollup;
  }

  /// Each part as the page shows it for this place: the entered value, else its roll-up.
  void ratio_as_shown(Rollup& rollup, const Parts& parts, int factor) const {
    const auto a = shown(parts.numerator);
    const auto b = shown(parts.denominator);
    if (parts.paired && level() > parts.level)
      rollup.gap = Gap::below_entry;
    else if (!a)
      rollup.gap = Gap::no_numerator;
    else if (!b)
      rollup.gap = Gap::no_denominator;
    else if (parts.paired)
      rollup.gap = Gap::nothing_reported;   // both exist below, but nowhere for one and the same place
    else
      divide(rollup, *a, *b, factor);
  }

  [[nodiscard]] std::optional<Amount> shown(IndicatorIndex i) const {
    const Column* column = series_[i]->find(period_);
    const CellValue own = value_in(column);
    if (own.is_number()) return Amount{own.units, catalogue_[i].decimals};
    if (own.state != CellState::missing) return std::nullopt;
    const Rollup rollup = added_up(i, column);
    if (!rollup.has_value()) return std::nullopt;
    return Amount{rollup.units, rollup.decimals};
  }

  const place::Tree& tree_;
  const Catalogue& catalogue_;
  const Layout& layout_;
  const std::vector<std::shared_ptr<const Series>>& series_;
  NodeIndex node_;
  const Period& period_;
  Layout::Spot spot_;
};

std::span<const Indicator> Cube::indicators() const { return catalogue_->indicators(); }
IndicatorIndex Cube::find(const IndicatorCode& code) const { return catalogue_->find(code); }
std::span<const Period> Cube::periods(IndicatorIndex indicator) const { return series_[indicator]->periods; }

std::optional<Cell> Cube::cell(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  return Question(*tree_, *catalogue_, *layout_, series_, node, period).cell(indicator);
}

Rollup Cube::rolled(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  return Question(*tree_, *catalogue_, *layout_, series_, node, period).rolled(indicator);
}

Figure Cube::figure(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  const Question question(*tree_, *catalogue_, *layout_, series_, node, period);
  const Column* column = series_[indicator]->find(period);
  return {question.cell_in(column), question.rolled_in(indicator, column)};
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
      for (std::size_t p = 0; p < layout_->pages(); ++p) {
        if (const CellPage* page = column.cells.page(p)) total += page->bytes();
        if (const PairPage* page = column.pairs.page(p)) total += page->partials.capacity() * sizeof(PairPartial);
      }
    }
  }
  return total;
}

}   // namespace gangmu::fact
