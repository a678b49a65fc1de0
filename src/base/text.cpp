// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace gangmu::text {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
  char32_t point = replacement;
  std::size_t bytes = 1;
  bool valid = false;
};

struct Lead {
  std::size_t bytes;
  char32_t bits;
  char32_t least;   ///< a smaller value would be an overlong form
};

Lead lead_of(unsigned char c) {
  if (c < 0x80) return {1, c, 0};
  if (c >= 0xC2 && c < 0xE0) return {2, c & 0x1FU, 0x80};
  if (c >= 0xE0 && c < 0xF0) return {3, c & 0x0FU, 0x800};
  if (c >= 0xF0 && c < 0xF5) return {4, c & 0x07U, 0x10000};
  return {0, 0, 0};
}

/// The code point at s[at]; an invalid byte is one invalid point of one byte.
Decoded decode(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const Lead lead = lead_of(byte(at));
  if (lead.bytes == 0 || at + lead.bytes > s.size()) return {};
  char32_t point = lead.bits;
  for (std::size_t i = 1; i < lead.bytes; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    point = (point << 6) | (byte(at + i) & 0x3FU);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < lead.least || point > 0x10FFFF || surrogate) return {};
  return {point, lead.bytes, true};
}

void append_utf8(std::string& out, char32_t p) {
  const auto put = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (p < 0x80) return put(p);
  if (p < 0x800) {
    put(0xC0 | (p >> 6));
  } else {
    if (p < 0x10000) {
      put(0xE0 | (p >> 12));
    } else {
      put(0xF0 | (p >> 18));
      put(0x80 | ((p >> 12) & 0x3F));
    }
    put(0x80 | ((p >> 6) & 0x3F));
  }
  put(0x80 | (p & 0x3F));
}

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t p) {
  return std::any_of(ranges.begin(), ranges.end(), [p](Range r) { return r.first <= p && p <= r.last; });
}

// Spaces of any width (Unicode White_Space), and the invisible marks that come with copied cells: zero-width, joiners,
// BOM.
constexpr std::array<Range, 9> blanks{{{0x09, 0x0D},
                                       {0x20, 0x20},
                                       {0x85, 0x85},
                                       {0xA0, 0xA0},
                                       {0x2000, 0x200D},
                                       {0x202F, 0x202F},
                                       {0x2060, 0x2060},
                                       {0x3000, 0x3000},
                                       {0xFEFF, 0xFEFF}}};
// East Asian Width W and F, by block (UAX #11).
constexpr std::array<Range, 12> wide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0x33FF},
                                      {0x3400, 0x4DBF},
                                      {0x4E00, 0xA4CF},
                                      {0xA960, 0xA97F},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF01, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x3FFFD}}};
constexpr std::array<Range, 4> zero_width{{{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}}};

/// Insertions, deletions, changes, and swaps of neighbours (optimal string alignment).
std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}   // namespace

bool valid_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const Decoded d = decode(s, i);
    if (!d.valid) return false;
    i += d.bytes;
  }
  return true;
}

std::vector<std::string> split(std::string_view s, char separator) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t at = s.find(separator);
    out.emplace_back(s.substr(0, at));
    if (at == std::string_view::npos) return out;
    s.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view s) {
  std::size_t begin = s.size();
  std::size_t end = 0;
  for (std::size_t i = 0; i < s.size();) {
    const Decoded d = decode(s, i);
    if (!d.valid || !in(blanks, d.point)) {
      begin = std::min(begin, i);
      end = i + d.bytes;
    }
    i += d.bytes;
  }
  return begin < end ? s.substr(begin, end - begin) : std::string_view{};
}

std::string narrow(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size();) {
    const Decoded d = decode(s, i);
    if (d.point >= 0xFF01 && d.point <= 0xFF5E) {
      out += static_cast<char>(d.point - 0xFF01 + '!');
    } else if (d.point == 0x3000) {
      out += ' ';
    } else {
      out += s.substr(i, d.bytes);
    }
    i += d.bytes;
  }
  return out;
}

std::u32string code_points(std::string_view s) {
  std::u32string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size();) {
    const Decoded d = decode(s, i);
    out += d.point;
    i += d.bytes;
  }
  return out;
}

std::string utf8(std::u32string_view s) {
  std::string out;
  for (const char32_t p : s) {
    const bool scalar = p <= 0x10FFFF && (p < 0xD800 || p > 0xDFFF);
    append_utf8(out, scalar ? p : replacement);
  }
  return out;
}

std::size_t length(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size(); ++n) i += decode(s, i).bytes;
  return n;
}

std::size_t display_width(std::string_view s) {
  std::size_t n = 0;
  for (const char32_t p : code_points(s)) n += in(zero_width, p) ? 0 : in(wide, p) ? 2 : 1;
  return n;
}

bool contains(std::string_view haystack, std::string_view needle) {
  return haystack.find(needle) != std::string_view::npos;
}

std::string lower_ascii(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

std::string percent_encoded(std::string_view s) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : s) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      out += c;
    else
      out.append({'%', hex[byte >> 4], hex[byte & 15]});
  }
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 100;   // a longer "word" is a sentence in the wrong cell
  const std::u32string wanted = code_points(lower_ascii(word));
  if (wanted.size() > longest) return {};
  std::size_t best = wanted.size() / 3 + 1;
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::u32string letters = code_points(lower_ascii(candidate));
    if (letters.size() > wanted.size() + best || wanted.size() > letters.size() + best) continue;
    const std::size_t distance = edit_distance(wanted, letters);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

}   // namespace gangmu::text
