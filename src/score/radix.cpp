// SPDX-License-Identifier: Apache-2.0
#include "score/radix.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gangmu::score {

namespace {

constexpr unsigned digit_bits = 11, digits = 6;
constexpr std::size_t buckets = std::size_t{1} << digit_bits;
constexpr std::size_t few = 512;   // below it comparing is quicker than counting

std::size_t digit(std::uint64_t key, unsigned d) { return key >> (d * digit_bits) & (buckets - 1); }

}   // namespace

void sort_by_key(std::vector<Keyed>& items, std::vector<Keyed>& scratch) {
  if (items.size() < few) {
    std::stable_sort(items.begin(), items.end(), [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
    return;
  }
  std::array<std::array<std::uint32_t, buckets>, digits> counts{};
  for (const Keyed& item : items) {
    for (unsigned d = 0; d < digits; ++d) ++counts[d][digit(item.key, d)];
  }
  scratch.resize(items.size());
  for (unsigned d = 0; d < digits; ++d) {
    auto& count = counts[d];
    if (count[digit(items.front().key, d)] == items.size()) continue;
    std::uint32_t before = 0;
    for (auto& c : count) before += std::exchange(c, before);
    for (const Keyed& item : items) scratch[count[digit(item.key, d)]++] = item;
    items.swap(scratch);
  }
}

}   // namespace gangmu::score
