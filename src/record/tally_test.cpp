// SPDX-License-Identifier: Apache-2.0
// What a record contributes, on which day, and what stands beside the figure; each by acts a clerk could do.
#include "record/tally.hpp"

#include <gtest/gtest.h>

#include "record/desk_test.hpp"
#include "record/errors.hpp"

namespace gangmu::record::testing {
namespace {

using All = std::vector<std::string>;

/// A kind with one tally.
std::string kind_with(const std::string& tally) {
  return R"j({
 "flows": [{"id": "visit@1",
   "states": [{"id": "open", "is": "open", "edit": "*"}, {"id": "told", "is": "wait", "edit": "*"}, {"id": "shut", "is": "final"}],
   "steps": [{"id": "visit", "from": "open", "by": "office", "edit": "*"},
             {"id": "reply", "from": "open", "to": "told", "by": "office", "edit": "*"},
             {"id": "refuse", "from": "told", "to": "open", "by": "office"},
             {"id": "close", "from": "told", "to": "shut", "by": "office"}],
   "clocks": [{"id": "answer", "start": "open", "stop": "reply", "budget": {"n": 5, "unit": "d"}, "pause_on": "paused"},
              {"id": "word", "start": "reply", "stop": ["refuse", "close"], "until": "promised"}]}],
 "indicators": ["i.x"],
 "kinds": [{"id": "letter", "is": {"version": 1, "flow": "visit@1"},
  "fields": {"place": {"type": "place"}, "seat": {"type": "place"}, "day": {"type": "date"}, "promised": {"type": "date"}, "month": {"type": "period", "kind": "month"},
   "area": {"type": "number", "decimals": 1}, "paused": {"type": "flag"}, "text": {"type": "text"},
   "lines": {"type": "rows", "of": {"on": {"type": "date"}, "sum": {"type": "money"}}}},
  "tallies": [)j" +
         tally + "]}]}";
}

const RecordId letter{PlaceId{7}, "letter", 1};

struct Office : Desk {
  explicit Office(const std::string& tally) : Desk(*catalogue_of(kind_with(tally).c_str())) {}
  /// The act, and what its event tells: "i.x 70 20230616 +1", those beside the figure in brackets.
  All told(std::string step, std::string_view typed = "{}") {
    const auto event = act(letter, std::move(step), *Json::parse(typed));
    EXPECT_TRUE(event) << (event ? "" : event.error().text(Language::en));
    All out;
    for (const auto* all : {&event->tallies, &event->beside})
      for (const Contribution& one : *all) {
        const std::string text = std::to_string(one.place.value) + " " + one.when + " " + (one.units > 0 ? "+" : "") +
                                 Decimal(one.units, one.decimals).text();
        out.push_back(one.beside ? "[" + text + "]" : text);
      }
    laws(letter);
    return out;
  }
};

TEST(Tally, ByAField) {
  Office desk(R"j({"to": "i.x", "measure": "sum(area)", "date": "day"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70, "day": "2023-06-16", "area": "2.5"})j"), All{"70 20230616 +2.5"});
  EXPECT_EQ(desk.told("edit", R"j({"area": "3"})j"), (All{"70 20230616 -2.5", "70 20230616 +3.0"}));
  EXPECT_EQ(desk.told("edit", R"j({"place": 71})j"), (All{"70 20230616 -3.0", "71 20230616 +3.0"}));
  EXPECT_EQ(desk.told("edit", R"j({"text": "x"})j"), All{});
}

TEST(Tally, OfAPeriodCountsInThePeriod) {
  Office desk(R"j({"to": "i.x", "measure": "count", "date": "month"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70, "month": "202305"})j"), All{"70 202305 +1"});
}

TEST(Tally, WhatIsMissingStandsBesideTheFigureAndIsNeverZero) {
  Office desk(R"j({"to": "i.x", "measure": "sum(area)", "date": "day"})j");
  EXPECT_EQ(desk.told("create"), All{"[0  +1]"}) << "neither place, day nor measure";
  EXPECT_EQ(desk.told("edit", R"j({"place": 70})j"), (All{"[0  -1]", "[70  +1]"}));
  EXPECT_EQ(desk.told("edit", R"j({"day": "2023-06-16"})j"), (All{"[70  -1]", "[70 20230616 +1]"}))
      << "one of m without a measure";
  EXPECT_EQ(desk.told("edit", R"j({"area": "0"})j"), (All{"70 20230616 0.0", "[70 20230616 -1]"}))
      << "a nought is a measure";
  EXPECT_EQ(desk.told("edit", R"j({"area": ">5"})j"), (All{"70 20230616 0.0", "[70 20230616 +1]"}))
      << "a threshold is to be read, not to be added";
  EXPECT_EQ(desk.told("edit", R"j({"area": {"gap": "WH"}})j"), All{}) << "withheld stands where it stood";
}

TEST(Tally, OfRowsByTheirOwnDay) {
  Office desk(R"j({"to": "i.x", "measure": "sum(lines.sum)", "date": "lines.on"})j");
  EXPECT_EQ(
      desk.told("create",
                R"j({"place": 70, "lines": {"rows": {"0": {"on": "2023-06-01", "sum": "5"}, "-1": {"sum": "7"}}}})j"),
      (All{"70 20230601 +5.00", "[70  +1]"}));
  EXPECT_EQ(desk.told("edit", R"j({"lines": {"rows": {"2": {"on": "2023-06-02"}}}})j"),
            (All{"70 20230602 +7.00", "[70  -1]"}));
  EXPECT_EQ(desk.told("edit", R"j({"lines": {"rows": {"1": {}}}})j"), All{"70 20230601 -5.00"});
}

TEST(Tally, OfAnotherPlaceField) {
  Office desk(R"j({"to": "i.x", "measure": "count", "date": "day", "place": "seat"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70, "seat": 72, "day": "2023-06-16"})j"), All{"72 20230616 +1"});
}

TEST(Tally, AtEndIsWhatStands) {
  Office desk(R"j({"to": "i.x", "measure": "count", "when": "state == told and area > 1", "date": "at_end"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70, "area": "5"})j"), All{});
  EXPECT_EQ(desk.told("reply"), All{"70 end +1"});
  EXPECT_EQ(desk.told("refuse"), All{"70 end -1"});
}

TEST(Tally, FirstIsTheDayAStepWasFirstTaken) {
  Office desk(R"j({"to": "i.x", "measure": "count", "date": "first(visit)"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70})j"), All{"[70  +1]"});
  EXPECT_EQ(desk.told("visit"), (All{"70 20230616 +1", "[70  -1]"}));
  desk.now = at("2023-06-20");
  EXPECT_EQ(desk.told("visit"), All{});
}

TEST(Tally, EachCountsEveryTakingAsItWasThen) {
  Office desk(R"j({"to": "i.x", "measure": "sum(area)", "when": "area < 100", "date": "each(visit)"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70, "area": "2"})j"), All{}) << "nobody came yet";
  EXPECT_EQ(desk.told("visit"), All{"70 20230616 +2.0"});
  desk.now = at("2023-06-20");
  EXPECT_EQ(desk.told("visit", R"j({"area": "3"})j"), All{"70 20230620 +3.0"}) << "as the step leaves it";
  EXPECT_EQ(desk.told("visit"), All{"70 20230620 +3.0"}) << "twice a day is twice";
  EXPECT_EQ(desk.told("edit", R"j({"area": "9", "place": 71})j"), All{}) << "what was counted stays as it was";
  EXPECT_EQ(desk.told("visit"), All{"71 20230620 +9.0"});
  EXPECT_EQ(desk.told("visit", R"j({"area": "100"})j"), All{}) << "the condition is asked at the taking";
  EXPECT_EQ(desk.told("visit", R"j({"area": null, "place": null})j"), All{})
      << "a condition that is not known does not hold";
  EXPECT_EQ(desk.records.at(letter).kept.size(), 4U);
}

TEST(Tally, EachOfAMissingMeasureStandsBeside) {
  Office desk(R"j({"to": "i.x", "measure": "sum(area)", "date": "each(visit)"})j");
  desk.told("create", R"j({"place": 70})j");
  EXPECT_EQ(desk.told("visit"), All{"[70 20230616 +1]"});
  EXPECT_EQ(desk.told("edit", R"j({"area": "5"})j"), All{}) << "what was not measured then stays so";
}

TEST(Tally, DueIsKnownFromTheStartAndFixedWhenItComes) {
  Office desk(R"j({"to": "i.x", "measure": "count", "date": "due(answer)"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70})j"), All{"70 20230621 +1"});
  desk.now = at("2023-06-18");
  EXPECT_EQ(desk.told("edit", R"j({"paused": true})j"), (All{"70 20230621 -1", "[70  +1]"}))
      << "while it is paused nobody knows the day";
  desk.now = at("2023-06-20");
  EXPECT_EQ(desk.told("edit", R"j({"paused": false})j"), (All{"70 20230623 +1", "[70  -1]"})) << "two days later";
  desk.now = at("2023-07-10");
  EXPECT_EQ(desk.told("edit", R"j({"text": "still open"})j"), All{}) << "it was due, and nobody answered";
  EXPECT_EQ(desk.told("edit", R"j({"paused": true})j"), All{}) << "its day has come: nothing moves it any more";
  EXPECT_EQ(desk.told("edit", R"j({"paused": false})j"), All{});
  EXPECT_EQ(desk.told("reply"), All{});
  EXPECT_EQ(desk.told("refuse"), All{}) << "a second run of the clock is another matter";
  EXPECT_EQ(desk.records.at(letter).marks.at("due:answer").text(), "2023-06-23");
}

TEST(Tally, DueOfAClockStoppedInTimeStaysOnItsDay) {
  Office desk(R"j({"to": "i.x", "measure": "count", "date": "due(answer)"})j");
  desk.told("create", R"j({"place": 70})j");
  desk.now = at("2023-06-17");
  EXPECT_EQ(desk.told("reply"), All{});
  desk.now = at("2023-08-01");
  EXPECT_EQ(desk.told("refuse"), All{});
  EXPECT_EQ(desk.told("edit", R"j({"paused": true})j"), All{});
}

TEST(Tally, DueFollowsADayAgreedOnUntilItComes) {
  Office desk(R"j({"to": "i.x", "measure": "count", "date": "due(word)"})j");
  EXPECT_EQ(desk.told("create", R"j({"place": 70})j"), All{"[70  +1]"});
  EXPECT_EQ(desk.told("reply"), All{}) << "no day was promised";
  EXPECT_EQ(desk.told("edit", R"j({"promised": "2023-07-01"})j"), (All{"70 20230701 +1", "[70  -1]"}));
  EXPECT_EQ(desk.told("edit", R"j({"promised": "2023-07-05"})j"), (All{"70 20230701 -1", "70 20230705 +1"}));
  desk.now = at("2023-07-06");
  EXPECT_EQ(desk.told("edit", R"j({"promised": "2023-08-01"})j"), All{}) << "too late to promise another";
}

TEST(Tally, InTimeIsKnownWhenTheClockHasStopped) {
  const std::string kept = R"j({"to": "i.x", "measure": "count", "when": "in_time(answer)", "date": "due(answer)"})j";
  Office good(kept);
  EXPECT_EQ(good.told("create", R"j({"place": 70})j"), All{}) << "it runs: not yet kept";
  EXPECT_EQ(good.told("reply"), All{"70 20230621 +1"});
  good.now = at("2023-09-01");
  EXPECT_EQ(good.told("refuse"), All{}) << "kept is kept, though it runs again";
  Office late(kept);
  late.told("create", R"j({"place": 70})j");
  late.now = at("2023-06-22");
  EXPECT_EQ(late.told("reply"), All{}) << "one day late";
  Office last(kept);
  last.told("create", R"j({"place": 70})j");
  last.now = *Instant::parse("2023-06-21T23:59:59+08:00");
  EXPECT_EQ(last.told("reply"), All{"70 20230621 +1"}) << "to the end of the day";
}

TEST(Tally, ADayBeyondTheCalendarIsNotGuessed) {
  const auto made = catalogue_of(R"j({"indicators": ["i.x"],
    "flows": [{"id": "f@1", "states": [{"id": "open", "is": "open"}, {"id": "shut", "is": "final"}],
     "steps": [{"id": "close", "from": "open", "to": "shut", "by": "office"}],
     "clocks": [{"id": "answer", "start": "open", "stop": "close", "budget": {"n": 900, "unit": "wd"}}]}],
    "kinds": [{"id": "letter", "is": {"version": 1, "flow": "f@1"}, "fields": {"place": {"type": "place"}},
     "tallies": [{"to": "i.x", "measure": "count", "date": "due(answer)"}]}]})j");
  ASSERT_TRUE(made) << made.error().text(Language::en);
  Desk desk(*made);
  const auto begun = desk.act(letter, "create", *Json::parse(R"j({"place": 70})j"));
  ASSERT_TRUE(begun);
  EXPECT_TRUE(begun->tallies.empty());
  ASSERT_EQ(begun->beside.size(), 1U);
}

TEST(Tally, IsRefusedWithWhatToWrite) {
  const auto fault = [](const std::string& tally) { return faults_in(*Json::parse(kind_with(tally))); };
  const std::string at = "/kinds/0/tallies/0/";
  EXPECT_EQ(fault(R"j({"to": "i.y", "measure": "count", "date": "day"})j"),
            All{at + "to: there is no indicator 'i.y'; did you mean i.x?"});
  EXPECT_EQ(fault(R"j({"to": "i.x", "measure": "count", "date": "each(vist)"})j"),
            All{at + "date: there is no step 'vist'; did you mean visit?"});
  EXPECT_EQ(fault(R"j({"to": "i.x", "measure": "count", "date": "due(visit)"})j"),
            All{at + "date: there is no clock 'visit'"});
  EXPECT_EQ(fault(R"j({"to": "i.x", "measure": "count"})j"),
            All{"/kinds/0/tallies/0/to: tally 'i.x' needs a date: a date field, first(step), each(step), due(clock) or "
                "at_end"});
  EXPECT_EQ(fault(R"j({"to": "i.x", "measure": "sum(text)", "date": "day"})j"),
            All{at + "measure: 'sum(text)' must be count or sum(field)"});
  EXPECT_EQ(fault(R"j({"to": "i.x", "measure": "count", "date": "day", "place": "text"})j"),
            All{at + "place: tally 'i.x' needs a field of type place, not text"});
  EXPECT_EQ(fault(R"j({"to": "i.x", "measure": "count", "date": "day", "when": "today() > day"})j").size(), 1U);
}

}   // namespace
}   // namespace gangmu::record::testing
