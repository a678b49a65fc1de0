// SPDX-License-Identifier: Apache-2.0
#include "fact/one_frame.hpp"

#include <algorithm>

#include "fact/ground.hpp"
#include "fact/share_sum.hpp"

namespace gangmu::fact {

OneFrame::OneFrame(std::shared_ptr<const Cube> cube, std::shared_ptr<const Crossings> crossings)
    : cube_(std::move(cube)), crossings_(std::move(crossings)) {}

/// One place and period.
class OneFrame::Asking {
 public:
  Asking(const OneFrame& frame, NodeIndex node, const Period& period)
      : frame_(frame),
        cube_(*frame.cube_),
        node_(node),
        period_(period),
        ground_(cube_.grounds().at(period)),
        catalogue_(*ground_.catalogue),
        stock_(frame.crossings_->from(ground_.stock->tree, period.last())),
        flow_(ground_.flow == ground_.stock ? stock_ : frame.crossings_->from(ground_.flow->tree, period.last())) {}

  [[nodiscard]] FramedFigure figure(IndicatorIndex i) {
    if (same(i)) return {.figure = cube_.figure_then(node_then(ground_.floor(i)), i, period_)};
    out_.as_it_was = false;
    switch (catalogue_[i].aggregation) {
      case Aggregation::ratio: ratio(i); break;
      case Aggregation::weighted: weighted(i); break;
      case Aggregation::reported: reported(i); break;
      default: added_up(i); break;
    }
    return std::move(out_);
  }
  /// What was told for the place itself, of whatever area.
  [[nodiscard]] bool told_then(IndicatorIndex i) const {
    const NodeIndex then = node_then(ground_.floor(i));
    return then != place::no_node && !cube_.figure_then(then, i, period_).empty();
  }

 private:
  [[nodiscard]] place::Level level() const { return (*frame_.tree())[node_].level; }
  [[nodiscard]] NodeIndex node_then(const Floor& floor) const {
    return floor.tree == frame_.tree() ? node_ : floor.tree->find((*frame_.tree())[node_].id);
  }
  [[nodiscard]] const Crossing* crossing(const Floor& floor) const {
    return (&floor == ground_.stock ? stock_ : flow_).get();
  }
  [[nodiscard]] bool same(IndicatorIndex i) const {
    const auto in = [&](const Crossing* crossing) { return crossing == nullptr || crossing->same(node_); };
    const auto aggregation = catalogue_[i].aggregation;
    const bool of_parts = aggregation == Aggregation::ratio || aggregation == Aggregation::weighted;
    return of_parts ? in(stock_.get()) && in(flow_.get()) : in(crossing(ground_.floor(i)));
  }

  /// The places of a level in a frame of the period; notes them for the answer. None: gap other_area.
  [[nodiscard]] const std::vector<Origin>* origins(Rollup& rollup, const Floor& floor, place::Level at) {
    const Crossing* way = crossing(floor);
    if (way == nullptr) {
      out_.then = floor.tree;
      out_.origins.clear();
      for (NodeIndex node = node_; node < floor.tree->end(node_); ++node)
        if ((*floor.tree)[node].level == at) out_.origins.push_back({node, Decimal(1, 0)});
      return &out_.origins;
    }
    auto found = way->origins(node_, at);
    rollup.gap = found ? Gap::nothing_reported : Gap::other_area;
    if (!found) return nullptr;
    out_.origins = *std::move(found);
    out_.then = way->then();
    out_.by_share |= std::ranges::any_of(out_.origins, [](const Origin& origin) { return !origin.whole(); });
    return &out_.origins;
  }
  [[nodiscard]] CellValue value(const Floor& floor, NodeIndex node, IndicatorIndex i) const {
    const Floor& own = ground_.floor(i);
    const NodeIndex at = &own == &floor ? node : own.tree->find((*floor.tree)[node].id);
    if (at == place::no_node) return {};
    const auto cell = cube_.cell_then(at, i, period_);
    return cell ? cell->value : CellValue{};
  }

  void count(Rollup& rollup, const Counts& counts, const Floor& floor) const {
    const auto administrative = std::ranges::count_if(
        out_.origins, [&](const Origin& origin) { return !floor.layout.functional(origin.node); });
    rollup.expected = static_cast<std::uint32_t>(administrative) + counts.extra;
    rollup.reported = counts.values;
    rollup.threshold = counts.threshold;
    rollup.withheld = counts.withheld;
    rollup.not_applicable = counts.not_applicable;
    rollup.missing = rollup.expected - counts.known();
  }

  void added_up(IndicatorIndex i) { add_up(out_.figure.rollup, i, true); }

  /// `alone`: the figure itself, which may be shown as it was entered for a place of another name.
  void add_up(Rollup& rollup, IndicatorIndex i, bool alone) {
    const Indicator& indicator = catalogue_[i];
    const Floor& floor = ground_.floor(i);
    if (level() > indicator.entry_level) {
      rollup.gap = Gap::below_entry;
      return;
    }
    const auto* from = origins(rollup, floor, indicator.entry_level);
    if (from == nullptr) return;
    Counts counts;
    Partial all;
    ShareSum sum;
    for (const Origin& origin : *from) {
      const CellValue cell = value(floor, origin.node, i);
      counts.add(cell.state, floor.layout.functional(origin.node));
      all.add(cell, false);
      if (cell.is_number()) sum.add(cell.units, origin.share);
    }
    count(rollup, counts, floor);
    if (const bool one = from->size() == 1 && from->front().whole(); one && alone && level() == indicator.entry_level)
      out_.figure.cell = cube_.cell_then(from->front().node, i, period_);
    if (counts.values > 0) summarise(rollup, indicator, all, sum);
  }

  void summarise(Rollup& rollup, const Indicator& indicator, const Partial& all, const ShareSum& sum) const {
    const bool of_places = indicator.aggregation != Aggregation::sum;
    const bool whole = std::ranges::all_of(out_.origins, &Origin::whole);
    if (of_places && (!whole || (level() == indicator.entry_level && out_.origins.size() != 1))) {
      rollup.gap = Gap::other_area;
      return;
    }
    switch (indicator.aggregation) {
      case Aggregation::min: return set_exact(rollup, all.min, indicator.decimals);
      case Aggregation::max: return set_exact(rollup, all.max, indicator.decimals);
      case Aggregation::count: return set_exact(rollup, all.counts.values, 0);
      case Aggregation::mean: return set_quotient(rollup, {all.sum, indicator.decimals}, {all.counts.values, 0}, 1);
      default: break;
    }
    const Amount amount = sum.amount(indicator.decimals);
    if (sum.overflow() || amount.scale > Decimal::max_scale)
      rollup.gap = Gap::overflow;
    else
      set_exact(rollup, amount.units, amount.scale);
  }

  /// Only of one place of then that became this one, whole.
  void reported(IndicatorIndex i) {
    Rollup& rollup = out_.figure.rollup;
    const auto* from = origins(rollup, ground_.floor(i), level());
    if (from == nullptr) return;
    if (from->size() != 1 || !from->front().whole()) {
      rollup.gap = from->empty() ? Gap::not_added_up : Gap::other_area;
      return;
    }
    out_.figure = cube_.figure_then(from->front().node, i, period_);
  }

  struct PairSums {
    ShareSum numerator, denominator;
    Counts counts;
    bool beyond = false;
  };
  [[nodiscard]] std::optional<PairSums> pairs(IndicatorIndex i, bool is_weighted) {
    Rollup& rollup = out_.figure.rollup;
    const Parts& parts = catalogue_.parts(i);
    const Floor& floor = ground_.pair_floor(i);
    const auto* from = origins(rollup, floor, parts.level);
    if (from == nullptr) return std::nullopt;
    PairSums sums;
    for (const Origin& origin : *from) {
      const Pair pair = pair_of(value(floor, origin.node, parts.numerator),
                                value(floor, origin.node, parts.denominator), is_weighted);
      sums.counts.add(pair.state, floor.layout.functional(origin.node));
      sums.beyond |= pair.beyond;
      sums.numerator.add(pair.numerator, origin.share);
      sums.denominator.add(pair.denominator, origin.share);
    }
    count(rollup, sums.counts, floor);
    if (sums.beyond || sums.numerator.overflow() || sums.denominator.overflow()) {
      rollup.gap = Gap::overflow;
      return std::nullopt;
    }
    return sums;
  }

  void weighted(IndicatorIndex i) {
    Rollup& rollup = out_.figure.rollup;
    const Parts& parts = catalogue_.parts(i);
    if (!parts.usable || level() > parts.level) {
      rollup.gap = parts.usable ? Gap::below_entry : Gap::unknown_part;
      return;
    }
    const auto sums = pairs(i, true);
    if (!sums || sums->counts.values == 0) return;
    set_quotient(rollup, sums->numerator.amount(catalogue_[i].decimals), sums->denominator.amount(0), 1);
    const auto weight = static_cast<double>(ten_to(catalogue_[parts.denominator].decimals));
    rollup.numerator /= weight;
    rollup.denominator /= weight;
  }

  void ratio(IndicatorIndex i) {
    Rollup& rollup = out_.figure.rollup;
    const Indicator& indicator = catalogue_[i];
    const Parts& parts = catalogue_.parts(i);
    if (!parts.usable) {
      rollup.gap = Gap::unknown_part;
    } else if (!parts.paired) {
      ratio_as_shown(i);
    } else if (level() > parts.level) {
      rollup.gap = Gap::below_entry;
    } else if (const auto sums = pairs(i, false); sums && sums->counts.values > 0) {
      set_quotient(rollup, sums->numerator.amount(catalogue_[parts.numerator].decimals),
                   sums->denominator.amount(catalogue_[parts.denominator].decimals), indicator.factor);
    }
  }

  /// Each part as it is told of the place.
  void ratio_as_shown(IndicatorIndex i) {
    Rollup& rollup = out_.figure.rollup;
    const Parts& parts = catalogue_.parts(i);
    const auto shown = [&](IndicatorIndex part, Gap gap) -> std::optional<Amount> {
      Asking asking(frame_, node_, period_);
      const FramedFigure told = asking.figure(part);
      out_.by_share |= told.by_share;
      if (told.figure.entered() && told.figure.cell->value.is_number())
        return Amount{told.figure.cell->value.units, catalogue_[part].decimals};
      if (!told.figure.entered() && told.figure.rollup.kind == Rollup::Kind::exact)
        return Amount{told.figure.rollup.units, told.figure.rollup.decimals};
      rollup.gap = told.figure.rollup.gap == Gap::other_area ? Gap::other_area : gap;
      return std::nullopt;
    };
    const auto a = shown(parts.numerator, Gap::no_numerator);
    if (!a) return;
    const auto b = shown(parts.denominator, Gap::no_denominator);
    if (b) set_quotient(rollup, *a, *b, catalogue_[i].factor);
  }

  const OneFrame& frame_;
  const Cube& cube_;
  NodeIndex node_;
  const Period& period_;
  Ground ground_;
  const Catalogue& catalogue_;
  std::shared_ptr<const Crossing> stock_, flow_;
  FramedFigure out_;
};

FramedFigure OneFrame::figure(NodeIndex node, IndicatorIndex indicator, const Period& period) const {
  return Asking(*this, node, period).figure(indicator);
}

std::vector<FramedPoint> OneFrame::series(NodeIndex node, IndicatorIndex indicator) const {
  std::vector<FramedPoint> out;
  for (const Period& period : cube_->periods(indicator)) {
    Asking asking(*this, node, period);
    FramedFigure told = asking.figure(indicator);
    const bool of_another_area = told.figure.rollup.gap == Gap::other_area && asking.told_then(indicator);
    if (!told.figure.empty() || of_another_area) out.push_back({period, std::move(told)});
  }
  return out;
}

}   // namespace gangmu::fact
