// SPDX-License-Identifier: Apache-2.0
// The cookie that holds a session's token (RFC 6265): one a programme, never seen by scripts, sent to this server only
// and never along with a request that another site began. It ends with the browser; the session's own end is the
// store's.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.hpp"

namespace gangmu::http {

/// "gangmu-jiangmen"; over TLS "__Host-gangmu-jiangmen", which a browser takes only with Secure, Path=/ and without
/// Domain.
std::string session_cookie_name(std::string_view programme, bool secure);
std::optional<std::string_view> cookie(const Request& request, std::string_view name);
/// Value of a Set-Cookie field. An empty token takes the cookie away.
std::string session_cookie(std::string_view programme, std::string_view token, bool secure);

/// The cookie by which an account knows a browser again (app/known_browser.hpp): one an account, kept half a year, so
/// that a machine several people work at is known to each of them. Account → token of all the request brings.
std::map<std::string, std::string, std::less<>> browser_cookies(const Request& request, std::string_view programme,
                                                                bool secure);
std::string browser_cookie(std::string_view programme, std::string_view account, std::string_view token, bool secure);

}   // namespace gangmu::http
