// SPDX-License-Identifier: Apache-2.0
// Inputs in the order of the places' codes, and results back in the caller's order: so no result depends on how the
// places were listed. Internal to the assessment.
#pragma once

#include <vector>

#include "score/assessment.hpp"

namespace gangmu::score {

/// order[i] = the place that stands i-th by code.
std::vector<std::uint32_t> code_order(std::span<const std::string> places);

class Ordered {
 public:
  Ordered(const Inputs& inputs, std::vector<std::uint32_t> order);
  [[nodiscard]] Inputs inputs() const;
  [[nodiscard]] Assessment restore(Assessment sorted) const;

 private:
  std::vector<std::uint32_t> order_;
  std::vector<std::string> places_;
  std::vector<ClassIndex> classes_;
  std::vector<std::uint32_t> groups_;
  std::vector<double> values_;
  std::vector<fact::CellState> states_;
  std::vector<Grant> grants_;
};

}   // namespace gangmu::score
