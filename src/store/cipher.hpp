// SPDX-License-Identifier: Apache-2.0
// Authenticated encryption by algorithm id, so that a store can change its algorithm and still open what it sealed
// before.
//
//   1  AES-256-GCM (NIST SP 800-38D)                      id ‖ nonce (12) ‖ ciphertext ‖ tag (16)
//   2  SM4-CTR, then HMAC-SM3 (GB/T 32907, GB/T 32905)    id ‖ counter (16) ‖ ciphertext ‖ tag (32)
//
// Of 2: encryption key = first half of HMAC-SM3(key, "sm4"), tag = HMAC-SM3(HMAC-SM3(key, "tag"), length of the
// associated data (8 bytes, big-endian) ‖ associated data ‖ counter ‖ ciphertext). OpenSSL 3.0 has no SM4-GCM.
#pragma once

#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"

namespace gangmu::store {

enum class Cipher : unsigned char { aes_256_gcm = 1, sm4_sm3 = 2 };

inline constexpr std::size_t cipher_key_bytes = 32;
inline constexpr std::size_t most_overhead = 49;   ///< what sealing adds, at most

/// `associated` is authenticated and not kept. Error: sealed_malformed (the cipher failed).
Result<std::string> seal(Cipher cipher, std::string_view key, std::string_view associated, std::string_view plain,
                         SecretSource& secrets);
/// By the id in front. Error: sealed_malformed.
Result<std::string> unseal(std::string_view key, std::string_view associated, std::string_view sealed);

}   // namespace gangmu::store
