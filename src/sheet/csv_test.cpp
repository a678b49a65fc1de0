// SPDX-License-Identifier: Apache-2.0
#include "sheet/csv.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "sheet/errors.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::sheet {
namespace {

/// Rows as "a|b|c"; line breaks inside a cell as ⏎.
std::vector<std::string> rows_of(const Grid& grid) {
  std::vector<std::string> rows;
  for (const auto& cells : grid.rows) {
    std::string row;
    for (std::size_t c = 0; c < cells.size(); ++c) row += (c > 0 ? "|" : "") + cells[c].text;
    for (auto at = row.find('\n'); at != std::string::npos; at = row.find('\n')) row.replace(at, 1, "⏎");
    rows.push_back(row);
  }
  return rows;
}

using Rows = std::vector<std::string>;

/// UTF-16LE with BOM, for characters below U+10000.
std::string utf16(std::string_view text) {
  std::string out = "\xFF\xFE";
  for (const char32_t p : text::code_points(text)) {
    out += static_cast<char>(p & 0xFF);
    out += static_cast<char>(p >> 8);
  }
  return out;
}

std::string swapped(std::string bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) std::swap(bytes[i], bytes[i + 1]);
  return bytes;
}

TEST(Csv, ReadsWhatOfficesWrite) {
  const std::tuple<const char*, std::string, Rows> table[] = {
      {"LF", "序号,任务\n1,修路\n", {"序号|任务", "1|修路"}},
      {"no line break at the end", "a,b\n1,2", {"a|b", "1|2"}},
      {"CRLF and BOM",
       "\xEF\xBB\xBF"
       "a,b\r\n1,2\r\n",
       {"a|b", "1|2"}},
      {"CR alone", "a,b\r1,2\r", {"a|b", "1|2"}},
      {"quotes", "\"a,b\",\"说\"\"好\"\"\"\n", {"a,b|说\"好\""}},
      {"quoted line break", "\"第一行\r\n第二行\",x\n3,4\n", {"第一行⏎第二行|x", "3|4"}},
      {"blank cells", ",,\na,,c\n", {"", "a||c"}},
      {"blank line", "a\n\nb\n", {"a", "", "b"}},
      {"GB18030", "\xC8\xCE\xCE\xF1,\xB5\xA5\xCE\xBB\n", {"任务|单位"}},
      {"four-byte GB18030", "\x95\x32\x82\x36\xC8\xCE\n", {"𠀀任"}},
      {"UTF-16 with tabs",
       std::string("\xFF\xFE"
                   "a\0\t\0\xFB\x4E\n\0",
                   10),
       {"a|任"}},
      {"semicolons", "a;任;\"x;y\"\n1;2,5\n", {"a|任|x;y", "1|2,5"}},
      {"semicolons after a comma are text", "a,b;c\n", {"a|b;c"}},
      {"a tab and a line break inside quotes", "\"a\t\nb\",c\n", {"a\t⏎b|c"}},
      {"a quote inside an unquoted cell", "5\"管,b\n", {"5\"管|b"}},
      {"a title above semicolons", "任务台账\n编号;名称\n1;甲\n", {"任务台账", "编号|名称", "1|甲"}},
      {"a comma in a head between tabs", "序号\t任务,内容\n1\t修路\n2\t架桥\n", {"序号|任务,内容", "1|修路", "2|架桥"}},
      {"UTF-16 tabs below a title with a comma",
       utf16("甲,乙\n序号\t任务\n1\t修路\n"),
       {"甲,乙", "序号|任务", "1|修路"}},
      {"commas in every text between tabs", "a\tb,c\n1\t2,3\n", {"a|b,c", "1|2,3"}},
      {"tabs that keep digits in Excel", "编号,名称\n\t001,甲\n\t002,乙\n", {"编号|名称", "\t001|甲", "\t002|乙"}},
      {"commas of any number beside bars in each row",
       "甲|乙,1\n丙|丁,1,2\n戊|己,1,2,3\n",
       {"甲|乙|1", "丙|丁|1|2", "戊|己|1|2|3"}},
      {"bars", "编号|名称\n1|甲\n", {"编号|名称", "1|甲"}},
      {"sep=; is no row", "sep=;\na;b\n1;2,5\n", {"a|b", "1|2,5"}},
      {"sep=| is no row", "sep=|\r\na|b,c\r\n", {"a|b,c"}},
      {"sep=, quoted", "\"sep=,\"\na;b,c\n", {"a;b|c"}},
      {"sep= of several letters is text", "sep=ab,c\n", {"sep=ab|c"}},
      {"a lone CR inside quotes", "a,b\n\"甲\r乙\",1\n", {"a|b", "甲⏎乙|1"}},
      {"spaces around quotes", "a, \"b, c\" ,d\n", {"a|b, c|d"}},
      {"a space and no quote", "a, b\n", {"a| b"}},
      {"UTF-16LE without BOM", utf16("编号,名称\n1,甲\n").substr(2), {"编号|名称", "1|甲"}},
      {"UTF-16BE without BOM", swapped(utf16("编号\t名称\r\n1\t甲\r\n").substr(2)), {"编号|名称", "1|甲"}},
      {"the end mark of DOS", "\xC8\xCE\xCE\xF1,a\r\n1,2\r\n\x1A", {"任务|a", "1|2"}},
      {"western accents", "name,city\nJos\xE9 Ram\xEDrez,C\xF3rdoba\n", {"name|city", "José Ramírez|Córdoba"}},
  };
  for (const auto& [name, bytes, expected] : table) {
    const auto grid = read_csv(bytes, "x.csv");
    ASSERT_TRUE(grid) << name << ": " << grid.error().text(Language::en);
    EXPECT_EQ(rows_of(*grid), expected) << name;
  }
}

TEST(Csv, LineNumbersCountQuotedBreaks) {
  const auto grid = read_csv("a\n\"1\n2\n3\"\nb\n", "x.csv");
  ASSERT_TRUE(grid);
  EXPECT_EQ(grid->position(1, 0).text(), "x.csv:2");
  EXPECT_EQ(grid->position(2, 0).text(), "x.csv:5");
}

TEST(Csv, RefusalsNameThePlace) {
  const std::tuple<std::string, const ErrorKind*, const char*> table[] = {
      {"", &errors::file_empty, "x.csv"},
      {"a,b\n\"open,2\n3,4\n", &errors::csv_quote_open, "x.csv:2"},
      {"a\n\"b\"c\n", &errors::csv_quote_stray, "x.csv:2"},
      {std::string("a\0b\n", 4), &errors::text_nul, "x.csv"},
      {std::string("\xFE\xFF\0a\0\0", 6), &errors::text_nul, "x.csv:1"},
      {"a,b\n1,\x01\n", &errors::text_control, "x.csv:2"},
      {"a\x1A,b\n", &errors::text_control, "x.csv:1"},
      {"a\n\n\xEF\xBF\xBE\n", &errors::text_control, "x.csv:3"},
      {"a, \"b\" c\n", &errors::csv_quote_stray, "x.csv:1"},
      {"<html><table><tr><td>1,2", &errors::format_other, "x.csv"},
      {" \n<!DOCTYPE HTML PUBLIC>", &errors::format_other, "x.csv"},
      {"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", &errors::format_other, "x.csv"},
      {"MIME-Version: 1.0\nContent-Type: multipart/related", &errors::format_other, "x.csv"},
      {"ok,\xFF\xFF\xFF\n", &errors::text_encoding, "x.csv"},
  };
  for (const auto& [bytes, kind, where] : table) {
    const auto grid = read_csv(bytes, "x.csv");
    ASSERT_FALSE(grid) << bytes;
    EXPECT_TRUE(grid.error().is(*kind)) << grid.error().text(Language::en);
    EXPECT_EQ(grid.error().first().where.text(), where);
  }
}

TEST(Csv, AMillionColumnsAreRefusedByName) {
  const auto grid = read_csv("a,b\n" + std::string(999'999, ',') + "\n", "宽表.csv");
  ASSERT_FALSE(grid);
  EXPECT_TRUE(grid.error().is(errors::limit_exceeded));
  EXPECT_EQ(grid.error().first().arguments, (std::vector<std::string>{"列数", "1000000", "1024", "columns"}));
  EXPECT_EQ(grid.error().first().where.text(), "宽表.csv:2");
}

TEST(Csv, OtherLimits) {
  Limits small;
  small.rows = 2;
  EXPECT_EQ(read_csv("1\n2\n3\n", "x.csv", small).error().first().arguments[3], "rows");
  small = {};
  small.cell_bytes = 4;
  EXPECT_EQ(read_csv("12345\n", "x.csv", small).error().first().arguments[3], "bytes of one cell");
  small = {};
  small.cells = 5;
  EXPECT_EQ(read_csv("1,2\n3,4\n", "x.csv", small).error().first().arguments[3], "cells");
}

TEST(Csv, WorkbookTellsEncodingAndSeparator) {
  const auto book = read_workbook("\xC8\xCE\xCE\xF1\t\xB5\xA5\xCE\xBB\n", "台账.csv");
  ASSERT_TRUE(book);
  EXPECT_EQ(book->format, FileFormat::csv);
  EXPECT_EQ(book->encoding, "GB18030");
  ASSERT_EQ(book->notes.size(), 2u);
  EXPECT_EQ(book->notes[0].text(Language::zh), "文件按 GB18030 编码读入");
  EXPECT_TRUE(book->notes[1].is(errors::note_separator));
}

TEST(Csv, WritesTypesPlainlyAndGuardsOnlyText) {
  Worksheet sheet;
  sheet.rows.push_back({RowRole::header, {"名称", "值", "日"}});
  sheet.rows.push_back({RowRole::body, {"=1+1", Decimal(-32, 1), Date::parse("2023-06-30").value()}});
  sheet.rows.push_back({RowRole::body, {"含\"引号\",逗号", WorksheetCell(), "-3"}});
  EXPECT_EQ(write_csv(sheet), "名称,值,日\n=1+1,-3.2,2023-06-30\n\"含\"\"引号\"\",逗号\",,-3\n");
  EXPECT_EQ(write_csv(sheet, {.bom = true, .guard = true}),
            "\xEF\xBB\xBF名称,值,日\n'=1+1,-3.2,2023-06-30\n\"含\"\"引号\"\",逗号\",,'-3\n");
  std::string field;
  append_csv_field(field, std::string("甲\0乙", 7));
  EXPECT_EQ(field, "甲\xEF\xBF\xBD乙") << "what an old store holds is written so that it reads back";
  sheet.simulated = true;
  EXPECT_EQ(write_csv(sheet).substr(0, 12), "模拟数据");
}

TEST(Csv, WhatIsWrittenReadsBackTheSame) {
  Worksheet sheet;
  for (const char* text : {"平常", "a,b", "\"", "\"\"", "行\n行", " 空格 ", "=cmd", "'", "，全角"}) {
    sheet.rows.push_back({RowRole::body, {text, "末列"}});
  }
  const auto grid = read_csv(write_csv(sheet), "x.csv");
  ASSERT_TRUE(grid);
  ASSERT_EQ(grid->rows.size(), sheet.rows.size());
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    EXPECT_EQ(grid->at(r, 0).text, std::get<std::string>(sheet.rows[r].cells[0].value));
  }
}

}   // namespace
}   // namespace gangmu::sheet
