// SPDX-License-Identifier: Apache-2.0
// Lists over columns against a slow oracle over documents: the same rows, count, order and pages, under random rights.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "base/random.hpp"
#include "record/programme.hpp"
#include "record/query.hpp"

namespace gangmu::record {
namespace {

std::shared_ptr<const Catalogue> catalogue() {
  const Json body =
      *Json::parse(R"json({"id":"thing","is":{"zh":"物","home":"county","title":["name"],"number":"W-{n}"},
    "fields":[{"id":"name","no":1,"type":"text"},{"id":"place","no":2,"type":"place"},
              {"id":"amount","no":3,"type":"money"},{"id":"unit","no":4,"type":"who","of":"unit"},
              {"id":"part_of","no":5,"type":"ref","to":"thing"},{"id":"ready","no":6,"type":"flag"}]})json");
  const Definition kind{.kind = "kind", .id = "thing", .version = 1, .valid_from = {}, .retired = false, .body = body};
  return *catalogue_of({.kinds = {&kind}}, {});
}

std::shared_ptr<const place::Tree> tree() {
  std::vector<place::Place> all;
  const auto add = [&](std::int64_t id, std::int64_t parent, place::Level level) {
    place::Place one;
    one.id = PlaceId{id};
    one.parent = PlaceId{parent};
    one.level = level;
    one.code = std::to_string(990000000000 + id);
    all.push_back(one);
  };
  add(1, 0, place::Level::city);
  for (std::int64_t county = 2; county <= 4; ++county) {
    add(county, 1, place::Level::county);
    for (std::int64_t town = 0; town < 5; ++town) add(county * 10 + town, county, place::Level::town);
  }
  return std::make_shared<const place::Tree>(*place::Tree::build(std::move(all)));
}

struct Oracle {
  RecordId id;
  Json document;
};

TEST(RecordQuery, AgreesWithAScanOfDocumentsUnderRandomRightsFiltersAndOrders) {
  const auto kinds = catalogue();
  const auto places = tree();
  Random random(3);
  Columns columns(kinds, *kinds->find("thing"), places);
  std::map<RecordId, Json> all;
  std::map<std::int64_t, std::int64_t> last;
  for (int i = 0; i < 3'000; ++i) {
    const std::int64_t home = random.between(2, 4);
    const bool fresh = last[home] == 0 || random.chance(0.7);
    const RecordId id{PlaceId{home}, "thing", fresh ? ++last[home] : random.between(1, last[home])};
    Json fields(Json::Object{});
    if (random.chance(0.9))
      fields.set("1", "物" + std::to_string(random.below(40)) + (random.chance(0.2) ? "Ａb" : ""));
    if (random.chance(0.95)) fields.set("2", random.chance(0.9) ? home * 10 + random.between(0, 4) : std::int64_t{999});
    if (random.chance(0.8)) fields.set("3", Decimal(random.between(-300, 300), 2).text());
    if (random.chance(0.6)) fields.set("4", "unit:局" + std::to_string(random.below(6)));
    if (random.chance(0.3)) fields.set("5", RecordId{PlaceId{2}, "thing", random.between(1, 30)}.text());
    if (random.chance(0.5)) fields.set("6", random.chance(0.5));
    Json document;
    document.set("f", std::move(fields));
    document.set("no", "W-" + std::to_string(id.number));
    document.set("seq", i + 1);
    all[id] = document;
    columns = *columns.with(std::vector<Change>{{id, std::move(document)}});
  }
  ASSERT_EQ(columns.size(), all.size());
  const Kind& kind = *kinds->find("thing");
  const auto amount = [](const Json& d) {
    const auto value = d["f"]["3"].string() ? Decimal::parse(*d["f"]["3"].string()) : Result<Decimal>(Decimal());
    return d["f"]["3"].is_null() ? no_value : value->units();
  };
  for (int trial = 0; trial < 60; ++trial) {
    Sight sight;
    std::vector<place::NodeIndex> seats;
    for (int g = 0; g < 2; ++g) {
      const auto node = static_cast<place::NodeIndex>(random.below(places->size()));
      sight.places.push_back({node, places->end(node)});
      seats.push_back(node);
    }
    sight.places = joined(sight.places);
    const bool by_unit = random.chance(0.5);
    const std::size_t unit_column = columns.number_column(kind.field("unit")->id);
    if (by_unit)
      sight.others.emplace_back([=, mine = columns.number_of("unit:局3")](const RowAt& row) {
        return row.chunk.numbers[unit_column][row.row] == mine;
      });
    Filter filter;
    const auto under = static_cast<place::NodeIndex>(random.below(places->size()));
    const bool by_place = random.chance(0.4), by_text = random.chance(0.4), by_flag = random.chance(0.3);
    if (by_place) filter.places = {{under, places->end(under)}};
    const std::string words = random.chance(0.5) ? "物1" : "ａB";
    if (by_text) filter.text = folded(words);
    if (by_flag) filter.tests.push_back({.column = columns.number_column(kind.field("ready")->id), .any = {1}});
    const bool by_amount = random.chance(0.5), down = random.chance(0.5);
    const Order order =
        by_amount
            ? Order{.by = Order::By::field, .column = columns.number_column(kind.field("amount")->id), .down = down}
            : Order{.by = Order::By::seq, .down = down};
    std::vector<std::pair<std::int64_t, RecordId>> expected;
    for (const auto& [id, d] : all) {
      const auto node = d["f"]["2"].integer() ? places->find(PlaceId{*d["f"]["2"].integer()}) : places->find(id.home);
      const auto in = [&](place::NodeIndex top) { return node != place::no_node && places->within(node, top); };
      if (!(std::ranges::any_of(seats, in) || (by_unit && d["f"]["4"].string_or("") == "unit:局3"))) continue;
      if (by_place && !in(under)) continue;
      if (by_flag && !d["f"]["6"].boolean_or(false)) continue;
      const bool named = folded(d["f"]["1"].string_or("")).find(folded(words)) != std::string::npos ||
                         folded(d["no"].string_or("")).find(folded(words)) != std::string::npos;
      if (by_text && !named) continue;
      expected.emplace_back(by_amount ? amount(d) : d["seq"].integer_or(0), id);
    }
    std::ranges::sort(expected, [&](const auto& a, const auto& b) {
      if (a.first != b.first) return down ? a.first > b.first : a.first < b.first;
      return a.second < b.second;
    });
    std::vector<std::pair<std::int64_t, RecordId>> seen;
    std::optional<After> after;
    while (true) {
      const Listing page = list(columns, sight, filter, order, after, 37);
      ASSERT_EQ(page.total, static_cast<std::int64_t>(expected.size()));
      for (const Found& one : page.rows) seen.emplace_back(one.after.key, one.id);
      if (!page.more) break;
      after = page.rows.back().after;
    }
    ASSERT_EQ(seen, expected) << trial;
  }
}

TEST(RecordQuery, ColumnsOfBeforeStandStill) {
  const auto kinds = catalogue();
  const Columns empty(kinds, *kinds->find("thing"), tree());
  Json document = *Json::parse(R"({"f":{"1":"甲"},"no":"W-1","seq":1})");
  const RecordId id{PlaceId{2}, "thing", 1};
  const Columns one = *empty.with(std::vector<Change>{{id, document}});
  document.set("seq", 2);
  const Columns two = *one.with(std::vector<Change>{{id, document}, {{PlaceId{2}, "thing", 2'000}, document}});
  const Columns gone = *two.with(std::vector<Change>{{id, Json()}});
  EXPECT_EQ(empty.size(), 0u);
  EXPECT_EQ(one.size(), 1u);
  EXPECT_EQ(two.size(), 2u);
  EXPECT_EQ(gone.size(), 1u);
  const auto at = [&](const Columns& columns) {
    const Listing all = list(columns, {.everything = true}, {}, {}, {}, 10);
    return all.rows.empty() ? Seq{} : all.rows[0].seq;
  };
  EXPECT_EQ(at(one), Seq{1});
  EXPECT_EQ(at(two), Seq{2});
}

}   // namespace
}   // namespace gangmu::record
