// SPDX-License-Identifier: Apache-2.0
#include "app/recall.hpp"

#include <gtest/gtest.h>

namespace gangmu::app {
namespace {

std::shared_ptr<const int> number(int n) { return std::make_shared<const int>(n); }

TEST(Recall, TheLongestUnusedGoesFirst) {
  Recall recall(16);
  for (int n = 0; n < 8; ++n) recall.keep(std::to_string(n), number(n), 2);
  EXPECT_EQ(*recall.find<int>("0"), 0);   // used again, so 1 is now the oldest
  recall.keep("8", number(8), 2);
  EXPECT_EQ(recall.find<int>("1"), nullptr);
  EXPECT_NE(recall.find<int>("0"), nullptr);
  EXPECT_NE(recall.find<int>("8"), nullptr);
}

TEST(Recall, AHeavyOneTakesThePlaceOfManyButNeverOfMost) {
  Recall recall(16);
  for (int n = 0; n < 16; ++n) recall.keep(std::to_string(n), number(n));
  recall.keep("heavy", number(-1), 2);
  EXPECT_EQ(recall.find<int>("0"), nullptr);
  EXPECT_EQ(recall.find<int>("1"), nullptr);
  EXPECT_NE(recall.find<int>("2"), nullptr);
  recall.keep("too heavy", number(-2), 3);
  EXPECT_EQ(recall.find<int>("too heavy"), nullptr);
}

TEST(Recall, WhatWeighsNothingIsBoundedToo) {
  Recall recall(8);
  for (int n = 0; n < 9; ++n) recall.keep(std::to_string(n), number(n), 0);
  EXPECT_EQ(recall.find<int>("0"), nullptr);
  EXPECT_NE(recall.find<int>("1"), nullptr);
}

TEST(Recall, KeptAgainItCountsOnce) {
  Recall recall(8);
  for (int n = 0; n < 100; ++n) recall.keep("same", number(n));
  recall.keep("other", number(-1));
  EXPECT_EQ(*recall.find<int>("same"), 99);
  EXPECT_NE(recall.find<int>("other"), nullptr);
}

}   // namespace
}   // namespace gangmu::app
