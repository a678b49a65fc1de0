// SPDX-License-Identifier: Apache-2.0
// Views people keep of a register: one's own, one's office's, everyone's.
#include "app/records/views.hpp"

#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/records/test_kinds.hpp"

namespace gangmu::app::test {
namespace {

class Views : public ::testing::Test {
 protected:
  RegisterWorld world;
  Actor actor(const std::string& name, const std::string& role, std::int64_t place) {
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&access::standard_roles(), [](const auto*) {});
    return {.id = name,
            .rights = access::Rights::of_account(roles, view->tree, {{.role = role, .place = PlaceId{place}}},
                                                 world.service().today()),
            .home = PlaceId{1}};
  }
  Actor office = actor("office", "city_office", 1), one = actor("one", "town_clerk", 3),
        two = actor("two", "town_clerk", 3), far = actor("far", "town_clerk", 6);

  Call as(const Actor& who, std::string body = {}, std::string id = {}) {
    Call out = world.call("project", std::move(body));
    out.actor = who;
    out.sub_id = std::move(id);
    return out;
  }
  std::string keeps(const Actor& who, const std::string& name, const std::string& shared,
                    const std::string& where = "total=") {
    return world
        .ask(keep_register_view,
             as(who, R"({"name":")" + name + R"(","query":{"where":")" + where +
                         R"(","order":"-due","columns":"name,total"},"shared":")" + shared + "\"}"))["id"]
        .string_or("");
  }
  std::string names(const Actor& who) {
    std::string out;
    const Told told = world.ask(register_views, as(who));
    for (const Json& view : *told["items"].array())
      out += view["name"].string_or("") + (view["may_drop"].boolean_or(false) ? "*" : "") + " ";
    return out;
  }
};

TEST_F(Views, AreUsedByWhomTheyAreSharedWith) {
  keeps(one, "mine", "own");
  keeps(one, "ours", "office");
  const std::string all = keeps(office, "all", "all");
  EXPECT_EQ(names(one), "mine* ours* all ");
  EXPECT_EQ(names(two), "ours all ") << "of the same office";
  EXPECT_EQ(names(far), "all ");
  EXPECT_EQ(names(office), "all* ");
  const Json view = world.ask(register_views, as(far))["items"].array()->front();
  EXPECT_EQ(view["query"].canonical(), R"({"columns":"name,total","order":"-due","where":"total="})");
  EXPECT_EQ(world.ask(register_views, as(far))["may_share_all"], Json(false));
  EXPECT_TRUE(world.tried(keep_register_view, as(one, R"({"name":"x","query":{},"shared":"all"})"))
                  .error()
                  .is(errors::view_shared));
  EXPECT_TRUE(world.tried(drop_register_view, as(two, "{}", all)).error().is(errors::unknown_view));
  world.ask(drop_register_view, as(office, "{}", all));
  EXPECT_EQ(names(far), "");
  world.restart();
  EXPECT_EQ(names(two), "ours ");
}

TEST_F(Views, OneOfTheSameNameIsReplacedAndThereAreNoMoreThanTheLimit) {
  const std::string first = keeps(one, "mine", "own");
  EXPECT_EQ(keeps(one, "mine", "own", "total=1"), first);
  EXPECT_EQ(keeps(two, "mine", "own"), "project.2") << "another's of that name is another's";
  for (int i = 2; i <= 20; ++i) keeps(one, "v" + std::to_string(i), "own");
  const auto refused = world.tried(keep_register_view, as(one, R"({"name":"more","query":{}})"));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::limit_exceeded));
  world.ask(drop_register_view, as(one, "{}", first));
  EXPECT_EQ(keeps(one, "more", "own"), "project.22") << "a number is never given again";
  EXPECT_TRUE(world.tried(keep_register_view, as(one, R"({"name":"","query":{}})")).error().is(errors::field_missing));
  EXPECT_TRUE(
      world.tried(keep_register_view, as(one, R"({"name":"x","query":{"q":")" + std::string(5000, 'x') + "\"}}"))
          .error()
          .is(errors::limit_exceeded));
  Call none = as(one);
  none.id = "nothing";
  EXPECT_TRUE(world.tried(register_views, none).error().is(errors::unknown_register));
  none.id = "task";
  EXPECT_TRUE(world.tried(register_views, none)) << "also of the program's own registers";
}

}   // namespace
}   // namespace gangmu::app::test
