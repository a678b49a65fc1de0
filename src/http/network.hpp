// SPDX-License-Identifier: Apache-2.0
// Addresses of clients: which are this machine, which lie in a network, and whose word is taken for another's address.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/request.hpp"

namespace gangmu::http {

/// "10.1.0.0/16", "fd00::/8", "192.168.1.7". IPv4 is kept as IPv6 (RFC 4291 2.5.5.2), so one list serves both.
class Networks {
 public:
  /// Error: network_malformed.
  static Result<Networks> parse(const std::vector<std::string>& texts);
  [[nodiscard]] bool empty() const { return nets_.empty(); }
  [[nodiscard]] bool contain(std::string_view address) const;

 private:
  struct Net {
    std::array<unsigned char, 16> address{};
    int bits = 128;
  };
  std::vector<Net> nets_;
};

/// 127.0.0.0/8 and ::1.
bool is_this_machine(std::string_view address);

/// What counts as one address: an IPv4 address, or the /64 of an IPv6 one, which one household or host has whole.
std::string neighbourhood(std::string_view address);

/// Who asks: the peer, or, when the peer is a trusted proxy, the last address in all its X-Forwarded-For that is no
/// such proxy itself.
std::string client_of(const Request& request, const Networks& trusted_proxies);

}   // namespace gangmu::http
