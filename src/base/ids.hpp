// SPDX-License-Identifier: Apache-2.0
// Strong ids: a place is never an indicator, and neither is an int.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace gangmu {

/// An int64 with a name. 0 means none.
template <class Tag>
struct NumberId {
  std::int64_t value = 0;
  [[nodiscard]] explicit operator bool() const { return value != 0; }
  auto operator<=>(const NumberId&) const = default;
};

/// A short text key with a name ("C-ECO-01"). Empty means none.
template <class Tag>
struct TextId {
  std::string value;
  [[nodiscard]] explicit operator bool() const { return !value.empty(); }
  auto operator<=>(const TextId&) const = default;
};

using PlaceId = NumberId<struct PlaceTag>;   ///< ours, immutable; the 12-digit code is a dated attribute of the place
using Seq = NumberId<struct SeqTag>;         ///< position in the journal; the only version number in the house
using IndicatorCode = TextId<struct IndicatorTag>;
using SourceId = TextId<struct SourceTag>;

}   // namespace gangmu

template <class Tag>
struct std::hash<gangmu::NumberId<Tag>> {
  std::size_t operator()(const gangmu::NumberId<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
template <class Tag>
struct std::hash<gangmu::TextId<Tag>> {
  std::size_t operator()(const gangmu::TextId<Tag>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};
