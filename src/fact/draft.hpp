// SPDX-License-Identifier: Apache-2.0
// A column while it is built in bulk: cells are put into full pages, then partials are added up once, bottom-up.
#pragma once

#include <memory>
#include <vector>

#include "fact/column.hpp"
#include "fact/ground.hpp"

namespace gangmu::fact {

struct ColumnDraft {
  ColumnDraft(const place::Tree& the_tree, const Layout& the_layout, place::Level entry_level)
      : tree(the_tree), layout(the_layout), entry(entry_level), pages(the_layout.pages()) {}

  CellPage& page(std::size_t i);   ///< dense, made when first asked for
  [[nodiscard]] Paged<CellPage> finish() &&;

  const place::Tree& tree;
  const Layout& layout;
  place::Level entry;
  std::vector<std::shared_ptr<CellPage>> pages;

 private:
  void add_cells();
};

/// A finished column and the frame it stands in.
struct Standing {
  Paged<CellPage> cells;
  const Floor& floor;
};

/// Partials of the pairs two finished columns make in `floor`. Both parts are entered at `level`.
Paged<PairPage> pairs_of(const Floor& floor, place::Level level, bool weighted, const Standing& numerator,
                         const Standing& denominator);

}   // namespace gangmu::fact
