// SPDX-License-Identifier: Apache-2.0
// XXH64, Yann Collet 2012; algorithm description in doc/xxhash_spec.md of the reference implementation. Little-endian
// reads.
#include <bit>
#include <cstring>

#include "store/page_shim.hpp"

namespace gangmu::store {
namespace {

constexpr std::uint64_t p1 = 0x9E3779B185EBCA87u;
constexpr std::uint64_t p2 = 0xC2B2AE3D27D4EB4Fu;
constexpr std::uint64_t p3 = 0x165667B19E3779F9u;
constexpr std::uint64_t p4 = 0x85EBCA77C2B2AE63u;
constexpr std::uint64_t p5 = 0x27D4EB2F165667C5u;

static_assert(std::endian::native == std::endian::little, "the page checksum is defined on little-endian machines");

template <class T>
T take(const char*& p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  p += sizeof value;
  return value;
}

std::uint64_t mix(std::uint64_t lane, std::uint64_t input) { return std::rotl(lane + input * p2, 31) * p1; }
std::uint64_t merge(std::uint64_t hash, std::uint64_t lane) { return (hash ^ mix(0, lane)) * p1 + p4; }

std::uint64_t stripes(const char*& p, const char* end, std::uint64_t seed) {
  std::uint64_t a = seed + p1 + p2, b = seed + p2, c = seed, d = seed - p1;
  while (end - p >= 32) {
    a = mix(a, take<std::uint64_t>(p));
    b = mix(b, take<std::uint64_t>(p));
    c = mix(c, take<std::uint64_t>(p));
    d = mix(d, take<std::uint64_t>(p));
  }
  const std::uint64_t hash = std::rotl(a, 1) + std::rotl(b, 7) + std::rotl(c, 12) + std::rotl(d, 18);
  return merge(merge(merge(merge(hash, a), b), c), d);
}

std::uint64_t avalanche(std::uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * p2;
  hash = (hash ^ (hash >> 29)) * p3;
  return hash ^ (hash >> 32);
}

}   // namespace

std::uint64_t xxh64(std::string_view bytes, std::uint64_t seed) {
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  std::uint64_t hash = bytes.size() >= 32 ? stripes(p, end, seed) : seed + p5;
  hash += bytes.size();
  while (end - p >= 8) hash = std::rotl(hash ^ mix(0, take<std::uint64_t>(p)), 27) * p1 + p4;
  if (end - p >= 4) hash = std::rotl(hash ^ (take<std::uint32_t>(p) * p1), 23) * p2 + p3;
  while (p < end) hash = std::rotl(hash ^ (take<unsigned char>(p) * p5), 11) * p1;
  return avalanche(hash);
}

}   // namespace gangmu::store
