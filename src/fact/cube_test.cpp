// SPDX-License-Identifier: Apache-2.0
#include "fact/cube.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fact/errors.hpp"
#include "fact/tiny_world_test.hpp"

namespace gangmu::fact {
namespace {

constexpr std::string_view drawing = R"(
  示例市     city
    甲县     county
      甲01镇 town
        一村 village
        二村 village
        三村 village
      甲02镇 town
        四村 village
    乙县     county
      乙01镇 town
        五村 village
        六村 village
)";

/// A world and the questions asked of it in the words of the table.
class World {
 public:
  World(std::string_view tree_drawing, std::string_view indicator_table, std::string_view cell_table)
      : tree(tiny::tree(tree_drawing)),
        indicators(tiny::indicators(indicator_table)),
        cube(*Cube::build(tree, indicators, tiny::cells(*tree, indicators, cell_table), serial)) {}

  void then(std::string_view cell_table) { cube = cube.with(tiny::cells(*tree, indicators, cell_table)); }

  [[nodiscard]] Rollup rollup(std::string_view place, std::string_view indicator, std::string_view period) const {
    return cube.rolled(tree->find_code(place), cube.find({std::string(indicator)}), *Period::parse(period));
  }
  [[nodiscard]] std::string rolled(std::string_view place, std::string_view indicator, std::string_view period) const {
    return tiny::text(rollup(place, indicator, period));
  }
  [[nodiscard]] Figure figure(std::string_view place, std::string_view indicator, std::string_view period) const {
    return cube.figure(tree->find_code(place), cube.find({std::string(indicator)}), *Period::parse(period));
  }

  SerialExecutor serial;
  std::shared_ptr<const place::Tree> tree;
  std::vector<Indicator> indicators;
  Cube cube;
};

TEST(Cube, ACityAddsUpItsVillages) {
  World w(drawing,
          "收入 2 village sum\n"
          "户数 0 village sum\n"
          "户均 2 village ratio num=收入;den=户数\n",
          "一村 收入 2022 10.00\n 一村 户数 2022 100\n"
          "二村 收入 2022 20.50\n 二村 户数 2022 100\n"
          "三村 收入 2022 0\n     三村 户数 2022 50\n"
          "四村 收入 2022 7.25\n  四村 户数 2022 40\n"
          "五村 收入 2022 12.00\n 五村 户数 2022 60\n"
          "六村 收入 2022 8.00\n  六村 户数 2022 50\n"
          "一村 收入 2023 11.00\n 五村 收入 2023 15.00\n 五村 户数 2023 60\n");

  EXPECT_EQ(w.rolled("一村", "收入", "2022"), "10.00 1/1");
  EXPECT_EQ(w.rolled("甲01镇", "收入", "2022"), "30.50 3/3") << "zero is a value";
  EXPECT_EQ(w.rolled("甲县", "收入", "2022"), "37.75 4/4");
  EXPECT_EQ(w.rolled("示例市", "收入", "2022"), "57.75 6/6");
  EXPECT_EQ(w.rolled("示例市", "户均", "2022"), "~0.1444 6/6") << "57.75 / 400, not the mean of six quotients";
  EXPECT_EQ(w.rolled("示例市", "收入", "2023"), "26.00 2/6 4 missing");
  EXPECT_EQ(w.rolled("示例市", "户均", "2023"), "~0.2500 1/6 5 missing") << "only 五村 has both parts";
  EXPECT_EQ(w.rolled("甲02镇", "收入", "2023"), "none 0/1 1 missing");
  EXPECT_EQ(w.rollup("甲02镇", "收入", "2023").gap, Gap::nothing_reported);
  EXPECT_EQ(w.rollup("甲县", "户均", "2023").gap, Gap::no_denominator);
  EXPECT_EQ(w.rolled("示例市", "收入", "2024"), "none 0/6 6 missing");
  EXPECT_TRUE(w.rollup("示例市", "收入", "2022").complete());
  EXPECT_EQ(w.rollup("示例市", "收入", "2022").min, 0);
  EXPECT_EQ(w.rollup("示例市", "收入", "2022").max, 2050);
}

TEST(Cube, NothingButNumbersEntersASum) {
  World w(drawing, "收入 1 village sum\n",
          "一村 收入 2023 10\n 二村 收入 2023 >12\n 三村 收入 2023 WH\n 四村 收入 2023 NA\n 五村 收入 2023 <3\n 六村 "
          "收入 2023 .\n");
  EXPECT_EQ(w.rolled("示例市", "收入", "2023"), "10.0 1/6 2 threshold 1 withheld 1 n/a 1 missing");
  EXPECT_EQ(w.rolled("乙县", "收入", "2023"), "none 0/2 1 threshold 1 missing");
  EXPECT_FALSE(w.rollup("示例市", "收入", "2023").complete());
  EXPECT_TRUE(w.rollup("甲02镇", "收入", "2023").complete()) << "not applicable is an answer";
}

TEST(Cube, AFigureOfItsOwnStandsBesideTheSum) {
  World w(drawing, "产值 1 county sum\n", "甲县 产值 2023 40\n 乙县 产值 2023 50\n 示例市 产值 2023 88.8\n");
  const Figure city = w.figure("示例市", "产值", "2023");
  EXPECT_TRUE(city.entered());
  EXPECT_EQ(city.cell->value.units, 888) << "what the city reported is what is shown";
  EXPECT_EQ(tiny::text(city.rollup), "90.0 2/2") << "and what its counties add up to is at hand";
  EXPECT_EQ(w.rollup("甲01镇", "产值", "2023").gap, Gap::below_entry);
}

TEST(Cube, AReportedFigureIsNeverAddedUp) {
  World w(drawing, "生产总值增速 1 county reported\n", "甲县 生产总值增速 2023 5.0\n 乙县 生产总值增速 2023 7.0\n");
  EXPECT_EQ(w.rolled("示例市", "生产总值增速", "2023"), "none 2/2");
  EXPECT_EQ(w.rollup("示例市", "生产总值增速", "2023").gap, Gap::not_added_up);
  EXPECT_EQ(w.rolled("甲县", "生产总值增速", "2023"), "5.0 1/1");
  w.then("示例市 生产总值增速 2023 5.8\n");
  EXPECT_EQ(w.rolled("示例市", "生产总值增速", "2023"), "5.8 2/2");
}

TEST(Cube, MeanMinMaxCountAndWeightedMean) {
  World w(drawing,
          "抽查 1 village mean\n 最低 1 village min\n 最高 1 village max\n 报送村 1 village count\n"
          "样本 0 village sum\n 满意度 1 village weighted w=样本\n",
          "一村 抽查 2023 80\n 二村 抽查 2023 90\n 五村 抽查 2023 95.5\n"
          "一村 最低 2023 -3\n 六村 最低 2023 4\n"
          "一村 最高 2023 -3\n 六村 最高 2023 4\n"
          "一村 报送村 2023 0\n 六村 报送村 2023 9\n"
          "一村 满意度 2023 90\n 一村 样本 2023 10\n 五村 满意度 2023 60\n 五村 样本 2023 30\n 六村 满意度 2023 100\n");
  EXPECT_EQ(w.rolled("示例市", "抽查", "2023"), "~88.5000 3/6 3 missing");
  EXPECT_EQ(w.rolled("示例市", "最低", "2023"), "-3.0 2/6 4 missing");
  EXPECT_EQ(w.rolled("示例市", "最高", "2023"), "4.0 2/6 4 missing");
  EXPECT_EQ(w.rolled("示例市", "报送村", "2023"), "2 2/6 4 missing");
  EXPECT_EQ(w.rolled("示例市", "满意度", "2023"), "~67.5000 2/6 4 missing")
      << "(90×10 + 60×30) / 40; 六村 has no weight";
  EXPECT_EQ(w.rolled("乙县", "满意度", "2023"), "~60.0000 1/2 1 missing");
}

TEST(Cube, AWeightedMeanWhoseWeightsAreZeroHasNoValue) {
  World w(drawing, "样本 0 village sum\n 满意度 1 village weighted w=样本\n",
          "一村 满意度 2023 90\n 一村 样本 2023 0\n");
  EXPECT_EQ(w.rollup("甲县", "满意度", "2023").gap, Gap::zero_denominator);
}

TEST(Cube, ARatioIsDividedOnceAndSaysWhatWasDivided) {
  World w(drawing, "城镇 0 county sum\n 常住 0 county sum\n 城镇化率 2 county ratio num=城镇;den=常住;factor=100\n",
          "甲县 城镇 2023 50\n 甲县 常住 2023 100\n 乙县 城镇 2023 200\n 乙县 常住 2023 300\n");
  EXPECT_EQ(w.rolled("示例市", "城镇化率", "2023"), "~62.5000 2/2");
  EXPECT_EQ(w.rollup("示例市", "城镇化率", "2023").numerator, 250);
  EXPECT_EQ(w.rollup("示例市", "城镇化率", "2023").denominator, 400);
  w.then("示例市 城镇 2023 270\n 示例市 常住 2023 450\n");
  EXPECT_EQ(w.rolled("示例市", "城镇化率", "2023"), "~60.0000 2/2")
      << "the city's own two parts are what its page shows";
  w.then("甲县 常住 2023 0\n");
  EXPECT_EQ(w.rollup("甲县", "城镇化率", "2023").gap, Gap::zero_denominator);
}

TEST(Cube, ARatioOfPartsFromDifferentLevelsTakesThemAtThePlace) {
  World w(drawing,
          "生产总值 2 county reported\n 人口 0 village sum\n 人均 0 county ratio num=生产总值;den=人口;factor=10000\n",
          "甲县 生产总值 2023 12.50\n 一村 人口 2023 1000\n 四村 人口 2023 1500\n 五村 人口 2023 10\n");
  EXPECT_EQ(w.rollup("甲县", "人均", "2023").real, 50.0);
  EXPECT_EQ(w.rollup("示例市", "人均", "2023").gap, Gap::no_numerator);
  w.then("示例市 生产总值 2023 >10\n 示例市 人口 2023 5000\n");
  EXPECT_EQ(w.rollup("示例市", "人均", "2023").gap, Gap::no_numerator) << "a threshold is not a value";
  w.then("示例市 生产总值 2023 25\n");
  EXPECT_EQ(w.rollup("示例市", "人均", "2023").real, 50.0);
}

TEST(Cube, ARatioWhosePartIsUnknownSaysSo) {
  World w(drawing, "税收占比 1 county ratio num=税收;den=预算\n", "甲县 税收占比 2023 71.5\n");
  EXPECT_EQ(w.rollup("甲县", "税收占比", "2023").gap, Gap::unknown_part);
  EXPECT_EQ(w.figure("甲县", "税收占比", "2023").cell->value.units, 715) << "what was entered is still shown";
}

TEST(Cube, AFunctionalUnitIsExpectedOnlyWhenItReports) {
  World w(
      "示例市 city\n  甲县 county\n    甲01镇 town\n    甲02镇 town\n    开发区 town functional\n    农场 town "
      "functional\n",
      "户数 0 town sum\n", "甲01镇 户数 2023 5\n");
  EXPECT_EQ(w.rolled("甲县", "户数", "2023"), "5 1/2 1 missing");
  w.then("开发区 户数 2023 7\n");
  EXPECT_EQ(w.rolled("甲县", "户数", "2023"), "12 2/3 1 missing");
  EXPECT_EQ(w.rolled("开发区", "户数", "2023"), "7 1/1");
  EXPECT_EQ(w.rolled("农场", "户数", "2023"), "none 0/0");
}

TEST(Cube, ASumThatLeavesTheExactRangeIsToldAndComesBack) {
  World w(drawing, "数 0 village sum\n 重 0 village sum\n 均 0 village weighted w=重\n",
          "一村 数 2023 9223372036854775807\n 二村 数 2023 1\n 五村 数 2023 5\n"
          "一村 均 2023 9223372036854775807\n 一村 重 2023 9223372036854775807\n");
  EXPECT_EQ(w.rollup("甲县", "数", "2023").gap, Gap::overflow);
  EXPECT_EQ(w.rollup("示例市", "数", "2023").gap, Gap::overflow);
  EXPECT_EQ(w.rolled("乙县", "数", "2023"), "5 1/2 1 missing");
  EXPECT_EQ(w.rollup("甲县", "均", "2023").gap, Gap::overflow);
  w.then("二村 数 2023 -1\n 一村 均 2023 3\n");
  EXPECT_EQ(w.rolled("甲县", "数", "2023"), "9223372036854775806 2/4 2 missing");
  EXPECT_EQ(w.rolled("甲县", "均", "2023"), "~3.0000 1/4 3 missing");
}

TEST(Cube, APictureStaysAsItWas) {
  World w(drawing, "收入 0 village sum\n", "一村 收入 2023 10\n 二村 收入 2023 20\n");
  const Cube before = w.cube;
  w.then("一村 收入 2023 15\n 六村 收入 2024 1\n");
  const auto period = *Period::parse("2023");
  EXPECT_EQ(tiny::text(before.rolled(0, 0, period)), "30 2/6 4 missing");
  EXPECT_EQ(tiny::text(w.cube.rolled(0, 0, period)), "35 2/6 4 missing");
  EXPECT_EQ(before.periods(0).size(), 1U);
  EXPECT_EQ(w.cube.periods(0).size(), 2U);
}

TEST(Cube, ARevisionMovesTheRangeBothWays) {
  World w(drawing, "收入 0 village sum\n", "一村 收入 2023 10\n 二村 收入 2023 20\n 五村 收入 2023 30\n");
  const auto range = [&] {
    const Rollup r = w.rollup("示例市", "收入", "2023");
    return std::pair(r.min, r.max);
  };
  w.then("五村 收入 2023 12\n");
  EXPECT_EQ(range(), std::pair(std::int64_t{10}, std::int64_t{20}));
  w.then("一村 收入 2023 WH\n");
  EXPECT_EQ(range(), std::pair(std::int64_t{12}, std::int64_t{20}));
  w.then("二村 收入 2023 .\n 五村 收入 2023 NA\n");
  EXPECT_FALSE(w.rollup("示例市", "收入", "2023").has_range);
}

TEST(Cube, LatestAndSeriesSkipPeriodsWithNothingToShow) {
  World w(drawing, "收入 0 village sum\n 户数 0 village sum\n 户均 1 village ratio num=收入;den=户数\n",
          "一村 收入 2021 1\n 一村 收入 2023 3\n 五村 收入 2024 4\n 一村 收入 2025 .\n 一村 户数 2023 2\n 五村 户数 "
          "2022 2\n");
  const NodeIndex jia = w.tree->find_code("甲县");
  std::string told;
  for (const auto& [period, figure] : w.cube.series(jia, 0))
    told += period.text() + ": " + tiny::text(figure.rollup) + "; ";
  EXPECT_EQ(told, "2021: 1 1/4 3 missing; 2023: 3 1/4 3 missing; ");
  EXPECT_EQ(w.cube.latest(jia, 0)->text(), "2023");
  EXPECT_EQ(w.cube.latest(0, 0)->text(), "2024");
  EXPECT_EQ(w.cube.latest(jia, 2)->text(), "2023");
  EXPECT_EQ(w.cube.latest(w.tree->find_code("乙县"), 2), std::nullopt);
}

TEST(Cube, ACellKeepsWhereItCameFrom) {
  World w(drawing, "收入 1 village sum\n", "");
  CellUpdate update;
  update.node = w.tree->find_code("一村");
  update.period = *Period::parse("202301-02");
  update.cell = {{CellState::value, 125}, ValueStatus::preliminary, Grade::c, 4'000'000'000U, {9'000'000'000'000}};
  w.cube = w.cube.with({&update, 1});
  EXPECT_EQ(w.cube.cell(update.node, 0, update.period), update.cell);
  EXPECT_EQ(w.cube.cell(update.node + 1, 0, update.period), std::nullopt);
}

TEST(Cube, RefusesACatalogueThatNamesAnIndicatorTwice) {
  SerialExecutor serial;
  const auto cube =
      Cube::build(tiny::tree(drawing), tiny::indicators("a 0 village sum\n b 0 village sum\n a 0 town sum\n"),
                  std::span<const CellUpdate>{}, serial);
  ASSERT_FALSE(cube);
  EXPECT_TRUE(cube.error().is(errors::duplicate_indicator));
}

}   // namespace
}   // namespace gangmu::fact
