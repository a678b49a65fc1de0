// SPDX-License-Identifier: Apache-2.0
// The cube of a View: built from one scan of observation_current, or moved along by the rows of a group.
#include <algorithm>
#include <unordered_map>

#include "store/view.hpp"

namespace gangmu::store {
namespace {

using Comparable = std::map<std::string, std::vector<int>, std::less<>>;

/// Columns of observation_current, in its order.
enum : int {
  home_at,
  indicator_at,
  place_at,
  period_at,
  source_at,
  version_at,
  seq_at,
  state_at,
  value_at,
  status_at,
  grade_at
};

class Sources {
 public:
  explicit Sources(SourceNames names) : names_(std::move(names)) {
    for (std::size_t i = 0; i < names_.size(); ++i) handles_.emplace(names_[i], static_cast<std::uint32_t>(i));
  }
  std::uint32_t handle(std::string_view name) {
    if (last_ < names_.size() && names_[last_] == name) return last_;
    const auto found = handles_.find(name);
    if (found != handles_.end()) return last_ = found->second;
    names_.emplace_back(name);
    last_ = static_cast<std::uint32_t>(names_.size() - 1);
    handles_.emplace(names_.back(), last_);
    return last_;
  }
  [[nodiscard]] const SourceNames& names() const { return names_; }

 private:
  SourceNames names_;
  std::map<std::string, std::uint32_t, std::less<>> handles_;
  std::uint32_t last_ = UINT32_MAX;
};

struct Loaded {
  std::uint32_t column;
  fact::NodeIndex node;
  fact::Cell cell;
};

/// Reads observation_current in key order and sorts its cells into columns.
class Scan {
 public:
  Scan(const place::Tree& tree, const std::vector<fact::Indicator>& indicators, const Comparable& comparable)
      : tree_(tree), comparable_(comparable) {
    for (std::size_t i = 0; i < indicators.size(); ++i)
      indicators_.emplace(indicators[i].code.value, static_cast<fact::IndicatorIndex>(i));
  }

  Status run(Database& database) {
    TRY_ASSIGN(Statement * s, database.prepare(select_sql(table::observation_current, 0)));
    while (true) {
      const auto more = s->step();
      const Status taken = more && *more ? take(*s) : Status{};
      if (!more || !*more || !taken) {
        s->reset();
        if (!more) return fail(more.error());
        return taken;
      }
    }
  }

  /// Groups the cells by column; afterwards a column's cells are cells()[first[c]] … cells()[first[c + 1] - 1] by
  /// order().
  void sort() {
    first_.assign(columns_.size() + 1, 0);
    for (const Loaded& l : cells_) ++first_[l.column + 1];
    for (std::size_t c = 0; c < columns_.size(); ++c) first_[c + 1] += first_[c];
    order_.resize(cells_.size());
    std::vector<std::uint32_t> next(first_.begin(), first_.end());
    for (std::size_t i = 0; i < cells_.size(); ++i) order_[next[cells_[i].column]++] = static_cast<std::uint32_t>(i);
  }

  void fill(std::size_t column, fact::ColumnWriter& writer) const {
    for (std::size_t i = first_[column]; i < first_[column + 1]; ++i) {
      const Loaded& l = cells_[order_[i]];
      writer.put(l.node, l.cell);
    }
  }

  [[nodiscard]] const std::vector<fact::ColumnKey>& columns() const { return columns_; }
  [[nodiscard]] const SourceNames& sources() const { return sources_.names(); }

 private:
  void enter_indicator(std::string_view code) {
    code_ = code;
    const auto found = indicators_.find(code);
    indicator_ = found == indicators_.end() ? fact::no_indicator : found->second;
    const auto versions = comparable_.find(code);
    versions_ = versions == comparable_.end() ? nullptr : &versions->second;
    if (indicator_ != fact::no_indicator && by_period_.size() <= indicator_) by_period_.resize(indicator_ + 1);
  }

  Result<std::uint32_t> column_of(std::int64_t period_key) {
    const auto [found, fresh] =
        by_period_[indicator_].try_emplace(period_key, static_cast<std::uint32_t>(columns_.size()));
    if (fresh) {
      TRY_ASSIGN(const Period period, Period::from_key(period_key));
      columns_.push_back({indicator_, period});
    }
    return found->second;
  }

  Status take(const Statement& s) {
    if (const auto code = s.text(indicator_at); code != code_) enter_indicator(code);
    if (indicator_ == fact::no_indicator || !versions_) return {};
    const int version = static_cast<int>(s.integer(version_at));
    if (std::find(versions_->begin(), versions_->end(), version) == versions_->end()) return {};
    if (const PlaceId place{s.integer(place_at)}; place != place_) {
      place_ = place;
      node_ = tree_.find(place);
    }
    if (node_ == place::no_node) return {};
    TRY_ASSIGN(const std::uint32_t column, column_of(s.integer(period_at)));
    cells_.push_back({column,
                      node_,
                      {.value = {static_cast<fact::CellState>(s.integer(state_at)), s.integer(value_at)},
                       .status = static_cast<fact::ValueStatus>(s.integer(status_at)),
                       .grade = static_cast<fact::Grade>(s.integer(grade_at)),
                       .source = sources_.handle(s.text(source_at)),
                       .seq = Seq{s.integer(seq_at)}}});
    return {};
  }

  const place::Tree& tree_;
  const Comparable& comparable_;
  std::map<std::string, fact::IndicatorIndex, std::less<>> indicators_;
  std::vector<std::unordered_map<std::int64_t, std::uint32_t>> by_period_;
  std::vector<fact::ColumnKey> columns_;
  std::vector<Loaded> cells_;
  std::vector<std::uint32_t> first_, order_;
  Sources sources_{{}};
  std::string code_;
  fact::IndicatorIndex indicator_ = fact::no_indicator;
  const std::vector<int>* versions_ = nullptr;
  PlaceId place_;
  fact::NodeIndex node_ = place::no_node;
};

fact::Cell cell_of(const Row& row, Sources& sources) {
  const auto number = [&](int at) { return std::get<std::int64_t>(row[static_cast<std::size_t>(at)]); };
  return {.value = {static_cast<fact::CellState>(number(state_at)), number(value_at)},
          .status = static_cast<fact::ValueStatus>(number(status_at)),
          .grade = static_cast<fact::Grade>(number(grade_at)),
          .source = sources.handle(std::get<std::string>(row[source_at])),
          .seq = Seq{number(seq_at)}};
}

}   // namespace

std::vector<int> comparable_versions(const Definitions::Versions& versions, const fact::Indicator& latest,
                                     const IndicatorReader& reader) {
  std::vector<int> out;
  for (const auto& definition : versions) {
    const auto old = reader(*definition);
    if (old && old->decimals == latest.decimals && old->unit_zh == latest.unit_zh) out.push_back(definition->version);
  }
  return out;
}

Status ViewMaker::make_cube(View& view, Database& database) const {
  std::vector<fact::Indicator> indicators;
  Comparable comparable;
  for (const std::string& id : view.definitions->ids("indicator")) {
    const auto versions = view.definitions->versions("indicator", id);
    TRY_ASSIGN(fact::Indicator indicator, reader_(*versions.back()));
    indicator.version = versions.back()->version;
    comparable[id] = comparable_versions(versions, indicator, reader_);
    indicators.push_back(std::move(indicator));
  }
  Scan scan(*view.tree, indicators, comparable);
  TRY(scan.run(database));
  scan.sort();
  TRY_ASSIGN(fact::Cube cube, fact::Cube::build(
                                  view.tree, std::move(indicators), scan.columns(),
                                  [&](std::size_t c, fact::ColumnWriter& writer) { scan.fill(c, writer); }, executor_));
  view.cube = std::make_shared<const fact::Cube>(std::move(cube));
  view.sources = std::make_shared<const SourceNames>(scan.sources());
  view.comparable = std::make_shared<const Comparable>(std::move(comparable));
  return {};
}

void ViewMaker::update_cube(View& view, const Changes& changes) const {
  if (changes.observations == 0) return;
  Sources sources(*view.sources);
  std::vector<fact::CellUpdate> updates;
  for (const RowChange& change : changes.rows) {
    if (change.table != &table::observation_current) continue;
    const auto& code = std::get<std::string>(change.row[indicator_at]);
    const auto node = view.tree->find(PlaceId{std::get<std::int64_t>(change.row[place_at])});
    const auto indicator = view.cube->find(IndicatorCode{code});
    const auto period = Period::from_key(std::get<std::int64_t>(change.row[period_at]));
    if (node == place::no_node || indicator == fact::no_indicator || !period) continue;
    const auto& versions = view.comparable->find(code)->second;
    const bool gone = change.erased || std::find(versions.begin(), versions.end(),
                                                 std::get<std::int64_t>(change.row[version_at])) == versions.end();
    if (gone && !view.cube->cell(node, indicator, *period)) continue;
    updates.push_back({node, indicator, *period, gone ? fact::Cell{} : cell_of(change.row, sources)});
  }
  if (!updates.empty()) view.cube = std::make_shared<const fact::Cube>(view.cube->with(updates));
  if (sources.names().size() != view.sources->size())
    view.sources = std::make_shared<const SourceNames>(sources.names());
}

}   // namespace gangmu::store
