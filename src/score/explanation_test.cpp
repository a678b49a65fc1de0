// SPDX-License-Identifier: Apache-2.0
#include "score/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "score/amount_text.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::World;

const char* scheme_text = R"("tree": {"missing": "renormalise", "children": [
    {"id": "economy", "name_zh": "经济", "name_en": "Economy", "weight": 60, "children": [
      {"indicator": "TAX", "name_zh": "税收", "name_en": "Tax", "weight": 50, "unit_zh": "万元", "unit_en": "10k CNY", "owner_zh": "市税务局", "owner_en": "Tax office", "fn": "target"},
      {"indicator": "OUT", "name_zh": "产值", "name_en": "Output", "weight": 50, "fn": "self", "lo": -5, "hi": 10}]},
    {"indicator": "SAT", "name_zh": "满意度", "name_en": "Satisfaction", "weight": 40, "decimals": 1, "unit_zh": "分", "unit_en": "points", "owner_zh": "市指挥部办公室", "fn": "peer"}]},
  "adjustments": {"bonus": {"items": [{"id": "pilot", "name_zh": "试点", "points": 0.5}]}})";

World towns() {
  return {one_class(scheme_text), R"(place class TAX TAX@target OUT OUT:2022 SAT @pilot
                                     甲01  a     75  100        103 100      70  1
                                     甲02  a     90  100        110 100      80  -
                                     甲03  a     60  100        -   100      90  -)"};
}

Explanation explain(const World& w, const std::string& place, std::size_t most = 5) {
  return explain(w.scheme, w.gathered.inputs(), w.assessment, w.at(place), {place, place}, most);
}

// 甲01: tax 75 of 100 at 30 %: 22.5 of 30. Output up 3 %: 8/15 of 30 = 16. Satisfaction last of three: 16.67 of 100 at
// 40 % = 6.67 of 40. Sum 45.17, pilot 0.5: 45.67.
TEST(explanation, plain_words_answer_the_five_questions) {
  const World w = towns();
  const Explanation e = explain(w, "甲01");
  EXPECT_EQ(e.title.zh, "监测评价（内部测算）");
  EXPECT_EQ(e.total, "45.67");
  EXPECT_EQ(e.words.score.zh, "甲01得 45.67 分，在甲类 3 个单位中列第 3 位。");
  EXPECT_EQ(e.words.score.en, "甲01 has 45.67 points, rank 3 of 3 in 甲类.");
  ASSERT_EQ(e.words.lost.size(), 3U);
  EXPECT_EQ(e.words.lost[0].zh, "“满意度”得 6.67 分，满分 40.00 分，失 33.33 分。");
  EXPECT_EQ(e.words.gaps[0].zh, "“满意度”本期为 70.0分，按百分制得 16.67 分；比同类中位数少得 13.33 分。");
  EXPECT_EQ(e.words.owners[0].zh, "“满意度”的数据由市指挥部办公室归口。");
  EXPECT_EQ(e.words.next[0].zh, "“满意度”按“同类地区中的名次”计分，改进后最多可再得 33.33 分。");
  EXPECT_EQ(e.words.lost[1].zh, "“产值”得 16.00 分，满分 30.00 分，失 14.00 分。");
  EXPECT_EQ(e.words.owners[1].zh, "“产值”没有登记归口单位，请在指标目录中补写。");
  EXPECT_EQ(e.words.next[1].zh, "“产值”由 103.00 到 110.00，可再得 14.00 分。");
  EXPECT_EQ(e.words.next[2].en, "Bring Tax from 750,000 CNY to 1.00 m CNY: 7.50 points more.");
  EXPECT_EQ(explain(w, "甲01", 1).words.lost.size(), 1U);
}

TEST(explanation, waterfall_and_lines_add_up_as_printed) {
  const World w = towns();
  for (const char* place : {"甲01", "甲02", "甲03"}) {
    const Explanation e = explain(w, place);
    std::int64_t sum = 0, lines = 0, full = 0;
    for (const auto& bar : e.waterfall) {
      if (bar.kind != BarKind::total) sum += bar.points;
    }
    EXPECT_EQ(sum, e.waterfall.back().points);
    EXPECT_EQ(Decimal(sum, 2).text(), e.total);
    for (const auto& line : e.lines) {
      lines += line.contribution;
      full += line.full;
      EXPECT_EQ(line.lost, line.full - line.contribution);
    }
    EXPECT_EQ(full, 10000);
    EXPECT_EQ(lines, sum - (std::string(place) == "甲01" ? 50 : 0));
  }
}

// Thirds of the weight: 33.333… each. Contributions and full marks are apportioned apart; what is at full marks has
// lost nothing.
TEST(explanation, nothing_is_lost_at_full_marks) {
  const World w(one_class(R"("tree": {"missing": "renormalise", "children": [
      {"indicator": "A", "weight": 30, "fn": "lin", "lo": 0, "hi": 10}, {"indicator": "B", "weight": 30, "fn": "lin", "lo": 0, "hi": 10},
      {"indicator": "C", "weight": 30, "fn": "lin", "lo": 0, "hi": 10}, {"indicator": "D", "weight": 10, "fn": "lin", "lo": 0, "hi": 10}]})"),
                "place class A B C D\n a1 a 10 10 7.01 -\n a2 a 10 10 10 -\n a3 a 5.55 10 9.99 NA\n a4 a 10 3.33 10 8");
  for (const char* place : {"a1", "a2", "a3", "a4"}) {
    const Explanation e = explain(w, place);
    std::int64_t full = 0;
    for (const auto& line : e.lines) {
      EXPECT_GE(line.lost, 0) << place << ' ' << line.indicator.value;
      EXPECT_EQ(line.full, line.contribution + line.lost);
      if (line.score == "100.00") { EXPECT_EQ(line.lost, 0) << place << ' ' << line.indicator.value; }
      full += line.full;
    }
    EXPECT_EQ(full, 10000) << place;
  }
}

TEST(explanation, what_lies_beyond_the_indicators_reach_is_told_as_such) {
  const World w(one_class(R"("tree": {"children": [
      {"indicator": "RATE", "name_zh": "普及率", "name_en": "Coverage", "weight": 50, "decimals": 1, "unit_zh": "%", "unit_en": "%", "fn": "self", "lo": 0, "hi": 15},
      {"indicator": "DONE", "name_zh": "完成率", "name_en": "Completion", "weight": 50, "decimals": 1, "unit_zh": "%", "unit_en": "%", "fn": "lin", "lo": 0, "hi": 120}]})"),
                "place class RATE RATE:2022 DONE\n a1 a 93.4 90 90");
  EXPECT_EQ(explain(w, "a1").lines[0].limit, "100");
  const std::vector<Reach> reach = {{}, {Decimal(0, 0), Decimal(150, 0)}};
  const Explanation e = score::explain(w.scheme, w.gathered.inputs(), w.assessment, w.at("a1"), {"a1", "a1"}, 5, reach);
  EXPECT_EQ(e.lines[1].limit, "");
  EXPECT_EQ(e.words.next[0].zh,
            "“普及率”得满分要到 105.0%，超出上限 100%，做不到；越接近 100%，得分越高，但这 38.67 分得不全。");
  EXPECT_EQ(e.words.next[1].zh, "“完成率”由 90.0% 到 120.0%，可再得 12.50 分。");
}

TEST(explanation, words_stand_without_spaces_among_chinese_ones) {
  const World w(one_class(R"("tree": {"children": [
      {"indicator": "BUS", "name_zh": "通客车", "name_en": "Bus", "weight": 100, "decimals": 0, "unit_zh": "是/否", "unit_en": "yes/no", "fn": "lin", "lo": 0, "hi": 1}]})"),
                "place class BUS\n a1 a 0");
  const Explanation e = explain(w, "a1");
  EXPECT_EQ(e.words.next[0].zh, "“通客车”由否到是，可再得 100.00 分。");
}

TEST(explanation, amounts_are_told_in_the_readers_unit) {
  const Sentence myriads{"万元", "10k CNY"}, yi{"亿元", "100 million CNY"};
  EXPECT_EQ(amount_text("74673.09", myriads).zh, "7.47亿元");
  EXPECT_EQ(amount_text("74673.09", myriads).en, "746.73 m CNY");
  EXPECT_EQ(amount_text("380.34", yi).zh, "380.34亿元");
  EXPECT_EQ(amount_text("380.34", yi).en, "38.03 bn CNY");
  EXPECT_EQ(amount_text("-0.5", yi).zh, "-5,000万元");
  EXPECT_EQ(amount_text("0", {"是/否", "yes/no"}).zh, "否");
  EXPECT_EQ(amount_text("1", {"是/否", "yes/no"}).en, "yes");
  EXPECT_EQ(amount_text("12.5", {"万吨", "10k tonnes"}).en, "125,000 tonnes");
  EXPECT_EQ(amount_text("1234567", {"亩", "mu"}).zh, "1,234,567亩");
  EXPECT_EQ(amounts_apart("74673.09", "84921.01", myriads).second.zh,
            "8.50亿元");   // 8.492101 would not be enough as 8.49
  EXPECT_EQ(amounts_apart("74673.09", "74672.00", myriads).second.zh, "7.46亿元");
  EXPECT_EQ(amounts_apart("74671.00", "74999.00", myriads).first.zh, "7.47亿元");
  EXPECT_EQ(amounts_apart("74670.50", "74669.50", myriads).second.zh, "7.46亿元");
  EXPECT_EQ(amounts_apart("74600.00", "74600.00", myriads).second.zh, "7.460000亿元");
}

TEST(explanation, a_missing_figure_says_what_to_do_and_its_weight_goes_to_the_others) {
  const World w = towns();
  const Explanation e = explain(w, "甲03");
  const Line& out = e.lines[1];
  EXPECT_EQ(out.indicator.value, "OUT");
  EXPECT_EQ(out.weight, "0.00");
  EXPECT_EQ(e.lines[0].weight, "60.00");
  EXPECT_EQ(out.state, ScoreState::missing);
  EXPECT_FALSE(out.to_median);
  EXPECT_THAT(e.words.notes.front().zh, ::testing::HasSubstr("1 项缺数据"));
}

TEST(explanation, values_for_full_marks_are_rounded_to_the_side_that_is_enough) {
  const auto full = [](const std::string& function, const std::string& cells) {
    const World w(
        one_class(R"("tree": {"children": [{"indicator": "X", "decimals": 1, "weight": 100, )" + function + "}]}"),
        cells);
    return explain(w, "a1").lines[0].value_for_full;
  };
  EXPECT_EQ(full(R"("fn": "self", "lo": 0, "hi": 5)", "place class X X:2022\n a1 a 60 57.3"), "60.2");   // 60.165
  EXPECT_EQ(full(R"("fn": "self", "lo": 0, "hi": -5)", "place class X X:2022\n a1 a 60 57.3"),
            "54.4");   // 54.435: less is better
  EXPECT_EQ(full(R"("fn": "lin", "lo": 35, "hi": 18)", "place class X\n a1 a 20"), "18.0");
  EXPECT_EQ(full(R"("fn": "step", "steps": [[0, 0], [60, 50], [90, 100]])", "place class X\n a1 a 20"), "90.0");
  EXPECT_EQ(
      full(
          R"("fn": "mix", "parts": [{"fn": "lin", "lo": 0, "hi": 70, "weight": 50}, {"fn": "target", "target": 80, "weight": 50}])",
          "place class X\n a1 a 20"),
      "80.0");
  EXPECT_EQ(
      full(R"("fn": "mix", "parts": [{"fn": "lin", "lo": 0, "hi": 70, "weight": 50}, {"fn": "peer", "weight": 50}])",
           "place class X\n a1 a 20"),
      "");
}

TEST(explanation, names_the_decomposition_of_a_branch_that_does_not_add_up) {
  const World w(
      one_class(
          R"("tree": {"children": [{"id": "n", "name_zh": "支", "name_en": "Branch", "weight": 100, "aggregation": "geometric", "children": [
      {"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}]}]})"),
      "place class X Y\n a1 a 40 90");
  const Explanation e = explain(w, "a1");
  ASSERT_EQ(e.words.notes.size(), 1U);
  EXPECT_EQ(e.words.notes[0].zh, "“支”按几何平均合成，失分按对数分解到各项。");
  EXPECT_EQ(e.words.notes[0].en, "Branch is a geometric mean; its loss is shared out by logarithms.");
}

TEST(explanation, notes_tell_of_a_small_class_and_a_red_line) {
  const World w(one_class(R"("min_class_size": 5, "peer_fallback": {"fn": "self", "lo": 0, "hi": 10},
      "grades": [{"id": "good", "name_zh": "良好", "min": 70}, {"id": "fair", "name_zh": "一般"}],
      "red_lines": [{"id": "r", "name_zh": "安全事故", "when": "ACC > 0", "max_grade": "fair"}],
      "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "peer"}]})"),
                "place class X X:2022 ACC\n a1 a 110 100 1\n a2 a 100 100 0");
  const Explanation e = explain(w, "a1");
  ASSERT_EQ(e.words.notes.size(), 2U);
  EXPECT_EQ(e.words.notes[0].zh, "本类只有 2 个单位，不足 5 个：同类比较改为与自己比，名次仅供参考。");
  EXPECT_EQ(e.words.notes[1].zh, "触及红线“安全事故”：得分不变，等次受限。");
  EXPECT_EQ(e.total, "100.00");
  EXPECT_EQ(e.lines[0].method.zh, "与自己上年比：变化 0 得 0 分，10 得满分");
}

TEST(explanation, provisional_and_unscored_places_are_told_plainly) {
  const World w(one_class(R"("tree": {"missing": "hold", "children": [
      {"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 10}, {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 10}]})"),
                "place class X Y\n a1 a 5 -\n a2 a - -");
  EXPECT_EQ(explain(w, "a1").words.score.zh, "a1暂定得 50.00 分，缺数据补齐前不排名、不评等次。");
  EXPECT_EQ(explain(w, "a2").words.score.zh, "a2没有可计分的数据，无得分。");
  // Nobody in the class has a total, so there is no median to compare the one scored figure with.
  const World alone(one_class(R"("tree": {"missing": "renormalise", "data_threshold": 60, "children": [
      {"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 10}, {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 10}]})"),
                    "place class X Y\n a1 a 5 -");
  const Explanation e = explain(alone, "a1");
  EXPECT_EQ(e.lines[0].state, ScoreState::scored);
  EXPECT_FALSE(e.lines[0].to_median);
}

}   // namespace
}   // namespace gangmu::score
