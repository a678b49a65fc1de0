// SPDX-License-Identifier: Apache-2.0
// Scoring again only what a change reaches gives the same rank and total, bit for bit, as assessing everything anew:
// random schemes with every kind of function, mean, whole-class method, computed weight and preparation.
#include "score/standing.hpp"

#include "base/random.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using fact::CellState;

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::string document() {
    return R"({"scheme": {"id": "s", "name_zh": "试"},
      "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}],
      "min_class_size": 4, "peer_fallback": {"fn": "self", "lo": -5, "hi": 10},
      "adjustments": {"bonus": {"items": [{"id": "pilot", "name_zh": "试点", "points": 1}]}},
      "tie_break": ["n1", "x2"],
      "tree": {"missing": ")" +
           pick({"hold", "renormalise", "zero"}) + "\", " + joined() + R"("children": [{"id": "n1", "weight": 60, )" +
           joined() + R"("children": [)" + leaf(2, 30) + ", " + leaf(3, 30) + ", " + leaf(4, 40) +
           R"(]}, {"id": "n5", "weight": 25, )" + joined() + R"("children": [)" + leaf(6, 20) + ", " + leaf(7, 80) +
           "]}, " + leaf(8, 15) + "]}}";
  }

 private:
  std::string pick(const std::vector<std::string>& words) { return words[random_.below(words.size())]; }

  std::string joined() {
    return pick({"", "", "", R"("aggregation": "geometric", )", R"("aggregation": "geometric", "floor": 5, )",
                 R"("aggregation": "harmonic", "floor": 1, )", R"("aggregation": "power", "p": "2.5", )",
                 R"("aggregation": "min", )", R"("aggregation": "mean_min", "alpha": "0.4", )",
                 R"("aggregation": "owa", "order_weights": [20, 30, 50], )", R"("aggregation": "ampi", )",
                 R"("aggregation": "benefit_of_doubt", )", R"("aggregation": "mpi", )", R"("aggregation": "topsis", )",
                 R"("aggregation": "vikor", )", R"("aggregation": "borda", )", R"("aggregation": "copeland", )"}) +
           pick({"", "", "", "", R"("weights": {"how": "entropy"}, )", R"("weights": {"how": "critic"}, )",
                 R"("weights": {"how": "equal"}, )"});
  }

  std::string leaf(int id, int weight) {
    const std::string code = std::to_string(random_.between(0, 4));   // one figure may stand in several leaves
    const std::string prepared =
        pick({"", "", "", R"("impute": {"how": "mean"}, )", R"("impute": {"how": "median", "pool": "all"}, )",
              R"("impute": {"how": "regression", "on": "I4"}, )"});
    const std::string compared = pick({"", R"("treatment": {"how": "winsorise"}, )",
                                       R"("treatment": {"how": "quantiles", "lo": 10, "hi": 90, "always": true}, )"}) +
                                 pick({R"("fn": "min_max")", R"("fn": "min_max", "pool": "class")", R"("fn": "peer")",
                                       R"("fn": "z")", R"("fn": "percentile")", R"("fn": "mean_zone", "zone": 10)"});
    const std::string alone = pick(
        {R"("fn": "lin", "lo": 10, "hi": 80)", R"("fn": "target", "cap": 110)", R"("fn": "self", "lo": -20, "hi": 30)",
         R"("fn": "relative", "to": "best")", R"("fn": "step", "steps": [[0, 10], [40, 55], [70, 100]])",
         R"("fn": "mix", "parts": [{"weight": 30, "fn": "peer"}, {"weight": 70, "fn": "lin", "lo": 0, "hi": 90}])",
         R"("fn": "either", "any": [{"fn": "target"}, {"fn": "min_max", "of": "last_year"}])"});
    return R"({"id": "x)" + std::to_string(id) + R"(", "indicator": "I)" + code + R"(", "weight": )" +
           std::to_string(weight) + R"(, "direction": ")" + pick({"up", "up", "down"}) + "\", " + prepared +
           (random_.chance(0.6) ? compared : alone) + "}";
  }

  Random random_;
};

Gathered figures(const Scheme& scheme, Random& random) {
  constexpr std::size_t places = 19;
  Gathered g;
  for (std::size_t p = 0; p < places; ++p) {
    g.places.push_back("p" + std::to_string(100 + p));
    g.classes.push_back(p == 5 ? no_class : static_cast<ClassIndex>(p < 13 ? 0 : 1));
    g.groups.push_back(0);
  }
  for (std::size_t i = 0; i < scheme.columns.size() * places; ++i) {
    const auto roll = random.below(60);
    g.states.push_back(roll == 0   ? CellState::missing
                       : roll == 1 ? CellState::not_applicable
                       : roll == 2 ? CellState::above
                                   : CellState::value);
    g.values.push_back(static_cast<double>(random.between(-2, 60)));   // level ones now and then
  }
  g.grants = {{3, "pilot"}, {7, "pilot"}};
  return g;
}

class WhatAChangeReaches : public ::testing::TestWithParam<int> {};

TEST_P(WhatAChangeReaches, gives_the_standing_a_whole_assessment_gives) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const auto scheme = testing::read_scheme(Maker(seed).document());
  ASSERT_TRUE(scheme) << Maker(seed).document() << scheme.error().text(Language::en);
  SCOPED_TRACE(Maker(seed).document());
  Random random(seed + 1000);
  const Gathered g = figures(*scheme, random);
  const Inputs inputs = g.inputs();
  SerialExecutor serial;
  const Assessment a = assess(*scheme, inputs, serial).value();
  for (const std::size_t place : {0U, 4U, 9U, 15U}) {
    Standings quick(*scheme, inputs, a, place), slow(*scheme, inputs, a, place, Rescoring::whole);
    for (int trial = 0; trial < 40; ++trial) {
      const std::size_t column = random.below(scheme->columns.size());
      if (scheme->columns[column].use != ColumnUse::value || g.states[column * a.places + place] != CellState::value)
        continue;
      const auto value = static_cast<double>(random.between(-20, 90));
      const Standing expected = slow.with(column, value), got = quick.with(column, value);
      ASSERT_EQ(got.rank, expected.rank) << "place " << place << " column " << column << " = " << value;
      ASSERT_EQ(got.total, expected.total) << "place " << place << " column " << column << " = " << value;
      if (random.chance(0.3)) {
        quick.keep(column, value);
        slow.keep(column, value);
      } else if (random.chance(0.1)) {
        quick.reset();
        slow.reset();
      }
    }
  }
}

TEST_P(WhatAChangeReaches, lifts_a_place_by_the_same_steps) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const Scheme scheme = testing::scheme_of(Maker(seed).document());
  SCOPED_TRACE(Maker(seed).document());
  Random random(seed + 2000);
  const Gathered g = figures(scheme, random);
  SerialExecutor serial;
  const Assessment a = assess(scheme, g.inputs(), serial).value();
  for (const std::size_t place : {2U, 11U, 16U}) {
    const Lift quick = lift_by(scheme, g.inputs(), a, place, 2, serial, {}, Rescoring::reached),
               slow = lift_by(scheme, g.inputs(), a, place, 2, serial, {}, Rescoring::whole);
    EXPECT_EQ(quick.alone, slow.alone);
    EXPECT_EQ(quick.together, slow.together);
    EXPECT_EQ(quick.reachable, slow.reachable);
  }
}

INSTANTIATE_TEST_SUITE_P(random, WhatAChangeReaches, ::testing::Range(1, 121));

TEST(standing, follows_weights_that_are_worked_out_to_nothing_and_back) {
  // X is level over the class, so its spread gives it no weight; with C's X changed it has some.
  const testing::World w(testing::one_class(R"("tree": {"weights": {"how": "deviation"}, "children": [
      {"indicator": "X", "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "Y", "fn": "lin", "lo": 0, "hi": 100}]})"),
                         "place class X Y\n A a 50 80\n B a 50 60\n C a 50 10");
  const Inputs inputs = w.gathered.inputs();
  Standings quick(w.scheme, inputs, w.assessment, 2), slow(w.scheme, inputs, w.assessment, 2, Rescoring::whole);
  for (const double x : {50.0, 90.0, 100.0, 0.0}) {
    EXPECT_EQ(quick.with(0, x).total, slow.with(0, x).total) << x;
    EXPECT_EQ(quick.with(0, x).rank, slow.with(0, x).rank) << x;
  }
}

}   // namespace
}   // namespace gangmu::score
