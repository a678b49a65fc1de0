// SPDX-License-Identifier: Apache-2.0
#include "pack/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "pack/errors.hpp"

namespace gangmu::pack {
namespace {

Result<Yaml> read(const std::string& text) { return read_yaml(text, "x.yaml"); }

TEST(Yaml, ScalarsKeepWhatTheyAre) {
  const auto yaml = read(
      "n: 12\nbig: 990101000000\nd: 0.50\nq: \"12\"\nt: true\nword: yes\nnothing: ~\nempty:\nzero: 007\nlist: [1, b, "
      "-3]\n");
  ASSERT_TRUE(yaml);
  EXPECT_EQ(
      yaml->value.canonical(),
      R"({"big":990101000000,"d":"0.50","empty":null,"list":[1,"b",-3],"n":12,"nothing":null,"q":"12","t":true,"word":"yes","zero":"007"})");
}

TEST(Yaml, EveryValueKnowsItsLine) {
  const auto yaml = read("a: 1\nb:\n  - x: 2\n  - y: {z: 3}\n");
  ASSERT_TRUE(yaml);
  EXPECT_EQ(yaml->at("/a").line, 1);
  EXPECT_EQ(yaml->at("/b/0/x").line, 3);
  EXPECT_EQ(yaml->at("/b/1/y/z").line, 4);
  EXPECT_EQ(yaml->at("/b/1/absent").line, 4);   // the nearest parent
  EXPECT_EQ(yaml->at("/nowhere").text(), "x.yaml:1:1");
}

TEST(Yaml, RefusesWhatCouldGrowOrHide) {
  const std::string laughs = "a: &a [x, x]\nb: [*a, *a]\n";
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  const auto kind = [](const Result<Yaml>& r) {
    return r ? std::string("read") : std::string(r.error().first().kind->name);
  };
  EXPECT_EQ(kind(read(laughs)), "yaml_alias");
  EXPECT_EQ(kind(read(nested(40))), "yaml_limit");
  EXPECT_EQ(kind(read("a: 1\n---\nb: 2\n")), "yaml_malformed");
  EXPECT_EQ(kind(read("a: 1\na: 2\n")), "yaml_duplicate");
  EXPECT_EQ(kind(read("[a]: 1\n")), "yaml_malformed");
  EXPECT_EQ(kind(read("a: [1\n")), "yaml_malformed");
  EXPECT_EQ(kind(read(std::string(yaml_byte_limit + 1, ' '))), "yaml_limit");
  std::string many = "[";
  for (std::size_t i = 0; i < yaml_node_limit; ++i) many += "1,";
  EXPECT_EQ(kind(read(many + "1]")), "yaml_limit");
  EXPECT_EQ(kind(read(nested(100'000))), "yaml_limit");
}

TEST(Yaml, TextsHoldNoControlCharacters) {
  for (const char* text : {"a: \"x\\0\"\n", "a: \"\\x01\"\n", "a: \"\\uFFFE\"\n", "\"k\\a\": 1\n"}) {
    const auto yaml = read(text);
    ASSERT_FALSE(yaml) << text;
    EXPECT_TRUE(yaml.error().is(errors::text_control)) << text;
    EXPECT_EQ(yaml.error().first().where.line, 1);
  }
}

/// Any value made of what a pack may hold.
Json any(Random& r, int depth) {
  static const char* texts[] = {"",  "甲县", "a: b", "- x",   "12",     "0.50",  "true",       "null",
                                "~", "#no",  "x #y", " lead", "trail ", "\"q\"", "two\nlines", "2023-06-16",
                                "=", "1e5",  "a'b",  "tab\t", "%",      "yes"};
  switch (depth > 3 ? r.below(4) : r.below(6)) {
    case 0: return Json(r.between(-5, 1'000'000));
    case 1: return Json(r.chance(0.5));
    case 2: return r.chance(0.3) ? Json() : Json(texts[r.below(std::size(texts))]);
    case 3: return Json(texts[r.below(std::size(texts))]);
    case 4: {
      Json list(Json::Array{});
      for (auto n = r.below(4); n > 0; --n) list.push(any(r, depth + 1));
      return list;
    }
    default: {
      Json object(Json::Object{});
      for (auto n = r.below(4); n > 0; --n)
        object.set(std::string(texts[r.below(std::size(texts))]) + std::to_string(n), any(r, depth + 1));
      return object;
    }
  }
}

TEST(Yaml, WhatIsWrittenReadsBackTheSame) {
  Random r(5);
  for (int n = 0; n < 2000; ++n) {
    const Json value = any(r, 0);
    const std::string text = write_yaml(value);
    const auto again = read(text);
    ASSERT_TRUE(again) << text << again.error().text(Language::en);
    ASSERT_EQ(again->value.canonical(), value.canonical()) << text;
    ASSERT_EQ(write_yaml(again->value), text);
  }
}

TEST(Yaml, KeysStandInTheGivenOrder) {
  Json value;
  value.set("zeta", 1);
  value.set("id", "x");
  value.set("alpha", 2);
  EXPECT_EQ(write_yaml(value, {"id", "zeta"}), "id: x\nzeta: 1\nalpha: 2\n");
}

}   // namespace
}   // namespace gangmu::pack
