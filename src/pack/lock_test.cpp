// SPDX-License-Identifier: Apache-2.0
#include "pack/lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/sample_test.hpp"

namespace gangmu::pack {
namespace {

/// "source/S1=x fact/P1=y" → objects with the digests of x, y.
Objects objects(std::string_view text) {
  Objects out;
  for (const std::string& part : text::split(text, ' ')) {
    if (part.empty()) continue;
    const auto slash = part.find('/'), equals = part.find('=');
    out.emplace(ObjectKey{part.substr(0, slash), part.substr(slash + 1, equals - slash - 1)},
                digest(part.substr(equals + 1)));
  }
  return out;
}

std::string ids(const std::vector<ObjectKey>& keys) {
  std::string out;
  for (const auto& key : keys) out += (out.empty() ? "" : " ") + key.id;
  return out;
}

std::string summary(const LoadPlan& p) {
  return "taken[" + ids(p.taken) + "] unchanged[" + ids(p.unchanged) + "] kept[" + ids(p.kept) + "] conflicts[" +
         ids(p.conflicts) + "] absent[" + ids(p.absent) + "] retired[" + ids(p.retired) + "]";
}

TEST(LoadPlan, ThreeWays) {
  const Objects base = objects("f/a=1 f/b=1 f/c=1 f/d=1 f/g=1 f/h=1");
  const Objects pack = objects("f/a=1 f/b=2 f/c=1 f/d=2 f/e=9 f/f=7");
  const Objects store = objects("f/a=1 f/b=1 f/c=3 f/d=3 f/f=8 f/g=1 f/h=5 f/i=1");
  // a same · b changed in the pack · c changed in the store · d on both · e new in the pack · f made on both sides,
  // differently g, h gone from the pack (h changed in the store meanwhile) · i made in the store
  EXPECT_EQ(summary(plan_load(base, pack, store, false)),
            "taken[b e] unchanged[a] kept[c i] conflicts[d f] absent[g h] retired[]");
  EXPECT_EQ(summary(plan_load(base, pack, store, true)),
            "taken[b e] unchanged[a] kept[c i] conflicts[d f h] absent[] retired[g]");
}

TEST(LoadPlan, TheSameChangeOnBothSidesIsNoConflict) {
  EXPECT_EQ(summary(plan_load(objects("f/a=1"), objects("f/a=2"), objects("f/a=2"), false)),
            "taken[] unchanged[a] kept[] conflicts[] absent[] retired[]");
}

TEST(LoadPlan, WhatTheStoreRetiredStaysRetiredUnlessThePackChangedIt) {
  EXPECT_EQ(summary(plan_load(objects("f/a=1 f/b=1"), objects("f/a=1 f/b=2"), {}, false)),
            "taken[] unchanged[] kept[a] conflicts[b] absent[] retired[]");
}

TEST(LoadPlan, EveryKeyIsInExactlyOneList) {
  // All 3 × 3 × 3 states of one object (absent, one value, another) over base, pack and store.
  const std::string states[] = {"", "f/x=1", "f/x=2"};
  for (const auto& b : states)
    for (const auto& p : states)
      for (const auto& s : states)
        for (const bool retire : {false, true}) {
          const LoadPlan plan = plan_load(objects(b), objects(p), objects(s), retire);
          const std::size_t n = plan.taken.size() + plan.unchanged.size() + plan.kept.size() + plan.conflicts.size() +
                                plan.absent.size() + plan.retired.size();
          EXPECT_EQ(n, p.empty() && s.empty() ? 0u : 1u) << "base " << b << " pack " << p << " store " << s;
          if (!p.empty() && !s.empty() && p != s && p != b && s != b) { EXPECT_EQ(plan.conflicts.size(), 1u); }
        }
}

TEST(LoadPlan, FirstLoadTakesEverything) {
  const auto pack = read_pack(sample::tiny());
  const auto all = objects_of(*pack);
  const LoadPlan plan = plan_load({}, *all, {}, false);
  EXPECT_EQ(plan.taken.size(), all->size());
}

TEST(Objects, AChangedFigureChangesItsSeriesOnly) {
  const auto before = objects_of(*read_pack(sample::tiny()));
  const auto after = objects_of(*read_pack(sample::changed("observations.csv", "12.75", "12.76")));
  const LoadPlan plan = plan_load(*before, *after, *before, false);
  ASSERT_EQ(plan.taken.size(), 1u);
  EXPECT_EQ(plan.taken[0], (ObjectKey{"series", "gdp/990101000000"}));
  EXPECT_TRUE(plan.conflicts.empty() && plan.absent.empty());
}

TEST(Lock, ComesBackFromItsText) {
  const Lock lock{.store = "0f3a", .seq = Seq{42}, .objects = *objects_of(*read_pack(sample::tiny()))};
  const std::string text = write_lock(lock);
  EXPECT_TRUE(text.starts_with("store 0f3a\nseq 42\n"));
  const auto again = read_lock(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->store, "0f3a");
  EXPECT_EQ(again->seq, Seq{42});
  EXPECT_EQ(again->objects, lock.objects);
}

TEST(Lock, AMalformedLineIsNamed) {
  for (const auto& [text, where] : {std::pair{"", "pack.lock:1"},
                                    {"store a\n", "pack.lock:1"},
                                    {"store a\nseq x\n", "pack.lock:2"},
                                    {"store a\nseq 1\nfact\tP1\n", "pack.lock:3"},
                                    {"store a\nseq 1\nfact\tP1\tmd5:00\n", "pack.lock:3"}}) {
    const auto lock = read_lock(text);
    ASSERT_FALSE(lock) << text;
    EXPECT_TRUE(lock.error().is(errors::lock_malformed));
    EXPECT_EQ(lock.error().first().where.text(), where);
  }
}

}   // namespace
}   // namespace gangmu::pack
