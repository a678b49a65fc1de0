// SPDX-License-Identifier: Apache-2.0
// Through OpenSSL's EVP. A failing digest means a broken library or no memory: that is an exception, not an Error.
#include "base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>
#include <utility>

#include "base/errors.hpp"

namespace gangmu {
namespace {

struct Named {
  DigestAlgorithm algorithm;
  std::string_view name;
};
constexpr Named names[] = {{DigestAlgorithm::sha256, "sha256"}, {DigestAlgorithm::sm3, "sm3"}};

/// Looked up once a process: a lookup costs more than a short digest.
const EVP_MD* method(DigestAlgorithm algorithm) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static const EVP_MD* const sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
  return algorithm == DigestAlgorithm::sha256 ? sha256 : sm3;
}

void require(bool worked) {
  if (!worked) throw std::runtime_error("OpenSSL refused to compute a digest");
}

EVP_MD_CTX* context(void* p) { return static_cast<EVP_MD_CTX*>(p); }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// Lower case only: a digest has one spelling.
bool read_hex(std::string_view text, std::array<unsigned char, 32>& bytes) {
  if (text.size() != 2 * bytes.size()) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return true;
}

}   // namespace

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string Digest::text() const {
  std::string out;
  for (const Named& n : names)
    if (n.algorithm == algorithm) out = n.name;
  return out + ":" + hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<Digest> Digest::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  for (const Named& n : names) {
    Digest out{n.algorithm, {}};
    if (colon != std::string_view::npos && text.substr(0, colon) == n.name &&
        read_hex(text.substr(colon + 1), out.bytes))
      return out;
  }
  return fail(errors::digest_malformed, {std::string(text)});
}

Digest digest(std::string_view bytes, DigestAlgorithm algorithm) {
  Digest out{algorithm, {}};
  require(EVP_Digest(bytes.data(), bytes.size(), out.bytes.data(), nullptr, method(algorithm), nullptr) == 1);
  return out;
}

Digest hmac(std::string_view key, std::string_view bytes, DigestAlgorithm algorithm) {
  Digest out{algorithm, {}};
  const char* const key_bytes = key.empty() ? "" : key.data();   // HMAC() reads a null key as "the one before"
  require(HMAC(method(algorithm), key_bytes, static_cast<int>(key.size()),
               reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out.bytes.data(),
               nullptr) != nullptr);
  return out;
}

Digester::Digester(DigestAlgorithm algorithm) : context_(EVP_MD_CTX_new()), algorithm_(algorithm) {
  require(context_ != nullptr && EVP_DigestInit_ex(context(context_), method(algorithm), nullptr) == 1);
}

Digester::~Digester() { EVP_MD_CTX_free(context(context_)); }

Digester::Digester(Digester&& other) noexcept
    : context_(std::exchange(other.context_, nullptr)), algorithm_(other.algorithm_) {}

Digester& Digester::operator=(Digester&& other) noexcept {
  std::swap(context_, other.context_);
  std::swap(algorithm_, other.algorithm_);
  return *this;
}

void Digester::add(std::string_view bytes) {
  require(EVP_DigestUpdate(context(context_), bytes.data(), bytes.size()) == 1);
}

Digest Digester::finish() {
  Digest out{algorithm_, {}};
  require(EVP_DigestFinal_ex(context(context_), out.bytes.data(), nullptr) == 1);
  return out;
}

}   // namespace gangmu
