// SPDX-License-Identifier: Apache-2.0
// The cube's budgets on synthetic places and figures: a nation's build, update and query, and 5 million facts rolled up
// to 6,000 groups. All threads come from ThreadExecutor(2).
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "fact/cube.hpp"

namespace gangmu::fact {
namespace {

using place::Level;
using place::Place;
using place::Tree;

/// Places of each level below the root, spread evenly over those of the level above.
std::shared_ptr<const Tree> synthetic_tree(std::size_t cities, std::size_t counties, std::size_t towns,
                                           std::size_t villages) {
  std::vector<Place> places{{.id = {1}, .code = "99", .level = Level::province}};
  std::size_t parents_begin = 0, parents = 1;
  Level level = Level::city;
  for (const std::size_t count : {cities, counties, towns, villages}) {
    const std::size_t begin = places.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto parent = places[parents_begin + i * parents / count].id;
      const auto id = static_cast<std::int64_t>(places.size() + 1);
      places.push_back({.id = {id}, .code = std::to_string(990'000'000'000 + id), .parent = parent, .level = level});
    }
    parents_begin = begin;
    parents = count;
    level = static_cast<Level>(static_cast<int>(level) + 1);
  }
  return std::make_shared<Tree>(*Tree::build(std::move(places)));
}

std::vector<Indicator> synthetic_indicators(std::size_t n) {
  std::vector<Indicator> found(n);
  for (std::size_t i = 0; i < n; ++i) {
    found[i].code = {"X-" + std::to_string(i)};
    found[i].decimals = 2;
    found[i].entry_level = Level::village;
    found[i].aggregation = Aggregation::sum;
  }
  return found;
}

std::vector<Period> months(std::size_t n) {
  std::vector<Period> found;
  for (Period p = *Period::parse("202301"); found.size() < n; p = p.next()) found.push_back(p);
  return found;
}

std::vector<ColumnKey> every_column(std::size_t indicators, const std::vector<Period>& periods) {
  std::vector<ColumnKey> keys;
  for (IndicatorIndex i = 0; i < indicators; ++i) {
    for (const auto& period : periods) keys.push_back({i, period});
  }
  return keys;
}

std::int64_t figure_of(std::uint64_t column, std::uint64_t node) {
  return static_cast<std::int64_t>(((column << 32 | node) * 0x9E3779B97F4A7C15ULL) >> 44);
}

double peak_gib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1 << 20);
}

constexpr std::size_t nation_indicators = 20;

/// 665,276 places; the last indicator is a weighted mean, so pairs are built and updated too.
struct Nation {
  Nation() : tree(synthetic_tree(364, 2'844, 41'000, 621'067)), periods(months(12)) {
    villages = tree->of_level(Level::village);
    indicators.back().aggregation = Aggregation::weighted;
    indicators.back().denominator = indicators.front().code;
  }
  [[nodiscard]] Cube build() {
    const auto keys = every_column(nation_indicators, periods);
    const auto fill = [&](std::size_t column, ColumnWriter& writer) {
      Cell cell;
      cell.value.state = CellState::value;
      cell.seq = {static_cast<std::int64_t>(column + 1)};
      for (const NodeIndex node : villages) {
        cell.value.units = figure_of(column, node);
        writer.put(node, cell);
      }
    };
    return *Cube::build(tree, indicators, keys, fill, two);
  }
  ThreadExecutor two{2};
  std::shared_ptr<const Tree> tree;
  std::vector<Period> periods;
  std::vector<Indicator> indicators = synthetic_indicators(nation_indicators);
  std::vector<NodeIndex> villages;
};

Nation& nation() {
  static Nation the_nation;
  return the_nation;
}
Cube& nation_cube() {
  static Cube cube = nation().build();
  return cube;
}

void BM_NationBuild(benchmark::State& state) {
  Nation& n = nation();
  for (auto _ : state) {
    const Cube cube = n.build();
    benchmark::DoNotOptimize(cube.rolled(0, 0, n.periods[0]));
    state.PauseTiming();
    state.counters["cube_GiB"] = static_cast<double>(cube.bytes()) / (1 << 30);
    state.counters["peak_GiB"] = peak_gib();
    state.ResumeTiming();
  }
}
BENCHMARK(BM_NationBuild)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Repetitions(3)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

/// One village reports a new figure and it is read at every level; the old cube is let go, as the store does after a
/// commit.
void BM_NationUpdate(benchmark::State& state) {
  Nation& n = nation();
  Cube cube = nation_cube();
  Random random(1);
  std::int64_t seq = 1'000;
  for (auto _ : state) {
    CellUpdate update;
    update.node = n.villages[random.below(n.villages.size())];
    update.indicator = static_cast<IndicatorIndex>(random.below(nation_indicators));
    update.period = n.periods[random.below(n.periods.size())];
    update.cell.value = {CellState::value, random.between(0, 1'000'000)};
    update.cell.seq = {++seq};
    cube = cube.with({&update, 1});
    for (const NodeIndex place : n.tree->path(update.node))
      benchmark::DoNotOptimize(cube.rolled(place, update.indicator, update.period));
  }
}
BENCHMARK(BM_NationUpdate)->Unit(benchmark::kMicrosecond)->UseRealTime()->MeasureProcessCPUTime();

void BM_NationQuery(benchmark::State& state) {
  Nation& n = nation();
  const Cube& cube = nation_cube();
  Random random(2);
  std::vector<std::pair<NodeIndex, ColumnKey>> questions;
  for (int i = 0; i < 4096; ++i) {
    const auto node = n.villages[random.below(n.villages.size())];
    const auto path = n.tree->path(node);
    questions.push_back({path[random.below(path.size())],
                         {static_cast<IndicatorIndex>(random.below(nation_indicators)), n.periods[random.below(12)]}});
  }
  std::size_t i = 0;
  for (auto _ : state) {
    const auto& [node, key] = questions[++i % questions.size()];
    benchmark::DoNotOptimize(cube.rolled(node, key.indicator, key.period));
  }
}
BENCHMARK(BM_NationQuery);

/// 50,000 villages × 10 indicators × 10 periods = 5 million facts; 60 counties × 100 columns = 6,000 groups.
struct Facts {
  Facts() : tree(synthetic_tree(6, 60, 1'500, 50'000)), periods(months(10)), keys(every_column(10, periods)) {
    const auto villages = tree->of_level(Level::village);
    for (std::size_t c = 0; c < keys.size(); ++c) {
      auto& column = units.emplace_back();
      for (const NodeIndex node : villages) column.push_back({node, figure_of(c, node)});
    }
  }
  [[nodiscard]] Cube build() {
    const auto fill = [&](std::size_t column, ColumnWriter& writer) {
      Cell cell;
      cell.value.state = CellState::value;
      for (const auto& [node, value] : units[column]) {
        cell.value.units = value;
        writer.put(node, cell);
      }
    };
    return *Cube::build(tree, indicators, keys, fill, two);
  }
  [[nodiscard]] std::int64_t read_groups(const Cube& cube) const {
    std::int64_t total = 0;
    for (const NodeIndex county : tree->of_level(Level::county)) {
      for (const auto& key : keys) total += cube.rolled(county, key.indicator, key.period).units;
    }
    return total;
  }
  ThreadExecutor two{2};
  std::shared_ptr<const Tree> tree;
  std::vector<Period> periods;
  std::vector<ColumnKey> keys;
  std::vector<Indicator> indicators = synthetic_indicators(10);
  std::vector<std::vector<std::pair<NodeIndex, std::int64_t>>> units;   ///< facts, column by column
};

Facts& facts() {
  static Facts the_facts;
  return the_facts;
}

/// From bare facts: build a cube of them, all levels, and read the groups of one level.
void BM_RollUp5MFacts(benchmark::State& state) {
  Facts& f = facts();
  for (auto _ : state) benchmark::DoNotOptimize(f.read_groups(f.build()));
}
BENCHMARK(BM_RollUp5MFacts)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

/// For scale: a bare loop on one thread over the same facts that sums one level and knows nothing else.
void BM_BareLoop5MFacts(benchmark::State& state) {
  Facts& f = facts();
  std::vector<std::uint32_t> county_of(f.tree->size());
  const auto counties = f.tree->of_level(Level::county);
  for (std::uint32_t c = 0; c < counties.size(); ++c) {
    for (NodeIndex node = counties[c]; node < f.tree->end(counties[c]); ++node) county_of[node] = c;
  }
  for (auto _ : state) {
    std::vector<std::int64_t> sums(counties.size() * f.keys.size());
    for (std::size_t c = 0; c < f.keys.size(); ++c) {
      for (const auto& [node, value] : f.units[c]) sums[c * counties.size() + county_of[node]] += value;
    }
    benchmark::DoNotOptimize(sums.data());
  }
}
BENCHMARK(BM_BareLoop5MFacts)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

/// From rows in random order, as a repository hands them out.
void BM_RollUp5MRows(benchmark::State& state) {
  Facts& f = facts();
  std::vector<CellUpdate> rows;
  for (std::size_t c = 0; c < f.keys.size(); ++c) {
    for (const auto& [node, value] : f.units[c]) {
      CellUpdate row;
      row.node = node;
      row.indicator = f.keys[c].indicator;
      row.period = f.keys[c].period;
      row.cell.value = {CellState::value, value};
      rows.push_back(row);
    }
  }
  Random random(3);
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random.below(i)]);
  for (auto _ : state) benchmark::DoNotOptimize(f.read_groups(*Cube::build(f.tree, f.indicators, rows, f.two)));
}
BENCHMARK(BM_RollUp5MRows)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

/// The same 6,000 groups from the standing cube: what a page pays.
void BM_RollUp6000GroupsStanding(benchmark::State& state) {
  Facts& f = facts();
  const Cube cube = f.build();
  for (auto _ : state) benchmark::DoNotOptimize(f.read_groups(cube));
}
BENCHMARK(BM_RollUp6000GroupsStanding)->Unit(benchmark::kMicrosecond);

}   // namespace
}   // namespace gangmu::fact
