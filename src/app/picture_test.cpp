// SPDX-License-Identifier: Apache-2.0
#include "app/picture.hpp"

#include "app/observations.hpp"
#include "app/test_world.hpp"

namespace gangmu::app::test {
namespace {

TEST(Picture, AnIndicatorThatIsNearNoOtherIsToldWithoutASuggestion) {
  World world;
  Call call = world.call();
  call.query["indicator"] = "nope";
  const auto refused = observations(world.service(), call);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text(Language::zh), "没有指标“nope”，请核对代码");
  EXPECT_EQ(refused.error().text(Language::en), "there is no indicator 'nope'; check its code");
}

}   // namespace
}   // namespace gangmu::app::test
