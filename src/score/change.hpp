// SPDX-License-Identifier: Apache-2.0
// Why a total is not what it was a year before (分数变动的来由): four steps from the old assessment to the new one,
// each of which changes one thing, so that the parts sum to the whole exactly.
//
//   data correction   the old scheme over the old period's figures as they are known now, classes as published
//   rule change       the new scheme, and the classes of now, over the same figures
//   own progress      the place's own figures, class and grants of the new period, everybody else's of the old
//   others' progress  everybody's
//
// Own comes before others', so what both do together (a pool's bounds moved by both) counts as others'.
#pragma once

#include <string_view>

#include "score/assessment.hpp"

namespace gangmu::score {

/// The five assessments behind a change. Places may differ between the years; the one asked about must be in all.
struct ChangeInputs {
  const Scheme& old_scheme;
  const Inputs& published;   ///< old scheme, old period, as frozen then
  const Inputs& corrected;   ///< old scheme, old period, as known now; classes of then
  const Scheme& scheme;
  const Inputs& before;   ///< new scheme, old period, as known now; classes of now
  const Inputs& now;      ///< new scheme, new period
};

struct ChangeStep {
  std::int64_t points = 0;   ///< 1e-9 points of the total
  std::uint32_t rank = 0;    ///< after the step; 0: not ranked
};
struct Change {
  std::int64_t before = 0, now = 0;
  std::uint32_t rank_before = 0;
  ChangeStep correction, rules, own, others;   ///< before + their points = now
};

/// Errors: those of assess(); place_unknown when the place is missing from one of the inputs; no_values when it has no
/// total in one.
Result<Change> change(const ChangeInputs& inputs, std::string_view place, Executor& executor);

}   // namespace gangmu::score
