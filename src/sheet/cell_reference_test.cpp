// SPDX-License-Identifier: Apache-2.0
#include "sheet/cell_reference.hpp"

#include <gtest/gtest.h>

namespace gangmu::sheet {
namespace {

std::string cell(const char* text) {
  const auto found = cell_reference(text);
  return found ? std::to_string(found->row) + "," + std::to_string(found->column) : "none";
}

std::string range(const char* text) {
  const auto found = range_reference(text);
  if (!found) return "none";
  return std::to_string(found->first_row) + "," + std::to_string(found->first_column) + " " +
         std::to_string(found->last_row) + "," + std::to_string(found->last_column);
}

TEST(CellReference, IsReadAsAnyWriterSpellsIt) {
  EXPECT_EQ(cell("C7"), "6,2");
  EXPECT_EQ(cell("c7"), "6,2");
  EXPECT_EQ(cell("$C$7"), "6,2");
  EXPECT_EQ(cell("XFD1048576"), "1048575,16383");
  for (const char* bad : {"", "7", "C", "C0", "XFE1", "A1048577", "ZZZZ1", "C7x", "$", "C$", "-1", "A1:B2"})
    EXPECT_EQ(cell(bad), "none") << bad;
}

TEST(CellReference, RangesMayBeWholeColumnsRowsOrOneCell) {
  EXPECT_EQ(range("A1:B2"), "0,0 1,1");
  EXPECT_EQ(range("a1:$B$2"), "0,0 1,1");
  EXPECT_EQ(range("A6"), "5,0 5,0");
  EXPECT_EQ(range("A:C"), "0,0 1048575,2");
  EXPECT_EQ(range("2:3"), "1,0 2,16383");
  for (const char* bad : {"", "A", "3", "B2:A1", "A1:B", "A:3", ":", "A1:", "C:A"})
    EXPECT_EQ(range(bad), "none") << bad;
}

}   // namespace
}   // namespace gangmu::sheet
