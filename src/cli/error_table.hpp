// SPDX-License-Identifier: Apache-2.0
// The one table of all error kinds of the house, floor by floor, lowest first; docs/errors.md is generated from it.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace gangmu::cli {

std::vector<const ErrorKind*> error_table();
/// docs/errors.md: code, HTTP status, Chinese and English text of each.
std::string errors_markdown();

}   // namespace gangmu::cli
