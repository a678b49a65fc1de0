// SPDX-License-Identifier: Apache-2.0
#include "store/cipher.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>

#include "base/digest.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t gcm_nonce = 12, gcm_tag = 16, sm4_counter = 16, sm4_key = 16, sm3_tag = 32;

struct ContextFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextFree>;

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
std::string_view text(const Digest& d) { return {reinterpret_cast<const char*>(d.bytes.data()), d.bytes.size()}; }

tl::unexpected<Error> malformed(const char* zh, const char* en) { return fail(errors::sealed_malformed, {zh, en}); }

// --- AES-256-GCM -----------------------------------------------------------------------------------------------------

Result<std::string> gcm_seal(std::string_view key, std::string_view nonce, std::string_view associated,
                             std::string_view plain) {
  const Context c(EVP_CIPHER_CTX_new());
  std::string out(plain.size() + gcm_tag, '\0');
  int n = 0;
  const bool ok = c && EVP_EncryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce)) == 1 &&
                  EVP_EncryptUpdate(c.get(), nullptr, &n, raw(associated), static_cast<int>(associated.size())) == 1 &&
                  EVP_EncryptUpdate(c.get(), raw(out), &n, raw(plain), static_cast<int>(plain.size())) == 1 &&
                  EVP_EncryptFinal_ex(c.get(), raw(out) + n, &n) == 1 &&
                  EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, gcm_tag, raw(out) + plain.size()) == 1;
  if (!ok) return malformed("加解密出错", "the cipher failed");
  return out;
}

Result<std::string> gcm_open(std::string_view key, std::string_view associated, std::string_view sealed) {
  if (sealed.size() < gcm_nonce + gcm_tag) return malformed("长度不足", "it is too short");
  const Context c(EVP_CIPHER_CTX_new());
  const std::string_view nonce = sealed.substr(0, gcm_nonce);
  const std::string_view body = sealed.substr(gcm_nonce, sealed.size() - gcm_nonce - gcm_tag);
  std::string tag(sealed.substr(sealed.size() - gcm_tag)), out(body.size(), '\0');
  int n = 0;
  const bool ok = c && EVP_DecryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce)) == 1 &&
                  EVP_DecryptUpdate(c.get(), nullptr, &n, raw(associated), static_cast<int>(associated.size())) == 1 &&
                  EVP_DecryptUpdate(c.get(), raw(out), &n, raw(body), static_cast<int>(body.size())) == 1 &&
                  EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, gcm_tag, tag.data()) == 1 &&
                  EVP_DecryptFinal_ex(c.get(), raw(out) + n, &n) == 1;
  if (!ok) return malformed("被改动过，或属于另一人", "it was changed, or sealed for another subject");
  return out;
}

// --- SM4-CTR and HMAC-SM3 --------------------------------------------------------------------------------------------

/// Encryption and decryption are the same.
Result<std::string> sm4_ctr(std::string_view key, std::string_view counter, std::string_view in) {
  const Digest derived = hmac(key, "sm4", DigestAlgorithm::sm3);
  const Context c(EVP_CIPHER_CTX_new());
  std::string out(in.size(), '\0');
  int n = 0;
  static_assert(sm4_key <= sizeof derived.bytes);
  const bool ok = c && EVP_EncryptInit_ex(c.get(), EVP_sm4_ctr(), nullptr, derived.bytes.data(), raw(counter)) == 1 &&
                  EVP_EncryptUpdate(c.get(), raw(out), &n, raw(in), static_cast<int>(in.size())) == 1;
  if (!ok) return malformed("加解密出错", "the cipher failed");
  return out;
}

/// Of counter ‖ ciphertext.
Digest sm3_tag_of(std::string_view key, std::string_view associated, std::string_view sealed) {
  std::string message;
  for (int shift = 56; shift >= 0; shift -= 8)
    message += static_cast<char>(static_cast<std::uint64_t>(associated.size()) >> shift);
  message.append(associated).append(sealed);
  return hmac(text(hmac(key, "tag", DigestAlgorithm::sm3)), message, DigestAlgorithm::sm3);
}

Result<std::string> sm4_open(std::string_view key, std::string_view associated, std::string_view sealed) {
  if (sealed.size() < sm4_counter + sm3_tag) return malformed("长度不足", "it is too short");
  const std::string_view told = sealed.substr(sealed.size() - sm3_tag),
                         body = sealed.substr(0, sealed.size() - sm3_tag);
  const Digest right = sm3_tag_of(key, associated, body);
  if (CRYPTO_memcmp(right.bytes.data(), told.data(), sm3_tag) != 0)
    return malformed("被改动过，或属于另一人", "it was changed, or sealed for another subject");
  return sm4_ctr(key, body.substr(0, sm4_counter), body.substr(sm4_counter));
}

}   // namespace

Result<std::string> seal(Cipher cipher, std::string_view key, std::string_view associated, std::string_view plain,
                         SecretSource& secrets) {
  const std::string nonce = secrets.bytes(cipher == Cipher::aes_256_gcm ? gcm_nonce : sm4_counter);
  std::string out(1, static_cast<char>(cipher));
  if (cipher == Cipher::aes_256_gcm) {
    TRY_ASSIGN(const std::string body, gcm_seal(key, nonce, associated, plain));
    return out + nonce + body;
  }
  TRY_ASSIGN(const std::string body, sm4_ctr(key, nonce, plain));
  const Digest tag = sm3_tag_of(key, associated, nonce + body);
  return out.append(nonce).append(body).append(text(tag));
}

Result<std::string> unseal(std::string_view key, std::string_view associated, std::string_view sealed) {
  if (sealed.starts_with(static_cast<char>(Cipher::aes_256_gcm))) return gcm_open(key, associated, sealed.substr(1));
  if (sealed.starts_with(static_cast<char>(Cipher::sm4_sm3))) return sm4_open(key, associated, sealed.substr(1));
  return malformed("不认识的算法", "unknown algorithm");
}

}   // namespace gangmu::store
