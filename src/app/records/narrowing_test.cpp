// SPDX-License-Identifier: Apache-2.0
// A register of the office goes to a narrower version: what can't follow is told record by record, and a map takes it
// along in the entry that publishes it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/records/proposals.hpp"
#include "app/records/test_kinds.hpp"
#include "record/errors.hpp"
#include "store/postgres_fixture.hpp"

namespace gangmu::app::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// 公厕: what differs from version to version.
std::string toilets(const std::string& name, const std::string& sort, const std::string& more = "",
                    const std::string& key = "") {
  return R"({"kind":{"id":"toilet","is":{"zh":"公厕","home":"county","title":["name"])" +
         (key.empty() ? "" : R"(,"key":[")" + key + "\"]") + R"(},"fields":[{"id":"name","type":"text","zh":"名称",)" +
         name + R"(},{"id":"place","type":"place","zh":"所在地"},{"id":"sort","type":"choice","zh":"类别","list":)" +
         sort + R"(},{"id":"seats","type":"number","zh":"蹲位"}])" + more +
         R"(},"owner":"市住建局","list_number":"2023-009"})";
}
const std::string wide = toilets(R"("max":80)", R"(["new","rebuilt","mobile"])"),
                  narrow = toilets(R"("max":8)", R"(["new","rebuilt"])", R"(,"map":{})"),
                  mapped = toilets(R"("max":8)", R"(["new","rebuilt"])",
                                   R"(,"map":{"codes":{"sort":{"mobile":"new"}},"fields":{"name":"'未命名公厕'"}})");

class Narrowing : public ::testing::TestWithParam<store::Engine> {
 protected:
  RegisterWorld world{GetParam() == store::Engine::postgres ? store::test::fresh_postgres_schema() : std::string()};
  Narrowing() {
    must(published(wide));
    for (int i = 1; i <= 30; ++i) {   // 12 can't follow: six by their name, six by their sort
      const bool long_name = i <= 6, mobile = i > 6 && i <= 12;
      ids.push_back(world.entered(
          "toilet", R"({"name":")" + std::string(long_name ? "桥头村集贸市场东侧公厕" : "公厕") + std::to_string(i) +
                        R"(","place":")" + (i % 2 == 0 ? "990101101000" : "990102101000") + R"(","sort":")" +
                        (mobile ? "mobile" : "new") + R"(","seats":"4"})"));
    }
  }
  Result<Told> published(const std::string& body) { return world.tried(publish_register, world.call("", body)); }
  Json checked(const std::string& body) { return world.ask(check_register, world.call("toilet", body)).json; }
  std::string field(const std::string& id, const char* name) { return world.shown(id)["fields"][name].canonical(); }
  std::vector<std::string> ids;
};

TEST_P(Narrowing, EachRecordThatCanNotFollowIsTold) {
  const std::int64_t before = world.store().view()->seq.value;
  const Json told = checked(narrow);
  EXPECT_EQ(told["may_publish"], Json(false));
  EXPECT_EQ(told["records"].integer_or(0), 30);
  ASSERT_EQ(told["unplaced"].integer_or(0), 12);
  EXPECT_EQ(told["version"].integer_or(0), 2);
  const Json& first = told["items"].array()->front();
  EXPECT_EQ(first["field"].string_or("") + " " + first["zh"].string_or("") + " " + first["map"].string_or(""),
            "name 名称 fields.name");
  EXPECT_THAT(first["value"].string_or(""), HasSubstr("桥头村集贸市场东侧公厕"));
  EXPECT_THAT(first["why_en"].string_or(""), HasSubstr("8 characters at most"));
  EXPECT_EQ(world.store().view()->seq.value, before) << "nothing is written";

  const auto refused = published(narrow);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().all().size(), 12u);
  EXPECT_TRUE(refused.error().is(record::errors::unplaced));
  EXPECT_EQ(world.ask(register_kind, world.call("toilet"))["version"].integer_or(0), 1) << "nothing moves";
  const Json without = checked(toilets(R"("max":8)", R"(["new","rebuilt"])"));
  EXPECT_EQ(without["may_publish"], Json(false)) << "a version that narrows says so by a map";
  EXPECT_EQ(without["unplaced"].integer_or(0), 12);
  EXPECT_TRUE(published(toilets(R"("max":8)", R"(["new","rebuilt"])")).error().is(record::errors::narrowing));
}

TEST_P(Narrowing, AMapTakesThemAlongInOneEntry) {
  EXPECT_EQ(checked(mapped)["may_publish"], Json(true));
  EXPECT_EQ(checked(mapped)["moving"].integer_or(0), 12);
  const std::int64_t before = world.store().view()->seq.value;
  const Json done = must(published(mapped)).json;
  EXPECT_EQ(done["version"].integer_or(0), 2);
  EXPECT_EQ(done["moved"].integer_or(0), 12);
  EXPECT_EQ(world.store().view()->seq.value, before + 1);
  EXPECT_EQ(field(ids[0], "name"), R"("未命名公厕")");
  EXPECT_EQ(field(ids[6], "sort"), R"("new")");
  EXPECT_EQ(field(ids[20], "name"), R"("公厕21")") << "what fits stays";
  const Json event = world.shown(ids[0])["history"].array()->front();
  EXPECT_EQ(event["step"].string_or("") + event["reason"].string_or(""), "out-migrate台账类型第 2 版");
  EXPECT_EQ(world.shown(ids[20])["history"].array()->size(), 1u);
  EXPECT_TRUE(world.store().verify()) << "replay runs no rule";
  world.restart();
  EXPECT_EQ(field(ids[0], "name"), R"("未命名公厕")");
  EXPECT_EQ(world.ask(register_kind, world.call("toilet"))["version"].integer_or(0), 2);
}

TEST_P(Narrowing, TwoThatAreAlikeInANewKeyAreTold) {
  world.entered("toilet", R"({"name":"公厕14","place":"990101101000"})");
  const std::string keyed = toilets(R"("max":80)", R"(["new","rebuilt","mobile"])", R"(,"map":{})", "name");
  const Json told = checked(keyed);
  ASSERT_EQ(told["unplaced"].integer_or(0), 1);
  EXPECT_EQ(told["items"].array()->front()["like"].string_or(""), ids[13]);
  EXPECT_TRUE(published(keyed).error().is(record::errors::unplaced_key));
}

TEST_P(Narrowing, WhatNeverCanBeStaysRefused) {
  const std::string other = R"({"kind":{"id":"toilet","is":{"zh":"公厕","home":"county","title":["name"]},"fields":[
      {"id":"name","type":"text"},{"id":"place","type":"place"},{"id":"seats","type":"text"}],"map":{}}})";
  const Json told = checked(other);
  EXPECT_EQ(told["may_publish"], Json(false));
  EXPECT_THAT(told["changes"].canonical(), HasSubstr("never"));
  EXPECT_TRUE(published(other).error().is(record::errors::never_so));
}

INSTANTIATE_TEST_SUITE_P(Engines, Narrowing, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) { return one.param == store::Engine::sqlite ? "Sqlite" : "Postgres"; });

}   // namespace
}   // namespace gangmu::app::test
