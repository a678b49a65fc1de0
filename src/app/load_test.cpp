// SPDX-License-Identifier: Apache-2.0
// Packs into a store and out again.
#include "app/load.hpp"

#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/test_store.hpp"

namespace gangmu::app::test {
namespace {

pack::Files tutorial() { return programme_folder("tutorial"); }
pack::Files exported(Fresh& world) { return must(pack::write_pack(must(export_pack(*world.store)))); }

TEST(Load, ExportLoadExportIsByteForByteTheSame) {
  for (const pack::Files& files : {tutorial(), programme_folder("jiangmen")}) {
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
  const auto refused = load(*world.store, must(pack::read_pack(programme_folder("jiangmen"))), {});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::load_other_programme));
}

}  // namespace
}  // namespace gangmu::app::test
