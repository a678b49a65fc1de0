// SPDX-License-Identifier: Apache-2.0
#include "app/known_browser.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t browsers_most = 8, browser_token_bytes = 32;
constexpr std::int64_t day = 86'400'000'000;

std::string hash_of(const std::string& token) { return digest(token).text(); }

Json::Array known(const store::Account& account) {
  const Json::Array* list = account.body["browsers"].array();
  return list ? *list : Json::Array{};
}

}   // namespace

std::string browser_of(const store::Account& account, const Call& call, Instant now) {
  const auto token = call.browsers.find(account.id);
  if (token == call.browsers.end()) return {};
  const std::string hash = hash_of(token->second);
  const bool there = std::ranges::any_of(known(account), [&](const Json& one) {
    return one["hash"].string_or("") == hash && now.micros < one["until"].integer_or(0);
  });
  return there ? hash : std::string();
}

std::optional<std::string> note_browser(store::Account& account, const Call& call, SecretSource& secrets, Instant now) {
  Json::Array list = known(account);
  const std::string mine = browser_of(account, call, now);
  const auto fresh = [&](const Json& one) { return one["until"].integer_or(0) - now.micros > browser_days / 2 * day; };
  const bool well =
      std::ranges::any_of(list, [&](const Json& one) { return one["hash"].string_or("") == mine && fresh(one); });
  if (!mine.empty() && well) return std::nullopt;
  std::erase_if(list, [&](const Json& one) {
    return one["hash"].string_or("") == mine || one["until"].integer_or(0) <= now.micros;
  });
  if (list.size() >= browsers_most) list.erase(list.begin());
  const std::string token = hex(secrets.bytes(browser_token_bytes));
  Json one;
  one.set("hash", hash_of(token));
  one.set("until", now.micros + browser_days * day);
  list.push_back(std::move(one));
  account.body.set("browsers", Json(std::move(list)));
  return token;
}

void forget_browsers(store::Account& account) {
  if (Json::Object* body = account.body.object()) body->erase("browsers");
}

}   // namespace gangmu::app
