// SPDX-License-Identifier: Apache-2.0
#include "place/tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.hpp"
#include "base/text.hpp"
#include "place/errors.hpp"

namespace gangmu::place {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// One line a place: code, code of the parent or '-', level, Chinese name, pinyin, initials. Ids are 1, 2, 3 … by line.
std::vector<Place> places_of(std::string_view table) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : text::split(table, '\n')) {
    std::vector<std::string> cells;
    for (auto& cell : text::split(line, ' ')) {
      if (!cell.empty()) cells.push_back(std::move(cell));
    }
    if (!cells.empty()) rows.push_back(std::move(cells));
  }
  std::map<std::string, PlaceId> ids{{"?", {999}}};
  for (std::size_t i = 0; i < rows.size(); ++i) ids.emplace(rows[i][0], PlaceId{static_cast<std::int64_t>(i + 1)});
  std::vector<Place> places;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    Place place{
        .id = {static_cast<std::int64_t>(i + 1)}, .code = row[0], .level = *level_of(row[2]), .name_zh = row[3]};
    if (row[1] != "-") place.parent = ids.at(row[1]);
    if (row.size() > 4) place.pinyin = row[4];
    if (row.size() > 5) place.initials = row[5];
    places.push_back(place);
  }
  return places;
}

constexpr std::string_view example = R"(
  990100000000 -            city    示例市  Shili     sls
  990102000000 990100000000 county  乙县    Yixian    yx
  990102100000 990102000000 town    乙01镇  Yi'01zhen yz
  990102100201 990102100000 village 石桥村  Shiqiao   sqc
  990101000000 990100000000 county  甲县    Jiaxian   jx
  990101101000 990101000000 town    甲02镇  Jia02zhen jz
  990101100000 990101000000 town    甲01镇  Jia01zhen jz
  990101100202 990101100000 village 石桥村  Shiqiao   sqc
  990101100201 990101100000 village 桥头村  Qiaotou   qtc
)";

Tree example_tree() { return *Tree::build(places_of(example)); }

std::vector<std::string> codes(const Tree& tree, const std::vector<NodeIndex>& nodes) {
  std::vector<std::string> found;
  for (const auto node : nodes) found.push_back(tree[node].code);
  return found;
}

std::vector<std::string> faults(std::string_view table) {
  const auto tree = Tree::build(places_of(table));
  std::vector<std::string> found;
  if (tree) return found;
  for (const auto& d : tree.error().all()) {
    found.push_back(std::string(d.kind->name) + (d.arguments.empty() ? "" : " " + d.arguments[0]));
  }
  return found;
}

TEST(Tree, StandsDepthFirstWithChildrenByCode) {
  const Tree tree = example_tree();
  std::string drawn;
  for (NodeIndex node = 0; node < tree.size(); ++node) {
    drawn += std::string(2 * (tree.path(node).size() - 1), ' ') + tree[node].name_zh + "\n";
  }
  EXPECT_EQ(drawn,
            "示例市\n"
            "  甲县\n"
            "    甲01镇\n"
            "      桥头村\n"
            "      石桥村\n"
            "    甲02镇\n"
            "  乙县\n"
            "    乙01镇\n"
            "      石桥村\n");
}

TEST(Tree, AnswersForSubtreesAndPaths) {
  const Tree tree = example_tree();
  const NodeIndex jia = tree.find_code("990101000000");
  EXPECT_EQ(tree.end(jia) - jia, 5U);
  EXPECT_THAT(codes(tree, tree.children(0)), ElementsAre("990101000000", "990102000000"));
  EXPECT_THAT(codes(tree, tree.path(tree.find_code("990101100201"))),
              ElementsAre("990100000000", "990101000000", "990101100000", "990101100201"));
  EXPECT_THAT(codes(tree, tree.of_level(Level::town, jia)), ElementsAre("990101100000", "990101101000"));
  EXPECT_TRUE(tree.within(tree.find_code("990101100201"), jia));
  EXPECT_FALSE(tree.within(tree.find_code("990102100201"), jia));
  EXPECT_EQ(tree.parent(0), no_node);
  EXPECT_EQ(tree.find_code("440000000000"), no_node);
  EXPECT_EQ(tree.find(PlaceId{77}), no_node);
  EXPECT_EQ(tree[tree.find(PlaceId{5})].name_zh, "甲县");
}

TEST(Tree, HomeIsTheCountyOrThePlaceAboveItself) {
  const Tree tree = example_tree();
  const auto home = [&](std::string_view code) { return tree[tree.find(tree.home(tree.find_code(code)))].code; };
  EXPECT_EQ(home("990101100201"), "990101000000");
  EXPECT_EQ(home("990101100000"), "990101000000");
  EXPECT_EQ(home("990101000000"), "990101000000");
  EXPECT_EQ(home("990100000000"), "990100000000");
  std::set<PlaceId> asked;
  for (NodeIndex node = 0; node < tree.size(); ++node) asked.insert(tree.home(node));
  const std::vector<PlaceId> homes = tree.homes();
  EXPECT_EQ(std::set<PlaceId>(homes.begin(), homes.end()), asked);
  EXPECT_EQ(homes.size(), asked.size());
}

TEST(Tree, HomeOfATownDirectlyUnderACityIsTheCity) {
  const Tree tree = *Tree::build(places_of("9901 - city 市\n 990101 9901 town 镇\n 99010101 990101 village 村"));
  EXPECT_EQ(tree[tree.find(tree.home(2))].code, "9901");
}

TEST(TreeSearch, ByChineseNamePinyinInitialsAndCode) {
  const Tree tree = example_tree();
  const auto found = [&](std::string_view query) { return codes(tree, tree.search(query, 9)); };
  EXPECT_THAT(found("石桥村"), ElementsAre("990101100202", "990102100201"));
  EXPECT_THAT(found("桥"), ElementsAre("990101100201", "990101100202", "990102100201")) << "prefix before inside";
  EXPECT_THAT(found("jia"), ElementsAre("990101000000", "990101100000", "990101101000")) << "higher levels first";
  EXPECT_THAT(found("YI XIAN"), ElementsAre("990102000000"));
  EXPECT_THAT(found("yi01"), ElementsAre("990102100000")) << "the apostrophe does not count";
  EXPECT_THAT(found("qiao"), ElementsAre("990101100201", "990101100202", "990102100201")) << "inside Shiqiao too";
  EXPECT_THAT(found("sq"), ElementsAre("990101100202", "990102100201"));
  EXPECT_THAT(found("990102"), ElementsAre("990102000000", "990102100000", "990102100201"));
  EXPECT_THAT(found("９９０１０２"), ElementsAre("990102000000", "990102100000", "990102100201"))
      << "full-width digits";
  EXPECT_THAT(found("不存在"), IsEmpty());
  EXPECT_THAT(found("  "), IsEmpty());
  EXPECT_THAT(codes(tree, tree.search("石桥村", 1)), ElementsAre("990101100202"));
}

TEST(TreeFaults, AreNamedAllAtOnce) {
  EXPECT_THAT(faults("9901 - city 市\n 990101 9901 county 县\n 990101 9901 county 又县\n 990102 ? county 孤县\n"
                     "99010101 990101 county 县中县"),
              ElementsAre("duplicate_code 990101", "unknown_parent 990102", "level_out_of_order 99010101"));
  EXPECT_THAT(faults("9901 - city 市\n 9902 - city 另一市"), ElementsAre("several_roots 9901"));
  EXPECT_THAT(faults(""), ElementsAre("no_root"));
}

TEST(TreeFaults, NameTheMembersOfACycleAndNotWhatHangsOnIt) {
  const auto found = faults("9901 - city 市\n 11 13 county 甲\n 12 11 town 乙\n 13 12 village 丙\n 14 13 village 丁");
  EXPECT_THAT(found, testing::IsSupersetOf({"cycle 11", "cycle 12", "cycle 13"}));
  EXPECT_EQ(std::count(found.begin(), found.end(), "cycle 14"), 0);
}

TEST(TreeFaults, NameAnIdGivenTwiceAndOneThatIsMissing) {
  auto places = places_of("9901 - city 市\n 990101 9901 county 县\n 990102 9901 county 又县");
  places[2].id = places[1].id;
  auto tree = Tree::build(places);
  ASSERT_FALSE(tree);
  EXPECT_TRUE(tree.error().is(errors::duplicate_place));
  places[2].id = {};
  tree = Tree::build(places);
  ASSERT_FALSE(tree);
  EXPECT_TRUE(tree.error().is(errors::id_missing));
}

/// Any tree, given in any order, comes out the same, and every interval is exactly the places below.
TEST(Tree, IsTheSameWhateverOrderThePlacesComeIn) {
  Random random(20230616);
  for (int round = 0; round < 30; ++round) {
    std::vector<Place> places{{.id = {1}, .code = "99", .level = Level::province, .name_zh = "省"}};
    const auto n = static_cast<std::int64_t>(random.between(1, 60));
    for (std::int64_t i = 2; i <= n; ++i) {
      const auto& parent = places[random.below(places.size())];
      if (parent.level == Level::village) continue;
      const auto level = static_cast<Level>(random.between(static_cast<int>(parent.level) + 1, 4));
      places.push_back({.id = {i}, .code = "99" + std::to_string(1000 + i), .parent = parent.id, .level = level});
    }
    const auto parents = places;
    const Tree tree = *Tree::build(places);
    for (std::size_t i = places.size(); i > 1; --i) std::swap(places[i - 1], places[random.below(i)]);
    const Tree shuffled = *Tree::build(places);
    for (NodeIndex node = 0; node < tree.size(); ++node) {
      ASSERT_EQ(tree[node].id, shuffled[node].id);
      for (NodeIndex above = 0; above < tree.size(); ++above) {
        PlaceId up = tree[node].id;
        while (up && up != tree[above].id) {
          up = std::find_if(parents.begin(), parents.end(), [&](const Place& p) { return p.id == up; })->parent;
        }
        ASSERT_EQ(tree.within(node, above), static_cast<bool>(up));
      }
    }
  }
}

}   // namespace
}   // namespace gangmu::place
