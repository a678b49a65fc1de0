// SPDX-License-Identifier: Apache-2.0
#include "store/vault.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr char aes_256_gcm = 1;
constexpr std::size_t key_bytes = 32, nonce_bytes = 12, tag_bytes = 16, overhead = 1 + nonce_bytes + tag_bytes;
constexpr std::size_t subject_bytes = 200;
constexpr std::string_view first_line = "gangmu subject keys 1";

struct CipherFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

tl::unexpected<Error> malformed(const char* what) { return fail(errors::sealed_malformed, {what}); }

Status check_subject(std::string_view subject) {
  const bool plain = std::all_of(subject.begin(), subject.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
  if (plain && !subject.empty() && subject.size() <= subject_bytes) return {};
  return fail(errors::limit_exceeded, {"subject", std::to_string(subject_bytes) + " bytes, without control characters"});
}

Result<std::string> encrypt(std::string_view key, std::string_view nonce, std::string_view subject, std::string_view plain) {
  const Cipher c(EVP_CIPHER_CTX_new());
  std::string out(plain.size() + tag_bytes, '\0');
  int n = 0;
  const bool ok = c && EVP_EncryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce)) == 1 &&
                  EVP_EncryptUpdate(c.get(), nullptr, &n, raw(subject), static_cast<int>(subject.size())) == 1 &&
                  EVP_EncryptUpdate(c.get(), raw(out), &n, raw(plain), static_cast<int>(plain.size())) == 1 &&
                  EVP_EncryptFinal_ex(c.get(), raw(out) + n, &n) == 1 &&
                  EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, raw(out) + plain.size()) == 1;
  if (!ok) return malformed("the cipher failed");
  return out;
}

/// sealed: nonce ‖ ciphertext ‖ tag.
Result<std::string> decrypt(std::string_view key, std::string_view sealed, std::string_view subject) {
  const Cipher c(EVP_CIPHER_CTX_new());
  const std::string_view nonce = sealed.substr(0, nonce_bytes);
  const std::string_view body = sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
  std::string tag(sealed.substr(sealed.size() - tag_bytes));
  std::string out(body.size(), '\0');
  int n = 0;
  const bool ok = c && EVP_DecryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce)) == 1 &&
                  EVP_DecryptUpdate(c.get(), nullptr, &n, raw(subject), static_cast<int>(subject.size())) == 1 &&
                  EVP_DecryptUpdate(c.get(), raw(out), &n, raw(body), static_cast<int>(body.size())) == 1 &&
                  EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
                  EVP_DecryptFinal_ex(c.get(), raw(out) + n, &n) == 1;
  if (!ok) return malformed("it was changed, or sealed for another subject");
  return out;
}

int nibble(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/// Empty when it is no key in hex.
std::string key_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const int high = nibble(text[i]), low = nibble(text[i + 1]);
    if (high < 0 || low < 0) return {};
    out += static_cast<char>(high * 16 + low);
  }
  return out.size() == key_bytes && text.size() == 2 * key_bytes ? out : std::string();
}

}  // namespace

Vault::Vault(std::filesystem::path file, SecretSource& secrets, Files& files)
    : file_(std::move(file)), secrets_(secrets), files_(files) {}

Status Vault::create(const std::filesystem::path& file, Files& files) {
  if (files.exists(file)) return {};
  return files.write_durably(file, std::string(first_line) + "\n", 0600);
}

/// File: the first line, then "subject<TAB>hex key" or "subject<TAB>erased" a line, sorted by subject.
Result<std::unique_ptr<Vault>> Vault::open(std::filesystem::path file, SecretSource& secrets, Files& files) {
  std::unique_ptr<Vault> vault(new Vault(std::move(file), secrets, files));
  if (!files.exists(vault->file_)) return fail(errors::key_file_missing, {vault->file_.string()});
  TRY_ASSIGN(const std::string bytes, files.read(vault->file_));
  const auto unreadable = [&](std::size_t line) {
    const std::string n = std::to_string(line + 1);
    return fail(errors::key_file_unreadable, {vault->file_.string(), "第 " + n + " 行写法有误", "line " + n + " is malformed"});
  };
  const auto lines = text::split(bytes, '\n');
  if (lines.front() != first_line || !lines.back().empty()) return unreadable(0);
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const auto parts = text::split(lines[i], '\t');
    if (parts.size() != 2) return unreadable(i);
    std::string key = key_of(parts[1]);
    if (key.empty() && parts[1] != "erased") return unreadable(i);
    vault->keys_.emplace(parts[0], std::move(key));
  }
  return vault;
}

Status Vault::save() const {
  std::string out(first_line);
  out += '\n';
  for (const auto& [subject, key] : keys_) out += subject + "\t" + (key.empty() ? std::string("erased") : hex(key)) + "\n";
  const Status written = files_.write_durably(file_, out, 0600);
  OPENSSL_cleanse(out.data(), out.size());
  return written;
}

Result<Bytes> Vault::seal(std::string_view subject, const Personal<std::string>& value) {
  const Sealing one{std::string(subject), value};
  TRY_ASSIGN(std::vector<Bytes> sealed, seal_all({&one, 1}));
  return std::move(sealed.front());
}

Result<std::vector<Bytes>> Vault::seal_all(std::span<const Sealing> all) {
  for (const Sealing& one : all) TRY(check_subject(one.subject));
  const std::lock_guard lock(mutex_);
  std::vector<std::string> fresh;
  for (const Sealing& one : all) {
    if (keys_.contains(one.subject)) continue;
    keys_.emplace(one.subject, secrets_.bytes(key_bytes));
    fresh.push_back(one.subject);
  }
  if (const Status saved = fresh.empty() ? Status() : save(); !saved) {   // before anything is sealed under them
    for (const std::string& subject : fresh) keys_.erase(subject);
    return fail(saved.error());
  }
  const auto permit = UnmaskPermit::grant("store.vault", "seal");
  std::vector<Bytes> out;
  for (const Sealing& one : all) {
    const std::string& key = keys_.find(one.subject)->second;
    if (key.empty()) return fail(errors::subject_erased);
    const std::string nonce = secrets_.bytes(nonce_bytes);
    TRY_ASSIGN(const std::string sealed, encrypt(key, nonce, one.subject, one.value.open(permit)));
    out.push_back(Bytes{std::string(1, aes_256_gcm) + nonce + sealed});
  }
  return out;
}

Result<Personal<std::string>> Vault::unseal(std::string_view subject, const Bytes& sealed) const {
  const std::lock_guard lock(mutex_);
  const auto found = keys_.find(subject);
  if (found == keys_.end()) return malformed("there is no key for this subject");
  if (found->second.empty()) return fail(errors::subject_erased);
  if (sealed.data.size() < overhead || sealed.data[0] != aes_256_gcm) return malformed("unknown algorithm, or too short");
  TRY_ASSIGN(std::string plain, decrypt(found->second, std::string_view(sealed.data).substr(1), subject));
  return Personal<std::string>(std::move(plain));
}

Result<std::string> Vault::open(std::string_view subject, const Bytes& sealed, const UnmaskPermit& permit) const {
  TRY_ASSIGN(const auto value, unseal(subject, sealed));
  return value.open(permit);
}

Status Vault::erase(std::string_view subject) {
  TRY(check_subject(subject));
  const std::lock_guard lock(mutex_);
  std::string& key = keys_[std::string(subject)];
  std::string old = key;
  key.clear();
  const Status saved = save();
  if (!saved) key = old;
  OPENSSL_cleanse(old.data(), old.size());
  return saved;
}

bool Vault::erased(std::string_view subject) const {
  const std::lock_guard lock(mutex_);
  const auto found = keys_.find(subject);
  return found != keys_.end() && found->second.empty();
}

bool Vault::knows(std::string_view subject) const {
  const std::lock_guard lock(mutex_);
  return keys_.contains(subject);
}

}  // namespace gangmu::store
