// SPDX-License-Identifier: Apache-2.0
#include "store/vault.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "store/errors.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t subject_bytes = 200;
constexpr std::string_view first_line = "gangmu subject keys 1";

tl::unexpected<Error> malformed(const char* zh, const char* en) { return fail(errors::sealed_malformed, {zh, en}); }

Status check_subject(std::string_view subject) {
  const bool plain =
      std::all_of(subject.begin(), subject.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
  if (plain && !subject.empty() && subject.size() <= subject_bytes) return {};
  return fail(errors::limit_exceeded,
              {"subject", std::to_string(subject_bytes) + " bytes, without control characters"});
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
  return out.size() == cipher_key_bytes && text.size() == 2 * cipher_key_bytes ? out : std::string();
}

}   // namespace

Vault::Vault(std::filesystem::path file, SecretSource& secrets, Files& files, Cipher cipher)
    : file_(std::move(file)), secrets_(secrets), files_(files), cipher_(cipher) {}

Status Vault::create(const std::filesystem::path& file, Files& files) {
  if (files.exists(file)) return {};
  return files.write_durably(file, std::string(first_line) + "\n", 0600);
}

/// File: the first line, then "subject<TAB>hex key" or "subject<TAB>erased" a line, sorted by subject.
Result<std::unique_ptr<Vault>> Vault::open(std::filesystem::path file, SecretSource& secrets, Files& files,
                                           Cipher cipher) {
  std::unique_ptr<Vault> vault(new Vault(std::move(file), secrets, files, cipher));
  if (!files.exists(vault->file_)) return fail(errors::key_file_missing, {vault->file_.string()});
  TRY(vault->load());
  return vault;
}

Status Vault::refresh() const {
  const std::lock_guard lock(mutex_);
  return load();
}

Status Vault::load() const {
  TRY_ASSIGN(std::string bytes, files_.read(file_));
  const auto unreadable = [&](std::size_t line) {
    const std::string n = std::to_string(line + 1);
    return fail(errors::key_file_unreadable,
                {file_.string(), "第 " + n + " 行写法有误", "line " + n + " is malformed"});
  };
  const auto lines = text::split(bytes, '\n');
  if (lines.front() != first_line || !lines.back().empty()) return unreadable(0);
  std::map<std::string, std::string, std::less<>> keys;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const auto parts = text::split(lines[i], '\t');
    if (parts.size() != 2) return unreadable(i);
    std::string key = key_of(parts[1]);
    if (key.empty() && parts[1] != "erased") return unreadable(i);
    keys.emplace_hint(keys.end(), parts[0], std::move(key));
  }
  keys_.swap(keys);
  return {};
}

/// Others may have changed the file since: what they wrote is read first, and they wait until the change is done.
Result<std::unique_ptr<FileLock>> Vault::begin_change() const {
  TRY_ASSIGN(auto lock, FileLock::wait(file_.string() + ".lock"));
  TRY(load());
  return lock;
}

Status Vault::save() const {
  std::string out(first_line);
  out += '\n';
  for (const auto& [subject, key] : keys_)
    out += subject + "\t" + (key.empty() ? std::string("erased") : hex(key)) + "\n";
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
  const bool known =
      std::all_of(all.begin(), all.end(), [&](const Sealing& one) { return keys_.contains(one.subject); });
  std::unique_ptr<FileLock> change;
  if (!known) { TRY_ASSIGN(change, begin_change()); }
  std::vector<std::string> fresh;
  for (const Sealing& one : all) {
    if (keys_.contains(one.subject)) continue;
    keys_.emplace(one.subject, secrets_.bytes(cipher_key_bytes));
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
    TRY_ASSIGN(std::string sealed, store::seal(cipher_, key, one.subject, one.value.open(permit), secrets_));
    out.push_back(Bytes{std::move(sealed)});
  }
  return out;
}

Result<Personal<std::string>> Vault::unseal(std::string_view subject, const Bytes& sealed) const {
  const std::lock_guard lock(mutex_);
  auto found = keys_.find(subject);
  if (found == keys_.end()) {   // made by another server since?
    TRY(load());
    found = keys_.find(subject);
  }
  if (found == keys_.end()) return malformed("没有此人的密钥", "there is no key for this subject");
  if (found->second.empty()) return fail(errors::subject_erased);
  TRY_ASSIGN(std::string plain, store::unseal(found->second, subject, sealed.data));
  return Personal<std::string>(std::move(plain));
}

Result<std::string> Vault::open(std::string_view subject, const Bytes& sealed, const UnmaskPermit& permit) const {
  TRY_ASSIGN(const auto value, unseal(subject, sealed));
  return value.open(permit);
}

Status Vault::erase(std::string_view subject) {
  TRY(check_subject(subject));
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(const auto change, begin_change());
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

}   // namespace gangmu::store
