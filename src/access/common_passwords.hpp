// SPDX-License-Identifier: Apache-2.0
// Passwords a guesser tries first: words and runs of keys everybody takes, with digits and marks around them and
// letters written as @, 0, 1, 3, 5 or $.
#pragma once

#include <string_view>

namespace gangmu::access {

bool common_password(std::string_view password);

}   // namespace gangmu::access
