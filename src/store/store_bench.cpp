// SPDX-License-Identifier: Apache-2.0
// Durable writes by 1, 8 and 64 clients beside single-row inserts into PostgreSQL by as many connections, both synced to the
// same disk; and the start of a store that holds ten years of a city.
#include <benchmark/benchmark.h>

#include <atomic>
#include <filesystem>

#include "store/observations.hpp"
#include "store/postgres_fixture.hpp"
#include "store/store.hpp"

namespace gangmu::store {
namespace {

constexpr PlaceId county{2};
constexpr int villages = 1336, indicators = 10, months = 68;   // 908,480 cells

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text(Language::en));
  return *std::move(result);
}

Result<fact::Indicator> indicator_of(const Definition& definition) {
  fact::Indicator out;
  out.code = IndicatorCode{definition.id};
  out.version = definition.version;
  out.aggregation = fact::Aggregation::sum;
  out.entry_level = place::Level::village;
  return out;
}

/// A store in a folder that goes with it.
struct Bed {
  explicit Bed(bool own_thread) {
    std::string name = (std::filesystem::temp_directory_path() / "gangmu-bench-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    root = name;
    config.folder = root / "data";
    config.key_folder = root / "keys";
    config.own_thread = own_thread;
    store = must(Store::create(config, world()));
    must(store->write({.home = PlaceId{1}, .actor = "bench", .act = "load", .request_key = {}, .command = {}, .run = load_places}));
  }
  ~Bed() {
    store.reset();
    std::filesystem::remove_all(root);
  }
  Surroundings world() { return {clock, secrets, files, executor, indicator_of}; }

  static Result<Json> load_places(Tx& tx) {
    const auto put = [&](std::int64_t id, std::int64_t parent, place::Level level, int code) {
      PlaceRow row{.home = county, .place = {}, .valid_to = {}, .attributes = {}, .seq = {}};
      row.place.id = PlaceId{id};
      row.place.parent = PlaceId{parent};
      row.place.level = level;
      row.place.code = "99" + std::to_string(1'000'000'000 + code);
      row.place.name_zh = "示例" + std::to_string(id);
      return places::put(tx, row);
    };
    TRY(put(1, 0, place::Level::city, 0));
    TRY(put(2, 1, place::Level::county, 1));
    TRY(put(3, 2, place::Level::town, 2));
    for (int v = 0; v < villages; ++v) TRY(put(4 + v, 3, place::Level::village, 3 + v));
    for (int i = 0; i < indicators; ++i) TRY(definitions::publish(tx, "indicator", "I" + std::to_string(i), Date{}, Json(Json::Object{})));
    return Json();
  }

  SystemClock clock;
  SystemSecrets secrets;
  SystemFiles files;
  ThreadExecutor executor{2};
  std::filesystem::path root;
  Config config;
  std::unique_ptr<Store> store;
};

std::unique_ptr<Bed> bed;

/// One act: the village is looked up, a figure appended, the pointer moved, request key and entry written.
void DurableWrites(benchmark::State& state) {
  if (state.thread_index() == 0) bed = std::make_unique<Bed>(true);
  static std::atomic<std::int64_t> number{0};
  for (auto _ : state) {
    const std::int64_t n = ++number;
    auto answer = bed->store->write({.home = county,
                                     .actor = "bench",
                                     .act = "report",
                                     .request_key = "key " + std::to_string(n),
                                     .command = Json(n),
                                     .run = [n](Tx& tx) -> Result<Json> {
                                       fact::Observation o;
                                       o.place = PlaceId{4 + n % villages};
                                       o.indicator = IndicatorCode{"I1"};
                                       o.period = Period::of_year(2023);
                                       o.source = SourceId{"village"};
                                       o.value = {fact::CellState::value, n};
                                       TRY_ASSIGN(const auto place, tx.get(table::place, {county.value, o.place.value, std::int64_t{0}}));
                                       if (!place) return Json();
                                       TRY(observations::append(tx, county, o, {}));
                                       return Json(n);
                                     }});
    if (!answer) state.SkipWithError(answer.error().text(Language::en).c_str());
  }
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) bed.reset();
}
BENCHMARK(DurableWrites)->Threads(1)->Threads(8)->Threads(64)->UseRealTime();

void PostgresSingleRowInserts(benchmark::State& state) {
  static std::string connection;
  static std::atomic<bool> ready{false};
  if (state.thread_index() == 0) {
    test::start_postgres(true);
    connection = test::fresh_postgres_schema();
    auto made = must(open_postgres(connection));
    if (!made->exec("CREATE TABLE entry (id bigint PRIMARY KEY, place bigint, period bigint, source text, value bigint)")) state.SkipWithError("no table");
    ready = true;
  }
  while (!ready) {
  }
  const auto database = must(open_postgres(connection));
  static std::atomic<std::int64_t> number{0};
  for (auto _ : state) {
    const std::int64_t n = ++number;
    Statement* insert = must(database->prepare("INSERT INTO entry VALUES ($1,$2,$3,$4,$5)"));
    if (!insert->run(std::vector<Value>{n, n % villages, std::int64_t{2023}, std::string("village"), n})) state.SkipWithError("refused");
  }
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) ready = false;
}
BENCHMARK(PostgresSingleRowInserts)->Threads(1)->Threads(8)->Threads(64)->UseRealTime();

Result<Json> load_ten_years(Tx& tx) {
  std::vector<observations::Homed> all;
  all.reserve(static_cast<std::size_t>(villages) * indicators * months);
  for (int i = 0; i < indicators; ++i)
    for (int v = 0; v < villages; ++v)
      for (int m = 0; m < months; ++m) {
        fact::Observation o;
        o.place = PlaceId{4 + v};
        o.indicator = IndicatorCode{"I" + std::to_string(i)};
        o.period = must(Period::parse(std::to_string((2016 + m / 12) * 100 + 1 + m % 12)));
        o.source = SourceId{"village"};
        o.value = {fact::CellState::value, v * 7 + m};
        all.push_back({county, std::move(o)});
      }
  TRY(observations::append_all(tx, std::move(all), {}));
  return Json();
}

void StartOfTenYears(benchmark::State& state) {
  Bed ten(false);
  must(ten.store->write({.home = county, .actor = "bench", .act = "load", .request_key = {}, .command = {}, .run = load_ten_years}));
  for (auto _ : state) {
    state.PauseTiming();
    ten.store.reset();
    state.ResumeTiming();
    ten.store = must(Store::open(ten.config, ten.world()));
    benchmark::DoNotOptimize(ten.store->view()->cube->bytes());
  }
  state.counters["observations"] = static_cast<double>(villages) * indicators * months;
}
BENCHMARK(StartOfTenYears)->Unit(benchmark::kMillisecond)->Iterations(5);

void BulkLoadOfTenYears(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    Bed ten(false);
    state.ResumeTiming();
    must(ten.store->write({.home = county, .actor = "bench", .act = "load", .request_key = {}, .command = {}, .run = load_ten_years}));
    state.PauseTiming();
  }
}
BENCHMARK(BulkLoadOfTenYears)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace gangmu::store
