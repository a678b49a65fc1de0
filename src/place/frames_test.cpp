// SPDX-License-Identifier: Apache-2.0
#include "place/frames.hpp"

#include <gtest/gtest.h>

namespace gangmu::place {
namespace {

Date day(const char* text) { return *Date::parse(text); }

/// "id parent level code from [to]"
struct Row {
  std::int64_t id, parent;
  Level level;
  const char *code, *from, *to = nullptr;
};

std::shared_ptr<const Frames> frames(const std::vector<Row>& rows) {
  std::vector<Version> versions;
  for (const Row& r : rows) {
    Version v{.place = {.id = {r.id}, .code = r.code, .parent = {r.parent}, .level = r.level}};
    v.place.valid_from = day(r.from);
    if (r.to != nullptr) v.valid_to = day(r.to);
    versions.push_back(std::move(v));
  }
  return *Frames::build(std::move(versions));
}

/// "1(2(4)3)": ids, children in brackets.
std::string shape(const Tree& tree) {
  std::string out;
  const auto put = [&](const auto& self, NodeIndex node) -> void {
    out += std::to_string(tree[node].id.value);
    const auto below = tree.children(node);
    if (below.empty()) return;
    out += "(";
    for (const NodeIndex child : below) out += (out.back() == '(' ? "" : " "), self(self, child);
    out += ")";
  };
  if (tree.size() > 0) put(put, 0);
  return out;
}

const std::vector<Row> city{{1, 0, Level::city, "99", "2020-01-01"},
                            {2, 1, Level::county, "9901", "2020-01-01"},
                            {3, 1, Level::county, "9902", "2020-01-01"},
                            {4, 2, Level::town, "990101", "2020-01-01"},
                            {5, 4, Level::village, "99010101", "2020-01-01"}};

std::vector<Row> city_and(std::vector<Row> more) {
  std::vector<Row> out = city;
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

TEST(Frames, ATreeThatNeverChangedIsOneForAllDays) {
  auto rows = city;
  rows[4].from = "1999-01-01";   // older than the tree itself
  const auto all = frames(rows);
  EXPECT_TRUE(all->one());
  EXPECT_EQ(all->on(day("1990-01-01")), all->now());
  EXPECT_EQ(all->during(day("2020-01-01"), day("2024-12-31")), all->now());
}

TEST(Frames, ANameOrCodeThatChangedCostsNoFrame) {
  const auto all = frames(city_and({{4, 2, Level::town, "990199", "2024-01-01"}}));
  EXPECT_EQ(all->on(day("2021-01-01")), all->now());
  EXPECT_EQ(all->version_on(PlaceId{4}, day("2023-12-31"))->code, "990101");
  EXPECT_EQ(all->find_code("990101", day("2025-01-01")), PlaceId{4}) << "an earlier code still finds its place";
  EXPECT_EQ(all->find_code("990199", day("2025-01-01")), PlaceId{4});
  EXPECT_FALSE(all->find_code("990198", day("2025-01-01")));
}

TEST(Frames, ATownThatMovesIsInEachCountyInItsDays) {
  const auto all = frames(city_and({{4, 3, Level::town, "990201", "2024-03-01"}}));
  EXPECT_EQ(shape(*all->now()), "1(2 3(4(5)))");
  EXPECT_EQ(shape(*all->on(day("2024-02-29"))), "1(2(4(5)) 3)");
  EXPECT_EQ(all->on(day("2024-03-01")), all->now());
  EXPECT_EQ(all->on(day("2010-01-01")), all->on(day("2024-02-29"))) << "the first frame holds back to the beginning";
  EXPECT_TRUE(all->gaps().empty());
}

TEST(Frames, APlaceThatEndedIsInTheFramesOfItsDaysAndInTheFlowsOfItsLastPeriod) {
  auto rows = city;
  rows[4].to = "2024-06-30";
  const auto all = frames(rows);
  EXPECT_EQ(shape(*all->now()), "1(2(4) 3)");
  EXPECT_EQ(shape(*all->on(day("2024-06-30"))), "1(2(4(5)) 3)");
  EXPECT_EQ(shape(*all->on(day("2024-12-31"))), "1(2(4) 3)");
  EXPECT_EQ(shape(*all->during(day("2024-01-01"), day("2024-12-31"))), "1(2(4(5)) 3)");
  EXPECT_EQ(all->during(day("2024-07-01"), day("2024-12-31")), all->now());
  EXPECT_EQ(all->during(day("2024-01-01"), day("2024-06-30")), all->on(day("2024-06-30")));
  EXPECT_EQ(all->ended(PlaceId{5}), day("2024-06-30"));
  EXPECT_EQ(all->find_code("99010101", day("2026-01-01")), PlaceId{5});
}

TEST(Frames, APlaceThatEndedWithItsParentIsCountedUnderWhoIsAbove) {
  auto rows = city;
  rows[3].to = "2024-05-31";
  rows[4].to = "2024-05-31";
  const auto all = frames(rows);
  EXPECT_EQ(shape(*all->during(day("2024-01-01"), day("2024-12-31"))), "1(2(4(5)) 3)");
  rows[4].to = "2024-03-31";   // the village before its town
  EXPECT_EQ(shape(*frames(rows)->during(day("2024-04-01"), day("2024-12-31"))), "1(2(4) 3)");
}

TEST(Frames, APlaceWhoseParentIsNotThereYetStandsUnderTheNextAboveAndIsNamed) {
  auto rows = city;
  rows[3].from = "2022-01-01";   // the town is younger than its village
  const auto all = frames(rows);
  EXPECT_EQ(shape(*all->on(day("2021-06-30"))), "1(2(5) 3)");
  ASSERT_EQ(all->gaps().size(), 1u);
  EXPECT_EQ(all->gaps()[0].place, PlaceId{5});
  EXPECT_EQ(all->gaps()[0].parent, PlaceId{4});
}

TEST(Frames, AVersionThatEndsBeforeItBeginsNeverHeldAndTheLaterOfTwoForOneDayHolds) {
  const auto withdrawn = frames(city_and({{4, 3, Level::town, "990201", "2024-03-01", "2024-02-29"}}));
  EXPECT_TRUE(withdrawn->one());
  const auto corrected = frames(city_and({{4, 3, Level::town, "990201", "2020-01-01"}}));
  EXPECT_TRUE(corrected->one());
  EXPECT_EQ(shape(*corrected->now()), "1(2 3(4(5)))");
}

TEST(Frames, OneCodeMayBelongToTwoPlacesOneAfterTheOther) {
  auto rows = city_and({{6, 4, Level::village, "99010101", "2024-01-01"}});
  rows[4].to = "2023-12-31";
  const auto all = frames(rows);
  EXPECT_EQ(all->find_code("99010101", day("2023-06-30")), PlaceId{5});
  EXPECT_EQ(all->find_code("99010101", day("2024-06-30")), PlaceId{6});
}

}   // namespace
}   // namespace gangmu::place
