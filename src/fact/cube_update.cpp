// SPDX-License-Identifier: Apache-2.0
// The next cube: each update changes its cell and the partials on the path to the root; a page is copied once a batch.
#include <algorithm>
#include <map>

#include "fact/column.hpp"
#include "fact/cube.hpp"
#include "fact/ground.hpp"

namespace gangmu::fact {

namespace {

using place::no_node;

struct ColumnEdit {
  PagedEdit<CellPage> cells;
  PagedEdit<PairPage> pairs;
};

class Edit {
 public:
  Edit(const Grounds& grounds, std::vector<std::shared_ptr<const Series>>& series)
      : grounds_(grounds), series_(series) {}

  void apply(const CellUpdate& update) {
    if (!(period_ == update.period) || ground_.catalogue == nullptr) {
      period_ = update.period;
      ground_ = grounds_.at(period_);
    }
    const auto& wholes = ground_.catalogue->dependents(update.indicator);
    std::vector<Pair> before;
    for (const auto whole : wholes) before.push_back(pair(whole, update));
    put(update);
    for (std::size_t w = 0; w < wholes.size(); ++w) {
      const Pair after = pair(wholes[w], update);
      if (!(after == before[w])) {
        move_pair(wholes[w], update, before[w], after);
      } else if (series_[wholes[w]]->find(update.period) == nullptr) {
        column(wholes[w]);   // an indicator with parts has a column wherever a part has one
      }
    }
  }

  /// Puts the changed columns into their series.
  void finish() {
    std::shared_ptr<Series> series;
    IndicatorIndex of = no_indicator;
    for (auto& [key, edit] : columns_) {
      if (key.first != of) series = std::make_shared<Series>(*series_[key.first]);
      of = key.first;
      const auto at = std::lower_bound(series->periods.begin(), series->periods.end(), key.second);
      const auto i = at - series->periods.begin();
      if (at == series->periods.end() || !(*at == key.second)) {
        series->periods.insert(at, key.second);
        series->columns.insert(series->columns.begin() + i, Column{});
      }
      series->columns[static_cast<std::size_t>(i)] = {std::move(edit.cells).done(), std::move(edit.pairs).done()};
      series_[of] = series;
    }
  }

 private:
  ColumnEdit& column(IndicatorIndex i) {
    const std::pair key{i, period_};
    if (const auto found = columns_.find(key); found != columns_.end()) return found->second;
    const Column* old = series_[i]->find(period_);
    const Parts& parts = ground_.catalogue->parts(i);
    const Layout& pair_layout = parts.paired ? ground_.pair_floor(i).layout : ground_.stock->layout;
    ColumnEdit edit{
        {old ? old->cells : Paged<CellPage>{}, ground_.floor(i).layout, (*ground_.catalogue)[i].entry_level},
        {old ? old->pairs : Paged<PairPage>{}, pair_layout, parts.level}};
    return columns_.emplace(key, std::move(edit)).first->second;
  }

  /// The node of the updated place in another frame of its period.
  [[nodiscard]] NodeIndex node_in(const Floor& floor, const CellUpdate& update) const {
    const Floor& own = ground_.floor(update.indicator);
    return &floor == &own ? update.node : floor.tree->find((*own.tree)[update.node].id);
  }

  [[nodiscard]] CellValue value(IndicatorIndex i, const CellUpdate& update) const {
    const NodeIndex node = node_in(ground_.floor(i), update);
    if (node == no_node) return {};
    const auto spot = ground_.floor(i).layout.spot(node);
    const CellPage* page = nullptr;
    if (const auto found = columns_.find({i, period_}); found != columns_.end()) {
      page = found->second.cells.page(spot.page);
    } else if (const Column* old = series_[i]->find(period_)) {
      page = old->cells.page(spot.page);
    }
    return page ? page->value(spot.slot) : CellValue{};
  }

  [[nodiscard]] Pair pair(IndicatorIndex whole, const CellUpdate& update) const {
    const Parts& parts = ground_.catalogue->parts(whole);
    if (!parts.paired) return {};
    const Floor& floor = ground_.pair_floor(whole);
    const NodeIndex node = node_in(floor, update);
    if (node == no_node || (*floor.tree)[node].level != parts.level) return {};
    return pair_of(value(parts.numerator, update), value(parts.denominator, update),
                   ground_.catalogue->weighted(whole));
  }

  void put(const CellUpdate& update) {
    ColumnEdit& edit = column(update.indicator);
    const Floor& floor = ground_.floor(update.indicator);
    const place::Tree& tree = *floor.tree;
    const auto entry = (*ground_.catalogue)[update.indicator].entry_level;
    const auto spot = floor.layout.spot(update.node);
    CellPage& page = edit.cells.mine(spot.page);
    const CellValue old = page.value(spot.slot);
    page.put(spot.slot, update.cell);
    const CellValue now = update.cell.value;
    if (tree[update.node].level != entry || old == now) return;
    const bool functional = floor.layout.functional(update.node);
    for (NodeIndex above = tree.parent(update.node); above != no_node; above = tree.parent(above)) {
      const auto at = floor.layout.spot(above);
      Partial& partial = edit.cells.mine(at.page).partials[at.slot];
      partial.counts.remove(old.state, functional);
      if (old.is_number()) partial.sum -= old.units;
      partial.add(now, functional);
      if (old.is_number() && (old.units == partial.min || old.units == partial.max))
        range_again(edit, floor, entry, above, partial);
    }
  }

  /// The range of a place from its children, when the number that went may have been its smallest or largest.
  static void range_again(const ColumnEdit& edit, const Floor& floor, place::Level entry, NodeIndex node,
                          Partial& partial) {
    const place::Tree& tree = *floor.tree;
    partial.forget_range();
    for (NodeIndex child = node + 1; child < tree.end(node); child = tree.end(child)) {
      const auto at = floor.layout.spot(child);
      const CellPage* page = edit.cells.page(at.page);
      const auto level = tree[child].level;
      if (page == nullptr || level > entry) continue;
      if (level < entry) {
        const Partial& below = page->partials[at.slot];
        partial.widen(below.min, below.max);
      } else if (const CellValue cell = page->value(at.slot); cell.is_number()) {
        partial.widen(cell.units, cell.units);
      }
    }
  }

  void move_pair(IndicatorIndex whole, const CellUpdate& update, const Pair& before, const Pair& after) {
    ColumnEdit& edit = column(whole);
    const Floor& floor = ground_.pair_floor(whole);
    const NodeIndex node = node_in(floor, update);
    const bool functional = floor.layout.functional(node);
    for (NodeIndex above = floor.tree->parent(node); above != no_node; above = floor.tree->parent(above)) {
      const auto at = floor.layout.spot(above);
      PairPartial& partial = edit.pairs.mine(at.page).partials[at.slot];
      partial.remove(before, functional);
      partial.add(after, functional);
    }
  }

  const Grounds& grounds_;
  std::vector<std::shared_ptr<const Series>>& series_;
  Period period_;
  Ground ground_;
  std::map<std::pair<IndicatorIndex, Period>, ColumnEdit> columns_;
};

/// The same grounds, or a copy that keeps what the new periods stand on.
std::shared_ptr<const Grounds> with_periods(const std::shared_ptr<const Grounds>& grounds,
                                            std::span<const CellUpdate> updates) {
  std::shared_ptr<Grounds> more;
  for (const auto& update : updates) {
    if ((more ? *more : *grounds).noted(update.period)) continue;
    if (!more) more = std::make_shared<Grounds>(*grounds);
    more->note(update.period);
  }
  return more ? more : grounds;
}

}   // namespace

Cube Cube::with(std::span<const CellUpdate> updates) const {
  Cube next = *this;
  next.grounds_ = with_periods(grounds_, updates);
  Edit edit(*next.grounds_, next.series_);
  for (const auto& update : updates) edit.apply(update);
  edit.finish();
  return next;
}

}   // namespace gangmu::fact
