// SPDX-License-Identifier: Apache-2.0
#include "store/shelf.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/random.hpp"

namespace gangmu::store {
namespace {

struct Thing {
  int number = 0;
  std::string text;
  [[nodiscard]] int key() const { return number; }
};
using Things = Shelf<Thing>;

std::map<int, std::string> content(const Things& shelf) {
  std::map<int, std::string> out;
  int last = INT32_MIN;
  shelf.for_each([&](const Thing& t) {
    EXPECT_GT(t.number, last) << "not in order";
    last = t.number;
    out[t.number] = t.text;
  });
  EXPECT_EQ(out.size(), shelf.size());
  return out;
}

TEST(Shelf, BehavesLikeAMapAndLeavesTheOldOneAlone) {
  Random random(7);
  Things shelf;
  std::map<int, std::string> model;
  for (int round = 0; round < 300; ++round) {
    const Things before = shelf;
    const auto model_before = model;
    std::map<int, Things::Handle> changes;
    for (std::uint64_t n = random.below(40); n > 0; --n) {
      const int key = static_cast<int>(random.below(2000));
      if (random.chance(0.3)) {
        changes[key] = nullptr;
        model.erase(key);
      } else {
        const std::string text = std::to_string(random.below(1000));
        changes[key] = std::make_shared<const Thing>(Thing{key, text});
        model[key] = text;
      }
    }
    shelf = shelf.with(changes);
    ASSERT_EQ(content(shelf), model);
    ASSERT_EQ(content(before), model_before);
  }
  for (int key = 0; key < 2000; ++key) {
    const Thing* found = shelf.find(key);
    ASSERT_EQ(found != nullptr, model.contains(key));
    EXPECT_EQ(found ? found->text : "", found ? model[key] : "");
  }
}

TEST(Shelf, SharesWhatWasNotTouched) {
  std::vector<Things::Handle> many;
  for (int i = 0; i < 10'000; ++i) many.push_back(std::make_shared<const Thing>(Thing{i, ""}));
  const Things before(many);
  const Things after = before.with({{5'000, std::make_shared<const Thing>(Thing{5'000, "new"})}});
  EXPECT_EQ(before.find(4'000), after.find(4'000));
  EXPECT_NE(before.find(5'000), after.find(5'000));
  EXPECT_EQ(after.handles().size(), 10'000u);
}

}   // namespace
}   // namespace gangmu::store
