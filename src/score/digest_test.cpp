// SPDX-License-Identifier: Apache-2.0
// One fixed scheme over one fixed random input: its digest is written here, so every compiler, optimisation, thread
// count and machine that runs this test proves the same bytes.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "score/robustness.hpp"
#include "score/testing.hpp"

namespace gangmu::score {
namespace {

// Every function and every mean takes part.
const char* everything = R"({
  "scheme": {"id": "fixed", "name_zh": "定"}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}],
  "tree": {"missing": "renormalise", "children": [
    {"id": "n1", "weight": 20, "children": [
      {"indicator": "I0", "weight": 40, "fn": "lin", "lo": 5, "hi": 95}, {"indicator": "I1", "weight": 25, "fn": "target", "cap": 110},
      {"indicator": "I2", "weight": 35, "fn": "self", "lo": -10, "hi": 30}]},
    {"id": "n2", "weight": 20, "aggregation": "geometric", "floor": 1, "children": [
      {"indicator": "I3", "weight": 40, "fn": "min_max"}, {"indicator": "I4", "weight": 60, "fn": "z", "pool": "class"}]},
    {"id": "n3", "weight": 15, "aggregation": "harmonic", "floor": 1, "children": [
      {"indicator": "I5", "weight": 50, "fn": "peer"}, {"indicator": "I6", "weight": 50, "fn": "percentile"}]},
    {"id": "n4", "weight": 15, "aggregation": "power", "p": "2.5", "children": [
      {"indicator": "I7", "weight": 50, "fn": "relative", "to": "mean"}, {"indicator": "I8", "weight": 50, "fn": "mean_zone", "zone": 5}]},
    {"id": "n5", "weight": 15, "aggregation": "owa", "order_weights": [20, 30, 50], "children": [
      {"indicator": "I9", "weight": 30, "fn": "step", "steps": [[0, 0], [30, 40], [60, 100]]}, {"indicator": "I10", "weight": 30, "fn": "relative", "to": "own"},
      {"indicator": "I11", "weight": 40, "fn": "mix", "parts": [{"weight": 60, "fn": "target", "target": 70}, {"weight": 40, "fn": "peer"}]}]},
    {"id": "n6", "weight": 15, "aggregation": "mean_min", "alpha": "0.25", "children": [
      {"indicator": "I12", "weight": 50, "fn": "either", "any": [{"fn": "lin", "lo": 0, "hi": 100}, {"fn": "self", "lo": 0, "hi": 10}]},
      {"indicator": "I13", "weight": 50, "fn": "min_max", "of": "2020"}]}]}})";

const char* stressed = R"({
  "scheme": {"id": "stressed", "name_zh": "压"}, "classes": [{"id": "a", "name_zh": "甲"}, {"id": "b", "name_zh": "乙"}],
  "tree": {"missing": "renormalise", "children": [
    {"indicator": "I0", "weight": 30, "impute": {"how": "mean"}, "treatment": {"how": "winsorise"}, "fn": "min_max"},
    {"indicator": "I1", "weight": 30, "sample": {"least": 10}, "fn": "z", "pool": "class"},
    {"indicator": "I2", "weight": 40, "fn": "self", "lo": -10, "hi": 30}]}})";

Gathered fixed(const Scheme& scheme, std::size_t places) {
  Random random(20260314);
  Gathered g;
  for (std::size_t p = 0; p < places; ++p) {
    g.places.push_back("p" + std::to_string(100000 + p));
    g.classes.push_back(static_cast<ClassIndex>(random.below(2)));
  }
  for (std::size_t i = 0; i < scheme.columns.size() * places; ++i) {
    g.states.push_back(random.chance(0.03) ? fact::CellState::missing : fact::CellState::value);
    g.values.push_back(Decimal(random.between(1, 100000), 3).real());
  }
  return g;
}

TEST(digest, is_the_same_everywhere) {
  const Scheme scheme = testing::scheme_of(everything);
  const Gathered g = fixed(scheme, 3000);
  std::vector<std::string> digests;
  for (const std::size_t width : {1, 1, 2, 8}) {
    ThreadExecutor threads(width);
    digests.push_back(assess(scheme, g.inputs(), threads).value().digest.text());
  }
  EXPECT_EQ(digests[1], digests[0]);
  EXPECT_EQ(digests[2], digests[0]);
  EXPECT_EQ(digests[3], digests[0]);
  EXPECT_EQ(digests[0], "sha256:377792d9b05d561e9faf4deac94fac06c36f8d29b403dd5caea6af0185c75d6b");
}

// A stress test too: every factor of it, so every random stream, distribution and logarithm.
TEST(digest, of_a_stress_test_is_the_same_everywhere) {
  const Scheme scheme = testing::scheme_of(stressed);
  Gathered g = fixed(scheme, 300);
  for (std::size_t i = 0; i < g.states.size(); i += 37)
    g.states[i] = i % 2 == 0 ? fact::CellState::above : fact::CellState::below;
  Variation v = Variation::usual();
  v.treatment = {TreatmentChoice::given, TreatmentChoice::none, TreatmentChoice::log};
  v.measurement = 1;
  ThreadExecutor threads(2);
  const auto u = uncertainty(scheme, g.inputs(), v, 100, 20260314, threads);
  ASSERT_TRUE(u);
  EXPECT_EQ(u->factors.size(), 9U);
  EXPECT_EQ(u->digest.text(), "sha256:dc9bcfd5dc7562ab0d4c8ce6ed1f377e90ddebbb4099c735a33e23b66cbaf299");
}

TEST(digest, names_scheme_inputs_and_results) {
  const Scheme scheme = testing::scheme_of(everything);
  const Gathered g = fixed(scheme, 50);
  SerialExecutor serial;
  const Assessment a = assess(scheme, g.inputs(), serial).value();

  Gathered other = g;
  other.values[0] += 1;
  const Assessment changed = assess(scheme, other.inputs(), serial).value();
  EXPECT_NE(changed.inputs, a.inputs);
  EXPECT_NE(changed.digest, a.digest);

  Scheme next = scheme;
  next.version = 2;
  const Assessment under_next = assess(next, g.inputs(), serial).value();
  EXPECT_EQ(under_next.inputs, a.inputs);
  EXPECT_NE(under_next.digest, a.digest);

  Gathered signed_zero = g;
  for (auto& v : signed_zero.values) v = v == g.values[1] ? -0.0 : v;
  Gathered zero = signed_zero;
  for (auto& v : zero.values) v = v == 0 ? 0.0 : v;
  EXPECT_EQ(assess(scheme, signed_zero.inputs(), serial).value().inputs,
            assess(scheme, zero.inputs(), serial).value().inputs);
}

}   // namespace
}   // namespace gangmu::score
