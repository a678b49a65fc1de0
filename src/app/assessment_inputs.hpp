// SPDX-License-Identifier: Apache-2.0
// From a View to what the scorer needs, frozen: the scheme as it was, each place's class, each figure the scheme reads.
#pragma once

#include "app/picture.hpp"
#include "score/assessment.hpp"
#include "score/plain.hpp"

namespace gangmu::app {

/// The figure that stands for a place × indicator over a whole period. Its own when there is one; else, for cumulative,
/// stock and yearly figures, that of the sub-period that ends on the same day (202512 or 2025Q4 for 2025).
struct PeriodValue {
  fact::CellState state = fact::CellState::missing;
  double value = 0;
  Period period;
};
PeriodValue period_value(const fact::Cube& cube, place::NodeIndex node, fact::IndicatorIndex indicator,
                         const Period& period);

/// Errors: unknown_scheme, and those of scheme_from_json.
Result<score::Scheme> scheme_of(const Picture& picture, std::string_view id);
/// Does the store keep all that the scheme reads? It has no reviews, samples, counted tasks nor named peers, so such a
/// figure would be missing everywhere; nor grants, without which a result under an approved scheme would be wrong (a
/// monitoring score has none). Error, one a node or item: scheme_reads_unkept.
Status all_kept(const score::Scheme& scheme);
/// Years for which at least half of the figures the scheme reads are there at all.
std::vector<Period> periods_of(const Picture& picture, const score::Scheme& scheme);
/// Places of the scheme's level below the focus, functional units left out.
score::Gathered gather(const Picture& picture, const score::Scheme& scheme, const Period& period);
/// What it weighs in a Recall: MiB of figures, begun ones whole.
std::size_t weight_of(const score::Gathered& gathered);

/// The frozen form: everything needed to make the same assessment again, bit for bit.
Json frozen(const score::Scheme& scheme, const Period& period, const score::Gathered& gathered);
struct Thawed {
  score::Scheme scheme;
  Period period;
  score::Gathered gathered;
};
Result<Thawed> thaw(const Json& body);

}   // namespace gangmu::app
