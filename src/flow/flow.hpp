// SPDX-License-Identifier: Apache-2.0
// A proved flow: states, steps and clocks by index. Made from what was written, or refused with every fault and its
// place.
//
// Proved when loaded: every name is known; every state can be reached and, unless final, left; on every path into a
// state that is not final a clock runs (a state left by rules alone is passed at once); no clock without a stop; what
// fires by clock or rule can't go round without a person; of two rules from one state only one can hold; guards are yes
// or no; limits are in the table and valid.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "flow/clock.hpp"
#include "flow/limit.hpp"
#include "flow/source.hpp"
#include "formula/tree.hpp"

namespace gangmu::flow {

using StateIndex = std::uint16_t;
using StepIndex = std::uint16_t;
using ClockIndex = std::uint16_t;
inline constexpr std::uint16_t none = UINT16_MAX;

template <class T>
bool holds(const std::vector<T>& all, T one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

enum class StateKind : std::uint8_t { open, wait, final };

struct State {
  std::string id{}, zh{}, en{};
  StateKind kind = StateKind::open;
  bool closed_outside = false;
  std::vector<std::string> edit{};   ///< fields; "*" all
};

/// A field a step asks for, always or under a condition.
struct Need {
  std::string field{};
  std::optional<formula::Tree> when{};
};

struct Assign {
  std::string field{};
  formula::Tree value{};
};

enum class Route : std::uint8_t { stay, lowest, up, down, sideways, back };

struct Step {
  std::string id{}, zh{}, en{};
  std::vector<StateIndex> from{};
  StateIndex to = none;            ///< none: stays
  std::vector<std::string> by{};   ///< in order; "clock" and "rule" are automatic
  std::optional<formula::Tree> when{};
  std::vector<Need> need{};
  std::vector<Assign> set{};
  std::vector<std::string> edit{};
  int most = 0;                   ///< how often; 0: no limit
  std::string count{};            ///< counter that goes up
  std::optional<Span> within{};   ///< since the state was entered
  std::string within_limit{};     ///< the same by the table of limits
  std::string approve{};          ///< who must agree before it takes effect
  Route route = Route::stay;
  [[nodiscard]] bool taken_by(std::string_view party) const;
  [[nodiscard]] bool automatic() const;   ///< by clock or rule alone
};

struct Rung {
  RungAt at{};
  std::string notify{};   ///< a role or field: gets a notice
  StepIndex fire = none;
  bool raise = false;
};

struct ClockRule {
  std::string id{}, zh{}, en{};
  std::vector<StepIndex> start_steps{}, stop_steps{};
  std::vector<StateIndex> start_states{}, stop_states{};   ///< entering one
  bool start_always = false, stop_always = false;          ///< enter, leave: of any state
  std::optional<Span> budget{};
  std::string limit{};
  std::optional<formula::Tree> budget_formula{}, until{};
  int every_months = 0, on_day = 0;
  std::vector<StateIndex> pause_in{};
  std::optional<formula::Tree> pause_on{}, when{};
  bool roll = false;
  std::optional<Span> extend_by{};
  int extend_times = 0;
  std::vector<std::string> extend_who{}, extend_need{};
  std::vector<Rung> ladder{};
};

/// What a host says of the names a flow may use.
struct Host {
  const formula::Names* names = nullptr;               ///< fields, counters, clocks as things, actor, state
  std::function<bool(std::string_view field)> field;   ///< may be needed, set, edited
  std::function<bool(std::string_view party)> party;   ///< a role of the programme, or a field that names somebody
  std::function<std::optional<formula::Type>(std::string_view field)> type;
  std::vector<std::string> fields{}, parties{};   ///< for suggestions
};

struct FlowLimits {
  int states = 60, steps = 120, clocks = 30, rungs = 20;
};

class Flow {
 public:
  /// `today`: limits must be valid from then on (a limit that ends later is told when its time comes).
  static Result<Flow> make(const FlowSource& source, const Host& host, const Limits& limits, Date today,
                           const FlowLimits& most = {});

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] int version() const { return version_; }
  [[nodiscard]] std::span<const State> states() const { return states_; }
  [[nodiscard]] std::span<const Step> steps() const { return steps_; }
  [[nodiscard]] std::span<const ClockRule> clocks() const { return clocks_; }
  [[nodiscard]] StateIndex start() const { return start_; }
  [[nodiscard]] std::span<const std::string> start_by() const { return start_by_; }
  [[nodiscard]] std::span<const Need> start_need() const { return start_need_; }
  [[nodiscard]] StateIndex state(std::string_view id) const;   ///< none when absent
  [[nodiscard]] StepIndex step(std::string_view id) const;
  [[nodiscard]] ClockIndex clock(std::string_view id) const;

 private:
  friend class Maker;
  std::string id_;
  int version_ = 1;
  std::vector<State> states_;
  std::vector<Step> steps_;
  std::vector<ClockRule> clocks_;
  StateIndex start_ = 0;
  std::vector<std::string> start_by_;
  std::vector<Need> start_need_;
};

/// Counters and step uses that a flow's formulas may read: every `count`. Known before the flow is made, for the host's
/// names.
std::vector<std::string> counters_of(const FlowSource& source);

}   // namespace gangmu::flow
