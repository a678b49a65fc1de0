// SPDX-License-Identifier: Apache-2.0
#include "store/vault.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>
#include <unordered_set>

#include "store/errors.hpp"
#include "store/page_shim.hpp"

namespace gangmu::store {
namespace {

constexpr std::size_t subject_bytes = 200;
tl::unexpected<Error> closed(const char* zh, const char* en) { return fail(errors::sealed_malformed, {zh, en}); }

Status check_subject(std::string_view subject) {
  const bool plain =
      std::all_of(subject.begin(), subject.end(), [](char c) { return static_cast<unsigned char>(c) >= ' '; });
  if (plain && !subject.empty() && subject.size() <= subject_bytes) return {};
  return fail(errors::limit_exceeded,
              {"subject", std::to_string(subject_bytes) + " bytes, without control characters"});
}

void apply(const KeySlot& slot, auto& keys, std::uint32_t number) {
  if (slot.state == KeySlot::State::empty) return;
  const auto [kept, added] = keys.try_emplace(slot.subject, slot.key, number, slot.group);
  if (added || slot.state == KeySlot::State::key) return;   // a key is made once
  OPENSSL_cleanse(kept->second.key.data(), kept->second.key.size());
  kept->second.key.clear();
}

}   // namespace

Vault::Vault(std::filesystem::path file, SecretSource& secrets, Files& files, Cipher cipher)
    : file_(std::move(file)), secrets_(secrets), files_(files), cipher_(cipher) {}

std::size_t Vault::FirstBytes::operator()(const SubjectDigest& digest) const {
  std::size_t out = 0;
  std::memcpy(&out, digest.data(), sizeof out);
  return out;
}

Status Vault::create(const std::filesystem::path& file, Files& files) {
  if (files.exists(file)) return {};
  return files.write_durably(file, key_file_header(), 0600);
}

Result<std::unique_ptr<Vault>> Vault::open(std::filesystem::path file, SecretSource& secrets, Files& files,
                                           Cipher cipher) {
  std::unique_ptr<Vault> vault(new Vault(std::move(file), secrets, files, cipher));
  if (!files.exists(vault->file_)) return fail(errors::key_file_missing, {vault->file_.string()});
  TRY(vault->load_whole());
  return vault;
}

Status Vault::refresh() const {
  const std::lock_guard lock(mutex_);
  return load();
}

/// From the last sound slot on; it tells whether this is the file that was read before.
Status Vault::load() const {
  if (contents_.old_form || doubtful_) return load_whole();
  TRY_ASSIGN(std::string bytes, files_.read_from(file_, key_slot_bytes * contents_.sound));
  const bool same = bytes.size() >= key_slot_bytes && xxh64({bytes.data(), key_slot_bytes}, 0) == contents_.last_sum;
  const Status taken = same ? take(contents_, std::string_view(bytes).substr(key_slot_bytes)) : load_whole();
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return taken;
}

Status Vault::load_whole() const {
  TRY_ASSIGN(std::string bytes, files_.read(file_));
  Contents fresh;
  if (is_old_key_file(bytes)) {
    const auto slots = read_old_key_file(bytes);
    const std::string n = slots ? "" : std::to_string(slots.error());
    if (!slots)
      return fail(errors::key_file_unreadable,
                  {file_.string(), "第 " + n + " 行写法有误", "line " + n + " is malformed"});
    fresh.old_form = true;
    for (const KeySlot& slot : *slots) apply(slot, fresh.keys, fresh.sound++);
  } else if (!bytes.starts_with(key_file_header())) {
    return fail(errors::key_file_unreadable, {file_.string(), "第 1 行写法有误", "line 1 is malformed"});
  } else {
    fresh.last_sum = xxh64({bytes.data(), key_slot_bytes}, 0);
    TRY(take(fresh, std::string_view(bytes).substr(key_slot_bytes)));
    if (!rewriting_failed_) TRY(files_.sync(file_.parent_path()));   // its name, should it be new
  }
  OPENSSL_cleanse(bytes.data(), bytes.size());
  std::swap(contents_, fresh);
  return {};
}

/// The slots behind the sound ones. Whoever wrote them may have ended before its sync: they are synced before anything
/// is sealed under them.
Status Vault::take(Contents& contents, std::string_view bytes) const {
  const KeySlots read = read_slots(bytes, contents.sound);
  if (read.damaged) {
    const std::string n = std::to_string(*read.damaged + 1);
    return fail(errors::key_file_unreadable,
                {file_.string(), "第 " + n + " 个密钥位对不上校验和", "key " + n + " does not match its checksum"});
  }
  if (!read.slots.empty() && !doubtful_) TRY(files_.sync(file_));
  const std::uint32_t first = contents.sound;
  std::uint32_t number = first;
  for (const auto& slot : read.slots) {
    if (slot) apply(*slot, contents.keys, number);
    ++number;
  }
  auto sound = first + static_cast<std::uint32_t>(read.sound());
  if (doubtful_) sound = std::max(first, std::min(sound, *doubtful_));
  if (sound > first) contents.last_sum = xxh64(bytes.substr(key_slot_bytes * (sound - first - 1), key_slot_bytes), 0);
  contents.sound = sound;
  OPENSSL_cleanse(contents.beyond.data(), contents.beyond.size());
  contents.beyond.clear();
  for (std::uint32_t i = sound; i < number; ++i) {
    const auto& slot = read.slots[i - first];
    contents.beyond += slot ? std::string(bytes.substr(key_slot_bytes * (i - first), key_slot_bytes))
                            : slot_text({.subject = {}, .state = KeySlot::State::empty, .group = sound}, i);
  }
  return {};
}

/// Others may have changed the file since: what they wrote is read first, and they wait until the change is done.
Result<std::unique_ptr<FileLock>> Vault::begin_change() const {
  TRY_ASSIGN(auto lock, FileLock::wait(file_.string() + ".lock"));
  TRY(load());
  return lock;
}

/// Memory follows what the file says now, and the next change writes it again from here.
Status Vault::failed(Status status, std::uint32_t number) {
  doubtful_ = std::min(number, doubtful_.value_or(number));
  (void)load_whole();   // where it can't be read either, what was known stays
  return status;
}

Status Vault::append(std::vector<KeySlot> fresh) {
  if (contents_.old_form || rewriting_failed_) return rewrite(fresh);
  std::string bytes = contents_.beyond;
  auto number = contents_.sound + static_cast<std::uint32_t>(bytes.size() / key_slot_bytes);
  const std::uint32_t first = number;
  for (KeySlot& slot : fresh) {
    slot.group = contents_.sound;
    bytes += slot_text(slot, number++);
  }
  if (bytes.empty()) return {};
  const Status written = files_.write_at(file_, key_slot_bytes * (contents_.sound + std::size_t{1}), bytes);
  if (written) {
    number = first;
    for (const KeySlot& slot : fresh) apply(slot, contents_.keys, number++);
    contents_.sound = number;
    contents_.last_sum = xxh64(std::string_view(bytes).substr(bytes.size() - key_slot_bytes), 0);
    contents_.beyond.clear();
    doubtful_.reset();
  }
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return written ? written : failed(written, contents_.sound);
}

/// The whole file in the form of now, once: what was written in the form before.
Status Vault::rewrite(const std::vector<KeySlot>& fresh) {
  std::vector<std::pair<std::uint32_t, KeySlot>> all;
  for (const auto& [subject, kept] : contents_.keys)
    all.emplace_back(kept.number,
                     KeySlot{subject, kept.key.empty() ? KeySlot::State::erased : KeySlot::State::key, 0, kept.key});
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string bytes = key_file_header();
  std::uint32_t number = 0;
  for (const auto& [_, slot] : all) bytes += slot_text(slot, number++);
  for (const KeySlot& slot : fresh) bytes += slot_text(slot, number++);
  const Status written = files_.write_durably(file_, bytes, 0600);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  rewriting_failed_ = !written;
  if (!written) return failed(written, 0);
  doubtful_.reset();
  return load_whole();
}

Result<Bytes> Vault::seal(std::string_view subject, const Personal<std::string>& value) {
  const Sealing one{std::string(subject), value};
  TRY_ASSIGN(std::vector<Bytes> sealed, seal_all({&one, 1}));
  return std::move(sealed.front());
}

Result<std::vector<Bytes>> Vault::seal_all(std::span<const Sealing> all) {
  for (const Sealing& one : all) TRY(check_subject(one.subject));
  const std::lock_guard lock(mutex_);
  std::vector<SubjectDigest> subjects;
  for (const Sealing& one : all) subjects.push_back(subject_digest(one.subject));
  const auto known = [&](const SubjectDigest& subject) { return find(subject) != nullptr; };
  if (doubtful_ || !std::all_of(subjects.begin(), subjects.end(), known)) {
    TRY_ASSIGN(const auto change, begin_change());
    std::unordered_set<SubjectDigest, FirstBytes> seen;
    std::vector<KeySlot> fresh;
    for (const SubjectDigest& subject : subjects)
      if (!known(subject) && seen.insert(subject).second)
        fresh.push_back({subject, KeySlot::State::key, 0, secrets_.bytes(cipher_key_bytes)});
    TRY(append(std::move(fresh)));   // before anything is sealed under them
  }
  const auto permit = UnmaskPermit::grant("store.vault", "seal");
  std::vector<Bytes> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string& key = find(subjects[i])->key;
    if (key.empty()) return fail(errors::subject_erased);
    TRY_ASSIGN(std::string sealed, store::seal(cipher_, key, all[i].subject, all[i].value.open(permit), secrets_));
    out.push_back(Bytes{std::move(sealed)});
  }
  return out;
}

Result<Personal<std::string>> Vault::unseal(std::string_view subject, const Bytes& sealed) const {
  const std::lock_guard lock(mutex_);
  const SubjectDigest id = subject_digest(subject);
  const Kept* kept = find(id);
  if (!kept) {   // made by another server since?
    TRY(load());
    kept = find(id);
  }
  if (!kept) return closed("没有此人的密钥", "there is no key for this subject");
  if (kept->key.empty()) return fail(errors::subject_erased);
  TRY_ASSIGN(std::string plain, store::unseal(kept->key, subject, sealed.data));
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
  TRY(append({}));                               // in the form of now, and sure of what is there
  TRY(files_.remove(file_.string() + ".new"));   // left by a rewriting that a power cut ended: keys are in it
  const SubjectDigest id = subject_digest(subject);
  if (const Kept* kept = find(id); kept && !kept->key.empty()) TRY(overwrite(id, *kept));
  return append({{id, KeySlot::State::erased, 0, {}}});
}

/// Its slot says erased, and nothing of the key is left in it.
Status Vault::overwrite(const SubjectDigest& subject, const Kept& kept) {
  const std::uint32_t number = kept.number;
  const KeySlot slot{subject, KeySlot::State::erased, kept.group, {}};
  const std::string bytes = slot_text(slot, number);
  if (const Status written = files_.write_at(file_, key_slot_bytes * (number + std::size_t{1}), bytes); !written)
    return failed(written, number);
  apply(slot, contents_.keys, number);
  if (number + 1 == contents_.sound) contents_.last_sum = xxh64(bytes, 0);
  return {};
}

const Vault::Kept* Vault::find(const SubjectDigest& subject) const {
  const auto found = contents_.keys.find(subject);
  return found == contents_.keys.end() ? nullptr : &found->second;
}

bool Vault::erased(std::string_view subject) const {
  const std::lock_guard lock(mutex_);
  const Kept* kept = find(subject_digest(subject));
  return kept && kept->key.empty();
}

bool Vault::knows(std::string_view subject) const {
  const std::lock_guard lock(mutex_);
  return find(subject_digest(subject)) != nullptr;
}

}   // namespace gangmu::store
