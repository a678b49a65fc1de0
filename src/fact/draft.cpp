// SPDX-License-Identifier: Apache-2.0
#include "fact/draft.hpp"

namespace gangmu::fact {

namespace {

using place::no_node;

template <class Page>
Page& page_in(std::vector<std::shared_ptr<Page>>& pages, const Layout& layout, place::Level entry, std::size_t i) {
  if (!pages[i]) pages[i] = std::make_shared<Page>(layout.places(i).size(), layout.above(i, entry));
  return *pages[i];
}

/// Adds the partial of every place to its parent's, deepest first.
template <class Page>
void add_partials_up(const place::Tree& tree, const Layout& layout, place::Level entry,
                     std::vector<std::shared_ptr<Page>>& pages) {
  const auto above = layout.above(entry);
  for (std::size_t i = above.size(); i-- > 0;) {
    const NodeIndex parent = tree.parent(above[i]);
    const auto from = layout.spot(above[i]);
    if (parent == no_node || !pages[from.page]) continue;
    const auto& partial = pages[from.page]->partials[from.slot];
    if (partial.counts.known() == 0) continue;
    const auto to = layout.spot(parent);
    page_in(pages, layout, entry, to.page).partials[to.slot].add(partial);
  }
}

/// Adds to the parents' partials what the entry-level places of a page give: give(partial, place, slot). Places with
/// one parent stand together, so a parent's partial is written once for all of them.
template <class Page, class Give>
void to_parents(const place::Tree& tree, const Layout& layout, place::Level entry, std::size_t page,
                std::vector<std::shared_ptr<Page>>& pages, const Give& give) {
  using Sum = typename decltype(pages[0]->partials)::value_type;
  const auto places = layout.places(page);
  const std::size_t through = layout.through(page, entry);
  for (std::size_t slot = layout.above(page, entry); slot < through;) {
    const NodeIndex parent = tree.parent(places[slot]);
    Sum sum;
    for (; slot < through && tree.parent(places[slot]) == parent; ++slot) give(sum, places[slot], slot);
    if (parent == no_node || sum.counts.known() == 0) continue;
    const auto to = layout.spot(parent);
    page_in(pages, layout, entry, to.page).partials[to.slot].add(sum);
  }
}

}   // namespace

CellPage& ColumnDraft::page(std::size_t i) {
  if (!pages[i]) page_in(pages, layout, entry, i).make_dense();
  return *pages[i];
}

void ColumnWriter::put(NodeIndex node, const Cell& cell) {
  const auto spot = draft_.layout.spot(node);
  draft_.page(spot.page).fill(spot.slot, cell);
}

void ColumnDraft::add_cells() {
  for (std::size_t p = 0; p < pages.size(); ++p) {
    if (!pages[p] || pages[p]->present() == 0) continue;
    const CellPage& cells = *pages[p];
    to_parents(tree, layout, entry, p, pages, [&](Partial& partial, NodeIndex node, std::size_t slot) {
      partial.add(cells.value(slot), layout.functional(node));
    });
  }
}

Paged<CellPage> ColumnDraft::finish() && {
  for (const auto& page : pages) {
    if (page) page->settle();
  }
  add_cells();
  add_partials_up(tree, layout, entry, pages);
  return Paged<CellPage>(std::move(pages));
}

namespace {

/// The cells of one part, read by the places of another frame's page.
class Part {
 public:
  Part(const Standing& standing, const Floor& floor) : standing_(standing), floor_(floor) {}

  /// False when no place of the page can have a cell.
  bool enter(std::size_t page) {
    page_ = same() ? standing_.cells.page(page) : nullptr;
    return !same() || (page_ != nullptr && page_->present() > 0);
  }
  [[nodiscard]] CellValue value(NodeIndex node, std::size_t slot) const {
    if (same()) return page_ ? page_->value(slot) : CellValue{};
    const NodeIndex there = standing_.floor.tree->find((*floor_.tree)[node].id);
    if (there == no_node) return {};
    const auto spot = standing_.floor.layout.spot(there);
    const CellPage* page = standing_.cells.page(spot.page);
    return page ? page->value(spot.slot) : CellValue{};
  }

 private:
  [[nodiscard]] bool same() const { return &standing_.floor == &floor_; }

  const Standing& standing_;
  const Floor& floor_;
  const CellPage* page_ = nullptr;
};

}   // namespace

Paged<PairPage> pairs_of(const Floor& floor, place::Level level, bool weighted, const Standing& numerator,
                         const Standing& denominator) {
  std::vector<std::shared_ptr<PairPage>> pages(floor.layout.pages());
  Part a(numerator, floor), b(denominator, floor);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const bool some_a = a.enter(p), some_b = b.enter(p);
    if (!some_a && !some_b) continue;
    to_parents(*floor.tree, floor.layout, level, p, pages, [&](PairPartial& partial, NodeIndex node, std::size_t slot) {
      partial.add(pair_of(a.value(node, slot), b.value(node, slot), weighted), floor.layout.functional(node));
    });
  }
  add_partials_up(*floor.tree, floor.layout, level, pages);
  return Paged<PairPage>(std::move(pages));
}

}   // namespace gangmu::fact
