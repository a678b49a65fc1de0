// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/errors.hpp"
#include "base/result.hpp"

namespace gangmu {
namespace {

constexpr ErrorKind unknown_colour{"paint", "unknown_colour", 404, "没有颜色“{0}”，可写 {1}",
                                   "no colour '{0}'; write {1}"};

TEST(Position, NamesWhatIsKnownAndNoMore) {
  const struct {
    Position where;
    std::string text;
  } rows[] = {
      {{"places.csv", 7, 0, ""}, "places.csv:7"},
      {{"places.csv", 7, 3, ""}, "places.csv:7:3"},
      {{"台账.xlsx", 0, 0, "任务!C7"}, "台账.xlsx[任务!C7]"},
      {{"", 0, 0, "任务!C7"}, "任务!C7"},
      {{"scheme.yaml", 0, 0, ""}, "scheme.yaml"},
      {{"", 2, 5, ""}, "2:5"},
      {{}, ""},
  };
  for (const auto& row : rows) EXPECT_EQ(row.where.text(), row.text);
}

TEST(Diagnostic, SpeaksBothLanguages) {
  const Diagnostic fault{&unknown_colour, {"grün", "green"}, {"walls.csv", 2, 0, ""}};
  EXPECT_EQ(fault.line(Language::en), "walls.csv:2: no colour 'grün'; write green");
  EXPECT_EQ(fault.line(Language::zh), "walls.csv:2: 没有颜色“grün”，可写 green");
  EXPECT_EQ(fault.kind->code(), "paint.unknown_colour");
}

TEST(Diagnostic, AnArgumentIsNeverReadAsAPlaceholder) {
  EXPECT_EQ((Diagnostic{&unknown_colour, {"{1}", "x"}, {}}).text(Language::en), "no colour '{1}'; write x");
}

TEST(Diagnostic, AMissingArgumentLeavesItsPlaceholderInSight) {
  EXPECT_EQ((Diagnostic{&unknown_colour, {"red"}, {}}).text(Language::en), "no colour 'red'; write {1}");
}

TEST(Error, ListsAllFaultsAndLeadsWithTheFirst) {
  const Error error(
      {Diagnostic{&unknown_colour, {"a", "b"}, {"w", 1, 0, ""}}, Diagnostic{&unknown_colour, {"c", "d"}, {}}});
  EXPECT_EQ(error.text(Language::en), "w:1: no colour 'a'; write b\nno colour 'c'; write d");
  EXPECT_TRUE(error.is(unknown_colour));
  EXPECT_FALSE(error.is(errors::number_malformed));
}

Result<int> half(int n) {
  if (n % 2 != 0) return fail(unknown_colour, {std::to_string(n)});
  return n / 2;
}

Result<int> quarter(int n) {
  TRY_ASSIGN(const int once, half(n));
  TRY(half(once));
  return half(once);
}

TEST(Result, TryPassesTheErrorOn) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(6).error().first().arguments[0], "3");
  EXPECT_EQ(quarter(5).error().first().arguments[0], "5");
}

std::set<char> placeholders(std::string_view text) {
  std::set<char> out;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 2] == '}') out.insert(text[i + 1]);
  return out;
}

TEST(BaseErrors, HaveBothTextsWithTheSameArguments) {
  for (const ErrorKind* kind : errors::all) {
    EXPECT_FALSE(kind->zh.empty()) << kind->name;
    EXPECT_FALSE(kind->en.empty()) << kind->name;
    EXPECT_EQ(placeholders(kind->zh), placeholders(kind->en)) << kind->name;
    EXPECT_TRUE(kind->http_status >= 400 && kind->http_status < 500) << kind->name;
  }
}

}   // namespace
}   // namespace gangmu
