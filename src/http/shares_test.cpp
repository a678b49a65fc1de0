// SPDX-License-Identifier: Apache-2.0
#include "http/shares.hpp"

#include <gtest/gtest.h>

#include "http/fair_queue.hpp"

namespace gangmu::http {
namespace {

TEST(Shares, AHolderHasItsShareAndLeavesTheRest) {
  Shares shares(10, 4);
  EXPECT_EQ(shares.room("a", 4), Shares::Room::enough);
  shares.take("a", 4);
  EXPECT_EQ(shares.room("a", 1), Shares::Room::own_used);
  EXPECT_EQ(shares.room("b", 4), Shares::Room::enough);
  shares.take("b", 4);
  EXPECT_EQ(shares.room("c", 3), Shares::Room::all_used);
  shares.give_back("a", 4);
  EXPECT_EQ(shares.of("a"), 0u);
  EXPECT_EQ(shares.room("c", 3), Shares::Room::enough);
}

TEST(Shares, WhatIsLargerThanAShareFitsAlone) {
  Shares shares(10, 4);
  EXPECT_EQ(shares.room("a", 8), Shares::Room::enough);
  shares.take("a", 8);
  EXPECT_EQ(shares.room("a", 1), Shares::Room::own_used);
  EXPECT_EQ(shares.room("b", 3), Shares::Room::all_used);
}

TEST(Shares, GoBackWithWhoHoldsThem) {
  Shares shares(10, 4);
  {
    Share share(shares, "a");
    share.take(1);
    share.take(2);
    EXPECT_EQ(shares.all(), 3u);
  }
  EXPECT_EQ(shares.all(), 0u);
}

TEST(FairQueue, HoldersTakeTurns) {
  FairQueue queue;
  std::string order;
  const auto add = [&](const char* holder, char mark) { queue.push(holder, [&order, mark] { order += mark; }); };
  for (int i = 0; i < 5; ++i) add("crowd", 'c');
  add("one", '1');
  add("two", '2');
  add("one", '1');
  for (int i = 0; i < 8; ++i) queue.pop()();
  EXPECT_EQ(order, "c12c1ccc");
}

}   // namespace
}   // namespace gangmu::http
