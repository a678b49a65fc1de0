// SPDX-License-Identifier: Apache-2.0
// Time acts by entries: in order, once, and the same whether the program slept or not.
#include <gtest/gtest.h>

#include "app/records/clocks.hpp"
#include "app/records/test_kinds.hpp"
#include "store/records.hpp"

namespace gangmu::app::test {
namespace {

std::string obstacle(RegisterWorld& world) {
  return world.entered("obstacle", R"({"text":"缺电","place":"990101101000","answerer":"unit:市水务局"})");
}
std::size_t ring(RegisterWorld& world) { return must(run_clocks(world.store(), world.clock.time, 1000)); }
std::vector<std::string> steps(RegisterWorld& world, const std::string& id) {
  std::vector<std::string> out;
  const Json shown = world.shown(id);
  for (const Json& one : *shown["history"].array())
    out.insert(out.begin(), one["step"].string_or("") + "@" + one["actor"].string_or(""));
  return out;
}

TEST(RecordClocks, AMatterNotAnsweredInTimeIsLiftedOnce) {
  RegisterWorld world;
  world.clock.set("2023-06-14");
  const std::string id = obstacle(world);
  EXPECT_EQ(world.shown(id)["due"].string_or(""), "2023-06-20T00:00:00+08:00")
      << "five days after, at the end of the day";
  world.clock.set("2023-06-19");
  EXPECT_EQ(ring(world), 0u) << "nothing before its time";
  world.clock.set("2023-06-20");
  EXPECT_EQ(ring(world), 1u);
  EXPECT_EQ(ring(world), 0u) << "once";
  const auto told = steps(world, id);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(told[1].starts_with("lift@")) << told[1];
  must(world.step(id, "withdraw", R"({"reason":"已自行解决"})"));
  world.clock.set("2023-12-01");
  EXPECT_EQ(ring(world), 0u) << "a matter that ended has no clock";
}

TEST(RecordClocks, DowntimeChangesNothingButTheHourOfTheEntry) {
  const auto outcome = [](bool asleep) {
    RegisterWorld world;
    world.clock.set("2023-06-14");
    const std::string id = obstacle(world);
    for (int day = 15; day <= 30; ++day) {
      world.clock.set("2023-06-" + std::to_string(day));
      if (!asleep) ring(world);
    }
    ring(world);
    Json document = must(world.store().read([&](store::Database& database) {
                      return store::records::document(database, must(record::RecordId::parse(id)), Seq{INT64_MAX});
                    })).value();
    document.object()->erase("seq");
    return document.canonical();
  };
  EXPECT_EQ(outcome(true), outcome(false));
}

TEST(RecordClocks, AfterARestartWhatIsDueIsStillKnown) {
  RegisterWorld world;
  world.clock.set("2023-06-14");
  const std::string id = obstacle(world);
  world.restart();
  world.clock.set("2023-06-21");
  EXPECT_EQ(ring(world), 1u);
  world.restart();
  EXPECT_EQ(ring(world), 0u);
  EXPECT_EQ(steps(world, id).size(), 2u);
}

TEST(RecordClocks, AClosedRegisterWaits) {
  RegisterWorld world;
  world.clock.set("2023-06-14");
  obstacle(world);
  world.ask(close_register, world.call("obstacle", "{}"));
  world.clock.set("2023-06-21");
  EXPECT_EQ(ring(world), 0u);
  world.ask(open_register, world.call("obstacle", R"({"owner":"市发改局","list_number":"2023-002"})"));
  EXPECT_EQ(ring(world), 1u);
}

}   // namespace
}   // namespace gangmu::app::test
