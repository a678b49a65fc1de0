// SPDX-License-Identifier: Apache-2.0
// Steps that pass a matter on: who answers after it, where that ends, and what a clock does by itself. Clocks extended.
#include <gtest/gtest.h>

#include "record/clocks.hpp"
#include "record/desk_test.hpp"
#include "record/errors.hpp"
#include "flow/errors.hpp"

namespace gangmu::record::testing {
namespace {

/// The steps beside `answer`, and who takes that.
std::string needs_with(const std::string& steps, const std::string& by = "answerer", const std::string& rung = "") {
  return R"j({
 "flows": [{"id": "need@1",
   "states": [{"id": "raised", "is": "open", "edit": "*"}, {"id": "told", "is": "final"}],
   "steps": [)j" +
         steps + R"j({"id": "answer", "from": "raised", "to": "told", "by": ")j" + by + R"j("}],
   "clocks": [{"id": "answer", "start": "raised", "stop": "answer", "budget": {"n": 5, "unit": "d"},
               "extend": {"n": 3, "unit": "d", "times": 2, "by": "office", "need": ["why"]}, "ladder": [)j" +
         rung + R"j(]}]}],
 "indicators": ["i.due"],
 "kinds": [{"id": "need", "is": {"version": 1, "flow": "need@1"},
   "fields": {"place": {"type": "place"}, "why": {"type": "text"}, "other": {"type": "who"}, "answerer": {"type": "who", "of": ["unit", "post"]},
     "seat": {"type": "place", "take": "answerer.place"}},
   "tallies": [{"to": "i.due", "measure": "count", "date": "due(answer)"}]}]})j";
}

constexpr const char* lift =
    R"j({"id": "lift", "from": "raised", "to": "raised", "by": ["answerer", "clock"], "route": "up", "max": 20},)j";
constexpr const char* back = R"j({"id": "back", "from": "raised", "by": "answerer", "route": "return"},)j";

const RecordId need{PlaceId{7}, "need", 1};

struct NeedDesk : Desk {
  explicit NeedDesk(const std::string& declared, const char* answerer = "unit:office of 70")
      : Desk(*catalogue_of(declared.c_str())) {
    const auto event =
        act(need, "create", *Json::parse(std::string(R"({"place": 70, "answerer": ")") + answerer + "\"}"));
    EXPECT_TRUE(event) << event.error().text(Language::en);
  }
  /// Who answers after the step, or what is said against it.
  std::string after(std::string step, std::string_view typed = "{}") {
    const auto event = act(need, std::move(step), *Json::parse(typed));
    if (!event) return event.error().all().front().text(Language::en);
    laws(need);
    return text(need, "answerer") + " " + text(need, "seat");
  }
};

TEST(Routes, ALiftGoesToTheOfficeAboveUntilThereIsNone) {
  NeedDesk desk(needs_with(lift));
  EXPECT_EQ(desk.after("lift"), R"("unit:office of 7" 7)") << "what is taken from it follows";
  EXPECT_EQ(desk.after("lift"), R"("unit:office of 1" 1)");
  EXPECT_EQ(desk.after("lift"), "it can't be passed on: there is no unit above");
  EXPECT_EQ(desk.records.at(need).hops, 2);
}

TEST(Routes, ADepartmentLiftsToTheOfficeOfItsHome) {
  NeedDesk desk(needs_with(lift), "unit:none");
  EXPECT_EQ(desk.after("lift"), R"("unit:office of 7" 7)");
}

TEST(Routes, AMatterGoesBackToWhoAnsweredBefore) {
  NeedDesk desk(needs_with(std::string(lift) + back));
  EXPECT_EQ(desk.after("back"), "it can't be passed on: it was not passed on, so it can't go back");
  desk.after("lift");
  desk.after("lift");
  EXPECT_EQ(desk.after("back"), R"("unit:office of 7" 7)");
  EXPECT_EQ(desk.after("back"), R"("unit:office of 70" 70)");
}

TEST(Routes, PassingToAndFroEnds) {
  NeedDesk desk(needs_with(std::string(lift) + back));
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(desk.after("lift"), R"("unit:office of 7" 7)");
    EXPECT_EQ(desk.after("back"), R"("unit:office of 70" 70)");
  }
  EXPECT_EQ(desk.after("lift"), "it was passed on 8 times and can't be any more; it is to be answered where it is");
}

TEST(Routes, DownGoesTowardsThePlaceAndLowestIsItsOffice) {
  NeedDesk desk(needs_with(R"j({"id": "down", "from": "raised", "by": "answerer", "route": "down"},
    {"id": "lowest", "from": "raised", "by": "answerer", "route": "lowest_competent"},)j"),
                "unit:office of 1");
  EXPECT_EQ(desk.after("down"), R"("unit:office of 7" 7)");
  EXPECT_EQ(desk.after("down"), R"("unit:office of 70" 70)");
  EXPECT_EQ(desk.after("down"), "it can't be passed on: it is at the level of its place");
  desk.after("edit", R"({"answerer": "unit:office of 1"})");
  EXPECT_EQ(desk.after("lowest"), R"("unit:office of 70" 70)");
  EXPECT_EQ(desk.after("lowest"), "it can't be passed on: it is with that unit");
}

TEST(Routes, SidewaysTheNextOneIsTyped) {
  NeedDesk desk(needs_with(R"j({"id": "hand", "from": "raised", "by": "answerer", "route": "sideways"},)j"));
  EXPECT_EQ(desk.after("hand"), "fill in 'answerer'");
  EXPECT_EQ(desk.after("hand", R"({"answerer": "unit:bureau"})"), R"("unit:bureau" 71)");
}

TEST(Routes, AClockLiftsByItselfAndTellsWhenItCannot) {
  NeedDesk desk(needs_with(lift, "answerer", R"j({"at": "100%", "fire": "lift"})j"));
  const Kind& kind = desk.kind("need");
  for (const char* said : {R"("unit:office of 7")", R"("unit:office of 1")", R"("unit:office of 1")"}) {
    const auto firing = next_firing(kind, desk.records.at(need), desk.world());
    ASSERT_TRUE(firing);
    desk.now = firing->at;
    ASSERT_TRUE(desk.keep(need, fire(kind, desk.records.at(need), *firing, desk.world())));
    desk.laws(need);
    EXPECT_EQ(desk.text(need, "answerer"), said);
  }
  EXPECT_EQ(desk.events.at(need).back().step, "clock");
  EXPECT_EQ(desk.events.at(need).back().reason, "不能再移交：上面没有单位了");
  EXPECT_FALSE(next_firing(kind, desk.records.at(need), desk.world())) << "told once";
}

TEST(Routes, ARungRaisesWithoutAStep) {
  NeedDesk desk(needs_with("", "answerer", R"j({"at": "80%", "raise": "up"})j"));
  const Kind& kind = desk.kind("need");
  const auto firing = next_firing(kind, desk.records.at(need), desk.world());
  desk.now = firing->at;
  ASSERT_TRUE(desk.keep(need, fire(kind, desk.records.at(need), *firing, desk.world())));
  desk.laws(need);
  EXPECT_EQ(desk.text(need, "answerer") + desk.text(need, "seat"), R"("unit:office of 7"7)");
}

TEST(Routes, ItIsKnownWhenLoadedWhoAnswersNext) {
  const auto said = [](const std::string& declared) { return faults_in(*Json::parse(declared)); };
  EXPECT_EQ(said(needs_with(lift)), std::vector<std::string>{});
  const std::string unclear =
      "step 'lift' passes the matter on (route), but it is not clear to whom: exactly one field of "
      "type who must stand in the by of the steps that come next";
  const std::string by_office = R"j({"id": "lift", "from": "raised", "by": "office", "route": "up"},)j";
  EXPECT_EQ(said(needs_with(by_office, "office")), std::vector<std::string>{"/flows/0/steps/0/route: " + unclear});
  EXPECT_EQ(said(needs_with(lift, "other")).size(), 1u) << "two of them";
}

TEST(Extension, AClockGetsMoreTimeWithinItsLimit) {
  NeedDesk desk(needs_with(""));
  const auto due = [&] { return desk.records.at(need).standing.clocks.at(0).due->text(); };
  EXPECT_EQ(due(), "2023-06-22T00:00:00+08:00");
  EXPECT_EQ(extensible_clocks(desk.kind("need"), desk.records.at(need), desk.world()),
            std::vector<std::string>{"answer"});
  EXPECT_TRUE(desk.act(need, "extend-answer").error().is(errors::wanted)) << "it needs why";
  EXPECT_TRUE(desk.act(need, "extend-answer", *Json::parse(R"({"other": "unit:x"})")).error().is(errors::not_editable));
  const auto event = desk.act(need, "extend-answer", *Json::parse(R"({"why": "待上级批复"})"));
  ASSERT_TRUE(event);
  desk.laws(need);
  EXPECT_EQ(due(), "2023-06-25T00:00:00+08:00");
  EXPECT_EQ(event->tallies.back().when, "20230624") << "it counts when it is due";
  ASSERT_TRUE(desk.act(need, "extend-answer"));
  EXPECT_TRUE(desk.act(need, "extend-answer").error().is(flow::errors::extended_enough));
  EXPECT_TRUE(extensible_clocks(desk.kind("need"), desk.records.at(need), desk.world()).empty());
  EXPECT_TRUE(desk.act(need, "extend-nothing").error().is(errors::step_unknown));
  ASSERT_TRUE(desk.act(need, "answer"));
  EXPECT_TRUE(desk.act(need, "extend-answer").error().is(flow::errors::clock_not_running));
}

}   // namespace
}   // namespace gangmu::record::testing
