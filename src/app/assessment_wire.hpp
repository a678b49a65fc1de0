// SPDX-License-Identifier: Apache-2.0
// A stored assessment made again from its frozen inputs, and how it looks on the wire.
#pragma once

#include "app/assessment_inputs.hpp"
#include "score/explanation.hpp"

namespace gangmu::app {

struct Made {
  Thawed frozen;
  score::Assessment assessment;
  Instant at;   ///< when it was recorded
};
/// In a Recall: MiB of figures and points, begun ones whole.
inline std::size_t weight_of(const Made& made) {
  const score::Assessment& a = made.assessment;
  return weight_of(made.frozen.gathered) + (a.scores.size() + a.contributions.size()) * sizeof(double) / (1u << 20);
}
/// Makes it again and checks that the digest is the recorded one. Errors: unknown_assessment, assessment_differs.
Result<std::shared_ptr<const Made>> made(Service& service, const Picture& picture,
                                         const store::AssessmentRecord& record);
/// Error: unknown_assessment.
Result<const store::AssessmentRecord*> find_assessment(const Picture& picture, std::string_view id);

namespace wire {

/// Members of AssessmentItem, without the braces.
void assessment_members(JsonWriter& out, const store::AssessmentRecord& record, const Made& made);
void assessments_of_place(JsonWriter& out, Service& service, const Picture& picture, place::NodeIndex node);
std::string grade_name_of(const score::Scheme& scheme, std::uint8_t grade, Language language);

}   // namespace wire
}   // namespace gangmu::app
