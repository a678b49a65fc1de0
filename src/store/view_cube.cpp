// SPDX-License-Identifier: Apache-2.0
// The cube of a View: built from one scan of observation_current, or moved along by the rows of a group.
#include <algorithm>
#include <unordered_map>

#include "fact/ground.hpp"
#include "store/view.hpp"

namespace gangmu::store {
namespace {

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
  Scan(fact::Grounds& grounds, const IndicatorUnits& units) : grounds_(grounds), units_(units) {
    const auto& indicators = grounds.now().indicators();
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
  static constexpr std::uint32_t no_column = UINT32_MAX;

  /// What the cells of one indicator and period are read in.
  struct Reading {
    Period period;
    const place::Tree* tree = nullptr;
    const fact::Indicator* indicator = nullptr;
    std::uint32_t column = no_column;   ///< made with its first cell
  };

  void enter_indicator(std::string_view code) {
    code_ = code;
    const auto found = indicators_.find(code);
    indicator_ = found == indicators_.end() ? fact::no_indicator : found->second;
    if (indicator_ != fact::no_indicator && by_period_.size() <= indicator_) by_period_.resize(indicator_ + 1);
  }

  Result<Reading*> reading_of(std::int64_t period_key) {
    const auto [found, fresh] = by_period_[indicator_].try_emplace(period_key);
    Reading& reading = found->second;
    if (fresh) {
      TRY_ASSIGN(reading.period, Period::from_key(period_key));
      const fact::Ground ground = grounds_.note(reading.period);
      reading.tree = ground.floor(indicator_).tree.get();
      reading.indicator = &(*ground.catalogue)[indicator_];
    }
    return &reading;
  }

  fact::NodeIndex node_of(PlaceId place, const place::Tree* tree) {
    if (place != place_ || tree != tree_) {
      place_ = place;
      tree_ = tree;
      node_ = tree->find(place);
    }
    return node_;
  }

  Status take(const Statement& s) {
    if (const auto code = s.text(indicator_at); code != code_) enter_indicator(code);
    if (indicator_ == fact::no_indicator) return {};
    TRY_ASSIGN(Reading * reading, reading_of(s.integer(period_at)));
    if (!units_.alike(reading->indicator->code, static_cast<int>(s.integer(version_at)), *reading->indicator))
      return {};
    const fact::NodeIndex node = node_of(PlaceId{s.integer(place_at)}, reading->tree);
    if (node == place::no_node) return {};
    if (reading->column == no_column) {
      reading->column = static_cast<std::uint32_t>(columns_.size());
      columns_.push_back({indicator_, reading->period});
    }
    cells_.push_back({reading->column,
                      node,
                      {.value = {static_cast<fact::CellState>(s.integer(state_at)), s.integer(value_at)},
                       .status = static_cast<fact::ValueStatus>(s.integer(status_at)),
                       .grade = static_cast<fact::Grade>(s.integer(grade_at)),
                       .source = sources_.handle(s.text(source_at)),
                       .seq = Seq{s.integer(seq_at)}}});
    return {};
  }

  fact::Grounds& grounds_;
  const IndicatorUnits& units_;
  std::map<std::string, fact::IndicatorIndex, std::less<>> indicators_;
  std::vector<std::unordered_map<std::int64_t, Reading>> by_period_;
  std::vector<fact::ColumnKey> columns_;
  std::vector<Loaded> cells_;
  std::vector<std::uint32_t> first_, order_;
  Sources sources_{{}};
  std::string code_;
  fact::IndicatorIndex indicator_ = fact::no_indicator;
  const place::Tree* tree_ = nullptr;
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

Status IndicatorUnits::add(const Definitions::Versions& versions, const IndicatorReader& reader) {
  for (const auto& definition : versions) {
    TRY_ASSIGN(const fact::Indicator indicator, reader(*definition));
    units_[definition->id].push_back({definition->version, indicator.decimals, indicator.unit_zh});
  }
  return {};
}

bool IndicatorUnits::alike(const IndicatorCode& code, int version, const fact::Indicator& as) const {
  if (version == as.version) return true;
  const auto known = units_.find(code.value);
  if (known == units_.end()) return false;
  const auto one = std::ranges::find(known->second, version, &Units::version);
  return one != known->second.end() && one->decimals == as.decimals && one->unit == as.unit_zh;
}

Result<std::vector<fact::IndicatorVersions>> indicators_as_of(const Definitions& definitions, Seq seq,
                                                              const IndicatorReader& reader) {
  std::vector<fact::IndicatorVersions> out;
  for (const std::string& id : definitions.ids("indicator")) {
    fact::IndicatorVersions versions;
    for (const auto& definition : definitions.versions("indicator", id)) {
      if (definition->seq > seq || (definition->retired && !versions.empty())) continue;
      TRY_ASSIGN(fact::Indicator indicator, reader(*definition));
      indicator.version = definition->version;
      fact::publish(versions, {definition->valid_from, std::move(indicator)});
    }
    if (!versions.empty()) out.push_back(std::move(versions));
  }
  return out;
}

Status ViewMaker::make_cube(View& view, Database& database) const {
  TRY_ASSIGN(std::vector<fact::IndicatorVersions> indicators,
             indicators_as_of(*view.definitions, Seq{INT64_MAX}, reader_));
  IndicatorUnits units;
  for (const std::string& id : view.definitions->ids("indicator"))
    TRY(units.add(view.definitions->versions("indicator", id), reader_));
  TRY_ASSIGN(fact::Grounds grounds, fact::Grounds::of(view.frames, std::move(indicators)));
  Scan scan(grounds, units);
  TRY(scan.run(database));
  scan.sort();
  view.cube = std::make_shared<const fact::Cube>(fact::Cube::build(
      std::move(grounds), scan.columns(), [&](std::size_t c, fact::ColumnWriter& writer) { scan.fill(c, writer); },
      executor_));
  view.sources = std::make_shared<const SourceNames>(scan.sources());
  view.units = std::make_shared<const IndicatorUnits>(std::move(units));
  return {};
}

void ViewMaker::update_cube(View& view, const Changes& changes) const {
  if (changes.observations == 0) return;
  Sources sources(*view.sources);
  std::vector<fact::CellUpdate> updates;
  std::map<std::pair<fact::IndicatorIndex, Period>, std::shared_ptr<const place::Tree>> frames;
  for (const RowChange& change : changes.rows) {
    if (change.table != &table::observation_current) continue;
    const auto indicator = view.cube->find(IndicatorCode{std::get<std::string>(change.row[indicator_at])});
    const auto period = Period::from_key(std::get<std::int64_t>(change.row[period_at]));
    if (indicator == fact::no_indicator || !period) continue;
    auto& frame = frames[{indicator, *period}];
    if (!frame) frame = view.cube->frame(indicator, *period);
    const auto node = frame->find(PlaceId{std::get<std::int64_t>(change.row[place_at])});
    if (node == place::no_node) continue;
    const fact::Indicator& as = view.cube->indicator(indicator, *period);
    const bool gone = change.erased ||
                      !view.units->alike(as.code, static_cast<int>(std::get<std::int64_t>(change.row[version_at])), as);
    if (gone && !view.cube->figure_then(node, indicator, *period).cell) continue;
    updates.push_back({node, indicator, *period, gone ? fact::Cell{} : cell_of(change.row, sources)});
  }
  if (!updates.empty()) view.cube = std::make_shared<const fact::Cube>(view.cube->with(updates));
  if (sources.names().size() != view.sources->size())
    view.sources = std::make_shared<const SourceNames>(sources.names());
}

}   // namespace gangmu::store
