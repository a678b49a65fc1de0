// SPDX-License-Identifier: Apache-2.0
#include "sheet/secrecy_mark.hpp"

#include <gtest/gtest.h>

#include "sheet/csv.hpp"
#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::sheet {
namespace {

using testing::Book;

TEST(SecrecyMark, IsKnownInEveryFormDocumentsGiveIt) {
  for (const char* text :
       {"秘密★", "机密★10年", "绝密★长期", "绝密★启用前", "秘 密 ★ 1 年", "机　密　★", "密级：机密★5年", "秘密☆",
        "秘密⭐", "机密✩6个月", "机密\n★", "关于某事的报告 秘密★三年", "秘密*1年", "机密＊十年", "工作秘密★", "機密★",
        "秘密\xEF\xB8\x8F★\xEF\xB8\x8F", "秘\xE2\x80\x8B密★"})
    EXPECT_TRUE(bears_secrecy_mark(text)) << text;
}

TEST(SecrecyMark, WordsAndRatingsBearNone) {
  for (const char* text :
       {"", "秘密", "保守国家秘密", "机密文件管理", "是否涉密*", "是否涉及商业秘密*", "商业秘密★10年", "保守秘密★★★★☆",
        "★秘密", "秘密、★", "密★", "秘密一般", "严格保密★重点", "★★★"})
    EXPECT_FALSE(bears_secrecy_mark(text)) << text;
}

std::string outcome(const std::string& bytes, const std::string& name = "台账.xlsx") {
  const auto read = read_workbook(bytes, name);
  return read ? "read" : std::string(read.error().first().kind->name) + read.error().first().where.text();
}

std::string cells(const std::string& inside) {
  return "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>" + inside;
}

std::string inline_cell(const std::string& ref, const std::string& text) {
  return "<c r=\"" + ref + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

TEST(SecrecyMark, RefusesAWorkbookWhereverItStands) {
  Book plain;
  plain.sheet =
      "<sheetData><row r=\"1\">" + inline_cell("A1", "保守秘密") + inline_cell("B1", "★★★") + "</row></sheetData>";
  EXPECT_EQ(outcome(plain.bytes()), "read");
  EXPECT_EQ(outcome(plain.bytes(), "机密★台账.xlsx"), "secrecy_mark") << "in the file's name";

  Book book;
  book.sheet = "<sheetData><row r=\"1\">" + inline_cell("A1", "秘密★1年") + "</row></sheetData>";
  EXPECT_EQ(outcome(book.bytes()), "secrecy_mark") << "in a cell";
  book.sheet =
      "<sheetData><row r=\"1\">" + inline_cell("A1", "机密") + inline_cell("C1", "★10年") + "</row></sheetData>";
  EXPECT_EQ(outcome(book.bytes()), "secrecy_mark") << "in two cells";
  book.sheet =
      cells("<headerFooter><oddHeader>&amp;L&amp;\"黑体,常规\"&amp;16机密&amp;B★&amp;R1</oddHeader></headerFooter>");
  EXPECT_EQ(outcome(book.bytes()), "secrecy_mark") << "in a header";
  book.sheet = cells("<headerFooter><evenFooter>绝 密 ★</evenFooter></headerFooter>");
  EXPECT_EQ(outcome(book.bytes()), "secrecy_mark") << "in a footer";
  book.sheet = cells("");
  book.strings = "<si><r><t>秘密</t></r><r><rPr><b/></rPr><t>★</t></r></si>";
  EXPECT_EQ(outcome(book.bytes()), "secrecy_mark") << "in a shared string no cell uses";
}

TEST(SecrecyMark, RefusesAWorkbookThatBearsItBesideItsCells) {
  const std::pair<const char*, const char*> parts[] = {
      {"docProps/core.xml",
       "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>机密★</dc:title></cp:coreProperties>"},
      {"docProps/custom.xml",
       "<Properties xmlns=\"p\"><property name=\"密级\"><v>秘密★3年</v></property></Properties>"},
      {"xl/drawings/drawing1.xml",
       "<d xmlns:a=\"a\"><a:p><a:r><a:rPr "
       "b=\"1\"><a:ea/></a:rPr><a:t>绝密</a:t></a:r><a:r><a:rPr/><a:t>★</a:t></a:r></a:p></d>"},
      {"xl/comments1.xml", "<comments><comment><text><r><t>机 密 ★</t></r></text></comment></comments>"}};
  for (const auto& [name, xml] : parts) {
    Book book;
    book.sheet = cells("");
    book.more = {{name, xml}};
    EXPECT_EQ(outcome(book.bytes()), "secrecy_mark") << name;
    book.more = {{name, "<broken>秘密"}};
    EXPECT_EQ(outcome(book.bytes()), "read") << name << ": a fault where no cell is read";
  }
  auto renamed = Book{.sheet = cells(""), .strings = {}, .styles = {}, .properties = {}, .more = {}}.parts();
  std::string& list = renamed[1].second;
  list.replace(list.find("任务"), 6, "机密★10年");
  EXPECT_EQ(outcome(testing::zip(renamed)), "secrecy_mark") << "in a tab's name";
}

TEST(SecrecyMark, IsSeenInAFaultySheet) {
  Book book;
  book.sheet = "<sheetData><row r=\"1\">" + inline_cell("A1", "秘密★") + "<c r=\"B1\"><v>x</v></c></row></x>";
  EXPECT_EQ(outcome(book.bytes()), "secrecy_mark");
}

TEST(SecrecyMark, RefusesTextFiles) {
  EXPECT_EQ(outcome("机密★,\n序号,任务\n", "a.csv"), "secrecy_mark");
  EXPECT_EQ(outcome("\xBB\xFA\xC3\xDC\xA1\xEF,a\n", "a.csv"), "secrecy_mark") << "in GB18030";
  EXPECT_EQ(outcome("秘密,★\n1,2\n", "a.csv"), "secrecy_mark");
  EXPECT_EQ(outcome("序号,保守秘密\n1,★★★\n", "a.csv"), "read");
}

TEST(SecrecyMark, TellsThePersonWhatToDoAndNothingOfTheFile) {
  const auto read = read_workbook("机密★,某项工作\n", "某文件.csv");
  ASSERT_FALSE(read);
  const std::string zh = read.error().text(Language::zh);
  EXPECT_NE(zh.find("请立即停止传输，并向本单位保密机构报告"), std::string::npos);
  EXPECT_EQ(zh.find("某"), std::string::npos);
}

}   // namespace
}   // namespace gangmu::sheet
