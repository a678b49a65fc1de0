// SPDX-License-Identifier: Apache-2.0
// Odd but valid shapes that spreadsheet programs write and open without a word: each is read as a reader of the sheet
// sees it.
#include <gtest/gtest.h>

#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::sheet {
namespace {

using testing::Book;
using Parts = std::vector<std::pair<std::string, std::string>>;

struct Seen {
  std::vector<std::string> cells;   ///< of the first row
  std::vector<std::string> notes;   ///< "B1 note_covered"
};

std::string described(const GridCell& cell) {
  static const char* kinds[] = {"", "text ", "number ", "date ", "boolean ", "error "};
  return kinds[static_cast<int>(cell.kind)] + cell.text + (cell.percent ? " %" : "") +
         (cell.merged_copy ? " (copy)" : "");
}

Seen seen(const std::string& bytes) {
  const auto read = read_workbook(bytes, "台账.xlsx");
  if (!read) return {{"refused: " + read.error().text(Language::en)}, {}};
  Seen out;
  for (const GridCell& cell : read->sheets.at(0).rows.empty() ? std::vector<GridCell>() : read->sheets[0].rows[0])
    out.cells.push_back(described(cell));
  for (const Diagnostic& note : read->notes)
    out.notes.push_back(note.where.cell.substr(note.where.cell.rfind('!') + 1) + " " + std::string(note.kind->name));
  return out;
}

/// A row of numbers, each in a format of its own.
Book in_formats(const std::vector<std::pair<std::string, std::string>>& values) {
  Book book;
  std::string formats, styles = "<xf numFmtId=\"0\"/>", row;
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::string code;
    for (const char c : values[i].first)
      code += c == '"' ? "&quot;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    const std::string id = std::to_string(164 + i);
    formats += "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + code + "\"/>";
    styles += "<xf numFmtId=\"" + id + "\"/>";
    row += "<c r=\"" + column_letters(i) + "1\" s=\"" + std::to_string(i + 1) + "\">" + values[i].second + "</c>";
  }
  book.styles = "<numFmts>" + formats + "</numFmts><cellXfs>" + styles + "</cellXfs>";
  book.sheet = "<sheetData><row r=\"1\">" + row + "</row></sheetData>";
  return book;
}

std::string v(const std::string& value) { return "<v>" + value + "</v>"; }

Book row_of(const std::string& cells, const std::string& after = "") {
  Book book;
  book.sheet = "<sheetData><row r=\"1\">" + cells + "</row></sheetData>" + after;
  return book;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) ADD_FAILURE() << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

using Cells = std::vector<std::string>;

TEST(Shapes, AnExtensionOfTheSameNameChangesNothing) {
  Book book = in_formats({{"yyyy\\-mm\\-dd", v("43645")}});
  book.properties = "<workbookPr date1904=\"1\"/>";
  EXPECT_EQ(seen(book.bytes()).cells, Cells{"date 2023-06-30"});
  Parts parts = book.parts();
  parts[1].second =
      replaced(parts[1].second, "</workbook>",
               "<extLst><ext xmlns:x15=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main\">"
               "<x15:workbookPr chartTrackingRefBase=\"1\"/></ext></extLst></workbook>");
  EXPECT_EQ(seen(testing::zip(parts)).cells, Cells{"date 2023-06-30"}) << "every Excel since 2013 writes it";

  parts[3].second = replaced(parts[3].second, "</sheetData>",
                             "<x:row xmlns:x=\"urn:x\" r=\"1\"><x:c r=\"B1\"><x:v>7</x:v></x:c></x:row></sheetData>"
                             "<x:mergeCell xmlns:x=\"urn:x\" ref=\"A1:C1\"/>");
  EXPECT_EQ(seen(testing::zip(parts)).cells, Cells{"date 2023-06-30"}) << "foreign rows, cells and merges";
  parts[5].second = replaced(parts[5].second, "<cellXfs>",
                             "<x:cellXfs xmlns:x=\"urn:x\"><x:xf numFmtId=\"9\"/></x:cellXfs><cellXfs>");
  EXPECT_EQ(seen(testing::zip(parts)).cells, Cells{"date 2023-06-30"}) << "foreign formats";
  parts[3].second = replaced(parts[3].second, "<v>43645</v>", "<x:v xmlns:x=\"urn:x\">1</x:v><v>43645</v>");
  EXPECT_EQ(seen(testing::zip(parts)).cells, Cells{"date 2023-06-30"}) << "a foreign value";
}

TEST(Shapes, CodesKeepTheirDigits) {
  EXPECT_EQ(seen(in_formats({{"000000", v("123")},
                             {"00000", v("12")},
                             {"\"GD-\"0000", v("7")},
                             {"\"第\"0\"批\"", v("3")},
                             {"000\\-00000000", v("1012345678")},
                             {"0\"万元\"", v("5")},
                             {"0\\d", v("5")},
                             {"0\"%\"", v("5")},
                             {"[DBNum2][$-804]G/通用格式\"元\"", v("5")},
                             {"[Red]0.00%", v("0.05")},
                             {"0\"m/d\"", v("5")}})
                     .bytes())
                .cells,
            (Cells{"text 000123", "text 00012", "text GD-0007", "text 第3批", "text 010-12345678", "number 5",
                   "number 5", "number 5", "number 5", "number 0.05 %", "number 5"}));
}

TEST(Shapes, TheSectionOfTheValueIsTheOneThatShows) {
  EXPECT_EQ(seen(in_formats({{"[=0]\"\";yyyy\\-mm\\-dd", v("45107")},
                             {"[=0]\"-\";0.00%", v("0.05")},
                             {"[<1]\"\";yyyy/m/d", v("45107")},
                             {"[>1]0;0%", v("0.05")},
                             {"[=0]?;0%", v("0.05")}})
                     .bytes())
                .cells,
            (Cells{"date 2023-06-30", "number 0.05 %", "date 2023-06-30", "number 0.05 %", "number 0.05 %"}));
}

TEST(Shapes, TimesAndPartsOfDatesAreShownAsTheyStand) {
  const Seen read = seen(in_formats({{"h:mm", v("0.6875")},
                                     {"[h]:mm", v("1.1048611111111")},
                                     {"yyyy/m/d h:mm", v("45107.5")},
                                     {"[$-804]上午/下午h\"时\"mm\"分\";@", v("0.6875")},
                                     {"aaaa", v("45107")},
                                     {"e\"年\"", v("45107")},
                                     {"e\"年\"m\"月\"", v("45107")},
                                     {"m\"月\"", v("45107")},
                                     {"m\"月底前\"", v("45078")},
                                     {"h:mm", v("-0.5")}})
                             .bytes());
  EXPECT_EQ(read.cells, (Cells{"text 16:30", "text 26:31", "date 2023-06-30", "text 下午4时30分", "text 星期五",
                               "text 2023年", "text 2023年6月", "text 6月", "text 6月", "number -0.5"}));
  EXPECT_EQ(read.notes, (Cells{"C1 note_time_dropped", "J1 note_not_a_date"}));
}

TEST(Shapes, StrictWorkbooksWriteTimesAndDays) {
  Book book = in_formats({{"h:mm:ss", v("10:59:59.9999999999984025")},
                          {"[h]:mm:ss", v("PT24H0M0.000S")},
                          {"yyyy/m/d", v("2023-06-30")},
                          {"yyyy\"年\"m\"月\"", v("2023-06-01")},
                          {"yyyy/m/d", v("1899-12-30")},
                          {"yyyy/m/d", v("1899-12-31")},
                          {"General", v("2023-06-30T12:00:00")},
                          {"yyyy/m/d", v("16:30:00")}});
  for (auto at = book.sheet.find(" s="); at != std::string::npos; at = book.sheet.find(" s=", at + 8))
    book.sheet.insert(at, " t=\"d\"");
  const Seen read = seen(book.bytes());
  EXPECT_EQ(read.cells, (Cells{"text 10:59:59", "text 24:00:00", "date 2023-06-30", "text 2023年6月", "number 0",
                               "date 1900-01-01", "date 2023-06-30", "text 16:30:00"}));
  EXPECT_EQ(read.notes, (Cells{"E1 note_not_a_date", "G1 note_time_dropped"}));
  Parts parts = book.parts();
  for (auto& [name, body] : parts) {
    for (auto at = body.find("http://schemas.openxmlformats.org/spreadsheetml/2006/main"); at != std::string::npos;
         at = body.find("http://schemas.openxmlformats.org/spreadsheetml/2006/main"))
      body.replace(at, 57, "http://purl.oclc.org/ooxml/spreadsheetml/main");
  }
  EXPECT_EQ(seen(testing::zip(parts)).cells, read.cells) << "in the strict namespaces";
}

TEST(Shapes, TextIsWhatTheCellShows) {
  Book book = row_of(
      "<c t=\"inlineStr\"><v>旧</v><is><t>新</t></is></c><c t=\"inlineStr\"><v>只有值</v></c><c t=\"s\"><v>0</v></c>"
      "<c t=\"inlineStr\"><is><t xml:space=\"preserve\"> 甲 </t></is></c><c "
      "t=\"inlineStr\"><is><t>甲&#13;乙</t></is></c>"
      "<c t=\"inlineStr\"><is><t>甲_x000D_乙</t></is></c><c t=\"inlineStr\"><is><t>_x005F_x000D_</t></is></c>"
      "<c t=\"str\"><f>_xlfn.DISPIMG(\"ID_1\",1)</f><v>=DISPIMG(\"ID_1\",1)</v></c><c t=\"str\"><f>1</f><v>x</v></c>");
  book.strings = "<si><t> 甲 </t></si>";
  const Seen read = seen(book.bytes());
  EXPECT_EQ(read.cells, (Cells{"text 新", "text 只有值", "text 甲", "text  甲 ", "text 甲\n乙", "text 甲\n乙",
                               "text _x000D_", "", "text x"}));
  EXPECT_EQ(read.notes, Cells{"H1 note_picture"});
}

TEST(Shapes, MergedCellsShowTheirFirst) {
  const std::string cells = "<c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>4</v></c><c r=\"C1\"><v>1</v></c>";
  const auto merged = [&](const char* ranges) {
    return seen(row_of(cells, std::string("<mergeCells>") + ranges + "</mergeCells>").bytes());
  };
  EXPECT_EQ(merged("<mergeCell ref=\"A6\"/>").cells, (Cells{"number 1", "number 4", "number 1"})) << "of one cell";
  EXPECT_EQ(merged("<mergeCell ref=\"A1:A1\"/>").cells, (Cells{"number 1", "number 4", "number 1"}));
  const Seen covered = merged("<mergeCell ref=\"a1:c1\"/>");
  EXPECT_EQ(covered.cells, (Cells{"number 1", "number 1 (copy)", "number 1 (copy)"}));
  EXPECT_EQ(covered.notes, Cells{"B1 note_covered"}) << "an equal value is no loss";
  EXPECT_EQ(merged("<mergeCell ref=\"1:1\"/>").cells, covered.cells) << "a whole row";
  EXPECT_EQ(merged("<mergeCell ref=\"B:C\"/>").cells, (Cells{"number 1", "number 4", "number 4 (copy)"}))
      << "whole columns";
  const Seen blank = seen(
      row_of("<c r=\"B1\"><v>4</v></c><c r=\"C1\"><v>5</v></c>", "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>")
          .bytes());
  EXPECT_EQ(blank.cells, (Cells{"", "", "number 5"})) << "a blank first cell shows blank";
  EXPECT_EQ(blank.notes, Cells{"B1 note_covered"});
}

TEST(Shapes, AddressesMayBeSmallAbsoluteOrElsewhere) {
  EXPECT_EQ(seen(row_of("<c r=\"a1\"><v>1</v></c><c r=\"$C$1\"><v>2</v></c>").bytes()).cells,
            (Cells{"number 1", "", "number 2"}));
  const auto read = read_workbook(row_of("<c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c>").bytes(), "x.xlsx");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->sheets[0].at(1, 0).text, "x") << "a cell's own address holds";
  ASSERT_EQ(read->notes.size(), 1u);
  EXPECT_TRUE(read->notes[0].is(errors::note_other_row));
  Book both;
  both.sheet =
      "<sheetData><row r=\"3\"><c r=\"A4\"><v>2</v></c></row><row r=\"4\"><c r=\"A4\"><v>3</v></c></row>"
      "<row r=\"6\"><c r=\"A4\"><v>5</v></c></row></sheetData>";
  const auto twice = read_workbook(both.bytes(), "x.xlsx");
  ASSERT_TRUE(twice) << twice.error().text(Language::en);
  EXPECT_EQ(twice->sheets[0].at(3, 0).text, "3") << "of two, the one that stands in its own row";
}

TEST(Shapes, PartsAreFoundHoweverTheyAreNamed) {
  const Book book = row_of("<c><v>1</v></c>");
  const auto with = [&](std::size_t part, const char* from, const char* to) {
    Parts parts = book.parts();
    parts[part].second = replaced(parts[part].second, from, to);
    return parts;
  };
  EXPECT_EQ(seen(testing::zip(with(2, "worksheets/sheet1.xml", "worksheets\\sheet1.xml"))).cells, Cells{"number 1"});
  EXPECT_EQ(seen(testing::zip(with(0, "xl/workbook.xml", "\\xl\\workbook.xml"))).cells, Cells{"number 1"});
  Parts spaced = with(2, "worksheets/sheet1.xml", "worksheets/sheet%201.xml");
  spaced[3].first = "xl/worksheets/sheet 1.xml";
  EXPECT_EQ(seen(testing::zip(spaced)).cells, Cells{"number 1"});
  spaced[3].first = "xl/worksheets/sheet%201.xml";
  EXPECT_EQ(seen(testing::zip(spaced)).cells, Cells{"number 1"}) << "named with the escape";
  Parts slashed = book.parts();
  for (auto& [name, body] : slashed) name = "/" + name;
  EXPECT_EQ(seen(testing::zip(slashed)).cells, Cells{"number 1"});
}

TEST(Shapes, AMissingPartIsAFaultOnlyOfWhatNeedsIt) {
  Parts parts = row_of("<c><v>1</v></c>").parts();
  parts.erase(parts.begin() + 4, parts.end());   // no strings, no styles
  EXPECT_EQ(seen(testing::zip(parts)).cells, Cells{"number 1"});
  for (const char* needy : {"<c t=\"s\"><v>0</v></c>", "<c s=\"1\"><v>45107</v></c>"}) {
    Parts with = row_of(needy).parts();
    with.erase(with.begin() + 4, with.end());
    const auto read = read_workbook(testing::zip(with), "x.xlsx");
    ASSERT_FALSE(read) << needy;
    EXPECT_TRUE(read.error().is(errors::part_missing));
  }
}

TEST(Shapes, PartsMayBeInGb2312) {
  Parts parts = row_of("<c t=\"inlineStr\"><is><t>甲</t></is></c>").parts();
  for (const char* name : {"GB2312", "gbk", "GB18030"}) {
    Parts coded = parts;
    std::string& sheet = coded[3].second;
    sheet = replaced(replaced(sheet, "UTF-8", name), "甲", "\xBC\xD7");
    EXPECT_EQ(seen(testing::zip(coded)).cells, Cells{"text 甲"}) << name;
  }
  Parts wrong = parts;
  wrong[3].second = replaced(wrong[3].second, "UTF-8", "no-such-code");
  EXPECT_EQ(seen(testing::zip(wrong)).cells.front().substr(0, 7), "refused");
}

TEST(Shapes, ModulesOfOldMacrosAreNoSheets) {
  Parts parts = row_of("<c><v>1</v></c>").parts();
  parts[1].second = replaced(parts[1].second, "</sheets>",
                             "<sheet name=\"Module1\" sheetId=\"2\" state=\"veryHidden\" r:id=\"\"/></sheets>");
  const auto read = read_workbook(testing::zip(parts), "x.xlsx");
  ASSERT_TRUE(read) << read.error().text(Language::en);
  EXPECT_EQ(read->sheets.size(), 1u);
}

TEST(Shapes, AFaultInOneSheetSaysNothingOfTheOthers) {
  const std::pair<const char*, const ErrorKind*> seconds[] = {
      {"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>NaN</v></c></row></sheetData></worksheet>",
       &errors::cell_value},
      {"<worksheet><sheetData><row", &errors::xml_malformed},
      {"", &errors::part_missing}};
  for (const auto& [xml, kind] : seconds) {
    Parts parts = row_of("<c><v>1</v></c>").parts();
    parts[1].second =
        replaced(parts[1].second, "</sheets>", "<sheet name=\"旁\" sheetId=\"2\" r:id=\"rId9\"/></sheets>");
    if (*xml != '\0') {
      parts[2].second =
          replaced(parts[2].second, "</Relationships>",
                   "<Relationship Id=\"rId9\" Type=\"x/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>");
      parts.emplace_back("xl/worksheets/sheet2.xml", xml);
    }
    const auto read = read_workbook(testing::zip(parts), "x.xlsx");
    ASSERT_TRUE(read) << kind->name << read.error().text(Language::en);
    EXPECT_TRUE(read->sound(0));
    const auto other = read->sound(1);
    ASSERT_FALSE(other);
    EXPECT_TRUE(other.error().is(*kind)) << other.error().text(Language::en);
    EXPECT_EQ(read->sheets[1].sheet, "旁");
  }
}

TEST(Shapes, HugeNumbersAreNumbers) {
  EXPECT_EQ(seen(row_of("<c><v>1.5E+301</v></c><c><v>1e-400</v></c>").bytes()).cells,
            (Cells{"number 15" + std::string(300, '0'), "number 0"}));
}

TEST(Shapes, ControlCharactersAreRefusedWithTheirCell) {
  for (const char* text : {"_x0000_", "_x0001_", "_xFFFE_", "\x7F", "_x001B_[2J"}) {
    const auto read =
        read_workbook(row_of("<c t=\"inlineStr\"><is><t>甲" + std::string(text) + "</t></is></c>").bytes(), "x.xlsx");
    ASSERT_FALSE(read) << text;
    EXPECT_TRUE(read.error().is(errors::cell_control)) << read.error().text(Language::en);
    EXPECT_EQ(read.error().first().where.cell, "任务!A1");
  }
}

TEST(Shapes, OtherFormatsAreNamed) {
  const auto what = [](const std::string& bytes, const char* name) {
    const auto read = read_workbook(bytes, name);
    return read ? "read"
                : std::string(read.error().first().kind->name) + " " +
                      (read.error().first().arguments.size() > 1 ? read.error().first().arguments[1] : "");
  };
  EXPECT_EQ(what("<html><head></head><body><table><tr><td>编号</td></tr></table></body></html>", "a.xls"),
            "format_other a web page (HTML)");
  EXPECT_EQ(what("\xEF\xBB\xBF<!-- x -->\n<TABLE><tr>", "a.xls"), "format_other a web page (HTML)");
  EXPECT_EQ(what("<?xml version=\"1.0\"?>\n<Workbook>", "a.xls"),
            "format_other an XML file (such as an XML spreadsheet of 2003)");
  EXPECT_EQ(what("MIME-Version: 1.0\r\n", "a.xls"), "format_other a web page in one file (MHT)");
  EXPECT_EQ(
      what(testing::zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}}),
           "a.xlsx"),
      "format_other an OpenDocument file (such as .ods)");
  EXPECT_EQ(what(testing::zip({{"xl/workbook.bin", "x"}}), "a.xlsx"), "format_other a binary workbook (.xlsb)");
  EXPECT_EQ(what(testing::zip({{"word/document.xml", "<x/>"}}), "a.xlsx"), "format_other a text document (.docx)");
  EXPECT_EQ(what("<编号>,名称\n1,甲\n", "a.csv"), "read") << "a bracket is no web page";
}

}   // namespace
}   // namespace gangmu::sheet
