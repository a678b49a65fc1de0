// SPDX-License-Identifier: Apache-2.0
#include "sim/simulate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "pack/sample_test.hpp"
#include "record/kind.hpp"
#include "sim/errors.hpp"

namespace gangmu::sim {
namespace {

using pack::Pack;
using pack::sample::folder;

const pack::Files& input() {
  static const pack::Files files = folder("programmes/example-city");
  return files;
}

constexpr Shape small{.counties = 3, .towns = 7, .villages = 31, .first_year = 2019, .years = 4, .tasks = 20};

Pack simulated(std::uint64_t seed, const Shape& shape) {
  auto pack = simulate(input(), seed, shape);
  EXPECT_TRUE(pack) << (pack ? "" : pack.error().text(Language::en));
  return pack ? *std::move(pack) : Pack{};
}

pack::Files written(const Pack& pack) { return *pack::write_pack(pack); }

int of_level(const Pack& pack, place::Level level) {
  return static_cast<int>(std::ranges::count(pack.places, level, &place::Place::level));
}

TEST(Simulate, CarriesTheRegistersItsInputUses) {
  const Pack pack = simulated(1, small);
  const auto kinds = pack.catalogue();
  ASSERT_TRUE(kinds) << kinds.error().text(Language::en);
  EXPECT_TRUE((*kinds)->find("project")->flow());
  EXPECT_TRUE((*kinds)->find("obstacle")->flow());
  EXPECT_TRUE(written(pack).contains("flows/obstacle@1.yaml"));
  EXPECT_TRUE(pack.records.empty());
}

TEST(Simulate, TheSameSeedGivesTheSameBytes) {
  const auto first = written(simulated(1, small));
  EXPECT_EQ(written(simulated(1, small)), first);
  EXPECT_NE(written(simulated(2, small)).at("observations.csv"), first.at("observations.csv"));
}

TEST(Simulate, TheResultIsASoundPack) {
  const Pack pack = simulated(1, small);
  const auto faults = pack::lint(written(pack));
  EXPECT_THAT(pack::sample::lines(faults), testing::IsEmpty());
  const auto again = pack::read_pack(written(pack));
  EXPECT_EQ(written(*again), written(pack));
}

TEST(Simulate, TheFullShape) {
  Shape shape;
  shape.first_year = 2025;
  shape.years = 1;
  const Pack pack = simulated(1, shape);
  EXPECT_EQ(of_level(pack, place::Level::county), 7);
  EXPECT_EQ(of_level(pack, place::Level::town), 73);
  EXPECT_EQ(of_level(pack, place::Level::village), 1336);
  std::map<std::string, int> classes;
  for (const Definition* d : pack.of_kind("class"))
    if (!d->id.ends_with("000000")) ++classes[d->body["class"].string_or("")];   // towns
  EXPECT_THAT(classes, testing::ElementsAre(testing::Pair("a", 19), testing::Pair("b", 22), testing::Pair("c", 32)));
  EXPECT_EQ(pack.tasks.size(), 60u);
  EXPECT_EQ(pack.of_kind("track").size(), 7u);
  EXPECT_EQ(pack.of_kind("tile").size(), 80u);
  // As declared, about ninety thousand figures a year.
  EXPECT_GT(pack.observations.size(), 80'000u);
  EXPECT_LT(pack.observations.size(), 100'000u);
}

TEST(Simulate, FiguresHaveTheTroublesOfRealOnes) {
  const Pack pack =
      simulated(3, Shape{.counties = 7, .towns = 73, .villages = 120, .first_year = 2019, .years = 4, .tasks = 0});
  std::map<fact::CellState, int> states;
  int revised = 0, late = 0, two_sources = 0;
  for (std::size_t i = 0; i < pack.observations.size(); ++i) {
    const auto& o = pack.observations[i];
    ++states[o.value.state];
    late += o.note == "迟报";
    if (i == 0) continue;
    const auto& before = pack.observations[i - 1];
    const bool same = before.place == o.place && before.indicator == o.indicator && before.period == o.period;
    if (same && before.source == o.source) ++revised;
    if (same && before.source != o.source) ++two_sources;
  }
  for (const auto state : {fact::CellState::value, fact::CellState::missing, fact::CellState::above,
                           fact::CellState::not_applicable, fact::CellState::withheld})
    EXPECT_GT(states[state], 0) << static_cast<int>(state);
  EXPECT_GT(revised, 0);
  EXPECT_GT(late, 0);
  EXPECT_GT(two_sources, 0);
}

TEST(Simulate, TheDefinitionBreaksOnceAndTheSeriesJumps) {
  const Pack pack = simulated(1, small);
  std::map<int, double> mean;
  std::map<int, int> n;
  for (const auto& o : pack.observations) {
    if (o.indicator.value != "C-URB-02" || !o.value.is_number()) continue;
    EXPECT_EQ(o.version, o.period.year() < 2021 ? 1 : 2);
    mean[o.period.year()] += static_cast<double>(o.value.units) / 10;
    ++n[o.period.year()];
  }
  for (auto& [year, sum] : mean) sum /= n[year];
  EXPECT_GT(mean[2021] - mean[2020], 5);
  EXPECT_LT(mean[2020] - mean[2019], 5);
}

TEST(Simulate, PartsNeverExceedTheirWholeAndCumulativeFiguresGrow) {
  const Pack pack = simulated(4, small);
  std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> at;   // place, period, indicator
  std::set<std::string> ytd;
  for (const Definition* d : pack.of_kind("indicator"))
    if (d->body["period_kind"].string_or("") == "ytd" && d->body["aggregation"].string_or("") == "sum")
      ytd.insert(d->id);
  const fact::Observation* before = nullptr;
  for (const auto& o : pack.observations) {   // the last revision stands
    if (!o.value.is_number()) continue;
    at[{o.place.value, o.period.text(), o.indicator.value}] = o.value.units;
  }
  for (const auto& [key, units] : at) {
    const auto& [place, period, indicator] = key;
    for (const auto& [part, whole] :
         {std::pair{"V-AGR-02", "V-AGR-01"}, {"C-POP-02", "C-POP-01"}, {"T-GOV-11", "T-GOV-12"}})
      if (indicator == part)
        if (const auto it = at.find({place, period, whole}); it != at.end()) {
          EXPECT_LE(units, it->second) << part << " " << period;
        }
  }
  int compared = 0;
  for (const auto& o : pack.observations) {
    const bool usable = ytd.contains(o.indicator.value) && o.value.is_number() &&
                        o.status == fact::ValueStatus::final && o.value.units > 1000;
    if (usable && before && before->place == o.place && before->indicator == o.indicator &&
        before->period.year() == o.period.year() && before->period != o.period &&
        before->status == fact::ValueStatus::final && !o.note.starts_with("更") && before->note != "更正") {
      EXPECT_GE(o.value.units, before->value.units * 8 / 10)
          << o.indicator.value << " " << o.period.text();   // a first report may be off by an eighth
      ++compared;
    }
    before = usable ? &o : nullptr;
  }
  EXPECT_GT(compared, 100);
}

/// The last revision of each figure, by place, period and indicator; a second source beside it is left out.
std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> figures_at(const Pack& pack) {
  std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> out;
  for (const auto& o : pack.observations) {
    if (o.value.is_number() && o.note != "快报")
      out[{o.place.value, o.period.text(), o.indicator.value}] = o.value.units;
  }
  return out;
}

TEST(Simulate, ATownStaysBelowItsCountyAndAPlaceHasOnePopulation) {
  for (const Shape& shape :
       {small, Shape{.counties = 3, .towns = 12, .villages = 160, .first_year = 2022, .years = 3, .tasks = 0}}) {
    const Pack pack = simulated(5, shape);
    const auto at = figures_at(pack);
    std::map<std::int64_t, std::int64_t> above;
    std::map<std::int64_t, place::Level> level;
    for (const place::Place& p : pack.places) {
      above[p.id.value] = p.parent.value;
      level[p.id.value] = p.level;
    }
    std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> sums;
    for (const auto& [key, units] : at) {
      const auto& [place, period, indicator] = key;
      if (level[place] == place::Level::town) sums[{above[place], period, indicator}] += units;
      if (indicator == "V-POP-02") sums[{above[above[place]], period, indicator}] += units;
    }
    int compared = 0;
    for (const auto& [key, sum] : sums) {
      const auto& [county, period, indicator] = key;
      for (const auto& [town, whole, factor] :
           {std::tuple{"T-ECO-01", "C-ECO-01", 1}, {"T-ECO-02", "C-ECO-04", 1}, {"T-ECO-03", "C-FIN-01", 10'000}}) {
        const auto found = at.find({county, period, whole});
        if (indicator != town || found == at.end()) continue;
        EXPECT_LT(sum, found->second * factor) << town << " " << period;
        ++compared;
      }
      const auto people = at.find({county, period, "C-POP-01"});
      if (indicator != "V-POP-02" || people == at.end()) continue;
      EXPECT_EQ(sum, people->second) << period;
      const auto product = at.find({county, period, "C-ECO-01"}), a_head = at.find({county, period, "C-ECO-11"});
      if (product == at.end() || a_head == at.end()) continue;
      EXPECT_NEAR(static_cast<double>(a_head->second) * static_cast<double>(people->second),
                  static_cast<double>(product->second) * 1e6, static_cast<double>(product->second) * 1e6 * 0.002)
          << period;
      ++compared;
    }
    EXPECT_GT(compared, 20);
  }
}

TEST(Simulate, AnImpossibleShapeIsRefusedWithItsBounds) {
  for (const Shape shape : {Shape{.counties = 0}, Shape{.counties = 11}, Shape{.towns = 3}, Shape{.villages = 20},
                            Shape{.years = 0}, Shape{.counties = 1, .towns = 150, .villages = 200}}) {
    const auto pack = simulate(input(), 1, shape);
    ASSERT_FALSE(pack);
    EXPECT_TRUE(pack.error().is(errors::shape_impossible));
  }
}

TEST(Simulate, OtherShapesWork) {
  for (const Shape shape :
       {Shape{.counties = 1, .towns = 1, .villages = 1, .first_year = 2024, .years = 1, .tasks = 1},
        Shape{.counties = 10, .towns = 12, .villages = 12, .first_year = 2024, .years = 1, .tasks = 0}}) {
    const Pack pack = simulated(1, shape);
    EXPECT_EQ(of_level(pack, place::Level::county), shape.counties);
    EXPECT_EQ(of_level(pack, place::Level::town), shape.towns);
    EXPECT_EQ(of_level(pack, place::Level::village), shape.villages);
    EXPECT_THAT(pack::sample::lines(pack::lint(written(pack))), testing::IsEmpty());
  }
}

/// Synthetic data never wears a real name: no county or town of the real pack is named anywhere in a synthetic one, and
/// no synthetic place has the full name of a real one.
TEST(Simulate, NoSyntheticPackHoldsARealName) {
  const auto real = pack::read_pack(folder("programmes/jiangmen"));
  ASSERT_TRUE(real);
  std::set<std::string> names;
  std::vector<std::string> upper;
  for (const place::Place& p : real->places) {
    names.insert(p.name_zh);
    if (p.level != place::Level::village) upper.push_back(p.name_zh);
  }
  Shape shape;
  shape.first_year = 2025;
  shape.years = 1;
  Pack example = simulated(1, shape);
  example.observations.clear();   // numbers
  for (const auto& files : {written(example), folder("programmes/tutorial"), input()}) {
    const auto pack = pack::read_pack(files);
    ASSERT_TRUE(pack);
    for (const place::Place& p : pack->places) EXPECT_FALSE(names.contains(p.name_zh)) << p.name_zh;
    for (const auto& [path, bytes] : files)
      for (const std::string& name : upper) EXPECT_FALSE(text::contains(bytes, name)) << path << ": " << name;
  }
}

}   // namespace
}   // namespace gangmu::sim
