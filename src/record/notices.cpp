// SPDX-License-Identifier: Apache-2.0
#include "record/notices.hpp"

namespace gangmu::record {

std::vector<TellingRung> telling_rungs(const flow::Flow& flow) {
  std::vector<TellingRung> out;
  for (flow::ClockIndex i = 0; i < flow.clocks().size(); ++i) {
    const auto& ladder = flow.clocks()[i].ladder;
    for (std::size_t rung = 0; rung < ladder.size(); ++rung)
      if (!ladder[rung].notify.empty() && out.size() < 32)
        out.push_back({i, static_cast<int>(rung), ladder[rung].notify});
  }
  return out;
}

std::uint32_t told_rungs(const flow::Flow& flow, const std::vector<TellingRung>& rungs, const Json& document) {
  std::uint32_t out = 0, bit = 1;
  for (const TellingRung& one : rungs) {
    const Json& clock = document["c"][flow.clocks()[one.clock].id];
    if (clock["since"].string() && clock["rungs"].integer_or(0) > one.rung) out |= bit;
    bit <<= 1;
  }
  return out;
}

}   // namespace gangmu::record
