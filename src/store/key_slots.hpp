// SPDX-License-Identifier: Apache-2.0
// The form of the file of subjects' keys: a header, then slots of one size, written in order and never moved.
//
//   header  "gangmu subject keys 2", spaces, line end                       64 bytes
//   slot    subject (16) ‖ state (1) ‖ 0 (3) ‖ group (4) ‖ key (32) ‖ sum (8)  64 bytes, so it never lies across
//   sectors
//
// subject: the first half of its SHA-256; the subject itself is in no key file. state: 'k' a key, 'e' erased (the key
// is zeros), 'v' void. group: number of the first slot of the write this one came with. sum: XXH64 of the bytes before
// it, seeded with the number of the slot. Numbers are little-endian. Two subjects of one half digest would share a key,
// and still none opens what is sealed for the other: the whole subject is authenticated.
//
// A write is synced before the next begins, so a power cut spoils slots of the last group only, and nothing was sealed
// under those. A spoilt slot with a later group behind it is damage.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace gangmu::store {

using SubjectDigest = std::array<char, 16>;
SubjectDigest subject_digest(std::string_view subject);

struct KeySlot {
  enum class State : char { key = 'k', erased = 'e', empty = 'v' };
  SubjectDigest subject{};
  State state = State::empty;
  std::uint32_t group = 0;
  std::string key = {};   ///< 32 bytes for State::key, else empty
};

inline constexpr std::size_t key_slot_bytes = 64;
std::string key_file_header();
std::string slot_text(const KeySlot& slot, std::uint32_t number);
/// Nothing when its sum or its form is wrong. Precondition: key_slot_bytes bytes.
std::optional<KeySlot> slot_of(std::string_view bytes, std::uint32_t number);

/// What stands from one slot on to the end of the file.
struct KeySlots {
  std::vector<std::optional<KeySlot>> slots;   ///< nothing: spoilt by a power cut, a cut slot at the end as well
  std::optional<std::uint32_t> damaged = {};   ///< the first slot that no power cut explains
  [[nodiscard]] std::size_t sound() const;     ///< how many come before the first spoilt one
};
KeySlots read_slots(std::string_view bytes, std::uint32_t first);

/// The form before: "gangmu subject keys 1", then "subject<TAB>hex key" or "subject<TAB>erased" a line.
bool is_old_key_file(std::string_view bytes);
/// In the order of the lines. Error: the number of the malformed line.
tl::expected<std::vector<KeySlot>, std::size_t> read_old_key_file(std::string_view bytes);

}   // namespace gangmu::store
