// SPDX-License-Identifier: Apache-2.0
// Pieces of an answer that come from a programme's definitions: the programme itself, tracks, pairings, task counts.
#pragma once

#include "app/picture.hpp"
#include "plan/light.hpp"

namespace gangmu::app::wire {

void programme(JsonWriter& out, const store::View& view);                        ///< Programme
void track(JsonWriter& out, const Picture& picture, std::string_view code);      ///< Words or null
void pairings(JsonWriter& out, const Picture& picture, std::string_view code);   ///< [Pairing]
void source(JsonWriter& out, const store::StoredDefinition& definition);         ///< Source
void task_summary(JsonWriter& out, const plan::LightCounts& counts);             ///< TaskSummary
/// Counts of the tasks at or below a node.
plan::LightCounts lights_under(const Picture& picture, place::NodeIndex node, Date today);

}   // namespace gangmu::app::wire
