// SPDX-License-Identifier: Apache-2.0
// An Error on the wire: application/problem+json (RFC 9457) with code, both languages, every fault with its position,
// and the request id.
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "http/response.hpp"

namespace gangmu::http {

Response problem(const Error& error, std::string_view request_id);
inline Response problem(const ErrorKind& kind, std::vector<std::string> arguments, std::string_view request_id) {
  return problem(Error(Diagnostic{&kind, std::move(arguments), {}}), request_id);
}

}   // namespace gangmu::http
