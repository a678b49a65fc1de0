// SPDX-License-Identifier: Apache-2.0
// A register of a million projects, twelve fields, seven counties and seventy-three towns: a page of 50 with its exact
// count, deep pages, search, a change.
#include <benchmark/benchmark.h>

#include "base/random.hpp"
#include "record/programme.hpp"
#include "record/query.hpp"

namespace gangmu::record {
namespace {

constexpr int towns = 73, counties = 7;

std::shared_ptr<const Catalogue> catalogue() {
  const Json flow = *Json::parse(R"json({"id":"life@1",
    "states":[{"id":"idea","is":"open"},{"id":"pre","is":"open"},{"id":"building","is":"open"},{"id":"kept","is":"final"}],
    "steps":[{"id":"adopt","from":["idea"],"to":"pre","by":["units"]},{"id":"begin","from":["pre"],"to":"building","by":["units"]},
             {"id":"keep","from":["building"],"to":"kept","by":["units"]}],
    "clocks":[{"id":"all","start":["idea"],"stop":["keep"],"budget":{"n":365,"unit":"d"},"ladder":[{"at":"100%","notify":"units"}]}]})json");
  const Json kind = *Json::parse(
      R"json({"id":"project","is":{"zh":"项目","home":"county","title":["name"],"number":"XM{yyyy}-{n:4}","flow":"life@1"},
    "fields":[{"id":"name","no":1,"type":"text"},{"id":"place","no":2,"type":"place"},{"id":"total","no":3,"type":"money"},
              {"id":"done","no":4,"type":"money"},{"id":"start","no":5,"type":"date"},{"id":"finish","no":6,"type":"date"},
              {"id":"owner","no":7,"type":"who","of":"unit"},{"id":"ready","no":8,"type":"flag"},{"id":"area","no":9,"type":"number","decimals":2},
              {"id":"share","no":10,"type":"number","decimals":1},{"id":"checked","no":11,"type":"time"},{"id":"note","no":12,"type":"text"}]})json");
  const Definition k{.kind = "kind", .id = "project", .version = 1, .valid_from = {}, .retired = false, .body = kind};
  const Definition f{.kind = "flow", .id = "life@1", .version = 1, .valid_from = {}, .retired = false, .body = flow};
  Around around;
  around.roles = {"units"};
  auto made = catalogue_of({.kinds = {&k}, .flows = {&f}}, std::move(around));
  if (!made) throw std::runtime_error(made.error().text(Language::en));
  return *made;
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
  for (int c = 0; c < counties; ++c) add(2 + c, 1, place::Level::county);
  for (int t = 0; t < towns; ++t) add(100 + t, 2 + t % counties, place::Level::town);
  return std::make_shared<const place::Tree>(*place::Tree::build(std::move(all)));
}

struct Register {
  std::shared_ptr<const Catalogue> kinds = catalogue();
  std::shared_ptr<const place::Tree> places = tree();
  Columns columns{kinds, *kinds->find("project"), places};

  explicit Register(int records) {
    Random random(1);
    std::vector<Change> some;
    std::array<std::int64_t, counties> last{};
    for (int i = 0; i < records; ++i) {
      some.push_back(one(random, last, i));
      if (some.size() < 20'000 && i + 1 < records) continue;
      columns = *columns.with(some);
      some.clear();
    }
  }

  static Change one(Random& random, std::array<std::int64_t, counties>& last, int i) {
    static constexpr const char* states[] = {"idea", "pre", "building", "kept"};
    const auto town = static_cast<std::int64_t>(random.below(towns));
    const auto county = static_cast<std::size_t>(town % counties);
    Json f(Json::Object{});
    f.set("1", "示例" + std::to_string(random.below(1'000)) + "号圩镇改造项目");
    f.set("2", 100 + town);
    f.set("3", std::to_string(random.below(10'000'000)) + ".00");
    f.set("4", std::to_string(random.below(1'000'000)) + ".50");
    f.set("5", Date{19'000 + static_cast<std::int32_t>(random.below(900))}.text());
    f.set("6", Date{19'900 + static_cast<std::int32_t>(random.below(900))}.text());
    f.set("7", "unit:示例" + std::to_string(random.below(40)) + "局");
    f.set("8", random.chance(0.5));
    f.set("9", std::to_string(random.below(900)) + ".25");
    f.set("10", std::to_string(random.below(100)) + ".5");
    Json clock, clocks(Json::Object{}), document;
    clock.set("due",
              Instant{1'700'000'000'000'000 + static_cast<std::int64_t>(random.below(400)) * 86'400'000'000}.text());
    clocks.set("all", std::move(clock));
    document.set("f", std::move(f));
    document.set("c", std::move(clocks));
    document.set("s", states[random.below(4)]);
    document.set("no", "XM2023-" + std::to_string(i));
    document.set("seq", i + 1);
    return {{PlaceId{2 + static_cast<std::int64_t>(county)}, "project", ++last[county]}, std::move(document)};
  }
};

Register& million() {
  static Register all(1'000'000);
  return all;
}

Sight county_of(const Register& all) {
  const auto node = all.places->find(PlaceId{3});
  return {.places = {{node, all.places->end(node)}}};
}

void list_50_of_a_county(benchmark::State& state) {
  const Register& all = million();
  const Sight sight = county_of(all);
  const Filter filter{.states = {1, 2}};
  for (auto _ : state) benchmark::DoNotOptimize(list(all.columns, sight, filter, {.by = Order::By::due}, {}, 50));
}
BENCHMARK(list_50_of_a_county)->Unit(benchmark::kMillisecond);

void list_50_of_all(benchmark::State& state) {
  const Register& all = million();
  for (auto _ : state)
    benchmark::DoNotOptimize(list(all.columns, {.everything = true}, {}, {.by = Order::By::due}, {}, 50));
}
BENCHMARK(list_50_of_all)->Unit(benchmark::kMillisecond);

void page_10_000(benchmark::State& state) {
  const Register& all = million();
  const Listing deep = list(all.columns, {.everything = true}, {}, {.by = Order::By::due}, {}, 10'000 * 50);
  const auto after = deep.rows.back().after;
  for (auto _ : state)
    benchmark::DoNotOptimize(list(all.columns, {.everything = true}, {}, {.by = Order::By::due}, after, 50));
}
BENCHMARK(page_10_000)->Unit(benchmark::kMillisecond);

void search(benchmark::State& state) {
  const Register& all = million();
  const Filter filter{.text = folded("777号")};
  for (auto _ : state) benchmark::DoNotOptimize(list(all.columns, {.everything = true}, filter, {}, {}, 50));
}
BENCHMARK(search)->Unit(benchmark::kMillisecond);

void one_change(benchmark::State& state) {
  Register& all = million();
  Random random(2);
  std::array<std::int64_t, counties> last{};
  int i = 2'000'000;
  for (auto _ : state) {
    const std::vector<Change> change{Register::one(random, last, i++)};
    benchmark::DoNotOptimize(all.columns.with(change));
  }
}
BENCHMARK(one_change)->Unit(benchmark::kMicrosecond);

void open_100_000(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Register(100'000).columns.size());
}
BENCHMARK(open_100_000)->Unit(benchmark::kMillisecond)->Iterations(1);

}   // namespace
}   // namespace gangmu::record
