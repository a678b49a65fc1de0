// SPDX-License-Identifier: Apache-2.0
#include "sheet/workbook.hpp"

#include <gtest/gtest.h>

#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"

namespace gangmu::sheet {
namespace {

using testing::Book;

Grid only_sheet(const Book& book, Diagnostics* notes = nullptr) {
  auto read = read_workbook(book.bytes(), "台账.xlsx");
  if (!read) {
    ADD_FAILURE() << read.error().text(Language::en);
    return {};
  }
  if (notes != nullptr) *notes = read->notes;
  return read->sheets.at(0);
}

std::string cell(const Grid& grid, std::size_t row, std::size_t column) {
  static const char* kinds[] = {"", "text ", "number ", "date ", "boolean ", "error "};
  const GridCell& c = grid.at(row, column);
  return kinds[static_cast<int>(c.kind)] + c.text + (c.percent ? " %" : "") + (c.merged_copy ? " (copy)" : "");
}

TEST(Workbook, ReadsEveryKindOfCell) {
  Book book;
  book.strings =
      "<si><t>任务</t></si><si><r><t>共</t></r><r><t>享</t></r><rPh sb=\"0\" eb=\"1\"><t>gong</t></rPh></si>";
  book.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/></cellXfs>";
  book.sheet =
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
      "<c r=\"C1\" t=\"inlineStr\"><is><t>内</t><t>联</t></is></c><c r=\"D1\" t=\"str\"><f>A1</f><v>算</v></c></row>"
      "<row r=\"2\"><c r=\"A2\"><v>12.300000000000001</v></c><c r=\"B2\" s=\"1\"><v>45107</v></c>"
      "<c r=\"C2\" s=\"2\"><v>45078</v></c><c r=\"D2\" s=\"3\"><v>0.05</v></c><c r=\"E2\" t=\"b\"><v>1</v></c>"
      "<c r=\"F2\" t=\"e\"><v>#N/A</v></c><c r=\"G2\" t=\"d\"><v>2023-06-30T00:00:00</v></c></row>"
      "<row><c><v>7</v></c><c/><c><v>9</v></c></row></sheetData>";
  Diagnostics notes;
  const Grid grid = only_sheet(book, &notes);
  EXPECT_EQ(grid.sheet, "任务");
  EXPECT_EQ(cell(grid, 0, 0), "text 任务");
  EXPECT_EQ(cell(grid, 0, 1), "text 共享") << "pinyin guides are no text";
  EXPECT_EQ(cell(grid, 0, 2), "text 内联");
  EXPECT_EQ(cell(grid, 0, 3), "text 算");
  EXPECT_EQ(cell(grid, 1, 0), "number 12.3");
  EXPECT_EQ(cell(grid, 1, 1), "date 2023-06-30");
  EXPECT_EQ(cell(grid, 1, 2), "text 2023年6月") << "a month format means the month, not its first day";
  EXPECT_EQ(cell(grid, 1, 3), "number 0.05 %");
  EXPECT_EQ(cell(grid, 1, 4), "boolean TRUE");
  EXPECT_EQ(cell(grid, 1, 5), "error #N/A");
  EXPECT_EQ(cell(grid, 1, 6), "date 2023-06-30");
  EXPECT_EQ(cell(grid, 2, 0), "number 7") << "rows and cells without an address follow on";
  EXPECT_EQ(cell(grid, 2, 2), "number 9");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].line(Language::zh), "台账.xlsx[任务!F2]: 单元格显示错误值 #N/A");
}

TEST(Workbook, ANumberKeepsHowManyDecimalsItsFormatShows) {
  Book book;
  book.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"2\"/><xf numFmtId=\"164\"/></cellXfs>";
  book.sheet =
      "<sheetData><row r=\"1\"><c r=\"A1\"><v>2023.1</v></c><c r=\"B1\" s=\"1\"><v>2023.1</v></c>"
      "<c r=\"C1\" s=\"2\"><v>2023.1</v></c></row></sheetData>";
  const Grid grid = only_sheet(book);
  EXPECT_EQ(grid.at(0, 0).decimals, -1);
  EXPECT_EQ(grid.at(0, 1).decimals, 2);
  EXPECT_EQ(grid.at(0, 2).decimals, 1);
}

TEST(Workbook, FillsMergedRangesAndKeepsWhatIsHidden) {
  Book book;
  book.sheet =
      "<cols><col min=\"2\" max=\"3\" width=\"18.5\"/><col min=\"3\" max=\"3\" width=\"9\" hidden=\"1\"/></cols>"
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>标题</t></is></c></row>"
      "<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"inlineStr\"><is><t>行动</t></is></c><c r=\"B2\"><v>1</v></c></row>"
      "<row r=\"3\"><c r=\"B3\"><v>2</v></c><c r=\"C3\"><v>3</v></c></row>"
      "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row></sheetData>"
      "<mergeCells><mergeCell ref=\"A1:XFD1\"/><mergeCell ref=\"A2:A1048576\"/></mergeCells>";
  const Grid grid = only_sheet(book);
  EXPECT_EQ(grid.rows.size(), 3u) << "blank formatted cells far away cost nothing";
  EXPECT_EQ(cell(grid, 0, 2), "text 标题 (copy)");
  EXPECT_EQ(cell(grid, 2, 0), "text 行动 (copy)");
  EXPECT_EQ(grid.merges, (std::vector<MergedRange>{{0, 0, 0, 2}, {1, 0, 2, 0}}));
  EXPECT_EQ(grid.hidden_rows, (std::vector<bool>{false, true}));
  EXPECT_EQ(grid.hidden_columns, (std::vector<bool>{false, false, true}));
  EXPECT_EQ(grid.widths, (std::vector<double>{0, 18.5, 9}));
}

TEST(Workbook, NotesWhatASpreadsheetLost) {
  Book book;
  book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
  book.sheet =
      "<sheetData><row r=\"1\"><c r=\"A1\"><v>440723199001011234</v></c><c r=\"B1\"><f>SUM(C1)</f></c>"
      "<c r=\"C1\" s=\"1\"><v>45107.5</v></c><c r=\"D1\" s=\"1\"><v>-5</v></c></row></sheetData>";
  Diagnostics notes;
  const Grid grid = only_sheet(book, &notes);
  ASSERT_EQ(notes.size(), 4u);
  EXPECT_TRUE(notes[0].is(errors::note_long_number));
  EXPECT_TRUE(notes[1].is(errors::note_formula_empty));
  EXPECT_TRUE(notes[2].is(errors::note_time_dropped));
  EXPECT_TRUE(notes[3].is(errors::note_not_a_date));
  EXPECT_EQ(cell(grid, 0, 3), "number -5");
}

TEST(Workbook, NamesEveryFaultWithItsCell) {
  Book book;
  book.sheet =
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>9</v></c><c r=\"B1\"><v>abc</v></c><c r=\"ZZZZ1\"><v>1</v></c>"
      "<c r=\"B1\"><v>4</v></c><c r=\"B1\"><v>5</v></c></row></sheetData><mergeCells><mergeCell "
      "ref=\"B2:A1\"/></mergeCells>";
  const auto read = read_workbook(book.bytes(), "台账.xlsx");
  ASSERT_FALSE(read);
  std::vector<std::string> places;
  for (const Diagnostic& fault : read.error().all())
    places.push_back(fault.where.cell + " " + std::string(fault.kind->name));
  EXPECT_EQ(places, (std::vector<std::string>{"任务!A1 cell_value", "任务!B1 cell_value", "任务!C1 cell_reference",
                                              "任务!B1 cell_reference", "任务!B1 cell_reference"}));
}

TEST(Workbook, TellsOtherFilesApart) {
  const std::pair<std::string, const ErrorKind*> table[] = {
      {"", &errors::file_empty},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", &errors::format_old_xls},
      {"%PDF-1.4", &errors::format_unknown},
      {std::string("half a zip\0\0", 12), &errors::format_unknown},
      {"\xFF\xFF no text of any encoding", &errors::format_unknown},
      {std::string("PK\x03\x04 nothing more", 16), &errors::archive_damaged},
      {testing::zip({{"a.txt", "x"}}), &errors::part_missing},
  };
  for (const auto& [bytes, kind] : table) {
    const auto read = read_workbook(bytes, "x.xlsx");
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().is(*kind)) << read.error().text(Language::en);
  }
  const auto named_csv = read_workbook(std::string("a,b\0", 4), "台账.csv");
  ASSERT_FALSE(named_csv);
  EXPECT_TRUE(named_csv.error().is(errors::text_nul));
}

}   // namespace
}   // namespace gangmu::sheet
