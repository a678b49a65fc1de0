// SPDX-License-Identifier: Apache-2.0
// The second factor: time-based one-time passwords (RFC 6238 over RFC 4226), as authenticator programs make them:
// HMAC-SHA-1, 6 digits, 30 seconds. A code is good once: the caller keeps the step that was used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/result.hpp"

namespace gangmu::access {

enum class OtpHash : unsigned char { sha1, sha256, sha512 };

inline constexpr std::size_t totp_key_bytes = 20;
inline constexpr std::int64_t totp_seconds = 30;

std::string totp(std::string_view key, std::int64_t step, int digits = 6, OtpHash hash = OtpHash::sha1);
std::int64_t totp_step(Instant at);
/// The step a code belongs to: the present one, or one before or after it; nothing when it is wrong or not after
/// `last_used`.
std::optional<std::int64_t> check_totp(std::string_view key, std::string_view code, Instant at, std::int64_t last_used);

std::string base32(std::string_view bytes);   ///< RFC 4648, without padding
/// "otpauth://totp/…", what a QR code for an authenticator says.
std::string totp_uri(std::string_view key, std::string_view issuer, std::string_view account);

}   // namespace gangmu::access
