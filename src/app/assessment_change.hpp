// SPDX-License-Identifier: Apache-2.0
// Why a place's total is not what it was a year before: this assessment beside the one of the same scheme, a year
// earlier.
#pragma once

#include <optional>

#include "app/assessment_asked.hpp"
#include "score/change.hpp"

namespace gangmu::app {

struct YearBefore {
  const store::AssessmentRecord* record = nullptr;
  score::Change change;
};
/// The latest made of the same scheme a year earlier, in which the place stood in the same class; nothing when there is
/// none, or when one of the five assessments behind a change has no total of the place. Old figures "as known now" are
/// those of the picture.
std::optional<YearBefore> year_before(Service& service, const Asked& asked, std::size_t p);

namespace wire {

/// Writes a ScoreChange, or null.
void change(JsonWriter& out, const score::Scheme& scheme, const std::optional<YearBefore>& before);

}   // namespace wire
}   // namespace gangmu::app
