// SPDX-License-Identifier: Apache-2.0
#include "store/key_slots.hpp"

#include <algorithm>
#include <cstring>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "store/cipher.hpp"
#include "store/page_shim.hpp"

namespace gangmu::store {
namespace {

constexpr std::string_view form_now = "gangmu subject keys 2", form_before = "gangmu subject keys 1\n";
constexpr std::size_t slot_state_at = 16, slot_group_at = 20, slot_key_at = 24,
                      slot_sum_at = slot_key_at + cipher_key_bytes;
static_assert(slot_sum_at + 8 == key_slot_bytes);

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

SubjectDigest subject_digest(std::string_view subject) {
  const Digest whole = digest(subject);
  SubjectDigest out;
  std::memcpy(out.data(), whole.bytes.data(), out.size());
  return out;
}

std::string key_file_header() {
  std::string out(form_now);
  out.resize(key_slot_bytes - 1, ' ');
  return out + '\n';
}

std::string slot_text(const KeySlot& slot, std::uint32_t number) {
  std::string out(key_slot_bytes, '\0');
  std::copy(slot.subject.begin(), slot.subject.end(), out.begin());
  out[slot_state_at] = static_cast<char>(slot.state);
  std::memcpy(&out[slot_group_at], &slot.group, sizeof slot.group);
  std::copy(slot.key.begin(), slot.key.end(), out.begin() + slot_key_at);
  const std::uint64_t sum = xxh64(std::string_view(out).substr(0, slot_sum_at), number);
  std::memcpy(&out[slot_sum_at], &sum, sizeof sum);
  return out;
}

std::optional<KeySlot> slot_of(std::string_view bytes, std::uint32_t number) {
  std::uint64_t sum = 0;
  std::memcpy(&sum, &bytes[slot_sum_at], sizeof sum);
  if (sum != xxh64(bytes.substr(0, slot_sum_at), number)) return {};
  KeySlot out;
  std::copy_n(bytes.begin(), out.subject.size(), out.subject.begin());
  out.state = static_cast<KeySlot::State>(bytes[slot_state_at]);
  std::memcpy(&out.group, &bytes[slot_group_at], sizeof out.group);
  if (out.state == KeySlot::State::key) out.key = bytes.substr(slot_key_at, cipher_key_bytes);
  if (slot_text(out, number) != bytes) return {};
  return out;
}

std::size_t KeySlots::sound() const {
  return static_cast<std::size_t>(std::find(slots.begin(), slots.end(), std::nullopt) - slots.begin());
}

KeySlots read_slots(std::string_view bytes, std::uint32_t first) {
  KeySlots out;
  std::optional<std::uint32_t> spoilt;   // the first one
  for (std::uint32_t number = first; !bytes.empty(); ++number) {
    const std::string_view one = bytes.substr(0, key_slot_bytes);
    auto slot = one.size() == key_slot_bytes ? slot_of(one, number) : std::nullopt;
    if (!slot && !spoilt) spoilt = number;
    if (slot && spoilt && slot->group > *spoilt) out.damaged = spoilt;
    out.slots.push_back(std::move(slot));
    bytes.remove_prefix(one.size());
  }
  return out;
}

bool is_old_key_file(std::string_view bytes) { return bytes.starts_with(form_before); }

tl::expected<std::vector<KeySlot>, std::size_t> read_old_key_file(std::string_view bytes) {
  const auto lines = text::split(bytes, '\n');
  if (!lines.back().empty()) return tl::unexpected(lines.size());
  std::vector<KeySlot> out;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const auto parts = text::split(lines[i], '\t');
    if (parts.size() != 2) return tl::unexpected(i + 1);
    std::string key = key_of(parts[1]);
    if (key.empty() && parts[1] != "erased") return tl::unexpected(i + 1);
    const auto state = key.empty() ? KeySlot::State::erased : KeySlot::State::key;
    out.push_back({subject_digest(parts[0]), state, 0, std::move(key)});
  }
  return out;
}

}   // namespace gangmu::store
