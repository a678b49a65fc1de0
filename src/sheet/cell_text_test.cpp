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
                                                       {"1e20", "100000000000000000000"}};
  for (const auto& [raw, plain] : table) EXPECT_EQ(plain_number(raw), plain) << raw;
  for (const char* bad : {"", "abc", "1,5", "nan", "inf", "1e999", "0x10", "--1"})
    EXPECT_EQ(plain_number(bad), std::nullopt) << bad;
}

TEST(CellText, FormatsTellDatesFromNumbers) {
  using enum NumberShape;
  const std::pair<const char*, NumberShape> table[] = {{"General", plain},
                                                       {"0.00", plain},
                                                       {"#,##0.00_);[Red](#,##0.00)", plain},
                                                       {"0.0%", percent},
                                                       {"0.00E+00", plain},
                                                       {"yyyy-mm-dd", date},
                                                       {"yyyy\"年\"m\"月\"d\"日\";@", date},
                                                       {"[$-804]yyyy\"年\"m\"月\"", month},
                                                       {"yyyy\"年\"", year},
                                                       {"e\"年\"m\"月\"", month},
                                                       {"e\"年\"m\"月\"d\"日\"", date},
                                                       {"0.0e+0", plain},
                                                       {"m/d", date},
                                                       {"h:mm", time},
                                                       {"[h]:mm:ss", time},
                                                       {"[Magenta]0", plain},
                                                       {"0\"万元\"", plain},
                                                       {"\"d\"0", plain},
                                                       {"m/d/yy h:mm", date},
                                                       {"@", plain},
                                                       {"\"未关的引号", plain},
                                                       {"[未关", plain}};
  for (const auto& [code, shape] : table) EXPECT_EQ(shape_of_format(code), shape) << code;
  EXPECT_EQ(built_in_shape(14), date);
  EXPECT_EQ(built_in_shape(57), month);
  EXPECT_EQ(built_in_shape(10), percent);
  EXPECT_EQ(built_in_shape(2), plain);
  EXPECT_EQ(built_in_shape(164), std::nullopt);
}

TEST(CellText, DecimalsAFormatAlwaysShows) {
  const std::pair<const char*, int> table[] = {
      {"0.00", 2},        {"0", 0},        {"#,##0", 0},  {"#,##0.00_);[Red](#,##0.000)", 2},
      {"0.0\"万元\"", 1}, {"General", -1}, {"0.##", -1},  {"0.00E+00", -1},
      {"# ?/?", -1},      {"@", -1},       {"\"未关", -1}};
  for (const auto& [code, decimals] : table) EXPECT_EQ(decimals_of_format(code), decimals) << code;
  EXPECT_EQ(built_in_decimals(2), 2);
  EXPECT_EQ(built_in_decimals(0), -1);
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
  EXPECT_EQ(unescaped("第一行_x000D_\n第二行"), "第一行\n第二行");
  EXPECT_EQ(unescaped("_x005F_x000D_"), "_x000D_");
  EXPECT_EQ(unescaped("a_x0041_b"), "aAb");
  EXPECT_EQ(unescaped("_xZZZZ_ _x00"), "_xZZZZ_ _x00");
}

}   // namespace
}   // namespace gangmu::sheet
