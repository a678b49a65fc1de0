// SPDX-License-Identifier: Apache-2.0
// What lift, change and stress test say; class medians; weights tried.
#include "score/stress_words.hpp"

#include <gmock/gmock.h>

#include "base/random.hpp"
#include "score/amount_text.hpp"
#include "score/class_medians.hpp"
#include "score/errors.hpp"
#include "score/testing.hpp"
#include "score/what_if.hpp"

namespace gangmu::score {
namespace {

using ::testing::HasSubstr;
using testing::one_class;
using testing::World;

/// 0.6 X + 0.4 × 2 Y: A 72, B 62, C 48.
World three() {
  return World(
      one_class(
          R"("tree": {"children": [{"id": "work", "name_zh": "工作", "name_en": "Work", "weight": 60, "children": [
                   {"indicator": "X", "name_zh": "产值", "name_en": "Output", "unit_zh": "亿元", "unit_en": "100m CNY", "decimals": 1, "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]},
                   {"indicator": "Y", "name_zh": "满意度", "name_en": "Satisfaction", "unit_zh": "分", "unit_en": "points", "decimals": 1, "weight": 40, "fn": "lin", "lo": 0, "hi": 50}]})"),
      "place class X Y\n A a 80 30\n B a 50 40\n C a 40 30");
}

Lift lifted(const World& w, const std::string& place, std::uint32_t ranks, std::span<const Reach> reach = {}) {
  SerialExecutor serial;
  return lift(w.scheme, w.gathered.inputs(), w.assessment, w.at(place), ranks, serial, reach);
}

TEST(stress_words, say_the_least_effort_first) {
  const World w = three();
  const auto words = lift_words(w.scheme, lifted(w, "C", 1));
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].zh,
            "再进 1 位（到第 2 位）差 14.00 分：最省的是“产值”由 40.0亿元 到 63.4亿元（增 58.5%），可加 14.04 分。");
  EXPECT_EQ(words[0].en,
            "1 more rank (to rank 2) is 14.00 points away. Least effort: bring Output from 4.00 bn CNY to 6.34 bn CNY "
            "(up 58.5 "
            "%), 14.04 points more.");
  EXPECT_EQ(words[1].zh, "或者“满意度”由 30.0分 到 47.5分（增 58.3%），可加 14.00 分。");
  EXPECT_TRUE(lift_words(w.scheme, lifted(w, "A", 1)).empty()) << "stands first";
  const World ranks(
      one_class(
          R"("tree": {"children": [{"indicator": "X", "name_zh": "产值", "decimals": 0, "weight": 100, "fn": "peer"}]})"),
      "place class X\n A a 9\n B a 7\n C a 2");
  EXPECT_THAT(lift_words(ranks.scheme, lifted(ranks, "C", 1))[0].zh, HasSubstr("前面的单位同时减分"))
      << "level with B: both share the middle";
}

TEST(stress_words, put_inner_quotes_into_quotes) {
  EXPECT_EQ(inner_quotes("“三线”整治“完成”长度"), "‘三线’整治‘完成’长度");
}

TEST(stress_words, send_nobody_further_than_a_figure_can_go) {
  const World w = three();
  const std::vector<Reach> reach{{{}, Decimal(60, 0)},
                                 {{}, Decimal(45, 0)}};   // C's output ends at 60, its satisfaction at 45
  const Lift out = lifted(w, "C", 1, reach);
  EXPECT_TRUE(out.alone.empty());
  ASSERT_EQ(out.together.size(), 2U);
  for (const LiftStep& step : out.together) EXPECT_LE(step.to, w.scheme.nodes[step.node].leaf == 0 ? 60 : 45);
  EXPECT_THAT(lift_words(w.scheme, out)[0].zh, HasSubstr("只改一项不够"));
  const std::vector<Reach> near{{{}, Decimal(41, 0)}, {{}, Decimal(31, 0)}};
  EXPECT_THAT(lift_words(w.scheme, lifted(w, "C", 1, near))[0].zh, HasSubstr("到不了"));
}

TEST(stress_words, print_a_change_so_that_it_adds_up) {
  Random random(11);
  for (int i = 0; i < 2000; ++i) {
    const auto any = [&] { return static_cast<std::int64_t>(random.next() % 4'000'000'000) - 2'000'000'000; };
    Change c;
    c.before = 50'000'000'000 + any();
    for (ChangeStep* step : {&c.correction, &c.rules, &c.own, &c.others})
      step->points = i % 3 == 0 && step == &c.rules ? 0 : any();
    c.now = c.before + c.correction.points + c.rules.points + c.own.points + c.others.points;
    const PrintedChange p = printed(c, 2);
    ASSERT_EQ(p.before + p.correction + p.rules + p.own + p.others, p.now);
    for (const auto& [points, units] :
         {std::pair{c.own.points, p.own}, {c.rules.points, p.rules}, {c.others.points, p.others}})
      ASSERT_LE(std::abs(points - units * 10'000'000), 20'000'000) << points << " printed " << units;
    ASSERT_EQ(Decimal(p.now, 2).text(), points_text(c.now, 2));
  }
}

TEST(stress_words, tell_why_a_total_changed) {
  const World w = three();
  const Change c{.before = 60'000'000'000,
                 .now = 62'500'000'000,
                 .rank_before = 3,
                 .correction = {},
                 .rules = {},
                 .own = {3'000'000'000, 1},
                 .others = {-500'000'000, 2}};
  std::vector<std::string> zh;
  for (const auto& s : change_words(w.scheme, c, {"2022年", "2022"})) zh.push_back(s.zh);
  EXPECT_THAT(
      zh, ::testing::ElementsAre("2022年得 60.00 分，本期得 62.50 分，上升 2.50 分；由第 3 位到第 2 位，前移 1 位。",
                                 "自身得分（含增长、目标完成）高于上期，加 3.00 分。",
                                 "同类其他单位进步更快，减 0.50 分。", "方案变动、数据更正没有影响得分。"));
}

TEST(stress_words, tell_intervals_bands_and_neighbours) {
  const World w = three();
  SerialExecutor serial;
  const Uncertainty u = uncertainty(w.scheme, w.gathered.inputs(), {}, 200, 1, serial).value();
  ASSERT_EQ(u.places.size(), 3U);
  const std::vector<Neighbour> neighbours{{0, {"甲镇", "Jia"}}};
  const auto words = interval_words(u, 2, {"丙镇", "Bing"}, neighbours);
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words[0].zh, "换着办法重算 200 遍，丙镇九成的情形都是第 3 位。");
  EXPECT_EQ(words[1].en, "It is a band of its own.");
  EXPECT_EQ(words[2].zh, "丙镇有 0% 的情形排在第 1 位的甲镇前面。");
  ASSERT_EQ(variation_words(u).size(), 1U);
  EXPECT_EQ(variation_words(u)[0].zh, "权重：各项在方案权重的 ±25% 内变动");
}

TEST(class_medians, are_of_what_each_node_gave) {
  const World w = three();
  const auto medians = class_medians(w.scheme, w.gathered.inputs(), w.assessment, 0);
  ASSERT_EQ(medians.size(), w.scheme.nodes.size());
  EXPECT_EQ(medians[w.scheme.find("work")], 30'000'000'000);   // 0.6 × 80, 50, 40
  EXPECT_EQ(medians[w.scheme.find("Y")], 24'000'000'000);      // 0.8 × 30, 40, 30
  EXPECT_EQ(medians[0], 62'000'000'000);                       // of the totals, not of the medians
}

TEST(what_if, weighs_one_branch_otherwise_and_leaves_the_rest) {
  const World w = three();
  const auto nominal = std::span(w.assessment.shares);
  const std::vector<WantedWeight> half{{"work", Decimal(1, 0)}, {"Y", Decimal(1, 0)}};
  const Scheme tried = what_if(w.scheme, "total", 0, nominal, half).value();
  SerialExecutor serial;
  const Assessment a = assess(tried, w.gathered.inputs(), serial).value();
  EXPECT_EQ(a.total[w.at("A")], 70'000'000'000);
  EXPECT_EQ(a.total[w.at("B")], 65'000'000'000);
  EXPECT_EQ(what_if(w.scheme, "total", 0, nominal, {}).value(), w.scheme) << "nothing named: nothing changed";
  const std::vector<WantedWeight> thirds{{"work", Decimal(2, 0)}, {"Y", Decimal(1, 0)}};
  const Scheme t = what_if(w.scheme, "total", 0, nominal, thirds).value();
  EXPECT_EQ(
      Decimal::add(t.nodes[t.find("work")].weights[0].percent(), t.nodes[t.find("Y")].weights[0].percent()).value(),
      Decimal(100, 0));
}

TEST(what_if, refuses_what_it_cannot_weigh_all_at_once) {
  const World w = three();
  const auto tried = [&](std::string_view node, std::vector<WantedWeight> wanted) {
    return what_if(w.scheme, node, 0, w.assessment.shares, wanted);
  };
  EXPECT_TRUE(tried("nowhere", {}).error().is(errors::what_if_node));
  EXPECT_TRUE(tried("Y", {}).error().is(errors::what_if_node));
  EXPECT_TRUE(tried("total", {{"work", {}}, {"Y", {}}}).error().is(errors::weights_zero));
  EXPECT_EQ(
      tried("total", {{"X", Decimal(5, 0)}, {"Y", Decimal(-5, 0)}, {"work", Decimal(5, 0)}, {"work", Decimal(6, 0)}})
          .error()
          .all()
          .size(),
      3U);
}

}   // namespace
}   // namespace gangmu::score
