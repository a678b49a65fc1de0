// SPDX-License-Identifier: Apache-2.0
// Places over time in a pack: later versions, earlier codes, ends, successors.
#include <gtest/gtest.h>

#include "pack/lock.hpp"
#include "pack/sample_test.hpp"

namespace gangmu::pack {
namespace {

using sample::lines;
using sample::with;

constexpr const char* head = "code,name_zh,level,kind,parent,valid_from,valid_to,was\n";
constexpr const char* counties =
    "990100000000,示例市,city,prefecture_city,,,,\n"
    "990101000000,甲县,county,county,990100000000,,,\n"
    "990102000000,乙县,county,county,990100000000,,,\n";

Files places(const std::string& rows) { return with("places.csv", head + (counties + rows)); }

std::vector<std::string> faults_of(const Files& files) { return lines(lint(files)); }

TEST(PlacesOverTime, ALaterRowIsALaterVersionAndWasNamesAnEarlierCode) {
  const Files files = places(
      "990101100000,甲镇,town,town,990101000000,,,\n"
      "990102101000,甲镇,town,town,990102000000,2022-07-01,,990101100000\n"
      "990102101000,新镇,town,town,990102000000,2024-01-01,,\n");
  const Pack pack = *read_pack(files);
  ASSERT_EQ(pack.places.size(), 4u);
  EXPECT_EQ(pack.places[3].name_zh, "新镇");
  ASSERT_EQ(pack.earlier.size(), 2u);
  EXPECT_EQ(pack.earlier[0].place.code, "990101100000");
  EXPECT_EQ(pack.codes().at("990101100000"), pack.codes().at("990102101000"));
  const auto frames = *pack.frames();
  const PlaceId town = pack.codes().at("990101100000"), first = pack.codes().at("990101000000"),
                second = pack.codes().at("990102000000");
  EXPECT_EQ(frames->version_on(town, *Date::parse("2021-01-01"))->parent, first);
  EXPECT_EQ(frames->version_on(town, *Date::parse("2022-07-01"))->parent, second);

  const Files written = *write_pack(pack);
  const Pack again = *read_pack(written);
  EXPECT_EQ(*write_pack(again), written);
  EXPECT_EQ(*objects_of(again), *objects_of(pack));
}

TEST(PlacesOverTime, AnEarlierCodeThatHasNoRowIsKeptForTheStore) {
  const Pack pack = *read_pack(places("990102101000,甲镇,town,town,990102000000,,,990101100000\n"));
  EXPECT_EQ(pack.places.size(), 4u);
  EXPECT_EQ(pack.codes().at("990101100000"), pack.codes().at("990102101000"));
}

TEST(PlacesOverTime, APlaceThatIsNoMoreKeepsItsRowAndItsFigures) {
  Files files = places("990101100000,甲镇,town,town,990101000000,,2022-12-31,\n");
  const Pack pack = *read_pack(files);
  EXPECT_EQ(pack.ended.at(pack.codes().at("990101100000")), *Date::parse("2022-12-31"));
  EXPECT_EQ((*pack.frames())->now()->size(), 3u);
  EXPECT_EQ(*read_pack(*write_pack(pack))->frames().value()->ended(pack.codes().at("990101100000")),
            *Date::parse("2022-12-31"));
}

TEST(PlacesOverTime, WhatASuccessorTookOverEndsTheDayBefore) {
  Files files = places(
      "990101100000,甲镇,town,town,990101000000,,,\n"
      "990101101000,丙镇,town,town,990101000000,,,\n");
  files["successors.csv"] = "from,to,share,on\n990101100000,990101101000,1,2023-01-01\n";
  const Pack pack = *read_pack(files);
  EXPECT_EQ(pack.ended.at(pack.codes().at("990101100000")), *Date::parse("2022-12-31"));
  EXPECT_EQ(pack.of_kind("successor").size(), 1u);
  const Files written = *write_pack(pack);
  EXPECT_EQ(*write_pack(*read_pack(written)), written);

  files["successors.csv"] =
      "from,to,share,on\n990101100000,990101100000,0.7,2023-01-01\n990101100000,990101101000,0.3,2023-01-01\n";
  EXPECT_TRUE(read_pack(files)->ended.empty()) << "it is one of its successors";
  files["successors.csv"] = "from,to,share,on\n990101100000,990101101000,0.4,2023-01-01\n";
  EXPECT_EQ(faults_of(files),
            (std::vector<std::string>{"successors.csv:2: the shares of 990101100000 on 2023-01-01 add up to 0.4, they "
                                      "must make 1; correct share"}));
}

TEST(PlacesOverTime, WhatCanNotBeIsNamedWithItsRow) {
  EXPECT_EQ(faults_of(places("990101100000,甲镇,town,town,990101000000,,,\n"
                             "990101100000,甲镇,town,town,990102000000,,,\n")),
            (std::vector<std::string>{"places.csv:6: '990101100000' appears twice (first on line 5); keep one row"}));
  EXPECT_EQ(faults_of(places("990101100000,甲镇,town,town,990101000000,,,\n"
                             "990102101000,甲镇,town,town,990102000000,,,990101100000\n")),
            (std::vector<std::string>{"places.csv:6: '990102101000' and line 5 are one place on one day; give the "
                                      "later row its valid_from, or keep one"}));
  EXPECT_EQ(faults_of(places("990101100000,甲镇,town,town,990101000000,2022-01-01,,\n"
                             "990101100201,甲村,village,village,990101100000,,,\n")),
            (std::vector<std::string>{"places.csv:6: the parent 990101100000 of 990101100201 (甲村) is not there on "
                                      "2020-01-01; correct parent, valid_from or valid_to"}));
}

TEST(Lint, NotesFiguresThatEnterNoSum) {
  Files files = places("990101100000,甲镇,town,town,990101000000,,2022-06-30,\n");
  files["indicators.csv"] +=
      "inc,,收入,Income,万元,10k,2,up,flow,Y,sum,,town,city|county|town\n"
      "stock,,存量,Stock,万元,10k,2,up,stock,Y,sum,,town,city|county|town\n";
  files["observations.csv"] +=
      "990101000000,inc,2021,5,,S1,,,,,\n"
      "990102000000,inc,2021,6,,S1,,,,,\n"
      "990101100000,inc,2022,1,,S1,,,,,\n"
      "990101100000,inc,2023,1,,S1,,,,,\n"
      "990101100000,stock,2022,1,,S1,,,,,\n";
  const Lint found = lint_all(files);
  EXPECT_EQ(lines(found.faults), std::vector<std::string>{});
  EXPECT_EQ(lines(found.notes),
            (std::vector<std::string>{
                "observations.csv:9: 990101000000 has a county figure of 'inc', which is entered at level town: such "
                "figures (2) are shown and enter no sum",
                "observations.csv:12: 990101100000 was not there in 2023 (inc): such figures of it (2) are not shown "
                "and enter no sum"}));
}

TEST(Lint, AsksWhichFigureIncludesWhichAfterAMerge) {
  Files files = places(
      "990101100000,甲镇,town,town,990101000000,,,\n"
      "990101101000,丙镇,town,town,990101000000,,,\n");
  files["successors.csv"] = "from,to,share,on\n990101100000,990101101000,1,2022-07-01\n";
  files["indicators.csv"] += "inc,,收入,Income,万元,10k,2,up,flow,Y,sum,,town,city|county|town\n";
  files["observations.csv"] +=
      "990101100000,inc,2021,5,,S1,,,,,\n"
      "990101100000,inc,2022,3,,S1,,,,,\n"
      "990101101000,inc,2021,6,,S1,,,,,\n"
      "990101101000,inc,2022,9,,S1,,,,,\n";
  EXPECT_EQ(lines(lint_all(files).notes),
            (std::vector<std::string>{"observations.csv:10: 990101100000 went into 990101101000 within 2022 and both "
                                      "have a figure of 'inc': check whether the one includes the other"}));
}

}   // namespace
}   // namespace gangmu::pack
