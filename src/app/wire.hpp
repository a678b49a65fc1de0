// SPDX-License-Identifier: Apache-2.0
// How the house's nouns look on the wire: the JSON pieces that several answers share (docs/api.md, components).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "fact/cube.hpp"
#include "fact/indicator.hpp"
#include "place/frames.hpp"

namespace gangmu::fact {
struct FramedFigure;
}

namespace gangmu::app::wire {

std::string_view state_name(fact::CellState state);   ///< "value", "above" …
std::string_view status_name(fact::ValueStatus status);
std::string grade_name(fact::Grade grade);   ///< "A" … "D"

/// Writes {code, name_zh, name_en, level}.
void place_ref(JsonWriter& out, const place::Tree& tree, place::NodeIndex node);
/// The same of a place that may have left the tree: null then.
void place_or_null(JsonWriter& out, const place::Tree& tree, PlaceId id);
void place_ref_members(JsonWriter& out, const place::Tree& tree, place::NodeIndex node);
/// A place of the tree of another day, as it is in `now`; one that is no more with its last day, `until`.
void place_then(JsonWriter& out, const place::Frames& frames, const place::Tree& then, place::NodeIndex node);
/// The full definition, its fields as in the contract.
void indicator(JsonWriter& out, const fact::Indicator& indicator);

/// Name of a source from its handle in a Cell; empty for none.
using SourceName = std::function<std::string_view(std::uint32_t)>;

/// Writes a Figure: the entered cell, else what adds up below, else state "none".
void figure(JsonWriter& out, const fact::Cube& cube, place::NodeIndex node, fact::IndicatorIndex indicator,
            const Period& period, const SourceName& source);
/// Same, from a figure already at hand; with its unit and version where the period is under an earlier definition.
void figure(JsonWriter& out, const fact::Cube& cube, const place::Place& place, fact::IndicatorIndex indicator,
            const Period& period, const fact::Figure& figure, const SourceName& source);

/// Same, told under one frame: with how many places of then it is made of, in member `frame`; state "other_area" where
/// what was told then is of another area.
void figure(JsonWriter& out, const fact::Cube& cube, const place::Place& place, fact::IndicatorIndex indicator,
            const Period& period, const fact::FramedFigure& told, const SourceName& source);
/// Member `frame` alone; none of a figure that is told as it was.
void framed(JsonWriter& out, const fact::FramedFigure& told);
/// Of a figure that has no entered cell and no value: "none", or "other_area".
std::string_view gap_name(const fact::Figure& figure);

/// A roll-up's value as text with the indicator's decimals; "" when it has none.
std::string rollup_text(const fact::Rollup& rollup, int decimals);

}   // namespace gangmu::app::wire
