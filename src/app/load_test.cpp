// SPDX-License-Identifier: Apache-2.0
// Packs into a store and out again; and what adds up, held against SQL over the same store.
#include "app/load.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

#include "app/errors.hpp"
#include "app/test_world.hpp"
#include "sim/simulate.hpp"

namespace gangmu::app::test {
namespace {

namespace fs = std::filesystem;

pack::Files folder_of(const fs::path& root) {
  pack::Files out;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    out[fs::relative(entry.path(), root).generic_string()].assign(std::istreambuf_iterator<char>(file), {});
  }
  return out;
}

pack::Files tutorial() { return folder_of(GANGMU_SOURCE_DIR "/programmes/tutorial"); }

/// An empty store in a folder of its own.
struct Fresh {
  Fresh() {
    store::Config config;
    config.folder = folder.path() / "data";
    config.key_folder = folder.path() / "keys";
    config.own_thread = false;
    store = must(store::Store::create(config, {clock, secrets, files, executor, pack::indicator_of}));
  }
  OwnFolder folder;
  SetClock clock;
  SeededSecrets secrets;
  store::SystemFiles files;
  SerialExecutor executor;
  std::unique_ptr<store::Store> store;
};

LoadReport loaded(Fresh& world, const pack::Pack& pack, LoadOptions options = {}) { return must(load(*world.store, pack, options)); }
pack::Files exported(Fresh& world) { return must(pack::write_pack(must(export_pack(*world.store)))); }

TEST(Load, ExportLoadExportIsByteForByteTheSame) {
  for (const pack::Files& files : {tutorial(), folder_of(GANGMU_SOURCE_DIR "/programmes/jiangmen")}) {
    Fresh first, second;
    loaded(first, must(pack::read_pack(files)));
    const pack::Files out = exported(first);
    loaded(second, must(pack::read_pack(out)));
    EXPECT_EQ(exported(second), out);
  }
}

TEST(Load, ASecondLoadOfTheSamePackChangesNothing) {
  Fresh world;
  const pack::Pack pack = must(pack::read_pack(tutorial()));
  const Seq seq = loaded(world, pack).seq;
  const LoadReport again = loaded(world, pack);
  EXPECT_TRUE(again.plan.taken.empty());
  EXPECT_EQ(again.seq, seq);
  EXPECT_EQ(must(preview_load(*world.store, pack, {})).observations, 0u);
}

TEST(Load, ACorrectedFigureIsAppendedAndTheOldOneStays) {
  Fresh world;
  pack::Files files = tutorial();
  const pack::Pack before = must(pack::read_pack(files));
  loaded(world, before);
  LoadOptions options;
  options.base = must(lock_of(*world.store, must(export_pack(*world.store))));
  std::string& rows = files["observations.csv"];
  const std::size_t at = rows.find(",82.5,");
  ASSERT_NE(at, std::string::npos);
  rows.replace(at, 6, ",83.5,");
  const pack::Pack after = must(pack::read_pack(files));
  const LoadReport report = loaded(world, after, options);
  EXPECT_EQ(report.observations, 1u);
  EXPECT_EQ(must(export_pack(*world.store)).observations.size(), before.observations.size() + 1);
}

TEST(Load, WhatChangedOnBothSidesIsNamedAndNothingIsLoaded) {
  Fresh world;
  pack::Files files = tutorial();
  const Seq before = loaded(world, must(pack::read_pack(files))).seq;
  std::string& tracks = files["plan/tracks.csv"];
  const std::size_t at = tracks.find("练习赛道一");
  ASSERT_NE(at, std::string::npos);
  tracks.replace(at, std::string("练习赛道一").size(), "另一赛道");
  const auto refused = load(*world.store, must(pack::read_pack(files)), {});   // without pack.lock nobody knows who was first
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::load_conflict));
  EXPECT_EQ(refused.error().first().arguments, (std::vector<std::string>{"track", "K1"}));
  EXPECT_EQ(world.store->view()->seq, before);
}

TEST(Load, AnotherProgrammeIsRefused) {
  Fresh world;
  loaded(world, must(pack::read_pack(tutorial())));
  const auto refused = load(*world.store, must(pack::read_pack(folder_of(GANGMU_SOURCE_DIR "/programmes/jiangmen"))), {});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::load_other_programme));
}

using Cell = std::tuple<std::string, std::int64_t, std::int64_t>;   // indicator, period key, id of the place above
using Sums = std::map<Cell, std::pair<std::int64_t, std::int64_t>>; // sum of units, how many

/// Every place above, each with the numbers entered for `level` below it: plain SQL, nothing of the cube.
Sums sums_by_sql(store::Store& store, const std::string& level) {
  return must(store.read([&](store::Database& database) -> Result<Sums> {
    TRY_ASSIGN(store::Statement * rows, database.prepare(
        "WITH RECURSIVE above(id, up) AS (SELECT id, id FROM place UNION ALL SELECT a.id, p.parent FROM above a JOIN place p "
        "ON p.id = a.up WHERE p.parent <> 0) SELECT o.indicator, o.period, a.up, SUM(o.value), COUNT(*) FROM observation_current o "
        "JOIN place p ON p.id = o.place JOIN above a ON a.id = o.place WHERE o.state = 1 AND p.level = $1 GROUP BY 1, 2, 3"));
    TRY(rows->bind(1, level));
    Sums out;
    for (;;) {
      TRY_ASSIGN(const bool more, rows->step());
      if (!more) return out;
      out[{std::string(rows->text(0)), rows->integer(1), rows->integer(2)}] = {rows->integer(3), rows->integer(4)};
    }
  }));
}

TEST(RollUp, EqualsAnIndependentGroupByCellByCell) {
  sim::Shape shape;
  shape.counties = 2;
  shape.towns = 6;
  shape.villages = 24;
  shape.first_year = 2023;
  shape.years = 2;
  Fresh world;
  loaded(world, must(sim::simulate(folder_of(GANGMU_SOURCE_DIR "/programmes/example-city"), 11, shape)));
  const auto view = world.store->view();
  const auto& cube = *view->cube;
  std::size_t compared = 0;
  for (fact::IndicatorIndex i = 0; i < cube.indicators().size(); ++i) {
    const fact::Indicator& indicator = cube.indicators()[i];
    if (indicator.aggregation != fact::Aggregation::sum || view->comparable->at(indicator.code.value).size() != 1) continue;
    const Sums sums = sums_by_sql(*world.store, std::string(place::level_name(indicator.entry_level)));
    for (const Period& period : cube.periods(i)) {
      for (place::NodeIndex node = 0; node < view->tree->size(); ++node) {
        if ((*view->tree)[node].level >= indicator.entry_level) continue;
        const auto wanted = sums.find({indicator.code.value, period.key(), (*view->tree)[node].id.value});
        const fact::Rollup got = cube.rolled(node, i, period);
        ASSERT_EQ(got.has_value(), wanted != sums.end()) << indicator.code.value << " " << period.text();
        if (wanted == sums.end()) continue;
        EXPECT_EQ(got.units, wanted->second.first) << indicator.code.value << " " << period.text();
        EXPECT_EQ(got.reported, wanted->second.second) << indicator.code.value << " " << period.text();
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 100u);   // the comparison was not empty
}

}  // namespace
}  // namespace gangmu::app::test
