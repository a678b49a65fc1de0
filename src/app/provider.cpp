// SPDX-License-Identifier: Apache-2.0
#include "app/provider.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>

#include "app/errors.hpp"
#include "app/id_token.hpp"
#include "base/control.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"

namespace gangmu::app {
namespace {

constexpr std::int64_t clock_minute = 60'000'000, hour = 60 * clock_minute;
constexpr std::size_t pending_most = 2000, pending_each = 50, secret_bytes = 32;

/// RFC 4648 section 5, without padding.
std::string base64url(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(n));
  while (out.ends_with('=')) out.pop_back();
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;
std::string form_of(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields)
    out += (out.empty() ? "" : "&") + std::string(name) + "=" + text::percent_encoded(value);
  return out;
}

/// One a browser may be sent to and a secret may be posted to: https, or http to this machine; nobody's name in it.
bool fit_address(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view rest = url.substr(scheme + 3), host = rest.substr(0, rest.find_first_of("/?#"));
  const auto odd = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == '"' || c == '<' || c == 0x7f;
  };
  if (host.empty() || host.find('@') != std::string_view::npos || std::ranges::any_of(url, odd)) return false;
  if (text::first_control(url)) return false;
  const auto here = [&](std::string_view name) { return host == name || host.starts_with(std::string(name) + ":"); };
  return url.starts_with("https://") ||
         (url.starts_with("http://") && (here("127.0.0.1") || here("localhost") || here("[::1]")));
}

tl::unexpected<Error> failed(const char* zh, const char* en) { return fail(errors::provider_failed, {zh, en}); }

}   // namespace

std::string Provider::way_back(const std::string& programme) const {
  return config_.origin + "/" + programme + "/sign-in";
}

/// From memory while it is fresh; the network is asked without the lock.
Result<Json> Provider::document(Kept& kept, const std::string& url, Instant now) {
  {
    const std::lock_guard lock(mutex_);
    if (now < kept.until) return kept.value;
  }
  TRY_ASSIGN(const std::string bytes, fetch_(url, std::nullopt));
  auto read = Json::parse(bytes);
  if (!read || !read->object()) return failed("返回的不是 JSON", "it does not answer with JSON");
  const std::lock_guard lock(mutex_);
  kept = {*read, Instant{now.micros + hour}};
  return kept.value;
}

Result<Json> Provider::addresses(Instant now) {
  if (!fit_address(config_.issuer))
    return failed("签发者的地址须为 https，且不含用户名", "the issuer's address is not https, or names a user");
  TRY_ASSIGN(const Json found, document(addresses_, config_.issuer + "/.well-known/openid-configuration", now));
  if (found["issuer"].string_or("") != config_.issuer)
    return failed("发现文档中的签发者不对", "the discovery document names another issuer");
  for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
    if (!fit_address(found[name].string_or("")))
      return failed("发现文档中的地址须为 https，且不含用户名",
                    "an address of the discovery document is not https, or names a user");
  }
  return found;
}

void Provider::drop_oldest_of(const std::string& peer) {
  auto oldest = pending_.end();
  for (auto at = pending_.begin(); at != pending_.end(); ++at) {
    if (at->second.peer == peer && (oldest == pending_.end() || at->second.until < oldest->second.until)) oldest = at;
  }
  if (oldest != pending_.end()) pending_.erase(oldest);
}

/// Nobody is refused because others begin and don't come back: who has the most pending gives way.
void Provider::keep(const std::string& state, Pending pending, Instant now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(pending_, [&](const auto& entry) { return entry.second.until <= now; });
  std::map<std::string, std::size_t> counts;
  for (const auto& entry : pending_) ++counts[entry.second.peer];
  if (counts[pending.peer] >= pending_each)
    drop_oldest_of(pending.peer);
  else if (pending_.size() >= pending_most)
    drop_oldest_of(std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first);
  pending_[state] = std::move(pending);
}

Result<Provider::Begun> Provider::begin(const std::string& programme, const std::string& peer, SecretSource& secrets,
                                        Instant now) {
  TRY_ASSIGN(const Json known, addresses(now));
  const std::string state = base64url(secrets.bytes(secret_bytes)), nonce = base64url(secrets.bytes(secret_bytes));
  const std::string verifier = base64url(secrets.bytes(secret_bytes));
  const Digest challenge = digest(verifier);
  keep(state, {programme, peer, verifier, nonce, Instant{now.micros + 5 * clock_minute}}, now);
  const std::string query = form_of(
      {{"response_type", "code"},
       {"client_id", config_.client},
       {"redirect_uri", way_back(programme)},
       {"scope", "openid"},
       {"state", state},
       {"nonce", nonce},
       {"code_challenge_method", "S256"},
       {"code_challenge", base64url({reinterpret_cast<const char*>(challenge.bytes.data()), challenge.bytes.size()})}});
  return Begun{known["authorization_endpoint"].string_or("") + "?" + query, state};
}

Result<Provider::Person> Provider::finish(const std::string& programme, const std::string& state,
                                          const std::string& code, Instant now) {
  Pending begun;
  {
    const std::lock_guard lock(mutex_);
    const auto found = pending_.find(state);
    if (found == pending_.end() || found->second.until <= now || found->second.programme != programme)
      return fail(errors::provider_refused,
                  {"不是从这里开始的登录，或已超时", "it was not begun here, or too long ago"});
    begun = found->second;
    pending_.erase(found);
  }
  TRY_ASSIGN(const Json known, addresses(now));
  std::string form = form_of({{"grant_type", "authorization_code"},
                              {"code", code},
                              {"redirect_uri", way_back(programme)},
                              {"client_id", config_.client},
                              {"code_verifier", begun.verifier}});
  if (!config_.secret.empty()) form += "&" + form_of({{"client_secret", config_.secret}});
  TRY_ASSIGN(const std::string answer, fetch_(known["token_endpoint"].string_or(""), form));
  const auto tokens = Json::parse(answer);
  const std::string token = tokens ? (*tokens)["id_token"].string_or("") : "";
  if (token.empty()) return fail(errors::provider_refused, {"没有给出身份令牌", "it gave no identity token"});
  TRY_ASSIGN(Json keys, document(keys_, known["jwks_uri"].string_or(""), now));
  if (!key_known(token, keys)) {   // the provider has changed its keys
    Kept fresh;
    TRY_ASSIGN(keys, document(fresh, known["jwks_uri"].string_or(""), now));
    const std::lock_guard lock(mutex_);
    keys_ = fresh;
  }
  TRY_ASSIGN(const Json claims, check_id_token(token, keys, {config_.issuer, config_.client, begun.nonce, now}));
  for (const std::string& name : {config_.claim, std::string("sub")}) {
    if (text::first_control(claims[name].string_or("")))
      return fail(errors::provider_refused,
                  {"身份令牌里的名字有不可见的控制字符", "the name in its identity token holds a control character"});
  }
  return Person{claims[config_.claim].string_or(""), config_.issuer + "|" + claims["sub"].string_or("")};
}

}   // namespace gangmu::app
