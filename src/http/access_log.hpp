// SPDX-License-Identifier: Apache-2.0
// One JSON line a request: what was asked (route, never the address with its values), how it went, how long it took. Bodies,
// query values and header values are never logged: they may be personal.
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
  std::string_view method;           ///< "?" for an unknown one
  std::string_view operation;        ///< of the route
  std::string_view path;             ///< template of the route
  int status = 0;
  std::chrono::microseconds took{0};
  std::size_t received = 0, sent = 0;  ///< bytes of body; bytes of the whole answer
};
/// {"at":"…","request_id":"…","method":"GET","operation":"home","path":"/api/v1/{p}/home","status":200,"us":812,"in":0,"out":5312}
std::string access_line(const Access& access);

/// Writes lines to standard error, one at a time.
std::function<void(std::string_view)> log_to_stderr();

}  // namespace gangmu::http
