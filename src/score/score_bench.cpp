// SPDX-License-Identifier: Apache-2.0
// 26,842 places × 60 indicators, 12 branches, one total: scores, ranks, contributions and digest. COINr 1.1.14
// needs 5.8 s for the scores alone on the same machine; the budget is 40 ms.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "base/random.hpp"
#include "score/lift.hpp"
#include "score/majority.hpp"
#include "score/plain.hpp"
#include "score/robustness.hpp"

namespace gangmu::score {
namespace {

/// The process's largest size so far, in MiB.
double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

Scheme wide_scheme(const std::string& function, const std::string& aggregation) {
  std::string tree;
  for (int b = 0; b < 12; ++b) {
    tree += std::string(b ? "," : "") + R"({"id": "b)" + std::to_string(b) + R"(", "weight": ")" +
            (b < 11 ? "8.333" : "8.337") + "\"," + aggregation + R"("children": [)";
    for (int i = 0; i < 5; ++i) {
      tree += std::string(i ? "," : "") + R"({"indicator": "I)" + std::to_string(b * 5 + i) + R"(", "weight": 20, )" +
              function + "}";
    }
    tree += "]}";
  }
  const auto json = Json::parse(
      R"({"scheme": {"id": "w", "name_zh": "宽"}, "classes": [{"id": "a", "name_zh": "甲"}], "tree": {"children": [)" +
      tree + "]}}");
  return scheme_from_json(*json).value();
}

Gathered wide_figures(const Scheme& scheme, std::size_t places) {
  Random random(1);
  Gathered g;
  for (std::size_t p = 0; p < places; ++p) g.places.push_back(std::to_string(100000 + p));
  g.classes.assign(places, 0);
  g.states.assign(places * scheme.columns.size(), fact::CellState::value);
  for (std::size_t i = 0; i < g.states.size(); ++i) g.values.push_back(Decimal(random.between(1, 1'000'000), 2).real());
  return g;
}

void score(benchmark::State& state, const std::string& function, const std::string& aggregation) {
  const Scheme scheme = wide_scheme(function, aggregation);
  const Gathered g = wide_figures(scheme, static_cast<std::size_t>(state.range(0)));
  ThreadExecutor executor(static_cast<std::size_t>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(assess(scheme, g.inputs(), executor));
}

BENCHMARK_CAPTURE(score, min_max, R"("fn": "min_max")", "")
    ->ArgNames({"places", "threads"})
    ->Args({1757, 1})
    ->Args({26842, 1})
    ->Args({26842, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(score, peer, R"("fn": "peer")", "")
    ->ArgNames({"places", "threads"})
    ->Args({26842, 1})
    ->Args({26842, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(score, geometric, R"("fn": "min_max")", R"("aggregation": "geometric", "floor": 1, )")
    ->ArgNames({"places", "threads"})
    ->Args({26842, 1})
    ->Args({26842, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

/// The stress test: weights ± 25 %, a thousand runs, rank intervals. COINr would need 1.4 hours.
void stress(benchmark::State& state, const Variation& variation) {
  const Scheme scheme = wide_scheme(R"("fn": "min_max")", "");
  const Gathered g = wide_figures(scheme, static_cast<std::size_t>(state.range(0)));
  ThreadExecutor executor(static_cast<std::size_t>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(uncertainty(scheme, g.inputs(), variation, 1000, 1, executor));
  state.counters["peak_MiB"] = peak_mib();
}
/// The usual set and one per cent of error on every figure, so that every run scores everything anew.
Variation measured() {
  Variation v = Variation::usual();
  v.measurement = 1;
  return v;
}
#define STRESS(name, variation) \
  BENCHMARK_CAPTURE(stress, name, variation) \
      ->ArgNames({"places", "threads"}) \
      ->Args({26842, 1}) \
      ->Args({26842, 2}) \
      ->Unit(benchmark::kMillisecond) \
      ->UseRealTime() \
      ->MeasureProcessCPUTime() \
      ->Iterations(1)
STRESS(weights, Variation{});
STRESS(usual, Variation::usual());
STRESS(with_reporting_errors, measured());

/// 51 × 49 with heavy tails, treatment in the loop: once an alternative among three, once redone in every run over
/// figures that changed. COINr needs 135 s.
void treated(benchmark::State& state, double measurement) {
  std::string tree;
  for (int b = 0; b < 7; ++b) {
    tree += std::string(b ? "," : "") + R"({"id": "b)" + std::to_string(b) + R"(", "weight": ")" +
            (b < 6 ? "14.28" : "14.32") + R"(", "children": [)";
    for (int i = 0; i < 7; ++i) {
      tree += std::string(i ? "," : "") + R"({"indicator": "I)" + std::to_string(b * 7 + i) + R"(", "weight": ")" +
              (i < 6 ? "14.28" : "14.32") + R"(", "treatment": {"how": "winsorise"}, "fn": "min_max"})";
    }
    tree += "]}";
  }
  const Scheme scheme =
      scheme_from_json(
          *Json::parse(
              R"({"scheme": {"id": "t", "name_zh": "试"}, "classes": [{"id": "a", "name_zh": "甲"}], "tree": {"children": [)" +
              tree + "]}}"))
          .value();
  Gathered g = wide_figures(scheme, 51);
  for (double& v : g.values) v = v * v * v / 1e8;
  Variation v;
  v.treatment = {TreatmentChoice::given, TreatmentChoice::none, TreatmentChoice::log};
  v.measurement = measurement;
  ThreadExecutor executor(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(uncertainty(scheme, g.inputs(), v, 1000, 1, executor));
}
BENCHMARK_CAPTURE(treated, as_alternative, 0)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(treated, in_every_run, 1)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

/// What lifts each of 51 places over 49 leaves by one rank, and one of 122 over 60: budgets 0.3 s and 0.05 s.
void lifts(benchmark::State& state, const std::string& function) {
  const Scheme scheme = wide_scheme(function, "");
  const Gathered g = wide_figures(scheme, static_cast<std::size_t>(state.range(0)));
  ThreadExecutor executor(2);
  const Assessment a = assess(scheme, g.inputs(), executor).value();
  const auto places = static_cast<std::size_t>(state.range(1));
  for (auto _ : state) {
    executor.run(places, [&](std::size_t p) {
      benchmark::DoNotOptimize(lift(scheme, g.inputs(), a, (p + 7) % a.places, 1, executor));
    });
  }
}
#define LIFTS(name, function) \
  BENCHMARK_CAPTURE(lifts, name, function) \
      ->ArgNames({"of", "lifted"}) \
      ->Args({51, 51}) \
      ->Args({122, 1}) \
      ->Unit(benchmark::kMillisecond) \
      ->UseRealTime() \
      ->MeasureProcessCPUTime()
LIFTS(min_max, R"("fn": "min_max")");
LIFTS(peer, R"("fn": "peer")");
LIFTS(z, R"("fn": "z")");
LIFTS(lin, R"("fn": "lin", "lo": 0, "hi": 10000)");

/// Majority duels over twelve criteria; COINr needs 11 minutes for 1,757 places and would need 41 hours for 26,842.
void duels(benchmark::State& state) {
  Random random(2);
  Matrix matrix{static_cast<std::size_t>(state.range(0)), {}};
  for (std::size_t i = 0; i < matrix.rows * 12; ++i) matrix.values.push_back(random.uniform());
  ThreadExecutor executor(static_cast<std::size_t>(state.range(1)));
  for (auto _ : state)
    benchmark::DoNotOptimize(copeland(matrix, std::vector<double>(12, 1), std::vector<bool>(12, false), executor));
  state.counters["peak_MiB"] = peak_mib();
}
BENCHMARK(duels)
    ->ArgNames({"places", "threads"})
    ->Args({1757, 1})
    ->Args({1757, 2})
    ->Args({26842, 1})
    ->Args({26842, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}   // namespace
}   // namespace gangmu::score
