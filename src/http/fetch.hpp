// SPDX-License-Identifier: Apache-2.0
// Asking a provider to sign in through, bounded.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"

namespace gangmu::http {

/// GET, or POST of a form (application/x-www-form-urlencoded). https only, but for this machine's own addresses; no
/// redirects; 5 s and 1 MiB at most. Errors: connect_failed, answer_failed (also for a status of 500 and above).
Result<std::string> fetch(const std::string& url, const std::optional<std::string>& form);

}   // namespace gangmu::http
