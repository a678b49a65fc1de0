// SPDX-License-Identifier: Apache-2.0
#include "http/cookie.hpp"

#include "app/known_browser.hpp"
#include "base/text.hpp"

namespace gangmu::http {

namespace {

constexpr std::string_view limits = "; Path=/; HttpOnly; SameSite=Strict";
constexpr std::size_t browsers_most = 40;   ///< accounts of one browser that are looked at

void for_each_cookie(const Request& request, const auto& take) {
  for (const auto& [field, value] : request.headers) {
    if (field != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = rest.find(';');
      const std::string_view pair = text::trim(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos) take(pair.substr(0, equals), pair.substr(equals + 1));
    }
  }
}

/// The underscore keeps it apart from the session of a programme whose id begins with "browser".
std::string browser_prefix(std::string_view programme, bool secure) {
  return std::string(secure ? "__Host-gangmu_browser-" : "gangmu_browser-") + std::string(programme) + "-";
}

}   // namespace

std::string session_cookie_name(std::string_view programme, bool secure) {
  return std::string(secure ? "__Host-gangmu-" : "gangmu-") + std::string(programme);
}

std::optional<std::string_view> cookie(const Request& request, std::string_view name) {
  std::optional<std::string_view> found;
  for_each_cookie(request, [&](std::string_view each, std::string_view value) {
    if (!found && each == name) found = value;
  });
  return found;
}

std::string session_cookie(std::string_view programme, std::string_view token, bool secure) {
  return session_cookie_name(programme, secure) + "=" + std::string(token) + std::string(limits) +
         (secure ? "; Secure" : "") + (token.empty() ? "; Max-Age=0" : "");
}

std::map<std::string, std::string, std::less<>> browser_cookies(const Request& request, std::string_view programme,
                                                                bool secure) {
  std::map<std::string, std::string, std::less<>> out;
  const std::string prefix = browser_prefix(programme, secure);
  for_each_cookie(request, [&](std::string_view name, std::string_view value) {
    if (name.starts_with(prefix) && out.size() < browsers_most) out.emplace(name.substr(prefix.size()), value);
  });
  return out;
}

std::string browser_cookie(std::string_view programme, std::string_view account, std::string_view token, bool secure) {
  return browser_prefix(programme, secure) + std::string(account) + "=" + std::string(token) + std::string(limits) +
         (secure ? "; Secure" : "") + "; Max-Age=" + std::to_string(app::browser_days * 86'400);
}

}   // namespace gangmu::http
