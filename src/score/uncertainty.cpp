// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/decimal.hpp"
#include "score/design_points.hpp"
#include "score/errors.hpp"
#include "score/replay.hpp"
#include "score/variation_json.hpp"

namespace gangmu::score {

namespace {

constexpr std::size_t runs_a_task = 16;
constexpr std::size_t most_bins = 64;
constexpr double surely = 0.95;

struct FactorWords {
  std::string_view name, zh, en;
};
constexpr std::array<FactorWords, 9> words = {{{"weights", "权重", "weights"},
                                               {"normalisation", "无量纲化办法", "normalisation"},
                                               {"treatment", "异常值处理", "treatment of outliers"},
                                               {"aggregation", "合成办法", "aggregation"},
                                               {"inclusion", "指标取舍", "inclusion of indicators"},
                                               {"imputed", "推算的数", "estimated figures"},
                                               {"thresholds", "只报了“大于/小于”的数", "figures given as thresholds"},
                                               {"measurement", "填报误差", "errors of reporting"},
                                               {"sampling", "抽样误差", "errors of sampling"}}};

std::string design_text(const Uncertainty& u) {
  return "gangmu-uncertainty 1\n" + std::to_string(u.seed) + " " + std::to_string(u.runs) + "\n" +
         to_json(u.variation).canonical() + "\n";
}

/// One place's ranks over the runs.
void summarise(std::vector<std::uint32_t>& ranks, RankInterval& out) {
  double sum = 0;
  for (const std::uint32_t r : ranks) sum += r;
  out.mean = sum / static_cast<double>(ranks.size());
  std::sort(ranks.begin(), ranks.end());
  const std::size_t last = ranks.size() - 1;
  out.lo = ranks[last * 5 / 100];
  out.median = ranks[last / 2];
  out.hi = ranks[last - last * 5 / 100];
}

/// From the best down: whoever the band's first beats in 95 % of the runs opens the next band.
void find_bands(Uncertainty& u) {
  for (std::size_t c = 0; c + 1 < u.class_begin.size(); ++c) {
    std::size_t first = u.class_begin[c];
    std::uint32_t band = 1;
    for (std::size_t i = first; i < u.class_begin[c + 1]; ++i) {
      if (i != first && u.beats(first, i) >= surely) {
        first = i;
        ++band;
      }
      u.places[i].band = band;
    }
  }
}

}   // namespace

std::string_view factor_name(Factor factor) { return words[static_cast<std::size_t>(factor)].name; }
std::string_view factor_text(Factor factor, Language language) {
  const FactorWords& w = words[static_cast<std::size_t>(factor)];
  return language == Language::zh ? w.zh : w.en;
}

Variation Variation::usual() {
  Variation out;
  out.normalisation = {NormalisationChoice::given, NormalisationChoice::min_max, NormalisationChoice::percentile};
  out.aggregation = {AggregationChoice::given, AggregationChoice::geometric};
  out.inclusion = true;
  out.imputed = 100;
  out.thresholds = true;
  out.sampling = true;
  return out;
}

Status check_robustness(const Variation& v, std::size_t runs, std::size_t places, const RobustnessLimits& limits) {
  Diagnostics faults;
  const auto within = [&](const char* name, double value, double most) {
    if (!(value >= 0 && value <= most))
      faults.push_back({&errors::share_outside, {name, round_half_up(value, 3), "0…" + round_half_up(most, 0)}, {}});
  };
  within("spread", v.spread, 100);
  within("concentration", v.concentration, 1e6);
  within("imputed", v.imputed, 1000);
  within("measurement", v.measurement, 100);
  const auto limit = [&](const char* name, std::size_t value, std::size_t most) {
    if (value > most)
      faults.push_back({&errors::robustness_limit, {name, std::to_string(value), std::to_string(most)}, {}});
  };
  if (runs == 0) faults.push_back({&errors::share_outside, {"runs", "0", "1…" + std::to_string(limits.runs)}, {}});
  limit("runs", runs, limits.runs);
  limit("runs × places", runs * places, limits.cells);
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

double Uncertainty::beats(std::size_t index, std::size_t other) const {
  std::size_t twice = 0;
  for (std::size_t run = 0; run < runs; ++run) {
    const std::uint32_t a = rank(run, index), b = rank(run, other);
    twice += a < b ? 2 : a == b ? 1 : 0;
  }
  return static_cast<double>(twice) / static_cast<double>(2 * runs);
}

RankHistogram histogram(const Uncertainty& u, std::size_t index) {
  const ClassIndex c = u.places[index].class_index;
  const std::size_t size = u.class_begin[c + 1U] - u.class_begin[c];
  RankHistogram out;
  out.width = static_cast<std::uint32_t>((size + most_bins - 1) / most_bins);
  out.runs.assign((size + out.width - 1) / out.width, 0);
  for (std::size_t run = 0; run < u.runs; ++run) ++out.runs[(u.rank(run, index) - 1) / out.width];
  return out;
}

Result<std::vector<float>> duels(const Uncertainty& u, ClassIndex c, Executor& executor,
                                 const RobustnessLimits& limits) {
  const std::size_t begin = u.class_begin[c], n = u.class_begin[c + 1U] - begin;
  if (n > limits.duel_places)
    return fail(errors::robustness_limit, {"places", std::to_string(n), std::to_string(limits.duel_places)});
  std::vector<float> out(n * n);
  parallel_for(executor, n, 16, [&](std::size_t from, std::size_t to) {
    std::vector<std::uint32_t> twice((to - from) * n, 0);
    for (std::size_t run = 0; run < u.runs; ++run) {
      const std::uint32_t* ranks = &u.ranks[run * u.places.size() + begin];
      for (std::size_t a = from; a < to; ++a) {
        std::uint32_t* row = &twice[(a - from) * n];
        const std::uint32_t mine = ranks[a];
        for (std::size_t b = 0; b < n; ++b)
          row[b] += static_cast<std::uint32_t>(mine < ranks[b]) + static_cast<std::uint32_t>(mine <= ranks[b]);
      }
    }
    for (std::size_t i = 0; i < twice.size(); ++i)
      out[from * n + i] = static_cast<float>(twice[i]) / static_cast<float>(2 * u.runs);
  });
  return out;
}

Result<Uncertainty> uncertainty(const Scheme& scheme, const Inputs& inputs, const Variation& variation,
                                std::size_t runs, std::uint64_t seed, Executor& executor,
                                const RobustnessLimits& limits) {
  TRY(check_robustness(variation, runs, inputs.places.size(), limits));
  TRY_ASSIGN(const auto replay, Replay::make(scheme, inputs, variation, seed, executor));
  Uncertainty out;
  out.variation = variation;
  out.seed = seed;
  out.runs = runs;
  for (const auto& f : replay->factors()) out.factors.push_back(f.factor);
  out.coordinates = replay->coordinates();
  out.quasi_random = std::min(out.coordinates, DesignPoints::quasi_limit);
  out.class_begin = replay->class_begin();
  const std::size_t slots = replay->slots();
  for (std::size_t s = 0; s < slots; ++s)
    out.places.push_back({.place = replay->place(s), .class_index = replay->class_of(s), .rank = replay->rank(s)});
  out.ranks.resize(runs * slots);
  const DesignPoints points(runs, out.coordinates, seed);
  parallel_for(executor, runs, runs_a_task, [&](std::size_t begin, std::size_t end) {
    Worker worker(*replay);
    for (std::size_t run = begin; run < end; ++run) worker.run(points[run], out.ranks.data() + run * slots);
  });
  parallel_for(executor, slots, 64, [&](std::size_t begin, std::size_t end) {
    std::vector<std::vector<std::uint32_t>> of(end - begin, std::vector<std::uint32_t>(runs));
    for (std::size_t run = 0; run < runs; ++run) {
      for (std::size_t s = begin; s < end; ++s) of[s - begin][run] = out.rank(run, s);
    }
    for (std::size_t s = begin; s < end; ++s) summarise(of[s - begin], out.places[s]);
  });
  find_bands(out);
  Digester digester;
  digester.add(design_text(out));
  digester.add({reinterpret_cast<const char*>(out.ranks.data()), out.ranks.size() * sizeof(std::uint32_t)});
  out.digest = digester.finish();
  return out;
}

}   // namespace gangmu::score
