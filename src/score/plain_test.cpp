// SPDX-License-Identifier: Apache-2.0
#include "score/plain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "score/errors.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::scheme_of;

std::string csv(const Table& table) {
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i ? "," : "") + cells[i];
    out += "\n";
  };
  line(table.header);
  for (const auto& row : table.rows) line(row);
  return out;
}

const Table& named(const std::vector<Table>& tables, const std::string& name) {
  for (const auto& t : tables) {
    if (t.name == name) return t;
  }
  static const Table none;
  return none;
}

TEST(plain, rows_in_tables_out) {
  const Scheme s = one_class(R"("tree": {"missing": "zero", "children": [
      {"indicator": "X", "weight": 60, "fn": "target"}, {"indicator": "Y", "weight": 40, "fn": "self", "lo": 0, "hi": 30}]},
      "grades": [{"id": "good", "name_zh": "良好", "min": 60}, {"id": "fair", "name_zh": "一般"}])");
  const std::vector<ValueRow> values = {{"p1", "X", "2023", "45", {}},  {"p1", "X@target", "2023", "60", {}},
                                        {"p1", "Y", "2022", "30", {}},  {"p1", "Y", "2023", "35", {}},
                                        {"p2", "X", "2023", ">45", {}}, {"p2", "Y", "2022", "30", {}},
                                        {"p2", "Y", "2023", "39", {}}};
  SerialExecutor serial;
  const auto out = score_plainly(s, values, {}, std::nullopt, serial);
  ASSERT_TRUE(out) << out.error().text(Language::en);
  EXPECT_EQ(csv(named(*out, "weights")), "class,node,indicator,weight\na,X,X,60.000000000\na,Y,Y,40.000000000\n");
  EXPECT_EQ(csv(named(*out, "normalised")),
            "place,indicator,score\np1,X,75.000000000\np1,Y,55.555555556\np2,X,\np2,Y,100.000000000\n");
  EXPECT_EQ(csv(named(*out, "scores")), "place,node,score\np1,total,67.222222222\np2,total,40.000000000\n");
  EXPECT_EQ(csv(named(*out, "ranks")),
            "place,class,subtotal,bonus,deduction,total,rank,of,provisional\np1,a,67.22,0.00,0.00,67.22,1,2,0\np2,a,40."
            "00,0.00,0.00,40.00,2,2,0\n");
  EXPECT_EQ(csv(named(*out, "contributions")), "place,node,points\np1,X,45.00\np1,Y,22.22\np2,X,0.00\np2,Y,40.00\n");
  EXPECT_EQ(csv(named(*out, "grades")),
            "place,grade,grade_without_red_lines,red_lines\np1,good,good,\np2,fair,fair,\n");
  EXPECT_EQ(named(*out, "edges").rows.size(), 2U);
  EXPECT_EQ(named(*out, "digest").rows[2][1].substr(0, 7), "sha256:");
}

TEST(plain, the_period_may_be_given_and_the_base_follows_it) {
  const Scheme s = one_class(
      R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "self", "base": "same_period_last_year", "lo": 0, "hi": 20}]})");
  const std::vector<ValueRow> values = {
      {"p", "X", "2022Q1", "100", {}}, {"p", "X", "2023Q1", "110", {}}, {"p", "X", "2023Q2", "500", {}}};
  SerialExecutor serial;
  const auto out = score_plainly(s, values, {}, Period::parse("2023Q1").value(), serial);
  ASSERT_TRUE(out);
  EXPECT_EQ(named(*out, "ranks").rows[0][5], "50.00");
}

TEST(plain, a_period_without_any_figure_is_a_fault) {
  const Scheme s =
      one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, "fn": "self", "lo": 0, "hi": 20}]})");
  const std::vector<ValueRow> values = {
      {"p", "X", "2022", "100", {}}, {"p", "X", "2023", "110", {}}, {"p", "X", "2025", "", {}}};
  for (const char* period : {"2024", "2025", "2030"}) {   // 2024: its base is there, the figure is not
    const auto refused = gather(s, values, {}, Period::parse(period).value());
    ASSERT_FALSE(refused) << period;
    EXPECT_EQ(refused.error().text(Language::en),
              "the values hold no figure of " + std::string(period) + "; they do of: 2022, 2023");
  }
  EXPECT_TRUE(gather(s, values, {}, Period::parse("2023").value()));
}

TEST(plain, classes_come_from_places_from_members_or_from_being_the_only_one) {
  const char* text =
      R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲", "members": ["p1"]}, {"id": "b", "name_zh": "乙", "members": ["p2"]}],
      "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "peer"}]}})";
  const Scheme s = scheme_of(text);
  const std::vector<ValueRow> values = {{"p1", "X", "2023", "1", {}}, {"p2", "X", "2023", "2", {}}};
  EXPECT_EQ(gather(s, values, {}, std::nullopt).value().classes, (std::vector<ClassIndex>{0, 1}));
  const std::vector<PlaceRow> places = {{"p1", "b", "", "", {}}, {"p2", "", "", "", {}}};
  EXPECT_EQ(gather(s, values, places, std::nullopt).value().classes, (std::vector<ClassIndex>{1, 1}));
}

TEST(plain, all_faults_with_their_lines) {
  const Scheme s = scheme_of(
      R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}],
      "adjustments": {"bonus": {"items": [{"id": "pilot", "name_zh": "试点", "points": 1}]}},
      "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "peer"}]}})");
  const auto faults = [&](std::vector<ValueRow> values, std::vector<PlaceRow> places) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i].where = {"v.csv", static_cast<int>(i + 2), 0, ""};
    for (std::size_t i = 0; i < places.size(); ++i) places[i].where = {"p.csv", static_cast<int>(i + 2), 0, ""};
    const auto out = gather(s, values, places, std::nullopt);
    std::vector<std::string> lines;
    if (!out) {
      for (const auto& d : out.error().all()) lines.push_back(d.where.text() + " " + std::string(d.kind->name));
    }
    return lines;
  };
  EXPECT_THAT(faults({{"p1", "X", "2023", "1", {}}, {"p9", "X", "someday", "1", {}}},
                     {{"p1", "c", "", "", {}}, {"p1", "a", "", "", {}}, {"p2", "", "", "", {}}}),
              ::testing::UnorderedElementsAre("v.csv:3 period_malformed", "v.csv:3 place_unknown",
                                              "p.csv:2 scheme_class_unknown", "p.csv:3 place_twice", " class_missing"));
  EXPECT_THAT(faults({{"p1", "X", "2023", "1,5", {}},
                      {"p1", "X", "2023", "2", {}},
                      {"p1", "@pilot", "2023", "half", {}},
                      {"p1", "@prize", "2023", "1", {}}},
                     {{"p1", "a", "", "", {}}}),
              ::testing::UnorderedElementsAre("v.csv:2 cell_malformed", "v.csv:3 row_twice", "v.csv:4 grant_times",
                                              "v.csv:5 grant_unknown"));
  EXPECT_THAT(faults({{"p1", "Y", "2023", "1", {}}}, {{"p1", "a", "", "", {}}}),
              ::testing::ElementsAre("v.csv:2 code_unread", " code_unfilled"));
  EXPECT_THAT(faults({}, {{"p1", "a", "", "", {}}}), ::testing::ElementsAre(" no_values"));
}

// A slip of the pen in a code would leave out an indicator without a word.
TEST(plain, a_code_that_only_one_side_knows_is_a_fault) {
  const Scheme s = one_class(R"("tree": {"children": [{"indicator": "T-GOV-05", "weight": 50, "fn": "target"},
      {"indicator": "T-ECO-01", "weight": 50, "fn": "self", "base": "2020", "lo": 0, "hi": 1}]})");
  const std::vector<ValueRow> good = {{"p", "T-GOV-05", "2023", "1", {}},
                                      {"p", "T-GOV-05@target", "2023", "1", {}},
                                      {"p", "T-ECO-01", "2023", "1", {}},
                                      {"p", "T-ECO-01", "2020", "1", {}}};
  EXPECT_TRUE(gather(s, good, {}, std::nullopt));
  const auto told = [&](std::size_t row, const std::string& code) {
    auto values = good;
    values[row].indicator = code;
    const auto out = gather(s, values, {}, std::nullopt);
    std::vector<std::string> lines;
    if (!out) {
      for (const auto& d : out.error().all())
        lines.push_back(std::string(d.kind->name) + " " + d.arguments[0] + ": " + d.arguments[1]);
    }
    return lines;
  };
  EXPECT_THAT(told(0, "T-GOV-5"), ::testing::ElementsAre("code_unread T-GOV-5: T-GOV-05"));
  EXPECT_THAT(told(1, "T-GOV-05@targt"), ::testing::ElementsAre("code_unread T-GOV-05@targt: T-GOV-05@target"));
  EXPECT_THAT(told(1, "T-ECO-01@target"), ::testing::ElementsAre("code_unread T-ECO-01@target: T-GOV-05@target"));
  const std::vector<ValueRow> half = {good[0], good[1]};
  const auto refused = gather(s, half, {}, std::nullopt);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text(Language::en),
            "the values have no row of T-ECO-01, which the scheme reads; give it rows, with nothing as value where "
            "there is no figure. They have: T-GOV-05");
}

// Correlations and alpha need no stress test.
TEST(plain, tells_how_the_parts_hang_together_and_how_well_surveys_know) {
  const Scheme s = one_class(R"("tree": {"children": [{"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 100},
      {"indicator": "Y", "weight": 50, "sample": {"least": 10}, "fn": "lin", "lo": 0, "hi": 100}]})");
  std::vector<ValueRow> values;
  for (int i = 1; i <= 6; ++i) {
    const std::string p = "p" + std::to_string(i), x = std::to_string(10 * i);
    values.push_back({p, "X", "2023", x, {}});
    values.push_back({p, "Y", "2023", x, {}});
    values.push_back({p, "Y@sample", "2023", i == 1 ? "5" : "100", {}});
  }
  SerialExecutor serial;
  const auto out = score_plainly(s, values, {}, std::nullopt, serial);
  ASSERT_TRUE(out);
  EXPECT_EQ(csv(named(*out, "coherence")), "class,branch,places,alpha\na,total,5,1.0000\n");
  EXPECT_EQ(named(*out, "correlations").rows[0], (std::vector<std::string>{"a", "total", "X", "Y", "1.0000"}));
  EXPECT_EQ(named(*out, "warnings").header.size(), 4U);
  EXPECT_EQ(named(*out, "sampling").rows[4], (std::vector<std::string>{"p5", "Y", "50.00", "100", "10", "5.00"}));
  EXPECT_EQ(named(*out, "sampling").rows[0], (std::vector<std::string>{"p1", "Y", "10.00", "5", "10", "13.42"}));
}

}   // namespace
}   // namespace gangmu::score
