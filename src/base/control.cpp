// SPDX-License-Identifier: Apache-2.0
#include "base/control.hpp"

#include <array>
#include <cstdio>

#include "base/text.hpp"

namespace gangmu::text {
namespace {

bool refused(char32_t p) {
  if (p < 0x20) return p != '\t' && p != '\n' && p != '\r';
  return (p >= 0x7F && p < 0xA0) || (p & 0xFFFE) == 0xFFFE;
}

/// The code point of a refused character at s[i], or nothing: only the few lead bytes such characters have are looked
/// at.
std::optional<char32_t> refused_at(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t n) { return i + n < s.size() ? static_cast<unsigned char>(s[i + n]) : 0u; };
  const unsigned first = byte(0);
  char32_t point = first;
  if (first < 0x80) return refused(point) ? std::optional(point) : std::nullopt;
  if (first == 0xC2 && (byte(1) & 0xC0) == 0x80) {
    point = byte(1);
  } else if (first == 0xEF && byte(1) == 0xBF && (byte(2) & 0xC0) == 0x80) {
    point = 0xFFC0 | (byte(2) & 0x3F);
  } else if (first >= 0xF0 && first < 0xF5 && (byte(1) & 0xCF) == 0x8F && byte(2) == 0xBF && (byte(3) & 0xC0) == 0x80) {
    point = ((first & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | 0xFC0 | (byte(3) & 0x3F);
  } else {
    return std::nullopt;
  }
  return refused(point) ? std::optional(point) : std::nullopt;
}

}   // namespace

std::string Control::name() const {
  std::array<char, 12> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "U+%04X", static_cast<unsigned>(point));
  return buffer.data();
}

std::optional<Control> first_control(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (const auto point = refused_at(utf8, i)) return Control{i, *point};
  }
  return std::nullopt;
}

std::string writable(std::string_view text) {
  if (!first_control(text) && valid_utf8(text)) return std::string(text);
  std::u32string points = code_points(text);
  for (char32_t& p : points) {
    if (refused(p)) p = 0xFFFD;
  }
  return utf8(points);
}

}   // namespace gangmu::text
