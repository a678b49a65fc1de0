// SPDX-License-Identifier: Apache-2.0
// The next cube: each update changes its cell and the partials on the path to the root; a page is copied once a batch.
#include <algorithm>
#include <map>

#include "fact/column.hpp"
#include "fact/cube.hpp"
#include "fact/layout.hpp"

namespace gangmu::fact {

namespace {

using place::no_node;

struct ColumnEdit {
  PagedEdit<CellPage> cells;
  PagedEdit<PairPage> pairs;
};

class Edit {
 public:
  Edit(const place::Tree& tree, const Catalogue& catalogue, const Layout& layout,
       std::vector<std::shared_ptr<const Series>>& series)
      : tree_(tree), catalogue_(catalogue), layout_(layout), series_(series) {}

  void apply(const CellUpdate& update) {
    const auto& wholes = catalogue_.dependents(update.indicator);
    std::vector<Pair> before;
    for (const auto whole : wholes) before.push_back(pair(whole, update.node, update.period));
    put(update);
    for (std::size_t w = 0; w < wholes.size(); ++w) {
      const Pair after = pair(wholes[w], update.node, update.period);
      if (!(after == before[w])) {
        move_pair(column(wholes[w], update.period), update.node, before[w], after);
      } else if (series_[wholes[w]]->find(update.period) == nullptr) {
        column(wholes[w], update.period);   // an indicator with parts has a column wherever a part has one
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
  ColumnEdit& column(IndicatorIndex i, const Period& period) {
    const std::pair key{i, period};
    if (const auto found = columns_.find(key); found != columns_.end()) return found->second;
    const Column* old = series_[i]->find(period);
    const auto entry = catalogue_[i].entry_level;
    const auto pair_level = catalogue_.parts(i).level;
    ColumnEdit edit{{old ? old->cells : Paged<CellPage>{}, layout_, entry},
                    {old ? old->pairs : Paged<PairPage>{}, layout_, pair_level}};
    return columns_.emplace(key, std::move(edit)).first->second;
  }

  [[nodiscard]] CellValue value(IndicatorIndex i, NodeIndex node, const Period& period) const {
    const auto spot = layout_.spot(node);
    const CellPage* page = nullptr;
    if (const auto found = columns_.find({i, period}); found != columns_.end()) {
      page = found->second.cells.page(spot.page);
    } else if (const Column* old = series_[i]->find(period)) {
      page = old->cells.page(spot.page);
    }
    return page ? page->value(spot.slot) : CellValue{};
  }

  [[nodiscard]] Pair pair(IndicatorIndex whole, NodeIndex node, const Period& period) const {
    const Parts& parts = catalogue_.parts(whole);
    if (!parts.paired || tree_[node].level != parts.level) return {};
    return pair_of(value(parts.numerator, node, period), value(parts.denominator, node, period),
                   catalogue_.weighted(whole));
  }

  void put(const CellUpdate& update) {
    ColumnEdit& edit = column(update.indicator, update.period);
    const auto entry = catalogue_[update.indicator].entry_level;
    const auto spot = layout_.spot(update.node);
    CellPage& page = edit.cells.mine(spot.page);
    const CellValue old = page.value(spot.slot);
    page.put(spot.slot, update.cell);
    const CellValue now = update.cell.value;
    if (tree_[update.node].level != entry || old == now) return;
    const bool functional = layout_.functional(update.node);
    for (NodeIndex above = tree_.parent(update.node); above != no_node; above = tree_.parent(above)) {
      const auto at = layout_.spot(above);
      Partial& partial = edit.cells.mine(at.page).partials[at.slot];
      partial.counts.remove(old.state, functional);
      if (old.is_number()) partial.sum -= old.units;
      partial.add(now, functional);
      if (old.is_number() && (old.units == partial.min || old.units == partial.max))
        range_again(edit, entry, above, partial);
    }
  }

  /// The range of a place from its children, when the number that went may have been its smallest or largest.
  void range_again(const ColumnEdit& edit, place::Level entry, NodeIndex node, Partial& partial) const {
    partial.forget_range();
    for (NodeIndex child = node + 1; child < tree_.end(node); child = tree_.end(child)) {
      const auto at = layout_.spot(child);
      const CellPage* page = edit.cells.page(at.page);
      const auto level = tree_[child].level;
      if (page == nullptr || level > entry) continue;
      if (level < entry) {
        const Partial& below = page->partials[at.slot];
        partial.widen(below.min, below.max);
      } else if (const CellValue cell = page->value(at.slot); cell.is_number()) {
        partial.widen(cell.units, cell.units);
      }
    }
  }

  void move_pair(ColumnEdit& whole, NodeIndex node, const Pair& before, const Pair& after) {
    const bool functional = layout_.functional(node);
    for (NodeIndex above = tree_.parent(node); above != no_node; above = tree_.parent(above)) {
      const auto at = layout_.spot(above);
      PairPartial& partial = whole.pairs.mine(at.page).partials[at.slot];
      partial.remove(before, functional);
      partial.add(after, functional);
    }
  }

  const place::Tree& tree_;
  const Catalogue& catalogue_;
  const Layout& layout_;
  std::vector<std::shared_ptr<const Series>>& series_;
  std::map<std::pair<IndicatorIndex, Period>, ColumnEdit> columns_;
};

}   // namespace

Cube Cube::with(std::span<const CellUpdate> updates) const {
  Cube next = *this;
  Edit edit(*next.tree_, *next.catalogue_, *next.layout_, next.series_);
  for (const auto& update : updates) edit.apply(update);
  edit.finish();
  return next;
}

}   // namespace gangmu::fact
