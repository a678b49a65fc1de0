// SPDX-License-Identifier: Apache-2.0
// docs/adding-a-noun.md: the noun of that page is loaded as it stands there and walked through; its lines of program
// are those of the house.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/files/files.hpp"
#include "app/persons.hpp"
#include "app/records/test_kinds.hpp"
#include "base/text.hpp"
#include "sheet/workbook.hpp"
#include "store/records.hpp"

namespace gangmu::app::test {
namespace {

std::string source(const std::string& path) {
  std::ifstream file(GANGMU_SOURCE_DIR "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> blocks(const std::string& language) {
  const std::string document = source("docs/adding-a-noun.md"), fence = "```" + language + "\n";
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = document.find(fence, at)) != std::string::npos;) {
    at += fence.size();
    const std::size_t end = document.find("```", at);
    out.push_back(document.substr(at, end - at));
    at = end;
  }
  return out;
}

Json body(const std::string& yaml, record::Declares what) {
  const auto read = must(pack::read_yaml(yaml, "adding-a-noun.yaml"));
  Diagnostics faults;
  Json out = record::body_of(
                 read.value, what, [&](std::string_view at) { return read.at(at); }, faults)
                 .value;
  if (!faults.empty()) throw std::runtime_error(Error(faults).text(Language::en));
  return out;
}

void publish_indicator(store::Store& store) {
  must(store.write({.home = PlaceId{1},
                    .actor = "test",
                    .act = "load",
                    .request_key = {},
                    .command = {},
                    .run = [](store::Tx& tx) -> Result<Json> {
                      Json indicator(Json::Object{});
                      indicator.set("id", "letters.signed");
                      indicator.set("name_zh", "签订责任书数");
                      TRY(store::definitions::publish(tx, "indicator", "letters.signed",
                                                      must(Date::parse("2020-01-01")), indicator));
                      return Json();
                    }}));
}

TEST(AddingANoun, TheLetterOfDutyIsLoadedAndWalkedThrough) {
  RegisterWorld world;
  const auto yaml = blocks("yaml");
  ASSERT_EQ(yaml.size(), 2U) << "a kind and its flow, in a file each";
  int lines = 0;
  for (const std::string& one : yaml) lines += static_cast<int>(text::split(one, '\n').size());
  EXPECT_LE(lines, 60);
  publish_indicator(world.store());
  Json both;
  both.set("kinds", Json(Json::Array{body(yaml[0], record::Declares::kind)}));
  both.set("flows", Json(Json::Array{body(yaml[1], record::Declares::flow)}));
  publish_kinds(world.store(), both);
  world.ask(open_register, world.call("duty_letter", R"({"owner":"市指挥部办公室","list_number":"2023-007"})"));

  const std::string bridge = world.entered("project", R"({"name":"示例桥","place":"990101101000"})");
  const std::string id =
      world.entered("duty_letter", R"({"name":"甲01镇责任书","year":"2023","place":"990101101000","project":")" +
                                       bridge + R"(","promise":"年底前建成示例桥"})");
  Json shown = world.shown(id);
  EXPECT_EQ(shown["no"], Json("ZR2023-0001"));
  EXPECT_EQ(shown["state"], Json("drafted"));
  EXPECT_EQ(shown["clocks"].array()->size(), 1U);
  EXPECT_EQ(shown["fields"]["project"]["title"], Json("示例桥"));

  EXPECT_FALSE(world.step(id, "sign")) << "a signed copy is wanted";
  Call upload = world.call({}, "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
  upload.query["name"] = "signed.pdf";
  const std::string digest = world.ask(upload_file, upload)["digest"].string_or("");
  must(world.step(id, "sign", R"({"signer":"李四","scan":{"digest":")" + digest + R"(","name":"signed.pdf"}})"));
  shown = world.shown(id);
  EXPECT_EQ(shown["state"], Json("signed"));
  EXPECT_EQ(shown["fields"]["scan"]["name"], Json("signed.pdf"));
  EXPECT_EQ(shown["fields"]["signer"]["hidden"], Json(std::string(hidden_person)));
  EXPECT_EQ(shown["clocks"].array()->front()["id"], Json("duty"));
  const auto tallied = must(world.store().read([&](store::Database& database) {
    return store::records::tallied(database, PlaceId{2}, "letters.signed", PlaceId{3}, "20230614",
                                   world.store().view()->seq);
  }));
  EXPECT_EQ(tallied.size(), 1U);

  must(world.step(id, "report", R"({"report":"已完成桩基"})"));
  must(world.step(id, "return", R"({"reason":"未写投资完成情况"})"));
  must(world.step(id, "report", R"({"report":"已完成桩基，投资300万元"})"));
  must(world.step(id, "close"));
  EXPECT_EQ(world.shown(id)["state"], Json("closed"));
  EXPECT_EQ(world.shown(id)["history"].array()->size(), 6U);

  Call list = world.call("duty_letter");
  EXPECT_EQ(world.ask(records, list)["total"], Json(1));
  list.as_xlsx = true;
  const auto cells = lines_of(must(records(world.service(), list)).body);
  EXPECT_THAT(text::join(cells, "\n"), ::testing::HasSubstr("甲01镇责任书"));
  EXPECT_THAT(text::join(cells, "\n"), ::testing::Not(::testing::HasSubstr("李四")));
  must(world.store().verify());
}

TEST(AddingANoun, ItsLinesOfProgramAreThoseOfTheHouse) {
  const std::string house = source("src/plan/task_kind.cpp");
  const auto program = blocks("cpp");
  ASSERT_EQ(program.size(), 2U);
  for (const std::string& one : program) EXPECT_NE(house.find(one), std::string::npos) << one;
}

}   // namespace
}   // namespace gangmu::app::test
