// SPDX-License-Identifier: Apache-2.0
// A new subject's key while the key file holds few or many: neither work nor bytes written may grow with them.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "store/vault.hpp"

namespace gangmu::store {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text(Language::en));
  return *std::move(result);
}

void NewSubject(benchmark::State& state) {
  std::string folder = (std::filesystem::temp_directory_path() / "gangmu-bench-XXXXXX").string();
  if (!mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
  const std::filesystem::path file = std::filesystem::path(folder) / "subjects.keys";
  SystemFiles files;
  SystemSecrets secrets;
  if (const Status made = Vault::create(file, files); !made) throw std::runtime_error(made.error().text(Language::en));
  const auto vault = must(Vault::open(file, secrets, files));
  const Personal<std::string> telephone(std::string("13800000000"));
  std::vector<Sealing> present;
  for (std::int64_t i = 0; i < state.range(0); ++i) present.push_back({"present:" + std::to_string(i), telephone});
  must(vault->seal_all(present));
  const auto before = std::filesystem::file_size(file);
  std::int64_t n = 0;
  for (auto _ : state) benchmark::DoNotOptimize(must(vault->seal("new:" + std::to_string(n++), telephone)));
  state.counters["bytes a key"] =
      static_cast<double>(std::filesystem::file_size(file) - before) / static_cast<double>(n);
  std::filesystem::remove_all(folder);
}
BENCHMARK(NewSubject)->Arg(10)->Arg(1'000)->Arg(100'000)->Iterations(200)->UseRealTime()->MeasureProcessCPUTime();

}   // namespace
}   // namespace gangmu::store
