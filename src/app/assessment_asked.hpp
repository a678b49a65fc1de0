// SPDX-License-Identifier: Apache-2.0
// What every reading of one assessment begins with: the picture, the record, the assessment made again, and the class
// or place asked for.
#pragma once

#include "app/assessment_wire.hpp"

namespace gangmu::app {

struct Asked {
  Picture picture;
  const store::AssessmentRecord* record = nullptr;
  std::shared_ptr<const Made> made;

  [[nodiscard]] const score::Scheme& scheme() const { return made->frozen.scheme; }
  [[nodiscard]] const score::Assessment& assessment() const { return made->assessment; }
  [[nodiscard]] const score::Gathered& gathered() const { return made->frozen.gathered; }
  /// The place in today's tree; no_node for one that has ended since, or that the reader may not see.
  [[nodiscard]] place::NodeIndex shown(std::size_t p) const;
  /// What sentences call it.
  [[nodiscard]] score::Sentence name(std::size_t p) const;
};

/// Errors: those of picture() for read_assessments; unknown_assessment, assessment_differs.
Result<Asked> asked_of(Service& service, const Call& call);
/// The place of a code, as the assessment numbers it. Error: unknown_place, also of one that is not the reader's to
/// see.
Result<std::size_t> position_of(const Asked& asked, std::string_view code);
/// `class` of the query, else the scheme's first. Error: query_malformed.
Result<score::ClassIndex> class_of(const Asked& asked, const Call& call);
/// May a reader wait while it is assessed so many times anew? Error: limit_exceeded.
Status affordable(const Service& service, const Asked& asked, std::size_t times);
/// An integer of the query, checked by its route.
std::int64_t integer_of(const Call& call, std::string_view name, std::int64_t otherwise);

/// How far each leaf's indicator can go, as the catalogue says.
std::vector<score::Reach> reach_of(const Picture& picture, const score::Scheme& scheme);

namespace wire {

/// Writes {text_zh, text_en}.
void words(JsonWriter& out, const score::Sentence& sentence);
void words(JsonWriter& out, const std::vector<score::Sentence>& sentences);

}   // namespace wire
}   // namespace gangmu::app
