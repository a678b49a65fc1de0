// SPDX-License-Identifier: Apache-2.0
// Who may knock. Another site's page in the same browser can reach a server on this machine: by a name that it points
// at 127.0.0.1 (DNS rebinding; the Host header gives it away), or by a form or script that posts here (cross-site
// request forgery; Origin and Sec-Fetch-Site give it away). Programs that send neither of the two are let through.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "http/request.hpp"

namespace gangmu::http {

/// localhost, 127.0.0.1, [::1] and `names`, with any port: tunnels change it. Errors: host_missing, host_refused.
Status check_host(const Request& request, std::span<const std::string> names = {});
/// Where the body ends must be beyond doubt (RFC 9112 6): one coding, chunked. After any other the connection can't be
/// used. Error: transfer_coding.
Status check_framing(const Request& request, bool http_1_1);
/// A request with a cookie must say where it comes from: every browser does. Error: cross_site.
Status check_same_origin(const Request& request);
/// 32 hex digits in lower case, from those or from a UUID, bare or quoted (draft-ietf-httpapi-idempotency-key-header
/// makes it a quoted string): however it was written, one key. Errors: request_key_missing, request_key_malformed.
Result<std::string> request_key(const Request& request);
/// The seq in If-Match: "123", or the front of one of our own ETags. Errors: if_match_missing, if_match_malformed.
Result<Seq> edited_from(const Request& request);

}   // namespace gangmu::http
