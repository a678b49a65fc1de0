// SPDX-License-Identifier: Apache-2.0
// What one small write costs later: bytes on the disk, tables and journal, and the proof of the journal.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "store/records.hpp"
#include "store/store.hpp"

namespace gangmu::store {
namespace {

constexpr std::int64_t matters = 200, reports = 20'000;
constexpr PlaceId county{4};

template <class T>
T must_have(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text(Language::en));
  return *std::move(result);
}

/// Records of about 1 KB, then reports on them of about 120 bytes each.
struct Register {
  explicit Register() {
    std::string name = (std::filesystem::temp_directory_path() / "gangmu-bench-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    root = name;
    config.folder = root / "data";
    config.key_folder = root / "keys";
    store = must_have(Store::create(config, world()));
    for (std::int64_t n = 1; n <= matters; ++n) write(n, "create", Json(std::string(900, 'x')), n);
    drain();
    before = bytes();
    for (std::int64_t n = 1; n <= reports; ++n) write(1 + n % matters, "report", report(n), matters + n);
    drain();
    after = bytes();
  }
  ~Register() {
    store.reset();
    std::filesystem::remove_all(root);
  }
  Surroundings world() {
    return {clock, secrets, files, executor,
            [](const Definition&) -> Result<fact::Indicator> { return fact::Indicator{}; }};
  }

  static Json report(std::int64_t n) {
    return Json("已完成土方 " + std::to_string(n) + " 立方米，完成投资，无需要协调的问题，按计划推进");
  }

  void write(std::int64_t number, const std::string& step, Json text, std::int64_t n) {
    const record::RecordId id{county, "matter", number};
    Json command;
    command.set("base", n);
    command.set("id", id.text());
    command.set("step", step);
    command.set("values", text);
    const auto run = [id, step, text](Tx& tx) -> Result<Json> {
      Json fields, patch, answer;
      fields.set("7", text);
      patch.set("f", std::move(fields));
      patch.set("s", "doing");
      TRY(records::append(tx, id, {.step = step, .patch = std::move(patch)}));
      answer.set("id", id.text());
      return answer;
    };
    char key[33];
    std::snprintf(key, sizeof key, "%032llx", static_cast<unsigned long long>(n) * 0x9E3779B97F4A7C15u);
    waiting.push_back(store->writer().submit({.home = county,
                                              .actor = "0123456789abcdef/3",
                                              .act = "record_" + step,
                                              .request_key = key,
                                              .command = std::move(command),
                                              .run = run}));
    if (waiting.size() == 200) drain();
  }
  void drain() {
    for (auto& one : waiting) must_have(one.get());
    waiting.clear();
  }
  /// With the log moved to the main file.
  std::int64_t bytes() {
    store.reset();
    store = must_have(Store::open(config, world()));
    return static_cast<std::int64_t>(std::filesystem::file_size(config.folder / "gangmu.db"));
  }

  SystemClock clock;
  SystemSecrets secrets;
  SystemFiles files;
  ThreadExecutor executor{2};
  std::filesystem::path root;
  Config config;
  std::unique_ptr<Store> store;
  std::vector<std::future<Result<Answer>>> waiting;
  std::int64_t before = 0, after = 0;
};

void ProofOfJournal(benchmark::State& state) {
  Register all;
  for (auto _ : state) {
    const Verification found = must_have(all.store->verify());
    state.SetItemsProcessed(state.items_processed() + found.entries);
  }
  state.counters["bytes a report"] = static_cast<double>(all.after - all.before) / static_cast<double>(reports);
  if (const char* keep = std::getenv("GANGMU_BENCH_KEEP"))
    std::filesystem::copy(all.root, keep, std::filesystem::copy_options::recursive);
}
BENCHMARK(ProofOfJournal)->Unit(benchmark::kMillisecond)->Iterations(3)->UseRealTime()->MeasureProcessCPUTime();

}   // namespace
}   // namespace gangmu::store
