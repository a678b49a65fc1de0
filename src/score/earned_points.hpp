// SPDX-License-Identifier: Apache-2.0
// What each item earned, as it is told. Where a branch does not simply add up, its loss is shared out by the rule of
// its mean; a poor item could so lose more than it can earn. Told it stands at 0, and the rest of its loss is borne by
// the other items of its branch: first by those that lost, in proportion to their loss, and only where these have
// nothing left by those at full marks. Each item stands between 0 and its full marks; branches and the sum stay.
#pragma once

#include "score/assessment.hpp"

namespace gangmu::score {

struct EarnedPoints {
  std::vector<std::int64_t> points;   ///< a leaf each, 1e-9 points; above full marks only where its cap is
  bool moved = false;                 ///< something was borne by others
};
EarnedPoints earned_points(const Scheme& scheme, const Assessment& assessment, ClassIndex c, std::size_t place);

}   // namespace gangmu::score
