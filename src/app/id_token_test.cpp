// SPDX-License-Identifier: Apache-2.0
// Identity tokens and the sign-in through a provider, against tokens signed here by right and by wrong keys. A real
// provider, run separately, stands in e2e/provider.test.mjs.
#include "app/id_token.hpp"

#include <cjose/cjose.h>
#include <gtest/gtest.h>

#include "app/account.hpp"
#include "app/errors.hpp"
#include "app/sessions.hpp"
#include "app/test_world.hpp"

namespace gangmu::app::test {
namespace {

struct Key {
  cjose_jwk_t* jwk = nullptr;
  Json shown;   ///< as the provider publishes it

  Key(bool rsa, const std::string& id) {
    cjose_err error{};
    jwk = rsa ? cjose_jwk_create_RSA_random(2048, reinterpret_cast<const std::uint8_t*>("\x01\x00\x01"), 3, &error)
              : cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error);
    cjose_jwk_set_kid(jwk, id.c_str(), id.size(), &error);
    char* text = cjose_jwk_to_json(jwk, false, &error);
    shown = *Json::parse(text);
    free(text);
  }
  ~Key() { cjose_jwk_release(jwk); }
  Key(const Key&) = delete;
};

std::string token(const Key& key, const char* algorithm, const Json& claims, const std::string& id) {
  cjose_err error{};
  cjose_header_t* header = cjose_header_new(&error);
  cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &error);
  cjose_header_set(header, CJOSE_HDR_KID, id.c_str(), &error);
  const std::string text = claims.canonical();
  cjose_jws_t* jws =
      cjose_jws_sign(key.jwk, header, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &error);
  const char* out = nullptr;
  std::string kept = jws && cjose_jws_export(jws, &out, &error) ? out : "";
  cjose_jws_release(jws);
  cjose_header_release(header);
  return kept;
}

const Instant now{1'700'000'000'000'000};

Json good() {
  Json claims;
  claims.set("iss", "https://id.example");
  claims.set("aud", "gangmu");
  claims.set("sub", "clerk");
  claims.set("nonce", "n1");
  claims.set("iat", 1'700'000'000);
  claims.set("exp", 1'700'000'300);
  return claims;
}
Json with(const char* name, Json value) {
  Json claims = good();
  claims.set(name, std::move(value));
  return claims;
}
Json set_of(std::initializer_list<const Key*> keys) {
  Json list(Json::Array{}), out;
  for (const Key* key : keys) list.push(key->shown);
  out.set("keys", list);
  return out;
}
const TokenWish wish{"https://id.example", "gangmu", "n1", now};
std::string why(const Result<Json>& claims) { return claims ? "good" : claims.error().first().arguments.at(1); }

TEST(IdToken, IsBelievedOnlyWhenEverythingIsRight) {
  const Key rsa(true, "r"), ec(false, "e"), stranger(true, "r");
  const Json keys = set_of({&rsa, &ec});
  EXPECT_EQ(why(check_id_token(token(rsa, "RS256", good(), "r"), keys, wish)), "good");
  EXPECT_EQ(why(check_id_token(token(ec, "ES256", good(), "e"), keys, wish)), "good");
  EXPECT_EQ(why(check_id_token(token(rsa, "RS256", good(), ""), keys, wish)), "good") << "the only key of its kind";
  EXPECT_EQ(why(check_id_token(token(stranger, "RS256", good(), "r"), keys, wish)), "its signature is wrong");
  EXPECT_EQ(why(check_id_token(token(rsa, "RS256", good(), "x"), keys, wish)), "the provider has no such key");
  EXPECT_EQ(why(check_id_token(token(rsa, "PS256", good(), "r"), keys, wish)),
            "its algorithm is neither RS256 nor ES256");
  EXPECT_EQ(why(check_id_token(token(rsa, "RS512", good(), "r"), keys, wish)),
            "its algorithm is neither RS256 nor ES256");
  EXPECT_EQ(why(check_id_token("eyJhbGciOiJub25lIn0.eyJzdWIiOiJjbGVyayJ9.", keys, wish)).find("good"),
            std::string::npos)
      << "alg none";
  EXPECT_EQ(why(check_id_token("not a token", keys, wish)), "the token can't be read");
  const struct {
    Json claims;
    const char* why;
  } rows[] = {{with("iss", "https://evil.example"), "another issuer"},
              {with("aud", "other"), "it is for somebody else"},
              {with("aud", Json(Json::Array{"gangmu", "other"})), "it is for somebody else"},
              {with("exp", 1'699'999'900), "it has expired"},
              {with("iat", 1'700'000'100), "it was issued in the future"},
              {with("nonce", "n2"), "it belongs to another sign-in"},
              {with("sub", ""), "it names nobody"}};
  for (const auto& row : rows)
    EXPECT_EQ(why(check_id_token(token(rsa, "RS256", row.claims, "r"), keys, wish)), row.why);
  std::string bent = token(rsa, "RS256", good(), "r");
  bent[bent.find('.') + 5] ^= 1;
  EXPECT_NE(why(check_id_token(bent, keys, wish)), "good");
}

TEST(Provider, SignsInTheAccountItNamesOnceAndBindsIt) {
  World world;
  const Key key(true, "k");
  Json claims = good();
  std::string posted;
  world.service().sign_in_through(std::make_unique<Provider>(
      ProviderConfig{.issuer = "https://id.example", .client = "gangmu", .origin = "https://gangmu.example"},
      [&](const std::string& url, const std::optional<std::string>& form) -> Result<std::string> {
        if (url.ends_with("openid-configuration"))
          return R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/auth","token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/keys"})";
        if (url.ends_with("/keys")) return set_of({&key}).canonical();
        posted = form.value_or("");
        Json answer;
        answer.set("id_token", token(key, "RS256", claims, "k"));
        return answer.canonical();
      }));
  Call console = world.call();
  console.actor = Actor::console();
  const auto clerk = must(make_account(world.service(), world.store(), console,
                                       {.login = "clerk", .name = "填报员", .phone = {}, .place = PlaceId{3}}));
  const auto call = [&](std::string body) {
    Call out = world.call({}, std::move(body));
    out.actor = {};
    return out;
  };
  const auto attempt = [&](const char* subject) {
    const Told begun = told(begin_provider_sign_in(world.service(), call("{}")));
    const std::string url = begun["url"].string_or("");
    const std::size_t at = url.find("nonce=") + 6;
    const std::int64_t seconds = world.clock.now().micros / 1'000'000;
    claims.set("nonce", url.substr(at, url.find('&', at) - at));
    claims.set("sub", subject);
    claims.set("iat", seconds);
    claims.set("exp", seconds + 60);
    return R"({"state":")" + begun["state"].string_or("") + R"(","code":"c1"})";
  };
  const std::string first = attempt("clerk");
  const auto in = provider_sign_in(world.service(), call(first));
  ASSERT_TRUE(in) << in.error().text(Language::en);
  EXPECT_TRUE(in->token && !in->token->empty());
  EXPECT_NE(posted.find("code_verifier="), std::string::npos);
  EXPECT_EQ(find_account(*world.store().view(), clerk.id)->state, account_active);
  EXPECT_TRUE(provider_sign_in(world.service(), call(first)).error().is(errors::provider_refused))
      << "a state is good once";
  EXPECT_TRUE(provider_sign_in(world.service(), call(attempt("stranger"))).error().is(errors::sign_in_refused))
      << "nobody is let in without an account";
  const std::int64_t before = world.store().view()->seq.value;
  for (const char* name : {"clerk\x01", "\xEF\xBF\xBE", "cl\x1B[2Jerk",
                           "\xC2\x85"
                           "clerk"})
    EXPECT_TRUE(provider_sign_in(world.service(), call(attempt(name))).error().is(errors::provider_refused)) << name;
  EXPECT_EQ(world.store().view()->seq.value, before) << "nor does such a name come into the audit";
  const std::string late = attempt("clerk");
  world.clock.time.micros += 11 * 60'000'000LL;
  EXPECT_TRUE(provider_sign_in(world.service(), call(late)).error().is(errors::provider_refused)) << "five minutes";
}

}   // namespace
}   // namespace gangmu::app::test
