// SPDX-License-Identifier: Apache-2.0
// The example city's plan: posts, tracks, pairings, targets and a task ledger, all in invented words. Internal.
#pragma once

#include "sim/city.hpp"
#include "sim/figures.hpp"

namespace gangmu::sim {

std::vector<Definition> posts_of(const City& city, Date valid_from);
std::vector<Definition> tracks_of(const City& city, Date valid_from);
/// First with last, second with last but one …; the one in the middle of an odd number joins the first pair.
std::vector<Definition> pairings_of(const City& city, Date valid_from);
/// For each town and each of the last three years: T-ECO-02, T-RUR-01 (a step above the year before) and T-AGR-01.
std::vector<Definition> targets_of(const City& city, const std::vector<Series>& catalogue, const Shape& shape,
                                   const Random& random);
std::vector<Json> tasks_of(const City& city, const Shape& shape, const Random& random);

}   // namespace gangmu::sim
