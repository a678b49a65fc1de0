// SPDX-License-Identifier: Apache-2.0
#include "base/json_texts.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace gangmu {
namespace {

TEST(JsonTexts, AreNamesAndValuesHoweverDeep) {
  const auto json = Json::parse(R"({"a":"x","b":[1,"y",{"c":null,"d":["z"]}],"e":true})");
  ASSERT_TRUE(json);
  std::vector<std::string> found;
  for_each_text(
      *json, [&](const std::string& path, std::string_view text) { found.push_back(path + "=" + std::string(text)); });
  EXPECT_EQ(found, (std::vector<std::string>{"a=a", "a=x", "b=b", "b.2=y", "b.3.c=c", "b.3.d=d", "b.3.d.1=z", "e=e"}));
  for_each_text(Json("alone"), [&](const std::string& path, std::string_view text) {
    EXPECT_EQ(path, "");
    EXPECT_EQ(text, "alone");
  });
}

}   // namespace
}   // namespace gangmu
