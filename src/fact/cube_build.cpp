// SPDX-License-Identifier: Apache-2.0
// Building a whole cube: columns are independent of one another, so each is one task; pairs follow once both parts
// stand.
#include <cassert>
#include <map>
#include <numeric>
#include <unordered_map>

#include "fact/cube.hpp"
#include "fact/draft.hpp"
#include "fact/ground.hpp"

namespace gangmu::fact {

namespace {

struct KeyHash {
  std::size_t operator()(const std::pair<IndicatorIndex, Period>& key) const noexcept {
    const auto& [indicator, period] = key;
    std::uint64_t h = (std::uint64_t{indicator} << 40) ^
                      (static_cast<std::uint64_t>(static_cast<std::uint32_t>(period.last().days)) << 8) ^
                      static_cast<std::uint64_t>(period.last().days - period.first().days);
    h *= 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(h ^ (h >> 32));
  }
};

/// The rows of a list of cells, column after column, each column's in the order given.
struct Grouped {
  std::vector<ColumnKey> columns;
  std::vector<std::uint32_t> begin;   ///< of each column in `rows`, size columns + 1
  std::vector<std::uint32_t> rows;
};

Grouped group(std::span<const CellUpdate> cells) {
  Grouped grouped;
  std::unordered_map<std::pair<IndicatorIndex, Period>, std::uint32_t, KeyHash> ids;
  std::vector<std::uint32_t> column_of(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const CellUpdate& cell = cells[i];
    const auto next = static_cast<std::uint32_t>(grouped.columns.size());
    const auto [found, is_new] = ids.try_emplace({cell.indicator, cell.period}, next);
    if (is_new) grouped.columns.push_back({cell.indicator, cell.period});
    column_of[i] = found->second;
  }
  grouped.begin.assign(grouped.columns.size() + 1, 0);
  for (const auto c : column_of) ++grouped.begin[c + 1];
  std::partial_sum(grouped.begin.begin(), grouped.begin.end(), grouped.begin.begin());
  grouped.rows.resize(cells.size());
  std::vector<std::uint32_t> next(grouped.begin.begin(), grouped.begin.end() - 1);
  for (std::size_t i = 0; i < cells.size(); ++i) grouped.rows[next[column_of[i]]++] = static_cast<std::uint32_t>(i);
  return grouped;
}

/// One indicator's columns while they come in, by period.
using Columns = std::vector<std::map<Period, Column>>;

Paged<CellPage> cells_in(const std::map<Period, Column>& columns, const Period& period) {
  const auto found = columns.find(period);
  return found == columns.end() ? Paged<CellPage>{} : found->second.cells;
}

struct PairTask {
  IndicatorIndex indicator;
  Period period;
  Column* into;
};

/// An indicator with parts has a column for every period for which a part has one.
void add_columns_of_parts(const Grounds& grounds, Columns& columns) {
  for (IndicatorIndex part = 0; part < columns.size(); ++part) {
    for (const auto& [period, column] : columns[part]) {
      for (const IndicatorIndex whole : grounds.catalogue(period).dependents(part)) {
        if (whole != part) columns[whole][period];
      }
    }
  }
}

std::vector<PairTask> pair_tasks(const Grounds& grounds, Columns& columns) {
  std::vector<PairTask> tasks;
  for (IndicatorIndex i = 0; i < columns.size(); ++i) {
    for (auto& [period, column] : columns[i]) {
      if (grounds.catalogue(period).parts(i).paired) tasks.push_back({i, period, &column});
    }
  }
  return tasks;
}

Result<Grounds> grounds_of(std::shared_ptr<const place::Tree> tree, std::vector<Indicator> indicators) {
  std::vector<IndicatorVersions> versions;
  versions.reserve(indicators.size());
  for (Indicator& indicator : indicators) versions.push_back({{Date{}, std::move(indicator)}});
  return Grounds::of(place::Frames::of(std::move(tree)), std::move(versions));
}

}   // namespace

Cube Cube::build(Grounds grounds, std::span<const ColumnKey> keys, const Fill& fill, Executor& executor) {
  Cube cube;
  for (const auto& key : keys) grounds.note(key.period);
  cube.tree_ = grounds.frames().now();
  const auto held = std::make_shared<const Grounds>(std::move(grounds));
  cube.grounds_ = held;

  Columns columns(held->now().indicators().size());
  std::vector<Column*> into;
  for (const auto& key : keys) {
    assert(key.indicator < columns.size());
    into.push_back(&columns[key.indicator][key.period]);
  }
  executor.run(keys.size(), [&](std::size_t c) {
    const Ground ground = held->at(keys[c].period);
    const Floor& floor = ground.floor(keys[c].indicator);
    ColumnDraft draft(*floor.tree, floor.layout, (*ground.catalogue)[keys[c].indicator].entry_level);
    ColumnWriter writer(draft);
    fill(c, writer);
    into[c]->cells = std::move(draft).finish();
  });

  add_columns_of_parts(*held, columns);
  const auto tasks = pair_tasks(*held, columns);
  executor.run(tasks.size(), [&](std::size_t t) {
    const auto& [indicator, period, column] = tasks[t];
    const Ground ground = held->at(period);
    const Parts& parts = ground.catalogue->parts(indicator);
    column->pairs = pairs_of(ground.pair_floor(indicator), parts.level, ground.catalogue->weighted(indicator),
                             {cells_in(columns[parts.numerator], period), ground.floor(parts.numerator)},
                             {cells_in(columns[parts.denominator], period), ground.floor(parts.denominator)});
  });

  for (auto& by_period : columns) {
    auto series = std::make_shared<Series>();
    for (auto& [period, column] : by_period) {
      series->periods.push_back(period);
      series->columns.push_back(std::move(column));
    }
    cube.series_.push_back(std::move(series));
  }
  return cube;
}

Cube Cube::build(Grounds grounds, std::span<const CellUpdate> cells, Executor& executor) {
  const Grouped grouped = group(cells);
  const auto fill = [&](std::size_t column, ColumnWriter& writer) {
    for (auto r = grouped.begin[column]; r < grouped.begin[column + 1]; ++r) {
      const CellUpdate& cell = cells[grouped.rows[r]];
      writer.put(cell.node, cell.cell);
    }
  };
  return build(std::move(grounds), grouped.columns, fill, executor);
}

Result<Cube> Cube::build(std::shared_ptr<const place::Tree> tree, std::vector<Indicator> indicators,
                         std::span<const ColumnKey> keys, const Fill& fill, Executor& executor) {
  TRY_ASSIGN(Grounds grounds, grounds_of(std::move(tree), std::move(indicators)));
  return build(std::move(grounds), keys, fill, executor);
}

Result<Cube> Cube::build(std::shared_ptr<const place::Tree> tree, std::vector<Indicator> indicators,
                         std::span<const CellUpdate> cells, Executor& executor) {
  TRY_ASSIGN(Grounds grounds, grounds_of(std::move(tree), std::move(indicators)));
  return build(std::move(grounds), cells, executor);
}

}   // namespace gangmu::fact
