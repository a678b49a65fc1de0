// SPDX-License-Identifier: Apache-2.0
// Personal fields: ciphertext only, whatever the type, and nothing may be found, sorted, counted or told through them.
#include <gtest/gtest.h>

#include "record/desk_test.hpp"
#include "record/errors.hpp"

namespace gangmu::record::testing {
namespace {

using All = std::vector<std::string>;

/// A kind with a personal field of every type.
const char* letters = R"j({
 "codes": {"sort": {"a": "甲"}},
 "indicators": ["i.count"],
 "flows": [{"id": "plain@1", "states": [{"id": "open", "is": "open", "edit": "*"}, {"id": "shut", "is": "final"}],
   "steps": [{"id": "close", "from": "open", "to": "shut", "by": "office", "need": ["who"]}],
   "clocks": [{"id": "answer", "start": "open", "stop": "close", "budget": {"n": 5, "unit": "wd"}}]}],
 "kinds": [{"id": "letter",
  "is": {"version": 1, "flow": "plain@1", "title": ["subject"]},
  "fields": {
   "subject": {"type": "text"}, "place": {"type": "place"}, "day": {"type": "date"},
   "number_": {"type": "number", "personal": true}, "cash": {"type": "money", "personal": true},
   "text": {"type": "text", "personal": true}, "born": {"type": "date", "personal": true},
   "when": {"type": "time", "personal": true}, "month": {"type": "period", "kind": "month", "personal": true},
   "yes_": {"type": "flag", "personal": true}, "sort": {"type": "choice", "list": "sort", "personal": true},
   "home_": {"type": "place", "personal": true}, "friend": {"type": "who", "personal": true},
   "about": {"type": "ref", "to": "letter", "personal": true}, "scan": {"type": "file", "personal": true},
   "who": {"type": "person", "personal": true}, "card": {"type": "code", "personal": true},
   "house": {"type": "shape", "personal": true},
   "kin": {"type": "rows", "personal": true, "of": {"name": {"type": "text"}}},
   "visits": {"type": "rows", "of": {"on": {"type": "date"}, "met": {"type": "text", "personal": true}}},
   "known": {"type": "flag", "=": "has(who)"}},
  "rights": {"read": [{"to": "units", "where": "place in scope"}], "unseal": {"who": ["office"]}},
  "views": {"list": ["subject", "who"]}}]})j";

Json declared() { return *Json::parse(letters); }
Json& member(Json& at, std::initializer_list<const char*> path) {
  Json* out = &at;
  for (const char* step : path)
    out = out->array() ? &(*out->array())[static_cast<std::size_t>(std::atoi(step))] : &(*out->object())[step];
  return *out;
}
/// The faults of the kind when one member is written otherwise.
All faults_with(std::initializer_list<const char*> path, std::string_view value) {
  Json changed = declared();
  std::vector<const char*> outer(path.begin(), path.end() - 1);
  Json* at = &member(changed, {"kinds", "0"});
  for (const char* step : outer) {
    if (!at->array() && !at->object()) *at = Json(Json::Object{});
    at = at->array() ? &(*at->array())[static_cast<std::size_t>(std::atoi(step))] : &(*at->object())[step];
  }
  if (at->is_null()) *at = Json(Json::Object{});
  at->set(*(path.end() - 1), *Json::parse(value));
  return faults_in(changed);
}
All used(const std::string& where, const std::string& name) {
  return {where + ": '" + name +
          "' is personal and can't stand in a title, key, tally, public list, group, assignment or take; use another"};
}
All asked(const std::string& where, const std::string& name) {
  return {where + ": '" + name + "' is personal; an expression may only ask whether it is there: has(" + name + ")"};
}

const RecordId letter{PlaceId{7}, "letter", 1};

Desk desk() {
  const auto made = catalogue_of(letters);
  EXPECT_TRUE(made) << made.error().text(Language::en);
  Desk out(*made);
  EXPECT_TRUE(out.act(letter, "create", *Json::parse(R"j({"subject": "路灯", "place": 70})j")));
  return out;
}

TEST(Personal, EveryTypeHoldsCiphertextOnly) {
  Desk all = desk();
  int types = 0;
  for (const Field& field : all.kind("letter").fields()) {
    if (!field.personal) continue;
    ++types;
    const auto sealed = all.act(letter, {.step = "edit", .typed = {{field.id, Value(Sealed{"c2VhbGVk"})}}});
    EXPECT_TRUE(sealed) << field.name << ": " << (sealed ? "" : sealed.error().text(Language::en));
    EXPECT_EQ(all.text(letter, field.name), R"j({"sealed":"c2VhbGVk"})j");
    const Value clear[] = {Value(std::string("李四")),
                           Value(Decimal(5, 0)),
                           Value(*Date::parse("1980-01-01")),
                           Value(true),
                           Value(PlaceId{70}),
                           Value(Codes{{"a"}}),
                           Value(Who{Who::Kind::unit, "x"}),
                           Value(letter),
                           Value(FileRef{"sha256:1", "a", "b", 1}),
                           Value(all.now),
                           Value(Period::of_month(2023, 1)),
                           Value(Rows{{{0, {}}}, 0}),
                           Value(Threshold{true, Decimal(1, 0)}),
                           Value(Shape{Shape::Kind::point, {{{1'130'000'000, 225'000'000}}}})};
    for (const Value& value : clear) {
      const auto refused = all.act(letter, {.step = "edit", .typed = {{field.id, value}}});
      ASSERT_FALSE(refused) << field.name << " index " << value.index();
      EXPECT_TRUE(refused.error().is(errors::value_form));
    }
    EXPECT_TRUE(all.act(letter, {.step = "edit", .typed = {{field.id, Value(Gap::missing)}}})) << "it may be cleared";
    EXPECT_EQ(all.text(letter, field.name), "missing");
  }
  EXPECT_EQ(types, 16);
}

TEST(Personal, ACellOfRowsHoldsCiphertextOnly) {
  Desk all = desk();
  const Field& visits = *all.kind("letter").field("visits");
  const FieldId met = find(visits.spec.rows, "met")->id;
  EXPECT_TRUE(
      all.act(letter, {.step = "edit", .typed = {{visits.id, Value(Rows{{{0, {{met, Value(Sealed{"eA=="})}}}}, 0})}}}));
  const auto refused = all.act(
      letter, {.step = "edit", .typed = {{visits.id, Value(Rows{{{0, {{met, Value(std::string("李四"))}}}}, 0})}}});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::value_form));
}

TEST(Personal, ARuleOfCodeCanNotWriteItInClear) {
  Desk all = desk();
  const FieldId who = all.field("letter", "who"), visits = all.field("letter", "visits");
  const FieldId met = find(all.kind("letter").field("visits")->spec.rows, "met")->id;
  for (const auto& [id, value] : {std::pair{who, Value(std::string("李四"))},
                                  std::pair{visits, Value(Rows{{{1, {{met, Value(std::string("李四"))}}}}, 1})}}) {
    const Rules rules{{"edit", [&](const Record&, Values after, const Asked&, const World&) -> Result<Values> {
                         after[id] = value;
                         return after;
                       }}};
    const Record& before = all.records.at(letter);
    const auto event = decide(all.kind("letter"), &before, letter, {.step = "edit"}, all.world(), rules);
    ASSERT_FALSE(event);
    EXPECT_TRUE(event.error().is(errors::personal_clear));
  }
}

TEST(Personal, ADocumentInClearIsNotRead) {
  Desk all = desk();
  const Kind& kind = all.kind("letter");
  Json document = document_of(kind, all.records.at(letter));
  const std::string who = std::to_string(all.field("letter", "who").value);
  member(document, {"f"}).set(who, Json("李四"));
  EXPECT_FALSE(record_of(kind, letter, document));
  member(document, {"f"}).set(who, *Json::parse(R"j({"sealed": "eA=="})j"));
  EXPECT_TRUE(record_of(kind, letter, document));
}

TEST(Personal, CiphertextIsNeverTyped) {
  Desk all = desk();
  const auto& fields = all.kind("letter").fields();
  const auto typed = [&](const std::string& name, std::string_view value) {
    Json out;
    out.set(std::to_string(find(fields, name)->id.value), *Json::parse(value));
    return typed_values_of(fields, out).has_value();
  };
  EXPECT_TRUE(typed("who", R"j("李四")j"));
  EXPECT_FALSE(typed("who", R"j({"sealed": "eA=="})j"));
  EXPECT_FALSE(typed("subject", R"j({"sealed": "eA=="})j"));
  const std::string met = std::to_string(find(find(fields, "visits")->spec.rows, "met")->id.value);
  EXPECT_TRUE(typed("visits", R"j({"rows": {"0": {")j" + met + R"j(": "李四"}}})j"));
  EXPECT_FALSE(typed("visits", R"j({"rows": {"0": {")j" + met + R"j(": {"sealed": "eA=="}}}})j"));
}

TEST(Personal, TheHostAsksWhetherItFitsBeforeItSeals) {
  Desk all = desk();
  const auto fits = [&](const char* name, Value value) {
    return fitting_clear(*all.kind("letter").field(name), value, all.catalogue(), all.now.date()).has_value();
  };
  EXPECT_TRUE(fits("who", Value(std::string("李四"))));
  EXPECT_FALSE(fits("who", Value(std::string(200, 'x'))));
  EXPECT_TRUE(fits("born", Value(*Date::parse("1980-01-01"))));
  EXPECT_FALSE(fits("born", Value(std::string("1980"))));
  EXPECT_FALSE(fits("sort", Value(Codes{{"z"}})));
}

TEST(Personal, StandsInNoTitleKeyTallyListOrFormula) {
  EXPECT_EQ(faults_in(declared()), All{});
  EXPECT_EQ(faults_with({"is", "title"}, R"j(["who"])j"), used("/kinds/0/is/title/0", "who"));
  EXPECT_EQ(faults_with({"is", "key"}, R"j(["card"])j"), used("/kinds/0/is/key/0", "card"));
  EXPECT_EQ(faults_with({"is", "checks"}, R"j(["born < day"])j"), asked("/kinds/0/is/checks/0", "born"));
  EXPECT_EQ(faults_with({"rights", "read"}, R"j([{"to": "units", "where": "born < day"}])j"),
            asked("/kinds/0/rights/read/0/where", "born"));
  EXPECT_EQ(faults_with({"rights", "public"}, R"j(["who"])j"), used("/kinds/0/rights/public/0", "who"));
  EXPECT_EQ(faults_with({"rights", "unseal"}, R"j({"subject": ["office"]})j"),
            All{"/kinds/0/rights/unseal/subject: 'subject' is not personal and needs no unseal"});
  EXPECT_EQ(faults_with({"views", "board"}, R"j("sort")j"), used("/kinds/0/views/board", "sort"));
  EXPECT_EQ(faults_with({"views", "map"}, R"j("house")j"), used("/kinds/0/views/map", "house"));
  EXPECT_EQ(faults_with({"fields", "day", "check"}, R"j("born < day")j"), asked("/kinds/0/fields/day/check", "born"));
  EXPECT_EQ(faults_with({"fields", "known", "="}, R"j("born < day")j"), asked("/kinds/0/fields/known/=", "born"));
  EXPECT_EQ(faults_with({"fields", "known", "="}, R"j("count(kin) > 0")j"), asked("/kinds/0/fields/known/=", "kin"));
  EXPECT_EQ(faults_with({"fields", "known", "="}, R"j("any(visits where met == 'x')")j"),
            asked("/kinds/0/fields/known/=", "met"));
  EXPECT_EQ(faults_with({"fields", "born", "="}, R"j("day")j"),
            All{"/kinds/0/fields/born: 'born' is personal and can't be computed"});
  EXPECT_EQ(faults_with({"fields", "visits", "of", "met", "="}, R"j("'x'")j"),
            All{"/kinds/0/fields/visits/of/met: 'met' is personal and can't be computed"});
  EXPECT_EQ(faults_with({"fields", "day", "take"}, R"j("born")j"), used("/kinds/0/fields/day/take", "born"));
  EXPECT_EQ(faults_with({"fields", "born", "take"}, R"j("day")j"), used("/kinds/0/fields/born/take", "day"));
  EXPECT_EQ(faults_with({"fields", "visits", "key"}, R"j(["met"])j"), used("/kinds/0/fields/visits/key/0", "met"));
  EXPECT_EQ(faults_with({"fields", "who", "personal"}, "false"),
            (All{"/kinds/0/fields/who: field 'who' names a person: write personal: true"}));
  EXPECT_EQ(faults_with({"fields", "about", "inverse"}, R"j("letters")j"),
            All{"/kinds/0/fields/about: a field of type ref has no 'inverse'"});
  const auto tally = [](const std::string& text) { return faults_with({"tallies"}, "[" + text + "]"); };
  const std::string at = "/kinds/0/tallies/0/";
  EXPECT_EQ(tally(R"j({"to": "i.count", "measure": "sum(cash)", "date": "day"})j"), used(at + "measure", "sum(cash)"));
  EXPECT_EQ(tally(R"j({"to": "i.count", "measure": "count", "date": "born"})j"), used(at + "date", "born"));
  EXPECT_EQ(tally(R"j({"to": "i.count", "measure": "count", "date": "day", "place": "home_"})j"),
            used(at + "place", "home_"));
  EXPECT_EQ(tally(R"j({"to": "i.count", "measure": "count", "date": "day", "when": "born < day"})j"),
            asked(at + "when", "born"));
  EXPECT_EQ(tally(R"j({"to": "i.count", "measure": "count", "date": "day", "when": "has(who)"})j"), All{});
}

TEST(Personal, NobodyIsFoundThroughIt) {
  EXPECT_EQ(faults_with({"fields", "known", "="}, R"j("friend.line == friend.line")j").size(), 2U)
      << "neither the line nor the place of a person sealed is a name";
  EXPECT_EQ(faults_with({"fields", "known", "="}, R"j("has(about.subject)")j").size(), 1U);
  EXPECT_EQ(faults_with({"fields", "known", "="}, R"j("count(letter.about) > 0")j").size(), 1U);
  EXPECT_EQ(faults_with({"fields", "place", "take"}, R"j("friend.place")j").size(), 1U);
  Json flow = declared();
  member(flow, {"flows", "0", "steps", "0"}).set("by", Json("friend"));
  ASSERT_EQ(faults_in(flow).size(), 1U);
  EXPECT_TRUE(faults_in(flow)[0].find("no role") != std::string::npos) << faults_in(flow)[0];
  flow = declared();
  member(flow, {"flows", "0", "steps", "0"}).set("set", *Json::parse(R"j({"born": "day"})j"));
  EXPECT_EQ(faults_in(flow), used("/flows/0/steps/0/set/born", "born"));
  flow = declared();
  member(flow, {"flows", "0", "clocks", "0"}).set("until", Json("born"));
  EXPECT_EQ(faults_in(flow), asked("/flows/0/clocks/0/until", "born"));
}

}   // namespace
}   // namespace gangmu::record::testing
