// SPDX-License-Identifier: Apache-2.0
// One JSON line a request: what was asked (route, never the address with its values), how it went, how long it took.
// Bodies, query values and header values are never logged: they may be personal.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace gangmu::http {

struct Access {
  Instant at;
  std::string_view request_id;
  std::string_view method;      ///< "?" for an unknown one
  std::string_view operation;   ///< of the route
  std::string_view path;        ///< template of the route
  int status = 0;
  std::string_view code{};    ///< of a refusal: who was kept out of what is told by this line
  std::string_view actor{};   ///< account of the session; empty: nobody
  std::string_view peer{};    ///< address of the client
  std::chrono::microseconds took{0};
  std::size_t received = 0, sent = 0;   ///< bytes of body; bytes of the whole answer
};
/// {"at":"…","request_id":"…","method":"POST","operation":"give_grant","path":"/api/v1/{p}/accounts/{id}/grants","status":409,
///  "code":"access.duties_meet","actor":"u3f09c2a1b4","peer":"10.1.8.4","us":812,"in":80,"out":5312}; code, actor, peer
///  where there are any
std::string access_line(const Access& access);

/// Writes lines to standard error, one at a time.
std::function<void(std::string_view)> log_to_stderr();

}   // namespace gangmu::http
