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

TEST(Grid, ACellTellsWhatAReaderSees) {
  const auto number = [](const char* text, int decimals, bool percent = false) {
    return GridCell{.kind = CellKind::number,
                    .text = text,
                    .percent = percent,
                    .format = decimals < 0 ? CellFormat::general : CellFormat::fixed,
                    .decimals = static_cast<signed char>(decimals)};
  };
  EXPECT_EQ(number("2023.1", 2).shown(), "2023.10") << "October, to the reader of the sheet";
  EXPECT_EQ(number("2023.1", -1).shown(), "2023.1");
  EXPECT_EQ(number("2023.1", 0).shown(), "2023");
  EXPECT_EQ(number("2.675", 2).shown(), "2.68");
  EXPECT_EQ(number("-0.5", 0).shown(), "-1");
  EXPECT_EQ(number("0.07", 0, true).shown(), "7%");
  EXPECT_EQ(number("0.0525", 1, true).shown(), "5.3%");
  EXPECT_EQ(number("0.0525", -1, true).shown(), "5.25%");
  EXPECT_EQ(number("123456789012345678901", 2).shown(), "123456789012345678901");
  EXPECT_EQ((GridCell{.kind = CellKind::date, .text = "2023-06-30"}.shown()), "2023-06-30");
  EXPECT_EQ(GridCell{}.shown(), "");
}

}   // namespace
}   // namespace gangmu
