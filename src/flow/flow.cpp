// SPDX-License-Identifier: Apache-2.0
#include "flow/flow.hpp"

#include <algorithm>

namespace gangmu::flow {
namespace {

template <class All>
std::uint16_t index_of(const All& all, std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
  return found == all.end() ? none : static_cast<std::uint16_t>(found - all.begin());
}

}   // namespace

bool Step::taken_by(std::string_view party) const { return std::find(by.begin(), by.end(), party) != by.end(); }

bool Step::automatic() const {
  return std::all_of(by.begin(), by.end(), [](const std::string& one) { return one == "clock" || one == "rule"; });
}

StateIndex Flow::state(std::string_view id) const { return index_of(states_, id); }
StepIndex Flow::step(std::string_view id) const { return index_of(steps_, id); }
ClockIndex Flow::clock(std::string_view id) const { return index_of(clocks_, id); }

std::vector<std::string> counters_of(const FlowSource& source) {
  std::vector<std::string> out;
  for (const StepSource& step : source.steps)
    if (step.count && std::find(out.begin(), out.end(), step.count->text) == out.end()) out.push_back(step.count->text);
  return out;
}

}   // namespace gangmu::flow
