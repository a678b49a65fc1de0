// SPDX-License-Identifier: Apache-2.0
// Documents and events: patches make what they are made from, and no JSON makes reading fall.
#include "record/record.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "record/desk_test.hpp"
#include "record/errors.hpp"

namespace gangmu::record::testing {
namespace {

/// Any JSON without nulls, as documents are.
Json random_json(Random& random, int depth) {
  switch (random.below(depth > 0 ? 6 : 4)) {
    case 0: return Json(static_cast<std::int64_t>(random.below(5)));
    case 1: return Json(random.chance(0.5));
    case 2: return Json(Json::Array{Json("a"), Json(static_cast<std::int64_t>(random.below(3)))});
    case 3: return Json(std::string(random.below(3), 'x'));
    default: {
      Json out{Json::Object{}};
      for (std::uint64_t n = random.below(5); n > 0; --n)
        out.set(std::string(1, static_cast<char>('a' + random.below(5))), random_json(random, depth - 1));
      return out;
    }
  }
}
Json random_document(Random& random) {
  Json out = random_json(random, 4);
  while (!out.object()) out = random_json(random, 4);
  return out;
}

std::size_t leaves(const Json& json) {
  if (!json.object()) return 1;
  std::size_t out = 0;
  for (const auto& [key, value] : *json.object()) out += leaves(value);
  return out;
}

TEST(Difference, MakesOneDocumentOfTheOther) {
  Random random(3);
  for (int i = 0; i < 8'000; ++i) {
    const Json before = random_document(random), after = random_document(random);
    const Json patch = difference(before, after);
    ASSERT_EQ(applied(before, {.patch = patch}), after) << before.canonical() << " " << after.canonical();
    ASSERT_EQ(applied(after, {.patch = patch}), after) << "applied twice it is applied once";
    ASSERT_EQ(difference(before, before), Json(Json::Object{}));
    ASSERT_EQ(patch.object()->empty(), before == after);
  }
}

TEST(Difference, IsTheSmallestPatch) {
  Random random(4);
  for (int i = 0; i < 2'000; ++i) {
    const Json before = random_document(random), after = random_document(random);
    const Json patch = difference(before, after);
    for (const auto& [key, value] : *patch.object()) {
      Json less = patch;
      less.object()->erase(key);
      ASSERT_FALSE(applied(before, {.patch = less}) == after) << "without " << key << " it would do";
    }
    ASSERT_LE(leaves(patch), leaves(before) + leaves(after) + 2);
  }
}

TEST(Event, LeavesNoNullInADocument) {
  const Json patch = *Json::parse(R"j({"f": {"1": {"x": null, "y": {"z": null}}}, "s": null})j");
  EXPECT_EQ(applied(Json(), {.patch = patch}).canonical(), R"j({"f":{"1":{"y":{}}}})j");
}

const char* plots = R"j({
 "codes": {"crop": {"rice": "水稻", "tea": "茶"}},
 "flows": [{"id": "life@1", "states": [{"id": "open", "is": "open"}, {"id": "shut", "is": "final"}],
   "steps": [{"id": "visit", "from": "open", "by": "office", "max": 9, "count": "visits"},
             {"id": "close", "from": "open", "to": "shut", "by": "office"}],
   "clocks": [{"id": "answer", "start": "open", "stop": "close", "budget": {"n": 5, "unit": "wd"}}]}],
 "indicators": ["i.visits"],
 "kinds": [{"id": "plot", "is": {"version": 1, "flow": "life@1"},
  "fields": {"name": {"type": "text"}, "place": {"type": "place"}, "area": {"type": "number", "unit": "亩", "decimals": 2, "na": true},
   "sum": {"type": "money"}, "on": {"type": "date"}, "at": {"type": "time"}, "month": {"type": "period", "kind": "month"},
   "kept": {"type": "flag"}, "crop": {"type": "choice", "list": "crop"}, "crops": {"type": "choice", "list": "crop", "many": true},
   "farmer": {"type": "who"}, "next": {"type": "ref", "to": "plot"}, "photo": {"type": "file"},
   "phone": {"type": "person", "personal": true}, "licence": {"type": "code"}, "ground": {"type": "shape"},
   "seasons": {"type": "rows", "of": {"crop": {"type": "choice", "list": "crop"}, "yield": {"type": "number", "unit": "公斤"}}}},
  "tallies": [{"to": "i.visits", "measure": "count", "date": "each(visit)"}]}]})j";

const RecordId plot{PlaceId{7}, "plot", 1};

Desk farm() {
  const auto made = catalogue_of(plots);
  EXPECT_TRUE(made) << made.error().text(Language::en);
  Desk out(*made);
  const auto begun = out.act(plot, "create", *Json::parse(R"j({
    "name": "东塘", "place": 71, "area": "12.50", "sum": "-0.01", "on": "2023-06-16", "at": "2023-06-16T09:00:00+08:00",
    "month": "202306", "kept": false, "crop": "rice", "crops": ["tea", "rice"], "farmer": "post:head", "next": "7.plot.1",
    "photo": {"digest": "sha256:ab", "name": "田.jpg", "type": "image/jpeg", "bytes": 9}, "phone": {"sealed": "eA=="},
    "licence": "粤示例001", "ground": {"area": [[["113.1", "22.5"], ["113.2", "22.5"], ["113.2", "22.6"], ["113.1", "22.5"]]]},
    "seasons": {"rows": {"0": {"crop": "rice", "yield": ">500"}, "-1": {"crop": "tea", "yield": {"gap": "WH"}}}}})j"));
  EXPECT_TRUE(begun) << begun.error().text(Language::en);
  EXPECT_TRUE(out.act(plot, "visit"));
  return out;
}

/// One member somewhere, taken away or made into something else.
Json spoilt(Json json, Random& random) {
  Json* at = &json;
  while (true) {
    if (at->object() && !at->object()->empty() && random.chance(0.85)) {
      auto member = at->object()->begin();
      std::advance(member, static_cast<std::ptrdiff_t>(random.below(at->object()->size())));
      at = &member->second;
    } else if (at->array() && !at->array()->empty() && random.chance(0.85)) {
      at = &(*at->array())[random.below(at->array()->size())];
    } else {
      break;
    }
  }
  static const char* all[] = {"null",
                              "0",
                              "-1",
                              "9223372036854775807",
                              "-9223372036854775808",
                              "true",
                              R"j("")j",
                              R"j("x")j",
                              R"j("1e9")j",
                              R"j("2023-02-30")j",
                              R"j(">")j",
                              R"j("unit:")j",
                              R"j("9.plot.0")j",
                              "[]",
                              "[1]",
                              "[[1,2]]",
                              "{}",
                              R"j({"gap": "never"})j",
                              R"j({"sealed": ""})j",
                              R"j({"sealed": 7})j",
                              R"j({"rows": {"x": {}}})j",
                              R"j({"rows": {"99999999999": {}}, "last": -1})j",
                              R"j({"rows": {"1": {"1": {"rows": {}}}}, "last": 1})j",
                              R"j({"-0": 1})j",
                              R"j({"1": null})j",
                              R"j({"area": [[]]})j",
                              R"j({"point": ["999", "x"]})j",
                              R"j({"digest": "a", "bytes": -9})j",
                              R"j({"nothing": {"budget": -1, "unit": "d"}})j",
                              R"j({"answer": {"unit": "y"}})j"};
  *at = *Json::parse(all[random.below(std::size(all))]);
  return json;
}

TEST(Hostile, NoDocumentOrEventMakesReadingFall) {
  Desk desk = farm();
  const Kind& kind = desk.kind("plot");
  const Json document = document_of(kind, desk.records.at(plot)), event = desk.events.at(plot)[0].json();
  Random random(5);
  int read = 0, refused = 0;
  for (int i = 0; i < 6'000; ++i) {
    const Json bad = random.chance(0.3) ? spoilt(spoilt(document, random), random) : spoilt(document, random);
    const auto record = record_of(kind, plot, bad);
    (record ? read : refused)++;
    if (record) {   // what can be read can be written, read again, reckoned with and acted on
      const auto again = record_of(kind, plot, document_of(kind, *record));
      ASSERT_TRUE(again) << bad.canonical() << "\n" << again.error().text(Language::en);
      ASSERT_TRUE(*again == *record) << bad.canonical();
      (void)contributions(kind, *record, desk.world());
      (void)decide(kind, &*record, plot, {.step = random.chance(0.5) ? "visit" : "close"}, desk.world());
    }
    const auto told = event_of(spoilt(event, random));
    if (told) (void)record_of(kind, plot, applied(document, *told));
  }
  EXPECT_GT(read, 500);
  EXPECT_GT(refused, 500);
}

TEST(Hostile, WhatIsTypedIsReadOrRefused) {
  Desk desk = farm();
  const Kind& kind = desk.kind("plot");
  const Json values = json_of(kind.fields(), desk.records.at(plot).values);
  Random random(6);
  for (int i = 0; i < 8'000; ++i) {
    const auto typed = values_of(kind.fields(), spoilt(values, random));
    if (!typed) continue;
    ASSERT_EQ(*values_of(kind.fields(), json_of(kind.fields(), *typed)), *typed);
    (void)desk.act(RecordId{PlaceId{7}, "plot", 2 + i}, {.step = "create", .typed = *typed});
    desk.records.erase(RecordId{PlaceId{7}, "plot", 2 + i});
  }
}

TEST(Value, IsReadAsItIsWritten) {
  Desk desk = farm();
  const std::pair<const char*, const char*> table[] = {{"area", R"j("12.50")j"},
                                                       {"area", R"j(">3.00")j"},
                                                       {"area", R"j({"gap":"NA"})j"},
                                                       {"sum", R"j("-0.01")j"},
                                                       {"crops", R"j(["tea","rice"])j"},
                                                       {"farmer", R"j("account:a:b")j"},
                                                       {"next", R"j("7.plot.12")j"},
                                                       {"kept", "true"},
                                                       {"month", R"j("202301")j"},
                                                       {"ground", R"j({"point":["113.0812345","22.5"]})j"},
                                                       {"ground", R"j({"line":[["113","22"],["113.5","22"]]})j"},
                                                       {"seasons", R"j({"last":4,"rows":{"2":{"1":"rice"},"4":{}}})j"}};
  for (const auto& [name, json] : table) {
    const Field& field = *desk.kind("plot").field(name);
    const auto value = value_of(field, *Json::parse(json));
    ASSERT_TRUE(value) << json << value.error().text(Language::en);
    EXPECT_EQ(json_of(field, *value).canonical(), json);
  }
  const std::pair<const char*, const char*> wrong[] = {{"area", R"j("12,5")j"},
                                                       {"area", R"j(">")j"},
                                                       {"kept", R"j("yes")j"},
                                                       {"farmer", R"j("unit:")j"},
                                                       {"farmer", R"j("dog:x")j"},
                                                       {"next", R"j("7.plot")j"},
                                                       {"photo", R"j({"name": "x"})j"},
                                                       {"ground", R"j({"point": ["113", "22.12345678"]})j"},
                                                       {"ground", R"j({"area": []})j"},
                                                       {"seasons", R"j({"rows": {"01": {}}, "last": 1})j"},
                                                       {"phone", R"j({"sealed": ""})j"},
                                                       {"crops", R"j(["", "tea"])j"},
                                                       {"name", "7"}};
  for (const auto& [name, json] : wrong)
    EXPECT_FALSE(value_of(*desk.kind("plot").field(name), *Json::parse(json))) << name << " " << json;
  EXPECT_FALSE(values_of(desk.kind("plot").fields(), *Json::parse(R"j({"3abc": "x"})j"))) << "a number is a number";
}

TEST(Touched, NamesFieldsAndRows) {
  Desk desk = farm();
  const auto seasons = desk.field("plot", "seasons");
  Touched touched;
  touched.add(desk.events.at(plot)[0]);
  EXPECT_EQ(touched.fields.size(), 17U);
  EXPECT_EQ(touched.rows.at(seasons), (std::set<int>{1, 2}));
}

}   // namespace
}   // namespace gangmu::record::testing
