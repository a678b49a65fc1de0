// SPDX-License-Identifier: Apache-2.0
#include "fact/indicator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fact/errors.hpp"

namespace gangmu::fact {
namespace {

Indicator rate() {
  Indicator i;
  i.code = {"T-URB-01"};
  i.version = 3;
  i.name_zh = "城镇化率";
  i.name_en = "Urbanisation rate";
  i.unit_zh = i.unit_en = "%";
  i.decimals = 2;
  i.direction = Direction::up;
  i.figure = FigureKind::stock;
  i.frequency = "Y";
  i.aggregation = Aggregation::ratio;
  i.numerator = {"urban_pop"};
  i.denominator = {"resident_pop"};
  i.factor = 100;
  i.entry_level = place::Level::county;
  i.levels = {place::Level::city, place::Level::county};
  i.domain = "urban";
  i.check = "check:sum tol=2%";
  i.public_figure = false;
  return i;
}

TEST(Indicator, ComesBackFromItsCanonicalBytes) {
  const Indicator i = rate();
  const auto back = indicator_from_json(*Json::parse(to_json(i).canonical()), 3);
  ASSERT_TRUE(back) << back.error().text(Language::en);
  EXPECT_EQ(*back, i);
  EXPECT_EQ(*to_json(i)["agg_args"].string(), "num=urban_pop;den=resident_pop;factor=100;check:sum tol=2%");
}

TEST(Indicator, BodyDoesNotDependOnTheVersion) {
  Indicator next = rate();
  next.version = 4;
  EXPECT_EQ(to_json(next).canonical(), to_json(rate()).canonical());
}

TEST(Indicator, TellsAllFaultsOfABodyAtOnce) {
  Json body = to_json(rate());
  body.set("name_zh", "");
  body.set("decimals", 10);
  body.set("direction", "sideways");
  body.set("frequency", "X");
  body.set("agg_args", "den=resident_pop");
  body.set("entry_level", "hamlet");
  const auto back = indicator_from_json(body);
  ASSERT_FALSE(back);
  std::vector<std::string> found;
  for (const auto& d : back.error().all()) found.push_back(std::string(d.kind->name) + " " + d.arguments[1]);
  EXPECT_THAT(found, testing::ElementsAre("indicator_field_missing name_zh", "indicator_field decimals",
                                          "indicator_field direction", "indicator_field frequency",
                                          "indicator_parts ratio", "indicator_field entry_level"));
  EXPECT_THAT(back.error().text(Language::en), testing::HasSubstr("write up, down, exact, neutral"));
}

TEST(Indicator, AWeightedMeanNeedsItsWeight) {
  Indicator i;
  i.code = {"V-GOV-01"};
  i.aggregation = Aggregation::weighted;
  EXPECT_TRUE(read_agg_args("", i).error().is(errors::indicator_parts));
  ASSERT_TRUE(read_agg_args(" w=closed ; n>=min_sample", i));
  EXPECT_EQ(i.denominator.value, "closed");
  EXPECT_EQ(i.check, "n>=min_sample");
  EXPECT_EQ(agg_args(i), "w=closed;n>=min_sample");
  EXPECT_TRUE(read_agg_args("w=closed;factor=0", i).error().is(errors::indicator_field));
}

TEST(Indicator, NamesAreThoseOfThePacks) {
  for (const char* name : {"sum", "ratio", "weighted", "mean", "min", "max", "count", "reported"}) {
    EXPECT_EQ(aggregation_name(*aggregation_of(name)), name);
  }
  for (const char* name : {"up", "down", "exact", "neutral"}) EXPECT_EQ(direction_name(*direction_of(name)), name);
  for (const char* name : {"flow", "ytd", "stock", "year"}) EXPECT_EQ(figure_name(*figure_of(name)), name);
  EXPECT_FALSE(aggregation_of("count_true"));
}

}   // namespace
}   // namespace gangmu::fact
