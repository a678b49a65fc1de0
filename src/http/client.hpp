// SPDX-License-Identifier: Apache-2.0
// A small synchronous HTTP client for tests, for `gangmu health` and between servers: one connection, kept as long as
// the server keeps it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu::http {

struct Answer {
  int status = 0;
  std::map<std::string, std::string, std::less<>> headers;   ///< names in lower case; repeated ones a line each
  std::string body;
};

/// A field as it came; one that comes again (Set-Cookie) adds a line.
void add_field(Answer& answer, std::string_view name, std::string_view value);

class Client {
 public:
  using Headers = std::map<std::string, std::string, std::less<>>;

  /// `host` is a name or an address without brackets.
  Client(std::string host, std::uint16_t port, std::chrono::milliseconds timeout = std::chrono::seconds(10));
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Connects when needed. Errors: connect_failed, answer_failed.
  Result<Answer> send(std::string_view method, std::string_view target, std::string body = {},
                      const Headers& headers = {});
  Result<Answer> get(std::string_view target, const Headers& headers = {}) { return send("GET", target, {}, headers); }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}   // namespace gangmu::http
