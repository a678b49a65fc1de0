// SPDX-License-Identifier: Apache-2.0
#include "app/json_body.hpp"

#include <gtest/gtest.h>

namespace gangmu::app {
namespace {

std::string told(const char* body) {
  const auto read = JsonBody::parse(body);
  return read ? "read" : read.error().text(Language::en);
}

TEST(JsonBody, RefusesControlCharactersWhereverATextStands) {
  EXPECT_EQ(told(R"({"text":"选址\u0000完成"})"), "'text' holds the invisible control character U+0000; delete it");
  EXPECT_EQ(told(R"({"text":"\ufffe","answers":{"a":["b","\u001b[2J"]}})"),
            "'answers.a.2' holds the invisible control character U+001B; delete it\n"
            "'text' holds the invisible control character U+FFFE; delete it");
  EXPECT_EQ(told("{\"text\":\"\xEF\xBF\xBF\"}"), "'text' holds the invisible control character U+FFFF; delete it");
  EXPECT_EQ(told(R"({"a\u0007":1})"), "'a\xEF\xBF\xBD' holds the invisible control character U+0007; delete it");
  EXPECT_EQ(told(R"({"text":"\u0085\u007f"})"), "'text' holds the invisible control character U+0085; delete it");
}

TEST(JsonBody, TakesWhatPeopleType) {
  for (const char* body : {"", "{}", R"({"text":"第一行\n第二行\t完成 50% 😀"})", R"({"text":"\r\n\ufffd"})"})
    EXPECT_EQ(told(body), "read") << body;
}

}   // namespace
}   // namespace gangmu::app
