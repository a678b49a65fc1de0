// SPDX-License-Identifier: Apache-2.0
// Asking another server over TLS, bounded: a provider to sign in through, or the server of a store that writes.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/client.hpp"

namespace gangmu::http {

/// GET, or POST of a form (application/x-www-form-urlencoded). https only, but for this machine's own addresses; no
/// redirects; 5 s and 1 MiB at most. Errors: connect_failed, answer_failed (also for a status of 500 and above).
Result<std::string> fetch(const std::string& url, const std::optional<std::string>& form);

/// One exchange with another server of ours: `url` is https, its certificate must be for the host named there and be
/// vouched for in `ca`, a PEM file ("": the machine's own list). The body of a POST is sent as it is. Errors:
/// connect_failed, answer_failed.
Result<Answer> exchange(std::string_view method, const std::string& url, const std::string& body,
                        const Client::Headers& headers, std::chrono::milliseconds patience, const std::string& ca);

}   // namespace gangmu::http
