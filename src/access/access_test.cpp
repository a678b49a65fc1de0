// SPDX-License-Identifier: Apache-2.0
// The decision, row by row, and what holds for any roles, grants and trees.
#include <gtest/gtest.h>

#include "access/decide.hpp"
#include "access/duty.hpp"
#include "access/errors.hpp"
#include "base/random.hpp"

namespace gangmu::access {
namespace {

using place::NodeIndex;

/// 市 ─ 甲县 ─ 甲01镇 ─ 甲01镇01村 / 甲02镇; 乙县 ─ 乙01镇. Ids are positions + 1.
std::shared_ptr<const place::Tree> little_tree() {
  struct Row {
    std::int64_t id, parent;
    place::Level level;
    const char* code;
  };
  static constexpr Row rows[] = {
      {1, 0, place::Level::city, "990100000000"}, {2, 1, place::Level::county, "990101000000"},
      {3, 2, place::Level::town, "990101101000"}, {4, 3, place::Level::village, "990101101001"},
      {5, 2, place::Level::town, "990101102000"}, {6, 1, place::Level::county, "990102000000"},
      {7, 6, place::Level::town, "990102101000"}};
  std::vector<place::Place> places;
  for (const Row& row : rows) {
    place::Place p;
    p.id = PlaceId{row.id};
    p.parent = PlaceId{row.parent};
    p.level = row.level;
    p.code = row.code;
    p.name_zh = p.name_en = row.code;
    places.push_back(p);
  }
  auto tree = place::Tree::build(places);
  EXPECT_TRUE(tree);
  return std::make_shared<const place::Tree>(*std::move(tree));
}

const Date today = *Date::parse("2026-06-16");
constexpr NodeIndex city = 0, county = 1, town = 2, village = 3, town2 = 4, other_county = 5, other_town = 6;
const std::string_view finance[] = {"市财政局"};
const std::string_view farming[] = {"市农业农村局", "市财政局"};

TEST(Decision, ReadsLikeATable) {
  const auto tree = little_tree();
  const Roles& roles = standard_roles();
  using enum Permission;
  const struct {
    Grant grant;
    Permission permission;
    Object object;
    Verdict verdict;
  } rows[] = {
      {{"city_office", PlaceId{1}}, close_tasks, {.node = village}, Verdict::yes},
      {{"county_office", PlaceId{2}}, close_tasks, {.node = county}, Verdict::yes},
      {{"county_office", PlaceId{2}}, close_tasks, {.node = village}, Verdict::yes},
      {{"county_office", PlaceId{2}}, close_tasks, {.node = other_town}, Verdict::elsewhere},
      {{"county_office", PlaceId{2}}, close_tasks, {}, Verdict::elsewhere},
      {{"county_office", PlaceId{2}}, read_figures, {.node = city}, Verdict::yes},
      {{"county_office", PlaceId{2}}, read_figures, {.node = other_county}, Verdict::elsewhere},
      {{"town_clerk", PlaceId{3}}, report_progress, {.node = village, .state = "open"}, Verdict::yes},
      {{"town_clerk", PlaceId{3}}, report_progress, {.node = village, .state = "closed"}, Verdict::other_state},
      {{"town_clerk", PlaceId{3}}, report_progress, {.node = town2, .state = "open"}, Verdict::elsewhere},
      {{"town_clerk", PlaceId{3}}, close_tasks, {.node = town}, Verdict::no_role},
      {{"town_clerk", PlaceId{3}, "", Date{today.days - 1}}, read_tasks, {.node = town}, Verdict::expired},
      {{"town_clerk", PlaceId{3}, "", today}, read_tasks, {.node = town}, Verdict::yes},
      {{"department", PlaceId{1}, "市财政局"},
       report_progress,
       {.node = town, .lines = farming, .state = "open"},
       Verdict::yes},
      {{"department", PlaceId{1}, "市农业农村局"},
       report_progress,
       {.node = town, .lines = finance, .state = "open"},
       Verdict::other_line},
      {{"department", PlaceId{1}, "市农业农村局"},
       report_progress,
       {.node = town, .state = "open"},
       Verdict::other_line},
      {{"department", PlaceId{1}, "市农业农村局"}, read_figures, {.node = town}, Verdict::yes},
      {{"system_admin", PlaceId{1}}, read_tasks, {.node = city}, Verdict::no_role},
      {{"system_admin", PlaceId{1}}, manage_grants, {}, Verdict::no_role},
      {{"security_admin", PlaceId{1}}, manage_accounts, {}, Verdict::no_role},
      {{"audit_admin", PlaceId{1}}, read_audit, {}, Verdict::yes},
      {{"town_clerk", PlaceId{77}}, read_tasks, {.node = town}, Verdict::elsewhere},
      {{"no_such_role", PlaceId{1}}, read_tasks, {.node = town}, Verdict::no_role},
  };
  for (const auto& row : rows)
    EXPECT_EQ(decide(roles, *tree, {&row.grant, 1}, today, row.permission, row.object), row.verdict)
        << row.grant.role << " " << permission_name(row.permission) << " at " << row.object.node;
}

TEST(Decision, NobodyAndTheMachine) {
  const Rights nobody, machine = Rights::of_the_machine(), console = Rights::of_the_console();
  for (const PermissionFacts& facts : permissions()) {
    EXPECT_EQ(nobody.may(facts.permission, Object{}), facts.duty == Duty::anyone) << facts.name;
    EXPECT_EQ(nobody.holds(facts.permission), facts.duty == Duty::anyone) << facts.name;
    EXPECT_EQ(machine.may(facts.permission, Object{}), !administers(facts.duty))
        << "the console makes the first administrators";
    EXPECT_EQ(machine.holds(facts.permission), !administers(facts.duty));
    EXPECT_TRUE(console.may(facts.permission, Object{}));
  }
}

/// 甲01镇 stood under 乙县 before: that county reads the town's past, not its present; the town reads up and not
/// across.
TEST(Decision, APlaceThatMovedIsReadByBothItsCounties) {
  const auto now = little_tree();
  std::vector<place::Place> places;
  for (NodeIndex node = 0; node < now->size(); ++node) places.push_back((*now)[node]);
  for (place::Place& place : places)
    if (place.id == PlaceId{3}) place.parent = PlaceId{6};
  const place::Tree then = *place::Tree::build(places);
  const auto office_at = [&](std::int64_t place, const char* role = "county_office") {
    const auto roles = std::make_shared<const Roles>(standard_roles());
    return Rights::of_account(roles, now, {{role, PlaceId{place}}}, today);
  };
  const auto reads_then = [&](const Rights& rights, std::int64_t place) {
    return rights.may_then(Permission::read_figures, then, then.find(PlaceId{place}));
  };
  EXPECT_FALSE(office_at(6).may(Permission::read_figures, now->find(PlaceId{3})));
  EXPECT_TRUE(reads_then(office_at(6), 3));
  EXPECT_TRUE(reads_then(office_at(6), 4)) << "with its village";
  EXPECT_FALSE(reads_then(office_at(6), 5));
  EXPECT_TRUE(reads_then(office_at(6), 1)) << "the city above";
  EXPECT_FALSE(reads_then(office_at(2), 3)) << "it was not theirs then: they read it as theirs of now";
  EXPECT_FALSE(reads_then(office_at(77), 3));
  EXPECT_TRUE(Rights::of_the_machine().may_then(Permission::read_figures, then, 0));
  EXPECT_FALSE(Rights().may_then(Permission::read_figures, then, 0));
}

Grant any_grant(Random& random) {
  static const char* lines[] = {"", "市财政局", "市农业农村局"};
  const auto& roles = standard_roles().list();
  Grant grant;
  grant.role = roles[random.below(roles.size())].id;
  grant.place = PlaceId{random.between(1, 8)};
  grant.line = lines[random.below(3)];
  if (random.chance(0.3)) grant.until = Date{today.days + static_cast<std::int32_t>(random.between(-2, 2))};
  return grant;
}

Object any_object(Random& random) {
  static const char* states[] = {"", "open", "closed", "paused"};
  Object object;
  object.node = static_cast<NodeIndex>(random.below(7));
  if (random.chance(0.5)) object.lines = finance;
  object.state = states[random.below(4)];
  return object;
}

TEST(Decision, PropertiesOfAnyGrants) {
  const auto tree = little_tree();
  const Roles& roles = standard_roles();
  Random random(20230616);
  for (int i = 0; i < 20'000; ++i) {
    std::vector<Grant> grants;
    for (std::uint64_t n = random.below(4); n > 0; --n) grants.push_back(any_grant(random));
    const Object object = any_object(random);
    const Permission permission = permissions()[random.below(permissions().size())].permission;
    const Verdict all = decide(roles, *tree, grants, today, permission, object);

    Verdict best = Verdict::no_role;   // together they allow what one of them allows, and nothing else
    for (const Grant& grant : grants)
      best = std::max(best, decide(roles, *tree, {&grant, 1}, today, permission, object));
    ASSERT_EQ(all, best);
    grants.push_back(any_grant(random));   // more never allow less
    ASSERT_GE(decide(roles, *tree, grants, today, permission, object), all);
    grants.pop_back();
    if (all != Verdict::yes) continue;
    const Rights rights = Rights::of_account(std::make_shared<const Roles>(roles), tree, grants, today);
    ASSERT_TRUE(rights.holds(permission));
    bool looks_above = false;   // who may act on a place may act on what lies in it, unless the right only looks upward
    for (const Grant& grant : grants)
      for (const Right& right : roles.find(grant.role)->may)
        looks_above |= right.permission == permission && right.reach == Reach::above;
    if (!looks_above) {
      for (NodeIndex below = object.node; below < tree->end(object.node); ++below)
        ASSERT_EQ(decide(roles, *tree, grants, today, permission, {below, object.lines, object.state}), Verdict::yes);
    }
  }
}

TEST(Duties, TheThreeAdministratorsNeverMeetOneAnotherNorTheWork) {
  const Roles& roles = standard_roles();
  for (const Role& a : roles.list())
    for (const Role& b : roles.list()) {
      const Grant pair[] = {{a.id, PlaceId{1}}, {b.id, PlaceId{1}}};
      EXPECT_EQ(check_duties(roles, pair).has_value(), a.duty == b.duty) << a.id << " " << b.id;
    }
  const Grant unknown[] = {{"king", PlaceId{1}}};
  EXPECT_TRUE(check_duties(roles, unknown).error().is(errors::role_unknown));
}

TEST(Duties, NoAdministratorSeesTheProgrammesWork) {
  for (const Role& role : standard_roles().list())
    for (const Right& right : role.may) EXPECT_EQ(facts_of(right.permission).duty, role.duty) << role.id;
}

std::string faults_of(const char* document) {
  const auto read = Roles::read(*Json::parse(document));
  std::string out;
  if (!read)
    for (const Diagnostic& fault : read.error().all()) out += std::string(fault.kind->name) + " ";
  return out;
}

TEST(RoleTable, NamesEveryFault) {
  EXPECT_EQ(faults_of(R"({})"), "role_malformed duty_without_role duty_without_role duty_without_role ");
  const std::string admins = R"({"id":"s","duty":"system","name_zh":"系","name_en":"s","may":[]},
    {"id":"e","duty":"security","name_zh":"安","name_en":"e","may":[]},{"id":"a","duty":"audit","name_zh":"审","name_en":"a","may":[]})";
  EXPECT_EQ(faults_of((R"({"roles":[)" + admins + "]}").c_str()), "");
  EXPECT_EQ(faults_of((R"({"roles":[)" + admins + "," + admins + "]}").c_str()), "role_twice role_twice role_twice ");
  const std::string bad = R"({"id":"x","duty":"audit","name_zh":"x","name_en":"x","colour":"red",
    "may":[{"permission":"read_tasks"},{"permission":"read_task"},{"permission":"read_audit","reach":"far"}]})";
  EXPECT_EQ(faults_of((R"({"roles":[)" + admins + "," + bad + "]}").c_str()),
            "role_malformed permission_of_other_duty permission_unknown role_malformed ");
}

}   // namespace
}   // namespace gangmu::access
