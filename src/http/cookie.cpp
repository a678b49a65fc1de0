// SPDX-License-Identifier: Apache-2.0
#include "http/cookie.hpp"

#include "base/text.hpp"

namespace gangmu::http {

std::string session_cookie_name(std::string_view programme, bool secure) {
  return std::string(secure ? "__Host-gangmu-" : "gangmu-") + std::string(programme);
}

std::optional<std::string_view> cookie(const Request& request, std::string_view name) {
  for (const auto& [field, value] : request.headers) {
    if (field != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = rest.find(';');
      const std::string_view pair = text::trim(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

std::string session_cookie(std::string_view programme, std::string_view token, bool secure) {
  return session_cookie_name(programme, secure) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Strict" +
         (secure ? "; Secure" : "") + (token.empty() ? "; Max-Age=0" : "");
}

}   // namespace gangmu::http
