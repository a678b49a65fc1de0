// SPDX-License-Identifier: Apache-2.0
// Files made to do harm (promise: no crash, bounded memory, a named refusal). The seeds are fixed, so a failure
// repeats.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"
#include "sheet/workbook.hpp"
#include "sheet/xlsx_writer.hpp"

namespace gangmu::sheet {
namespace {

using testing::Book;
using testing::zip;

std::string inline_cell(const std::string& ref) { return "<c r=\"" + ref + "\" t=\"inlineStr\"><is><t>x</t></is></c>"; }

/// The kind of the refusal, and the limit it names.
std::string refusal(const std::string& bytes, const Limits& limits = {}) {
  const auto read = read_workbook(bytes, "坏.xlsx", limits);
  if (read) return "accepted";
  const Diagnostic& first = read.error().first();
  return std::string(first.kind->name) + (first.is(errors::limit_exceeded) ? ": " + first.arguments[3] : "");
}

TEST(Hostile, PathNames) {
  for (const char* name : {"../../etc/passwd", "/etc/passwd", "C:/windows/x", "xl/../../x", "..\\x"}) {
    Book book;
    book.more = {{name, "x"}};
    EXPECT_EQ(refusal(book.bytes()), "archive_path") << name;
  }
}

TEST(Hostile, ZipBombs) {
  Book book;
  book.sheet = "<sheetData>" + std::string(2u << 20, ' ') + "</sheetData>";
  EXPECT_EQ(refusal(book.bytes()), "limit_exceeded: compression ratio");
  Limits small;
  small.inflated_bytes = 1u << 20;
  small.inflated_ratio = 1'000'000;
  EXPECT_EQ(refusal(book.bytes(), small), "limit_exceeded: bytes after unpacking");
  small = {};
  small.archive_entries = 3;
  EXPECT_EQ(refusal(Book{}.bytes(), small), "limit_exceeded: files inside the archive");
}

TEST(Hostile, SizesThatLie) {
  Book book;
  book.sheet = "<sheetData>" + std::string(2u << 20, ' ') + "</sheetData>";
  std::string bytes = book.bytes();
  // Every "uncompressed size" of the directory says 100 bytes; the real stream is still held to the limits.
  for (auto at = bytes.find("PK\x01\x02"); at != std::string::npos; at = bytes.find("PK\x01\x02", at + 4)) {
    bytes.replace(at + 24, 4, std::string("\x64\0\0\0", 4));
  }
  const std::string what = refusal(bytes);
  EXPECT_TRUE(what == "archive_damaged" || what == "limit_exceeded: compression ratio") << what;
}

TEST(Hostile, EntitiesAndDoctypes) {
  auto parts = Book{}.parts();
  std::string bomb = "<!DOCTYPE lolz [<!ENTITY a \"ha\">";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  parts[3].second = bomb + "]><worksheet><sheetData>&j;</sheetData></worksheet>";
  EXPECT_EQ(refusal(zip(parts)), "xml_doctype");
  parts[3].second = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>";
  EXPECT_EQ(refusal(zip(parts)), "xml_doctype");
  parts[3].second = "<worksheet>&undeclared;</worksheet>";
  EXPECT_EQ(refusal(zip(parts)), "xml_malformed");
}

TEST(Hostile, DeepNestingAndWideSheets) {
  Book book;
  for (int i = 0; i < 100'000; ++i) book.sheet += "<a>";
  Limits loose;
  loose.inflated_ratio = 1'000'000;
  EXPECT_EQ(refusal(book.bytes(), loose), "limit_exceeded: nesting of XML");

  book.sheet = "<sheetData><row r=\"1\">";
  for (int i = 0; i < 1'000'000; ++i) book.sheet += "<c><v>1</v></c>";
  book.sheet += "</row></sheetData>";
  EXPECT_EQ(refusal(book.bytes(), loose), "limit_exceeded: columns");

  book.sheet = "<sheetData><row r=\"300000\">" + inline_cell("A300000") + "</row></sheetData>";
  EXPECT_EQ(refusal(book.bytes()), "limit_exceeded: rows");
}

TEST(Hostile, MemoryIsBoundedBeforeItIsTaken) {
  // One far cell a row makes a thousand blanks each.
  Limits loose;
  loose.inflated_ratio = 1'000'000;
  loose.cells = 200'000;
  loose.text_bytes = 10u << 20;
  Book book;
  book.sheet = "<sheetData>";
  for (int r = 1; r <= 400; ++r) {
    const std::string row = std::to_string(r);
    book.sheet += "<row r=\"" + row + "\">" + inline_cell("ALJ" + row) + "</row>";
  }
  book.sheet += "</sheetData>";
  EXPECT_EQ(refusal(book.bytes(), loose), "limit_exceeded: cells");

  // One long shared string used everywhere.
  book.strings = "<si><t>" + std::string(100'000, 'x') + "</t></si>";
  book.sheet = "<sheetData>";
  for (int r = 1; r <= 400; ++r) book.sheet += "<row><c t=\"s\"><v>0</v></c></row>";
  book.sheet += "</sheetData>";
  EXPECT_EQ(refusal(book.bytes(), loose), "limit_exceeded: bytes of text");

  // Merged ranges laid over one another a hundred times.
  book = {};
  book.sheet = "<sheetData><row r=\"1\">" + inline_cell("A1") + "</row><row r=\"1000\">" + inline_cell("CV1000") +
               "</row></sheetData><mergeCells>";
  for (int i = 0; i < 100; ++i) book.sheet += "<mergeCell ref=\"A1:CV1000\"/>";
  book.sheet += "</mergeCells>";
  EXPECT_EQ(refusal(book.bytes(), loose), "limit_exceeded: cells");
}

TEST(Hostile, MalformedXmlNamesTheCell) {
  Book book;
  book.sheet = "<sheetData><row r=\"4\"><c r=\"C4\"><v>1</v></x></row></sheetData>";
  const auto read = read_workbook(book.bytes(), "坏.xlsx");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().first().where.text(), "坏.xlsx[任务!C4]");
}

/// A real workbook from a real writer.
std::string real_workbook() {
  Worksheet sheet;
  sheet.name = "任务台账";
  sheet.rows.push_back({RowRole::title, {"示例市任务台账"}});
  sheet.rows.push_back({RowRole::header, {"序号", "任务", "时限"}});
  for (int i = 1; i <= 40; ++i) {
    sheet.rows.push_back({RowRole::body, {Decimal(i, 0), "任务" + std::to_string(i), Date{19'000 + i}}});
  }
  return write_xlsx({sheet}, {}).value();
}

TEST(Hostile, TruncatedAndFlippedWorkbooksAreRefusedOrRead) {
  const std::string whole = real_workbook();
  Random random(2'023);
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    const auto cut = static_cast<std::size_t>(random.below(whole.size()));
    refused += read_workbook(whole.substr(0, cut), "断.xlsx").has_value() ? 0 : 1;
  }
  EXPECT_EQ(refused, 100) << "a workbook cut short never passes for a whole one";
  for (int i = 0; i < 100; ++i) {
    std::string bytes = whole;
    for (int flips = 0; flips < 1 + i % 4; ++flips) {
      bytes[static_cast<std::size_t>(random.below(bytes.size()))] ^= static_cast<char>(1u << random.below(8));
    }
    const auto read = read_workbook(bytes, "翻.xlsx");
    if (!read) { EXPECT_FALSE(read.error().text(Language::zh).empty()); }
  }
}

TEST(Hostile, MangledXmlInsideASoundArchive) {
  auto parts = Book{}.parts();
  parts[3].second = "<worksheet><cols><col min=\"1\" max=\"9\" width=\"9\"/></cols><sheetData><row r=\"1\">" +
                    inline_cell("A1") +
                    "<c r=\"B1\" s=\"1\"><v>45107</v></c></row></sheetData><mergeCells><mergeCell "
                    "ref=\"A1:B2\"/></mergeCells></worksheet>";
  const std::string sound = parts[3].second;
  Random random(7);
  for (int i = 0; i < 200; ++i) {
    std::string xml = sound;
    const auto at = static_cast<std::size_t>(random.below(xml.size()));
    if (i % 3 == 0) xml.erase(at, static_cast<std::size_t>(random.below(20)));
    if (i % 3 == 1) xml.insert(at, xml.substr(static_cast<std::size_t>(random.below(xml.size())), 30));
    if (i % 3 == 2) xml[at] = static_cast<char>(random.below(256));
    parts[3].second = xml;
    const auto read = read_workbook(zip(parts, 0), "乱.xlsx");
    if (!read) { EXPECT_FALSE(read.error().all().empty()); }
  }
}

}   // namespace
}   // namespace gangmu::sheet
