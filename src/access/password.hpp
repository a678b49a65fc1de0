// SPDX-License-Identifier: Apache-2.0
// Passwords as Argon2id (RFC 9106) in the PHC string form: "$argon2id$v=19$m=19456,t=2,p=1$salt$hash". Parameters stand
// in the string, so old ones verify after the cost was raised, and are made anew at the next sign-in.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu::access {

struct HashCost {
  unsigned memory_kib = 19 * 1024;   ///< OWASP's least for Argon2id with two passes
  unsigned passes = 2;
  unsigned lanes = 1;
};

inline constexpr std::size_t salt_bytes = 16, password_least = 10, password_most_bytes = 256;

/// Long enough, not digits only, not a run, not of a few characters, not holding the sign-in name. Errors:
/// password_short (least, in characters), password_long, password_plain. Composition rules are not asked for (NIST SP
/// 800-63B 5.1.1.2).
Status check_password(std::string_view password, std::string_view login);
/// Error: hash_failed. `salt` has salt_bytes unpredictable bytes.
Result<std::string> hash_password(std::string_view password, std::string_view salt, HashCost cost = {});
bool verify_password(std::string_view phc, std::string_view password);   ///< false for a malformed string as well
bool costs_less(std::string_view phc, HashCost cost);                    ///< made with less than `cost`: hash it again

}   // namespace gangmu::access
