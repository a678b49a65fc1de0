// SPDX-License-Identifier: Apache-2.0
// Outside identifiers whose form can be checked: credit_code (统一社会信用代码, GB 32100-2015, with its check
// character) and invest_code (投资项目统一代码, 2306-990000-04-01-000001). Internal to the part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gangmu::record {

const std::vector<std::string>& code_checks();
/// Precondition: `check` is one of them.
bool code_fits(std::string_view check, std::string_view text);

}   // namespace gangmu::record
