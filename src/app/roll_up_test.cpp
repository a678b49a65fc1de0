// SPDX-License-Identifier: Apache-2.0
// What the cube adds up, held cell by cell against plain SQL over the same store. GANGMU_FULL_CITY=1 takes the example
// city in full (7 counties, 73 towns, 1,336 villages, ten years) instead of a small one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <tuple>

#include "app/test_store.hpp"
#include "sim/simulate.hpp"

namespace gangmu::app::test {
namespace {

using fact::Aggregation;

/// The example catalogue with every rule of adding up in it: four indicators it only has reported are given the rules
/// it lacks.
pack::Files catalogue_with_every_rule() {
  pack::Files files = programme_folder("example-city");
  std::string& rows = files.at("indicators.csv");
  const auto change = [&](const std::string& code, const std::string& rule) {
    const std::size_t at = rows.find(",reported,,", rows.find("\n" + code + ","));
    if (at == std::string::npos) throw std::runtime_error(code + " is not reported");
    rows.replace(at, 11, "," + rule + ",");
  };
  change("V-COL-06", "weighted,w=V-POP-01");
  change("V-COL-05", "max,");
  change("V-ENV-01", "min,");
  change("V-INF-01", "count,");
  return files;
}

sim::Shape shape_of_run() {
  sim::Shape shape;
  if (std::getenv("GANGMU_FULL_CITY") != nullptr) return shape;
  shape.counties = 2;
  shape.towns = 6;
  shape.villages = 24;
  shape.first_year = 2023;
  shape.years = 2;
  return shape;
}

/// What the cells entered at one level give to a place above, or to their own.
struct Group {
  std::int64_t sum = 0, least = 0, most = 0;
  std::int64_t weights = 0;   // of pairs: the sum of their second parts; `sum` is that of the first
  std::uint32_t numbers = 0, threshold = 0, withheld = 0, not_applicable = 0;
};
using GroupKey =
    std::tuple<std::string, std::string, std::int64_t, std::int64_t>;   // indicator, level, period key, place
using Groups = std::map<GroupKey, Group>;

/// Each place with itself and everything above it.
#define ABOVE \
  "WITH RECURSIVE above(id, up) AS (SELECT id, id FROM place UNION ALL SELECT a.id, p.parent FROM above a JOIN place " \
  "p " \
  "ON p.id = a.up WHERE p.parent <> 0) "
// States of a cell as stored: 0 missing, 1 a number, 2 and 3 beyond a threshold, 4 not applicable, 5 withheld.
constexpr const char* cells_sql = ABOVE
    "SELECT o.indicator, p.level, o.period, a.up, SUM(CASE WHEN o.state = 1 THEN o.value ELSE 0 END), "
    "MIN(CASE WHEN o.state = 1 THEN o.value END), MAX(CASE WHEN o.state = 1 THEN o.value END), 0, "
    "COUNT(CASE WHEN o.state = 1 THEN 1 END), COUNT(CASE WHEN o.state IN (2, 3) THEN 1 END), "
    "COUNT(CASE WHEN o.state = 5 THEN 1 END), COUNT(CASE WHEN o.state = 4 THEN 1 END) "
    "FROM observation_current o JOIN place p ON p.home = o.home AND p.id = o.place JOIN above a ON a.id = o.place "
    "GROUP BY 1, 2, 3, 4";
/// Pairs of numbers of one place and period: $1 the indicator told, $2 whether weighted, $3 numerator, $4 denominator.
constexpr const char* pairs_sql = ABOVE
    "SELECT $1, p.level, n.period, a.up, SUM(CASE WHEN $2 = 1 THEN n.value * d.value ELSE n.value END), 0, 0, "
    "SUM(d.value), "
    "COUNT(*), 0, 0, 0 FROM place p "
    "JOIN observation_current n ON n.home = p.home AND n.indicator = $3 AND n.place = p.id AND n.state = 1 "
    "JOIN observation_current d ON d.home = p.home AND d.indicator = $4 AND d.place = p.id AND d.period = n.period AND "
    "d.state = 1 "
    "JOIN above a ON a.id = p.id GROUP BY 1, 2, 3, 4";
#undef ABOVE

Status read_groups(store::Statement& rows, Groups& out) {
  for (;;) {
    TRY_ASSIGN(const bool more, rows.step());
    if (!more) break;
    const auto count = [&](int column) { return static_cast<std::uint32_t>(rows.integer(column)); };
    out[{std::string(rows.text(0)), std::string(rows.text(1)), rows.integer(2), rows.integer(3)}] = {
        .sum = rows.integer(4),
        .least = rows.integer(5),
        .most = rows.integer(6),
        .weights = rows.integer(7),
        .numbers = count(8),
        .threshold = count(9),
        .withheld = count(10),
        .not_applicable = count(11)};
  }
  rows.reset();
  return {};
}

bool paired(const fact::Indicator& indicator) {
  return indicator.aggregation == Aggregation::ratio || indicator.aggregation == Aggregation::weighted;
}

/// All cells, grouped by SQL; an indicator made of two parts is told by its pairs.
Groups groups_by_sql(store::Store& store, std::span<const fact::Indicator> indicators) {
  return must(store.read([&](store::Database& database) -> Result<Groups> {
    Groups out;
    TRY_ASSIGN(store::Statement * cells, database.prepare(cells_sql));
    TRY(read_groups(*cells, out));
    TRY_ASSIGN(store::Statement * pairs, database.prepare(pairs_sql));
    for (const fact::Indicator& indicator : indicators) {
      if (!paired(indicator)) continue;
      const bool weighted = indicator.aggregation == Aggregation::weighted;
      std::erase_if(out, [&](const auto& group) { return std::get<0>(group.first) == indicator.code.value; });
      TRY(pairs->bind(1, indicator.code.value));
      TRY(pairs->bind(2, std::int64_t{weighted}));
      TRY(pairs->bind(3, weighted ? indicator.code.value : indicator.numerator.value));
      TRY(pairs->bind(4, indicator.denominator.value));
      TRY(read_groups(*pairs, out));
    }
    return out;
  }));
}

/// a / b, both exact until the one division: units and decimals of each.
double divided(std::int64_t a, int a_decimals, std::int64_t b, int b_decimals) {
  for (; a_decimals < b_decimals; ++a_decimals) a *= 10;
  for (; b_decimals < a_decimals; ++b_decimals) b *= 10;
  return static_cast<double>(a) / static_cast<double>(b);
}

std::int64_t exact_of(Aggregation aggregation, const Group& group) {
  switch (aggregation) {
    case Aggregation::min: return group.least;
    case Aggregation::max: return group.most;
    case Aggregation::count: return group.numbers;
    default: return group.sum;
  }
}

double real_of(const fact::Cube& cube, const fact::Indicator& indicator, const Group& group) {
  const auto decimals = [&](const IndicatorCode& code) { return cube.indicators()[cube.find(code)].decimals; };
  if (indicator.aggregation == Aggregation::mean) return divided(group.sum, indicator.decimals, group.numbers, 0);
  if (indicator.aggregation == Aggregation::weighted) return divided(group.sum, indicator.decimals, group.weights, 0);
  return divided(group.sum * indicator.factor, decimals(indicator.numerator), group.weights,
                 decimals(indicator.denominator));
}

void expect_equal(const fact::Cube& cube, const fact::Indicator& indicator, const fact::Rollup& got,
                  const Group& wanted) {
  EXPECT_EQ(got.reported, wanted.numbers);
  EXPECT_EQ(got.threshold, paired(indicator) ? got.threshold : wanted.threshold);   // a pair's reasons are the parts'
  EXPECT_EQ(got.withheld, paired(indicator) ? got.withheld : wanted.withheld);
  EXPECT_EQ(got.not_applicable, paired(indicator) ? got.not_applicable : wanted.not_applicable);
  if (wanted.numbers == 0 || (paired(indicator) && wanted.weights == 0)) {
    EXPECT_FALSE(got.has_value());
  } else if (indicator.aggregation == Aggregation::mean || paired(indicator)) {
    EXPECT_EQ(got.real, real_of(cube, indicator, wanted));   // to the last bit
  } else {
    EXPECT_EQ(got.units, exact_of(indicator.aggregation, wanted));
  }
}

TEST(RollUp, EqualsAnIndependentGroupByCellByCell) {
  store::Limits limits;
  limits.read_milliseconds = 600'000;   // the SQL reads every row there is
  Fresh world(limits);
  loaded(world, must(sim::simulate(catalogue_with_every_rule(), 11, shape_of_run())));
  const auto view = world.store->view();
  const fact::Cube& cube = *view->cube;
  const Groups groups = groups_by_sql(*world.store, cube.indicators());
  std::map<Aggregation, std::size_t> compared;
  for (fact::IndicatorIndex i = 0; i < cube.indicators().size(); ++i) {
    const fact::Indicator& indicator = cube.indicators()[i];
    if (indicator.aggregation == Aggregation::reported ||
        view->definitions->versions("indicator", indicator.code.value).size() != 1)
      continue;
    const std::string level(place::level_name(indicator.entry_level));
    for (const Period& period : cube.periods(i)) {
      SCOPED_TRACE(indicator.code.value + " " + period.text());
      for (place::NodeIndex node = 0; node < view->tree->size(); ++node) {
        if ((*view->tree)[node].level > indicator.entry_level) continue;
        const auto found = groups.find({indicator.code.value, level, period.key(), (*view->tree)[node].id.value});
        const Group wanted = found == groups.end() ? Group{} : found->second;
        expect_equal(cube, indicator, cube.rolled(node, i, period), wanted);
        compared[indicator.aggregation] += wanted.numbers > 0 ? 1 : 0;
      }
      if (::testing::Test::HasFailure()) return;
    }
  }
  for (const Aggregation rule : {Aggregation::sum, Aggregation::ratio, Aggregation::weighted, Aggregation::mean,
                                 Aggregation::min, Aggregation::max, Aggregation::count}) {
    EXPECT_GT(compared[rule], 30u) << fact::aggregation_name(rule);   // no rule was compared over nothing
    RecordProperty(std::string(fact::aggregation_name(rule)), static_cast<int>(compared[rule]));
  }
}

}   // namespace
}   // namespace gangmu::app::test
