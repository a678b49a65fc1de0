// SPDX-License-Identifier: Apache-2.0
// gangmu eval --pack PACK 'EXPR' --place CODE --period P: a formula over the figures of a pack (docs/formulas.md): its
// value, its unit and the figures it was made from. An indicator is named by its code, in backquotes where that holds
// punctuation, or by its name.
#include <algorithm>
#include <map>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/plain.hpp"
#include "fact/column.hpp"
#include "fact/cube.hpp"
#include "fact/errors.hpp"
#include "fact/ground.hpp"
#include "formula/tree.hpp"
#include "store/observations.hpp"

namespace gangmu::cli {
namespace {

using fact::Indicator;

struct EvalOptions {
  std::string pack, expression, place, period, out;
  bool json = false;
};

/// Figures that are divided or averaged are real; all others are exact in the indicator's decimals.
formula::Type figure_type(const Indicator& indicator) {
  using enum fact::Aggregation;
  const bool real =
      indicator.aggregation == ratio || indicator.aggregation == weighted || indicator.aggregation == mean;
  return {.base = real ? formula::Base::real : formula::Base::exact,
          .domain = {},
          .unit = formula::Unit::named(indicator.unit_zh),
          .decimals = real || indicator.aggregation == count ? 0 : indicator.decimals};
}

/// The indicators of a period, numbered from 1.
class FigureNames : public formula::Names {
 public:
  explicit FigureNames(const fact::Catalogue& catalogue) : indicators_(catalogue.indicators()) {}
  [[nodiscard]] std::optional<formula::Symbol> find(std::span<const std::string> path) const override {
    const std::string name = path.size() == 1 ? path[0] : path[0] + "." + path[1];
    const auto by_code = std::ranges::find(indicators_, name, [](const Indicator& i) { return i.code.value; });
    if (by_code != indicators_.end()) return symbol(by_code);
    const auto by_name = std::ranges::find(indicators_, name, &Indicator::name_zh);
    const auto second = by_name == indicators_.end()
                            ? by_name
                            : std::ranges::find(by_name + 1, indicators_.end(), name, &Indicator::name_zh);
    return by_name == indicators_.end() || second != indicators_.end() ? std::nullopt : symbol(by_name);
  }
  [[nodiscard]] std::vector<std::string> path(std::int64_t id) const override {
    return {indicators_[static_cast<std::size_t>(id - 1)].code.value};
  }
  [[nodiscard]] std::vector<std::string> all() const override {
    std::vector<std::string> out;
    for (const Indicator& indicator : indicators_) {
      out.push_back(indicator.code.value);
      out.push_back(indicator.name_zh);
    }
    return out;
  }

 private:
  using At = std::vector<Indicator>::const_iterator;
  [[nodiscard]] std::optional<formula::Symbol> symbol(At at) const {
    return formula::Symbol{.id = at - indicators_.begin() + 1, .type = figure_type(*at)};
  }
  const std::vector<Indicator>& indicators_;
};

formula::Absent reason_of(fact::CellState state) {
  switch (state) {
    case fact::CellState::not_applicable: return formula::Absent::not_applicable;
    case fact::CellState::withheld: return formula::Absent::withheld;
    case fact::CellState::above:
    case fact::CellState::below: return formula::Absent::threshold;
    default: return formula::Absent::missing;
  }
}

/// What a page would show: the entered figure, else what those below add up to.
formula::Value figure_value(const fact::Figure& figure, const Indicator& indicator) {
  const bool real = figure_type(indicator).base == formula::Base::real;
  if (figure.entered()) {
    const fact::CellValue& cell = figure.cell->value;
    if (!cell.is_number()) return reason_of(cell.state);
    const Decimal exact(cell.units, indicator.decimals);
    return real ? formula::Value(exact.real()) : formula::Value(exact);
  }
  if (!figure.rollup.has_value())
    return figure.rollup.gap == fact::Gap::zero_denominator ? formula::Absent::zero_denominator
                                                            : formula::Absent::missing;
  if (figure.rollup.kind == fact::Rollup::Kind::exact && !real)
    return Decimal(figure.rollup.units, figure.rollup.decimals);
  return figure.rollup.value();
}

class FigureValues : public formula::Values {
 public:
  FigureValues(const fact::Cube& cube, PlaceId place, Period period) : cube_(cube), place_(place), period_(period) {}
  [[nodiscard]] fact::Figure figure(std::int64_t symbol) const {
    const auto i = static_cast<fact::IndicatorIndex>(symbol - 1);
    const place::NodeIndex node = cube_.frame(i, period_)->find(place_);
    return node == place::no_node ? fact::Figure{} : cube_.figure_then(node, i, period_);
  }
  [[nodiscard]] formula::Value value(std::int64_t symbol) const override {
    return figure_value(figure(symbol), cube_.indicator(static_cast<fact::IndicatorIndex>(symbol - 1), period_));
  }

 private:
  const fact::Cube& cube_;
  PlaceId place_;
  Period period_;
};

Result<std::vector<fact::IndicatorVersions>> indicators_of(const pack::Pack& pack) {
  std::vector<fact::IndicatorVersions> out;
  for (const Definition* definition : pack.of_kind("indicator")) {
    if (definition->retired) continue;
    TRY_ASSIGN(Indicator indicator, pack::indicator_of(*definition));
    if (out.empty() || out.back().back().indicator.code != indicator.code) out.emplace_back();
    fact::publish(out.back(), {definition->valid_from, std::move(indicator)});
  }
  return out;
}

/// The figures of one period; of several sources and revisions the one that counts.
std::vector<fact::CellUpdate> cells_of(const pack::Pack& pack, const fact::Ground& ground, const Period& period) {
  store::Precedence precedence;
  for (const Definition* source : pack.of_kind("source"))
    precedence[source->id] = static_cast<int>(source->body["precedence"].integer_or(1000));
  std::map<std::pair<std::string, PlaceId>, std::vector<fact::Observation>> by_cell;
  for (const fact::Observation& o : pack.observations) {
    if (!(o.period == period)) continue;
    auto& history = by_cell[{o.indicator.value, o.place}];
    history.push_back(o);
    history.back().seq = Seq{static_cast<std::int64_t>(history.size())};
  }
  std::vector<fact::CellUpdate> out;
  for (const auto& [key, history] : by_cell) {
    const fact::IndicatorIndex i = ground.catalogue->find(IndicatorCode{key.first});
    const auto counts = store::observations::pick(history, precedence);
    if (i == fact::no_indicator || !counts) continue;
    const place::NodeIndex node = ground.floor(i).tree->find(key.second);
    if (node == place::no_node || counts->version != (*ground.catalogue)[i].version) continue;
    out.push_back({.node = node, .indicator = i, .period = period, .cell = {.value = counts->value}});
  }
  return out;
}

Status eval(Machine& machine, const EvalOptions& options) {
  TRY_ASSIGN(const pack::Pack pack, read_pack_folder(options.pack));
  TRY_ASSIGN(const Period period, Period::parse(options.period));
  TRY_ASSIGN(const auto frames, pack.frames());
  const PlaceId place = frames->find_code(options.place, period.last());
  if (!place) return fail(fact::errors::unknown_place, {options.place});
  TRY_ASSIGN(auto indicators, indicators_of(pack));
  TRY_ASSIGN(fact::Grounds grounds, fact::Grounds::of(frames, std::move(indicators)));
  const fact::Ground ground = grounds.note(period);
  const FigureNames names(*ground.catalogue);
  TRY_ASSIGN(const formula::Tree tree, formula::Tree::parse(options.expression, names, {},
                                                            {.file = "formula", .line = 1, .column = 0, .cell = {}}));
  const fact::Cube cube = fact::Cube::build(grounds, cells_of(pack, ground, period), machine.executor);
  const FigureValues values(cube, place, period);
  TRY_ASSIGN(const formula::Value value, formula::evaluate(tree, values));
  OutTable result{"result", {"value", "unit"}, {{formula::text_of(value), tree.type().unit.text()}}};
  OutTable inputs{"inputs", {"indicator", "name", "place", "period", "value", "unit", "reported", "expected"}, {}};
  for (const std::int64_t symbol : tree.symbols()) {
    const Indicator& indicator = ground.catalogue->indicators()[static_cast<std::size_t>(symbol - 1)];
    const fact::Figure figure = values.figure(symbol);
    inputs.rows.push_back({indicator.code.value, indicator.name_zh, options.place, period.text(),
                           formula::text_of(values.value(symbol)), indicator.unit_zh,
                           figure.entered() ? "" : std::to_string(figure.rollup.reported),
                           figure.entered() ? "" : std::to_string(figure.rollup.expected)});
  }
  return write_tables(machine.files, {result, inputs}, "result", options.out, options.json);
}

}   // namespace

void add_eval(CLI::App& app, Machine& machine, Run& run) {
  auto* command = app.add_subcommand("eval", "按方案包的数据算一个算式 / work out a formula over a pack's figures");
  auto options = std::make_shared<EvalOptions>();
  command->add_option("--pack", options->pack, "folder of the pack")->required();
  command->add_option("--place", options->place, "code of the place")->required();
  command->add_option("--period", options->period, "as in a pack: 2023, 202301, 2023Q1 …")->required();
  command->add_option("--out", options->out, "folder for result.csv and inputs.csv");
  command->add_flag("--json", options->json, "print JSON, with the figures it was made from");
  command->add_option("expression", options->expression, "the formula (docs/formulas.md)")->required();
  command->callback([&machine, &run, options] {
    run = [&machine, options] {
      const Status status = eval(machine, *options);
      return status ? exit_done : report(status.error());
    };
  });
}

}   // namespace gangmu::cli
