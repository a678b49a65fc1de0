// SPDX-License-Identifier: Apache-2.0
// The tutorial's programme, loaded on one day and corrected on the next: both days' figures are told.
#include "app/known.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/observations.hpp"
#include "app/places.hpp"
#include "app/test_store.hpp"

namespace gangmu::app::test {
namespace {

class AsKnown : public ::testing::Test {
 protected:
  explicit AsKnown(Limits limits = {}) : service({world.clock, world.secrets, world.executor}, limits) {
    pack::Files files = programme_folder("tutorial");
    world.clock.set("2026-03-01");
    loaded(world, must(pack::read_pack(files)));
    first = world.store->view()->seq;
    world.clock.set("2026-03-05");
    files.at("observations.csv") +=
        "990901100201,V-INC,2024,40.00,B2,revised,2,更正\n990901100201,V-INC,2025,50.00,B2,,,\n";
    loaded(world, must(pack::read_pack(files)));
    must(service.add(std::move(world.store)));
  }

  Call ask(std::string known) {
    Call call;
    call.actor = Actor::local();
    call.programme = "tutorial";
    if (!known.empty()) call.query["as_known"] = std::move(known);
    return call;
  }
  Told profile(const std::string& known) {
    Call call = ask(known);
    call.id = village;
    return told(place(service, call));
  }
  /// "2024 36.20" of the village's income.
  static std::string income(const Told& profile) {
    for (const Json& row : *profile["figures"].array())
      if (row["indicator"]["code"] == Json("V-INC"))
        return row["latest"]["period"].string_or("") + " " + row["latest"]["value"].string_or("");
    return {};
  }
  std::string list(const std::string& known) {
    Call call = ask(known);
    call.query.insert({{"indicator", "V-INC"}, {"period", "2024"}, {"under", village}});
    return told(observations(service, call))["items"].array()->front()["figure"]["value"].string_or("");
  }

  const std::string village = "990901100201";
  Fresh world;
  Seq first;
  Service service;
};

/// Of the past no row may be read, and of pictures only what weighs nothing is kept.
class AsKnownWithNoRoom : public AsKnown {
 protected:
  AsKnownWithNoRoom() : AsKnown(Limits{.known_rows = 0, .known_bytes = 8}) {}
};

TEST_F(AsKnown, ADayOrASeqGivesTheFiguresOfThen) {
  EXPECT_EQ(income(profile("")), "2025 50.00");
  for (const std::string& then : {std::string("2026-03-01"), std::string("2026-03-04"), std::to_string(first.value)}) {
    EXPECT_EQ(income(profile(then)), "2024 36.20") << then;
    EXPECT_EQ(list(then), "36.20") << then;
  }
  EXPECT_EQ(income(profile("2026-03-05")), "2025 50.00");
  EXPECT_EQ(list(""), "40.00");
}

TEST_F(AsKnown, TheAnswerSaysWhenAndKeepsTheSeqOfNow) {
  const Told then = profile("2026-03-02");
  EXPECT_EQ(then["known"]["seq"], Json(first.value));
  EXPECT_TRUE(then["known"]["at"].string_or("").starts_with("2026-03-01")) << then["known"].canonical();
  EXPECT_GT(then.reply.seq->value, first.value) << "the tag must move when names or rights do";
  EXPECT_TRUE(profile("")["known"].is_null());
  const Told before = profile("2026-02-01");
  EXPECT_EQ(before["known"]["seq"], Json(0));
  EXPECT_TRUE(before["figures"].array()->empty());
  EXPECT_FALSE(before["place"].is_null());
}

TEST_F(AsKnown, TheExplanationLeavesOutWhatCameLater) {
  const auto revisions = [&](const std::string& known) {
    Call call = ask(known);
    call.query.insert({{"place", village}, {"indicator", "V-INC"}, {"period", "2024"}});
    return told(explain_observation(service, call))["revisions"].array()->size();
  };
  EXPECT_EQ(revisions("2026-03-02"), 1u);
  EXPECT_EQ(revisions(""), 2u);
}

TEST_F(AsKnown, AWorkbookIsOfThatDay) {
  Call call = ask("2026-03-02");
  call.id = village;
  call.as_xlsx = true;
  const Reply reply = must(place(service, call));
  const auto rows = lines_of(reply.body);
  const auto holds = [&](const std::string& words) {
    return std::ranges::any_of(rows, [&](const std::string& row) { return row.find(words) != std::string::npos; });
  };
  EXPECT_TRUE(holds("2024|36.2")) << rows.back();
  EXPECT_FALSE(holds("2025|50"));
  const auto about = lines_of(reply.body, 1);
  EXPECT_TRUE(
      std::ranges::any_of(about, [](const std::string& row) { return row.find("2026-03-01") != std::string::npos; }));
  EXPECT_GT(reply.seq->value, first.value);
}

TEST_F(AsKnown, WhatCannotBeIsRefusedWithTheReason) {
  for (const char* wrong : {"2026-03-06", "9999", "昨天", "2026-02-30", "-1"}) {
    Call call = ask(wrong);
    call.id = village;
    const auto refused = place(service, call);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_TRUE(refused.error().is(errors::query_malformed)) << wrong;
  }
}

TEST_F(AsKnown, ThePastIsReadOnce) {
  profile("2026-03-01");
  const Picture now = must(picture(service, ask(""), Permission::read_figures));
  const Call call = ask("2026-03-01");
  const place::NodeIndex node = must(now.node(village));
  EXPECT_EQ(must(as_known(service, now, call, node)).view->cube, must(as_known(service, now, call, node)).view->cube);
}

TEST_F(AsKnownWithNoRoom, APictureWithoutACellHasItsWeight) {
  const Picture now = must(picture(service, ask(""), Permission::read_figures));
  const Call before_all = ask("2026-02-01");
  const auto read = [&] { return must(as_known(service, now, before_all, must(now.node(village)))).view->cube; };
  EXPECT_NE(read(), read());
}

TEST_F(AsKnownWithNoRoom, AnUnknownIndicatorIsRefusedBeforeThePastIsRead) {
  for (const auto use_case : {observations, explain_observation}) {
    Call call = ask("2026-03-01");
    call.query.insert({{"place", village}, {"period", "2024"}});
    const auto refused = use_case(service, call);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(errors::unknown_indicator)) << refused.error().text(Language::en);
  }
}

}   // namespace
}   // namespace gangmu::app::test
