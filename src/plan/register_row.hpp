// SPDX-License-Identifier: Apache-2.0
// The row being read. Inside of register_row_reader and register_row_headings.
#pragma once

#include <string>
#include <vector>

#include "plan/register_row_reader.hpp"

namespace gangmu::plan {

struct RowReader::Row {
  RowReading read;
  std::size_t at = 0;
  std::vector<std::string> extra_leads;   ///< units named beside the one lead
  std::optional<HeadingUnits> named;      ///< whom its own action or measure names behind its words

  [[nodiscard]] std::string id(const char* kind) const { return std::string(kind) + ":" + std::to_string(at + 1); }
  [[nodiscard]] std::vector<std::string> with_extra_leads() const {
    std::vector<std::string> units = extra_leads;
    units.insert(units.end(), read.task.responsible.begin(), read.task.responsible.end());
    return units;
  }
  void asked(const std::string& question) { read.questions.push_back(question); }
};

}   // namespace gangmu::plan
