// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace gangmu::text {
namespace {

TEST(Text, KnowsUtf8) {
  for (const std::string_view good : {"", "abc", "江门", "é", "😀", "\xf4\x8f\xbf\xbf", "\xee\x80\x80"})
    EXPECT_TRUE(valid_utf8(good));
  for (const std::string_view bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                     "\xf5\x80\x80\x80", "\xe6\xb1", "a\xff", "\xf0\x8f\xbf\xbf"})
    EXPECT_FALSE(valid_utf8(bad)) << bad;
}

TEST(Text, CodePointsAndBack) {
  EXPECT_EQ(code_points("a江😀"), U"a江😀");
  EXPECT_EQ(code_points("a\xff"
                        "b"),
            U"a\uFFFDb");
  EXPECT_EQ(utf8(U"a江😀"), "a江😀");
  EXPECT_EQ(utf8(std::u32string(1, 0xD800)), "\uFFFD");
  EXPECT_EQ(length("百千万工程"), 5U);
  for (char32_t p = 1; p < 0x110000; p += 97)
    ASSERT_EQ(code_points(utf8(std::u32string(1, p))), std::u32string(1, p >= 0xD800 && p <= 0xDFFF ? 0xFFFD : p));
}

TEST(Text, AnyBytesBecomeValidUtf8) {
  Random random(8);
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes;
    for (auto n = random.below(12); n > 0; --n) bytes += static_cast<char>(random.below(256));
    const std::string clean = utf8(code_points(bytes));
    ASSERT_TRUE(valid_utf8(clean));
    ASSERT_EQ(clean == bytes, valid_utf8(bytes));
    ASSERT_EQ(length(bytes), code_points(bytes).size());
  }
}

TEST(Text, TrimsEverySpaceThatOfficesPaste) {
  EXPECT_EQ(trim(" \t　\u00a0\ufeff江 门\u200b\r\n"), "江 门");
  EXPECT_EQ(trim("　　"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\xff "), "\xff");
}

TEST(Text, NarrowsFullWidthForms) {
  EXPECT_EQ(narrow("１２．５％（Ａ－ｚ）　～"), "12.5%(A-z) ~");
  EXPECT_EQ(narrow("≥100亿元，。"), "≥100亿元,。");
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(join({"甲", "乙"}, "、"), "甲、乙");
  EXPECT_EQ(join({}, "、"), "");
}

TEST(Text, WidthCountsChineseTwice) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("江门abc，"), 9U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("😀"), 2U);
}

TEST(Text, LowerCasesOnlyAscii) { EXPECT_EQ(lower_ascii("GDP É江"), "gdp É江"); }

TEST(Text, NearestHelpsWithSlipsOnly) {
  const std::vector<std::string> names{"indicator", "observation", "place", "牵头单位", "责任单位"};
  EXPECT_EQ(nearest("indicater", names), "indicator");
  EXPECT_EQ(nearest("Palce", names), "place");
  EXPECT_EQ(nearest("牵头单", names), "牵头单位");
  EXPECT_EQ(nearest("责任部位", names), "责任单位");
  EXPECT_EQ(nearest("zebra", names), "");
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), names), "");
  EXPECT_EQ(nearest("place", names), "place");
}

TEST(Text, AllButTheUnreservedIsPercentEncoded) {
  EXPECT_EQ(percent_encoded("Az09-._~"), "Az09-._~");
  EXPECT_EQ(percent_encoded("a b/c?d&e=f+%:"), "a%20b%2Fc%3Fd%26e%3Df%2B%25%3A");
  EXPECT_EQ(percent_encoded("纲"), "%E7%BA%B2");
}

}   // namespace
}   // namespace gangmu::text
