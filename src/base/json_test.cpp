// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"
#include "base/random.hpp"

namespace gangmu {
namespace {

Json of(std::string_view text) { return Json::parse(text).value(); }

TEST(Json, CanonicalBytesDoNotDependOnTheSpelling) {
  const struct {
    std::string_view in, out;
  } rows[] = {
      {"null", "null"},
      {" [ true , false ] ", "[true,false]"},
      {R"({"b":1,"a":{"z":[],"y":{}}})", R"({"a":{"y":{},"z":[]},"b":1})"},
      {R"({"乙":1,"甲":2,"a":3,"B":4})", R"({"B":4,"a":3,"乙":1,"甲":2})"},
      {R"("\u6c5f\u95e8\/")", R"("江门/")"},
      {R"("\ud83d\ude00")", R"("😀")"},
      {R"("\u0001\b\t\n\f\r\"\\")", R"("\u0001\b\t\n\f\r\"\\")"},
      {"-0", "0"},
      {"9223372036854775807", "9223372036854775807"},
      {"-9223372036854775808", "-9223372036854775808"},
      {R"({"":""})", R"({"":""})"},
      {"\n[1]\n", "[1]"},
  };
  for (const auto& row : rows) EXPECT_EQ(of(row.in).canonical(), row.out) << row.in;
}

TEST(Json, NumbersThatAreNoInt64KeepTheirText) {
  for (const std::string_view text : {"1.50", "-0.0", "1e5", "2.5E-3", "9223372036854775808", "-9223372036854775809",
                                      "18446744073709551616", "0.1000000000000000000000001", "1e999"}) {
    const Json n = of("[" + std::string(text) + "]");
    ASSERT_NE((*n.array())[0].string(), nullptr) << text;
    EXPECT_EQ(*(*n.array())[0].string(), text);
  }
}

TEST(Json, SaysWhereItIsMalformed) {
  const struct {
    std::string_view text;
    int line, column;
    std::string_view near;
  } rows[] = {
      {"", 1, 1, "▸"},
      {"{\"a\":1", 1, 7, "{\"a\":1▸"},
      {"{\"a\":1,\n \"b\" 2}", 2, 6, "\"a\":1,  \"b\" ▸2}"},
      {"[1,]", 1, 4, "[1,▸]"},
      {"{\"名\":tru}", 1, 6, "{\"名\":▸tru}"},
      {"[1] 2", 1, 5, "[1] ▸2"},
      {"{'a':1}", 1, 2, "{▸'a':1}"},
      {"[01]", 1, 3, "[0▸1]"},
      {"// no\n1", 1, 1, "▸// no 1"},
  };
  for (const auto& row : rows) {
    const auto parsed = Json::parse(row.text);
    ASSERT_FALSE(parsed) << row.text;
    const Diagnostic& fault = parsed.error().first();
    EXPECT_TRUE(fault.is(errors::json_malformed)) << row.text;
    EXPECT_EQ(fault.where.line, row.line) << row.text;
    EXPECT_EQ(fault.where.column, row.column) << row.text;
    EXPECT_NE(fault.arguments[0].find(row.near), std::string::npos) << row.text << " gives " << fault.arguments[0];
  }
}

TEST(Json, RefusesWhatRfc8259Refuses) {
  for (const std::string_view text :
       {"[1 2]", "\"\x01\"", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\\ud800\"", "\"\\x\"", "nul", "+1",
        ".5", "1.", "1e", "NaN", "{1:2}", "\xef\xbb\xbf[]", "[", "]", "\"abc"})
    EXPECT_FALSE(Json::parse(text)) << text;
}

TEST(Json, AKeyStandsOnce) {
  const auto parsed = Json::parse("{\"a\":{\"b\":1},\n\"b\":2,\n\"a\":3}");
  ASSERT_TRUE(parsed.error().is(errors::json_duplicate_key));
  EXPECT_EQ(parsed.error().first().arguments[0], "a");
  EXPECT_EQ(parsed.error().first().where.line, 3);
  EXPECT_TRUE(Json::parse(R"([{"a":1},{"a":1}])"));
  EXPECT_TRUE(Json::parse(R"({"a":1,"\u0061":1})").error().is(errors::json_duplicate_key));
}

TEST(Json, IsAtMost64Deep) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_TRUE(Json::parse(nested(64)));
  EXPECT_TRUE(Json::parse(nested(65)).error().is(errors::json_too_deep));
  EXPECT_TRUE(Json::parse(std::string(1'000'000, '[')).error().is(errors::json_too_deep));
}

TEST(Json, IsBuiltAndReadByHand) {
  Json place;
  place.set("code", nullptr).set("x", 1);
  EXPECT_EQ(place.canonical(), R"({"code":{"x":1}})");
  place.set("code", "440785000000");
  place.set("n", 3);
  Json list;
  list.push(true);
  list.push(nullptr);
  place.set("list", list);
  EXPECT_EQ(place.canonical(), R"({"code":"440785000000","list":[true,null],"n":3})");
  EXPECT_EQ(place["code"].string_or("?"), "440785000000");
  EXPECT_EQ(place["n"].integer_or(0), 3);
  EXPECT_TRUE(place["absent"]["deeper"].is_null());
  EXPECT_EQ(place["absent"].integer_or(7), 7);
  EXPECT_EQ(place["n"].boolean_or(true), true);
}

TEST(Json, BytesThatAreNoUtf8BecomeTheReplacementCharacter) {
  EXPECT_EQ(Json("a\xff江\xe6").canonical(), "\"a\xef\xbf\xbd江\xef\xbf\xbd\"");
}

TEST(JsonWriter, WritesWhatTheValueWouldBe) {
  std::string out;
  JsonWriter w(out);
  w.begin_object().key("name").value("江\"门").key("n").value(3).key("list").begin_array();
  w.begin_object().end_object().value(true).null().json(of("[1]")).raw("2").begin_array().end_array();
  w.end_array().key("z").value(std::int64_t{-5}).end_object();
  EXPECT_EQ(out, R"({"name":"江\"门","n":3,"list":[{},true,null,[1],2,[]],"z":-5})");
}

Json any(Random& random, int depth) {
  switch (random.below(depth > 0 ? 6 : 4)) {
    case 0: return nullptr;
    case 1: return random.chance(0.5);
    case 2: return static_cast<std::int64_t>(random.next());
    case 3: {
      std::string s;
      for (auto n = random.below(6); n > 0; --n)
        s += random.chance(0.2) ? "江" : std::string(1, static_cast<char>(random.below(128)));
      return s;
    }
    case 4: {
      Json::Array array;
      for (auto n = random.below(4); n > 0; --n) array.push_back(any(random, depth - 1));
      return array;
    }
    default: {
      Json::Object object;
      for (auto n = random.below(4); n > 0; --n) object[std::to_string(random.below(9))] = any(random, depth - 1);
      return object;
    }
  }
}

TEST(Json, ParseOfCanonicalIsTheSameValueWithTheSameBytes) {
  Random random(6);
  for (int i = 0; i < 2'000; ++i) {
    const Json value = any(random, 4);
    const std::string bytes = value.canonical();
    const auto back = Json::parse(bytes);
    ASSERT_TRUE(back) << bytes;
    ASSERT_EQ(*back, value) << bytes;
    ASSERT_EQ(back->canonical(), bytes);
  }
}

TEST(Json, AnyCutOrChangedDocumentIsReadOrRefused) {
  Random random(7);
  const std::string document = R"({"code":"440785","list":[1,-2.5e3,true,null,{"a":"\u6c5f江"}],"n":{}})";
  for (int i = 0; i < 5'000; ++i) {
    std::string changed = document.substr(0, random.below(document.size() + 1));
    if (!changed.empty()) changed[random.below(changed.size())] = static_cast<char>(random.below(256));
    const auto parsed = Json::parse(changed);
    ASSERT_TRUE(parsed ? Json::parse(parsed->canonical()).has_value() : parsed.error().first().where.line >= 1)
        << changed;
  }
}

}   // namespace
}   // namespace gangmu
