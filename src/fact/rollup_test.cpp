// SPDX-License-Identifier: Apache-2.0
#include "fact/rollup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fact/errors.hpp"
#include "fact/tiny_world_test.hpp"

namespace gangmu::fact {
namespace {

constexpr std::string_view drawing = R"(
  市       city
    A县   county
      一村 village
      二村 village
    B县   county
      三村 village
)";

std::vector<FactRow> rows_of(std::string_view table) {
  std::vector<FactRow> rows;
  for (const auto& line : tiny::lines(table)) {
    const auto word = tiny::words(line);
    const int number = static_cast<int>(rows.size()) + 2;
    rows.push_back({word[0],
                    word[1],
                    word[2],
                    word[3] == "." ? "" : word[3],
                    {.file = "v.csv", .line = number, .column = 0, .cell = {}}});
  }
  return rows;
}

Result<std::vector<RollupRow>> run(std::string_view indicators, std::string_view facts) {
  SerialExecutor serial;
  return rollup(tiny::tree(drawing), tiny::indicators(indicators), rows_of(facts), serial);
}

std::string table(const std::vector<RollupRow>& rows) {
  std::string text;
  for (const auto& r : rows) {
    text += r.place + "," + r.indicator + "," + r.period.text() + "," + r.value + "," + std::to_string(r.reported) +
            "," + std::to_string(r.expected) + "\n";
  }
  return text;
}

TEST(Rollup, GivesEveryLevelInOrder) {
  const auto rows =
      run("收入 1 village sum\n 率 1 village ratio num=收入;den=户\n 户 0 village sum\n 增速 1 county reported\n",
          "三村 收入 2023 2\n 一村 收入 2023 1.5\n 二村 收入 2023 >3\n 一村 户 2023 4\n A县 增速 2023 5.5\n");
  ASSERT_TRUE(rows) << rows.error().text(Language::en);
  EXPECT_EQ(table(*rows),
            "市,收入,2023,3.5,2,3\n"
            "A县,收入,2023,1.5,1,2\n"
            "一村,收入,2023,1.5,1,1\n"
            "二村,收入,2023,>3.0,0,1\n"
            "B县,收入,2023,2.0,1,1\n"
            "三村,收入,2023,2.0,1,1\n"
            "市,率,2023,0.4,1,3\n"
            "A县,率,2023,0.4,1,2\n"
            "一村,率,2023,0.4,1,1\n"
            "二村,率,2023,,0,1\n"
            "B县,率,2023,,0,1\n"
            "三村,率,2023,,0,1\n"
            "市,户,2023,4,1,3\n"
            "A县,户,2023,4,1,2\n"
            "一村,户,2023,4,1,1\n"
            "二村,户,2023,,0,1\n"
            "B县,户,2023,,0,1\n"
            "三村,户,2023,,0,1\n"
            "A县,增速,2023,5.5,1,1\n");
}

TEST(Rollup, NamesAllFaultsWithTheirLines) {
  const auto rows = run("收入 1 village sum\n",
                        "九村 收入 2023 2\n 一村 支出 2023 1\n 一村 收入 23年 1\n 一村 收入 2023 1.55\n"
                        "二村 收入 2023 1\n 二村 收入 2023 2\n 三村 收入 2023 多\n");
  ASSERT_FALSE(rows);
  std::vector<std::string> found;
  for (const auto& d : rows.error().all()) found.push_back(d.where.text() + " " + std::string(d.kind->name));
  EXPECT_THAT(found,
              testing::ElementsAre("v.csv:2 unknown_place", "v.csv:3 unknown_indicator", "v.csv:4 period_malformed",
                                   "v.csv:5 cell_too_precise", "v.csv:7 duplicate_fact", "v.csv:8 cell_malformed"));
}

/// 二村 ends in mid-2023 and 三村 goes to A县 in 2024, when 收入 is counted in tens.
TEST(Rollup, APeriodIsReadInItsOwnFrameAndUnderItsOwnDefinition) {
  const auto day = [](const char* text) { return *Date::parse(text); };
  std::vector<place::Version> versions;
  const auto tree = tiny::tree(drawing);
  for (NodeIndex node = 0; node < tree->size(); ++node) versions.push_back({.place = (*tree)[node]});
  const auto version_of = [&](const char* code) -> place::Version& {
    return *std::ranges::find(versions, code, [](const place::Version& v) { return v.place.code; });
  };
  version_of("二村").valid_to = day("2023-06-30");
  place::Version moved = version_of("三村");
  moved.place.valid_from = day("2024-01-01");
  moved.place.parent = version_of("A县").place.id;
  versions.push_back(moved);
  const auto frames = *place::Frames::build(std::move(versions));

  std::vector<IndicatorVersions> indicators;
  for (Indicator& indicator : tiny::indicators("收入 1 village sum\n存量 0 village sum\n")) {
    indicator.figure = indicator.code.value == "存量" ? FigureKind::stock : FigureKind::flow;
    indicators.push_back({{Date{}, indicator}});
    if (indicator.code.value == "存量") continue;
    indicator.version = 2;
    indicator.decimals = 0;
    publish(indicators.back(), {day("2024-01-01"), indicator});
  }
  SerialExecutor executor;
  const auto told = [&](std::string_view facts) {
    std::string out;
    auto rows = rollup(frames, indicators, rows_of(facts), executor);
    if (!rows) {
      for (const auto& d : rows.error().all()) out += d.where.text() + " " + std::string(d.kind->name) + "\n";
      return out;
    }
    for (const RollupRow& row : *rows)
      if (row.level != place::Level::village)
        out += row.place + "," + row.indicator + "," + row.period.text() + "," + row.value + "," +
               std::to_string(row.reported) + "," + std::to_string(row.expected) + "\n";
    return out;
  };
  EXPECT_EQ(told("一村 收入 2023 1.5\n 二村 收入 2023 2\n 三村 收入 2023 4\n 一村 收入 2024 1\n 三村 收入 2024 2\n"
                 "一村 存量 2023 1\n 三村 存量 2023 4\n"),
            "市,收入,2023,7.5,3,3\nA县,收入,2023,3.5,2,2\nB县,收入,2023,4.0,1,1\n"
            "市,收入,2024,3,2,2\nA县,收入,2024,3,2,2\n"
            "市,存量,2023,5,2,2\nA县,存量,2023,1,1,1\nB县,存量,2023,4,1,1\n");
  EXPECT_EQ(told("二村 存量 2023 2\n 二村 收入 2024 2\n 一村 收入 2024 1.5\n"),
            "v.csv:2 place_not_then\nv.csv:3 place_not_then\nv.csv:4 cell_too_precise\n");
}

TEST(Rollup, AnOverflowNamesThePlaceAndTheFirstRow) {
  const auto rows =
      run("收入 0 village sum\n", "三村 收入 2023 1\n 一村 收入 2023 9223372036854775807\n 二村 收入 2023 1\n");
  ASSERT_FALSE(rows);
  std::vector<std::string> found;
  for (const auto& d : rows.error().all()) {
    EXPECT_TRUE(d.is(errors::rollup_overflow));
    found.push_back(d.where.text() + " " + d.arguments[0]);
  }
  EXPECT_THAT(found, testing::ElementsAre("v.csv:3 市", "v.csv:3 A县"));
}

}   // namespace
}   // namespace gangmu::fact
