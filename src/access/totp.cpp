// SPDX-License-Identifier: Apache-2.0
#include "access/totp.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/text.hpp"

namespace gangmu::access {
namespace {

const EVP_MD* algorithm(OtpHash hash) {
  return hash == OtpHash::sha1 ? EVP_sha1() : hash == OtpHash::sha256 ? EVP_sha256() : EVP_sha512();
}

std::array<unsigned char, 8> big_endian(std::int64_t n) {
  std::array<unsigned char, 8> out{};
  for (int i = 0; i < 8; ++i)
    out[static_cast<std::size_t>(7 - i)] = static_cast<unsigned char>(static_cast<std::uint64_t>(n) >> (8 * i));
  return out;
}

}   // namespace

std::string totp(std::string_view key, std::int64_t step, int digits, OtpHash hash) {
  const auto message = big_endian(step);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  HMAC(algorithm(hash), key.data(), static_cast<int>(key.size()), message.data(), message.size(), mac.data(), &size);
  const std::size_t at = mac[size - 1] & 0x0F;   // dynamic truncation, RFC 4226 5.3
  std::uint32_t code = ((mac[at] & 0x7Fu) << 24) | (static_cast<std::uint32_t>(mac[at + 1]) << 16) |
                       (static_cast<std::uint32_t>(mac[at + 2]) << 8) | mac[at + 3];
  std::uint32_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  return fmt::format("{:0{}}", code % modulus, digits);
}

std::int64_t totp_step(Instant at) { return at.micros / 1'000'000 / totp_seconds; }

std::optional<std::int64_t> check_totp(std::string_view key, std::string_view code, Instant at,
                                       std::int64_t last_used) {
  const std::int64_t now = totp_step(at);
  std::optional<std::int64_t> found;
  for (std::int64_t step = now - 1; step <= now + 1; ++step) {
    const std::string right = totp(key, step);
    const bool same = code.size() == right.size() && CRYPTO_memcmp(code.data(), right.data(), right.size()) == 0;
    if (same && step > last_used) found = step;
  }
  return found;
}

std::string base32(std::string_view bytes) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned bits = 0, held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) out += letters[(bits >> (held - 5)) & 31];
    bits &= (1u << held) - 1;
  }
  if (held > 0) out += letters[(bits << (5 - held)) & 31];
  return out;
}

std::string totp_uri(std::string_view key, std::string_view issuer, std::string_view account) {
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", text::percent_encoded(issuer),
                     text::percent_encoded(account), base32(key), text::percent_encoded(issuer));
}

}   // namespace gangmu::access
