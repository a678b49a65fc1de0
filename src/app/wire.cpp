// SPDX-License-Identifier: Apache-2.0
#include "app/wire.hpp"

#include "base/decimal.hpp"
#include "fact/one_frame.hpp"

namespace gangmu::app::wire {

using fact::Aggregation;
using fact::CellState;

std::string_view state_name(CellState state) {
  switch (state) {
    case CellState::missing: return "missing";
    case CellState::value: return "value";
    case CellState::above: return "above";
    case CellState::below: return "below";
    case CellState::not_applicable: return "not_applicable";
    case CellState::withheld: return "withheld";
  }
  return "missing";
}

std::string_view status_name(fact::ValueStatus status) {
  switch (status) {
    case fact::ValueStatus::preliminary: return "preliminary";
    case fact::ValueStatus::revised: return "revised";
    case fact::ValueStatus::final: return "final";
  }
  return "final";
}

std::string grade_name(fact::Grade grade) { return std::string(1, static_cast<char>('A' + static_cast<int>(grade))); }

void place_ref_members(JsonWriter& out, const place::Tree& tree, place::NodeIndex node) {
  const place::Place& place = tree[node];
  out.key("code").value(place.code).key("name_zh").value(place.name_zh).key("name_en").value(place.name_en);
  out.key("level").value(place::level_name(place.level));
}

void place_ref(JsonWriter& out, const place::Tree& tree, place::NodeIndex node) {
  out.begin_object();
  place_ref_members(out, tree, node);
  out.end_object();
}

void place_or_null(JsonWriter& out, const place::Tree& tree, PlaceId id) {
  const place::NodeIndex node = tree.find(id);
  if (node == place::no_node)
    out.null();
  else
    place_ref(out, tree, node);
}

void place_then(JsonWriter& out, const place::Frames& frames, const place::Tree& then, place::NodeIndex node) {
  const place::NodeIndex now = frames.now()->find(then[node].id);
  if (now != place::no_node) return place_ref(out, *frames.now(), now);
  out.begin_object();
  place_ref_members(out, then, node);
  if (const auto last = frames.ended(then[node].id)) out.key("until").value(last->text());
  out.end_object();
}

void indicator(JsonWriter& out, const fact::Indicator& indicator) {
  Json body = fact::to_json(indicator);
  body.set("version", indicator.version);
  out.json(body);
}

std::string rollup_text(const fact::Rollup& rollup, int decimals) {
  switch (rollup.kind) {
    case fact::Rollup::Kind::none: return {};
    case fact::Rollup::Kind::exact: return Decimal(rollup.units, rollup.decimals).text();
    case fact::Rollup::Kind::real: return round_half_up(rollup.real, decimals);
  }
  return {};
}

namespace {

void rolled_part(JsonWriter& out, const fact::Rollup& rollup, int decimals) {
  static constexpr std::string_view kinds[] = {"none", "exact", "real"};
  out.key("rolled").begin_object();
  out.key("kind").value(kinds[static_cast<int>(rollup.kind)]);
  if (rollup.has_value()) out.key("value").value(rollup_text(rollup, decimals));
  out.key("reported").value(static_cast<std::int64_t>(rollup.reported));
  out.key("expected").value(static_cast<std::int64_t>(rollup.expected));
  out.key("threshold").value(static_cast<std::int64_t>(rollup.threshold));
  out.key("withheld").value(static_cast<std::int64_t>(rollup.withheld));
  out.key("not_applicable").value(static_cast<std::int64_t>(rollup.not_applicable));
  out.key("missing").value(static_cast<std::int64_t>(rollup.missing));
  out.end_object();
}

void entered_part(JsonWriter& out, const fact::Cell& cell, int decimals, const SourceName& source) {
  out.key("state").value(state_name(cell.value.state));
  const bool has_number = cell.value.state == CellState::value || cell.value.state == CellState::above ||
                          cell.value.state == CellState::below;
  if (has_number) out.key("value").value(Decimal(cell.value.units, decimals).text());
  out.key("status").value(status_name(cell.status)).key("grade").value(grade_name(cell.grade));
  if (const std::string_view name = source(cell.source); !name.empty()) out.key("source").value(name);
}

}   // namespace

std::string_view gap_name(const fact::Figure& figure) {
  if (figure.rollup.gap == fact::Gap::other_area) return "other_area";
  return figure.cell ? state_name(figure.cell->value.state) : "none";
}

void framed(JsonWriter& out, const fact::FramedFigure& told) {
  const fact::Rollup& rollup = told.figure.rollup;
  if (told.as_it_was || rollup.gap == fact::Gap::other_area) return;
  out.key("frame").begin_object().key("of").value(static_cast<std::int64_t>(rollup.expected));
  out.key("reported").value(static_cast<std::int64_t>(rollup.reported));
  out.key("by_share").value(told.by_share).end_object();
}

namespace {

/// What stands in the object.
void figure_members(JsonWriter& out, const fact::Cube& cube, const place::Place& place, fact::IndicatorIndex index,
                    const Period& period, const fact::Figure& figure, const SourceName& source) {
  const fact::Indicator& indicator = cube.indicator(index, period);
  const auto gap = figure.rollup.gap;
  const bool adds_up = gap != fact::Gap::not_added_up && gap != fact::Gap::below_entry && gap != fact::Gap::not_then &&
                       gap != fact::Gap::other_area &&
                       (place.level < indicator.entry_level || indicator.aggregation == Aggregation::ratio);
  out.key("indicator").value(indicator.code.value).key("place").value(place.code);
  out.key("period").value(period.text());
  if (const fact::Indicator& last = cube.indicators()[index]; indicator.version != last.version) {
    out.key("version").value(indicator.version);
    out.key("unit_zh").value(indicator.unit_zh).key("unit_en").value(indicator.unit_en);
  }
  if (figure.entered()) {
    entered_part(out, *figure.cell, indicator.decimals, source);
  } else if (figure.rollup.has_value()) {
    out.key("state").value("value").key("value").value(rollup_text(figure.rollup, indicator.decimals));
    out.key("derived").value(true);
  } else {
    out.key("state").value(gap_name(figure));
  }
  if (adds_up) rolled_part(out, figure.rollup, indicator.decimals);
}

}   // namespace

void figure(JsonWriter& out, const fact::Cube& cube, const place::Place& place, fact::IndicatorIndex index,
            const Period& period, const fact::Figure& figure, const SourceName& source) {
  out.begin_object();
  figure_members(out, cube, place, index, period, figure, source);
  out.end_object();
}

void figure(JsonWriter& out, const fact::Cube& cube, const place::Place& place, fact::IndicatorIndex index,
            const Period& period, const fact::FramedFigure& told, const SourceName& source) {
  out.begin_object();
  figure_members(out, cube, place, index, period, told.figure, source);
  framed(out, told);
  out.end_object();
}

void figure(JsonWriter& out, const fact::Cube& cube, place::NodeIndex node, fact::IndicatorIndex index,
            const Period& period, const SourceName& source) {
  figure(out, cube, cube.tree()[node], index, period, cube.figure(node, index, period), source);
}

}   // namespace gangmu::app::wire
