// SPDX-License-Identifier: Apache-2.0
// The identity token of an OpenID Connect provider, believed only when everything about it is right (OpenID Connect
// Core 3.1.3.7): signed with RS256 or ES256 and nothing else, by a key of the provider's own set, for us, now, and for
// the sign-in that we began.
#pragma once

#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

namespace gangmu::app {

struct TokenWish {
  std::string issuer, client, nonce;
  Instant now;
};

/// The claims. Error: provider_refused, saying what is wrong. `keys` is a JWK set (RFC 7517).
Result<Json> check_id_token(std::string_view token, const Json& keys, const TokenWish& wish);
/// Whether the set holds the key that a token names: else the set is to be read anew.
bool key_known(std::string_view token, const Json& keys);

}   // namespace gangmu::app
