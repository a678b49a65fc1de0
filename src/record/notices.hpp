// SPDX-License-Identifier: Apache-2.0
// Notices: a rung of a clock told somebody, and the clock still runs. Which rungs did stands in the document, so a
// to-do list is made from records as they stand and is never typed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "flow/flow.hpp"

namespace gangmu::record {

/// A rung that tells somebody. Its bit in Chunk::told is its place in the list; those beyond 32 have none.
struct TellingRung {
  flow::ClockIndex clock = 0;
  int rung = 0;       ///< index into the ladder
  std::string to{};   ///< a role, a field of type who, or raiser
};
std::vector<TellingRung> telling_rungs(const flow::Flow& flow);

/// Of the clocks that run, by the document: the bits of the rungs they have passed in this run.
std::uint32_t told_rungs(const flow::Flow& flow, const std::vector<TellingRung>& rungs, const Json& document);

}   // namespace gangmu::record
