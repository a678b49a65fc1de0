// SPDX-License-Identifier: Apache-2.0
// The query of a request against the parameters its route declares: all faults at once.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "http/route.hpp"

namespace gangmu::http {

using Query = std::map<std::string, std::string, std::less<>>;

/// An empty value counts as absent, as a cleared field of a form sends it. Errors: parameter_*.
Result<Query> check_query(std::span<const Parameter> declared,
                          const std::vector<std::pair<std::string, std::string>>& sent, std::size_t value_bytes);

}   // namespace gangmu::http
