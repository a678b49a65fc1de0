// SPDX-License-Identifier: Apache-2.0
// Records under a narrower version: what the map places, what is told instead, and that nothing else moves.
#include "record/migrate.hpp"

#include <gtest/gtest.h>

#include "record/desk_test.hpp"
#include "record/errors.hpp"
#include "record/ways_out.hpp"

namespace gangmu::record::testing {
namespace {

const RecordId one{PlaceId{7}, "plot", 1};

/// {"version", "map", "fields" that differ, "states"} of the second version.
std::string plots(int version, const std::string& area, const std::string& crop, const std::string& farmer,
                  const std::string& map, bool third_state) {
  const std::string told = third_state ? R"({"id": "told", "is": "wait"},)" : "";
  const std::string steps =
      third_state
          ? R"([{"id": "tell", "from": "got", "to": "told", "by": "office"}, {"id": "shut", "from": ["told", "got"], "to": "shut", "by": "office"}])"
          : R"([{"id": "shut", "from": "got", "to": "shut", "by": "office"}])";
  return R"({"flows": [{"id": "plot@)" + std::to_string(version) + R"(", "states": [{"id": "got", "is": "open"},)" +
         told + R"({"id": "shut", "is": "final"}], "steps": )" + steps +
         R"(, "clocks": [{"id": "look", "start": "got", "stop": "shut", "budget": {"n": 5, "unit": "wd"}, "ladder": [{"at": "100%", "notify": "office"}]})" +
         (third_state
              ? R"(,{"id": "word", "start": "tell", "stop": "shut", "budget": {"n": 5, "unit": "wd"}, "ladder": [{"at": "100%", "notify": "office"}]})"
              : "") +
         R"(]}], "indicators": ["i.area"], "kinds": [{"id": "plot", "is": {"version": )" + std::to_string(version) +
         R"(, "flow": "plot@)" + std::to_string(version) +
         R"(", "title": ["name"]}, "fields": {"place": {"type": "place"},
           "name": {"type": "text", "max": 20}, "area": )" +
         area + R"(, "crop": )" + crop + R"(, "farmer": )" + farmer +
         R"j(, "much": {"type": "number", "decimals": 2, "=": "area * 2"}},
         "tallies": [{"to": "i.area", "measure": "sum(area)", "date": "at_end"}])j" +
         (map.empty() ? "" : R"(, "map": )" + map) + "}]}";
}
std::string first() {
  return plots(1, R"({"type": "number", "decimals": 2})", R"({"type": "choice", "list": ["rice", "maize", "beans"]})",
               R"({"type": "text"})", "", true);
}
std::string second(const std::string& map) {
  return plots(2, R"({"type": "number", "decimals": 2, "max": 100})",
               R"({"type": "choice", "list": ["rice", "beans"]})", R"({"type": "text", "need": "always"})", map, false);
}

struct PlotDesk : Desk {
  explicit PlotDesk(const std::string& map) : Desk(*catalogue_of(first().c_str())) {
    auto made = catalogue_of(second(map).c_str());
    if (!made) throw std::runtime_error(made.error().text(Language::en));
    next = *std::move(made);
  }
  Shared next;
  std::vector<Unplaced> unplaced;
  void enters(const char* typed) {
    const auto event = act(one, "create", *Json::parse(typed));
    ASSERT_TRUE(event) << event.error().text(Language::en);
  }
  Result<Event> migrates() {
    unplaced.clear();
    const World world{now, *next, calendar(), actor, *this, {}};
    return migrated(kind("plot"), catalogue(), *next->find("plot"), records.at(one), world, unplaced);
  }
  std::string told() const {
    std::string out;
    for (const Unplaced& left : unplaced) out += left.field + "=" + left.value + " " + left.map + "; ";
    return out;
  }
  /// The document of the next version.
  Json after(const Event& event) {
    Record plain = records.at(one);
    plain.seq = {};
    return applied(document_of(kind("plot"), plain), event);
  }
};

TEST(Migrate, WhatTheNextVersionCanNotHoldIsTold) {
  PlotDesk desk("{}");
  desk.enters(R"j({"place": 70, "name": "东田", "area": "150", "crop": "maize"})j");
  const auto event = desk.migrates();
  ASSERT_TRUE(event);
  EXPECT_TRUE(event->empty()) << "nothing moves";
  EXPECT_EQ(desk.told(), "area=150.00 fields.area; crop=maize codes.crop; farmer= fields.farmer; ");
  EXPECT_EQ(desk.unplaced[0].why.kind, &errors::value_range);
}

TEST(Migrate, AMapPlacesItAndOnlyIt) {
  PlotDesk desk(R"j({"codes": {"crop": {"maize": "beans"}}, "fields": {"area": "100", "farmer": "'未明确'"}})j");
  desk.enters(R"j({"place": 70, "name": "东田", "area": "150", "crop": "maize", "farmer": "某甲"})j");
  const auto event = desk.migrates();
  ASSERT_TRUE(event);
  EXPECT_EQ(desk.told(), "");
  const Record now = *record_of(*desk.next->find("plot"), one, desk.after(*event));
  const auto text = [&](const char* name) {
    const Field& field = *desk.next->find("plot")->field(name);
    return json_of(field, now.values.at(field.id)).canonical();
  };
  EXPECT_EQ(text("area") + text("crop") + text("farmer") + text("much"), R"("100.00""beans""某甲""200.00")");
  EXPECT_EQ(now.version, 2);
  EXPECT_EQ(event->step, step_migrate);
  ASSERT_EQ(event->tallies.size(), 2u) << "the figure moves with it";
  EXPECT_EQ(event->tallies[0].units + event->tallies[1].units, -5000);
}

TEST(Migrate, WhatFitsStaysAsItIs) {
  PlotDesk desk(R"j({"fields": {"area": "1", "farmer": "'未明确'"}, "codes": {"crop": {"maize": "beans"}}})j");
  desk.enters(R"j({"place": 70, "name": "东田", "area": "15", "crop": "rice", "farmer": "某甲"})j");
  const auto event = desk.migrates();
  ASSERT_TRUE(event);
  EXPECT_TRUE(event->empty()) << event->json().canonical();
  EXPECT_TRUE(desk.unplaced.empty());
}

TEST(Migrate, AStateThatIsNoMoreBecomesWhatTheMapSays) {
  PlotDesk none(R"j({})j");
  none.enters(R"j({"place": 70, "farmer": "某甲"})j");
  ASSERT_TRUE(none.act(one, "tell"));
  ASSERT_TRUE(none.migrates());
  EXPECT_EQ(none.told(), "state=told states.told; ");
  PlotDesk desk(R"j({"states": {"told": "got"}})j");
  desk.enters(R"j({"place": 70, "farmer": "某甲"})j");
  ASSERT_TRUE(desk.act(one, "tell"));
  const auto event = desk.migrates();
  ASSERT_TRUE(event);
  const Json after = desk.after(*event);
  EXPECT_EQ(after["s"].string_or(""), "got");
  EXPECT_TRUE(after["c"]["word"].is_null()) << "a clock that is no more stops";
  EXPECT_TRUE(after["c"]["look"].object()) << "and the one of that state runs";
  EXPECT_TRUE(record_of(*desk.next->find("plot"), one, after));
}

TEST(Migrate, ClosedAndVoidOnesKeepTheirVersion) {
  PlotDesk desk("{}");
  desk.enters(R"j({"place": 70, "area": "150"})j");
  ASSERT_TRUE(desk.keep(one, voided(desk.kind("plot"), desk.records.at(one), "重复", desk.world())));
  ASSERT_TRUE(desk.migrates());
  EXPECT_EQ(desk.told(), "");
  PlotDesk closed("{}");
  closed.enters(R"j({"place": 70, "area": "150"})j");
  ASSERT_TRUE(closed.act(one, "shut"));
  const auto event = closed.migrates();
  ASSERT_TRUE(event);
  EXPECT_EQ(closed.told() + (event->empty() ? "" : event->json().canonical()), "");
}

TEST(Migrate, AMapSpeaksOfThisVersion) {
  const auto faults = [](const std::string& map) { return faults_in(*Json::parse(second(map)))[0]; };
  EXPECT_EQ(faults(R"j({"states": {"told": "gone"}})j"), "/kinds/0/map/states/told: 'gone' is not known here");
  EXPECT_EQ(faults(R"j({"codes": {"crop": {"maize": "bean"}}})j"),
            "/kinds/0/map/codes/crop/maize: 'bean' is not known here; did you mean beans?");
  EXPECT_EQ(faults(R"j({"codes": {"area": {"1": "2"}}})j").substr(0, 30), "/kinds/0/map/codes/area: a fie");
  EXPECT_EQ(faults(R"j({"fields": {"arae": "1"}})j").substr(0, 30), "/kinds/0/map/fields/arae: ther");
  EXPECT_EQ(faults(R"j({"fields": {"much": "1"}})j"), "/kinds/0/map/fields/much: 'much' is worked out, not typed");
  EXPECT_EQ(faults(R"j({"feilds": {}})j").substr(0, 22), "/kinds/0/map/feilds: t");
}

}   // namespace
}   // namespace gangmu::record::testing
