// SPDX-License-Identifier: Apache-2.0
// What is proved when kinds are loaded together, and what is said where it is not so.
#include <gtest/gtest.h>

#include "record/desk_test.hpp"

namespace gangmu::record::testing {
namespace {

using All = std::vector<std::string>;

std::string kind_of(const std::string& id, const std::string& fields, const std::string& more = "") {
  return R"j({"id": ")j" + id + R"j(", "is": {"version": 1}, "fields": {)j" + fields + "}" + more + "}";
}
Json kinds(std::initializer_list<std::string> all) {
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : ", ") + one;
  return *Json::parse(R"j({"codes": {"sort": {"a": "甲"}, "more": {"b": "乙"}}, "indicators": ["i.x"],
    "flows": [{"id": "f@1", "states": [{"id": "open", "is": "open"}, {"id": "shut", "is": "final"}],
      "steps": [{"id": "close", "from": "open", "to": "shut", "by": "office", "set": {"done": "today()"}}],
      "clocks": [{"id": "answer", "start": "open", "stop": "close", "budget": {"n": 5, "unit": "wd"}}]}],
    "kinds": [)j" + out +
                      "]}");
}
All faults(const std::string& fields, const std::string& more = "") {
  return faults_in(kinds({kind_of("one", fields, more)}));
}
const std::string stored_wanted =
    " changes with other records and can't stand in a key, tally or right; take it into a field first";

/// Fields come in the order of their names: `a` is read before `b` on which it rests.
TEST(Catalogue, WhatRestsOnTodayIsNotStoredInWhateverOrder) {
  const char* fields =
      R"j("a": {"type": "flag", "=": "b > 3天"}, "b": {"type": "number", "unit": "天", "=": "today() - d"},
                           "d": {"type": "date"}, "z": {"type": "flag", "=": "a and has(d)"})j";
  const auto made = catalogue_of(kinds({kind_of("one", fields)}));
  ASSERT_TRUE(made) << made.error().text(Language::en);
  for (const char* name : {"a", "b", "z"}) EXPECT_FALSE((*made)->find("one")->field(name)->stored_computed()) << name;
  EXPECT_TRUE((*made)->find("one")->computed_order().empty());
  EXPECT_EQ(faults(std::string(fields) + R"j(, "place": {"type": "place"})j",
                   R"j(, "tallies": [{"to": "i.x", "measure": "count", "date": "d", "when": "a"}])j"),
            All{"/kinds/0/tallies/0/when: 'a'" + stored_wanted});
}

TEST(Catalogue, WhatAnotherKindDoesNotStoreIsNoName) {
  const auto all =
      faults_in(kinds({kind_of("one", R"j("c": {"type": "flag", "=": "to.late"}, "to": {"type": "ref", "to": "two"})j"),
                       kind_of("two", R"j("d": {"type": "date"}, "late": {"type": "flag", "=": "today() > d"})j")}));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0], "/kinds/0/fields/c/=: there is no name 'to.late'") << "one step only, and what is stored there";
}

/// Numbers of other kinds' fields and of rows' fields are their own.
TEST(Catalogue, NumbersOfOthersMakeNoRound) {
  const auto made = catalogue_of(kinds(
      {kind_of(
           "one",
           R"j("a": {"type": "number", "unit": "件", "=": "count(two.to where b > 3)"}, "b": {"type": "money", "=": "sum(rows.b)"},
                          "rows": {"type": "rows", "of": {"a": {"type": "date"}, "b": {"type": "money"}}})j"),
       kind_of(
           "two",
           R"j("a": {"type": "number"}, "b": {"type": "number", "=": "a"}, "to": {"type": "ref", "to": "one"})j")}));
  ASSERT_TRUE(made) << made.error().text(Language::en);
}

TEST(Catalogue, ARoundIsToldWithItsPath) {
  EXPECT_EQ(
      faults(
          R"j("a": {"type": "number", "=": "b + 1"}, "b": {"type": "number", "=": "c"}, "c": {"type": "number", "=": "a"})j"),
      All{"/kinds/0/fields/a: computed fields go round: one.a → one.b → one.c → one.a"});
  EXPECT_EQ(
      faults_in(kinds(
          {kind_of(
               "one",
               R"j("x": {"type": "number", "=": "count(two.to where y > 0)"}, "to": {"type": "ref", "to": "two"})j"),
           kind_of(
               "two",
               R"j("y": {"type": "number", "=": "count(one.to where x > 0)"}, "to": {"type": "ref", "to": "one"})j")})),
      All{"/kinds/0/fields/x: computed fields go round: one.x → two.y → one.x"});
  EXPECT_EQ(
      faults(
          R"j("r": {"type": "rows", "of": {"a": {"type": "number", "=": "b"}, "b": {"type": "number", "=": "a"}}})j"),
      All{"/kinds/0/fields/r/of/a: computed fields go round: r.a"});
}

TEST(Catalogue, ACellIsWorkedOutOfItsRowAndStored) {
  EXPECT_EQ(
      faults(R"j("r": {"type": "rows", "of": {"d": {"type": "date"}, "late": {"type": "flag", "=": "today() > d"}}})j"),
      All{"/kinds/0/fields/r/of/late/=: 'late'" + stored_wanted});
  EXPECT_EQ(faults(R"j("r": {"type": "rows", "of": {"w": {"type": "who"}, "v": {"type": "who", "=": "w"}}})j"),
            All{"/kinds/0/fields/r/of/v: 'v' is of a type that no formula gives; to copy a value write take"});
  EXPECT_EQ(
      faults(R"j("r": {"type": "rows", "of": {"w": {"type": "who"}, "at": {"type": "place", "take": "w.place"}}})j"),
      All{"/kinds/0/fields/r/of/at: a field of type rows has no 'take'"});
}

TEST(Catalogue, NamesAndNumbersAreTheirOwn) {
  EXPECT_EQ(faults(R"j("a": {"type": "text", "id": 3}, "b": {"type": "text", "id": 3})j"),
            All{"/kinds/0/fields/b: field 'b' has the number 3 of 'a'; numbers are never used again, take another"});
  EXPECT_EQ(faults(R"j("a": {"type": "text", "id": 10000})j"),
            All{"/kinds/0/fields/a: 'id' must lie between 1 and 9999"});
  EXPECT_EQ(faults(R"j("a": {"type": "text", "id": -1})j"), All{"/kinds/0/fields/a: 'id' must lie between 1 and 9999"});
  EXPECT_EQ(faults(R"j("state": {"type": "text"})j"),
            All{"/kinds/0/fields/state: 'state' is a fixed name; take another"});
  EXPECT_EQ(faults(R"j("where": {"type": "text"})j"),
            All{"/kinds/0/fields/where: 'where' is a fixed name; take another"});
  EXPECT_EQ(faults(R"j("总投资": {"type": "text"})j"),
            All{"/kinds/0/fields/总投资: '总投资' can't be a name: small letters, digits and _, a letter first"});
  EXPECT_EQ(
      faults_in(kinds({kind_of("one", R"j("a": {"type": "text"})j"), kind_of("one", R"j("a": {"type": "text"})j")}))
          .size(),
      1U);
}

TEST(Catalogue, WhatIsTakenIsLikeTheFieldThatTakes) {
  const auto taken = [](const char* field, const char* path) {
    return faults(std::string(R"j("at": )j") + field +
                  R"j(, "w": {"type": "who"}, "n": {"type": "number", "unit": "亩", "decimals": 2},
      "m": {"type": "period", "kind": "month"}, "s": {"type": "choice", "list": "sort"}, "d": {"type": "date"}, "rows": {"type": "rows", "of": {"a": {"type": "text"}}})j")
               .empty() &&
           std::string(field).find(path) != std::string::npos;
  };
  EXPECT_TRUE(taken(R"j({"type": "place", "take": "w.place"})j", "w.place"));
  EXPECT_TRUE(taken(R"j({"type": "text", "take": "w.line"})j", "w.line"));
  EXPECT_TRUE(taken(R"j({"type": "who", "take": "actor"})j", "actor"));
  EXPECT_TRUE(taken(R"j({"type": "who", "take": "w"})j", "w"));
  EXPECT_TRUE(taken(R"j({"type": "number", "unit": "亩", "decimals": 3, "take": "n"})j", "n"));
  EXPECT_FALSE(taken(R"j({"type": "number", "unit": "亩", "decimals": 1, "take": "n"})j", "n"));
  EXPECT_FALSE(taken(R"j({"type": "number", "unit": "公顷", "decimals": 2, "take": "n"})j", "n"));
  EXPECT_TRUE(taken(R"j({"type": "period", "kind": "month", "take": "m"})j", "m"));
  EXPECT_FALSE(taken(R"j({"type": "period", "kind": "year", "take": "m"})j", "m"));
  EXPECT_FALSE(taken(R"j({"type": "date", "take": "m"})j", "m"));
  EXPECT_TRUE(taken(R"j({"type": "choice", "list": "sort", "take": "s"})j", "s"));
  EXPECT_FALSE(taken(R"j({"type": "choice", "list": "more", "take": "s"})j", "s"));
  EXPECT_FALSE(taken(R"j({"type": "text", "take": "w.place"})j", "w.place"));
  EXPECT_FALSE(taken(R"j({"type": "rows", "of": {"a": {"type": "text"}}, "take": "rows"})j", "rows"));
  EXPECT_FALSE(taken(R"j({"type": "text", "take": "nothing"})j", "nothing"));
}

TEST(Catalogue, AFlowSetsWhatMayBeTyped) {
  const auto with = [](const char* fields) {
    return faults_in(
        kinds({R"j({"id": "one", "is": {"version": 1, "flow": "f@1"}, "fields": {)j" + std::string(fields) + "}}"}));
  };
  EXPECT_EQ(with(R"j("done": {"type": "date"})j"), All{});
  EXPECT_EQ(with(R"j("done": {"type": "date", "=": "d"}, "d": {"type": "date"})j"),
            All{"/flows/0/steps/0/set/done: 'done' is worked out, not typed"});
  EXPECT_EQ(with(R"j("done": {"type": "text"})j").size(), 1U) << "a date is no text";
}

TEST(Catalogue, ViewsListFields) {
  EXPECT_EQ(faults(R"j("name": {"type": "text"})j", R"j(, "views": {"list": ["name", "number"], "board": "nam"})j"),
            All{"/kinds/0/views/board: there is no field 'nam'; did you mean name?"});
}

}   // namespace
}   // namespace gangmu::record::testing
