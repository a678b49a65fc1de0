// SPDX-License-Identifier: Apache-2.0
// Where one matter stands in its flow, and what a step changes of it. Pure: the host stores the standing as it is given
// here, and replay only puts it back. Rights are the host's: it asks `Step::by`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "flow/flow.hpp"

namespace gangmu::flow {

struct Standing {
  StateIndex state = 0;
  Instant entered{};                           ///< when it came into this state
  std::map<ClockIndex, ClockState> clocks{};   ///< those that run or are paused
  std::map<std::string, int> counts{};         ///< counters
  std::map<StepIndex, int> used{};             ///< how often a step with a limit was taken
  std::map<ClockIndex, int> runs{};            ///< how often a clock was started, also when it stopped since
  bool operator==(const Standing&) const = default;
};

struct Around {
  Instant now{};
  const Timing& timing;
  const Limits& limits;
  const formula::Values& values;   ///< of the record as the step will leave it
};

/// A matter that begins. `needs` are the host's to check first (`unmet`).
/// `at`: a matter that comes from a list may stand further on already.
Result<Standing> begun(const Flow& flow, const Around& around, StateIndex at);
inline Result<Standing> begun(const Flow& flow, const Around& around) { return begun(flow, around, flow.start()); }

/// Why the step can't be taken now: step_not_here, step_used_up, too_late, step_guarded, needed; nothing when it can.
Status possible(const Flow& flow, const Standing& standing, StepIndex step, const Around& around);
/// The fields the step still needs.
Result<std::vector<std::string>> unmet(std::span<const Need> needs, const Around& around,
                                       const std::function<bool(std::string_view field)>& has);

/// The standing after the step. Precondition: possible().
Result<Standing> stepped(const Flow& flow, const Standing& standing, StepIndex step, const Around& around);
/// An edit may pause or resume clocks (`pause_on`) and move those that run until a field's day.
Result<Standing> edited(const Flow& flow, const Standing& standing, const Around& around);
/// In another state, by no step: every clock stops, and those start that the first step into it would start.
Result<Standing> moved(const Flow& flow, const Standing& standing, StateIndex to, const Around& around);
/// Error: clock_not_running, extended_enough.
Result<Standing> extended(const Flow& flow, const Standing& standing, ClockIndex clock, const Around& around);

/// What a clock does next, by itself: the rung, and when. Earliest first.
struct Firing {
  Instant at{};
  ClockIndex clock = 0;
  int run = 1;
  int rung = 0;   ///< index into the ladder
  auto operator<=>(const Firing&) const = default;
};
std::vector<Firing> firings(const Flow& flow, const Standing& standing, const Timing& timing);
/// That rung is done.
Standing fired(Standing standing, const Firing& firing);
/// Due moments that could not be told before a calendar year was published.
Standing refreshed(Standing standing, const Timing& timing);

}   // namespace gangmu::flow
