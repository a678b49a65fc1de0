// SPDX-License-Identifier: Apache-2.0
// Red lines (红线): the small condition language of `when` and its judgement. They limit the grade, never the
// arithmetic.
//   CODE OP NUMBER | CODE OP NUMBER% of target | confirmed        OP: < <= > >= = !=
#pragma once

#include <string>
#include <string_view>

#include "score/assessment.hpp"

namespace gangmu::score {

/// Reads `when` into the condition fields of `line`; false when it can't be read.
bool red_line_condition(std::string_view when, RedLine& line);
std::string red_line_text(const RedLine& line);
/// Does the line hold for the place's figures? A figure that is no number never crosses a line.
bool crossed(const RedLine& line, const Inputs& inputs, std::size_t place);

}   // namespace gangmu::score
