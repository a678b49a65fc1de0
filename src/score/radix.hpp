// SPDX-License-Identifier: Apache-2.0
// Sorting many items by a 64-bit key: radix sort from the lowest digit, eleven bits a pass, passes whose digit is the
// same throughout left out. For 27,000 scores some five times as fast as comparing. Internal.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace gangmu::score {

struct Keyed {
  std::uint64_t key = 0;
  std::uint32_t item = 0;
};

/// Keys in the order of the numbers; −0 counts as 0. Not for NaN.
inline std::uint64_t key_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
  return bits >> 63 != 0 ? ~bits : bits | std::uint64_t{1} << 63;
}
inline std::uint64_t key_of(std::int64_t value) { return static_cast<std::uint64_t>(value) ^ std::uint64_t{1} << 63; }

/// Ascending by key; equal keys stay in the order they came. `scratch` is anything.
void sort_by_key(std::vector<Keyed>& items, std::vector<Keyed>& scratch);

}   // namespace gangmu::score
