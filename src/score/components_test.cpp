// SPDX-License-Identifier: Apache-2.0
// Parts of a differentiated assessment: panels, tasks, surveys, named peers, bonuses with dates and evidence, seats of
// a grade.
#include "score/errors.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::World;

Scheme one_leaf(const std::string& leaf) {
  return one_class(R"("tree": {"children": [{"indicator": "X", "weight": 100, )" + leaf + "}]}");
}
constexpr const char* line = R"("fn": "lin", "lo": 0, "hi": 100)";

TEST(panel, drops_the_extremes_and_needs_enough_reviews) {
  const World w(one_leaf(R"("panel": {"reviewers": 5, "least": 4, "drop": 1}, )" + std::string(line)),
                R"(place class X@review1 X@review2 X@review3 X@review4 X@review5
      A a 10 80 90 70 100
      B a 60 70 - 80 90
      C a 90 90 90 - -)");
  EXPECT_EQ(w.total("A"), "80.00");   // 70, 80, 90
  EXPECT_EQ(w.total("B"), "75.00");   // 70, 80
  EXPECT_EQ(w.total("C"), "");
  EXPECT_EQ(w.edge("X", EdgeRule::few_reviews), 1U);
}

TEST(tasks, count_what_was_done_and_what_was_done_late) {
  const World w(one_leaf(R"("tasks": {"late": 50}, "fn": "lin", "lo": 60, "hi": 100)"),
                R"(place class X@due X@done X@late
      A a 10 8 2
      B a 10 8 -
      C a 0 0 0
      D a - 3 0)");
  EXPECT_EQ(w.total("A"), "75.00");   // 90 of 100
  EXPECT_EQ(w.total("B"), "50.00");
  EXPECT_EQ(w.total("C"), "") << "nothing due: not applicable";
  EXPECT_EQ(w.edge("X", EdgeRule::nothing_due), 1U);
  EXPECT_EQ(w.assessment.state(1, w.at("D")), ScoreState::missing);
}

TEST(survey, needs_enough_people_asked) {
  const World w(one_leaf(R"("sample": {"least": 300}, )" + std::string(line)),
                "place class X X@sample\n A a 80 300\n B a 95 299\n C a 95 -");
  EXPECT_EQ(w.total("A"), "80.00");
  EXPECT_EQ(w.total("B"), "");
  EXPECT_EQ(w.edge("X", EdgeRule::small_sample), 2U);
}

TEST(named_peer, is_the_reference) {
  const World w(one_leaf(R"("fn": "relative", "to": "peer", "cap": 120)"),
                "place class X X@peer\n A a 45 60\n B a 90 60\n C a 5 -\n D a 5 0");
  EXPECT_EQ(w.total("A"), "75.00");
  EXPECT_EQ(w.total("B"), "120.00");
  EXPECT_EQ(w.edge("X", EdgeRule::missing_target), 1U);
  EXPECT_EQ(w.edge("X", EdgeRule::target_not_positive), 1U);
}

TEST(components, are_read_written_and_read_again) {
  for (const char* leaf : {R"("panel": {"reviewers": 9, "drop": 2}, "fn": "lin", "lo": 0, "hi": 100)",
                           R"("tasks": {"late": 40}, "fn": "peer")", R"("sample": {"least": 400}, "fn": "peer")",
                           R"("fn": "relative", "to": "peer")"}) {
    const Scheme s = one_leaf(leaf);
    EXPECT_EQ(scheme_from_json(to_json(s)), s) << leaf;
  }
}

TEST(adjustments, count_only_with_date_and_evidence_and_so_often) {
  const Scheme s = one_class(R"("adjustments": {"bonus": {"items": [
        {"id": "dated", "name_zh": "试点", "points": 1, "from": "2023-01-01", "to": "2023-12-31"},
        {"id": "proved", "name_zh": "表彰", "points": 2, "evidence": true}, {"id": "often", "name_zh": "典型", "points": 3, "most": 2}]}},
      "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]})");
  EXPECT_EQ(scheme_from_json(to_json(s)), s);
  const auto row = [](const std::string& place, const std::string& item, const std::string& times,
                      const std::string& date,
                      const std::string& evidence) { return ValueRow{place, item, "2023", times, {}, date, evidence}; };
  const std::vector<ValueRow> values = {row("A", "X", "50", "", ""),
                                        row("B", "X", "53", "", ""),
                                        row("A", "@dated", "1", "2023-06-30", ""),
                                        row("B", "@dated", "1", "2024-01-01", ""),
                                        row("A", "@proved", "1", "", "粤发〔2023〕1号"),
                                        row("B", "@proved", "1", "", ""),
                                        row("A", "@often", "3", "", "")};
  SerialExecutor serial;
  const auto out = score_plainly(s, values, {}, std::nullopt, serial);
  ASSERT_TRUE(out) << out.error().text(Language::en);
  const Table& ranks = (*out)[3];
  EXPECT_EQ(ranks.header.back(), "rank_without_adjustments");
  EXPECT_EQ(ranks.rows[0][5], "59.00");   // 50 + 1 + 2 + 2 × 3
  EXPECT_EQ(ranks.rows[1][5], "53.00");
  EXPECT_EQ(ranks.rows[0][6], "1");
  EXPECT_EQ(ranks.rows[0].back(), "2") << "second without the bonuses";
  std::string edges;
  for (const auto& r : (*out)[6].rows) edges += r[1] + " ";
  EXPECT_EQ(edges, "grant_outside_dates grant_without_evidence item_capped ");
}

TEST(grades, never_have_more_seats_than_at_most) {
  const Scheme s = one_class(
      R"("grades": [{"id": "top", "name_zh": "优", "best_share": 100, "at_most": 2}, {"id": "rest", "name_zh": "良"}],
      "tree": {"children": [{"indicator": "X", "weight": 100, "fn": "lin", "lo": 0, "hi": 100}]})");
  const World w(s, "place class X\n A a 9\n B a 8\n C a 7");
  EXPECT_EQ(w.grade("B"), "top");
  EXPECT_EQ(w.grade("C"), "rest");
}

}   // namespace
}   // namespace gangmu::score
