// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gangmu::app {

inline constexpr std::string_view program_version = "0.1.0";   ///< as in CMakeLists.txt (checked by a test)

}   // namespace gangmu::app
