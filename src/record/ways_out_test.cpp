// SPDX-License-Identifier: Apache-2.0
// Ways out of a flow: what a record that becomes void takes back, and what comes again when it is brought back.
#include "record/ways_out.hpp"

#include <gtest/gtest.h>

#include "record/clocks.hpp"
#include "record/desk_test.hpp"
#include "record/errors.hpp"

namespace gangmu::record::testing {
namespace {

const char* letters = R"j({
 "flows": [{"id": "letter@1",
   "states": [{"id": "got", "is": "open"}, {"id": "told", "is": "wait"}, {"id": "shut", "is": "final"}],
   "steps": [{"id": "reply", "from": "got", "to": "told", "by": "office", "need": ["text"]},
             {"id": "refuse", "from": "told", "to": "got", "by": "raiser"},
             {"id": "close", "from": "told", "to": "shut", "by": "office"}],
   "clocks": [{"id": "answer", "start": ["got", "refuse"], "stop": "reply", "budget": {"n": 5, "unit": "wd"},
               "ladder": [{"at": "100%", "notify": "office"}]},
              {"id": "word", "start": "reply", "stop": ["refuse", "close"], "budget": {"n": 9, "unit": "d"}}]}],
 "indicators": ["i.due", "i.stock", "i.each"],
 "kinds": [{"id": "letter", "is": {"version": 1, "flow": "letter@1", "number": "LX{yyyy}-{n:4}", "key": ["case"]},
   "fields": {"place": {"type": "place"}, "case": {"type": "code"}, "text": {"type": "text"}, "part_of": {"type": "ref", "to": "letter"},
     "first_text": {"type": "text", "=": "part_of.text"}, "parts": {"type": "number", "=": "count(letter.part_of)"},
     "kept": {"type": "flag", "=": "in_time(answer)"}},
   "tallies": [{"to": "i.due", "measure": "count", "date": "due(answer)"}, {"to": "i.stock", "measure": "count", "date": "at_end"},
     {"to": "i.each", "measure": "count", "date": "each(reply)"}]}]})j";

const RecordId letter{PlaceId{7}, "letter", 1}, other{PlaceId{7}, "letter", 2};

struct LetterDesk : Desk {
  LetterDesk() : Desk(*catalogue_of(letters)) {}
  void enters(const RecordId& id, const char* typed) {
    const auto event = act(id, "create", *Json::parse(typed));
    ASSERT_TRUE(event) << event.error().text(Language::en);
  }
  Result<Event> makes_void() { return keep(letter, voided(kind("letter"), records.at(letter), "重复登记", world())); }
  Result<Event> brings_back() {
    return keep(letter, restored(kind("letter"), records.at(letter), "仍需办理", world()));
  }
  std::string document() {
    Record plain = records.at(letter);
    plain.seq = {};
    return document_of(kind("letter"), plain).canonical();
  }
  std::string shown(const RecordId& id, std::string_view name) {
    const Values all = read_now(kind("letter"), records.at(id), world());
    const auto found = all.find(field("letter", name));
    return found == all.end() ? "missing" : json_of(*kind("letter").field(name), found->second).canonical();
  }
};

TEST(WaysOut, AVoidRecordLeavesSumsKeysWaysBackAndClocks) {
  LetterDesk desk;
  desk.enters(other, R"j({"place": 70, "text": "甲"})j");
  desk.enters(letter, R"j({"place": 70, "case": "A-1", "text": "乙", "part_of": "7.letter.2"})j");
  EXPECT_EQ(desk.shown(other, "parts"), R"("1")");
  const std::string before = desk.document();
  const auto event = desk.makes_void();
  ASSERT_TRUE(event);
  desk.laws(letter);
  EXPECT_EQ(event->patch.canonical(),
            R"({"k":{"key":null,"void":"1"},"next":null,"void":)" + std::to_string(desk.now.micros) + R"(,"x":null})")
      << "the smallest patch";
  EXPECT_EQ(event->tallies.size(), 2u) << "due and stock go";
  EXPECT_EQ(desk.shown(other, "parts"), R"("0")");
  EXPECT_TRUE(desk.makes_void().error().is(errors::is_void));
  EXPECT_TRUE(desk.act(letter, "reply").error().is(errors::is_void));
  EXPECT_TRUE(desk.act(letter, "edit", *Json::parse(R"j({"text": "丙"})j")).error().is(errors::is_void));
  EXPECT_EQ(next_firing(desk.kind("letter"), desk.records.at(letter), desk.world()), std::nullopt);

  const auto back = desk.brings_back();
  ASSERT_TRUE(back);
  desk.laws(letter);
  EXPECT_EQ(desk.document(), before) << "brought back the same day it is what it was";
  EXPECT_TRUE(desk.brings_back().error().is(errors::is_not_void));
  EXPECT_TRUE(desk.act(letter, "reply"));
}

TEST(WaysOut, WhatRefersToAVoidRecordReadsNothingOfIt) {
  LetterDesk desk;
  desk.enters(letter, R"j({"place": 70, "text": "甲"})j");
  desk.enters(other, R"j({"place": 70, "text": "乙", "part_of": "7.letter.1"})j");
  EXPECT_EQ(desk.shown(other, "first_text"), R"("甲")");
  ASSERT_TRUE(desk.makes_void());
  EXPECT_EQ(desk.shown(other, "first_text"), "missing");
  ASSERT_TRUE(desk.brings_back());
  EXPECT_EQ(desk.shown(other, "first_text"), R"("甲")");
}

TEST(WaysOut, ClocksStandStillWhileARecordIsVoid) {
  LetterDesk desk;   // 2023-06-16 is a Friday
  desk.enters(letter, R"j({"place": 70, "text": "甲"})j");
  const auto due = [&] { return desk.records.at(letter).standing.clocks.at(0).due->text(); };
  EXPECT_EQ(due(), "2023-06-24T00:00:00+08:00");
  desk.now = at("2023-06-20");
  ASSERT_TRUE(desk.makes_void());
  desk.now = at("2023-07-03");
  const auto back = desk.brings_back();
  ASSERT_TRUE(back);
  desk.laws(letter);
  EXPECT_EQ(due(), "2023-07-07T00:00:00+08:00") << "two of five days were used, three are left";
  EXPECT_EQ(back->tallies.front().when, "20230706") << "it counts when it is due";
}

TEST(WaysOut, WhatWasLateBeforeItBecameVoidStaysLate) {
  LetterDesk desk;
  desk.enters(letter, R"j({"place": 70, "text": "甲"})j");
  desk.now = at("2023-06-28");
  ASSERT_TRUE(desk.makes_void());
  desk.now = at("2023-07-03");
  const auto back = desk.brings_back();
  ASSERT_TRUE(back);
  desk.laws(letter);
  EXPECT_EQ(desk.text(letter, "kept"), "false");
  EXPECT_EQ(back->tallies.front().when, "20230623") << "the day it was due";
}

TEST(WaysOut, AMatterIsMovedToAnotherStateAndItsClocksBeginThere) {
  LetterDesk desk;
  desk.enters(letter, R"j({"place": 70, "text": "甲"})j");
  ASSERT_TRUE(desk.act(letter, "reply"));
  desk.now = at("2023-06-19");
  const auto move = [&](const char* to) {
    return desk.keep(letter, moved(desk.kind("letter"), desk.records.at(letter), to, "转错了", desk.world()));
  };
  EXPECT_TRUE(move("told").error().is(errors::state_wrong)) << "it stands there";
  EXPECT_TRUE(move("nowhere").error().is(errors::state_wrong));
  const auto event = move("got");
  ASSERT_TRUE(event);
  desk.laws(letter);
  EXPECT_EQ(event->step, "out-move");
  EXPECT_EQ(event->reason, "转错了");
  const auto& clocks = desk.records.at(letter).standing.clocks;
  ASSERT_EQ(clocks.size(), 1u) << "the clock of the state it left has stopped";
  EXPECT_EQ(clocks.begin()->second.run, 2);
  ASSERT_TRUE(move("told"));
  ASSERT_EQ(desk.records.at(letter).standing.clocks.size(), 1u)
      << "also a clock that only a step into the state starts";
  EXPECT_EQ(desk.kind("letter").flow()->clocks()[desk.records.at(letter).standing.clocks.begin()->first].id, "word");
  ASSERT_TRUE(move("shut")) << "what is stuck can be closed";
  EXPECT_TRUE(desk.records.at(letter).standing.clocks.empty());
  EXPECT_TRUE(move("got").error().is(errors::state_wrong)) << "a closed one is reopened";
}

TEST(WaysOut, AClosedMatterIsReopenedAndCorrectedOnlySo) {
  LetterDesk desk;
  desk.enters(letter, R"j({"place": 70, "text": "甲"})j");
  ASSERT_TRUE(desk.act(letter, "reply") && desk.act(letter, "close"));
  const Json typed = *Json::parse(R"j({"text": "乙", "place": 71})j");
  EXPECT_TRUE(desk.act(letter, "edit", typed).error().is(errors::not_editable));
  const auto event = desk.act(letter, "out-correct", typed);
  ASSERT_TRUE(event);
  desk.laws(letter);
  EXPECT_EQ(event->tallies.size(), 4u)
      << "due and stock leave one place and come to the other; what a taking was stays";
  EXPECT_EQ(desk.text(letter, "text"), R"("乙")");
  EXPECT_TRUE(desk.act(letter, "out-correct", *Json::parse(R"j({"kept": true})j")).error().is(errors::not_typed));

  const auto reopen = [&](const char* to) {
    return desk.keep(letter, reopened(desk.kind("letter"), desk.records.at(letter), to, "有新情况", desk.world()));
  };
  EXPECT_TRUE(reopen("shut").error().is(errors::state_wrong));
  ASSERT_TRUE(reopen("got"));
  desk.laws(letter);
  EXPECT_EQ(possible_steps(desk.kind("letter"), desk.records.at(letter), desk.world()),
            std::vector<std::string>{"reply"});
  EXPECT_TRUE(reopen("told").error().is(errors::state_wrong)) << "it is open";
}

TEST(WaysOut, ARecordOfAnEarlierVersionIsWrittenAnew) {
  LetterDesk desk;
  desk.enters(letter, R"j({"place": 70, "text": "甲"})j");
  const auto migrate = [&](Desk& at) { return at.act(letter, "out-migrate"); };
  EXPECT_TRUE(migrate(desk)->empty()) << "it is of this version";
  const std::string text = letters;
  const auto with = [&](std::string from, const std::string& to) {
    std::string out = text;
    return out.replace(out.find(from), from.size(), to);
  };
  const auto made = catalogue_of(with(R"("is": {"version": 1)", R"("is": {"version": 2)").c_str());
  ASSERT_TRUE(made) << made.error().text(Language::en);
  Desk later(*made);
  later.records = desk.records;
  const auto event = migrate(later);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->patch.canonical(), R"({"v":2})");
}

}   // namespace
}   // namespace gangmu::record::testing
