// SPDX-License-Identifier: Apache-2.0
#include "score/scheme.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "score/errors.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::read_scheme;
using testing::scheme_of;

const char* complete = R"({
  "scheme": {"id": "towns", "version": 3, "name_zh": "镇街考核", "name_en": "Towns", "approval": "", "unit_level": "town", "score_decimals": 3},
  "classes": [{"id": "a", "name_zh": "甲类", "name_en": "A", "members": ["990101001000", "990101002000"]},
              {"id": "b", "name_zh": "乙类", "members": ["990101003000"]}],
  "min_class_size": 4,
  "peer_fallback": {"fn": "self", "base": "same_period_last_year", "lo": -5, "hi": "7.50"},
  "tree": {"aggregation": "geometric", "floor": 1, "missing": "renormalise", "data_threshold": 60, "children": [
    {"id": "economy", "name_zh": "经济", "name_en": "Economy", "weight": {"a": 60, "b": 40}, "missing": "zero", "children": [
      {"indicator": "T-1", "weight": 50, "fn": "min_max", "pool": "class", "of": "2020"},
      {"indicator": "T-2", "weight": 50, "fn": "target", "cap": 110, "fn_by_class": {"b": {"fn": "peer"}}}]},
    {"id": "life", "name_zh": "民生", "weight": {"a": 40, "b": 60}, "aggregation": "owa", "order_weights": [50, "30.5", "19.5"], "children": [
      {"indicator": "T-3", "weight": 20, "fn": "step", "steps": [[0, 0], [60, 50]]},
      {"indicator": "T-4", "weight": 30, "unit_zh": "%", "fn": "mix", "parts": [{"fn": "lin", "lo": 0, "hi": 1, "weight": 50}, {"fn": "peer", "weight": 50}]},
      {"id": "T-4-again", "indicator": "T-4", "weight": 50, "direction": "down", "fn": "relative", "to": "mean", "pool": "group"}]}]},
  "adjustments": {"bonus": {"cap": 3, "items": [{"id": "pilot", "name_zh": "试点", "points": 1.5}]},
                  "deduct": {"items": [{"id": "late", "name_zh": "迟报", "points": 0.2}]}},
  "grades": [{"id": "good", "name_zh": "良好", "min": 70, "best_share": 30, "at_least": 1}, {"id": "fair", "name_zh": "一般"}],
  "red_lines": [{"id": "grain", "name_zh": "粮食", "when": "T-9 < 95% of target", "max_grade": "fair"}],
  "tie_break": ["economy", "T-3"]})";

TEST(scheme, comes_back_from_its_own_json) {
  const Scheme s = scheme_of(complete);
  const Json json = to_json(s);
  const auto again = scheme_from_json(json);
  ASSERT_TRUE(again) << again.error().text(Language::en);
  EXPECT_EQ(*again, s);
  EXPECT_EQ(to_json(*again).canonical(), json.canonical());
  EXPECT_EQ(again->digest(), s.digest());
}

TEST(scheme, nodes_stand_depth_first_and_inherit_the_missing_rule) {
  const Scheme s = scheme_of(complete);
  std::vector<std::string> ids;
  for (const auto& n : s.nodes) ids.push_back(n.id);
  EXPECT_THAT(ids, ::testing::ElementsAre("total", "economy", "T-1", "T-2", "life", "T-3", "T-4", "T-4-again"));
  EXPECT_EQ(s.nodes[1].end, 4U);
  EXPECT_EQ(s.nodes[0].end, 8U);
  EXPECT_EQ(s.nodes[1].missing, Missing::zero);
  EXPECT_EQ(s.nodes[4].missing, Missing::renormalise);
  EXPECT_EQ(s.nodes[4].data_threshold, Decimal(60, 0));
  EXPECT_TRUE(s.leaves[3].percent) << "unit %";
}

TEST(scheme, names_every_figure_it_reads_once) {
  const Scheme s = scheme_of(complete);
  std::vector<std::string> columns;
  for (const auto& c : s.columns) {
    const char* use[] = {"", " base ", " target"};
    columns.push_back(c.indicator.value + use[static_cast<int>(c.use)] +
                      (c.use == ColumnUse::base ? c.base.text() : ""));
  }
  EXPECT_THAT(columns, ::testing::ElementsAre("T-1", "T-1 base 2020", "T-1 base same_period_last_year", "T-2",
                                              "T-2 target", "T-2 base same_period_last_year", "T-3", "T-4",
                                              "T-4 base same_period_last_year", "T-9", "T-9 target"));
}

TEST(scheme, without_an_approval_number_it_is_never_called_an_assessment) {
  Scheme s = scheme_of(complete);
  EXPECT_EQ(s.title(Language::zh), "监测评价（内部测算）");
  EXPECT_EQ(s.title(Language::zh).find("考核"), std::string::npos);
  s.approval = "示例〔2026〕1 号";
  EXPECT_EQ(s.title(Language::zh), "镇街考核");
}

TEST(scheme, bases_name_periods) {
  const Period quarter = Period::parse("2023Q2").value();
  EXPECT_EQ((Base{BaseKind::last_year, {}}).of(quarter).text(), "2022");
  EXPECT_EQ((Base{BaseKind::same_period_last_year, {}}).of(quarter).text(), "2022Q2");
  EXPECT_EQ((Base{BaseKind::previous, {}}).of(quarter).text(), "2023Q1");
  EXPECT_EQ((Base{BaseKind::fixed, Period::of_year(2020)}).of(quarter).text(), "2020");
}

/// Fault lines "pointer: kind" of a document.
std::vector<std::string> faults(const std::string& text) {
  const auto s = read_scheme(text);
  std::vector<std::string> out;
  if (s) return out;
  for (const auto& d : s.error().all()) {
    if (d.kind->floor != "score") {
      out.push_back(d.text(Language::en));
      continue;
    }
    out.push_back(d.where.cell + ": " + std::string(d.kind->name));
  }
  return out;
}

std::string with_tree(const std::string& tree, const std::string& more = "") {
  return R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}], "tree": )" +
         tree + more + "}";
}

TEST(scheme_faults, all_at_once_with_their_places) {
  EXPECT_THAT(faults(with_tree(R"({"children": [
      {"indicator": "X", "weight": {"a": 50, "b": 40, "c": 10}, "fn": "lin", "lo": 1, "hi": 1},
      {"indicator": "X", "weight": 60, "fn": "peer", "pool": "village"},
      {"id": "n", "weight": 0, "indicator": "Y", "children": []},
      {"indicator": "Z", "weight": 0, "fn": "target", "direction": "neutral", "captain": 3}]})")),
              ::testing::UnorderedElementsAre(
                  "/tree/children/0/weight/c: scheme_class_unknown", "/tree/children/0/hi: scheme_bounds_equal",
                  "/tree/children/1: scheme_id_twice", "/tree/children/1/pool: scheme_value_unknown",
                  "/tree/children/2: scheme_node_shape", "/tree/children/3/captain: scheme_field_unknown",
                  "/tree/children/3/fn: scheme_direction_unfit"));
}

// One fault, one message: what follows from it is not told as well.
TEST(scheme_faults, one_fault_is_one_message) {
  const auto leaf = [](const std::string& fields) { return R"({"indicator": "X", )" + fields + "}"; };
  const auto only = [&](const std::string& fields) { return with_tree(R"({"children": [)" + leaf(fields) + "]}"); };
  const std::string good = leaf(R"("weight": 100, "fn": "peer")");
  const std::vector<std::pair<std::string, std::string>> table = {
      {only(R"("weight": 100, "fn": "linn", "lo": 0, "hi": 1, "treatment": {"how": "log"})"),
       "/tree/children/0/fn: scheme_value_unknown"},
      {only(R"("weigth": 100, "fn": "peer")"), "/tree/children/0/weigth: scheme_field_unknown"},
      {only(R"("weight": "a lot", "fn": "peer")"), "/tree/children/0/weight: scheme_field_kind"},
      {only(R"("weight": 140, "fn": "peer")"), "/tree/children/0/weight: scheme_number_outside"},
      {only(R"("weight": "3/2", "fn": "peer")"), "/tree/children/0/weight: scheme_field_kind"},
      {only(R"("fn": "peer")"), "/tree/children/0: scheme_field_missing"},
      {only(R"("weight": {"a": 100, "d": 100}, "fn": "peer")"), "/tree/children/0/weight/d: scheme_class_unknown"},
      {only(R"("weight": {"a": 100}, "fn": "peer")"), "/tree: scheme_class_without_tree"},
      {only(R"("weight": 100, "fn": "lin", "low": 0, "hi": 1)"), "/tree/children/0/low: scheme_field_unknown"},
      {only(R"("weight": 100, "fn": "mix", "parts": [{"weight": "x", "fn": "peer"}, {"weight": 50, "fn": "peer"}])"),
       "/tree/children/0/parts/0/weight: scheme_field_kind"},
      {with_tree(R"({"children": ["text"]})"), "/tree/children/0: scheme_field_kind"},
      {with_tree(R"({"children": [{"indicater": "X", "weight": 100, "fn": "peer"}]})", R"(, "tie_break": ["X"])"),
       "/tree/children/0/indicater: scheme_field_unknown"},
      {with_tree(R"({"children": 5})"), "/tree/children: scheme_field_kind"},
      {with_tree(R"({"weights": "equal", "children": [{"indicator": "X", "fn": "peer"}]})"),
       "/tree/weights: scheme_field_kind"},
      {with_tree(R"({"weights": {"how": "even"}, "children": [{"indicator": "X", "fn": "peer"}]})"),
       "/tree/weights/how: scheme_value_unknown"},
      {with_tree(
           R"({"weights": {"how": "ahp", "comparisons": [["x"]]}, "children": [{"indicator": "X", "fn": "peer"}]})"),
       "/tree/weights/comparisons/0/0: scheme_field_kind"},
      {with_tree(R"({"aggregation": "owa", "order_weights": ["x"], "children": [)" + good + "]}"),
       "/tree/order_weights/0: scheme_field_kind"},
      {R"({"scheme": "s", "classes": [{"id": "a", "name_zh": "x"}], "tree": {"children": [)" + good + "]}}",
       "/scheme: scheme_field_kind"},
      {R"({"scheme": {"id": "s", "name_zh": "x"}, "classes": [{"name_zh": "x"}], "tree": {"children": [)" +
           leaf(R"("weight": {"a": 100}, "fn": "peer")") + "]}}",
       "/classes/0: scheme_field_missing"},
      {with_tree(
           R"({"children": [)" + good + "]}",
           R"(, "grades": [{"name_zh": "x"}], "red_lines": [{"id": "r", "name_zh": "x", "when": "X > 0", "max_grade": "g"}])"),
       "/grades/0: scheme_field_missing"},
      {R"("text")", ": scheme_field_kind"},
  };
  for (const auto& [document, expected] : table)
    EXPECT_THAT(faults(document), ::testing::ElementsAre(expected)) << document;
}

// A third is no decimal: weights that miss 100 by rounding say what to write, and fractions are exact.
TEST(scheme_weights, thirds) {
  const auto thirds = [](const std::string& weight, const std::string& more = "") {
    std::string leaves;
    for (const char* code : {"X", "Y", "Z"})
      leaves += std::string(leaves.empty() ? "" : ", ") + R"({"indicator": ")" + code + R"(", )" + weight +
                R"("fn": "lin", "lo": 0, "hi": 100})";
    return with_tree("{" + more + R"("children": [)" + leaves + "]}");
  };
  const auto near = read_scheme(thirds(R"("weight": "33.33", )"));
  ASSERT_FALSE(near);
  EXPECT_TRUE(near.error().is(errors::weights_sum));
  EXPECT_THAT(near.error().text(Language::en), ::testing::HasSubstr("weights: {how: equal}"));
  EXPECT_THAT(faults(thirds(R"("weight": 30, )")), ::testing::Contains("/tree/children: weights_sum"));
  EXPECT_THAT(faults(thirds(R"("weight": "1/4", )")), ::testing::Contains("/tree/children: weights_sum"));
  const Scheme fractions = scheme_of(thirds(R"("weight": "1/3", )"));
  EXPECT_EQ(fractions.nodes[1].weights[0].share(), 1.0 / 3);
  EXPECT_EQ(scheme_from_json(to_json(fractions)).value(), fractions);
  const auto total = [](const Scheme& s, const std::string& place) {
    return testing::World(s, "place class X Y Z\n p a 100 0 0\n q a 0 0 100\n r b 5 5 5")
        .assessment.total[place == "q"];
  };
  const Scheme equal = scheme_of(thirds("", R"("weights": {"how": "equal"}, )"));
  EXPECT_EQ(total(fractions, "p"), 33'333'333'333);
  EXPECT_EQ(total(fractions, "q"), total(fractions, "p")) << "each third weighs the same";
  EXPECT_EQ(total(equal, "p"), total(fractions, "p"));
  const Scheme mixed = scheme_of(with_tree(R"({"children": [{"indicator": "X", "weight": "1/3", "fn": "peer"},
      {"indicator": "Y", "weight": "1/6", "fn": "mix", "parts": [{"weight": "2/3", "fn": "peer"}, {"weight": "1/3", "fn": "peer"}]},
      {"indicator": "Z", "weight": 50, "fn": "peer"}]})"));
  EXPECT_EQ(mixed.leaves[1].function.parts[0].weight->share(), 2.0 / 3);
  EXPECT_THAT(
      faults(with_tree(
          R"({"aggregation": "owa", "order_weights": ["33.33", "33.33", "33.33"], "children": [{"indicator": "X", "weight": 100, "fn": "peer"}]})")),
      ::testing::ElementsAre("/tree/order_weights: weights_order"));
}

struct Fault {
  const char* what;
  std::string document;
  const char* expected;
};

TEST(scheme_faults, one_by_one) {
  const std::string leaf = R"({"children": [{"indicator": "X", "weight": 100, "fn": "peer"}]})";
  const auto function = [&](const std::string& f) {
    return with_tree(R"({"children": [{"indicator": "X", "weight": 100, )" + f + "}]}");
  };
  const std::vector<Fault> table = {
      {"not a group", R"("text")", ": scheme_field_kind"},
      {"weights that are no hundred",
       with_tree(R"({"children": [{"indicator": "X", "weight": "99.99", "fn": "peer"}]})"),
       "/tree/children: weights_sum"},
      {"weight that is no number", with_tree(R"({"children": [{"indicator": "X", "weight": "half", "fn": "peer"}]})"),
       "/tree/children/0/weight: scheme_field_kind"},
      {"negative weight", with_tree(R"({"children": [{"indicator": "X", "weight": -1, "fn": "peer"}]})"),
       "/tree/children/0/weight: scheme_number_outside"},
      {"class without a tree", with_tree(R"({"children": [{"indicator": "X", "weight": {"a": 100}, "fn": "peer"}]})"),
       "/tree: scheme_class_without_tree"},
      {"no tree", R"({"scheme": {"id": "s", "name_zh": "x"}, "classes": [{"id": "a", "name_zh": "x"}]})",
       ": scheme_field_missing"},
      {"empty node", with_tree(R"({"children": []})"), "/tree/children: scheme_node_shape"},
      {"no function", function(R"("lo": 1)"), "/tree/children/0: scheme_field_missing"},
      {"unknown function", function(R"("fn": "magic")"), "/tree/children/0/fn: scheme_value_unknown"},
      {"bad base", function(R"("fn": "self", "base": "yesterday", "lo": 0, "hi": 1)"),
       "/tree/children/0/base: scheme_value_unknown"},
      {"steps out of order", function(R"("fn": "step", "steps": [[1, 0], [3, 50], [2, 100]])"),
       "/tree/children/0/steps: scheme_steps_order"},
      {"step that is no pair", function(R"("fn": "step", "steps": [[1]])"),
       "/tree/children/0/steps/0: scheme_field_kind"},
      {"negative points", function(R"("fn": "step", "steps": [[1, -5]])"),
       "/tree/children/0/steps/0/1: scheme_number_outside"},
      {"mix that is no hundred",
       function(R"("fn": "mix", "parts": [{"fn": "peer", "weight": 50}, {"fn": "peer", "weight": 40}])"),
       "/tree/children/0/parts: weights_parts"},
      {"order weights",
       with_tree(
           R"({"aggregation": "owa", "order_weights": [50, 40], "children": [{"indicator": "X", "weight": 100, "fn": "peer"}]})"),
       "/tree/order_weights: weights_order"},
      {"power without p",
       with_tree(R"({"aggregation": "power", "children": [{"indicator": "X", "weight": 100, "fn": "peer"}]})"),
       "/tree: scheme_field_missing"},
      {"fallback that compares", with_tree(leaf, R"(, "peer_fallback": {"fn": "peer"})"),
       "/peer_fallback: scheme_fallback_compares"},
      {"unknown grade",
       with_tree(leaf, R"(, "red_lines": [{"id": "r", "name_zh": "x", "when": "X > 0", "max_grade": "good"}])"),
       "/red_lines/0/max_grade: scheme_grade_unknown"},
      {"red line nobody can read",
       with_tree(
           leaf,
           R"(, "grades": [{"id": "g", "name_zh": "x"}], "red_lines": [{"id": "r", "name_zh": "x", "when": "X about 0", "max_grade": "g"}])"),
       "/red_lines/0/when: scheme_red_line_form"},
      {"tie break", with_tree(leaf, R"(, "tie_break": ["nobody"])"), "/tie_break/0: scheme_tie_unknown"},
      {"class without members",
       R"({"scheme": {"id": "s", "name_zh": "x"}, "classes": [{"id": "a", "name_zh": "x", "members": ["1"]}, {"id": "b", "name_zh": "x"}], "tree": )" +
           leaf + "}",
       "/classes/1: scheme_class_empty"},
      {"member twice",
       R"({"scheme": {"id": "s", "name_zh": "x"}, "classes": [{"id": "a", "name_zh": "x", "members": ["1", "1"]}], "tree": )" +
           leaf + "}",
       "/classes/0/members/1: scheme_member_twice"},
      {"decimals",
       R"({"scheme": {"id": "s", "name_zh": "x", "score_decimals": 9}, "classes": [{"id": "a", "name_zh": "x"}], "tree": )" +
           leaf + "}",
       "/scheme/score_decimals: scheme_number_outside"},
  };
  for (const auto& t : table) EXPECT_THAT(faults(t.document), ::testing::Contains(t.expected)) << t.what;
}

TEST(scheme_faults, a_tree_deeper_than_the_limit_is_refused_not_followed) {
  std::string tree = R"({"indicator": "X", "weight": 100, "fn": "peer"})";
  for (int i = 0; i < 20; ++i)
    tree = R"({"id": "n)" + std::to_string(i) + R"(", "weight": 100, "children": [)" + tree + "]}";
  EXPECT_THAT(faults(with_tree(tree)), ::testing::Contains(::testing::HasSubstr("scheme_too_large")));
}

TEST(scheme_catalogue, fills_what_the_scheme_leaves_out_and_knows_every_code) {
  fact::Indicator i;
  i.code = {"T-GOV-05"};
  i.name_zh = "群众满意度";
  i.unit_zh = "%";
  i.direction = fact::Direction::down;
  i.owner_zh = "示例办";
  i.decimals = 1;
  const std::vector<fact::Indicator> catalogue = {i};
  const auto read = [&](const std::string& code) {
    return scheme_from_json(
        *Json::parse(with_tree(R"({"children": [{"indicator": ")" + code + R"(", "weight": 100, "fn": "peer"}]})")),
        catalogue);
  };
  const auto good = read("T-GOV-05");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->nodes[1].name_zh, "群众满意度");
  EXPECT_EQ(good->leaves[0].owner_zh, "示例办");
  EXPECT_EQ(good->leaves[0].direction, fact::Direction::down);
  EXPECT_TRUE(good->leaves[0].percent);
  const auto bad = read("T-GOV-5");
  ASSERT_FALSE(bad);
  EXPECT_TRUE(bad.error().is(errors::scheme_indicator_unknown));
  EXPECT_EQ(bad.error().first().arguments[1], "T-GOV-05");
}

TEST(scheme_faults, positions_come_from_the_caller) {
  const auto json = Json::parse(with_tree(R"({"children": [{"indicator": "X", "weight": 99, "fn": "peer"}]})"));
  const auto s = scheme_from_json(*json, {}, [](std::string_view pointer) {
    return Position{"towns.yaml", static_cast<int>(pointer.size()), 0, ""};
  });
  ASSERT_FALSE(s);
  EXPECT_EQ(
      s.error().first().line(Language::en),
      "towns.yaml:14: the weights under 'total' sum to 99 in class 'a'; they must sum to 100. Where decimals can't, "
      "write weights: {how: equal} at 'total', or fractions such as 1/3");
}

}   // namespace
}   // namespace gangmu::score
