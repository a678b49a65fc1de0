// SPDX-License-Identifier: Apache-2.0
#include "sheet/xlsx_writer.hpp"

#include <gtest/gtest.h>

#include "sheet/errors.hpp"
#include "sheet/simulated.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::sheet {
namespace {

Date day(const char* text) { return Date::parse(text).value(); }

Grid read_back(const Worksheet& sheet) {
  const auto bytes = write_xlsx({sheet}, {});
  if (!bytes) {
    ADD_FAILURE() << bytes.error().text(Language::en);
    return {};
  }
  auto book = read_workbook(*bytes, "出.xlsx");
  if (!book) {
    ADD_FAILURE() << book.error().text(Language::en);
    return {};
  }
  return book->sheets.at(0);
}

void expect_same(const WorksheetCell& written, const GridCell& read, const std::string& where) {
  if (const auto* text = std::get_if<std::string>(&written.value)) {
    EXPECT_EQ(read.kind, text->empty() ? CellKind::empty : CellKind::text) << where;
    EXPECT_EQ(read.text, *text) << where;
  } else if (const auto* number = std::get_if<Decimal>(&written.value)) {
    EXPECT_EQ(read.kind, CellKind::number) << where;
    EXPECT_EQ(read.text, number->reduced().text()) << where;
    EXPECT_EQ(read.percent, written.percent) << where;
  } else if (const auto* date = std::get_if<Date>(&written.value)) {
    EXPECT_EQ(read.kind, CellKind::date) << where;
    EXPECT_EQ(read.text, date->text()) << where;
  } else {
    EXPECT_EQ(read.kind, CellKind::empty) << where;
  }
}

TEST(XlsxWriter, ComesBackWithTheSameTypesAndValues) {
  Worksheet sheet;
  sheet.name = "数据";
  WorksheetCell percent = Decimal(5, 2);
  percent.percent = true;
  sheet.rows = {
      {RowRole::header, {"文本", "数", "日"}},
      {RowRole::body, {"=1+1", Decimal(-32, 1), day("2023-06-30")}},
      {RowRole::body, {"+86", Decimal(0, 0), day("1900-01-01")}},
      {RowRole::body, {"-3", Decimal(123456789012345, 2), day("2024-02-29")}},
      {RowRole::body, {"@SUM(A1)", Decimal(1, 9), day("9999-12-31")}},
      {RowRole::body, {"\t制表", Decimal(-999999999999999, 0), WorksheetCell()}},
      {RowRole::body, {"440723199001011234", percent, "007"}},
      {RowRole::body, {"行\n行", "<b>&\"'", "_x000D_"}},
      {RowRole::body, {" 前后空格 ", "", "𠀀"}},
  };
  const Grid grid = read_back(sheet);
  ASSERT_EQ(grid.rows.size(), sheet.rows.size());
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      expect_same(sheet.rows[r].cells[c], grid.at(r, c), column_letters(c) + std::to_string(r + 1));
    }
  }
}

TEST(XlsxWriter, NumbersASpreadsheetWouldCutBecomeText) {
  Worksheet sheet;
  sheet.rows = {{RowRole::body, {Decimal(1234567890123456789, 0)}}};
  EXPECT_EQ(read_back(sheet).at(0, 0).kind, CellKind::text);
  EXPECT_EQ(read_back(sheet).at(0, 0).text, "1234567890123456789");
}

TEST(XlsxWriter, TitlesSpanAndHeadsMerge) {
  Worksheet sheet;
  sheet.name = "台账";
  sheet.rows = {{RowRole::title, {"示例市台账"}},
                {RowRole::header, {"序号", "责任分工", ""}},
                {RowRole::header, {"", "牵头单位", "责任单位"}},
                {RowRole::body, {Decimal(1, 0), "示例市发改局", "各县"}},
                {RowRole::note, {"注：每月5日前更新"}}};
  sheet.merges = {{1, 0, 2, 0}, {1, 1, 1, 2}, {1, 2, 2, 2}};   // the last overlaps and is left out
  sheet.widths = {6, 0, 20};
  sheet.frozen_rows = 3;
  sheet.repeat_first = 1;
  sheet.repeat_end = 3;
  const Grid grid = read_back(sheet);
  EXPECT_EQ(grid.merges, (std::vector<MergedRange>{{0, 0, 0, 2}, {1, 0, 2, 0}, {1, 1, 1, 2}, {4, 0, 4, 2}}));
  EXPECT_TRUE(grid.at(2, 0).merged_copy);
  EXPECT_EQ(grid.at(1, 2).text, "责任分工");
  ASSERT_EQ(grid.widths.size(), 3u);
  EXPECT_NEAR(grid.widths[2], 20, 1);
}

TEST(XlsxWriter, SimulatedSheetsSaySo) {
  Worksheet sheet;
  sheet.simulated = true;
  sheet.rows = {{RowRole::header, {"单位"}}, {RowRole::body, {"示例市"}}};
  const Grid grid = read_back(sheet);
  EXPECT_EQ(grid.at(0, 0).text, simulated_mark);
  EXPECT_EQ(grid.at(2, 0).text, "示例市");
}

TEST(XlsxWriter, LargeSheetsTakeTheRowByRowWayAndReadTheSame) {
  Worksheet sheet;
  sheet.rows.push_back({RowRole::title, {"大表"}});
  for (int r = 0; r < 20'000; ++r) {
    sheet.rows.push_back(
        {RowRole::body, {Decimal(r, 0), "文本" + std::to_string(r), Date{19'000 + r % 900}, "=x", Decimal(-r, 2)}});
  }
  const Grid grid = read_back(sheet);
  ASSERT_EQ(grid.rows.size(), 20'001u);
  for (const std::size_t r : {std::size_t{1}, std::size_t{9'999}, std::size_t{20'000}}) {
    for (std::size_t c = 0; c < 5; ++c) expect_same(sheet.rows[r].cells[c], grid.at(r, c), std::to_string(r));
  }
}

TEST(XlsxWriter, NamesBecomeLegalAndUnique) {
  EXPECT_EQ(legal_sheet_name("县/镇:村*[一]?\\"), "县·镇·村··一···");
  EXPECT_EQ(legal_sheet_name("  "), "Sheet");
  EXPECT_EQ(legal_sheet_name(std::string(100, 'a')).size(), 31u);
  Worksheet a, b;
  a.name = b.name = "任务";
  a.rows = b.rows = {{RowRole::body, {"x"}}};
  const auto book = read_workbook(write_xlsx({a, b}, {}).value(), "x.xlsx");
  ASSERT_TRUE(book);
  EXPECT_EQ(book->sheets[1].sheet, "任务 2");
}

TEST(XlsxWriter, WritesWhateverAStoreHolds) {
  Worksheet sheet;
  sheet.name = "坏\x01\xEF\xBF\xBE";
  sheet.rows = {{RowRole::body, {std::string("甲\0乙", 7), "\x01\x1F", "\xEF\xBF\xBE\xEF\xBF\xBF"}},
                {RowRole::body, {"\xFF", "\x7F\xC2\x85", day("1899-12-31")}},
                {RowRole::body, {std::string(40'000, 'x'), day("9999-12-31"), "_x0000_"}}};
  XlsxOptions options;
  options.creator = "\x02";
  options.footer = "\xEF\xBF\xBE & \x03";
  const auto bytes = write_xlsx({sheet}, options);
  ASSERT_TRUE(bytes);
  const auto book = read_workbook(*bytes, "x.xlsx");
  ASSERT_TRUE(book) << book.error().text(Language::en);
  const Grid& grid = book->sheets.at(0);
  EXPECT_EQ(grid.sheet, "坏\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(grid.at(0, 0).text, "甲\xEF\xBF\xBD乙");
  EXPECT_EQ(grid.at(0, 1).text, "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(grid.at(0, 2).text, "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(grid.at(1, 0).text, "\xEF\xBF\xBD");
  EXPECT_EQ(grid.at(1, 1).text, "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(grid.at(1, 2).text, "1899-12-31") << "no spreadsheet counts it, so it is a text";
  EXPECT_EQ(grid.at(2, 0).text.size(), 32'767u - 21u + 42u) << "cut, and said so";
  EXPECT_TRUE(grid.at(2, 0).text.ends_with("此处截断 · cut here）"));
  EXPECT_EQ(grid.at(2, 2).text, "_x0000_");
}

TEST(XlsxWriter, SameInputSameBytes) {
  Worksheet sheet;
  sheet.rows = {{RowRole::body, {"x", Decimal(1, 0)}}};
  XlsxOptions options;
  options.created = Instant::parse("2023-06-16T09:30:00+08:00").value();
  EXPECT_EQ(write_xlsx({sheet}, options).value(), write_xlsx({sheet}, options).value());
}

}   // namespace
}   // namespace gangmu::sheet
