// SPDX-License-Identifier: Apache-2.0
#include "fact/layout.hpp"
#include "fact/page.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/random.hpp"
#include "fact/layout.hpp"

namespace gangmu::fact {
namespace {

Cell cell_of(std::int64_t units, std::int64_t seq) {
  Cell cell;
  cell.value = {CellState::value, units};
  cell.source = static_cast<std::uint32_t>(seq % 3);
  cell.seq = {seq};
  return cell;
}

void expect_holds(const CellPage& page, std::size_t places, const std::map<std::size_t, Cell>& wanted) {
  ASSERT_EQ(page.present(), wanted.size());
  for (std::size_t slot = 0; slot < places; ++slot) {
    const auto found = wanted.find(slot);
    ASSERT_EQ(page.cell(slot), found == wanted.end() ? std::nullopt : std::optional(found->second)) << slot;
    ASSERT_EQ(page.value(slot), found == wanted.end() ? CellValue{} : found->second.value);
  }
}

/// A cell put again and again, each time under another seq, must not lose any other cell's origin.
TEST(CellPage, KeepsEveryCellHoweverOftenTheyAreReplaced) {
  Random random(7);
  for (const std::size_t places : {std::size_t{1}, std::size_t{3}, std::size_t{64}, page_places}) {
    CellPage page(places, 0);
    std::map<std::size_t, Cell> wanted;
    for (std::int64_t seq = 1; seq <= 3000; ++seq) {
      const std::size_t slot = random.below(seq < 1500 ? (places + 9) / 10 : places);   // sparse at first
      const Cell cell = cell_of(random.between(-5, 5), random.chance(0.3) ? seq : random.between(1, 4));
      page.put(slot, cell);
      wanted[slot] = cell;
      if (seq % 300 == 0) expect_holds(page, places, wanted);
    }
    expect_holds(page, places, wanted);
  }
}

TEST(CellPage, GoesBackToTheSparseFormWhenFewCellsCame) {
  CellPage page(page_places, 0);
  page.make_dense();
  const std::size_t dense = page.bytes();
  std::map<std::size_t, Cell> wanted;
  for (const std::size_t slot : {std::size_t{500}, std::size_t{3}, std::size_t{77}}) {
    page.put(slot, wanted[slot] = cell_of(static_cast<std::int64_t>(slot), 9));
  }
  page.settle();
  EXPECT_LT(page.bytes() * 4, dense);
  expect_holds(page, page_places, wanted);
}

TEST(CellPage, AFullPageTakesAboutTenBytesACell) {
  CellPage page(page_places, 0);
  for (std::size_t slot = 0; slot < page_places; ++slot) page.put(slot, cell_of(1, 42));
  EXPECT_LT(page.bytes(), page_places * 11);
}

}   // namespace
}   // namespace gangmu::fact
