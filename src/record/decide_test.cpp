// SPDX-License-Identifier: Apache-2.0
// One act: what is typed, what is refused and what it says, at the limits of values; several people at one record.
#include "record/decide.hpp"

#include <gtest/gtest.h>

#include "record/desk_test.hpp"
#include "record/errors.hpp"

namespace gangmu::record::testing {
namespace {

const char* works = R"j({
 "codes": {"sort": {"road": "路", "well": {"zh": "井", "until": "2023-06-30", "into": "road"}, "park": {"zh": "园", "from": "2023-07-01"}}},
 "flows": [{"id": "life@1",
   "states": [{"id": "open", "is": "open"}, {"id": "built", "is": "wait", "edit": "note"}, {"id": "shut", "is": "final"}],
   "steps": [{"id": "build", "from": "open", "to": "built", "by": "office", "need": ["lines"], "count": "builds", "set": {"builder": "actor"}},
             {"id": "close", "from": "built", "to": "shut", "by": "office", "when": "state == built"}],
   "clocks": [{"id": "answer", "start": "enter", "stop": "leave", "budget": {"n": 5, "unit": "wd"}}]}],
 "indicators": ["i.due"],
 "kinds": [{"id": "work", "is": {"version": 3, "flow": "life@1", "checks": ["cost <= budget", "state != built or has(name)"]},
  "fields": {"name": {"type": "text", "max": 4, "zh": "名称"}, "note": {"type": "text"},
   "place": {"type": "place", "level": ["town", "village"]},
   "budget": {"type": "money", "min": 0, "max": 100}, "cost": {"type": "money", "=": "sum(lines.cost)"},
   "area": {"type": "number", "decimals": 2, "unit": "亩", "na": true}, "big": {"type": "number", "=": "if(area == 1000000000亩, area / 1亩 * 1000000000 * 1000000000, 0)"},
   "sort": {"type": "choice", "list": "sort"}, "sorts": {"type": "choice", "list": "sort", "many": true},
   "unit": {"type": "who", "of": "unit"}, "builder": {"type": "who"}, "at": {"type": "place", "take": "unit.place"}, "line": {"type": "text", "take": "unit.line"},
   "before": {"type": "ref", "to": "work"}, "old_name": {"type": "text", "take": "before.name", "max": 4},
   "photo": {"type": "file", "of": "image", "max": 1}, "site": {"type": "shape", "of": ["point", "area"], "max": 5},
   "state_now": {"type": "number", "=": "if(state == built, builds, 0)"},
   "credit": {"type": "code", "check": "credit_code"}, "invest": {"type": "code", "check": "invest_code"},
   "lines": {"type": "rows", "max": 3, "key": ["month", "sort"], "of": {"month": {"type": "period", "kind": "month", "need": "always"},
     "sort": {"type": "choice", "list": "sort"}, "cost": {"type": "money"}, "half": {"type": "money", "=": "cost / 2"}}}}},
  {"id": "plain", "is": {"version": 1}, "fields": {"name": {"type": "text", "need": "always"}}}]})j";

const RecordId work{PlaceId{7}, "work", 1}, second{PlaceId{7}, "work", 2};

Json json(std::string_view text) { return *Json::parse(text); }

Desk office() {
  const auto made = catalogue_of(works);
  EXPECT_TRUE(made) << made.error().text(Language::en);
  return Desk(*made);
}
std::string said(const Result<Event>& event) {
  if (event) return event->json().canonical();
  std::string out;
  for (const Diagnostic& one : event.error().all()) out += (out.empty() ? "" : "\n") + one.text(Language::en);
  return out;
}
/// A desk with one work as given.
Desk with(std::string_view typed) {
  Desk out = office();
  const auto begun = out.act(work, "create", json(typed));
  EXPECT_TRUE(begun) << said(begun);
  return out;
}

/// typed → what is stored, or what is said.
TEST(Typed, IsKeptOrRefusedWithAReason) {
  const std::tuple<const char*, const char*, const char*> table[] = {
      {"name", R"j("一二三四")j", R"j("一二三四")j"},
      {"name", R"j("一二三四五")j", "'名称' takes 4 characters at most"},
      {"name", R"j("")j", "missing"},
      {"budget", R"j("100")j", R"j("100.00")j"},
      {"budget", R"j("100.01")j", "'budget' must lie between 0 and 100"},
      {"budget", R"j("-0.01")j", "'budget' must lie between 0 and 100"},
      {"budget", R"j("1.001")j", "'budget' must be a number with 2 decimals at most"},
      {"budget", R"j(">99")j", R"j(">99.00")j"},
      {"budget", R"j(">1.001")j", "'budget' must be a number with 2 decimals at most"},
      {"area", R"j("9999999999999999.99")j", R"j("9999999999999999.99")j"},
      {"area", R"j("10000000000000000.00")j", "'area' must be a number of 18 digits at most"},
      {"area", R"j("9223372036854775807")j", "'area' must be a number of 18 digits at most"},
      {"area", R"j({"gap": "NA"})j", R"j({"gap":"NA"})j"},
      {"area", R"j({"gap": "WH"})j", R"j({"gap":"WH"})j"},
      {"budget", R"j({"gap": "NA"})j", "'budget' must be a value (it can't be not applicable)"},
      {"sort", R"j("road")j", R"j("road")j"},
      {"sort", R"j("rod")j", "'sort' has no code rod"},
      {"sort", R"j("park")j", "'sort': code park has ended"},
      {"sort", R"j(["road", "well"])j", "'sort' must be one code"},
      {"sorts", R"j(["road", "road"])j", "'sorts' must be codes that stand once"},
      {"sorts", R"j([])j", "missing"},
      {"unit", R"j("unit:bureau")j", R"j("unit:bureau")j"},
      {"unit", R"j("post:head")j", "'unit' must be a unit, post or account"},
      {"before", R"j("7.plain.1")j", "'before' must be a record of its kind"},
      {"photo", R"j({"digest": "sha256:1", "name": "a", "type": "image/png", "bytes": 1048576})j",
       R"j({"bytes":1048576,"digest":"sha256:1","name":"a","type":"image/png"})j"},
      {"photo", R"j({"digest": "sha256:1", "name": "a", "type": "image/png", "bytes": 1048577})j",
       "a file of 'photo' has 1 MiB at most"},
      {"photo", R"j({"digest": "sha256:1", "name": "a", "type": "text/html", "bytes": 1})j",
       "'photo' takes these files only: image"},
      {"site", R"j({"point": [113.08, 22.59]})j", R"j({"point":["113.08","22.59"]})j"},
      {"site", R"j({"point": [22.59, 113.08]})j",
       "'site': 22.59, 113.08 lies outside the country (longitude 73 to 136, latitude 3 to 54); are the two the wrong "
       "way round?"},
      {"site", R"j({"line": [[113, 22], [114, 22]]})j", "'site' takes no line"},
      {"site", R"j({"area": [[[113, 22], [114, 22], [114, 23], [113, 23]]]})j",
       "the area of 'site' is open: its last vertex must be its first"},
      {"site", R"j({"area": [[[113, 22], [114, 22], [114, 23], [113.5, 23], [113, 23], [113, 22]]]})j",
       "'site' has 5 vertices at most; simplify it first"},
      {"credit", R"j("91350100M000100Y43")j", R"j("91350100M000100Y43")j"},
      {"credit", R"j("91350100M000100Y44")j",
       "'credit' has not the form or the check character of a credit_code; compare it with the document"},
      {"credit", R"j("91350100I000100Y43")j",
       "'credit' has not the form or the check character of a credit_code; compare it with the document"},
      {"invest", R"j("2306-990000-04-01-000001")j", R"j("2306-990000-04-01-000001")j"},
      {"invest", R"j("2306-990000-04-01-00001")j",
       "'invest' has not the form or the check character of a invest_code; compare it with the document"},
      {"cost", R"j("5")j", "'cost' is worked out, not typed"},
      {"at", "70", "'at' is worked out, not typed"},
      {"lines",
       R"j({"rows": {"0": {"month": "202306"}, "-1": {"month": "202306"}, "-2": {"month": "202306", "sort": "road"}}})j",
       R"j({"last":3,"rows":{"1":{"3":"202306"},"2":{"3":"202306"},"3":{"3":"202306","4":"road"}}})j"},
      {"lines", R"j({"rows": {"0": {"month": "202306", "sort": "road"}, "-1": {"month": "202306", "sort": "road"}}})j",
       "'lines' has 202306 twice"},
      {"lines", R"j({"rows": {"0": {"sort": "road"}}})j", "fill in 'lines·month'"},
      {"lines", R"j({"rows": {"0": {"month": "202306", "half": "3"}}})j", "'half' is worked out, not typed"},
      {"lines", R"j({"rows": {"7": {"month": "202306"}}})j", "'lines' has no row 7"},
      {"lines",
       R"j({"rows": {"0": {"month": "202301"}, "-1": {"month": "202302"}, "-2": {"month": "202303"}, "-3": {"month": "202304"}}})j",
       "'lines' takes 3 rows at most"},
      {"lines", R"j({"rows": {"0": {"month": "202306", "cost": "0.01"}}})j",
       R"j({"last":1,"rows":{"1":{"1":"0.01","2":"0.01","3":"202306"}}})j"}};
  for (const auto& [name, typed, wanted] : table) {
    Desk desk = office();
    Json values;
    values.set(name, json(typed));
    const auto event = desk.act(work, "create", values);
    EXPECT_EQ(event ? desk.text(work, name) : said(event), wanted) << name << " " << typed;
    if (event) desk.laws(work);
  }
}

TEST(Typed, AnEndedCodeMayStayButIsNotChosenAnew) {
  Desk desk = with(R"j({"sort": "well", "lines": {"rows": {"0": {"month": "202306", "sort": "well"}}}})j");
  desk.now = at("2023-07-01");
  EXPECT_TRUE(desk.act(work, "edit", json(R"j({"sort": "well", "lines": {"rows": {"1": {"sort": "well"}}}})j")));
  EXPECT_EQ(said(desk.act(second, "create", json(R"j({"sort": "well"})j"))),
            "'sort': code well has ended; choose road");
}

TEST(Typed, OverflowIsRefusedWithItsField) {
  Desk desk = office();
  const auto event = desk.act(work, "create", json(R"j({"area": "1000000000"})j"));
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().first().where.file, "big");
  Rows rows;
  const auto& inner = desk.kind("work").field("lines")->spec.rows;
  for (int i = 0; i < 3; ++i)
    rows.all[-i] = {{find(inner, "month")->id, Value(Period::of_month(2023, i + 1))},
                    {find(inner, "cost")->id, Value(Decimal(999'999'999'999'999'999, 2))}};
  const auto sum = desk.act(work, {.step = "create", .typed = {{desk.field("work", "lines"), Value(rows)}}});
  ASSERT_FALSE(sum) << "three values of 18 digits have 19, which are not kept";
  EXPECT_EQ(sum.error().first().where.file, "cost");
}

TEST(Typed, WorkedOutNumbersAreRoundedExactly) {
  Desk desk =
      with(R"j({"lines": {"rows": {"0": {"month": "202306", "cost": "0.03"}, "-1": {"month": "202305", "cost": "-0.03"},
                        "-2": {"month": "202304", "cost": "1111111111111111.13"}}}})j");
  const std::string rows = desk.text(work, "lines");
  EXPECT_NE(rows.find(R"j("2":"0.02")j"), std::string::npos) << rows;
  EXPECT_NE(rows.find(R"j("2":"-0.02")j"), std::string::npos) << "half away from zero";
}

TEST(Act, SaysAllFaultsAtOnce) {
  Desk desk = with(R"j({"budget": "5"})j");
  EXPECT_EQ(said(desk.act(work, "build", json(R"j({"lines": {"rows": {}}})j"))),
            "fill in 'lines'\na check does not hold: state != built or has(name)")
      << "rows without a row are nothing; the check sees the state the step leads to";
  EXPECT_EQ(said(desk.act(work, "buildd", {})), "there is no step 'buildd'");
  EXPECT_EQ(said(desk.act(work, "create", {})), "there is no step 'create'");
  EXPECT_EQ(said(desk.act(second, "edit", {})), "there is no step 'edit'");
}

TEST(Act, FormulasSeeTheRecordAsTheStepLeavesIt) {
  Desk desk = with(R"j({"name": "桥", "lines": {"rows": {"0": {"month": "202306"}}}})j");
  EXPECT_EQ(desk.text(work, "state_now"), R"j("0")j");
  const auto built = desk.act(work, "build");
  ASSERT_TRUE(built) << said(built);
  EXPECT_EQ(desk.text(work, "state_now"), R"j("1")j") << "the state and the counter as they are now";
  EXPECT_EQ(desk.text(work, "builder"), R"j("unit:town")j") << "set to who took the step";
  ASSERT_TRUE(desk.act(work, "close")) << "a guard speaks of the state that is left";
  EXPECT_EQ(desk.text(work, "state_now"), R"j("0")j");
  desk.laws(work);
  EXPECT_EQ(said(desk.act(work, "edit", json(R"j({"note": "x"})j"))), "'note' can't be edited now");
}

TEST(Act, TakesWhenAStepIsTakenOrItsSourceMoves) {
  Desk desk = with(R"j({"unit": "unit:bureau"})j");
  EXPECT_EQ(desk.text(work, "at"), "71");
  EXPECT_EQ(desk.text(work, "line"), R"j("trade")j");
  desk.unit_places["bureau"] = PlaceId{72};
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"note": "x"})j")));
  EXPECT_EQ(desk.text(work, "at"), "71") << "what was taken stays when the bureau moves";
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"unit": "unit:town"})j")));
  EXPECT_EQ(desk.text(work, "at"), "70");
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"unit": "unit:nowhere"})j")));
  EXPECT_EQ(desk.text(work, "at"), "missing") << "the place of another unit does not stay behind";
  ASSERT_TRUE(desk.act(second, "create", json(R"j({"name": "旧桥"})j")));
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"before": "7.work.2"})j")));
  EXPECT_EQ(desk.text(work, "old_name"), R"j("旧桥")j");
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"name": "桥", "lines": {"rows": {"0": {"month": "202306"}}}})j")));
  ASSERT_TRUE(desk.act(second, "edit", json(R"j({"name": "更旧"})j")));
  ASSERT_TRUE(desk.act(work, "build"));
  EXPECT_EQ(desk.text(work, "old_name"), R"j("更旧")j") << "a step takes anew";
}

TEST(Act, APlaceIsOfItsLevel) {
  class Tree : public Desk {
   public:
    using Desk::Desk;
    [[nodiscard]] std::optional<place::Level> level_of(PlaceId place) const override {
      if (place.value == 7) return place::Level::county;
      return place.value == 70 ? std::optional(place::Level::town) : std::nullopt;
    }
  } desk(*catalogue_of(works));
  EXPECT_TRUE(desk.act(work, "create", json(R"j({"place": 70})j")));
  EXPECT_EQ(said(desk.act(work, "edit", json(R"j({"place": 7})j"))), "'place' takes a place of another level");
  EXPECT_TRUE(desk.act(work, "edit", json(R"j({"place": 71})j"))) << "of a place nobody knows nothing is said";
}

TEST(Rows, AreEditedAsRows) {
  Desk desk = with(R"j({"lines": {"rows": {"0": {"month": "202301", "cost": "1"}, "-1": {"month": "202302"}}}})j");
  const auto edit = desk.act(work, "edit", json(R"j({"lines": {"rows": {"1": {"cost": "3"}}}})j"));
  ASSERT_TRUE(edit);
  Json fields;
  fields.set(std::to_string(desk.field("work", "cost").value), Json("3.00"));
  fields.set(std::to_string(desk.field("work", "lines").value),
             json(R"j({"rows": {"1": {"1": "3.00", "2": "1.50"}}})j"));
  EXPECT_EQ(edit->patch["f"].canonical(), fields.canonical())
      << "the event holds the cells that changed and what rests on them, no other row";
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"lines": {"rows": {"2": {}}}})j"))) << "a row without values goes";
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"lines": {"rows": {"0": {"month": "202303"}}}})j")));
  EXPECT_EQ(desk.text(work, "lines"),
            R"j({"last":3,"rows":{"1":{"1":"3.00","2":"1.50","3":"202301"},"3":{"3":"202303"}}})j");
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"lines": null})j")));
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"lines": {"rows": {"0": {"month": "202304"}}}})j")));
  EXPECT_EQ(desk.text(work, "lines"), R"j({"last":4,"rows":{"4":{"3":"202304"}}})j") << "a number is given once";
}

TEST(Conflict, IsToldByField) {
  Desk desk = with(R"j({"name": "甲", "note": "a"})j");
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"name": "乙"})j")));   // seq 2, by another
  const auto edit = [&](const char* typed) { return said(desk.act(work, "edit", json(typed), Seq{1})); };
  EXPECT_EQ(edit(R"j({"name": "丙"})j"), "'名称' was changed since you opened it; compare, then save");
  EXPECT_EQ(edit(R"j({"name": null})j"), "'名称' was changed since you opened it; compare, then save");
  EXPECT_EQ(edit(R"j({"name": "乙"})j").find("changed"), std::string::npos) << "what it is already may be typed again";
  EXPECT_EQ(edit(R"j({"note": "b"})j").find("changed"), std::string::npos) << "another field: both are kept";
  EXPECT_EQ(desk.text(work, "name"), R"j("乙")j");
  EXPECT_EQ(desk.text(work, "note"), R"j("b")j");
  EXPECT_EQ(edit(R"j({"note": "c", "name": "丁"})j"),
            "'名称' was changed since you opened it; compare, then save\n"
            "'note' was changed since you opened it; compare, then save");
  EXPECT_TRUE(desk.act(work, "edit", json(R"j({"name": "丙"})j"), Seq{4})) << "who has seen it may change it";
}

TEST(Conflict, OfRowsIsToldByRow) {
  Desk desk = with(
      R"j({"lines": {"rows": {"0": {"month": "202301"}, "-1": {"month": "202302"}, "-2": {"month": "202303"}}}})j");
  ASSERT_TRUE(desk.act(work, "edit", json(R"j({"lines": {"rows": {"1": {"cost": "1"}, "3": {}}}})j")));   // seq 2
  const auto edit = [&](const char* typed) { return desk.act(work, "edit", json(typed), Seq{1}).has_value(); };
  EXPECT_FALSE(edit(R"j({"lines": {"rows": {"1": {"cost": "2"}}}})j")) << "the same row";
  EXPECT_FALSE(edit(R"j({"lines": {"rows": {"1": {}}}})j")) << "it was changed: it is not taken away unseen";
  EXPECT_FALSE(edit(R"j({"lines": {"rows": {"3": {"cost": "2"}}}})j")) << "it is gone";
  EXPECT_FALSE(edit(R"j({"lines": null})j"));
  EXPECT_TRUE(edit(R"j({"lines": {"rows": {"1": {"cost": "1"}}}})j")) << "the same value";
  EXPECT_TRUE(edit(R"j({"lines": {"rows": {"2": {"cost": "2"}, "0": {"month": "202304"}}}})j"))
      << "another row, a new one";
}

TEST(Act, APlainKindNeedsNoFlow) {
  Desk desk = office();
  const RecordId plain{PlaceId{7}, "plain", 1};
  EXPECT_EQ(said(desk.act(plain, "create", {})), "fill in 'name'");
  ASSERT_TRUE(desk.act(plain, "create", json(R"j({"name": "一"})j")));
  ASSERT_TRUE(desk.act(plain, "edit", json(R"j({"name": "二"})j")));
  EXPECT_EQ(said(desk.act(plain, "edit", json(R"j({"name": null})j"))), "fill in 'name'");
  desk.laws(plain);
}

}   // namespace
}   // namespace gangmu::record::testing
