// SPDX-License-Identifier: Apache-2.0
#include "fact/rollup.hpp"

#include <map>
#include <tuple>

#include "fact/errors.hpp"

namespace gangmu::fact {

namespace {

/// Rows of text as cells of a cube; what is wrong with them is collected.
class Reader {
 public:
  explicit Reader(const Grounds& grounds) : grounds_(grounds) {
    const auto& indicators = grounds.now().indicators();
    for (IndicatorIndex i = 0; i < indicators.size(); ++i) by_code_.emplace(indicators[i].code.value, i);
  }

  void read(const FactRow& row) {
    const auto indicator = by_code_.find(row.indicator);
    const auto period = Period::parse(row.period);
    const PlaceId place = grounds_.frames().find_code(row.place, period ? period->last() : Date{INT32_MAX});
    if (!place) fault(errors::unknown_place, {row.place}, row.where);
    if (indicator == by_code_.end()) fault(errors::unknown_indicator, {row.indicator, ""}, row.where);
    if (!period) take(period.error(), row.where);
    if (!place || indicator == by_code_.end() || !period) return;
    const Ground& ground = ground_of(*period);
    const NodeIndex node = ground.floor(indicator->second).tree->find(place);
    const auto value = CellValue::parse(row.value, (*ground.catalogue)[indicator->second].decimals);
    if (!value) take(value.error(), row.where);
    if (node == place::no_node) fault(errors::place_not_then, {row.place, row.period}, row.where);
    if (!value || node == place::no_node) return;
    const auto [first, is_new] = seen_.try_emplace({indicator->second, *period, node}, &row);
    if (!is_new) {
      return fault(errors::duplicate_fact, {row.place, row.indicator, row.period, first->second->where.text()},
                   row.where);
    }
    cells.push_back({.node = node, .indicator = indicator->second, .period = *period, .cell = {.value = *value}});
  }

  /// The first row that takes part in a roll-up, for messages about it.
  [[nodiscard]] Position position_of(const place::Tree& tree, NodeIndex node, IndicatorIndex indicator,
                                     const Period& period) const {
    for (auto at = seen_.lower_bound({indicator, period, node}); at != seen_.end(); ++at) {
      const auto& [i, p, place] = at->first;
      if (i != indicator || !(p == period) || place >= tree.end(node)) break;
      return at->second->where;
    }
    return {};
  }

  std::vector<CellUpdate> cells;
  Diagnostics faults;

 private:
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, const Position& where) {
    faults.push_back({&kind, std::move(arguments), where});
  }
  void take(const Error& error, const Position& where) {
    for (const auto& found : error.all()) faults.push_back({found.kind, found.arguments, where});
  }

  const Ground& ground_of(const Period& period) {
    const auto [found, fresh] = grounds_of_.try_emplace(period);
    if (fresh) found->second = grounds_.at(period);
    return found->second;
  }

  const Grounds& grounds_;
  std::map<Period, Ground> grounds_of_;
  std::map<std::string, IndicatorIndex, std::less<>> by_code_;
  std::map<std::tuple<IndicatorIndex, Period, NodeIndex>, const FactRow*> seen_;
};

std::string text_of(const Figure& figure, const Indicator& indicator, bool at_entry) {
  const Rollup& rollup = figure.rollup;
  if (rollup.kind == Rollup::Kind::real) return round_half_up(rollup.real, indicator.decimals);
  if (rollup.kind == Rollup::Kind::exact) return Decimal(rollup.units, rollup.decimals).text();
  return at_entry && figure.cell ? figure.cell->value.text(indicator.decimals) : "";
}

bool has_row(const Figure& figure, const Indicator& indicator, place::Level level) {
  if (indicator.aggregation == Aggregation::reported) return figure.entered();
  if (figure.rollup.has_value()) return true;
  return level <= indicator.entry_level && figure.rollup.expected > 0;
}

}   // namespace

Result<std::vector<RollupRow>> rollup(std::shared_ptr<const place::Frames> frames,
                                      std::vector<IndicatorVersions> indicators, std::span<const FactRow> facts,
                                      Executor& executor) {
  TRY_ASSIGN(Grounds grounds, Grounds::of(std::move(frames), std::move(indicators)));
  Reader reader(grounds);
  for (const auto& row : facts) reader.read(row);
  if (!reader.faults.empty()) return fail(std::move(reader.faults));
  const Cube cube = Cube::build(grounds, reader.cells, executor);

  std::vector<RollupRow> rows;
  Diagnostics faults;
  for (IndicatorIndex i = 0; i < cube.indicators().size(); ++i) {
    for (const auto& period : cube.periods(i)) {
      const auto tree = cube.frame(i, period);
      const Indicator& indicator = cube.indicator(i, period);
      for (NodeIndex node = 0; node < tree->size(); ++node) {
        const Figure figure = cube.figure_then(node, i, period);
        const auto& place = (*tree)[node];
        if (figure.rollup.gap == Gap::overflow) {
          faults.push_back({&errors::rollup_overflow,
                            {place.code, indicator.code.value, period.text()},
                            reader.position_of(*tree, node, i, period)});
        }
        if (!has_row(figure, indicator, place.level)) continue;
        const bool at_entry = place.level == indicator.entry_level || indicator.aggregation == Aggregation::reported;
        rows.push_back({place.code, indicator.code.value, period, place.level, text_of(figure, indicator, at_entry),
                        figure.rollup.reported, figure.rollup.expected});
      }
    }
  }
  if (!faults.empty()) return fail(std::move(faults));
  return rows;
}

Result<std::vector<RollupRow>> rollup(std::shared_ptr<const place::Tree> tree, std::vector<Indicator> indicators,
                                      std::span<const FactRow> facts, Executor& executor) {
  std::vector<IndicatorVersions> versions;
  for (Indicator& indicator : indicators) versions.push_back({{Date{}, std::move(indicator)}});
  return rollup(place::Frames::of(std::move(tree)), std::move(versions), facts, executor);
}

}   // namespace gangmu::fact
