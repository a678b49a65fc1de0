// SPDX-License-Identifier: Apache-2.0
// Two records that are the same: what one takes over of the other, and what it gives back.
#include "record/merge.hpp"

#include <gtest/gtest.h>

#include "record/desk_test.hpp"
#include "record/errors.hpp"
#include "record/ways_out.hpp"

namespace gangmu::record::testing {
namespace {

const char* toilets = R"j({
 "indicators": ["i.cost", "i.stock"],
 "kinds": [{"id": "toilet", "is": {"version": 1, "key": ["code"], "title": ["name"], "checks": ["until >= since"]},
   "fields": {"place": {"type": "place"}, "name": {"type": "text", "need": "always"}, "code": {"type": "code"},
     "since": {"type": "date"}, "until": {"type": "date"}, "cost": {"type": "money"}, "double": {"type": "money", "=": "cost * 2"},
     "works": {"type": "rows", "max": 4, "key": ["month"], "of": {"month": {"type": "period", "kind": "month"},
       "paid": {"type": "money"}, "note": {"type": "text"}}},
     "photos": {"type": "rows", "of": {"what": {"type": "text"}}}},
   "tallies": [{"to": "i.cost", "measure": "sum(cost)", "date": "at_end"}, {"to": "i.stock", "measure": "count", "date": "at_end"}]}]})j";

const RecordId one{PlaceId{7}, "toilet", 1}, two{PlaceId{7}, "toilet", 2};

struct ToiletDesk : Desk {
  ToiletDesk() : Desk(*catalogue_of(toilets)) {}
  const Kind& toilet() { return kind("toilet"); }
  void enters(const RecordId& id, const char* typed) {
    const auto event = act(id, "create", *Json::parse(typed));
    ASSERT_TRUE(event) << event.error().text(Language::en);
  }
  Sides sides(const std::vector<const char*>& leaving) {
    Sides out;
    for (const char* name : leaving) out[field("toilet", name)] = Side::leaving;
    return out;
  }
  Values before{};
  /// `two` goes into `one`.
  Status merges(const Sides& chosen = {}) {
    before = records.at(one).values;
    const Values typed = taken_over(toilet(), records.at(one), records.at(two), chosen);
    TRY(keep(two, led_on(toilet(), records.at(two), one, "重复登记", world())));
    auto taken = decide(toilet(), &records.at(one), one,
                        {.step = std::string(step_take_over), .typed = typed, .reason = "重复登记"}, world());
    if (taken) taken->other = two;
    merged_at = records.at(one).seq.value + 1;
    after = {};
    TRY(keep(one, taken));
    after = records.at(one).values;
    return {};
  }
  Status parts() {
    Touched since;
    for (auto i = static_cast<std::size_t>(merged_at); i < events.at(one).size(); ++i) since.add(events.at(one)[i]);
    kept.clear();
    const Values typed = given_back(toilet(), before, after, since, kept);
    TRY(act(one, {.step = std::string(step_give_back), .typed = typed, .reason = "不是同一座"}));
    TRY(keep(two, come_back(toilet(), records.at(two), "不是同一座", world())));
    return {};
  }
  std::string document(const RecordId& id) {
    Record plain = records.at(id);
    plain.seq = {};
    return document_of(toilet(), plain).canonical();
  }
  Values after{};
  std::int64_t merged_at = 0;
  std::vector<FieldId> kept;
};

TEST(Merge, WhatOneLacksComesFromTheOtherAndEachCountsOnce) {
  ToiletDesk desk;
  desk.enters(one, R"j({"place": 70, "name": "桥头公厕", "works": {"rows": {"0": {"month": "202301", "paid": "5"}}},
                        "photos": {"rows": {"0": {"what": "门口"}}}})j");
  desk.enters(two, R"j({"place": 71, "name": "桥头村公厕", "code": "G-1", "cost": "30",
                        "works": {"rows": {"0": {"month": "202301", "paid": "6", "note": "通水"}, "-1": {"month": "202302", "paid": "7"}}},
                        "photos": {"rows": {"0": {"what": "门口"}, "-1": {"what": "里面"}}}})j");
  const std::string first = desk.document(one), second = desk.document(two);
  ASSERT_TRUE(desk.merges());
  desk.laws(one);
  desk.laws(two);
  EXPECT_EQ(desk.text(one, "name"), R"("桥头公厕")");
  EXPECT_EQ(desk.text(one, "code"), R"("G-1")");
  EXPECT_EQ(desk.text(one, "double"), R"("60.00")") << "worked out anew";
  const std::string month = std::to_string(desk.toilet().field("works")->spec.rows[0].id.value);
  const Json works = *Json::parse(desk.text(one, "works"));
  EXPECT_EQ(works["rows"].object()->size(), 2u) << "rows of one month are one row: " << works.canonical();
  EXPECT_EQ(works["rows"]["2"][month].string_or(""), "202302");
  EXPECT_NE(desk.text(one, "works").find("通水"), std::string::npos) << "the cell it lacked";
  EXPECT_EQ(desk.text(one, "works").find("6.00"), std::string::npos) << "its own figure stays";
  EXPECT_EQ((*Json::parse(desk.text(one, "photos")))["rows"].object()->size(), 2u) << "the same row is not there twice";
  EXPECT_TRUE(desk.records.at(two).voided && desk.records.at(two).into == one);
  const Json gone = *Json::parse(desk.document(two));
  EXPECT_TRUE(gone["k"].is_null()) << "its key went along";
  EXPECT_EQ(gone["x"].canonical(), R"({"0":["7.toilet.1"]})") << "the way back";
  EXPECT_TRUE(restored(desk.toilet(), desk.records.at(two), "x", desk.world()).error().is(errors::is_not_void));
  EXPECT_EQ(desk.events.at(one).back().other, two);

  ASSERT_TRUE(desk.parts());
  desk.laws(one);
  desk.laws(two);
  EXPECT_EQ(desk.document(two), second);
  const Json back = *Json::parse(desk.document(one)), was = *Json::parse(first);
  EXPECT_EQ(back["k"], was["k"]);
  EXPECT_EQ(desk.text(one, "cost"), "missing");
  EXPECT_EQ((*Json::parse(desk.text(one, "works")))["rows"].object()->size(), 1u);
  EXPECT_EQ(desk.text(one, "works").find("通水"), std::string::npos);
  EXPECT_TRUE(desk.kept.empty());
}

TEST(Merge, AFieldIsTakenOfTheSideThatWasChosen) {
  ToiletDesk desk;
  desk.enters(one, R"j({"place": 70, "name": "甲", "cost": "1", "since": "2023-01-01"})j");
  desk.enters(two, R"j({"place": 71, "name": "乙", "cost": "2"})j");
  ASSERT_TRUE(desk.merges(desk.sides({"name", "since"})));
  EXPECT_EQ(desk.text(one, "name"), R"("乙")");
  EXPECT_EQ(desk.text(one, "since"), "missing") << "nothing was chosen, so nothing it is";
  EXPECT_EQ(desk.text(one, "cost"), R"("1.00")");
  desk.laws(one);
}

TEST(Merge, OnlyWhatWasTakenOverIsGivenBack) {
  ToiletDesk desk;
  desk.enters(one, R"j({"place": 70, "name": "甲"})j");
  desk.enters(two, R"j({"place": 71, "name": "乙", "code": "G-2", "cost": "2",
                        "works": {"rows": {"0": {"month": "202301"}, "-1": {"month": "202302"}}}})j");
  ASSERT_TRUE(desk.merges());
  ASSERT_TRUE(desk.act(one, "edit", *Json::parse(R"j({"name": "甲改", "cost": "9",
                        "works": {"rows": {"2": {"paid": "3"}, "0": {"month": "202303"}}}})j")));
  ASSERT_TRUE(desk.parts());
  desk.laws(one);
  EXPECT_EQ(desk.text(one, "name"), R"("甲改")") << "nobody took it over";
  EXPECT_EQ(desk.text(one, "code"), "missing");
  EXPECT_EQ(desk.text(one, "cost"), R"("9.00")") << "somebody wrote it since";
  const Json works = *Json::parse(desk.text(one, "works"));
  EXPECT_FALSE(works["rows"].object()->contains("1"));
  EXPECT_TRUE(works["rows"].object()->contains("2")) << "somebody worked on that row";
  EXPECT_TRUE(works["rows"].object()->contains("3"));
  EXPECT_EQ(desk.kept, (std::vector<FieldId>{desk.field("toilet", "cost"), desk.field("toilet", "works")}));
  EXPECT_TRUE(desk.parts().error().is(errors::is_not_merged));
}

TEST(Merge, TheRulesOfTheKindHold) {
  ToiletDesk desk;
  desk.enters(one, R"j({"place": 70, "name": "甲", "since": "2023-05-01"})j");
  desk.enters(two, R"j({"place": 71, "name": "乙", "until": "2023-01-01"})j");
  EXPECT_TRUE(desk.merges().error().is(errors::check_failed));
  ToiletDesk rows;
  rows.enters(
      one,
      R"j({"place": 70, "name": "甲", "works": {"rows": {"0": {"month": "202301"}, "-1": {"month": "202302"}, "-2": {"month": "202303"}}}})j");
  rows.enters(
      two,
      R"j({"place": 70, "name": "乙", "works": {"rows": {"0": {"month": "202304"}, "-1": {"month": "202305"}}}})j");
  EXPECT_TRUE(rows.merges().error().is(errors::rows_too_many));
}

}   // namespace
}   // namespace gangmu::record::testing
