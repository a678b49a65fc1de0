// SPDX-License-Identifier: Apache-2.0
// A small world for the tests of the store: a clock one sets, secrets from a seed, a folder of its own, either engine.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/parallel.hpp"
#include "store/observations.hpp"
#include "store/page_shim.hpp"
#include "store/store.hpp"
#include "store/test_tasks.hpp"

namespace gangmu::store::test {

class TestClock final : public Clock {
 public:
  Instant time{1'700'000'000'000'000};
  [[nodiscard]] Instant now() const override { return time; }
};

class TestSecrets final : public SecretSource {
 public:
  explicit TestSecrets(std::uint64_t seed) : random_(seed) {}
  std::string bytes(std::size_t n) override {
    std::string out;
    while (out.size() < n) out += static_cast<char>(random_.next());
    return out;
  }

 private:
  Random random_;
};

/// A folder that goes with the object.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Body of an "indicator" definition in these tests: {"decimals":2,"unit":"万元"}; entered at village level, summed.
Result<fact::Indicator> indicator_of(const Definition& definition);
/// Kinds of records, from definitions as packs publish them.
Result<std::shared_ptr<const record::Catalogue>> kinds_of(const Definitions& definitions);
Json indicator_body(int decimals, std::string_view unit = "万元");

struct World {
  explicit World(Engine engine, std::uint64_t seed = 1);
  Surroundings surroundings() { return {clock, secrets, faulty, executor, indicator_of, kinds_of}; }
  Result<std::unique_ptr<Store>> create() { return Store::create(config, surroundings()); }
  Result<std::unique_ptr<Store>> open() { return Store::open(config, surroundings()); }
  [[nodiscard]] Result<std::unique_ptr<Database>> connect() const;   ///< beside the store

  TestFolder folder;
  TestClock clock;
  TestSecrets secrets;
  Faults faults;
  SystemFiles files;
  FaultyFiles faulty{files, faults};
  SerialExecutor executor;
  Config config;
};

/// Opened or ends the test with the reason.
std::unique_ptr<Store> must(Result<std::unique_ptr<Store>> store);
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text(Language::en));
  return *std::move(result);
}
inline void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().text(Language::en));
}

inline constexpr PlaceId city{1}, county{2};   ///< homes of the little tree: 1 city, 2 county, 3 town, 4 and 5 villages

/// Writes the little tree and two indicators, A (2 decimals) and B (0 decimals).
void load_little_programme(Store& store);

Command command(std::string act, std::function<Result<Json>(Tx&)> run, std::string request_key = {}, Json body = {});
/// place 4, "A", 2023, "gov", "12.50"
fact::Observation figure(std::int64_t place, std::string_view indicator, std::string_view period,
                         std::string_view source, std::string_view cell);
Command observe(fact::Observation observation, Precedence precedence = {}, std::string request_key = {});

/// The figures a View shows, a line each.
std::string figures(const View& view);
/// Everything a View shows, as one text; equal texts mean equal pictures.
std::string picture(const View& view);

class OnBothEngines : public ::testing::TestWithParam<Engine> {};
inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::sqlite ? "sqlite" : "postgres";
}
#define GANGMU_ON_BOTH_ENGINES(Suite) \
  INSTANTIATE_TEST_SUITE_P(Engines, Suite, ::testing::Values(Engine::sqlite, Engine::postgres), engine_name)

}   // namespace gangmu::store::test
