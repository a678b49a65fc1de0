// SPDX-License-Identifier: Apache-2.0
#include "base/control.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace gangmu::text {
namespace {

TEST(Control, NamesWhatNoTextHolds) {
  const std::pair<std::string, const char*> refused[] = {{std::string("a\0b", 3), "U+0000"},
                                                         {"\x01", "U+0001"},
                                                         {"\x08", "U+0008"},
                                                         {"\x0B", "U+000B"},
                                                         {"\x0C", "U+000C"},
                                                         {"\x1B[2J", "U+001B"},
                                                         {"\x7F", "U+007F"},
                                                         {"\xC2\x80", "U+0080"},
                                                         {"\xC2\x9F", "U+009F"},
                                                         {"\xEF\xBF\xBE", "U+FFFE"},
                                                         {"\xEF\xBF\xBF", "U+FFFF"},
                                                         {"\xF0\x9F\xBF\xBE", "U+1FFFE"},
                                                         {"\xF4\x8F\xBF\xBF", "U+10FFFF"}};
  for (const auto& [text, name] : refused) {
    const auto found = first_control("好" + text);
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(found->name(), name);
  }
  EXPECT_EQ(first_control("好\x01")->at, 3u);
}

TEST(Control, LetsThroughWhatPeopleWrite) {
  for (const char* text : {"", "a\tb\r\nc", "任务 · é ¥ \xC2\xA0", "\xEF\xBB\xBF", "\xEF\xBF\xBD", "𠀀😀",
                           "\xF0\x9F\xBF\xBD", "\xE2\x80\xAE"})
    EXPECT_FALSE(first_control(text)) << text;
}

TEST(Control, JudgesEachCodePointAsUnicodeDoes) {
  for (char32_t p = 0; p <= 0x10FFFF; ++p) {
    if (p >= 0xD800 && p < 0xE000) continue;
    const bool control = (p < 0x20 && p != 9 && p != 10 && p != 13) || (p >= 0x7F && p < 0xA0);
    const bool none = (p & 0xFFFF) >= 0xFFFE;
    ASSERT_EQ(first_control(utf8(std::u32string(1, p))).has_value(), control || none) << static_cast<unsigned>(p);
  }
}

TEST(Control, WhatAStoreHoldsIsAlwaysWritable) {
  EXPECT_EQ(writable(std::string("甲\0乙\x01\xEF\xBF\xBE", 11)), "甲\xEF\xBF\xBD乙\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(writable("a\xFF\n"), "a\xEF\xBF\xBD\n");
  EXPECT_EQ(writable("平常 text"), "平常 text");
}

}   // namespace
}   // namespace gangmu::text
