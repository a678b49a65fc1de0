// SPDX-License-Identifier: Apache-2.0
#include "base/grid.hpp"

#include <gtest/gtest.h>

namespace gangmu {
namespace {

TEST(Grid, ColumnsAreNamedAsInASheet) {
  const std::pair<std::size_t, std::string> rows[] = {{0, "A"},   {25, "Z"},   {26, "AA"},   {51, "AZ"},
                                                      {52, "BA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
  for (const auto& [column, letters] : rows) EXPECT_EQ(column_letters(column), letters);
}

TEST(Grid, AnAbsentCellIsEmptyAndEveryCellHasAnAddress) {
  Grid grid;
  grid.file = "台账.xlsx";
  grid.sheet = "任务";
  grid.rows = {{{CellKind::text, "责任单位", false}}, {}};
  EXPECT_EQ(grid.at(0, 0).text, "责任单位");
  EXPECT_EQ(grid.at(1, 0).kind, CellKind::empty);
  EXPECT_EQ(grid.at(9, 9).kind, CellKind::empty);
  EXPECT_EQ(grid.position(6, 2).text(), "台账.xlsx[任务!C7]");
  grid.sheet.clear();
  EXPECT_EQ(grid.position(6, 2).text(), "台账.xlsx:7");
}

}   // namespace
}   // namespace gangmu
