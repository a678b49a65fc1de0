// SPDX-License-Identifier: Apache-2.0
// Real numbers for the scorer: the counties' census figures of 2010 and 2020, under neutral labels in a shuffled order.
// What comes out is held against the formulas written out here, and holds no name and no code: no real place is rated.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/random.hpp"
#include "pack/sample_test.hpp"
#include "score/plain.hpp"

namespace gangmu::pack {
namespace {

constexpr const char* scheme_text = R"({
  "scheme": {"id": "census", "name_zh": "普查数据试算", "unit_level": "county"},
  "classes": [{"id": "all", "name_zh": "全部单位"}],
  "tree": {"children": [
    {"id": "people", "name_zh": "人口", "weight": 60, "children": [
      {"indicator": "census_pop", "weight": 30, "fn": "self", "base": "2010", "lo": -10, "hi": 40},
      {"indicator": "census_urban", "weight": 20, "fn": "peer", "pool": "all"},
      {"indicator": "census_edu_years", "weight": 25, "fn": "min_max"},
      {"indicator": "census_hh_size", "weight": 25, "fn": "z", "direction": "down"}]},
    {"id": "ages", "name_zh": "年龄", "weight": 40, "aggregation": "geometric", "children": [
      {"indicator": "census_age_65", "weight": 50, "fn": "lin", "lo": 20, "hi": 5, "direction": "down"},
      {"indicator": "census_age_15_64", "weight": 50, "fn": "lin", "lo": 60, "hi": 80}]}]}})";

/// A figure of a unit; the key is "indicator period".
using Unit = std::map<std::string, double>;

class Census : public testing::Test {
 protected:
  /// Counties in a shuffled order, so that a label says nothing about which one it is.
  void SetUp() override {
    const auto read = read_pack(sample::folder("programmes/jiangmen"));
    ASSERT_TRUE(read) << read.error().text(Language::en);
    pack_ = *read;
    std::vector<PlaceId> counties;
    for (const place::Place& place : pack_.places)
      if (place.level == place::Level::county) counties.push_back(place.id);
    Random random(20);
    for (std::size_t i = counties.size(); i-- > 1;) std::swap(counties[i], counties[random.below(i + 1)]);
    for (std::size_t i = 0; i < counties.size(); ++i) labels_[counties[i]] = "单位00" + std::to_string(i + 1);
    take_figures();
  }

  void take_figures() {
    for (const fact::Observation& o : pack_.observations) {
      const auto label = labels_.find(o.place);
      if (label == labels_.end() || !o.indicator.value.starts_with("census_") || !o.value.is_number()) continue;
      const std::string value = o.value.text(decimals_of(o.indicator.value));
      rows_.push_back({label->second, o.indicator.value, o.period.text(), value, {}});
      units_[label->second][o.indicator.value + " " + o.period.text()] = std::stod(value);
    }
  }
  [[nodiscard]] std::vector<std::string> all_codes() const {
    std::vector<std::string> out;
    for (const Definition* definition : pack_.of_kind("indicator")) out.push_back(definition->id);
    return out;
  }
  int decimals_of(const std::string& indicator) const {
    for (const Definition* definition : pack_.of_kind("indicator"))
      if (definition->id == indicator) return static_cast<int>(definition->body["decimals"].integer_or(0));
    return 0;
  }

  score::Scheme scheme() const { return score::scheme_from_json(Json::parse(scheme_text).value()).value(); }

  Pack pack_;
  std::map<PlaceId, std::string> labels_;
  std::vector<score::ValueRow> rows_;
  std::map<std::string, Unit> units_;
};

double clamped(double points) { return std::clamp(points, 0.0, 100.0); }
double line(double value, double lo, double hi) { return clamped(100 * (value - lo) / (hi - lo)); }

/// The scheme above, written out once more without anything of score/.
std::map<std::string, double> totals_by_hand(const std::map<std::string, Unit>& units) {
  const auto column = [&](const std::string& key) {
    std::vector<double> out;
    for (const auto& [label, unit] : units) out.push_back(unit.at(key));
    return out;
  };
  const auto n = static_cast<double>(units.size());
  const std::vector<double> urban = column("census_urban 2020"), years = column("census_edu_years 2020"),
                            sizes = column("census_hh_size 2020");
  const double least = *std::ranges::min_element(years), most = *std::ranges::max_element(years);
  const double mean = std::accumulate(sizes.begin(), sizes.end(), 0.0) / n;
  double squares = 0;
  for (const double size : sizes) squares += (size - mean) * (size - mean);
  const double deviation = std::sqrt(squares / (n - 1));
  std::map<std::string, double> out;
  for (const auto& [label, unit] : units) {
    const double before = unit.at("census_pop 2010"), growth = 100 * (unit.at("census_pop 2020") - before) / before;
    const double own = unit.at("census_urban 2020");
    const auto better = static_cast<double>(std::ranges::count_if(urban, [&](double other) { return other > own; }));
    const double people = 0.30 * line(growth, -10, 40) + 0.20 * (100 * (n - (better + 1) + 0.5) / n) +
                          0.25 * (100 * (unit.at("census_edu_years 2020") - least) / (most - least)) +
                          0.25 * clamped(50 - 10 * (unit.at("census_hh_size 2020") - mean) / deviation);
    const double ages =
        std::sqrt(line(unit.at("census_age_65 2020"), 20, 5) * line(unit.at("census_age_15_64 2020"), 60, 80));
    out[label] = 0.6 * people + 0.4 * ages;
  }
  return out;
}

const score::Table& named(const std::vector<score::Table>& tables, std::string_view name) {
  return *std::ranges::find(tables, name, &score::Table::name);
}

TEST_F(Census, ScoresAreWhatTheFormulasGive) {
  ASSERT_EQ(units_.size(), 7u);
  SerialExecutor serial;
  const auto tables = score::score_plainly(scheme(), rows_, {}, Period::parse("2020").value(), serial, {}, all_codes());
  ASSERT_TRUE(tables) << tables.error().text(Language::en);
  const auto wanted = totals_by_hand(units_);
  std::map<std::string, double> totals, printed;
  for (const auto& row : named(*tables, "scores").rows)
    if (row[1] == "total") totals[row[0]] = std::stod(row[2]);
  ASSERT_EQ(totals.size(), wanted.size());
  for (const auto& [label, total] : totals) EXPECT_NEAR(total, wanted.at(label), 1e-8) << label;
  for (const auto& row : named(*tables, "contributions").rows) printed[row[0]] += std::stod(row[2]);
  for (const auto& row : named(*tables, "ranks").rows) {
    const double own = wanted.at(row[0]);
    const auto better = std::ranges::count_if(wanted, [&](const auto& other) { return other.second > own; });
    EXPECT_EQ(row[6], std::to_string(better + 1)) << row[0];
    EXPECT_NEAR(printed[row[0]], std::stod(row[5]), 1e-6)
        << row[0];   // parts as printed add up to the total as printed
  }
}

TEST_F(Census, WhatComesOutNamesNoPlace) {
  SerialExecutor serial;
  const auto tables = score::score_plainly(scheme(), rows_, {}, Period::parse("2020").value(), serial, {}, all_codes());
  ASSERT_TRUE(tables);
  std::string all;
  for (const score::Table& table : *tables)
    for (const auto& row : table.rows)
      for (const std::string& cell : row) all += cell + "\n";
  EXPECT_NE(all.find("单位001"), std::string::npos);
  for (const place::Place& place : pack_.places) {
    EXPECT_EQ(all.find(place.code), std::string::npos);
    EXPECT_EQ(all.find(place.name_zh), std::string::npos) << place.name_zh;
  }
}

}   // namespace
}   // namespace gangmu::pack
