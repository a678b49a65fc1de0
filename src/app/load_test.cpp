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

TEST(Load, WhatTheOfficeOpenedIsNoPartOfAPackAndIsNotRetiredByOne) {
  Fresh world;
  const pack::Pack pack = must(pack::read_pack(tutorial()));
  loaded(world, pack);
  const pack::Files before = exported(world);
  must(world.store->write({.home = PlaceId{1},
                           .actor = "test",
                           .act = "open_register",
                           .request_key = {},
                           .command = {},
                           .run = [](store::Tx& tx) -> Result<Json> {
                             for (const char* kind : {"register", "register_view"})
                               TRY(store::definitions::publish(tx, kind, "project", tx.at().date(), Json::Object{}));
                             return Json();
                           }}));
  EXPECT_EQ(exported(world), before);
  LoadOptions options;
  options.retire = true;
  options.base = must(lock_of(*world.store, must(export_pack(*world.store))));
  EXPECT_TRUE(must(preview_load(*world.store, pack, options)).plan.retired.empty());
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

/// The tutorial with its first track renamed.
pack::Pack renamed(const std::string& name) {
  pack::Files files = tutorial();
  std::string& tracks = files["plan/tracks.csv"];
  const std::string before = "练习赛道一";
  const std::size_t at = tracks.find(before);
  if (at == std::string::npos) throw std::runtime_error("the tutorial has no such track");
  tracks.replace(at, before.size(), name);
  return must(pack::read_pack(files));
}

TEST(Load, WhatChangedOnBothSidesIsNamedAndNothingIsLoaded) {
  Fresh world;
  loaded(world, must(pack::read_pack(tutorial())));
  LoadOptions options;
  options.base = must(lock_of(*world.store, must(export_pack(*world.store))));
  const Seq before = loaded(world, renamed("甲改的"), options).seq;
  const auto refused = load(*world.store, renamed("乙改的"), options);   // from the same export as the one before
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::load_conflict));
  EXPECT_EQ(refused.error().first().arguments, (std::vector<std::string>{"track", "K1"}));
  EXPECT_EQ(world.store->view()->seq, before);
}

TEST(Load, WithoutALockNobodyIsAccusedAndNothingIsLoaded) {
  Fresh world;
  const Seq before = loaded(world, must(pack::read_pack(tutorial()))).seq;
  const auto refused = load(*world.store, renamed("另一赛道"), {});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::load_unlocked));
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

}   // namespace
}   // namespace gangmu::app::test
