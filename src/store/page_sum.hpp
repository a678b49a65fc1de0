// SPDX-License-Identifier: Apache-2.0
// The sum in the last 8 bytes of a database page. Under a key it is SipHash-2-4 (Aumasson, Bernstein 2012) of the
// page's number and its first 4088 bytes: who edits a figure in the file and can't read the key folder can't make the
// sum that belongs to it. Without a key, for databases that belong to no store, it is XXH64 (Collet 2012), against
// chance only. An old page put back whole, at its place, keeps a sound sum: only the replay of `verify` shows that.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gangmu::store {

/// SipHash-2-4 with 64 bits of output. Test vectors of the reference implementation hold.
std::uint64_t siphash(const std::array<unsigned char, 16>& key, std::uint64_t first, std::string_view bytes);

class PageSum {
 public:
  PageSum() = default;
  /// `plain_too`: pages written before there was a key are taken as well, until they are written anew.
  PageSum(std::string_view store_key, bool plain_too);

  /// `page`: its first 4088 bytes; numbers begin with 1.
  [[nodiscard]] std::uint64_t of(std::string_view page, std::uint64_t number) const;
  [[nodiscard]] bool fits(std::string_view page, std::uint64_t number, std::uint64_t sum) const;

 private:
  std::optional<std::array<unsigned char, 16>> key_;
  bool plain_too_ = false;
};

}   // namespace gangmu::store
