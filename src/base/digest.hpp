// SPDX-License-Identifier: Apache-2.0
// Digests name their algorithm: "sha256:9f86d0…", "sm3:…". FIPS 180-4; GB/T 32905-2016.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace gangmu {

enum class DigestAlgorithm : unsigned char { sha256 = 1, sm3 = 2 };

struct Digest {
  DigestAlgorithm algorithm = DigestAlgorithm::sha256;
  std::array<unsigned char, 32> bytes{};
  [[nodiscard]] std::string text() const;               ///< "alg:hex"
  static Result<Digest> parse(std::string_view text);   ///< error: digest_malformed
  bool operator==(const Digest&) const = default;
};

Digest digest(std::string_view bytes, DigestAlgorithm algorithm = DigestAlgorithm::sha256);
Digest hmac(std::string_view key, std::string_view bytes, DigestAlgorithm algorithm = DigestAlgorithm::sha256);

/// Digest of something written piece by piece.
class Digester {
 public:
  explicit Digester(DigestAlgorithm algorithm = DigestAlgorithm::sha256);
  ~Digester();
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;
  void add(std::string_view bytes);
  [[nodiscard]] Digest finish();   ///< once

 private:
  void* context_;
  DigestAlgorithm algorithm_;
};

std::string hex(std::string_view bytes);

}   // namespace gangmu
