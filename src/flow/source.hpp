// SPDX-License-Identifier: Apache-2.0
// A flow as it was written: texts with positions, nothing known yet. A pack's YAML and a program's own declaration both
// end here; `Flow::make` proves it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/written.hpp"

namespace gangmu::flow {

struct StateSource {
  Written id{};
  Written kind{};   ///< open, wait or final
  std::string zh{}, en{};
  bool closed_outside = false;   ///< Open311: told as closed
  std::vector<Written> edit{};   ///< fields that may be edited in it; "*" all
};

struct StepSource {
  Written id{};
  std::vector<Written> from{};
  Written to{};                ///< empty: stays where it is
  std::vector<Written> by{};   ///< roles, fields that name somebody, raiser, same_level, both, clock, rule
  std::optional<Written> when{};
  std::vector<Written> need{};                      ///< a field, or "field if condition"
  std::vector<std::pair<Written, Written>> set{};   ///< field, formula (or `up` for the level)
  std::vector<Written> edit{};                      ///< fields that may be typed with it beside those needed
  std::optional<Written> max{}, count{}, within{}, route{}, approve{};
  std::string zh{}, en{};
};

struct RungSource {
  Written at{};   ///< 80%, +3wd, -10wd
  std::optional<Written> notify{};
  std::optional<Written> fire{};
  std::optional<Written> raise{};   ///< `up`: the next level is told and answers
};

struct BudgetSource {
  Written n{}, unit{};
  std::optional<Written> limit{};     ///< id in the table of limits
  std::optional<Written> formula{};   ///< a field or formula that gives a time
};

struct ClockSource {
  Written id{};
  std::vector<Written> start{}, stop{};   ///< steps or states; `enter` and `leave` stand for all
  std::optional<BudgetSource> budget{};
  std::optional<Written> until{};
  std::optional<BudgetSource> every{};   ///< n months, on a day
  std::optional<Written> on{};
  std::vector<Written> pause_in{};
  std::optional<Written> pause_on{}, when{}, roll{};
  struct Extend {
    BudgetSource by{};
    Written times{};
    std::vector<Written> who{}, need{};
  };
  std::optional<Extend> extend{};
  std::vector<RungSource> ladder{};
  std::string zh{}, en{};
};

struct FlowSource {
  Written id{};
  int version = 1;
  Written start_state{};
  std::vector<Written> start_by{}, start_need{};
  std::vector<StateSource> states{};
  std::vector<StepSource> steps{};
  std::vector<ClockSource> clocks{};
};

/// Reads the form of docs/kinds.md (states, steps and clocks as maps in the order they were written, or as lists of
/// objects with an id). Faults of form go to the members' document; `Flow::make` tells the rest.
FlowSource read_flow(Members members, Written id, int version);

}   // namespace gangmu::flow
