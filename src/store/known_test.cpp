// SPDX-License-Identifier: Apache-2.0
// What was known at a moment is what the View of that moment showed.
#include "store/known.hpp"

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

class KnownTest : public OnBothEngines {
 protected:
  Lookback back_to(Seq seq) const { return {.seq = seq, .precedence = precedence}; }
  View known(const Lookback& back) {
    View then = *store->view();
    const Known found = must(known_at(*store, *store->view(), back, indicator_of, world.executor));
    then.cube = found.cube;
    then.sources = found.sources;
    return then;
  }
  void publish(std::string id, Json body) {
    must(store->write(command("publish", [=](Tx& tx) -> Result<Json> {
      TRY(definitions::publish(tx, "indicator", id, must(Date::parse("2020-01-01")), body));
      return Json();
    })));
  }

  const Precedence precedence{{"bureau", 0}, {"press", 1}};
  World world{GetParam()};
  std::unique_ptr<Store> store = must(world.create());
};
GANGMU_ON_BOTH_ENGINES(KnownTest);

TEST_P(KnownTest, EveryEarlierViewIsFoundAgain) {
  load_little_programme(*store);
  Random random(11);
  std::vector<std::shared_ptr<const View>> views{store->view()};
  for (int step = 0; step < 120; ++step) {
    if (step == 40) publish("A", indicator_body(2, "亿元"));   // another unit from the same day on: told no more
    if (step == 60) publish("C", indicator_body(0, "个"));
    if (step == 80) publish("A", indicator_body(2, "万元"));   // the old unit again: both are told
    const std::string source = random.chance(0.5) ? "bureau" : random.chance(0.5) ? "press" : "rumour";
    const std::string value = random.chance(0.1) ? "WH" : random.chance(0.1) ? ">9" : std::to_string(random.below(90));
    const auto place = 3 + static_cast<std::int64_t>(random.below(3));
    auto o = figure(place, random.chance(0.6) ? "A" : "B", std::to_string(2021 + random.below(3)), source, value);
    o.version = store->view()->definitions->latest("indicator", o.indicator.value)->version;
    must(store->write(observe(o, precedence)));
    views.push_back(store->view());
  }
  for (const auto& view : views)
    EXPECT_EQ(figures(known(back_to(view->seq))), figures(*view)) << "as known at " << view->seq.value;
}

TEST_P(KnownTest, APartOfTheTreeAndOneIndicatorAreReadAlone) {
  load_little_programme(*store);
  for (const std::int64_t place : {4, 5})
    for (const char* indicator : {"A", "B"})
      must(store->write(observe(figure(place, indicator, "2023", "bureau", "7"), precedence)));
  const View& now = *store->view();
  const place::NodeIndex town = now.tree->find(PlaceId{3}), village = now.tree->find(PlaceId{5});
  const Period year = must(Period::parse("2023"));
  Lookback back = back_to(now.seq);
  back.under = PlaceId{5};
  back.indicators = {IndicatorCode{"B"}};
  const View then = known(back);
  EXPECT_EQ(then.cube->indicators().size(), 2u);
  EXPECT_TRUE(then.cube->cell(village, then.cube->find(IndicatorCode{"B"}), year));
  EXPECT_FALSE(then.cube->cell(village, then.cube->find(IndicatorCode{"A"}), year));
  EXPECT_EQ(then.cube->rolled(town, then.cube->find(IndicatorCode{"B"}), year).reported, 1u)
      << "its neighbour is not read";
}

TEST_P(KnownTest, NothingIsKnownBeforeTheFirstEntryAndTooMuchIsRefused) {
  EXPECT_TRUE(known(back_to(Seq{0})).cube->indicators().empty());
  load_little_programme(*store);
  for (const std::int64_t place : {4, 5})
    must(store->write(observe(figure(place, "A", "2023", "bureau", "7"), precedence)));
  EXPECT_TRUE(known(back_to(Seq{0})).cube->indicators().empty());
  Lookback back = back_to(store->view()->seq);
  back.most_rows = 1;
  const auto refused = known_at(*store, *store->view(), back, indicator_of, world.executor);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::known_too_much));
}

TEST_P(KnownTest, AMomentIsFoundInTheJournal) {
  const Instant start = world.clock.time;
  load_little_programme(*store);         // 1, at `start`
  for (int day = 1; day <= 5; ++day) {   // 2 … 11, two a day
    world.clock.time.micros = start.micros + day * 86'400'000'000;
    for (int twice = 0; twice < 2; ++twice)
      must(store->write(observe(figure(4, "A", "2023", "bureau", std::to_string(day)), precedence)));
  }
  const Seq last = store->view()->seq;
  const auto by = [&](std::int64_t micros) {
    return must(store->read(
                    [&](Database& database) { return last_seq_by(database, Instant{start.micros + micros}, last); }))
        .value;
  };
  const std::int64_t first = last.value - 10;
  EXPECT_EQ(by(-1), first - 1);
  EXPECT_EQ(by(0), first);
  EXPECT_EQ(by(86'400'000'000), first + 2);
  EXPECT_EQ(by(86'400'000'000 + 5), first + 2);
  EXPECT_EQ(by(5 * 86'400'000'000), last.value);
  EXPECT_EQ(by(INT64_MAX / 4), last.value);
}

TEST_P(KnownTest, AClockThatStepsBackDoesNotUnsettleTheOrderOfTime) {
  const auto write = [&] { return must(store->write(observe(figure(4, "A", "2023", "bureau", "7"), precedence))).seq; };
  load_little_programme(*store);
  world.clock.time.micros += 1'000'000;
  const Instant latest = world.clock.time;
  const Seq on_time = write();
  world.clock.time.micros -= 86'400'000'000;
  write();
  store.reset();
  store = must(world.open());   // the last time is found again when the store opens
  const Seq last = write();
  EXPECT_EQ(store->view()->at, latest);
  const auto by = [&](Instant moment) {
    return must(store->read([&](Database& database) { return last_seq_by(database, moment, last); }));
  };
  EXPECT_EQ(by(Instant{latest.micros - 1}).value, on_time.value - 1);
  EXPECT_EQ(by(latest), last);
}

}   // namespace
}   // namespace gangmu::store::test
