// SPDX-License-Identifier: Apache-2.0
// Reading and writing are each other's inverse, and equal packs have equal bytes whatever order their rows came in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/random.hpp"
#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/lock.hpp"
#include "pack/sample_test.hpp"

namespace gangmu::pack {
namespace {

using testing::HasSubstr;

Pack read(const Files& files) {
  auto pack = read_pack(files);
  EXPECT_TRUE(pack) << (pack ? "" : pack.error().text(Language::en));
  return pack ? *std::move(pack) : Pack{};
}

Files written(const Pack& pack) {
  auto files = write_pack(pack);
  EXPECT_TRUE(files) << (files ? "" : files.error().text(Language::en));
  return files ? *std::move(files) : Files{};
}

/// Shuffles the rows below the head; places keep their order (parents first), revisions theirs.
std::string shuffled(const std::string& csv, Random& random) {
  auto rows = text::split(csv, '\n');
  rows.pop_back();
  for (std::size_t i = rows.size() - 1; i > 1; --i) std::swap(rows[i], rows[1 + random.below(i)]);
  return text::join(rows, "\n") + "\n";
}

TEST(RoundTrip, ASampleKeepsAllItSays) {
  const Pack pack = read(sample::tiny());
  ASSERT_EQ(pack.places.size(), 4u);
  EXPECT_EQ(pack.places[2].parent, pack.places[1].id);
  ASSERT_EQ(pack.observations.size(), 7u);
  const auto& first = pack.observations[0];
  EXPECT_EQ(first.indicator.value, "gdp");
  EXPECT_EQ(first.value.units, 1250);
  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(first.status, fact::ValueStatus::preliminary);
  EXPECT_EQ(pack.observations[1].note, "更正");   // the revision stands after what it revises
  EXPECT_EQ(pack.observations[2].value.state, fact::CellState::above);
  EXPECT_EQ(pack.observations[2].grade, fact::Grade::d);   // its own grade, not its source's
  EXPECT_EQ(pack.observations[3].period.text(), "202301-02");
  EXPECT_EQ(pack.observations[3].version, 2);   // the definition valid on the period's first day
  EXPECT_EQ(pack.find("indicator", "gdp")->version, 2);
}

TEST(RoundTrip, ReadingWhatWasWrittenGivesEqualObjects) {
  for (const Files& files : {sample::tiny(), sample::folder("programmes/jiangmen"),
                             sample::folder("programmes/tutorial"), sample::folder("programmes/example-city")}) {
    const Pack pack = read(files);
    const Files once = written(pack);
    const Pack again = read(once);
    EXPECT_EQ(*objects_of(again), *objects_of(pack));
    EXPECT_EQ(written(again), once);
  }
}

TEST(RoundTrip, TheShippedPacksAreCanonical) {
  for (const char* name : {"jiangmen", "tutorial", "example-city"}) {
    const Files files = sample::folder(std::string("programmes/") + name);
    for (const auto& [path, bytes] : written(read(files))) {
      const bool by_hand = path.starts_with("schemes/") || path.starts_with("kinds/") || path.starts_with("flows/");
      if (by_hand) continue;   // with remarks, a field a line
      ASSERT_TRUE(files.contains(path)) << name << "/" << path;
      std::string shipped = files.at(path);
      const std::string uses = "uses:\n  - registers@1\n";   // what is used has become the programme's own
      if (const auto at = shipped.find(uses); at != std::string::npos) shipped.erase(at, uses.size());
      EXPECT_EQ(shipped, bytes) << name << "/" << path;
    }
  }
}

TEST(RoundTrip, TheOrderOfRowsDoesNotMatter) {
  const Files tutorial = sample::folder("programmes/tutorial");
  const Files canonical = written(read(tutorial));
  Random random(11);
  for (int n = 0; n < 20; ++n) {
    Files files = tutorial;
    for (const char* path : {"sources.csv", "indicators.csv", "observations.csv", "tiles.csv", "classes.csv",
                             "plan/targets.csv", "plan/phases.csv"})
      files[path] = shuffled(files[path], random);
    EXPECT_EQ(written(read(files)), canonical);
  }
}

TEST(RoundTrip, ValidityThatEndsIsARetirementAndComesBackAsADate) {
  const std::string classes =
      "place,class,valid_from,valid_to\n990101100000,甲类,2021-01-01,2021-12-31\n990101100000,乙类,2022-01-01,2022-12-"
      "31\n990101100000,丙类,2024-01-01,\n";
  const Pack pack = read(sample::with("classes.csv", classes));
  std::vector<std::string> versions;
  for (const Definition* d : pack.of_kind("class"))
    versions.push_back(std::to_string(d->version) + " " + d->valid_from.text() +
                       (d->retired ? " retired" : " " + d->body["class"].string_or("")));
  EXPECT_THAT(versions, testing::ElementsAre("1 2021-01-01 甲类", "2 2022-01-01 乙类", "3 2023-01-01 retired",
                                             "4 2024-01-01 丙类"));
  // The first end is told by the second row's beginning, so it is not written twice.
  EXPECT_EQ(written(pack).at("classes.csv"),
            "place,class,valid_from,valid_to\n990101100000,甲类,2021-01-01,\n990101100000,乙类,2022-01-01,2022-12-"
            "31\n990101100000,丙类,2024-01-01,\n");
}

TEST(RoundTrip, WhatNoFileCanHoldIsRefusedByName) {
  Pack pack = read(sample::tiny());
  pack.definitions.push_back({.kind = "rubric",
                              .id = "petition",
                              .version = 1,
                              .valid_from = {},
                              .retired = false,
                              .body = Json(Json::Object{})});
  auto* source = const_cast<Definition*>(pack.find("source", "S1"));
  source->body.set("colour", "red");
  const auto files = write_pack(pack);
  ASSERT_FALSE(files);
  EXPECT_TRUE(files.error().is(errors::not_writable));
  EXPECT_THAT(files.error().text(Language::en), testing::AllOf(HasSubstr("rubric/petition"), HasSubstr("source/S1")));
}

// docs/tutorial.md tells these sums.
TEST(Tutorial, VillageIncomeOf2024AddsUpAsTheTutorialSays) {
  const Pack pack = read(sample::folder("programmes/tutorial"));
  std::map<std::string, std::int64_t> town;
  std::int64_t city = 0;
  for (std::size_t i = 0; i < pack.observations.size(); ++i) {
    const auto& o = pack.observations[i];
    if (o.indicator.value != "V-INC" || o.period.text() != "2024" || !o.value.is_number()) continue;
    const bool revised_later = i + 1 < pack.observations.size() && pack.observations[i + 1].place == o.place &&
                               pack.observations[i + 1].indicator == o.indicator &&
                               pack.observations[i + 1].period == o.period;
    if (revised_later) continue;
    const PlaceId parent = pack.places[static_cast<std::size_t>(o.place.value - 1)].parent;
    town[pack.places[static_cast<std::size_t>(parent.value - 1)].name_zh] += o.value.units;
    city += o.value.units;
  }
  EXPECT_THAT(town, testing::UnorderedElementsAre(testing::Pair("子一镇", 5795), testing::Pair("子二镇", 1980),
                                                  testing::Pair("丑一镇", 2610), testing::Pair("丑二镇", 1405)));
  EXPECT_EQ(city, 11790);
}

TEST(Indicator, TheTypedFormComesBackAsTheSameRow) {
  const Pack pack = read(sample::folder("programmes/jiangmen"));
  for (const Definition* d : pack.of_kind("indicator")) {
    const auto indicator = indicator_of(*d);
    ASSERT_TRUE(indicator);
    EXPECT_EQ(indicator_definition(*indicator, d->valid_from).body.canonical(), d->body.canonical());
  }
  const auto rate = indicator_of(*pack.find("indicator", "census_urban_rate"));
  EXPECT_EQ(rate->numerator.value, "census_urban");
  EXPECT_EQ(rate->factor, 100);
}

}   // namespace
}   // namespace gangmu::pack
