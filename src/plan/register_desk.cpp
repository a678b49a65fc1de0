// SPDX-License-Identifier: Apache-2.0
#include "plan/register_desk.hpp"

#include <algorithm>

#include "plan/errors.hpp"

namespace gangmu::plan {

namespace {
constexpr std::string_view question_kinds[] = {
    "column",    "lead_column", "year", "percent",   "state",        "hidden", "due",  "lead",         "title",
    "duplicate", "table",       "row",  "continued", "closed_early", "series", "mark", "side_by_side", "persons"};

bool known_kind(std::string_view id) {
  const std::string_view kind = id.substr(0, id.find(':'));
  return std::find(std::begin(question_kinds), std::end(question_kinds), kind) != std::end(question_kinds);
}
}   // namespace

std::string Desk::ask(Question question) {
  asked_.insert(question.id);
  std::string value = question.default_value;
  const auto found = answers_.find(question.id);
  if (found == answers_.end()) {
    open_ += question.required ? 1 : 0;
  } else {
    const bool listed = std::any_of(question.choices.begin(), question.choices.end(),
                                    [&](const Choice& choice) { return choice.value == found->second; });
    if (listed || question.free_text) {
      value = question.answer = found->second;
    } else {
      refuse(question.id, "请从所列选项中选择", "choose one of the listed values");
    }
  }
  questions_.push_back(std::move(question));
  return value;
}

void Desk::refuse(const std::string& id, const char* zh, const char* en) {
  const auto found = answers_.find(id);
  faults_.push_back({&errors::answer_refused, {id, found == answers_.end() ? "" : found->second, zh, en}, {}});
}

Status Desk::finish(Reading& reading) {
  for (const auto& [id, value] : answers_) {
    if (asked_.contains(id)) continue;
    if (known_kind(id)) {
      reading.unused_answers.push_back(id);
    } else {
      faults_.push_back({&errors::answer_unknown, {id}, {}});
    }
  }
  if (!faults_.empty()) return fail(std::move(faults_));
  reading.open_questions = open_;
  reading.questions = std::move(questions_);
  return {};
}

}   // namespace gangmu::plan
