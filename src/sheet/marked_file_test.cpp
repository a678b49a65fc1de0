// SPDX-License-Identifier: Apache-2.0
#include "sheet/marked_file.hpp"

#include <gtest/gtest.h>

#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"

namespace gangmu::sheet {
namespace {

bool refused(const std::string& bytes, const std::string& name) {
  const Status status = refuse_marked_file(bytes, name);
  if (status) return false;
  EXPECT_TRUE(status.error().is(errors::secrecy_mark));
  EXPECT_EQ(status.error().first().where.text(), "") << "nothing is said of what it is called";
  return true;
}

TEST(MarkedFile, OfWhateverKindIsRefused) {
  EXPECT_TRUE(refused("a\n", "机密★名单.csv")) << "its name";
  EXPECT_TRUE(refused("a\n", "plan/绝密★/a.csv")) << "a folder's name";
  EXPECT_TRUE(refused("a,b\n1,秘密★3年\n", "a.csv"));
  EXPECT_TRUE(refused("a,b\n机密,★\n", "a.csv")) << "in two cells";
  EXPECT_TRUE(refused("a,b\n\"x\n机密\",★\n\"open", "a.csv") || refused("a\n机密★\n\"open", "a.csv"))
      << "also where the rest is faulty";
  EXPECT_TRUE(refused("# 机密★10年\n\nabc\n", "README.md"));
  EXPECT_TRUE(refused("id: x\nnote: 绝密 ★\n", "programme.yaml"));
  EXPECT_TRUE(refused("a\n\xBB\xFA\xC3\xDC\xA1\xEF\n", "a.csv")) << "GB18030";
  EXPECT_TRUE(refused(R"({"a":["\u673a\u5bc6\u2605"]})", "boundaries.geojson"));
  EXPECT_TRUE(refused(R"({"a":"机密★"})", "a.json"));
  testing::Book book;
  book.sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>秘密★</t></is></c></row></sheetData>";
  EXPECT_TRUE(refused(book.bytes(), "a.xlsx"));
  const std::string document =
      "<w:document "
      "xmlns:w=\"w\"><w:body><w:p><w:r><w:t>机密</w:t></w:r><w:r><w:t>★</w:t></w:r></w:p></w:body></w:document>";
  EXPECT_TRUE(refused(testing::zip({{"word/document.xml", document}}, 0), "a.docx"));
}

TEST(MarkedFile, OthersAreLetBe) {
  EXPECT_FALSE(refused("a,b\n保守国家秘密,1\n秘密一般,★★★\n", "a.csv"));
  EXPECT_FALSE(refused(std::string("\x89PNG\x00\x01", 6), "a.png"));
  EXPECT_FALSE(refused("", "a.csv"));
  EXPECT_FALSE(refused("PK broken", "a.zip"));
  EXPECT_FALSE(refused("{broken", "a.json"));
  testing::Book book;
  book.sheet = "<sheetData/>";
  EXPECT_FALSE(refused(book.bytes(), "a.xlsx"));
}

}   // namespace
}   // namespace gangmu::sheet
