// SPDX-License-Identifier: Apache-2.0
// What waits for whom: a step that is theirs while a clock runs, and clocks that told them.
#include "app/todo.hpp"

#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/records/clocks.hpp"
#include "app/records/test_kinds.hpp"

namespace gangmu::app::test {
namespace {

class TodoTest : public ::testing::Test {
 protected:
  RegisterWorld world;
  Actor actor(const std::string& role, std::int64_t place, const std::string& line = {}) {
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
    access::Grant grant{.role = role, .place = PlaceId{place}, .line = line};
    return {.id = "u-" + role + std::to_string(place),
            .rights = access::Rights::of_account(roles, view->tree, {grant}, world.service().today()),
            .home = PlaceId{1}};
  }
  Actor county = actor("county_office", 2), other_county = actor("county_office", 5), town = actor("town_clerk", 3),
        bureau = actor("department", 5, "市水务局"), leader = actor("leader", 1);

  Json waiting(const Actor& who, std::map<std::string, std::string, std::less<>> query = {}) {
    Call call = world.call();
    call.actor = who;
    call.query = std::move(query);
    return world.ask(todo, call).json;
  }
  static std::string ids(const Json& answer) {
    std::string out;
    for (const Json& one : *answer["items"].array()) out += (out.empty() ? "" : " ") + one["id"].string_or("");
    return out;
  }
  std::string obstacle(const std::string& place, const std::string& answerer) {
    return world.entered("obstacle", R"({"text":"缺电","place":")" + place + R"(","answerer":")" + answerer + "\"}");
  }
};

TEST_F(TodoTest, AStepThatIsTheirsWaitsForThemUntilItIsTaken) {
  world.clock.set("2023-06-14");
  const std::string id = obstacle("990101101000", "unit:市水务局");
  const Json mine = waiting(bureau);
  EXPECT_EQ(mine["total"].integer_or(-1), 1);
  const Json& item = mine["items"].array()->front();
  EXPECT_EQ(item["id"].string_or(""), id);
  EXPECT_EQ(item["due"].string_or(""), "2023-06-20T00:00:00+08:00");
  EXPECT_EQ(item["late"].boolean_or(true), false);
  EXPECT_EQ(item["steps"].array()->size(), 2u) << "lift and answer";
  EXPECT_EQ(mine["kinds"].canonical(), R"([{"en":"Obstacle","id":"obstacle","total":1,"zh":"堵点"}])");
  EXPECT_EQ(waiting(county)["total"].integer_or(-1), 0) << "another answers";
  EXPECT_EQ(waiting(leader)["total"].integer_or(-1), 0) << "sees it, and may do nothing";
  must(world.step(id, "answer", R"({"reply":"在办","promised_on":"2023-07-01"})"));
  EXPECT_EQ(waiting(bureau)["total"].integer_or(-1), 0);
}

TEST_F(TodoTest, TheFirstDueStandsFirstAndPagesNeitherRepeatNorSkip) {
  std::vector<std::string> expected;
  for (int day = 10; day < 24; ++day) {
    world.clock.set("2023-06-" + std::to_string(day));
    const std::string id = obstacle(day % 2 == 0 ? "990101101000" : "990101102000", "unit:990101000000");
    expected.push_back(id);
  }
  std::string seen;
  std::map<std::string, std::string, std::less<>> query{{"limit", "5"}};
  for (int page = 0; page < 3; ++page) {
    const Json answer = waiting(county, query);
    EXPECT_EQ(answer["total"].integer_or(-1), 14);
    EXPECT_EQ(answer["late"].integer_or(-1), 8) << "those of the 17th and before";
    seen += (seen.empty() ? "" : " ") + ids(answer);
    query["cursor"] = answer["next"].string_or("");
  }
  std::string all;
  for (const std::string& id : expected) all += (all.empty() ? "" : " ") + id;
  EXPECT_EQ(seen, all);
  EXPECT_EQ(waiting(county, {{"kind", "project"}})["total"].integer_or(-1), 0);
  Call call = world.call();
  call.query["cursor"] = "nonsense";
  EXPECT_TRUE(world.tried(todo, call).error().is(errors::cursor_malformed));
}

TEST_F(TodoTest, AClockTellsWhoItsRungNames) {
  world.clock.set("2023-06-14");
  const std::string id = world.entered("project", R"({"name":"示例桥","place":"990101101000"})");
  EXPECT_EQ(waiting(county)["items"].array()->front()["notices"].array()->size(), 0u);
  world.clock.set("2024-06-20");
  must(run_clocks(world.store(), world.clock.time, 100));
  const Json told = waiting(county);
  const Json& item = told["items"].array()->front();
  EXPECT_EQ(item["id"].string_or(""), id);
  EXPECT_EQ(item["late"].boolean_or(false), true);
  EXPECT_EQ(item["notices"].canonical(), R"([{"at":"100%","clock":"idle","en":"idle","zh":"idle"}])");
  EXPECT_EQ(waiting(other_county)["total"].integer_or(-1), 0) << "beyond its region";
  EXPECT_EQ(waiting(town)["items"].array()->front()["notices"].array()->size(), 0u) << "a step, but nobody told it";
}

TEST_F(TodoTest, AfterARestartTheSameWaits) {
  world.clock.set("2023-06-14");
  obstacle("990101101000", "unit:市水务局");
  const std::string before = waiting(bureau).canonical();
  world.restart();
  EXPECT_EQ(waiting(bureau).canonical(), before);
}

}   // namespace
}   // namespace gangmu::app::test
