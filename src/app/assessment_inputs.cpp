// SPDX-License-Identifier: Apache-2.0
#include "app/assessment_inputs.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "app/errors.hpp"

namespace gangmu::app {

using fact::CellState;
using place::NodeIndex;

namespace {

std::optional<PeriodValue> exact_value(const fact::Cube& cube, NodeIndex node, fact::IndicatorIndex indicator,
                                       const Period& period) {
  const fact::Figure figure = cube.figure(node, indicator, period);
  if (figure.entered()) {
    const auto& cell = *figure.cell;
    if (cell.grade == fact::Grade::d) return PeriodValue{CellState::missing, 0, period};   // grade D never ranks
    const int decimals = cube.indicator(indicator, period).decimals;
    return PeriodValue{cell.value.state, Decimal(cell.value.units, decimals).real(),
                       period};   // a threshold keeps its bound
  }
  if (figure.rollup.has_value()) return PeriodValue{CellState::value, figure.rollup.value(), period};
  return std::nullopt;
}

}   // namespace

PeriodValue period_value(const fact::Cube& cube, NodeIndex node, fact::IndicatorIndex indicator, const Period& period) {
  if (const auto own = exact_value(cube, node, indicator, period)) return *own;
  if (cube.indicator(indicator, period).figure != fact::FigureKind::flow) {
    const auto periods = cube.periods(indicator);
    for (auto it = periods.rbegin(); it != periods.rend(); ++it) {
      if (it->last() != period.last() || *it == period) continue;
      if (const auto found = exact_value(cube, node, indicator, *it)) return *found;
    }
  }
  return {CellState::missing, 0, period};
}

Result<score::Scheme> scheme_of(const Picture& picture, std::string_view id) {
  const auto* definition = picture.view->definitions->latest("scheme", id);
  if (!definition || definition->retired) return fail(errors::unknown_scheme, {std::string(id)});
  TRY_ASSIGN(score::Scheme scheme, score::scheme_from_json(definition->body, picture.cube().indicators()));
  scheme.version = definition->version;
  return scheme;
}

std::vector<Period> periods_of(const Picture& picture, const score::Scheme& scheme) {
  std::map<int, std::size_t> columns_with;
  std::size_t columns = 0;
  for (const score::Column& column : scheme.columns) {
    if (column.use != score::ColumnUse::value) continue;
    ++columns;
    const auto indicator = picture.cube().find(column.indicator);
    if (indicator == fact::no_indicator) continue;
    std::set<int> years;
    for (const Period& period : picture.cube().periods(indicator)) {
      if (period.last() == Period::of_year(period.year()).last()) years.insert(period.year());
    }
    for (const int year : years) ++columns_with[year];
  }
  std::vector<Period> out;
  for (const auto& [year, with] : columns_with) {
    if (2 * with >= columns) out.push_back(Period::of_year(year));
  }
  return out;
}

namespace {

/// Place code → class id, from the definitions of kind "class" and from the scheme's own members.
std::map<std::string, std::string> classes_of(const Picture& picture, const score::Scheme& scheme) {
  std::map<std::string, std::string> out;
  for (const auto* definition : picture.view->definitions->list("class")) {
    out[definition->body["place"].string_or("")] = definition->body["class"].string_or("");
  }
  for (const score::Class& c : scheme.classes) {
    for (const std::string& member : c.members) out[member] = c.id;
  }
  return out;
}

/// Targets with value and period: (place, indicator) → value, for the assessed period.
std::map<std::pair<std::string, std::string>, double> targets_of(const Picture& picture, const Period& period) {
  std::map<std::pair<std::string, std::string>, double> out;
  for (const auto* definition : picture.view->definitions->list("target")) {
    const Json& body = definition->body;
    if (body["type"].string_or("") != "target" || body["period"].string_or("") != period.text()) continue;
    const auto value = Decimal::parse(body["value"].string_or(""));
    if (value) out[{body["place"].string_or(""), body["indicator"].string_or("")}] = value->real();
  }
  return out;
}

void fill_column(const Picture& picture, const score::Column& column, const Period& period,
                 const std::vector<NodeIndex>& nodes, score::Gathered& out) {
  const auto targets =
      column.use == score::ColumnUse::target ? targets_of(picture, period) : decltype(targets_of(picture, period)){};
  const auto indicator = picture.cube().find(column.indicator);
  for (const NodeIndex node : nodes) {
    PeriodValue found;
    if (column.use == score::ColumnUse::target) {
      const auto target = targets.find({picture.tree()[node].code, column.indicator.value});
      if (target != targets.end()) found = {CellState::value, target->second, period};
    } else if (indicator != fact::no_indicator &&
               (column.use == score::ColumnUse::value || column.use == score::ColumnUse::base)) {
      const Period told = column.period(period);   // no growth across a break: a base under another definition is none
      const bool compares = column.use == score::ColumnUse::value || picture.cube().comparable(indicator, told, period);
      found = compares ? period_value(picture.cube(), node, indicator, told) : PeriodValue{CellState::missing, 0, told};
    }
    out.values.push_back(found.value);
    out.states.push_back(found.state);
  }
}

}   // namespace

namespace {

/// What a column holds that the store has none of; empty: it has.
std::pair<std::string, std::string> unkept(score::ColumnUse use) {
  using enum score::ColumnUse;
  switch (use) {
    case value:
    case base:
    case target: return {};
    case peer: return {"指定对标单位的数", "the figure of a named peer"};
    case review: return {"评审打分", "the points of reviewers"};
    case sample: return {"抽样人数", "how many were asked"};
    case due:
    case done:
    case late: return {"任务完成情况", "counted tasks"};
  }
  return {};
}

/// The first node that scores the indicator; the total for one of a red line only.
const score::Node& node_of(const score::Scheme& scheme, const IndicatorCode& indicator) {
  const auto leaf = std::ranges::find(scheme.leaves, indicator, &score::Leaf::indicator);
  if (leaf == scheme.leaves.end()) return scheme.nodes.front();
  return scheme.nodes[scheme.node_of_leaf(static_cast<std::size_t>(leaf - scheme.leaves.begin()))];
}

}   // namespace

Status all_kept(const score::Scheme& scheme) {
  Diagnostics faults;
  std::set<std::pair<std::string, std::string>> told;   // node, what: a panel has many columns
  for (const score::Column& column : scheme.columns) {
    const auto [zh, en] = unkept(column.use);
    const score::Node& node = node_of(scheme, column.indicator);
    if (!zh.empty() && told.emplace(node.id, en).second)
      faults.push_back({&errors::scheme_reads_unkept, {node.name_zh, node.id, node.name_en, zh, en}, {}});
  }
  if (!scheme.approval.empty()) {
    for (const score::AdjustmentItem& item : scheme.adjustments)
      faults.push_back({&errors::scheme_reads_unkept,
                        {item.name_zh, item.id, item.name_en, "加分扣分的认定", "what was granted"},
                        {}});
    for (const score::RedLine& line : scheme.red_lines) {
      if (line.confirmed_only)
        faults.push_back({&errors::scheme_reads_unkept,
                          {line.name_zh, line.id, line.name_en, "红线情形的认定", "what was confirmed"},
                          {}});
    }
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

score::Gathered gather(const Picture& picture, const score::Scheme& scheme, const Period& period) {
  std::vector<NodeIndex> nodes = picture.tree().of_level(scheme.unit_level, picture.focus());
  std::erase_if(nodes, [&](NodeIndex node) { return picture.tree()[node].functional; });
  const auto classes = classes_of(picture, scheme);
  score::Gathered out;
  for (const NodeIndex node : nodes) {
    const std::string& code = picture.tree()[node].code;
    const auto found = classes.find(code);
    out.places.push_back(code);
    out.classes.push_back(found != classes.end()       ? scheme.find_class(found->second)
                          : scheme.classes.size() == 1 ? score::ClassIndex{0}
                                                       : score::no_class);
    out.groups.push_back(static_cast<std::uint32_t>(picture.tree().home(node).value));
  }
  for (const score::Column& column : scheme.columns) fill_column(picture, column, period, nodes, out);
  return out;
}

std::size_t weight_of(const score::Gathered& gathered) {
  return 1 + gathered.values.size() * (sizeof(double) + sizeof(CellState)) / (1u << 20);
}

namespace {

std::string shortest(double value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

template <class T, class Make>
Json array_of(const std::vector<T>& items, const Make& make) {
  Json::Array out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(make(item));
  return out;
}

}   // namespace

Json frozen(const score::Scheme& scheme, const Period& period, const score::Gathered& gathered) {
  Json out;
  out.set("scheme", score::to_json(scheme));
  out.set("period", period.text());
  out.set("places", array_of(gathered.places, [](const std::string& code) { return Json(code); }));
  out.set("classes",
          array_of(gathered.classes, [](score::ClassIndex c) { return Json(static_cast<std::int64_t>(c)); }));
  out.set("groups", array_of(gathered.groups, [](std::uint32_t g) { return Json(static_cast<std::int64_t>(g)); }));
  out.set("values", array_of(gathered.values, [](double v) { return Json(shortest(v)); }));
  out.set("states", array_of(gathered.states, [](CellState s) { return Json(static_cast<std::int64_t>(s)); }));
  return out;
}

Result<Thawed> thaw(const Json& body) {
  Thawed out;
  TRY_ASSIGN(out.scheme, score::scheme_from_json(body["scheme"]));
  TRY_ASSIGN(out.period, Period::parse(body["period"].string_or("")));
  const auto each = [&](std::string_view name, const auto& take) {
    if (const auto* items = body[name].array()) std::ranges::for_each(*items, take);
  };
  each("places", [&](const Json& j) { out.gathered.places.push_back(j.string_or("")); });
  each("classes",
       [&](const Json& j) { out.gathered.classes.push_back(static_cast<score::ClassIndex>(j.integer_or(0))); });
  each("groups", [&](const Json& j) { out.gathered.groups.push_back(static_cast<std::uint32_t>(j.integer_or(0))); });
  each("states", [&](const Json& j) { out.gathered.states.push_back(static_cast<CellState>(j.integer_or(0))); });
  each("values", [&](const Json& j) {
    const std::string text = j.string_or("0");
    std::from_chars(text.data(), text.data() + text.size(), out.gathered.values.emplace_back());
  });
  return out;
}

}   // namespace gangmu::app
