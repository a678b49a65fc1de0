// SPDX-License-Identifier: Apache-2.0
#include "app/id_token.hpp"

#include <cjose/cjose.h>

#include <algorithm>
#include <memory>

#include "app/errors.hpp"

namespace gangmu::app {
namespace {

constexpr std::int64_t skew_seconds = 60;
constexpr std::size_t id_token_most = 16 * 1024;

struct Free {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Jws = std::unique_ptr<cjose_jws_t, Free>;
using Jwk = std::unique_ptr<cjose_jwk_t, Free>;

tl::unexpected<Error> refused(const char* zh, const char* en) { return fail(errors::provider_refused, {zh, en}); }

std::string header_of(cjose_jws_t* jws, const char* name) {
  cjose_err error{};
  const char* value = cjose_header_get(cjose_jws_get_protected(jws), name, &error);
  return value ? value : "";
}

const Json::Array& keys_of(const Json& set) {
  static const Json::Array none;
  return set["keys"].array() ? *set["keys"].array() : none;
}

/// The key a token names; one without a name is taken when it is the only one of its kind.
const Json* key_for(const Json& set, const std::string& id, std::string_view kind) {
  const Json* found = nullptr;
  int fitting = 0;
  for (const Json& key : keys_of(set)) {
    if (key["kty"].string_or("") != kind || key["use"].string_or("sig") != "sig") continue;
    if (!id.empty() && key["kid"].string_or("") != id) continue;
    found = &key;
    ++fitting;
  }
  return fitting == 1 ? found : nullptr;
}

bool for_us(const Json& claims, const std::string& client) {
  const Json& audience = claims["aud"];
  if (audience.string()) return *audience.string() == client;
  const auto* list = audience.array();
  const bool named = list && std::ranges::any_of(*list, [&](const Json& one) { return one.string_or("") == client; });
  return named && (list->size() == 1 || claims["azp"].string_or("") == client);
}

Status check_claims(const Json& claims, const TokenWish& wish) {
  const std::int64_t now = wish.now.micros / 1'000'000;
  if (claims["iss"].string_or("") != wish.issuer) return refused("签发者不对", "another issuer");
  if (!for_us(claims, wish.client)) return refused("不是发给本系统的", "it is for somebody else");
  if (claims["exp"].integer_or(0) <= now - skew_seconds) return refused("已过期", "it has expired");
  if (claims["iat"].integer_or(INT64_MAX) > now + skew_seconds)
    return refused("签发时间在将来", "it was issued in the future");
  if (wish.nonce.empty() || claims["nonce"].string_or("") != wish.nonce)
    return refused("不属于这次登录", "it belongs to another sign-in");
  if (claims["sub"].string_or("").empty()) return refused("没有用户编号", "it names nobody");
  return {};
}

Result<Jws> parsed(std::string_view token) {
  cjose_err error{};
  if (token.size() > id_token_most) return refused("令牌过长", "the token is too long");
  Jws jws(cjose_jws_import(token.data(), token.size(), &error));
  if (!jws) return refused("令牌无法读取", "the token can't be read");
  return jws;
}

}   // namespace

Result<Json> check_id_token(std::string_view token, const Json& keys, const TokenWish& wish) {
  TRY_ASSIGN(const Jws jws, parsed(token));
  const std::string algorithm = header_of(jws.get(), "alg");
  if (algorithm != "RS256" && algorithm != "ES256")
    return refused("签名算法不在 RS256、ES256 之列", "its algorithm is neither RS256 nor ES256");
  const Json* key = key_for(keys, header_of(jws.get(), "kid"), algorithm == "RS256" ? "RSA" : "EC");
  if (!key) return refused("没有对应的公钥", "the provider has no such key");
  cjose_err error{};
  const std::string text = key->canonical();
  const Jwk jwk(cjose_jwk_import(text.data(), text.size(), &error));
  if (!jwk || !cjose_jws_verify(jws.get(), jwk.get(), &error)) return refused("签名不对", "its signature is wrong");
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &error))
    return refused("令牌无法读取", "the token can't be read");
  const auto claims = Json::parse({reinterpret_cast<const char*>(bytes), size});
  if (!claims) return refused("令牌无法读取", "the token can't be read");
  TRY(check_claims(*claims, wish));
  return *claims;
}

bool key_known(std::string_view token, const Json& keys) {
  const auto jws = parsed(token);
  if (!jws) return true;   // reading the keys anew would not help
  const std::string id = header_of(jws->get(), "kid");
  return std::ranges::any_of(keys_of(keys),
                             [&](const Json& key) { return id.empty() || key["kid"].string_or("") == id; });
}

}   // namespace gangmu::app
