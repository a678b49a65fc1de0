// SPDX-License-Identifier: Apache-2.0
#include "sheet/csv.hpp"

#include <gtest/gtest.h>

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
      {std::string("\xFE\xFF\0a\0\0", 6), &errors::text_nul, "x.csv"},
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
