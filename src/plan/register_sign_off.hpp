// SPDX-License-Identifier: Apache-2.0
// The lines below (or above) a table where people sign: 单位负责人：… 填表人：… 联系电话：… 报送时间：…
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gangmu::plan {

/// What stands where a name or number is hidden.
inline constexpr const char* hidden_person = "（已隐去）";

/// The cells of a row, one by one, are labels of a sign-off line and what is written behind them.
bool signed_off(const std::vector<std::string>& cells);

/// The same cells with every name and number hidden; units and dates stay.
std::vector<std::string> without_signatures(const std::vector<std::string>& cells);

}   // namespace gangmu::plan
