// SPDX-License-Identifier: Apache-2.0
// Doubles: found, merged into one whose address answers for both, and taken apart again; on either engine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/files/files.hpp"
#include "app/records/merges.hpp"
#include "app/records/test_kinds.hpp"
#include "record/errors.hpp"
#include "store/postgres_fixture.hpp"

namespace gangmu::app::test {
namespace {

using ::testing::HasSubstr;

class Merges : public ::testing::TestWithParam<store::Engine> {
 protected:
  RegisterWorld world{GetParam() == store::Engine::postgres ? store::test::fresh_postgres_schema() : std::string()};

  Actor actor(const std::string& role, std::int64_t place) {
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
    return {.id = "u-" + role + std::to_string(place),
            .rights = access::Rights::of_account(roles, view->tree, {{.role = role, .place = PlaceId{place}}},
                                                 world.service().today()),
            .home = PlaceId{1}};
  }
  Actor office = actor("city_office", 1), town = actor("town_clerk", 3), elsewhere = actor("town_clerk", 6);

  Call as(const Actor& who, std::string id, std::string body = {}) {
    Call out = world.call(std::move(id), std::move(body));
    out.actor = who;
    return out;
  }
  Json shown(const std::string& id) { return world.ask(record_detail, as(office, id)).json; }
  Json as_kept(const std::string& id) {
    Call call = as(office, id);
    call.query["as_kept"] = "true";
    return world.ask(record_detail, call).json;
  }
  std::int64_t seq(const std::string& id) { return shown(id)["seq"].integer_or(0); }
  Result<Told> merge(const Actor& who, const std::string& id, const std::string& into, const std::string& more = "",
                     std::int64_t into_seq = 0) {
    Call call = as(who, id,
                   R"({"reason":"重复登记","into":")" + into + R"(","into_seq":)" +
                       std::to_string(into_seq > 0 ? into_seq : seq(into)) + more + "}");
    call.if_match = Seq{seq(id)};
    return world.tried(merge_record, call);
  }
  Result<Told> undo(const Actor& who, const std::string& id) {
    Call call = as(who, id, R"({"reason":"不是同一个项目"})");
    call.if_match = Seq{as_kept(id)["seq"].integer_or(0)};
    return world.tried(undo_merge, call);
  }
  std::string project(const std::string& fields) {
    return world.entered("project", R"({"name":"示例桥","place":"990101101000")" + fields + "}");
  }
  std::string obstacle(const std::string& of) {
    return world.entered(
        "obstacle", R"({"text":"缺电","place":"990101101000","answerer":"unit:市水务局","project":")" + of + "\"}");
  }
  Json list(const char* kind, const std::string& where = {}) {
    Call call = as(office, kind);
    if (!where.empty()) call.query["where"] = where;
    return world.ask(records, call).json;
  }
  /// The journal alone gives the same tables.
  void replays() {
    const auto proof = world.store().verify();
    EXPECT_TRUE(proof) << proof.error().text(Language::en);
  }
};

TEST_P(Merges, OneAnswersForBoth) {
  const std::string one = project(R"(,"total":"100")"),
                    two = project(R"(,"code":"9900-1","total":"120","contact":"李四 13912345678")");
  const std::string need = obstacle(two), other = obstacle(one);
  const std::string before = as_kept(two)["fields"].canonical();
  EXPECT_EQ(shown(one)["acts"]["merge"], Json(true));
  const Json done = must(merge(town, two, one)).json;
  EXPECT_EQ(done["id"].string_or(""), one);
  const Json now = shown(one);
  EXPECT_EQ(now["fields"]["total"].string_or(""), "100.00") << "what it says stays";
  EXPECT_EQ(now["fields"]["code"].string_or(""), "9900-1") << "what it lacked came, its key with it";
  EXPECT_EQ(now["fields"]["open_obstacles"].string_or(""), "2") << "what referred to the other refers to it";
  EXPECT_EQ(shown(need)["fields"]["project"]["id"].string_or(""), one);
  EXPECT_EQ(shown(need)["fields"]["project"]["readable"], Json(true));
  EXPECT_EQ(list("obstacle", "project=" + one)["total"].integer_or(0), 2);
  EXPECT_EQ(list("project")["total"].integer_or(0), 1);
  const Json merged = now["merged"].array()->at(0);
  EXPECT_EQ(merged["id"].string_or("") + merged["title"].string_or(""), two + "示例桥");
  EXPECT_EQ(merged["may_undo"], Json(true));
  EXPECT_EQ(now["history"].array()->front()["other"].string_or(""), two);

  const Json asked = shown(two);
  EXPECT_EQ(asked["id"].string_or("") + " for " + asked["asked"].string_or(""), one + " for " + two);
  const Json kept = as_kept(two);
  EXPECT_EQ(kept["id"].string_or("") + " → " + kept["into"].string_or(""), two + " → " + one);
  EXPECT_EQ(kept["fields"].canonical(), before);
  EXPECT_EQ(kept["history"].array()->size(), 2u) << "the history of both is there to be read";
  EXPECT_EQ(kept["acts"]["out"].canonical() + kept["acts"]["merge"].canonical(), "[]false");
  EXPECT_TRUE(world.tried(record_detail, as(elsewhere, two)).error().is(errors::unknown_record));
  Call edit = as(town, two, R"({"fields":{"name":"新桥"}})");
  edit.if_match = Seq{kept["seq"].integer_or(0)};
  EXPECT_TRUE(world.tried(edit_record, edit).error().is(errors::record_merged));
  Call restore = as(office, two, R"({"reason":"经办公室核定"})");
  restore.sub_id = "restore";
  EXPECT_TRUE(world.tried(record_way_out, restore).error().is(errors::record_merged));
  Call persons = as(office, one, R"({"reason":"核对联系方式"})");
  EXPECT_EQ(world.ask(see_record_persons, persons)["fields"]["contact"].string_or(""), "李四 13912345678")
      << "sealed anew under the one that goes on";
  EXPECT_TRUE(must(merge(town, project(R"(,"code":"9900-2")"), one)).json["id"].string_or("") == one);
  replays();
  world.restart();
  EXPECT_EQ(shown(two)["id"].string_or(""), one);
  EXPECT_EQ(list("project")["total"].integer_or(0), 1);
}

TEST_P(Merges, AMergeIsUndoneAlsoAfterLaterSteps) {
  const std::string one = project(R"(,"start":"2023-05-01")"),
                    two = project(R"(,"code":"9900-1","total":"120","finish":"2024-05-01")");
  const std::string need = obstacle(two);
  const std::string before = as_kept(two)["fields"].canonical();
  must(merge(town, two, one));
  must(world.step(one, "begin"));   // its code and its total came with the merge
  must(world.step(one, "edit", R"({"total":"130","name":"示例大桥"})"));
  Call stranger = as(elsewhere, two, R"({"reason":"不是同一个项目"})");
  EXPECT_TRUE(world.tried(undo_merge, stranger).error().is(errors::unknown_record));
  const Json undone = must(undo(town, two)).json;
  EXPECT_EQ(undone["kept"].canonical(), R"(["total"])") << "somebody wrote it since";
  const Json now = shown(one);
  EXPECT_EQ(now["state"].string_or("") + now["fields"]["total"].string_or("") + now["fields"]["name"].string_or(""),
            "building130.00示例大桥");
  EXPECT_TRUE(now["fields"]["code"].is_null() && now["fields"]["finish"].is_null());
  EXPECT_TRUE(now["merged"].array()->empty());
  EXPECT_EQ(shown(two)["id"].string_or(""), two);
  EXPECT_EQ(as_kept(two)["fields"]["code"].string_or(""), "9900-1");
  EXPECT_EQ(shown(need)["fields"]["project"]["id"].string_or(""), two);
  EXPECT_EQ(list("project")["total"].integer_or(0), 2);
  EXPECT_THAT(before, HasSubstr("9900-1"));
  EXPECT_TRUE(undo(town, two).error().is(record::errors::is_not_merged));
  replays();
}

TEST_P(Merges, NobodyMergesWhatTheyDidNotSee) {
  const std::string one = project(""), two = project("");
  const std::string far = world.entered("project", R"({"name":"远桥","place":"990102101000"})");
  const std::int64_t seen = seq(one);
  must(world.step(one, "edit", R"({"name":"改名"})"));
  EXPECT_TRUE(merge(town, two, one, "", seen).error().is(record::errors::changed_meanwhile));
  EXPECT_TRUE(merge(town, two, two).error().is(errors::merge_itself));
  EXPECT_TRUE(merge(town, two, far).error().is(errors::unknown_record));
  EXPECT_TRUE(merge(office, two, obstacle(one)).error().is(errors::merge_itself));
  EXPECT_TRUE(merge(town, two, one, R"(,"fields":{"name":"mine"})").error().is(errors::merge_side));
  EXPECT_TRUE(merge(town, two, one, R"(,"fields":{"nmae":"leaving"})").error().is(record::errors::field_unknown));
  must(merge(town, two, one, R"(,"fields":{"name":"leaving"})"));
  EXPECT_EQ(shown(one)["title"].string_or(""), "示例桥");
  EXPECT_TRUE(merge(town, one, two).error().is(errors::record_merged)) << "a merged one takes nothing over";
}

TEST_P(Merges, OfDifferentCountiesTheyLieTogetherAsWell) {
  const std::string one = project(""),
                    far = world.entered("project", R"({"name":"远桥","place":"990102101000","code":"9900-3"})");
  const std::string need = obstacle(far);
  must(merge(office, far, one));
  EXPECT_EQ(shown(one)["fields"]["code"].string_or(""), "9900-3");
  EXPECT_EQ(shown(one)["fields"]["open_obstacles"].string_or(""), "1");
  must(undo(office, far));
  EXPECT_EQ(list("project")["total"].integer_or(0), 2);
  replays();
}

TEST_P(Merges, DoublesAreCalledTheSameAtTheSamePlace) {
  const std::string one = world.entered("project", R"({"name":"桥头 公厕（改建）","place":"990101101000"})"),
                    two = world.entered("project", R"j({"name":"桥头公厕(改建)","place":"990101101000"})j");
  world.entered("project", R"({"name":"桥头公厕改建","place":"990102101000"})");
  world.entered("project", R"({"name":"别的","place":"990101101000"})");
  const Json found = world.ask(register_doubles, as(office, "project")).json;
  ASSERT_EQ(found["total"].integer_or(0), 1);
  const auto& group = *found["items"].array()->at(0).array();
  EXPECT_EQ(group.at(0)["id"].string_or("") + group.at(1)["id"].string_or(""), one + two);
  EXPECT_EQ(world.ask(register_doubles, as(elsewhere, "project"))["total"].integer_or(-1), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, Merges, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& one) { return one.param == store::Engine::sqlite ? "Sqlite" : "Postgres"; });

}   // namespace
}   // namespace gangmu::app::test
