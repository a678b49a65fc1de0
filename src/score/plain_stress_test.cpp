// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "score/plain_stress.hpp"

#include "base/text.hpp"
#include "score/errors.hpp"
#include "score/testing.hpp"
#include "score/variation_json.hpp"

namespace gangmu::score {
namespace {

using testing::one_class;
using testing::World;

World four() {
  return {
      one_class(
          R"("tree": {"children": [{"indicator": "X", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}, {"indicator": "Y", "weight": 50, "fn": "lin", "lo": 0, "hi": 100}]})"),
      "place class X Y\n A a 99 99\n B a 60 50\n C a 50 61\n D a 1 1"};
}

TEST(plain_stress, every_table_and_its_columns) {
  const World w = four();
  StressRequest request;
  request.uncertainty = 200;
  request.sensitivity = 32;
  request.variation = {};
  request.lift = 1;
  SerialExecutor serial;
  const auto out = stress_tables(w.scheme, w.gathered, w.assessment, request, serial);
  ASSERT_TRUE(out);
  std::string told;
  for (const auto& t : *out) told += t.name + ": " + text::join(t.header, ",") + "\n";
  EXPECT_EQ(told,
            "robustness: what,value\nintervals: place,class,rank,lo,median,hi,mean,band\nrank_histogram: "
            "place,from,to,runs\nduels: place,other,before\n"
            "removal: node,mean_shift,max_shift,place\nreversals: without,turned_pairs\n"
            "sensitivity: output,mean,deviation,factor,first,first_lo,first_hi,total,total_lo,total_hi\n"
            "lift: place,rank,wanted,gap,way,node,from,to,effort,gain,reached\n");
  EXPECT_EQ((*out)[7].rows[0][0], "B") << "A stands first";
  const auto& intervals = (*out)[1].rows;
  EXPECT_EQ(intervals[0], (std::vector<std::string>{"A", "a", "1", "1", "1", "1", "1.00", "1"}));
  EXPECT_EQ(intervals[3], (std::vector<std::string>{"D", "a", "4", "4", "4", "4", "4.00", "3"}));
  EXPECT_EQ((*out)[3].rows.size(), 6U) << "all pairs of four";
  EXPECT_EQ((*out)[3].rows[0], (std::vector<std::string>{"A", "C", "1.0000"}));
  EXPECT_EQ((*out)[6].rows.size(), 5U) << "one factor; the mean shift and four places";
  EXPECT_EQ((*out)[6].rows[0][0], "mean_rank_shift");
}

TEST(plain_stress, nothing_asked_for_nothing_added) {
  const World w = four();
  SerialExecutor serial;
  EXPECT_TRUE(stress_tables(w.scheme, w.gathered, w.assessment, {}, serial)->empty());
}

TEST(variation, is_read_and_written) {
  const auto document = Json::parse(
      R"({"weights": "dirichlet", "concentration": 20, "normalisation": ["given", "z"], "treatment": ["none", "log"],
      "aggregation": ["given", "min"], "inclusion": true, "imputed": 50, "thresholds": true, "measurement": "0.5", "sampling": true})");
  const auto v = variation_from_json(*document);
  ASSERT_TRUE(v);
  EXPECT_EQ(v->weights, WeightDraw::dirichlet);
  EXPECT_EQ(v->measurement, 0.5);
  EXPECT_TRUE(v->sampling);
  EXPECT_EQ(variation_from_json(to_json(*v)), *v);
  EXPECT_EQ(variation_from_json(to_json(Variation::usual())), Variation::usual());
  EXPECT_EQ(variation_from_json(*Json::parse("{}"))->weights, WeightDraw::given) << "what is left out is not varied";
}

TEST(variation, all_faults_at_once) {
  const auto v = variation_from_json(
      *Json::parse(R"({"weight": "noise", "spread": 200, "treatment": ["drop"], "inclusion": "yes"})"));
  ASSERT_FALSE(v);
  std::vector<std::string> names;
  for (const auto& d : v.error().all()) names.emplace_back(d.kind->name);
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("scheme_field_unknown", "scheme_number_outside",
                                                     "scheme_value_unknown", "scheme_field_kind"));
}

}   // namespace
}   // namespace gangmu::score
