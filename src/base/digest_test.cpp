// SPDX-License-Identifier: Apache-2.0
#include "base/digest.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"

namespace gangmu {
namespace {

constexpr auto sm3 = DigestAlgorithm::sm3;

TEST(Digest, GivesThePublishedVectors) {
  // FIPS 180-4, GB/T 32905-2016 annex A, RFC 4231 case 2.
  EXPECT_EQ(digest("").text(), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest("abc").text(), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest("abc", sm3).text(), "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  EXPECT_EQ(digest("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd", sm3).text(),
            "sm3:debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  EXPECT_EQ(hmac("Jefe", "what do ya want for nothing?").text(),
            "sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/// RFC 2104 written out, as the second opinion for any algorithm.
Digest hmac_by_hand(std::string key, std::string_view bytes, DigestAlgorithm algorithm) {
  const auto raw = [](const Digest& d) {
    return std::string(reinterpret_cast<const char*>(d.bytes.data()), d.bytes.size());
  };
  if (key.size() > 64) key = raw(digest(key, algorithm));
  key.resize(64);
  std::string inner = key;
  std::string outer = key;
  for (std::size_t i = 0; i < 64; ++i) {
    inner[i] = static_cast<char>(key[i] ^ 0x36);
    outer[i] = static_cast<char>(key[i] ^ 0x5c);
  }
  return digest(outer + raw(digest(inner + std::string(bytes), algorithm)), algorithm);
}

TEST(Hmac, IsRfc2104WithBothAlgorithms) {
  for (const DigestAlgorithm algorithm : {DigestAlgorithm::sha256, sm3})
    for (const std::size_t n : {0, 1, 32, 63, 64, 65, 200}) {
      const std::string key(n, 'k');
      EXPECT_EQ(hmac(key, "百千万工程", algorithm), hmac_by_hand(key, "百千万工程", algorithm)) << n;
    }
}

TEST(Digest, ReadsItsOwnTextAndNothingElse) {
  const Digest d = digest("x", sm3);
  EXPECT_EQ(Digest::parse(d.text()).value(), d);
  const std::string good = digest("x").text();
  for (const std::string& text : {std::string(), std::string("sha256"), std::string("sha256:"), good.substr(1),
                                  good + "0", good.substr(0, good.size() - 1), "md5" + good.substr(6),
                                  good.substr(0, good.size() - 1) + "G", "SHA256" + good.substr(6)})
    EXPECT_TRUE(Digest::parse(text).error().is(errors::digest_malformed)) << text;
}

TEST(Digester, PiecesGiveTheDigestOfTheWhole) {
  Digester pieces(sm3);
  pieces.add("百千万");
  Digester moved = std::move(pieces);
  moved.add("");
  moved.add("工程");
  EXPECT_EQ(moved.finish(), digest("百千万工程", sm3));
}

TEST(Hex, IsLowerCase) { EXPECT_EQ(hex(std::string_view("\x00\xff\x1a", 3)), "00ff1a"); }

}   // namespace
}   // namespace gangmu
