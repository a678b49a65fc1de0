// SPDX-License-Identifier: Apache-2.0
#include "sheet/cell_text.hpp"

#include <gtest/gtest.h>

namespace gangmu::sheet {
namespace {

TEST(CellText, NumbersArePlainAndShownAsExcelShowsThem) {
  const std::pair<const char*, const char*> table[] = {{"5", "5"},
                                                       {"-3.2", "-3.2"},
                                                       {"0.05", "0.05"},
                                                       {"12.300000000000001", "12.3"},
                                                       {"0.30000000000000004", "0.3"},
                                                       {"1E-7", "0.0000001"},
                                                       {"1.5e3", "1500"},
                                                       {"007", "7"},
                                                       {"12.50", "12.5"},
                                                       {"-0", "0"},
                                                       {"4.4072300000000001E+17", "440723000000000000"},
                                                       {"123456789012345678", "123456789012346000"},
                                                       {"99.999999999999999", "100"},
                                                       {"+8", "8"},
                                                       {" 6 ", "6"},
                                                       {"-0.049999999999999996", "-0.05"},
                                                       {"1e-400", "0"},
                                                       {"4.9E-324", "0"},
                                                       {"1e20", "100000000000000000000"}};
  for (const auto& [raw, plain] : table) EXPECT_EQ(plain_number(raw), plain) << raw;
  EXPECT_EQ(plain_number("1.5e301"), "15" + std::string(300, '0')) << "spreadsheets hold up to 1.8e308";
  for (const char* bad : {"", "abc", "1,5", "nan", "inf", "1e999", "0x10", "--1"})
    EXPECT_EQ(plain_number(bad), std::nullopt) << bad;
}

TEST(CellText, SerialDays) {
  EXPECT_EQ(serial_date(1, false)->text(), "1900-01-01");
  EXPECT_EQ(serial_date(59, false)->text(), "1900-02-28");
  EXPECT_EQ(serial_date(60, false), std::nullopt) << "29 February 1900 never was";
  EXPECT_EQ(serial_date(61, false)->text(), "1900-03-01");
  EXPECT_EQ(serial_date(45107, false)->text(), "2023-06-30");
  EXPECT_EQ(serial_date(45107.75, false)->text(), "2023-06-30");
  EXPECT_EQ(serial_date(43645, true)->text(), "2023-06-30");
  EXPECT_EQ(serial_date(2'958'465, false)->text(), "9999-12-31");
  EXPECT_EQ(serial_date(2'958'466, false), std::nullopt);
  EXPECT_EQ(serial_date(-1, false), std::nullopt);
}

TEST(CellText, EscapesAreUndone) {
  EXPECT_EQ(unescaped("_x005F_x000D_"), "_x000D_");
  EXPECT_EQ(unescaped("a_x0041_b"), "aAb");
  EXPECT_EQ(unescaped("_xZZZZ_ _x00"), "_xZZZZ_ _x00");
  EXPECT_EQ(unescaped("_xD83D__xDE00_"), "😀");
  EXPECT_EQ(unescaped("_xD83D_x"), "_xD83D_x") << "half a character is none";
}

TEST(CellText, EveryKindOfLineBreakIsOne) {
  for (const char* text : {"甲\n乙", "甲\r乙", "甲\r\n乙", "甲_x000D_乙", "甲_x000D_\n乙", "甲_x000A_乙",
                           "甲_x000D__x000A_乙", "甲_x000B_乙", "甲_x000C_乙"})
    EXPECT_EQ(unescaped(text), "甲\n乙") << text;
  EXPECT_EQ(unescaped("甲\r\r乙"), "甲\n\n乙");
}

TEST(CellText, EscapedTextReadsBack) {
  for (const char* text : {"_x000D_", "_x005F_", "a_x0041_", "_x0000_", "_xD83D__xDE00_", "x_", ""})
    EXPECT_EQ(unescaped(escaped(text)), text);
}

TEST(CellText, StrictWorkbooksWriteMoments) {
  const auto moment = [](const char* text) -> std::string {
    const auto found = iso_moment(text);
    if (!found) return "none";
    return (found->date ? found->date->text() + " " : "") + std::to_string(found->milliseconds);
  };
  EXPECT_EQ(moment("2023-06-30"), "2023-06-30 0");
  EXPECT_EQ(moment("2023-06-30T00:00:00"), "2023-06-30 0");
  EXPECT_EQ(moment("2023-06-30T10:59:59.5Z"), "2023-06-30 39599500");
  EXPECT_EQ(moment("10:59:59.9999999999984025"), "39599999");
  EXPECT_EQ(moment("16:30"), "59400000");
  EXPECT_EQ(moment("PT24H0M0.000S"), "86400000");
  EXPECT_EQ(moment("P1DT2H3M4S"), "93784000");
  for (const char* bad : {"", "2023-13-01", "2023-06-30T", "2023-06-30 10:00", "P1Y", "PT", "25:00:00", "10", "10:61",
                          "PT999999999999999H", "tomorrow"})
    EXPECT_EQ(moment(bad), std::string(bad) == "PT" ? "0" : "none") << bad;
}

}   // namespace
}   // namespace gangmu::sheet
