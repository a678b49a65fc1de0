// SPDX-License-Identifier: Apache-2.0
// The compiled form beside the interpreter, on the sums, shares and guards that kinds are full of.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "formula/program.hpp"

namespace gangmu::formula {
namespace {

class Row : public Values {
 public:
  [[nodiscard]] Value value(std::int64_t symbol) const override { return Decimal(1'000'000 + symbol, 2); }
};

class Numbers : public Names {
 public:
  [[nodiscard]] std::optional<Symbol> find(std::span<const std::string> path) const override {
    const Type money{.base = Base::exact, .unit = Unit::named("元"), .decimals = 2};
    return Symbol{.id = path[0].back(), .type = money};
  }
  [[nodiscard]] std::vector<std::string> path(std::int64_t) const override { return {"a"}; }
};

const char* const texts[] = {"a + b - c + d", "if(a > 0, percent(b, a), missing)",
                             "a >= b and c < d and not (a == d) or b > 5万元",
                             "if(a > b, a - b, b - a) * 3 + max(a, b, c) - default(d, a)"};

Tree tree(const benchmark::State& state) { return *Tree::parse(texts[state.range(0)], Numbers{}); }

void interpreted(benchmark::State& state) {
  const Tree formula = tree(state);
  const Row row;
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(formula, row));
}
void compiled(benchmark::State& state) {
  const Program program(tree(state));
  const Row row;
  for (auto _ : state) benchmark::DoNotOptimize(program.run(row));
}
BENCHMARK(interpreted)->DenseRange(0, 3);
BENCHMARK(compiled)->DenseRange(0, 3);

}   // namespace
}   // namespace gangmu::formula
