// SPDX-License-Identifier: Apache-2.0
#include "http/network.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

using Address = std::array<unsigned char, 16>;

std::optional<Address> address_of(std::string_view given) {
  const std::string text(given);
  Address out{};
  if (inet_pton(AF_INET6, text.c_str(), out.data()) == 1) return out;
  out[10] = out[11] = 0xFF;
  if (inet_pton(AF_INET, text.c_str(), out.data() + 12) == 1) return out;
  return std::nullopt;
}

/// Without what some proxies add: "192.0.2.1:4711", "[2001:db8::1]:4711", "[2001:db8::1]".
std::string_view without_port(std::string_view hop) {
  if (hop.starts_with('[')) return hop.substr(1, std::min(hop.size(), hop.find(']')) - 1);
  const std::size_t colon = hop.find(':');
  return colon != std::string_view::npos && colon == hop.rfind(':') ? hop.substr(0, colon) : hop;
}

bool is_v4(const Address& a) {
  return std::all_of(a.begin(), a.begin() + 10, [](unsigned char c) { return c == 0; }) && a[10] == 0xFF &&
         a[11] == 0xFF;
}

bool same_front(const Address& a, const Address& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (std::memcmp(a.data(), b.data(), whole) != 0) return false;
  if (bits % 8 == 0) return true;
  const int mask = 0xFF00 >> (bits % 8) & 0xFF;
  return (a[whole] & mask) == (b[whole] & mask);
}

}   // namespace

Result<Networks> Networks::parse(const std::vector<std::string>& texts) {
  Networks out;
  Diagnostics faults;
  for (const std::string& text : texts) {
    const std::size_t slash = text.find('/');
    const auto address = address_of(std::string_view(text).substr(0, slash));
    int bits = 128;
    const int most = address && is_v4(*address) ? 32 : 128;
    bool good = address.has_value();
    if (slash != std::string::npos) {
      const auto [end, error] = std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
      good = good && error == std::errc() && end == text.data() + text.size() && bits >= 0 && bits <= most;
      bits += 128 - most;
    }
    if (good)
      out.nets_.push_back({*address, bits});
    else
      faults.push_back({&errors::network_malformed, {text.substr(0, 80)}, {}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  return out;
}

bool Networks::contain(std::string_view text) const {
  const auto address = address_of(text);
  return address &&
         std::ranges::any_of(nets_, [&](const Net& net) { return same_front(*address, net.address, net.bits); });
}

bool is_this_machine(std::string_view address) {
  static const Networks loopback = *Networks::parse({"127.0.0.0/8", "::1"});
  return loopback.contain(address);
}

std::string client_of(const Request& request, const Networks& trusted_proxies) {
  if (!trusted_proxies.contain(request.peer)) return request.peer;
  std::string client = request.peer;
  const auto hops = text::split(request.joined("x-forwarded-for"), ',');
  for (auto hop = hops.rbegin(); hop != hops.rend() && trusted_proxies.contain(client); ++hop) {
    const std::string_view address = without_port(text::trim(*hop));
    if (!address_of(address)) break;
    client = address;
  }
  return client;
}

std::string neighbourhood(std::string_view address) {
  const auto parsed = address_of(address);
  if (!parsed || is_v4(*parsed)) return std::string(address);
  constexpr std::size_t network_bytes = 8;
  return hex({reinterpret_cast<const char*>(parsed->data()), network_bytes}) + "/64";
}

}   // namespace gangmu::http
