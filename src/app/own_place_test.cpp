// SPDX-License-Identifier: Apache-2.0
// Where pages open: everybody's own place, and what lies below it.
#include "app/own_place.hpp"

#include "app/home.hpp"
#include "app/sessions.hpp"
#include "app/test_world.hpp"

namespace gangmu::app::test {
namespace {

Call as(World& world, std::vector<access::Grant> grants) {
  Call call = world.call();
  call.actor.rights =
      access::Rights::of_account(std::make_shared<access::Roles>(access::standard_roles()), world.store().view()->tree,
                                 std::move(grants), world.service().today());
  return call;
}

std::vector<std::string> cards(const Told& home) {
  std::vector<std::string> out;
  for (const Json& card : *home["cards"].array()) out.push_back(card["place"]["name_zh"].string_or(""));
  return out;
}

TEST(OwnPlace, EverybodyLandsOnTheirOwnPlaceWithWhatLiesBelow) {
  World world;
  const struct {
    std::vector<access::Grant> grants;
    std::string place, level;
    std::vector<std::string> cards;
  } cases[] = {
      {{{"city_office", PlaceId{1}}}, "示例市", "county", {"甲县", "乙县"}},
      {{{"county_office", PlaceId{2}}}, "甲县", "town", {"甲01镇", "桥头镇"}},
      {{{"town_clerk", PlaceId{3}}}, "甲01镇", "town", {"甲01镇"}},
      {{{"department", PlaceId{1}, "市交通局"}}, "示例市", "county", {"甲县", "乙县"}},
      {{{"town_clerk", PlaceId{6}}, {"county_office", PlaceId{2}}}, "甲县", "town", {"甲01镇", "桥头镇"}},
  };
  for (const auto& c : cases) {
    const Told home = told(app::home(world.service(), as(world, c.grants)));
    EXPECT_EQ(home["place"]["name_zh"], Json(c.place));
    EXPECT_EQ(home["card_level"], Json(c.level)) << c.place;
    EXPECT_EQ(cards(home), c.cards) << c.place;
    EXPECT_EQ(told(session(world.service(), as(world, c.grants)))["place"]["name_zh"], Json(c.place));
  }
  EXPECT_EQ(told(app::home(world.service(), world.call()))["place"]["name_zh"], Json("示例市"))
      << "nobody's grant narrows down who sits at the machine";
}

TEST(OwnPlace, AnExpiredGrantIsNobodysHome) {
  World world;
  const Call call = as(world, {{"county_office", PlaceId{2}, "", *Date::of(2023, 6, 1)}, {"town_clerk", PlaceId{6}}});
  EXPECT_EQ(told(app::home(world.service(), call))["place"]["code"], Json("990102101000"));
}

}   // namespace
}   // namespace gangmu::app::test
