// SPDX-License-Identifier: Apache-2.0
// One line a rule: what is written otherwise, and what is said of it.
#include "record/versions.hpp"

#include <gtest/gtest.h>

#include "record/desk_test.hpp"
#include "record/errors.hpp"

namespace gangmu::record::testing {
namespace {

const char* base = R"j({
 "is": {"version": 1, "zh": "项目", "home": "county", "key": ["code"], "number": "XM{n:4}", "title": ["name"], "flow": "life@1",
        "enter": ["town"], "checks": ["total > 0元"]},
 "fields": {"name": {"type": "text", "max": 80, "need": "always"}, "code": {"type": "code"}, "note": {"type": "text"},
  "place": {"type": "place", "level": ["town", "village"]}, "total": {"type": "money", "min": 0, "max": 100},
  "area": {"type": "number", "unit": "亩", "decimals": 2}, "sort": {"type": "choice", "list": "sort"},
  "met": {"type": "choice", "list": ["yes", "no"]}, "unit": {"type": "who", "of": ["unit", "post"]},
  "old": {"type": "ref", "to": "project", "inverse": "news"}, "month": {"type": "period", "kind": "month"},
  "phone": {"type": "person", "personal": true}, "twice": {"type": "money", "=": "total * 2"}, "checked": {"type": "number", "check": "checked > 3"},
  "done": {"type": "rows", "key": ["month"], "of": {"month": {"type": "period", "kind": "month"}, "sum": {"type": "money"}}}},
 "tallies": [{"to": "i.x", "measure": "count", "date": "at_end"}],
 "rights": {"read": [{"to": "units", "where": "place in scope"}], "public": ["name"]},
 "views": {"list": ["name"]}})j";

KindSource read(const Json& declared, const KindSource* before) {
  Diagnostics faults;
  const Document document(
      declared,
      [](std::string_view pointer) {
        return Position{.file = std::string(pointer), .line = 0, .column = 0, .cell = {}};
      },
      faults);
  KindSource out = read_kind(document.members(""), {"project", {.file = "", .line = 1, .column = 0, .cell = {}}});
  EXPECT_TRUE(faults.empty()) << faults[0].text(Language::en);
  return numbered(std::move(out), before);
}

/// The declaration with what stands at a path written otherwise; null takes it away.
Json with(const char* path, const char* value) {
  Json out = *Json::parse(base);
  Json* at = &out;
  const std::string text(path);
  std::size_t from = 0;
  for (std::size_t slash; (slash = text.find('/', from)) != std::string::npos; from = slash + 1)
    at = &(*at->object())[text.substr(from, slash - from)];
  if (std::string(value) == "null")
    at->object()->erase(text.substr(from));
  else
    at->set(text.substr(from), *Json::parse(value));
  return out;
}

std::string told(const std::vector<VersionDifference>& all) {
  std::string out;
  for (const VersionDifference& one : all)
    out += (out.empty() ? "" : " | ") + std::string(name_of(one.change)) + " " + one.of + ": " + one.en;
  return out;
}

TEST(Version, EachRule) {
  const KindSource before = read(*Json::parse(base), nullptr);
  const std::tuple<const char*, const char*, const char*> table[] = {
      {"is/version", "2", ""},
      // free
      {"is/zh", R"j("工程")j", "free project: its label"},
      {"is/title", R"j(["code"])j", "free title: what it lists"},
      {"fields/name/zh", R"j("名称")j", "free name: its label"},
      {"fields/total/show", R"j("万元")j", "free total: show"},
      {"fields/old/inverse", R"j("later")j", "free old: inverse"},
      {"views/list", R"j(["name", "code"])j", "free views: its views"},
      // widening
      {"fields/more", R"j({"type": "text"})j", "widening more: a new field"},
      {"fields/name/max", "100", "widening name: its length or size is wider"},
      {"fields/name/need", "null", "widening name: it need not be filled in any more"},
      {"fields/total/min", "-5", "widening total: its least value is wider"},
      {"fields/total/max", "null", "widening total: its greatest value is wider"},
      {"fields/area/decimals", "3", "widening area: its number of decimals is wider"},
      {"fields/place/level", R"j(["county", "town", "village"])j", "widening place: its list of levels is wider"},
      {"fields/place/level", "null", "widening place: its list of levels is wider"},
      {"fields/met/list", R"j(["yes", "part", "no"])j", "widening met: its list of codes is wider"},
      {"fields/sort/many", "true", "widening sort: its number of codes is wider"},
      {"fields/area/na", "true", "widening area: its range of values is wider"},
      {"fields/checked/check", "null", "widening checked: it is no longer checked"},
      {"fields/twice/=", R"j("total * 3")j", "widening twice: how it is worked out; a record follows at its next act"},
      {"fields/done/key", "null", "widening done key: nothing need be unique any more"},
      {"fields/done/of/paid", R"j({"type": "flag"})j", "widening done.paid: a new field"},
      {"fields/note/until", "1", "widening note: the version it ends with"},
      {"is/key", "null", "widening key: nothing need be unique any more"},
      {"is/number", R"j("P{n:5}")j", "widening number: the form of numbers; those given stay"},
      {"is/flow", R"j("life@2")j", "widening flow: another version of its flow, life@2"},
      {"is/enter", R"j(["town", "village"])j", "widening enter: what it lists"},
      {"is/checks", "null", "widening checks: total > 0元 is no longer checked"},
      {"is/offline", "true", "widening project: offline, volume or opening"},
      {"tallies", "null", "widening tally i.x: the tally is gone"},
      {"rights/read", R"j([{"to": "units"}])j", "widening rights: who may read and edit"},
      {"rights/public", "null", "widening public: what it lists"},
      // narrowing
      {"fields/more", R"j({"type": "text", "need": "always"})j",
       "narrowing more: records have no such value: make it the need of a step"},
      {"fields/note/need", R"j("always")j", "narrowing note: records may lack it: make it the need of a step"},
      {"fields/name/max", "50",
       "narrowing name: its length or size is tighter than values that may be held: leave it, or make a new field"},
      {"fields/total/min", "1",
       "narrowing total: its least value is tighter than values that may be held: leave it, or make a new field"},
      {"fields/total/max", "99",
       "narrowing total: its greatest value is tighter than values that may be held: leave it, or make a new field"},
      {"fields/area/decimals", "1",
       "narrowing area: its number of decimals is tighter than values that may be held: leave it, or make a new field"},
      {"fields/area/unit", R"j("公顷")j",
       "narrowing area: values that are held would mean something else in another unit: make a new field with was"},
      {"fields/place/level", R"j(["town"])j",
       "narrowing place: its list of levels is tighter than values that may be held: leave it, or make a new field"},
      {"fields/unit/of", R"j(["unit"])j",
       "narrowing unit: its list of what it takes is tighter than values that may be held: leave it, or make a new "
       "field"},
      {"fields/met/list", R"j(["yes"])j",
       "narrowing met: its list of codes is tighter than values that may be held: leave it, or make a new field"},
      {"fields/sort/list", R"j("other")j",
       "narrowing sort: codes that are held are not in another list: change the list it has"},
      {"fields/checked/check", R"j("checked > 4")j",
       "narrowing checked: values that are held may not meet the check: make it the when of a step"},
      {"fields/note/=", R"j("'x'")j", "narrowing note: what was typed would be overwritten: make a new field"},
      {"fields/done/key", R"j(["month", "sum"])j",
       "narrowing done key: records may be alike in it: leave the key as it was"},
      {"is/key", R"j(["name"])j", "narrowing key: records may be alike in it: leave the key as it was"},
      {"is/checks", R"j(["total > 0元", "total < 9元"])j",
       "narrowing checks: records may not meet the new check total < 9元: make it the when of a step"},
      {"is/flow", R"j("other@1")j",
       "narrowing flow: the states of records would lead nowhere: make a new version of the flow it has"},
      // never
      {"is/home", R"j("city")j", "never home: addresses hold the home; make another kind"},
      {"fields/note", "null", "never note: values that are held could not be read: keep the field and write until: 0"},
      {"fields/note/type", R"j("date")j",
       "never note: its type can't change in place from text to date: give the new field another name with was: note, "
       "and keep the old one with until"},
      {"fields/month/kind", R"j("year")j",
       "never month: what it refers to, or its kind of period, can't change in place: make a new field with was"},
      {"fields/old/to", R"j("plan")j",
       "never old: what it refers to, or its kind of period, can't change in place: make a new field with was"},
      {"fields/note/personal", "true",
       "never note: what the journal holds is sealed or clear for good: make a new field"},
      {"fields/more", R"j({"type": "text", "was": "nothing"})j",
       "never more: was names 'nothing', which the version before does not have"},
      {"fields/done/of/sum", "null",
       "never done.sum: values that are held could not be read: keep the field and write until: 0"}};
  for (const auto& [path, value, wanted] : table) {
    const KindSource after = read(with(path, value), &before);
    EXPECT_EQ(told(differences(before, after)), wanted) << path << " " << value;
  }
}

TEST(Version, WasKeepsTheNumberOfARenamedField) {
  const KindSource before = read(*Json::parse(base), nullptr);
  Json renamed = with("fields/note", "null");
  renamed.object()->at("fields").set("remark", *Json::parse(R"j({"type": "text", "was": "note"})j"));
  const KindSource after = read(renamed, &before);
  const auto all = differences(before, after);
  ASSERT_GE(all.size(), 1U);
  EXPECT_EQ(told({all[0]}), "free remark: its name, which was note");
  EXPECT_EQ(all[0].where.file, "/fields/remark/was");
  for (const VersionDifference& one : all) EXPECT_EQ(one.change, VersionChange::free) << one.of;
}

TEST(Version, WasOfAnotherTypeIsANewFieldBesideTheOldOne) {
  const KindSource before = read(*Json::parse(base), nullptr);
  Json retyped = with("fields/note/until", "1");
  retyped.object()->at("fields").set("note_on", *Json::parse(R"j({"type": "date", "was": "note"})j"));
  const KindSource after = read(retyped, &before);
  EXPECT_EQ(told(differences(before, after)),
            "widening note: the version it ends with | widening note_on: a new field in place of 'note'");
  const auto fresh = std::find_if(after.fields.begin(), after.fields.end(),
                                  [](const FieldSource& field) { return field.name.text == "note_on"; });
  EXPECT_EQ(fresh->id, static_cast<int>(before.fields.size()) + 1);
}

TEST(Version, ANumberIsNeverUsedAgain) {
  const KindSource before = read(*Json::parse(base), nullptr);
  Json reused = with("fields/note", "null");
  int id = 0;
  for (const FieldSource& field : before.fields)
    if (field.name.text == "note") id = field.id;
  Json fresh = *Json::parse(R"j({"type": "text"})j");
  fresh.set("id", id);
  reused.object()->at("fields").set("other", fresh);
  const auto all = differences(before, read(reused, &before));
  EXPECT_EQ(told({all[0]}),
            "never other: the number " + std::to_string(id) +
                " is that of 'note' and never used again: take another; for a new name write was: note");
  Json low = with("fields/extra", R"j({"type": "text", "id": 99})j");
  const KindSource second = read(low, &before);
  Json below = low;
  below.object()->at("fields").set("late", *Json::parse(R"j({"type": "text", "id": 50})j"));
  EXPECT_EQ(told(differences(second, read(below, &second))),
            "never late: the number 50 is below those given before: leave out id");
}

TEST(Version, NumbersAreKeptByNameInWhateverOrder) {
  const KindSource before = read(*Json::parse(base), nullptr);
  KindSource turned = before;
  std::reverse(turned.fields.begin(), turned.fields.end());
  for (FieldSource& field : turned.fields) {
    field.id = 0;
    for (FieldSource& inner : field.rows) inner.id = 0;
  }
  turned = numbered(turned, &before);
  EXPECT_EQ(told(differences(before, turned)), "free fields: the order");
}

TEST(Version, OfACodeList) {
  const auto list = [](const char* text) {
    const Json json = *Json::parse(text);
    Diagnostics faults;
    const Document document(
        json, [](std::string_view) { return Position{}; }, faults);
    Members top = document.members("");
    return read_codes(top, "sort");
  };
  const auto before = list(R"j({"sort": {"a": "甲", "b": "乙"}})j");
  const auto say = [&](const char* text) { return told(differences("sort", before, list(text))); };
  EXPECT_EQ(say(R"j({"sort": {"a": "甲", "b": "乙"}})j"), "");
  EXPECT_EQ(say(R"j({"sort": {"a": "甲", "b": "乙", "c": "丙"}})j"), "widening sort c: a new code");
  EXPECT_EQ(say(R"j({"sort": {"a": "甲级", "b": "乙"}})j"), "free sort a: its label");
  EXPECT_EQ(say(R"j({"sort": {"a": "甲", "b": {"zh": "乙", "until": "2023-12-31", "into": "a"}}})j"),
            "widening sort b: its days or what it goes into; records keep it");
  EXPECT_EQ(say(R"j({"sort": {"a": "甲"}})j"),
            "never sort b: a code never vanishes: write until (and into, where another takes its place)");
}

Json flow_json() {
  return *Json::parse(
      R"j({"states": [{"id": "open", "is": "open"}, {"id": "told", "is": "wait"}, {"id": "shut", "is": "final"}],
    "steps": [{"id": "reply", "from": "open", "to": "told", "by": "office", "need": ["note"]},
              {"id": "lift", "from": "open", "to": "open", "by": "office", "max": 2},
              {"id": "close", "from": "told", "to": "shut", "by": "office"}],
    "clocks": [{"id": "answer", "start": "open", "stop": "reply", "budget": {"n": 5, "unit": "wd"}},
               {"id": "word", "start": "told", "stop": "close", "budget": {"n": 5, "unit": "wd"}}]})j");
}
flow::FlowSource flow_of(const Json& json, int version) {
  Diagnostics faults;
  const Document document(
      json, [](std::string_view) { return Position{}; }, faults);
  return flow::read_flow(document.members(""), {"life", {}}, version);
}
std::string flow_with(std::string_view list, std::size_t index, const char* key, const char* value) {
  Json changed = flow_json();
  Json::Array& all = *changed.object()->find(list)->second.array();
  if (!key)
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(index));
  else if (index == all.size())
    all.push_back(*Json::parse(value));
  else
    all[index].set(key, *Json::parse(value));
  return told(differences(flow_of(flow_json(), 1), flow_of(changed, 2)));
}

TEST(Version, OfAFlow) {
  EXPECT_EQ(flow_with("states", 0, "zh", R"j("办理中")j"), "free state open: its label");
  EXPECT_EQ(flow_with("states", 3, "", R"j({"id": "held", "is": "wait"})j"), "widening state held: a new state");
  EXPECT_EQ(flow_with("states", 0, "edit", R"j(["note"])j"), "widening state open: what may be edited in it");
  EXPECT_EQ(flow_with("states", 1, "is", R"j("final")j"),
            "narrowing state told: it is of another kind, so clocks would stop or be missing: add a state instead");
  EXPECT_EQ(flow_with("states", 1, nullptr, ""),
            "narrowing state told: records stand in it: keep it, and take away the steps that lead there");
  EXPECT_EQ(flow_with("steps", 3, "", R"j({"id": "drop", "from": "open", "to": "shut", "by": "office"})j"),
            "widening step drop: a new step");
  EXPECT_EQ(flow_with("steps", 0, "need", R"j(["note", "name"])j"), "widening step reply: how it is taken");
  EXPECT_EQ(flow_with("steps", 2, nullptr, ""), "widening step close: the step is gone");
  EXPECT_EQ(flow_with("steps", 1, nullptr, ""),
            "narrowing step lift: records count it: keep the step and let no state offer it");
  EXPECT_EQ(flow_with("clocks", 0, "budget", R"j({"n": 6, "unit": "wd"})j"),
            "widening clock answer: the clock; those that run stay as they are");
  EXPECT_EQ(flow_with("clocks", 1, nullptr, ""),
            "narrowing clock word: records hold it: keep it, and start it by nothing that is taken");
}

TEST(Version, IsPublishedOrRefusedWithItsPlace) {
  const KindSource before = read(*Json::parse(base), nullptr);
  const auto publish = [&](const Json& declared) {
    const KindSource after = read(declared, &before);
    return publishable(before, after, differences(before, after));
  };
  EXPECT_TRUE(publish(*Json::parse(base)));
  EXPECT_TRUE(publish(with("is/zh", R"j("工程")j"))) << "a label needs no version";
  const auto same = publish(with("fields/more", R"j({"type": "text"})j"));
  ASSERT_FALSE(same);
  EXPECT_TRUE(same.error().is(errors::version_wanted));
  Json next = with("fields/more", R"j({"type": "text"})j");
  next.object()->at("is").set("version", 2);
  EXPECT_TRUE(publish(next));
  const auto narrow = publish(with("fields/name/max", "50"));
  ASSERT_FALSE(narrow);
  EXPECT_TRUE(narrow.error().is(errors::narrowing));
  EXPECT_EQ(narrow.error().first().where.file, "/fields/name/max");
  const auto never = publish(with("fields/note/personal", "true"));
  ASSERT_FALSE(never);
  EXPECT_TRUE(never.error().is(errors::never_so));
  EXPECT_EQ(never.error().first().where.file, "/fields/note");
}

/// A record written under a version is read under every wider one, and acted on.
TEST(Version, AnOlderRecordFollowsAtItsNextAct) {
  const char* first =
      R"j({"flows": [{"id": "f@1", "states": [{"id": "open", "is": "open"}, {"id": "shut", "is": "final"}],
     "steps": [{"id": "close", "from": "open", "to": "shut", "by": "office"}],
     "clocks": [{"id": "answer", "start": "open", "stop": "close", "budget": {"n": 5, "unit": "wd"}}]}],
   "kinds": [{"id": "note", "is": {"version": 1, "flow": "f@1"}, "fields": {"b": {"type": "text"}, "c": {"type": "number", "id": 7}}}]})j";
  const char* second =
      R"j({"flows": [{"id": "f@2", "states": [{"id": "asked", "is": "wait"}, {"id": "open", "is": "open"}, {"id": "shut", "is": "final"}],
     "start": {"state": "open"},
     "steps": [{"id": "ask", "from": "open", "to": "asked", "by": "office"}, {"id": "close", "from": ["open", "asked"], "to": "shut", "by": "office"}],
     "clocks": [{"id": "word", "start": "asked", "stop": "close", "budget": {"n": 5, "unit": "wd"}},
                {"id": "answer", "start": "open", "stop": "close", "budget": {"n": 9, "unit": "wd"}}]}],
   "kinds": [{"id": "note", "is": {"version": 2, "flow": "f@2"}, "fields": {"a": {"type": "flag", "id": 9}, "b": {"type": "text", "id": 8, "until": 1}, "c": {"type": "number", "id": 7, "decimals": 2}}}]})j";
  const RecordId id{PlaceId{7}, "note", 1};
  Desk before(*catalogue_of(first)), after(*catalogue_of(second));
  ASSERT_TRUE(before.act(id, "create", *Json::parse(R"j({"b": "x", "c": "5"})j")));
  const Json document = document_of(before.kind("note"), before.records.at(id));
  const auto read = record_of(after.kind("note"), id, document);
  ASSERT_TRUE(read) << read.error().text(Language::en);
  EXPECT_EQ(read->version, 1);
  after.records[id] = *read;
  EXPECT_EQ(after.kind("note").flow()->states()[read->standing.state].id, "open") << "states are known by name";
  const auto typed = after.act(id, "ask", *Json::parse(R"j({"b": "y"})j"));
  ASSERT_FALSE(typed) << "an ended field is read, not typed";
  const auto asked = after.act(id, "ask");
  ASSERT_TRUE(asked) << asked.error().text(Language::en);
  EXPECT_EQ(after.records.at(id).version, 2);
  EXPECT_EQ(after.text(id, "b"), R"j("x")j");
  EXPECT_EQ(after.records.at(id).standing.clocks.size(), 2U) << "the clock that ran runs on";
}

}   // namespace
}   // namespace gangmu::record::testing
