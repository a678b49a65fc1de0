// SPDX-License-Identifier: Apache-2.0
// Files an import refuses or reads in part: a fault in another sheet, a secrecy mark.
#include "app/imports.hpp"
#include "app/test_world.hpp"
#include "sheet/errors.hpp"
#include "sheet/test_book.hpp"

namespace gangmu::app::test {
namespace {

const std::vector<std::string> rows{"序号|行动|工作任务|牵头单位|完成时限", "1|县域|建成产业园|市发改局|2023年6月底前",
                                    "2|县域|改造老旧小区|市住建局|2023-06-16"};

Result<Reply> uploaded(World& world, const std::string& bytes, const std::string& name = "台账.xlsx",
                       const std::string& sheet = "") {
  Call call = world.call("", bytes);
  call.query = {{"name", name}, {"sheet", sheet}};
  return read_import(world.service(), call);
}

Error refused(Result<Reply> reply) {
  if (reply) throw std::runtime_error("not refused: " + reply->body);
  return std::move(reply).error();
}

using Parts = std::vector<std::pair<std::string, std::string>>;

/// A ledger of one task, part by part.
Parts ledger_parts() {
  const auto cells = [](const std::string& row, const std::vector<std::string>& texts) {
    std::string out = "<row r=\"" + row + "\">";
    for (std::size_t c = 0; c < texts.size(); ++c)
      out += "<c r=\"" + column_letters(c) + row + "\" t=\"inlineStr\"><is><t>" + texts[c] + "</t></is></c>";
    return out + "</row>";
  };
  sheet::testing::Book book;
  book.sheet = "<sheetData>" + cells("1", {"序号", "工作任务", "牵头单位", "完成时限"}) +
               cells("2", {"1", "建成产业园", "市发改局", "2023年6月底前"}) + "</sheetData>";
  return book.parts();
}

/// The ledger of a workbook with a second sheet, whose XML is given; `first` tells which stands first among the tabs.
std::string beside(const std::string& second, bool first) {
  Parts parts = ledger_parts();
  const std::string tab = "<sheet name=\"旁表\" sheetId=\"2\" r:id=\"rId9\"/>";
  std::string& list = parts[1].second;
  list.insert(list.find(first ? "<sheet name" : "</sheets>"), tab);
  std::string& relations = parts[2].second;
  relations.insert(relations.find("</Relationships>"),
                   "<Relationship Id=\"rId9\" Type=\"x/worksheet\" Target=\"worksheets/sheet2.xml\"/>");
  parts.emplace_back("xl/worksheets/sheet2.xml", second);
  return sheet::testing::zip(parts);
}

TEST(ImportFile, AFaultInASheetThatIsNotReadIsNoMatter) {
  World world;
  const std::string faulty =
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>NaN</v></c></row></sheetData></worksheet>";
  for (const std::string& xml : {faulty, std::string("<worksheet><broken")}) {
    for (const bool first : {true, false}) {
      const Told import = told(uploaded(world, beside(xml, first)));
      EXPECT_EQ(import.reply.status, 201) << import.reply.body;
      EXPECT_EQ(import["sheet"], Json("任务"));
      EXPECT_EQ(import["counts"]["tasks"], Json(1));
    }
  }
  EXPECT_TRUE(refused(uploaded(world, beside(faulty, false), "台账.xlsx", "旁表")).is(sheet::errors::cell_value));
}

TEST(ImportFile, AFaultInTheLedgerIsNotPassedOverForAnotherSheet) {
  World world;
  Parts parts = ledger_parts();
  std::string& sheet = parts[3].second;
  sheet.insert(sheet.find("</sheetData>"), "<row r=\"3\"><c r=\"A3\"><v>NaN</v></c></row>");
  EXPECT_TRUE(refused(uploaded(world, sheet::testing::zip(parts))).is(sheet::errors::cell_value));
}

TEST(ImportFile, AFileWithASecrecyMarkIsRefusedAndNothingOfItIsKept) {
  World world;
  const auto before = told(imports(world.service(), world.call())).reply.seq;
  std::vector<std::string> marked = rows;
  marked[1] = "1|县域|秘密★ 某项工作|市发改局|2023年6月底前";
  const std::pair<std::string, std::string> files[] = {{ledger("任务台账", marked), "台账.xlsx"},
                                                       {ledger("机密★", rows), "台账.xlsx"},
                                                       {ledger("任务台账", rows), "绝密★台账.xlsx"},
                                                       {"机密★长期\n序号,工作任务\n1,某项工作\n", "台账.csv"}};
  for (const auto& [bytes, name] : files) {
    const Error error = refused(uploaded(world, bytes, name));
    EXPECT_TRUE(error.is(sheet::errors::secrecy_mark)) << error.text(Language::en);
    EXPECT_EQ(error.first().where, Position{}) << "neither a name nor a place in the file is told";
    EXPECT_NE(error.text(Language::zh).find("请立即停止传输，并向本单位保密机构报告"), std::string::npos);
  }
  const Told after = told(imports(world.service(), world.call()));
  EXPECT_EQ(after["items"].array()->size(), 0U);
  EXPECT_EQ(after.reply.seq, before) << "no entry of the journal";
}

}   // namespace
}   // namespace gangmu::app::test
