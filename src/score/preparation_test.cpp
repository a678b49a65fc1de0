// SPDX-License-Identifier: Apache-2.0
// Estimates for what is missing and treatment of outliers as a scheme asks for them, by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/math.hpp"
#include "score/errors.hpp"
#include "score/explanation.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::read_scheme;
using testing::World;

Scheme one_leaf(const std::string& leaf) {
  return one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, )" + leaf + "}]}");
}
constexpr const char* line = R"("fn": "lin", "lo": 0, "hi": 100)";

TEST(imputation, mean_and_median_of_the_pool) {
  const std::string cells = "place class X\n a1 a 10\n a2 a 20\n a3 a 60\n a4 a -\n a5 a WH\n a6 a NA\n a7 a >5";
  const World mean(one_leaf(R"("impute": {"how": "mean"}, )" + std::string(line)), cells);
  EXPECT_EQ(mean.total("a4"), "30.00");
  EXPECT_EQ(mean.total("a5"), "30.00");
  EXPECT_EQ(mean.total("a6"), "") << "not applicable is never estimated";
  EXPECT_EQ(mean.total("a7"), "") << "a threshold says something: it is not overwritten";
  EXPECT_EQ(mean.edge("X", EdgeRule::imputed_value), 2U);
  const World median(one_leaf(R"("impute": {"how": "median", "pool": "all"}, )" + std::string(line)), cells);
  EXPECT_EQ(median.total("a4"), "20.00");
}

TEST(imputation, own_past_with_an_age_limit) {
  const std::string cells =
      "place class X X:2022 X:2021 X:2020 X:2019\n a1 a - - 30 20 10\n a2 a - - - 20 8\n a3 a - - - - -";
  const World latest(one_leaf(R"("impute": {"how": "latest", "max_age": 2}, )" + std::string(line)), cells);
  EXPECT_EQ(latest.total("a1"), "30.00");
  EXPECT_EQ(latest.total("a2"), "") << "three years old: past the limit";
  EXPECT_EQ(latest.edge("X", EdgeRule::impute_impossible), 2U);
  const World linear(one_leaf(R"("impute": {"how": "linear", "max_age": 4}, )" + std::string(line)), cells);
  EXPECT_EQ(linear.total("a1"), "50.00");   // 10, 20, 30 in 2019 … 2021: 50 in 2023
  EXPECT_EQ(linear.total("a2"), "56.00");   // 8, 20 in 2019, 2020
  EXPECT_EQ(linear.total("a3"), "");
}

TEST(imputation, regression_on_another_indicator) {
  const Scheme s = one_leaf(R"("impute": {"how": "regression", "on": "Y"}, )" + std::string(line));
  const World w(s, "place class X Y\n a1 a 10 1\n a2 a 20 2\n a3 a 36 3\n a4 a - 4\n a5 a - -");
  EXPECT_EQ(w.total("a4"), "48.00");   // slope 13, mean (2, 22)
  EXPECT_EQ(w.total("a5"), "");
  const World few(s, "place class X Y\n a1 a 10 1\n a2 a 20 2\n a4 a - 4");
  EXPECT_EQ(few.edge("X", EdgeRule::impute_impossible), 1U) << "two places make no regression";
}

TEST(imputation, is_marked_in_the_assessment_its_tables_and_its_words) {
  const World w(one_leaf(R"("impute": {"how": "mean"}, )" + std::string(line)), "place class X\n b a 10\n a a -");
  EXPECT_EQ(w.assessment.imputed, (std::vector<std::uint8_t>{1, 0}));
  const auto out = tables(w.scheme, w.gathered, w.assessment);
  EXPECT_EQ(out[1].header.back(), "imputed");
  EXPECT_EQ(out[1].rows[0].back(), "1");
  EXPECT_EQ(out[1].rows[1].back(), "");
  EXPECT_EQ(out.back().name, "prepared");
  EXPECT_EQ(out.back().rows[0], (std::vector<std::string>{"a", "X", "10", "imputed_value"}));
  EXPECT_EQ(out.back().rows[1], (std::vector<std::string>{"b", "X", "10", ""}));
  const Explanation e = explain(w.scheme, w.gathered.inputs(), w.assessment, w.at("a"), {"a", "a"});
  EXPECT_TRUE(e.lines[0].imputed);
  EXPECT_THAT(e.words.gaps[0].zh, ::testing::HasSubstr("推算"));
  EXPECT_EQ(e.words.next[0].zh, "先补报“X”的数据。");
  EXPECT_THAT(e.words.notes.back().zh, ::testing::HasSubstr("有 1 项没有数据"));
}

std::string far_out() {
  std::string cells = "place class X";
  for (int i = 1; i <= 11; ++i) cells += "\n p" + std::to_string(10 + i) + " a " + std::to_string(i == 11 ? 500 : i);
  return cells;
}

TEST(treatment_in_a_scheme, winsorises_where_the_trigger_holds_and_counts) {
  const World plain(one_leaf(R"("fn": "min_max")"), far_out());
  EXPECT_NEAR(plain.score("X", "p15"), 100 * 4.0 / 499, 1e-9);
  const World w(one_leaf(R"("treatment": {"how": "winsorise", "most": 5}, "fn": "min_max")"), far_out());
  EXPECT_NEAR(w.score("X", "p15"), 100 * 4.0 / 9, 1e-9);
  EXPECT_NEAR(w.score("X", "p21"), 100, 1e-9);
  EXPECT_EQ(w.edge("X", EdgeRule::treated_value), 1U);
  const World calm(one_leaf(R"("treatment": {"how": "winsorise", "skewness": 50}, "fn": "min_max")"), far_out());
  EXPECT_EQ(calm.edge("X", EdgeRule::treated_value), 0U);
}

TEST(treatment_in_a_scheme, logarithm_quantiles_and_box_cox) {
  const World log(one_leaf(R"("treatment": {"how": "log"}, "fn": "min_max")"), far_out());
  const double lo = math::log(4.99), hi = math::log(503.99);
  EXPECT_NEAR(log.score("X", "p15"), 100 * (math::log(8.99) - lo) / (hi - lo), 1e-9);
  EXPECT_EQ(log.edge("X", EdgeRule::treated_value), 11U);
  const World quantiles(
      one_leaf(R"("treatment": {"how": "quantiles", "lo": 10, "hi": 90, "always": true}, "fn": "min_max")"), far_out());
  EXPECT_NEAR(quantiles.score("X", "p15"), 100 * 3.0 / 8, 1e-9);   // 2 … 10
  const World root(one_leaf(R"("treatment": {"how": "box_cox", "lambda": "0.5", "always": true}, "fn": "min_max")"),
                   "place class X\n a1 a 1\n a2 a 4\n a3 a 9");
  EXPECT_NEAR(root.score("X", "a2"), 50, 1e-9);
  const World negative(one_leaf(R"("treatment": {"how": "box_cox", "always": true}, "fn": "min_max")"),
                       "place class X\n a1 a -1\n a2 a 4\n a3 a 9");
  EXPECT_EQ(negative.edge("X", EdgeRule::transform_impossible), 3U);
  EXPECT_NEAR(negative.score("X", "a2"), 50, 1e-9);
}

TEST(treatment_in_a_scheme, is_refused_where_the_function_knows_only_the_untreated_unit) {
  const auto refused = [](const std::string& leaf) {
    const auto s = read_scheme(
        R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}], "tree": {"children": [{"indicator": "X", "weight": 100, )" +
        leaf + "}]}}");
    return !s && s.error().is(errors::scheme_treatment_unfit);
  };
  EXPECT_TRUE(refused(R"("treatment": {"how": "log"}, "fn": "lin", "lo": 0, "hi": 9)"));
  EXPECT_TRUE(refused(R"("treatment": {"how": "log"}, "fn": "relative", "to": "best")"));
  EXPECT_TRUE(refused(R"("treatment": {"how": "winsorise"}, "fn": "min_max", "of": "2020")"));
  EXPECT_FALSE(refused(R"("treatment": {"how": "winsorise"}, "fn": "relative", "to": "best")"));
  EXPECT_FALSE(refused(R"("treatment": {"how": "log"}, "fn": "peer")"));
}

TEST(preparation, is_read_written_and_read_again) {
  for (const char* leaf :
       {R"("impute": {"how": "mean", "pool": "group"}, "fn": "peer")",
        R"("impute": {"how": "latest", "max_age": 3}, "fn": "peer")", R"("impute": {"how": "linear"}, "fn": "peer")",
        R"("impute": {"how": "regression", "on": "Y"}, "fn": "peer")",
        R"("treatment": {"how": "winsorise", "most": 2}, "fn": "z")",
        R"("treatment": {"how": "quantiles", "lo": 1}, "fn": "z")",
        R"("treatment": {"how": "winsorise_or_log", "always": true}, "fn": "z")",
        R"("treatment": {"how": "box_cox", "lambda": "-0.5", "skewness": 1}, "fn": "z")",
        R"("fn": "self", "base": "4_years_ago", "lo": 0, "hi": 1)"}) {
    const Scheme s = one_leaf(leaf);
    const auto again = scheme_from_json(to_json(s));
    ASSERT_TRUE(again) << leaf;
    EXPECT_EQ(*again, s) << leaf;
  }
}

}   // namespace
}   // namespace gangmu::score
