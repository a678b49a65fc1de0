// SPDX-License-Identifier: Apache-2.0
// Methods that need a whole class, weights worked out from figures or judgements, and the penalised means, as parts of
// a scheme.
#include "base/decimal.hpp"
#include "score/at_work.hpp"
#include "score/errors.hpp"
#include "score/robustness.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::read_scheme;
using testing::World;

std::string leaf(const std::string& id, const std::string& weight, const std::string& lo = "0") {
  return R"({"indicator": ")" + id + R"(", )" + (weight.empty() ? "" : R"("weight": )" + weight + ", ") +
         R"("fn": "lin", "lo": )" + lo + R"(, "hi": 100})";
}
Scheme three(const std::string& node, const std::string& a = "30", const std::string& b = "40",
             const std::string& c = "30") {
  return one_class(R"("tree": {"missing": "renormalise", )" + node + R"("children": [)" + leaf("X", a) + "," +
                   leaf("Y", b) + "," + leaf("Z", c) + "]}");
}

// Tzeng & Huang (2011): the table of compromise_test.cpp, now as points of three indicators.
const char* tzeng = "place class X Y Z\n a1 a 5 8 4\n a2 a 7 6 8\n a3 a 8 8 6\n a4 a 7 4 6";

TEST(whole_class, topsis_as_published) {
  const World w(three(R"("aggregation": "topsis", )"), tzeng);
  EXPECT_EQ(w.total("a1"), "50.37");
  EXPECT_EQ(w.total("a2"), "65.81");
  EXPECT_EQ(w.total("a3"), "74.82");
  EXPECT_EQ(w.total("a4"), "33.40");
  EXPECT_EQ(w.rank("a3"), 1U);
}

TEST(whole_class, vikor_with_its_conditions_and_set) {
  const World w(three(R"("aggregation": "vikor", )"), tzeng);
  EXPECT_EQ(w.total("a1"), "25.00");
  EXPECT_EQ(w.total("a2"), "75.00");
  EXPECT_EQ(w.total("a3"), "100.00");
  EXPECT_EQ(w.total("a4"), "0.00");
  ASSERT_EQ(w.assessment.verdicts.size(), 1U);
  const Verdict& v = w.assessment.verdicts[0];
  EXPECT_FALSE(v.acceptable_advantage);
  EXPECT_TRUE(v.acceptable_stability);
  EXPECT_EQ(v.compromise, (std::vector<std::uint32_t>{1, 2}));
  const auto out = tables(w.scheme, w.gathered, w.assessment);
  EXPECT_EQ(out.back().name, "compromise");
  EXPECT_EQ(out.back().rows[0], (std::vector<std::string>{"total", "a", "0", "1", "a2"}));
}

TEST(whole_class, borda_and_copeland_by_hand) {
  const std::string cells = "place class X Y Z\n A a 4 1 3\n B a 3 3 1\n C a 2 2 2\n D a 1 4 4";
  const std::string third = R"("33.333333333")", rest = R"("33.333333334")";
  const World borda(three(R"("aggregation": "borda", )", third, third, rest), cells);
  EXPECT_EQ(borda.total("A"), "55.56");
  EXPECT_EQ(borda.total("D"), "66.67");
  const World copeland(three(R"("aggregation": "copeland", )", third, third, rest), cells);
  EXPECT_EQ(copeland.total("A"), "66.67");   // 2 won, 1 lost of 3
  EXPECT_EQ(copeland.total("B"), "33.33");
  EXPECT_EQ(copeland.total("C"), "0.00");
  EXPECT_EQ(copeland.total("D"), "100.00");
  const Verdict& v = copeland.assessment.verdicts[0];
  EXPECT_EQ(v.condorcet, copeland.at("D"));
  EXPECT_EQ(v.won, (std::vector<std::uint32_t>{2, 1, 0, 3}));
  const auto out = tables(copeland.scheme, copeland.gathered, copeland.assessment);
  EXPECT_EQ(out.back().name, "majority");
  EXPECT_EQ(out.back().rows[3], (std::vector<std::string>{"total", "a", "D", "3", "0", "0", "1"}));
}

// Columns 10, 20, 30: deviation (n) 8.16497, standardised 87.75, 100, 112.25; the other way round in Y. A: mean 100,
// variance 12.2474² = 150, penalty 1.5: 98.5 − 50. B stands at 100 twice: no penalty.
TEST(whole_class, mazziotta_pareto_penalises_unevenness_or_rewards_it) {
  const std::string cells = "place class X Y\n A a 10 30\n B a 20 20\n C a 30 10";
  const auto scheme = [](const std::string& extra) {
    return one_class(R"("tree": {"aggregation": "mpi", )" + extra + R"("children": [)" + leaf("X", "50") + "," +
                     leaf("Y", "50") + "]}");
  };
  const World minus(scheme(""), cells), plus(scheme(R"("penalty": "plus", )"), cells);
  EXPECT_EQ(minus.total("A"), "48.50");
  EXPECT_EQ(minus.total("B"), "50.00");
  EXPECT_EQ(plus.total("A"), "51.50");
}

// Compind's AMPI gives the same for both directions. x = 0, 100: y = 70, 130, mean 100, variance 900: 100 ∓ 9, back (91
// − 70) / 0.6.
TEST(penalised_means, adjusted_index_by_hand_in_both_directions) {
  const auto scheme = [](const std::string& extra) {
    return one_class(R"("tree": {"aggregation": "ampi", )" + extra + R"("children": [)" + leaf("X", "50") + "," +
                     leaf("Y", "50") + "]}");
  };
  const std::string cells = "place class X Y\n A a 0 100\n B a 50 50";
  const World minus(scheme(""), cells), plus(scheme(R"("penalty": "plus", )"), cells);
  EXPECT_EQ(minus.total("A"), "35.00");
  EXPECT_EQ(plus.total("A"), "65.00");
  EXPECT_EQ(minus.total("B"), "50.00");
  // All the loss is X's: Y stands at full marks.
  EXPECT_EQ(minus.assessment.contributions[0 * 2 + minus.at("A")], -15'000'000'000);
  EXPECT_EQ(minus.assessment.contributions[1 * 2 + minus.at("A")], 50'000'000'000);
}

// Compind's mean-min standardises along the wrong axis. Here: 60 and 90 by halves, mean 75, worst 60, alpha 0.4: 75 −
// 0.4 × 15.
TEST(penalised_means, mean_min_works_along_the_place) {
  const World w(one_class(R"("tree": {"aggregation": "mean_min", "alpha": "0.4", "children": [)" + leaf("X", "50") +
                          "," + leaf("Y", "50") + "]}"),
                "place class X Y\n A a 60 90\n B a 90 60");
  EXPECT_EQ(w.total("A"), "69.00");
  EXPECT_EQ(w.total("B"), "69.00");
}

// Plain benefit of the doubt puts 19 of 23 units at 1.00, so its weights are bounded: 50 ± 20 %: 0.6 × 80 + 0.4 × 40.
TEST(benefit_of_doubt, each_place_in_its_best_light_within_bounds) {
  const World w(one_class(R"("tree": {"aggregation": "benefit_of_doubt", "spread": 20, "children": [)" +
                          leaf("X", "50") + "," + leaf("Y", "50") + "]}"),
                "place class X Y\n A a 80 40\n B a 40 80\n C a 60 60");
  EXPECT_EQ(w.total("A"), "64.00");
  EXPECT_EQ(w.total("B"), "64.00");
  EXPECT_EQ(w.total("C"), "60.00");
  EXPECT_EQ(w.assessment.contributions[0 * 3 + w.at("A")], 38'000'000'000) << "50 at full marks less 0.6 × 20";
}

std::string printed_shares(const World& w, int decimals) {
  std::string out;
  for (std::size_t n = 1; n < w.scheme.nodes.size(); ++n) out += round_half_up(w.assessment.shares[n], decimals) + " ";
  return out;
}

TEST(computed_weights, entropy_and_critic_from_the_class) {
  const auto scheme = [](const std::string& how, const std::string& lo) {
    return one_class(R"("tree": {"weights": {"how": ")" + how + R"("}, "children": [)" + leaf("X", "", lo) + "," +
                     leaf("Y", "", lo) + "," + leaf("Z", "", lo) + "]}");
  };
  const World entropy(one_class(R"("tree": {"weights": {"how": "entropy"}, "children": [)" + leaf("X", "") + "," +
                                leaf("Y", "") + "]}"),
                      "place class X Y\n A a 1 2\n B a 4 16");
  EXPECT_EQ(printed_shares(entropy, 4), "0.3589 0.6411 ");
  EXPECT_EQ(entropy.total("B"), "11.69");   // 0.358889 × 4 + 0.641111 × 16
  // Diakoulaki, Mavrotas & Papayannakis (1995), as in weights_test.cpp; a straight line changes nothing in CRITIC.
  const World critic(scheme("critic", "-100"), R"(place class X Y Z
      f1 a 61 1.08 4.33
      f2 a 20.7 0.26 4.34
      f3 a 16.3 1.98 2.53
      f4 a 9 3.29 1.65
      f5 a 5.4 2.77 2.33
      f6 a 4 4.12 1.21
      f7 a -6.1 3.52 2.10
      f8 a -34.6 3.31 0.98)");
  EXPECT_EQ(printed_shares(critic, 6), "0.202226 0.480902 0.316873 ");
  const World flat(scheme("critic", "0"), "place class X Y Z\n A a 5 5 5\n B a 5 5 5");
  EXPECT_EQ(printed_shares(flat, 4), "0.3333 0.3333 0.3333 ");
  EXPECT_EQ(flat.edge("total", EdgeRule::weights_equal_instead), 2U);
}

TEST(computed_weights, are_worked_out_from_below_and_apart_for_each_class) {
  const Scheme s = testing::scheme_of(
      R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}],
      "tree": {"weights": {"how": "deviation"}, "children": [
        {"id": "n", "name_zh": "支", "weights": {"how": "entropy"}, "children": [)" +
      leaf("X", "") + "," + leaf("Y", "") + "]}," + leaf("Z", "") + "]}}");
  const World w(s, "place class X Y Z\n A a 1 2 3\n B a 4 16 9\n C a 2 4 1\n D b 50 7 3\n E b 51 1 9\n F b 52 4 1");
  const std::size_t nodes = s.nodes.size();
  EXPECT_NE(w.assessment.shares[2], w.assessment.shares[nodes + 2]);
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_NEAR(w.assessment.shares[c * nodes + 1] + w.assessment.shares[c * nodes + 4], 1, 1e-12);
    EXPECT_NEAR(w.assessment.shares[c * nodes + 2] + w.assessment.shares[c * nodes + 3], 1, 1e-12);
  }
  double at_work = 0;
  for (const double x : weights_at_work(s, w.assessment, 1, w.at("E"))) at_work += x;
  EXPECT_NEAR(at_work, 1, 1e-12);
}

TEST(judged_weights, ahp_and_allocation_are_worked_out_when_the_scheme_is_read) {
  const auto scheme = [](const std::string& weights) {
    return R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}], "tree": {"weights": )" +
           weights + R"(, "children": [)" + leaf("X", "") + "," + leaf("Y", "") + "," + leaf("Z", "") + "]}}";
  };
  const auto ahp = read_scheme(
      scheme(R"({"how": "ahp", "comparisons": [[1, 3, 5], ["0.333333333", 1, 3], ["0.2", "0.333333333", 1]]})"));
  ASSERT_TRUE(ahp) << ahp.error().text(Language::en);
  EXPECT_EQ(round_half_up(ahp->nodes[1].weights[0].percent().real(), 1), "63.7");
  EXPECT_EQ(round_half_up(ahp->nodes[2].weights[0].percent().real(), 1), "25.8");
  EXPECT_EQ(Decimal::add(Decimal::add(ahp->nodes[1].weights[0].percent(), ahp->nodes[2].weights[0].percent()).value(),
                         ahp->nodes[3].weights[0].percent())
                .value(),
            Decimal(100, 0));
  EXPECT_EQ(scheme_from_json(to_json(*ahp)), *ahp);
  const auto points = read_scheme(scheme(R"({"how": "allocation", "points": [[60, 40, 0], [1, 1, 2]]})"));
  EXPECT_EQ(points->nodes[1].weights[0], Decimal(425, 1));
  EXPECT_TRUE(
      read_scheme(
          scheme(
              R"({"how": "ahp", "comparisons": [[1, 3, "0.333333333"], ["0.333333333", 1, 3], [3, "0.333333333", 1]]})"))
          .error()
          .is(errors::ahp_inconsistent));
  EXPECT_TRUE(read_scheme(scheme(R"({"how": "ahp", "comparisons": [[1, 3], ["0.333333333", 1]]})"))
                  .error()
                  .is(errors::matrix_shape));
}

TEST(whole_class, places_without_every_part_have_no_judgement_by_topsis_and_are_counted) {
  const World w(three(R"("aggregation": "topsis", )"), "place class X Y Z\n a1 a 5 8 4\n a2 a 7 - 8\n a3 a 8 8 6");
  EXPECT_EQ(w.total("a2"), "");
  EXPECT_EQ(w.edge("total", EdgeRule::incomplete_for_method), 1U);
  const World borda(three(R"("aggregation": "borda", )"), "place class X Y Z\n a1 a 5 8 4\n a2 a 7 - 8\n a3 a 8 8 6");
  EXPECT_EQ(borda.total("a2"), "75.00");   // 0.5 of X (30), 1 of Z (30)
}

TEST(whole_class, contributions_add_up_and_replays_agree) {
  for (const char* method : {"mpi", "topsis", "vikor", "borda", "copeland", "ampi", "benefit_of_doubt"}) {
    const World w(
        one_class(
            R"("tree": {"missing": "renormalise", "children": [{"id": "n", "name_zh": "支", "weight": 70, "aggregation": ")" +
            std::string(method) + R"(", "children": [)" + leaf("X", "30") + "," + leaf("Y", "40") + "," +
            leaf("Z", "30") + "]}," + leaf("V", "30") + "]}"),
        "place class X Y Z V\n p1 a 5 80 4 9\n p2 a 70 60 81 8\n p3 a 82 83 60 20\n p4 a 71 40 60 70\n p5 a - 30 10 "
        "20\n p6 a 100 100 100 5\n p7 a 0 0 0 0");
    for (std::size_t p = 0; p < w.assessment.places; ++p) {
      std::int64_t sum = 0;
      for (std::size_t l = 0; l < 4; ++l) sum += w.assessment.contributions[l * w.assessment.places + p];
      EXPECT_EQ(sum, w.assessment.subtotal[p]) << method << " " << p;
    }
    Variation nothing;
    nothing.weights = WeightDraw::given;
    SerialExecutor serial;
    const auto u = uncertainty(w.scheme, w.gathered.inputs(), nothing, 1, 1, serial);
    ASSERT_TRUE(u);
    for (std::size_t i = 0; i < u->places.size(); ++i) EXPECT_EQ(u->rank(0, i), u->places[i].rank) << method;
    EXPECT_EQ(scheme_from_json(to_json(w.scheme)), w.scheme) << method;
  }
}

// COINr scales 0…100 and then stops at the first zero of a geometric mean without naming the unit.
TEST(whole_class, zero_in_a_geometric_mean_is_named_and_a_floor_cures_it) {
  const World w(
      one_class(
          R"("tree": {"aggregation": "geometric", "children": [{"indicator": "X", "weight": 50, "fn": "min_max"}, {"indicator": "Y", "weight": 50, "fn": "min_max"}]})"),
      "place class X Y\n A a 1 9\n B a 5 5\n C a 9 1");
  EXPECT_EQ(w.edge("total", EdgeRule::zero_in_geometric), 2U);
  EXPECT_EQ(w.total("B"), "50.00");
  const World cured(
      one_class(
          R"("tree": {"aggregation": "geometric", "floor": 1, "children": [{"indicator": "X", "weight": 50, "fn": "min_max"}, {"indicator": "Y", "weight": 50, "fn": "min_max"}]})"),
      "place class X Y\n A a 1 9\n B a 5 5\n C a 9 1");
  EXPECT_EQ(cured.total("A"), "10.00");   // √(1 × 100)
}

// Published weights of two digits move ranks: here they are kept as written, to nine decimals.
TEST(whole_class, weights_are_kept_exactly) {
  const Scheme s = three("", R"("33.333333333")", R"("33.333333333")", R"("33.333333334")");
  EXPECT_EQ(to_json(s)["tree"]["children"].array()->at(2)["weight"]["a"].string_or(""), "33.333333334");
  const auto rounded = read_scheme(
      R"({"scheme": {"id": "s", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}], "tree": {"children": [)" +
      leaf("X", R"("33.33")") + "," + leaf("Y", R"("33.33")") + "," + leaf("Z", R"("33.33")") + "]}}");
  EXPECT_TRUE(rounded.error().is(errors::weights_sum)) << "99.99 is not 100";
}

// COINr's generalised mean is missing where one part is; other means leave it out.
TEST(whole_class, power_mean_leaves_a_missing_part_out) {
  const World w(three(R"("aggregation": "power", "p": 2, )"), "place class X Y Z\n A a 30 40 -\n B a 30 40 50");
  EXPECT_EQ(w.total("A"), "36.06");   // √((30 × 900 + 40 × 1600) / 70)
}

}   // namespace
}   // namespace gangmu::score
