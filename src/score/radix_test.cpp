// SPDX-License-Identifier: Apache-2.0
#include "score/radix.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"

namespace gangmu::score {
namespace {

TEST(radix, sorts_as_comparing_does_and_keeps_equal_ones_in_order) {
  Random random(1);
  for (const std::size_t n : {0, 1, 300, 5000}) {
    std::vector<Keyed> items, scratch;
    for (std::uint32_t i = 0; i < n; ++i)
      items.push_back({key_of(static_cast<double>(random.between(-700, 700)) / 8), i});
    auto expected = items;
    std::stable_sort(expected.begin(), expected.end(), [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
    sort_by_key(items, scratch);
    for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(items[i].item, expected[i].item);
  }
}

TEST(radix, keys_stand_in_the_order_of_the_numbers) {
  const double reals[] = {-1e300, -2.5, -1e-300, 0, 1e-300, 2.5, 1e300};
  for (std::size_t i = 1; i < std::size(reals); ++i) EXPECT_LT(key_of(reals[i - 1]), key_of(reals[i]));
  EXPECT_EQ(key_of(-0.0), key_of(0.0));
  const std::int64_t whole[] = {INT64_MIN, -5, 0, 7, INT64_MAX};
  for (std::size_t i = 1; i < std::size(whole); ++i) EXPECT_LT(key_of(whole[i - 1]), key_of(whole[i]));
}

}   // namespace
}   // namespace gangmu::score
