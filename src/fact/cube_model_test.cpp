// SPDX-License-Identifier: Apache-2.0
// The cube against a slow model that keeps a plain map of cells and adds everything up anew for each question: random
// trees, indicators of every kind, cells of every state, updates in any order.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/random.hpp"
#include "fact/cube.hpp"
#include "fact/tiny_world_test.hpp"

namespace gangmu::fact {
namespace {

using place::Level;
using place::Place;
using place::Tree;

constexpr std::string_view catalogue = R"(
  sum      2 village sum
  other    0 village sum
  town_sum 1 town    sum
  rep      1 county  reported
  mean     1 village mean
  min      0 town    min
  max      0 village max
  count    0 village count
  weighted 1 village weighted w=other
  self     1 village weighted w=self
  ratio    2 village ratio    num=sum;den=other;factor=100
  mixed    2 county  ratio    num=rep;den=sum
  broken   2 county  ratio    num=rep;den=nobody
)";

const std::vector<Period> periods{*Period::parse("2022"), *Period::parse("202301-02"), *Period::parse("2023")};

std::shared_ptr<const Tree> random_tree(Random& random, std::size_t n) {
  std::vector<Place> places{{.id = {1}, .code = "99", .level = Level::province}};
  while (places.size() < n) {
    // Mostly grow what came last, so that some subtrees get large.
    const std::size_t back = random.chance(0.7) ? std::min<std::size_t>(places.size(), 9) : places.size();
    const Place& parent = places[places.size() - 1 - random.below(back)];
    if (parent.level == Level::village) {
      if (random.chance(0.9)) continue;
      places.push_back({.id = {static_cast<std::int64_t>(places.size() + 1)},
                        .code = "99" + std::to_string(10000 + places.size()),
                        .parent = {1},
                        .level = Level::city});
      continue;
    }
    int level = static_cast<int>(parent.level) + 1;
    if (level < 4 && random.chance(0.1)) ++level;
    places.push_back({.id = {static_cast<std::int64_t>(places.size() + 1)},
                      .code = "99" + std::to_string(10000 + places.size()),
                      .parent = parent.id,
                      .level = static_cast<Level>(level),
                      .functional = random.chance(0.1)});
  }
  return std::make_shared<Tree>(*Tree::build(std::move(places)));
}

CellUpdate random_cell(Random& random, const Tree& tree, std::size_t indicators, std::int64_t seq) {
  CellUpdate update;
  update.node = static_cast<NodeIndex>(random.below(tree.size()));
  update.indicator = static_cast<IndicatorIndex>(random.below(indicators));
  update.period = periods[random.below(periods.size())];
  update.cell.value.state = random.chance(0.6) ? CellState::value : static_cast<CellState>(random.below(6));
  const auto state = update.cell.value.state;
  if (state == CellState::value || state == CellState::above || state == CellState::below) {
    update.cell.value.units = random.chance(0.01)
                                  ? random.between(-9'000'000'000'000'000'000, 9'000'000'000'000'000'000)
                                  : random.between(-20, 100);
  }
  update.cell.status = static_cast<ValueStatus>(random.below(3));
  update.cell.grade = static_cast<Grade>(random.below(4));
  update.cell.source = static_cast<std::uint32_t>(random.below(5));
  update.cell.seq = {seq};
  return update;
}

class Model {
 public:
  Model(const Tree& tree, const std::vector<Indicator>& indicators)
      : tree_(tree), indicators_(indicators), below_(tree.size()) {
    for (NodeIndex node = 0; node < tree.size(); ++node) {
      for (NodeIndex up = node; up != place::no_node; up = tree.parent(up)) below_[up].push_back(node);
    }
  }

  void put(const CellUpdate& update) { cells_[{update.node, update.indicator, update.period}] = update.cell; }

  [[nodiscard]] std::optional<Cell> cell(NodeIndex node, IndicatorIndex i, const Period& period) const {
    const auto found = cells_.find({node, i, period});
    return found == cells_.end() ? std::nullopt : std::optional(found->second);
  }

  [[nodiscard]] Rollup rolled(NodeIndex node, IndicatorIndex i, const Period& period) const {
    const Indicator& indicator = indicators_[i];
    if (indicator.aggregation == Aggregation::ratio) return ratio(node, indicator, period);
    if (indicator.aggregation == Aggregation::weighted) return weighted(node, i, period);
    return plain(node, i, period);
  }

 private:
  [[nodiscard]] CellValue value(NodeIndex node, IndicatorIndex i, const Period& period) const {
    const auto found = cell(node, i, period);
    return found ? found->value : CellValue{};
  }
  [[nodiscard]] IndicatorIndex find(const IndicatorCode& code) const {
    for (IndicatorIndex i = 0; i < indicators_.size(); ++i) {
      if (indicators_[i].code == code) return i;
    }
    return no_indicator;
  }

  void tally(Rollup& r, CellState state, bool functional) const {
    if (!functional || state != CellState::missing) ++r.expected;
    if (state == CellState::value)
      ++r.reported;
    else if (state == CellState::above || state == CellState::below)
      ++r.threshold;
    else if (state == CellState::withheld)
      ++r.withheld;
    else if (state == CellState::not_applicable)
      ++r.not_applicable;
    else if (!functional)
      ++r.missing;
  }

  static void exact(Rollup& r, __int128 units, int decimals) {
    r.gap = Gap::overflow;
    if (units > INT64_MAX || units < INT64_MIN) return;
    r.gap = Gap::none;
    r.kind = Rollup::Kind::exact;
    r.units = static_cast<std::int64_t>(units);
    r.decimals = decimals;
  }

  /// Compared with a tolerance: the model divides in its own way.
  static void real(Rollup& r, long double a, long double b, long double factor) {
    r.gap = Gap::zero_denominator;
    if (b == 0) return;
    r.gap = Gap::none;
    r.kind = Rollup::Kind::real;
    r.real = static_cast<double>(a / b * factor);
  }

  static long double number(__int128 units, int decimals) {
    long double n = static_cast<long double>(units);
    for (int d = 0; d < decimals; ++d) n /= 10;
    return n;
  }

  [[nodiscard]] Rollup plain(NodeIndex node, IndicatorIndex i, const Period& period) const {
    const Indicator& indicator = indicators_[i];
    Rollup r;
    __int128 sum = 0;
    for (const NodeIndex at : below_[node]) {
      if (tree_[at].level != indicator.entry_level) continue;
      const CellValue v = value(at, i, period);
      tally(r, v.state, tree_[at].functional);
      if (v.state != CellState::value) continue;
      sum += v.units;
      r.min = r.has_range ? std::min(r.min, v.units) : v.units;
      r.max = r.has_range ? std::max(r.max, v.units) : v.units;
      r.has_range = true;
    }
    const CellValue own = value(node, i, period);
    const auto kind = indicator.aggregation;
    if (kind == Aggregation::reported) {
      r.gap = Gap::not_added_up;
      if (own.state == CellState::value) exact(r, own.units, indicator.decimals);
    } else if (tree_[node].level > indicator.entry_level) {
      r.gap = Gap::below_entry;
    } else if (r.reported > 0) {
      if (kind == Aggregation::sum) exact(r, sum, indicator.decimals);
      if (kind == Aggregation::min) exact(r, r.min, indicator.decimals);
      if (kind == Aggregation::max) exact(r, r.max, indicator.decimals);
      if (kind == Aggregation::count) exact(r, r.reported, 0);
      if (kind == Aggregation::mean) real(r, number(sum, indicator.decimals), r.reported, 1);
    }
    return r;
  }

  static CellState joint(CellState a, CellState b) {
    for (const auto s : {CellState::not_applicable, CellState::withheld, CellState::missing}) {
      if (a == s || b == s) return s;
    }
    return a == CellState::value && b == CellState::value ? CellState::value : CellState::above;
  }

  [[nodiscard]] Rollup weighted(NodeIndex node, IndicatorIndex i, const Period& period) const {
    const Indicator& indicator = indicators_[i];
    const IndicatorIndex w = find(indicator.denominator);
    if (indicators_[w].aggregation == Aggregation::weighted) return {.gap = Gap::unknown_part};
    if (tree_[node].level > indicator.entry_level) return {.gap = Gap::below_entry};
    Rollup r = plain(node, i, period);
    const bool range = r.has_range;
    const auto low = r.min, high = r.max;
    r = {};
    __int128 above = 0, below = 0;
    bool too_large = false;
    for (const NodeIndex at : below_[node]) {
      if (tree_[at].level != indicator.entry_level) continue;
      const CellValue v = value(at, i, period), weight = value(at, w, period);
      const CellState state = joint(v.state, weight.state);
      tally(r, state, tree_[at].functional);
      if (state != CellState::value) continue;
      const __int128 product = static_cast<__int128>(v.units) * weight.units;
      const __int128 limit = static_cast<__int128>(1) << 95;
      if (product >= limit || product <= -limit)
        too_large = true;
      else
        above += product, below += weight.units;
    }
    r.has_range = range;
    r.min = low;
    r.max = high;
    if (too_large)
      r.gap = Gap::overflow;
    else if (r.reported > 0)
      real(r, number(above, indicator.decimals), static_cast<long double>(below), 1);
    return r;
  }

  [[nodiscard]] Rollup ratio(NodeIndex node, const Indicator& indicator, const Period& period) const {
    const IndicatorIndex a = find(indicator.numerator), b = find(indicator.denominator);
    if (a == no_indicator || b == no_indicator) return {.gap = Gap::unknown_part};
    const int a_scale = indicators_[a].decimals, b_scale = indicators_[b].decimals;
    const bool pairs = indicators_[a].aggregation == Aggregation::sum &&
                       indicators_[b].aggregation == Aggregation::sum &&
                       indicators_[a].entry_level == indicators_[b].entry_level;
    const Level level = indicators_[a].entry_level;
    Rollup r;
    __int128 above = 0, below = 0;
    for (const NodeIndex at : below_[node]) {
      if (!pairs || tree_[at].level != level) continue;
      const CellValue x = value(at, a, period), y = value(at, b, period);
      const CellState state = joint(x.state, y.state);
      tally(r, state, tree_[at].functional);
      if (state == CellState::value) above += x.units, below += y.units;
    }
    const CellValue own_a = value(node, a, period), own_b = value(node, b, period);
    if (own_a.is_number() && own_b.is_number()) {
      real(r, number(own_a.units, a_scale), number(own_b.units, b_scale), indicator.factor);
    } else if (r.reported > 0) {
      real(r, number(above, a_scale), number(below, b_scale), indicator.factor);
    } else if (pairs && tree_[node].level > level) {
      r.gap = Gap::below_entry;
    } else {
      const auto x = shown(node, a, period), y = shown(node, b, period);
      if (!x)
        r.gap = Gap::no_numerator;
      else if (!y)
        r.gap = Gap::no_denominator;
      else if (pairs)
        r.gap = Gap::nothing_reported;
      else
        real(r, *x, *y, indicator.factor);
    }
    return r;
  }

  [[nodiscard]] std::optional<long double> shown(NodeIndex node, IndicatorIndex i, const Period& period) const {
    const CellValue own = value(node, i, period);
    if (own.is_number()) return number(own.units, indicators_[i].decimals);
    if (own.state != CellState::missing) return std::nullopt;
    const Rollup r = plain(node, i, period);
    if (!r.has_value()) return std::nullopt;
    return number(r.units, r.decimals);
  }

  const Tree& tree_;
  const std::vector<Indicator>& indicators_;
  std::vector<std::vector<NodeIndex>> below_;
  std::map<std::tuple<NodeIndex, IndicatorIndex, Period>, Cell> cells_;
};

/// Equal but for the last bits of a quotient and the two sums shown beside it.
void expect_same(const Rollup& cube, const Rollup& model, const std::string& where) {
  Rollup c = cube, m = model;
  ASSERT_EQ(static_cast<int>(c.kind), static_cast<int>(m.kind)) << where;
  if (c.kind == Rollup::Kind::real) { ASSERT_NEAR(c.real, m.real, 1e-12 * std::max(1.0, std::abs(m.real))) << where; }
  c.real = m.real = c.numerator = m.numerator = c.denominator = m.denominator = 0;
  ASSERT_EQ(c, m) << where << ": " << tiny::text(cube) << " but by the model " << tiny::text(model) << " gaps "
                  << static_cast<int>(c.gap) << " " << static_cast<int>(m.gap);
}

void expect_agrees(const Cube& cube, const Model& model) {
  for (NodeIndex node = 0; node < cube.tree().size(); ++node) {
    for (IndicatorIndex i = 0; i < cube.indicators().size(); ++i) {
      for (const auto& period : periods) {
        const std::string where =
            "place " + std::to_string(node) + " " + cube.indicators()[i].code.value + " " + period.text();
        ASSERT_EQ(cube.cell(node, i, period), model.cell(node, i, period)) << where;
        expect_same(cube.rolled(node, i, period), model.rolled(node, i, period), where);
        if (testing::Test::HasFatalFailure()) return;
      }
    }
  }
}

void expect_equal(const Cube& a, const Cube& b) {
  for (IndicatorIndex i = 0; i < a.indicators().size(); ++i) {
    ASSERT_TRUE(std::ranges::equal(a.periods(i), b.periods(i)));
    for (NodeIndex node = 0; node < a.tree().size(); ++node) {
      for (const auto& period : a.periods(i)) {
        ASSERT_EQ(a.cell(node, i, period), b.cell(node, i, period));
        ASSERT_EQ(a.rolled(node, i, period), b.rolled(node, i, period)) << "bit for bit, quotients too";
      }
    }
  }
}

struct Size {
  std::size_t places;
  std::size_t cells;
  int rounds;
};

class CubeModel : public testing::TestWithParam<Size> {};

TEST_P(CubeModel, BuiltAtOnceOrUpdatedInAnyPortionsItTellsTheSame) {
  const auto indicators = tiny::indicators(catalogue);
  SerialExecutor serial;
  ThreadExecutor two(2);
  for (int round = 0; round < GetParam().rounds; ++round) {
    Random random(static_cast<std::uint64_t>(round), GetParam().places);
    const auto tree = random_tree(random, GetParam().places);
    Model model(*tree, indicators);
    std::vector<CellUpdate> cells;
    for (std::size_t c = 0; c < GetParam().cells; ++c) {
      cells.push_back(random_cell(random, *tree, indicators.size(), static_cast<std::int64_t>(c + 1)));
      model.put(cells.back());
    }
    const Cube at_once = *Cube::build(tree, indicators, cells, serial);
    expect_agrees(at_once, model);

    const std::size_t half = random.below(cells.size());
    Cube grown = *Cube::build(tree, indicators, std::span(cells).first(half), two);
    const Cube picture = grown;
    const Cube same_picture = *Cube::build(tree, indicators, std::span(cells).first(half), serial);
    for (std::size_t from = half; from < cells.size();) {
      const std::size_t size = std::min<std::size_t>(cells.size() - from, random.chance(0.5) ? 1 : random.below(40));
      grown = grown.with(std::span(cells).subspan(from, size));
      from += size;
    }
    expect_equal(grown, at_once);
    expect_equal(picture, same_picture);
    ASSERT_FALSE(HasFatalFailure()) << "round " << round << " of " << GetParam().places << " places";
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, CubeModel,
                         testing::Values(Size{1, 20, 5}, Size{12, 300, 40}, Size{60, 2000, 10}, Size{1600, 12000, 1},
                                         Size{16500, 3000, 1}),
                         [](const auto& size) { return std::to_string(size.param.places) + "_places"; });

}   // namespace
}   // namespace gangmu::fact
