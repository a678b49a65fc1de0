// SPDX-License-Identifier: Apache-2.0
#include "fact/one_frame.hpp"

#include <gtest/gtest.h>

#include "fact/ground.hpp"
#include "fact/tiny_world_test.hpp"

namespace gangmu::fact {
namespace {

using place::Level;

Date on(const char* day) { return *Date::parse(day); }
Period period(const char* text) { return *Period::parse(text); }

/// Places by a letter each; every step names its day.
class FrameWorld {
 public:
  void place(char name, char parent, Level level, const char* from = "2000-01-01", const char* to = nullptr) {
    place::Place out{.id = id(name), .code = std::string(1, name)};
    if (parent != 0) out.parent = id(parent);
    out.level = level;
    out.name_zh = out.code;
    out.valid_from = on(from);
    versions_.push_back({out, to ? std::optional(on(to)) : std::nullopt});
  }
  void becomes(char from, char to, const char* day, const char* share = "1") {
    rows_.push_back({id(from), id(to), on(day), *Decimal::parse(share)});
  }
  void indicator(const char* code, Aggregation aggregation, Level level, int decimals = 0, const char* args = "") {
    Indicator out;
    out.code = {code};
    out.aggregation = aggregation;
    out.entry_level = level;
    out.decimals = decimals;
    EXPECT_TRUE(read_agg_args(args, out));
    indicators_.push_back(out);
  }
  void flows() {
    for (Indicator& one : indicators_) one.figure = FigureKind::flow;
  }
  void cell(char place, const char* code, const char* when, const char* value) {
    cells_.push_back({place, code, when, value});
  }
  void make() {
    frames = *place::Frames::build(versions_);
    std::vector<IndicatorVersions> versions;
    for (const Indicator& one : indicators_) versions.push_back({{on("2000-01-01"), one}});
    Grounds grounds = *Grounds::of(frames, versions);
    std::vector<CellUpdate> cells;
    for (const auto& [place, code, when, value] : cells_) {
      CellUpdate update{.indicator = grounds.now().find({code}), .period = period(when), .cell = {}};
      const Ground ground = grounds.at(update.period);
      update.node = ground.floor(update.indicator).tree->find(id(place));
      update.cell.value = *CellValue::parse(value, (*ground.catalogue)[update.indicator].decimals);
      cells.push_back(update);
    }
    SerialExecutor executor;
    cube = std::make_shared<const Cube>(Cube::build(std::move(grounds), cells, executor));
  }
  [[nodiscard]] std::unique_ptr<OneFrame> frame(const char* day) const {
    return std::make_unique<OneFrame>(
        cube, std::make_shared<const Crossings>(frames, place::Successions(rows_, *frames), on(day)));
  }
  /// "100 2/2", "40.4 1/1 by share", "other area", "-"
  [[nodiscard]] std::string told(const char* day, char name, const char* code, const char* when) const {
    const auto one = frame(day);
    const NodeIndex node = one->tree()->find(id(name));
    if (node == place::no_node) return "not there";
    const FramedFigure told = one->figure(node, cube->find({code}), period(when));
    const Rollup& rollup = told.figure.rollup;
    if (rollup.gap == Gap::other_area) return "other area";
    if (rollup.gap == Gap::overflow) return "overflow";
    if (told.figure.empty()) return "-";
    std::string out = rollup.kind == Rollup::Kind::real ? round_half_up(rollup.real, 3)
                      : rollup.has_value()              ? Decimal(rollup.units, rollup.decimals).text()
                                                        : "entered";
    out += " " + std::to_string(rollup.reported) + "/" + std::to_string(rollup.expected);
    return out + (told.by_share ? " by share" : "") + (told.as_it_was ? "" : " made");
  }
  static PlaceId id(char name) { return PlaceId{name}; }

  std::shared_ptr<const place::Frames> frames;
  std::shared_ptr<const Cube> cube;

 private:
  struct Given {
    char place;
    const char *code, *when, *value;
  };
  std::vector<place::Version> versions_;
  std::vector<place::Succession> rows_;
  std::vector<Indicator> indicators_;
  std::vector<Given> cells_;
};

/// City Z, counties X and Y, towns P (of X) and Q (of Y), villages a b (of P) and c (of Q).
FrameWorld world() {
  FrameWorld w;
  w.place('Z', 0, Level::city);
  w.place('X', 'Z', Level::county);
  w.place('Y', 'Z', Level::county);
  w.place('P', 'X', Level::town);
  w.place('Q', 'Y', Level::town);
  w.place('c', 'Q', Level::village);
  w.indicator("n", Aggregation::sum, Level::village, 2);
  return w;
}

TEST(OneFrame, AMergedPlaceAddsUpInItsSuccessor) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2022-12-31");
  w.place('b', 'P', Level::village);
  w.becomes('a', 'b', "2023-01-01");
  w.cell('a', "n", "2022", "10.50");
  w.cell('b', "n", "2022", "20.25");
  w.cell('b', "n", "2023", "33.00");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'b', "n", "2022"), "30.75 2/2 made");
  EXPECT_EQ(w.told("2026-01-01", 'b', "n", "2023"), "33.00 1/1");
  EXPECT_EQ(w.told("2026-01-01", 'P', "n", "2022"), "30.75 2/2");
  EXPECT_EQ(w.told("2026-01-01", 'a', "n", "2022"), "not there");
  EXPECT_EQ(w.told("2022-06-30", 'a', "n", "2022"), "10.50 1/1");
  EXPECT_EQ(w.told("2022-06-30", 'b', "n", "2023"), "other area") << "it has a's part in it";
  EXPECT_EQ(w.told("2022-06-30", 'P', "n", "2023"), "33.00 1/1") << "both lie in the town";
}

TEST(OneFrame, WhatWasNotReportedIsCounted) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2022-12-31");
  w.place('b', 'P', Level::village);
  w.becomes('a', 'b', "2023-01-01");
  w.cell('b', "n", "2022", "20.25");
  w.cell('a', "n", "2021", ">5");
  w.cell('b', "n", "2021", "1.00");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'b', "n", "2022"), "20.25 1/2 made");
  EXPECT_EQ(w.told("2026-01-01", 'b', "n", "2021"), "1.00 1/2 made") << "a threshold enters no sum";
}

TEST(OneFrame, ASplitGivesSharesWithTheDecimalsTheyTake) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2022-12-31");
  w.place('b', 'P', Level::village, "2023-01-01");
  w.place('d', 'Q', Level::village, "2023-01-01");
  w.becomes('a', 'b', "2023-01-01", "0.375");
  w.becomes('a', 'd', "2023-01-01", "0.625");
  w.cell('a', "n", "2022", "10.01");
  w.cell('c', "n", "2022", "1.00");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'b', "n", "2022"), "3.75375 1/1 by share made");
  EXPECT_EQ(w.told("2026-01-01", 'd', "n", "2022"), "6.25625 1/1 by share made");
  EXPECT_EQ(w.told("2026-01-01", 'Q', "n", "2022"), "7.25625 2/2 by share made");
  EXPECT_EQ(w.told("2026-01-01", 'X', "n", "2022"), "3.75375 1/1 by share made");
  EXPECT_EQ(w.told("2026-01-01", 'Z', "n", "2022"), "11.01 2/2") << "nothing is lost on the way";
  EXPECT_EQ(w.told("2022-01-01", 'a', "n", "2022"), "10.01 1/1");
}

TEST(OneFrame, ThirdsThatMissTheWholeLoseNothing) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2022-12-31");
  for (const char name : {'d', 'e', 'f'}) {
    w.place(name, 'P', Level::village, "2023-01-01");
    w.becomes('a', name, "2023-01-01", "0.333333");
  }
  w.cell('a', "n", "2022", "9.00");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'd', "n", "2022"), "2.999997 1/1 by share made");
  EXPECT_EQ(w.told("2026-01-01", 'P', "n", "2022"), "9.00 1/1");
}

TEST(OneFrame, SharesFinerThanNineDecimalsAreNotTold) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2020-12-31");
  w.place('b', 'P', Level::village, "2021-01-01", "2022-12-31");
  w.place('d', 'Q', Level::village, "2021-01-01");
  w.place('e', 'P', Level::village, "2023-01-01");
  w.place('f', 'Q', Level::village, "2023-01-01");
  w.becomes('a', 'b', "2021-01-01", "0.123457");
  w.becomes('a', 'd', "2021-01-01", "0.876543");
  w.becomes('b', 'e', "2023-01-01", "0.333333");
  w.becomes('b', 'f', "2023-01-01", "0.666667");
  w.cell('a', "n", "2020", "10.00");
  w.cell('b', "n", "2021", "10.00");
  w.cell('a', "n", "2019", "10.01");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'e', "n", "2020"), "other area") << "a product of twelve decimals";
  EXPECT_EQ(w.told("2026-01-01", 'Z', "n", "2020"), "10.00 1/2");
  EXPECT_EQ(w.told("2026-01-01", 'e', "n", "2021"), "3.33333 1/1 by share made");
}

TEST(OneFrame, APlaceThatMovedIsWhereItIsInTheFrame) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01");
  w.place('T', 'X', Level::town, "2000-01-01");
  w.place('T', 'Y', Level::town, "2024-01-01");
  w.place('t', 'T', Level::village);
  w.indicator("g", Aggregation::reported, Level::county, 1);
  w.indicator("k", Aggregation::sum, Level::county, 0);
  w.indicator("s", Aggregation::sum, Level::town, 0);
  for (const char county : {'X', 'Y'}) {
    w.cell(county, "g", "2023", "5.0");
    w.cell(county, "k", "2023", "7");
  }
  w.cell('a', "n", "2023", "1.00");
  w.cell('t', "n", "2023", "2.00");
  w.cell('c', "n", "2023", "4.00");
  w.cell('T', "s", "2023", "8");
  w.cell('Q', "s", "2023", "1");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'X', "n", "2023"), "1.00 1/1 made");
  EXPECT_EQ(w.told("2026-01-01", 'Y', "n", "2023"), "6.00 2/2 made");
  EXPECT_EQ(w.told("2026-01-01", 'Y', "s", "2023"), "9 2/2 made");
  EXPECT_EQ(w.told("2026-01-01", 'T', "s", "2023"), "8 1/1");
  for (const char county : {'X', 'Y'}) {
    EXPECT_EQ(w.told("2026-01-01", county, "g", "2023"), "other area") << "what the county told is of its area then";
    EXPECT_EQ(w.told("2026-01-01", county, "k", "2023"), "other area");
    EXPECT_EQ(w.told("2023-01-01", county, "k", "2023"), "7 1/1");
  }
  EXPECT_EQ(w.told("2026-01-01", 'Z', "k", "2023"), "14 2/2");
}

TEST(OneFrame, ARatioIsByItsPartsAndOthersAreNotMadeUp) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2022-12-31");
  w.place('b', 'P', Level::village);
  w.place('d', 'Q', Level::village, "2023-01-01");
  w.becomes('a', 'b', "2023-01-01", "0.4");
  w.becomes('a', 'd', "2023-01-01", "0.6");
  w.indicator("m", Aggregation::sum, Level::village, 0);
  w.indicator("r", Aggregation::ratio, Level::village, 1, "num=n;den=m;factor=100");
  w.indicator("v", Aggregation::weighted, Level::village, 1, "w=m");
  w.indicator("x", Aggregation::max, Level::village, 0);
  for (const auto& [name, n, m, v] : {std::tuple('a', "5.00", "10", "2.0"), std::tuple('b', "6.00", "20", "5.0")}) {
    w.cell(name, "n", "2022", n);
    w.cell(name, "m", "2022", m);
    w.cell(name, "v", "2022", v);
    w.cell(name, "x", "2022", m);
  }
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'b', "r", "2022"), "33.333 2/2 by share made") << "(6 + 2) / (20 + 4)";
  EXPECT_EQ(w.told("2026-01-01", 'd', "r", "2022"), "50.000 1/1 by share made");
  EXPECT_EQ(w.told("2026-01-01", 'b', "v", "2022"), "4.500 2/2 by share made") << "(5 × 20 + 2 × 4) / 24";
  EXPECT_EQ(w.told("2026-01-01", 'b', "x", "2022"), "other area") << "a largest value has no share";
  EXPECT_EQ(w.told("2026-01-01", 'Z', "x", "2022"), "20 2/3");
}

TEST(OneFrame, OneThatEndedInsideAPeriodIsInItsFlowsAndInNoStock) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2022-06-30");
  w.place('b', 'P', Level::village);
  w.becomes('a', 'b', "2022-07-01");
  w.indicator("f", Aggregation::sum, Level::village, 0);
  w.flows();
  w.indicator("k", Aggregation::sum, Level::village, 0);
  w.cell('a', "f", "2022", "3");
  w.cell('b', "f", "2022", "4");
  w.cell('b', "k", "2022", "9");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'b', "f", "2022"), "7 2/2 made");
  EXPECT_EQ(w.told("2026-01-01", 'b', "k", "2022"), "9 1/1");
  EXPECT_EQ(w.told("2022-01-01", 'a', "f", "2022"), "other area") << "its second half is in b's figure";
}

TEST(OneFrame, WhoEndedWithoutASuccessorLiesInItsTown) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village, "2000-01-01", "2022-12-31");
  w.place('b', 'P', Level::village);
  w.place('d', 'P', Level::village, "2024-01-01");
  w.cell('a', "n", "2022", "3.00");
  w.cell('b', "n", "2022", "4.00");
  w.cell('d', "n", "2024", "5.00");
  w.make();
  EXPECT_EQ(w.told("2026-01-01", 'P', "n", "2022"), "7.00 2/2");
  EXPECT_EQ(w.told("2026-01-01", 'b', "n", "2022"), "4.00 1/1");
  EXPECT_EQ(w.told("2022-01-01", 'P', "n", "2024"), "5.00 1/2") << "a new village was part of the town";
}

TEST(OneFrame, ASeriesLeavesNoPeriodOutThatWasOfAnotherArea) {
  FrameWorld w = world();
  w.place('a', 'P', Level::village);
  w.place('T', 'X', Level::town, "2000-01-01");
  w.place('T', 'Y', Level::town, "2024-01-01");
  w.indicator("g", Aggregation::reported, Level::county, 1);
  w.cell('X', "g", "2023", "5.0");
  w.cell('X', "g", "2024", "6.0");
  w.make();
  const auto one = w.frame("2026-01-01");
  const auto series = one->series(one->tree()->find(FrameWorld::id('X')), w.cube->find({"g"}));
  ASSERT_EQ(series.size(), 2u);
  EXPECT_EQ(series[0].told.figure.rollup.gap, Gap::other_area);
  EXPECT_TRUE(series[1].told.figure.entered());
  EXPECT_TRUE(series[1].told.as_it_was);
}

}   // namespace
}   // namespace gangmu::fact
