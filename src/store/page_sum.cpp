// SPDX-License-Identifier: Apache-2.0
#include "store/page_sum.hpp"

#include <bit>
#include <cstring>

#include "base/digest.hpp"
#include "store/page_shim.hpp"

namespace gangmu::store {
namespace {

static_assert(std::endian::native == std::endian::little);

std::uint64_t word(const void* at, std::size_t size = 8) {
  std::uint64_t out = 0;
  std::memcpy(&out, at, size);
  return out;
}

/// Written here and not taken from OpenSSL, whose interface costs an allocation a page.
struct Sip {
  std::uint64_t v0, v1, v2, v3;
  Sip(std::uint64_t k0, std::uint64_t k1)
      : v0(k0 ^ 0x736f6d6570736575),
        v1(k1 ^ 0x646f72616e646f6d),
        v2(k0 ^ 0x6c7967656e657261),
        v3(k1 ^ 0x7465646279746573) {}
  void round() {
    v0 += v1, v1 = std::rotl(v1, 13) ^ v0, v0 = std::rotl(v0, 32);
    v2 += v3, v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3, v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1, v1 = std::rotl(v1, 17) ^ v2, v2 = std::rotl(v2, 32);
  }
  void take(std::uint64_t m) {
    v3 ^= m;
    round();
    round();
    v0 ^= m;
  }
  std::uint64_t end() {
    v2 ^= 0xff;
    for (int i = 0; i < 4; ++i) round();
    return v0 ^ v1 ^ v2 ^ v3;
  }
};

}   // namespace

/// The message is `first` as 8 bytes, low ones first, then `bytes`.
std::uint64_t siphash(const std::array<unsigned char, 16>& key, std::uint64_t first, std::string_view bytes) {
  Sip sip(word(key.data()), word(key.data() + 8));
  sip.take(first);
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) sip.take(word(bytes.data() + at));
  const std::uint64_t length = static_cast<std::uint64_t>(bytes.size() + 8) << 56;
  sip.take(word(bytes.data() + at, bytes.size() - at) | length);
  return sip.end();
}

PageSum::PageSum(std::string_view store_key, bool plain_too) : key_(std::in_place), plain_too_(plain_too) {
  const Digest derived = hmac(store_key, "sums of pages");
  std::memcpy(key_->data(), derived.bytes.data(), key_->size());
}

std::uint64_t PageSum::of(std::string_view page, std::uint64_t number) const {
  return key_ ? siphash(*key_, number, page) : xxh64(page, number);
}

bool PageSum::fits(std::string_view page, std::uint64_t number, std::uint64_t sum) const {
  return of(page, number) == sum || (plain_too_ && xxh64(page, number) == sum);
}

}   // namespace gangmu::store
