// SPDX-License-Identifier: Apache-2.0
#include "http/fetch.hpp"

#include <algorithm>

#include "http/client.hpp"
#include "http/errors.hpp"

namespace gangmu::http {
namespace {

Client::Limits bounds() {
  return {.patience = std::chrono::seconds(5), .answer_bytes = 1u << 20, .ca = {}, .direct = false};
}

bool may_be_asked(const std::string& url) {
  if (url.starts_with("https://")) return true;
  for (const char* here : {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"})
    if (url.starts_with(here)) return true;
  return false;
}

/// Without its query, which may hold secrets.
std::string shown(const std::string& url) { return url.substr(0, std::min<std::size_t>(url.find('?'), 120)); }

}   // namespace

Result<std::string> fetch(const std::string& url, const std::optional<std::string>& form) {
  if (!may_be_asked(url)) return fail(errors::connect_failed, {shown(url), "https is wanted"});
  const std::size_t path = std::min(url.find_first_of("/?#", url.find("://") + 3), url.size());
  std::string target = url.substr(path, url.find('#') - path);
  if (!target.starts_with('/')) target = "/" + target;
  Client client(url.substr(0, path), bounds());
  const auto answer = form ? client.send("POST", target, *form, {{"content-type", "application/x-www-form-urlencoded"}})
                           : client.get(target);
  if (!answer) return fail(*answer.error().first().kind, {shown(url), answer.error().first().arguments.back()});
  if (answer->status >= 500) return fail(errors::answer_failed, {shown(url), std::to_string(answer->status)});
  return answer->body;
}

}   // namespace gangmu::http
