// SPDX-License-Identifier: Apache-2.0
// What a record contributes to indicators. A change is told as old contributions out and new ones in, in the same
// event; a cell is the sum of contributions up to a seq, so current, as known and explanation are one rule.
#pragma once

#include "record/decide.hpp"

namespace gangmu::record {

/// Sorted. Those without a day, a place or a measure stand beside the figure: counted there, never as 0.
struct Contributions {
  std::vector<Contribution> all{};
  std::vector<Contribution> beside{};
};
Result<Contributions> contributions(const Kind& kind, const Record& record, const World& world);
/// What a taking of the step contributes, to be kept as it is: of tallies that count each taking.
Result<std::vector<Contribution>> taken(const Kind& kind, const Record& record, const World& world,
                                        std::string_view step);
/// What turns `before` into `after`.
std::vector<Contribution> changes(const std::vector<Contribution>& before, const std::vector<Contribution>& after);

}   // namespace gangmu::record
