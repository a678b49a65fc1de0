// SPDX-License-Identifier: Apache-2.0
// Durable writes by 1, 8 and 64 clients beside PostgreSQL with as many connections, both synced to the same disk: there
// as a single-row insert, and as the same rows in one transaction; and a store that holds as many cells as ten years of
// a city: its start, its bulk load, a page as it was known.
#include <benchmark/benchmark.h>

#include <atomic>
#include <filesystem>
#include <functional>

#include "store/observations.hpp"
#include "store/postgres_fixture.hpp"
#include "store/store.hpp"

namespace gangmu::store {
namespace {

constexpr int counties = 7, villages = 1336, indicators = 20, months = 34;   // 908,480 cells
constexpr PlaceId city{1};
PlaceId county_of(int village) { return PlaceId{2 + village % counties}; }
PlaceId place_of(int village) { return PlaceId{2 + 2 * counties + village}; }

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
  out.decimals = 0;
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
    must(store->write(
        {.home = city, .actor = "bench", .act = "load", .request_key = {}, .command = {}, .run = load_places}));
  }
  ~Bed() {
    store.reset();
    std::filesystem::remove_all(root);
  }
  Surroundings world() { return {clock, secrets, files, executor, indicator_of}; }

  /// A city, its counties with one town each, and the villages spread over them.
  static Result<Json> load_places(Tx& tx) {
    const auto put = [&](PlaceId home, PlaceId id, PlaceId parent, place::Level level) {
      PlaceRow row{.home = home, .place = {}, .valid_to = {}, .attributes = {}, .seq = {}};
      row.place.id = id;
      row.place.parent = parent;
      row.place.level = level;
      row.place.code = std::to_string(990'000'000'000 + id.value);
      row.place.name_zh = "示例" + std::to_string(id.value);
      return places::put(tx, row);
    };
    TRY(put(city, city, PlaceId{}, place::Level::city));
    for (int c = 0; c < counties; ++c) {
      const PlaceId county = county_of(c), town{county.value + counties};
      TRY(put(county, county, city, place::Level::county));
      TRY(put(county, town, county, place::Level::town));
      for (int v = c; v < villages; v += counties) TRY(put(county, place_of(v), town, place::Level::village));
    }
    for (int i = 0; i < indicators; ++i)
      TRY(definitions::publish(tx, "indicator", "I" + std::to_string(i), Date{}, Json(Json::Object{})));
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
    const auto village = static_cast<int>(n % villages);
    const PlaceId home = county_of(village);
    const auto report = [n, village, home](Tx& tx) -> Result<Json> {
      TRY_ASSIGN(const auto place, tx.scan(table::place, {home.value, place_of(village).value, std::int64_t{0}}));
      if (place.empty()) return Json();
      fact::Observation o;
      o.place = place_of(village);
      o.indicator = IndicatorCode{"I1"};
      o.period = Period::of_year(2023);
      o.source = SourceId{"village"};
      o.value = {fact::CellState::value, n};
      TRY(observations::append(tx, home, o, {}));
      return Json(n);
    };
    const std::string key = "key " + std::to_string(n);
    auto answer = bed->store->write(
        {.home = home, .actor = "bench", .act = "report", .request_key = key, .command = Json(n), .run = report});
    if (!answer) state.SkipWithError(answer.error().text(Language::en).c_str());
  }
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) bed.reset();
}
BENCHMARK(DurableWrites)->Threads(1)->Threads(8)->Threads(64)->UseRealTime()->MeasureProcessCPUTime();

/// Clients of a private PostgreSQL, each with a connection of its own; the first makes the tables.
void on_postgres(benchmark::State& state, const char* tables,
                 const std::function<Status(Database&, std::int64_t)>& act) {
  static std::string connection;
  static std::atomic<bool> ready{false};
  if (state.thread_index() == 0) {
    test::start_postgres(true);
    connection = test::fresh_postgres_schema();
    if (!must(open_postgres(connection))->exec(tables)) throw std::runtime_error("no tables");
    ready = true;
    ready.notify_all();
  }
  ready.wait(false);
  const auto database = must(open_postgres(connection));
  static std::atomic<std::int64_t> number{0};
  for (auto _ : state) {
    const Status done = act(*database, ++number);
    if (!done) state.SkipWithError(done.error().text(Language::en).c_str());
  }
  state.SetItemsProcessed(state.iterations());
  if (state.thread_index() == 0) ready = false;
}

Status run(Database& database, std::string_view sql, const std::vector<Value>& values) {
  TRY_ASSIGN(Statement * statement, database.prepare(sql));
  return statement->run(values);
}

/// The least a durable write can be there: one bare row, one statement.
void PostgresSingleRowInserts(benchmark::State& state) {
  on_postgres(state,
              "CREATE TABLE entry (id bigint PRIMARY KEY, place bigint, period bigint, source text, value bigint)",
              [](Database& database, std::int64_t n) {
                return run(database, "INSERT INTO entry VALUES ($1,$2,$3,$4,$5)",
                           {n, n % villages, std::int64_t{2023}, std::string("village"), n});
              });
}
BENCHMARK(PostgresSingleRowInserts)->Threads(1)->Threads(8)->Threads(64)->UseRealTime()->MeasureProcessCPUTime();

/// The rows that our act writes, in one transaction as a plain application would; no chain, no gap-free numbers.
void PostgresSameAct(benchmark::State& state) {
  const auto act = [](Database& database, std::int64_t n) -> Status {
    const auto village = static_cast<int>(n % villages);
    const std::int64_t home = county_of(village).value, place = place_of(village).value, year = 2023, one = 1;
    const std::string i1 = "I1", source = "village", actor = "bench", key = "key " + std::to_string(n),
                      act_name = "report";
    static const std::string entry(400, 'x'), digest(71, 'd');
    TRY(database.begin_write());
    TRY(run(database, "SELECT name FROM place WHERE home=$1 AND id=$2", {home, place}));
    TRY(run(database, "INSERT INTO observation VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
            {home, i1, one, place, year, source, n, n}));
    TRY(run(database,
            "INSERT INTO observation_current VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (home,indicator,place,period) "
            "DO UPDATE SET source=$5, seq=$6, value=$7",
            {home, i1, place, year, source, n, n}));
    TRY(run(database, "INSERT INTO journal VALUES ($1,$2,$3,$4,$5,$6,$7)",
            {home, n, act_name, actor, key, entry, digest}));
    TRY(run(database, "INSERT INTO request_key VALUES ($1,$2,$3,$4,$5,$6)", {home, actor, key, act_name, digest, n}));
    return database.commit();
  };
  on_postgres(state, R"(
    CREATE TABLE place (home bigint, id bigint, name text, PRIMARY KEY (home, id));
    CREATE TABLE observation (home bigint, indicator text, version bigint, place bigint, period bigint, source text, seq bigint,
      value bigint, PRIMARY KEY (home, indicator, version, place, period, source, seq));
    CREATE TABLE observation_current (home bigint, indicator text, place bigint, period bigint, source text, seq bigint,
      value bigint, PRIMARY KEY (home, indicator, place, period));
    CREATE TABLE journal (home bigint, seq bigint, act text, actor text, request_key text, bytes text, hash text, PRIMARY KEY (home, seq));
    CREATE TABLE request_key (home bigint, actor text, key text, act text, command text, seq bigint, PRIMARY KEY (home, actor, key));
    INSERT INTO place SELECT 2 + v % 7, 16 + v, 'village' FROM generate_series(0, 1335) AS v)",
              act);
}
BENCHMARK(PostgresSameAct)->Threads(1)->Threads(8)->Threads(64)->UseRealTime()->MeasureProcessCPUTime();

fact::Observation observation(int indicator, int village, int month) {
  fact::Observation o;
  o.place = place_of(village);
  o.indicator = IndicatorCode{"I" + std::to_string(indicator)};
  o.period = must(Period::parse(std::to_string((2016 + month / 12) * 100 + 1 + month % 12)));
  o.source = SourceId{"village"};
  o.value = {fact::CellState::value, village * 7 + month};
  return o;
}

Result<Json> load_ten_years(Tx& tx) {
  std::vector<observations::Homed> all;
  all.reserve(static_cast<std::size_t>(villages) * indicators * months);
  for (int i = 0; i < indicators; ++i)
    for (int v = 0; v < villages; ++v)
      for (int m = 0; m < months; ++m) all.push_back({county_of(v), observation(i, v, m)});
  TRY(observations::append_all(tx, std::move(all), {}));
  return Json();
}

void load(Bed& bed) {
  must(bed.store->write(
      {.home = city, .actor = "bench", .act = "load", .request_key = {}, .command = {}, .run = load_ten_years}));
}

/// One county × 20 indicators in one period as they were known at a seq: revisions of each cell, the one that counted,
/// and a small cube of them.
void AsKnownPage(benchmark::State& state) {
  Bed ten(false);
  load(ten);
  const auto view = ten.store->view();
  const auto county = view->tree->find(county_of(0));
  for (auto _ : state) {
    const auto cells = must(ten.store->read([&](Database& database) -> Result<std::vector<fact::CellUpdate>> {
      std::vector<fact::CellUpdate> found;
      for (int i = 0; i < indicators; ++i) {
        for (int v = 0; v < villages; v += counties) {
          const fact::Observation o = observation(i, v, months / 2);
          TRY_ASSIGN(const auto history,
                     observations::history(database, {county_of(v), o.indicator, o.place, o.period}, view->seq));
          const auto counted = observations::pick(history, {});
          if (counted)
            found.push_back({view->tree->find(o.place),
                             view->cube->find(o.indicator),
                             o.period,
                             {.value = counted->value, .seq = counted->seq}});
        }
      }
      return found;
    }));
    const std::span indicators_now = view->cube->indicators();
    const auto past =
        must(fact::Cube::build(view->tree, {indicators_now.begin(), indicators_now.end()}, cells, ten.executor));
    for (fact::IndicatorIndex i = 0; i < indicators; ++i)
      benchmark::DoNotOptimize(past.rolled(county, i, cells.front().period));
    state.counters["cells"] = static_cast<double>(cells.size());
  }
}
BENCHMARK(AsKnownPage)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

void StartOfTenYears(benchmark::State& state) {
  Bed ten(false);
  load(ten);
  for (auto _ : state) {
    state.PauseTiming();
    ten.store.reset();
    state.ResumeTiming();
    ten.store = must(Store::open(ten.config, ten.world()));
    benchmark::DoNotOptimize(ten.store->view()->cube->bytes());
  }
  state.counters["observations"] = static_cast<double>(villages) * indicators * months;
}
BENCHMARK(StartOfTenYears)->Unit(benchmark::kMillisecond)->Iterations(5)->UseRealTime()->MeasureProcessCPUTime();

void BulkLoadOfTenYears(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    Bed ten(false);
    state.ResumeTiming();
    load(ten);
    state.PauseTiming();
  }
}
BENCHMARK(BulkLoadOfTenYears)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime()->MeasureProcessCPUTime();

}   // namespace
}   // namespace gangmu::store
