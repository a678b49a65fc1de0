// SPDX-License-Identifier: Apache-2.0
// The real pack says what its sources say, and no more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/text.hpp"
#include "pack/sample_test.hpp"

namespace gangmu::pack {
namespace {

class Jiangmen : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files = new Files(sample::folder("programmes/jiangmen"));
    const auto read = read_pack(*files);
    ASSERT_TRUE(read) << read.error().text(Language::en);
    pack = new Pack(*read);
  }
  static void TearDownTestSuite() {
    delete pack;
    delete files;
  }
  static int count(const std::function<bool(const place::Place&)>& is) {
    return static_cast<int>(std::ranges::count_if(pack->places, is));
  }
  static const place::Place& at(std::string_view code) {
    return *std::ranges::find(pack->places, code, &place::Place::code);
  }
  static const fact::Observation* figure(std::string_view code, std::string_view indicator, std::string_view period,
                                         std::string_view source) {
    const auto it = std::ranges::find_if(pack->observations, [&](const fact::Observation& o) {
      return o.place == at(code).id && o.indicator.value == indicator && o.period.text() == period &&
             o.source.value == source;
    });
    return it == pack->observations.end() ? nullptr : &*it;
  }
  static inline Files* files = nullptr;
  static inline Pack* pack = nullptr;
};

TEST_F(Jiangmen, TheTreeHasTheCountsOfTheCodeList) {
  using place::Level;
  const auto level = [](Level l) { return [l](const place::Place& p) { return p.level == l; }; };
  EXPECT_EQ(count(level(Level::province)), 1);
  EXPECT_EQ(count(level(Level::city)), 1);
  EXPECT_EQ(count(level(Level::county)), 7);
  EXPECT_EQ(count(level(Level::town)), 82);
  EXPECT_EQ(count([](const auto& p) { return p.level == Level::town && p.functional; }), 9);
  EXPECT_EQ(count([](const auto& p) { return p.kind == "town"; }), 61);
  EXPECT_EQ(count([](const auto& p) { return p.kind == "street"; }), 12);
  EXPECT_EQ(count(level(Level::village)), 1348);
  EXPECT_EQ(count([](const auto& p) { return p.kind == "village"; }), 1056);
  EXPECT_EQ(count([](const auto& p) { return p.kind == "community"; }), 280);
}

TEST_F(Jiangmen, ReadingsThatProgramsGetWrongAreCorrected) {
  EXPECT_EQ(at("440781107000").pinyin, "Duhu");
  EXPECT_EQ(at("440781107000").initials, "dhz");
  EXPECT_EQ(at("440704005000").name_en, "Lile Subdistrict");
  EXPECT_EQ(at("440705110000").pinyin, "Da'ao");
}

TEST_F(Jiangmen, TheTileMapShowsRoughPosition) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> tile;   // code → column, row
  std::map<place::Level, int> n;
  for (const Definition* d : pack->of_kind("tile")) {
    tile[d->id] = {d->body["column"].integer_or(-1), d->body["row"].integer_or(-1)};
    ++n[at(d->id).level];
  }
  EXPECT_EQ(n[place::Level::county], 7);
  EXPECT_EQ(n[place::Level::town], 73);
  const std::string heshan = "440784", pengjiang = "440703", jianghai = "440704", xinhui = "440705", taishan = "440781",
                    kaiping = "440783", enping = "440785";
  // Centre of a county's towns, and its own tile, must lie the same way from one another.
  std::map<std::string, std::pair<double, double>> centre;
  std::map<std::string, int> towns;
  for (const auto& [code, at_tile] : tile) {
    if (at(code).level != place::Level::town) continue;
    auto& c = centre[code.substr(0, 6)];
    c.first += static_cast<double>(at_tile.first);
    c.second += static_cast<double>(at_tile.second);
    ++towns[code.substr(0, 6)];
  }
  for (auto& [county, c] : centre) {
    c.first /= towns[county];
    c.second /= towns[county];
  }
  const auto north = [&](const std::string& a, const std::string& b) {
    EXPECT_LT(tile[a + "000000"].second, tile[b + "000000"].second) << a << " north of " << b;
    EXPECT_LT(centre[a].second, centre[b].second) << a << " north of " << b;
  };
  const auto west = [&](const std::string& a, const std::string& b) {
    EXPECT_LT(tile[a + "000000"].first, tile[b + "000000"].first) << a << " west of " << b;
    EXPECT_LT(centre[a].first, centre[b].first) << a << " west of " << b;
  };
  north(heshan, kaiping), north(heshan, xinhui), north(pengjiang, xinhui), north(kaiping, taishan),
      north(xinhui, taishan);
  west(enping, kaiping), west(kaiping, xinhui), west(heshan, pengjiang), west(pengjiang, jianghai),
      west(enping, taishan);
  // Towns of a county hang together: each touches another one of the same county.
  for (const auto& [code, t] : tile) {
    if (at(code).level != place::Level::town) continue;
    const bool touches = std::ranges::any_of(tile, [&](const auto& other) {
      return other.first != code && other.first.substr(0, 6) == code.substr(0, 6) &&
             at(other.first).level == place::Level::town && std::abs(other.second.first - t.first) <= 1 &&
             std::abs(other.second.second - t.second) <= 1;
    });
    EXPECT_TRUE(touches) << code;
  }
}

TEST_F(Jiangmen, CensusCountiesSumExactlyToTheCity) {
  for (const char* indicator : {"census_pop", "census_male", "census_female", "census_urban", "census_rural"})
    for (const auto& [year, source] : {std::pair{"2010", "S03"}, {"2020", "S04"}}) {
      std::int64_t sum = 0;
      for (const char* county : {"440703", "440704", "440705", "440781", "440783", "440784", "440785"}) {
        const auto* o = figure(std::string(county) + "000000", indicator, year, source);
        ASSERT_TRUE(o) << county << indicator << year;
        if (std::string_view(year) == "2010") { EXPECT_EQ(o->note, "按2010年行政区划口径"); }
        sum += o->value.units;
      }
      EXPECT_EQ(sum, figure("440700000000", indicator, year, source)->value.units) << indicator << year;
    }
  EXPECT_EQ(figure("440700000000", "census_pop", "2020", "S04")->value.units, 4'798'090);
}

TEST_F(Jiangmen, ThresholdsAreNoValuesAndCombinedMonthsStayCombined) {
  const auto* kaiping = figure("440783000000", "gdp", "2023", "S15");
  ASSERT_TRUE(kaiping);
  EXPECT_EQ(kaiping->value.state, fact::CellState::above);
  EXPECT_EQ(kaiping->value.text(2), ">500.00");
  const auto* months = figure("440700000000", "ind_va", "202401-02", "S44");
  ASSERT_TRUE(months);
  EXPECT_EQ(months->value.text(2), "182.39");
}

TEST_F(Jiangmen, TwoSourcesOfOneKeyStayTwoWithADeclaredPrecedence) {
  ASSERT_TRUE(figure("440700000000", "gdp", "2020", "S27"));
  ASSERT_TRUE(figure("440700000000", "gdp", "2020", "S50"));
  const auto precedence = [](const char* id) { return pack->find("source", id)->body["precedence"].integer_or(0); };
  EXPECT_LT(precedence("S50"), precedence("S27"));   // grade B before grade C
  EXPECT_LT(precedence("S04"), precedence("S03"));   // of one grade the later first
  std::set<std::int64_t> all;
  for (const Definition* d : pack->of_kind("source"))
    EXPECT_TRUE(all.insert(d->body["precedence"].integer_or(0)).second) << d->id;
}

TEST_F(Jiangmen, EveryRowOfTheArticleStandsOnceUnderItsType) {
  std::map<std::string, std::string> kind_of;
  for (const Definition& d : pack->definitions) {
    if (d.id.size() != 3 || d.id[0] != 'T') continue;
    EXPECT_TRUE(kind_of.emplace(d.id, d.kind).second) << d.id;
    EXPECT_LE(text::length(d.body["anchor"].string_or("")), 12u) << d.id;
    EXPECT_EQ(d.body["source"].string_or(""), "S48");
  }
  EXPECT_EQ(kind_of.size(), 72u);
  std::map<std::string, int> n;
  for (const auto& [id, kind] : kind_of) ++n[kind];
  EXPECT_EQ(n["track"], 7);
  EXPECT_EQ(n["phase"], 5);
  EXPECT_EQ(n["pairing"], 3);
}

TEST_F(Jiangmen, ATargetHasValueUnitAndPeriodOrSaysWhatIsMissing) {
  for (const Definition* d : pack->of_kind("target")) {
    const Json& b = d->body;
    const bool whole = !b["value"].is_null() && !b["unit"].is_null() && !b["period"].is_null();
    EXPECT_EQ(b["type"].string_or("") == "target", whole) << d->id;
    EXPECT_EQ(b["missing"].is_null(), whole) << d->id;
  }
}

TEST_F(Jiangmen, PhasesAreYearsSinceTheStartAndNeverCalendarYears) {
  for (const Definition* d : pack->of_kind("phase"))
    for (const Json& year : *d->body["years"].array())
      EXPECT_THAT(year.string_or(""), testing::AnyOf("1", "3", "5", "10"));
}

TEST_F(Jiangmen, NoRealPlaceIsRankedGradedOrClassed) {
  EXPECT_TRUE(pack->of_kind("class").empty());
  EXPECT_TRUE(pack->of_kind("scheme").empty());
  for (const Definition* d : pack->of_kind("fact"))
    for (const char* word : {"rank", "class", "typical_town", "top_1000"})
      EXPECT_FALSE(text::contains(d->body["topic"].string_or(""), word)) << d->id;
}

TEST_F(Jiangmen, TheCalendarKnowsMovedHolidays) {
  const auto calendar = calendar_of(*pack->find("calendar", "cn_workdays"));
  ASSERT_TRUE(calendar) << calendar.error().text(Language::en);
  EXPECT_EQ(calendar->kind(*Date::of(2023, 6, 25)), DayKind::working);   // a Sunday, worked for the Dragon Boat break
  EXPECT_EQ(calendar->kind(*Date::of(2023, 6, 22)), DayKind::off);
  EXPECT_EQ(calendar->kind(*Date::of(2018, 12, 31)), DayKind::unpublished);
  EXPECT_EQ(calendar->kind(*Date::of(2027, 1, 4)), DayKind::unpublished);
}

TEST_F(Jiangmen, PostsAreTitlesOfPlaces) {
  std::map<std::string, int> n;
  for (const Definition* d : pack->of_kind("post")) ++n[d->body["role"].string_or("")];
  EXPECT_EQ(n["commander"], 1);
  EXPECT_EQ(n["front_commander"], 7);
  EXPECT_EQ(n["site_foreman"], 73);
  EXPECT_EQ(n["lead_goose"], 1336);
}

TEST_F(Jiangmen, SourcesAreCitedByNameNotByReposts) {
  for (const Definition* d : pack->of_kind("source")) {
    const std::string url = d->body["url"].string_or("");
    EXPECT_TRUE(url.empty() || url.starts_with("https://github.com/")) << d->id;
    EXPECT_FALSE(d->body["name_en"].is_null()) << d->id;
  }
}

}   // namespace
}   // namespace gangmu::pack
