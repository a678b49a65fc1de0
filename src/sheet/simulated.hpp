// SPDX-License-Identifier: Apache-2.0
// The mark that synthetic figures carry on every sheet.
#pragma once

#include <string_view>

namespace gangmu::sheet {

inline constexpr std::string_view simulated_mark = "模拟数据，不代表任何真实地区 · Simulated data: no real place";

}   // namespace gangmu::sheet
