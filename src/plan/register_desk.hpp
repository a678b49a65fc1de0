// SPDX-License-Identifier: Apache-2.0
// The desk where questions are put and answers taken while a ledger is read.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "plan/task_register.hpp"

namespace gangmu::plan {

class Desk {
 public:
  explicit Desk(const Answers& answers) : answers_(answers) {}

  /// Puts a question and gives the value to go on with: the answer, or the default.
  std::string ask(Question question);
  /// An answer was understood as free text but makes no sense: refuse it with a reason.
  void refuse(const std::string& id, const char* zh, const char* en);

  /// Moves questions, open count and unused answers into the reading. Errors: answer_refused, answer_unknown, all at
  /// once.
  Status finish(Reading& reading);

 private:
  const Answers& answers_;
  std::vector<Question> questions_;
  std::set<std::string, std::less<>> asked_;
  int open_ = 0;
  Diagnostics faults_;
};

}   // namespace gangmu::plan
