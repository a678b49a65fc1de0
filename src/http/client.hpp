// SPDX-License-Identifier: Apache-2.0
// The one HTTP client, over libcurl: between servers, to a provider to sign in through, and for tests. Synchronous; a
// client keeps its connection as long as the server does. In the clear or over TLS, as the origin says; no redirects.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu::http {

struct Answer {
  int status = 0;
  std::map<std::string, std::string, std::less<>> headers{};   ///< names in lower case; repeated ones a line each
  std::string body{};
};

class Client {
 public:
  using Headers = std::map<std::string, std::string, std::less<>>;
  struct Limits {
    std::chrono::milliseconds patience = std::chrono::seconds(10);   ///< for the whole exchange
    std::size_t answer_bytes = 512u << 20;
    std::string ca{};     ///< PEM file of who vouches for the server's certificate; empty: the machine's own list
    bool direct = true;   ///< past any proxy the machine is set up for
  };

  /// "http://127.0.0.1:8080", "https://[::1]:8443".
  explicit Client(std::string origin);
  Client(std::string origin, Limits limits);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// The target goes out as it is. Errors: connect_failed (nobody there, or not who the certificate is for),
  /// answer_failed (broken off, too long, too slow).
  Result<Answer> send(std::string_view method, std::string_view target, std::string body = {},
                      const Headers& headers = {});
  Result<Answer> get(std::string_view target, const Headers& headers = {}) { return send("GET", target, {}, headers); }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}   // namespace gangmu::http
