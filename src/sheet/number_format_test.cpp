// SPDX-License-Identifier: Apache-2.0
#include "sheet/number_format.hpp"

#include <gtest/gtest.h>

namespace gangmu::sheet {
namespace {

using enum NumberShape;

TEST(NumberFormat, TellsDatesFromNumbers) {
  const std::pair<const char*, NumberShape> table[] = {{"General", plain},
                                                       {"", plain},
                                                       {"0.00", plain},
                                                       {"#,##0.00_);[Red](#,##0.00)", plain},
                                                       {"_-* #,##0.00\\ [$MDL-418]_-", plain},
                                                       {"[DBNum2][$-804]G/通用格式\"元\"", plain},
                                                       {"0.0%", percent},
                                                       {"[Red]0.00%", percent},
                                                       {"0\"%\"", plain},
                                                       {"0.00E+00", plain},
                                                       {"# ?/?", plain},
                                                       {"yyyy-mm-dd", date},
                                                       {"yyyy\"年\"m\"月\"d\"日\";@", date},
                                                       {"[$-804]yyyy\"年\"m\"月\"", month},
                                                       {"e\"年\"m\"月\"", month},
                                                       {"m\"月\"", month},
                                                       {"mmm-yy", month},
                                                       {"yyyy\"年\"", year},
                                                       {"e\"年\"", year},
                                                       {"m/d", date},
                                                       {"[$-804]aaaa", weekday},
                                                       {"[$-804]dddd", weekday},
                                                       {"yyyy/m/d aaaa", date},
                                                       {"h:mm", time},
                                                       {"mm:ss.0", time},
                                                       {"[h]:mm:ss", time},
                                                       {"[$-804]上午/下午h\"时\"mm\"分\";@", time},
                                                       {"m/d/yy h:mm", date},
                                                       {"[Magenta]0", plain},
                                                       {"0\"万元\"", plain},
                                                       {"\"d\"0", code},
                                                       {"0\"m/d\"", plain},
                                                       {"0\\d", plain},
                                                       {"@", plain},
                                                       {"\"未关的引号", plain},
                                                       {"[未关", plain}};
  for (const auto& [code, shape] : table) EXPECT_EQ(NumberFormat(code).section_for(45107).shape, shape) << code;
}

TEST(NumberFormat, BuiltInOnesMeanWhatChineseEditionsShow) {
  for (const int id : {27, 36, 50, 52, 57, 17}) EXPECT_EQ(NumberFormat::built_in(id).section_for(1).shape, month) << id;
  for (const int id : {14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58})
    EXPECT_EQ(NumberFormat::built_in(id).section_for(1).shape, date) << id;
  for (const int id : {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56})
    EXPECT_EQ(NumberFormat::built_in(id).section_for(1).shape, time) << id;
  for (const int id : {9, 10}) EXPECT_EQ(NumberFormat::built_in(id).section_for(1).shape, percent) << id;
  for (const int id : {0, 1, 2, 3, 4, 11, 12, 13, 37, 40, 48, 49, 164, -1})
    EXPECT_EQ(NumberFormat::built_in(id).section_for(1).shape, plain) << id;
}

TEST(NumberFormat, TheSectionThatAppliesToTheValueCounts) {
  const std::tuple<const char*, double, NumberShape> table[] = {{"[=0]\"\";yyyy\\-mm\\-dd", 45107, date},
                                                                {"[=0]\"-\";0.00%", 0.05, percent},
                                                                {"[=0]?;0%", 0.05, percent},
                                                                {"[=0]?;0%", 0, plain},
                                                                {"[<1]\"\";yyyy/m/d", 45107, date},
                                                                {"[>1]0;0%", 0.05, percent},
                                                                {"0.0;0%", 0.5, plain},
                                                                {"0.0;0%", -0.5, percent},
                                                                {"0%;-0%;0", 0, plain},
                                                                {"[>=1]0;[>=0.1]0.0;0%", 0.05, percent},
                                                                {"0;[<0]0%;0.0", 3, plain},
                                                                {"[<>0]0%;0", 0, plain},
                                                                {"\";\"0%", 1, percent}};
  for (const auto& [code, value, shape] : table) EXPECT_EQ(NumberFormat(code).section_for(value).shape, shape) << code;
}

TEST(NumberFormat, KnowsItsDecimals) {
  const std::pair<const char*, int> table[] = {
      {"0.00", 2},     {"0", 0},      {"#,##0.0", 1},   {"0.0%", 1}, {"0%", 0},        {"General", -1},    {"0.##", -1},
      {"0.00E+0", -1}, {"# ?/?", -1}, {"#,##0.0,", -1}, {"@", -1},   {"¥#,##0.00", 2}, {"0.00\"万元\"", 2}};
  for (const auto& [code, decimals] : table) EXPECT_EQ(NumberFormat(code).section_for(1).decimals, decimals) << code;
}

TEST(NumberFormat, CodesAreReadWithTheEye) {
  const std::tuple<const char*, const char*, const char*> table[] = {{"000000", "123", "000123"},
                                                                     {"\"GD-\"0000", "7", "GD-0007"},
                                                                     {"\"第\"0\"批\"", "3", "第3批"},
                                                                     {"000\\-00000000", "1012345678", "010-12345678"},
                                                                     {"00000", "1234567", "1234567"},
                                                                     {"\"A\"General", "12", "A12"},
                                                                     {"0000 0000", "12345678", "1234 5678"},
                                                                     {"0\"月\"", "6", "6月"},
                                                                     {"000", "-5", "-005"},
                                                                     {"[DBNum1]\"第\"0\"期\"", "3", "第3期"}};
  for (const auto& [code_text, digits, shown] : table) {
    const NumberFormat format(code_text);
    EXPECT_EQ(format.section_for(1).shape, code) << code_text;
    EXPECT_EQ(shown_code(format.section_for(1), digits), shown) << code_text;
  }
  for (const char* number :
       {"0", "#,##0", "¥0", "\"人民币\"0", "[$US$-409]0", "0\"亩\"", "\"约 \"0.0", "- 0", "0.00", "(0)"})
    EXPECT_EQ(NumberFormat(number).section_for(1).shape, plain) << number;
}

TEST(NumberFormat, TimesAreShownAsTheFormatSays) {
  const std::tuple<const char*, double, const char*> table[] = {
      {"h:mm", 0.6875, "16:30"},
      {"[h]:mm", 1.1048611111111, "26:31"},
      {"h:mm:ss", 45107.5, "12:00:00"},
      {"[$-804]上午/下午h\"时\"mm\"分\";@", 0.6875, "下午4时30分"},
      {"h:mm AM/PM", 0.0, "12:00 AM"},
      {"h:mm AM/PM", 0.5, "12:00 PM"},
      {"mm:ss.0", 0.000723379629629, "01:02.5"},
      {"mmss.0", 12345.6789, "1737.0"},
      {"ss.00", 0.0000001, "00.01"},
      {"[mm]:ss", 0.05, "72:00"},
      {"h:mm:ss", 0.99999999, "0:00:00"},
      {"hh:mm", 0.0625, "01:30"}};
  for (const auto& [code_text, days, shown] : table)
    EXPECT_EQ(shown_time(NumberFormat(code_text).section_for(days), days), shown) << code_text;
  EXPECT_EQ(shown_time(NumberFormat("h:mm").section_for(-0.5), -0.5), std::nullopt);
  EXPECT_EQ(shown_time(NumberFormat("h:mm:ss").section_for(0), std::int64_t{39'599'999}), "10:59:59");
}

TEST(NumberFormat, WeekdaysAreChinese) {
  EXPECT_EQ(shown_weekday(NumberFormat("aaaa").section_for(1), 5), "星期五");
  EXPECT_EQ(shown_weekday(NumberFormat("\"周\"aaa").section_for(1), 7), "周日");
}

TEST(NumberFormat, AnOverlongCodeIsGeneral) {
  EXPECT_EQ(NumberFormat(std::string(100'000, 'y')).section_for(1).shape, plain);
}

}   // namespace
}   // namespace gangmu::sheet
