// SPDX-License-Identifier: Apache-2.0
// Robustness (稳健性检验): how far ranks hang on choices that could have been made otherwise. Every run makes the
// assessment again with some of these varied:
//
//   weights        noise: each weight × (1 ± spread), then to 100 again · dirichlet: any weights at all, uniform on the
//   simplex, or
//                  gathered round the given ones with `concentration` · ordered: any weights that keep the given order
//   normalisation  comparing functions (min_max z percentile peer) given way to one of a list
//   treatment      of comparing leaves: none, winsorise or log instead of the scheme's
//   aggregation    of branches: arithmetic, geometric (floor 1), harmonic (floor 1) or min instead of the scheme's
//   inclusion      all leaves, or all but one
//   imputed        estimated figures ± a normal error of `imputed` per cent of the column's standard deviation
//   thresholds     ">n": anywhere from n to the column's greatest figure; "<n": from its least to n
//   measurement    every reported figure × (1 + normal error of so many per cent)
//   sampling       a survey's figure x on 0…100 of n people asked ± a normal error of √(x (100 − x) / n): no survey of
//   so many errs by more
//
// Draws are a Sobol' sequence with a random digital shift; fields of errors (the last four) take one coordinate as the
// number of their own random stream. The same seed gives the same bytes for any width of executor. Only what a run
// touches is computed anew. Ranked are the places the assessment ranks; one that a run leaves without a score comes
// last in it. Level totals are told apart by the assessment's tie order.
//
// Sources: OECD/JRC Handbook on Constructing Composite Indicators (2008) step 7; Sobol' 1993; Saltelli et al. 2010
// (first-order estimator), Jansen 1999 (total-order); Bhatia & Davis 2000 (the variance of figures on 0…100 with mean x
// is at most x (100 − x)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "score/assessment.hpp"

namespace gangmu::score {

enum class Factor : std::uint8_t {
  weights,
  normalisation,
  treatment,
  aggregation,
  inclusion,
  imputed,
  thresholds,
  measurement,
  sampling
};
std::string_view factor_name(Factor factor);                      ///< "weights"
std::string_view factor_text(Factor factor, Language language);   ///< "权重"

enum class WeightDraw : std::uint8_t { given, noise, dirichlet, ordered };
enum class NormalisationChoice : std::uint8_t { given, min_max, z, percentile, peer };
enum class TreatmentChoice : std::uint8_t { given, none, winsorise, log };
enum class AggregationChoice : std::uint8_t { given, arithmetic, geometric, harmonic, min };

/// What is varied; a list of at most one choice, false and 0 leave a thing alone.
struct Variation {
  WeightDraw weights = WeightDraw::noise;
  double spread = 25;         ///< noise: per cent
  double concentration = 0;   ///< dirichlet: 0 = uniform; the larger, the closer to the given weights
  std::vector<NormalisationChoice> normalisation;
  std::vector<TreatmentChoice> treatment;
  std::vector<AggregationChoice> aggregation;
  bool inclusion = false;
  double imputed = 0;   ///< per cent of the column's standard deviation
  bool thresholds = false;
  double measurement = 0;   ///< per cent of the figure
  bool sampling = false;    ///< of leaves with `sample`

  /// Weights ± 25 %, aggregation given or geometric, normalisation given, min_max or percentile, one leaf left out,
  /// imputed figures ± a whole standard deviation, thresholds, sampling.
  static Variation usual();
  bool operator==(const Variation&) const = default;
};

struct RobustnessLimits {
  std::size_t runs = 100'000;
  std::size_t cells = 250'000'000;   ///< runs × places
  std::size_t duel_places = 2'000;   ///< of a class whose duels are all counted
};

/// Where the runs put one place.
struct RankInterval {
  std::uint32_t place = 0;   ///< index into Inputs::places
  ClassIndex class_index = 0;
  std::uint32_t rank = 0;                     ///< as assessed
  std::uint32_t lo = 0, median = 0, hi = 0;   ///< 5 %, 50 % and 95 % of the runs
  double mean = 0;
  std::uint32_t band = 0;   ///< 1 = best band of its class
};

struct Uncertainty {
  Variation variation;
  std::uint64_t seed = 0;
  std::size_t runs = 0;
  std::vector<Factor> factors;   ///< that could move anything here
  std::size_t coordinates = 0;   ///< of a run; the first quasi_random of them from the Sobol' sequence
  std::size_t quasi_random = 0;
  std::vector<RankInterval> places;       ///< class by class, best first
  std::vector<std::size_t> class_begin;   ///< classes + 1: where each class stands in `places`
  std::vector<std::uint32_t> ranks;       ///< runs × places: run × places + index
  Digest digest;                          ///< of the design and the ranks

  [[nodiscard]] std::uint32_t rank(std::size_t run, std::size_t index) const {
    return ranks[run * places.size() + index];
  }
  /// Share of the runs in which one stands before the other, level ones half; indexes into `places`, of one class.
  [[nodiscard]] double beats(std::size_t index, std::size_t other) const;
};

/// A place's ranks in at most 64 bins: one a rank in a class of up to 64, else of equal width.
struct RankHistogram {
  std::uint32_t width = 1;           ///< ranks a bin
  std::vector<std::uint32_t> runs;   ///< a bin each, best first
};
RankHistogram histogram(const Uncertainty& uncertainty, std::size_t index);

/// n × n shares of runs in which the row's place beats the column's, places of the class in the order of `places`.
/// Error: too_many_places above the limit.
Result<std::vector<float>> duels(const Uncertainty& uncertainty, ClassIndex c, Executor& executor,
                                 const RobustnessLimits& limits = {});

/// Errors: those of assess(); robustness_limit, share_outside.
Result<Uncertainty> uncertainty(const Scheme& scheme, const Inputs& inputs, const Variation& variation,
                                std::size_t runs, std::uint64_t seed, Executor& executor,
                                const RobustnessLimits& limits = {});

struct Index {
  double value = 0, lo = 0, hi = 0;   ///< 90 % bootstrap interval
};
struct FactorIndex {
  Factor factor{};
  Index first, total;   ///< share of the output's variance: alone; together with all others
};
/// One number whose variance is shared out: the mean absolute rank shift, or a place's rank.
struct SensitivityOutput {
  std::optional<std::uint32_t> place;   ///< nothing: mean absolute rank shift over all places
  double mean = 0, deviation = 0;
  std::vector<FactorIndex> factors;
};
struct Sensitivity {
  Variation variation;
  std::uint64_t seed = 0;
  std::size_t base = 0, runs = 0;   ///< N and N × (factors + 2)
  std::vector<SensitivityOutput> outputs;
};
/// `watch`: places that are outputs of their own. Errors: as above.
Result<Sensitivity> sensitivity(const Scheme& scheme, const Inputs& inputs, const Variation& variation,
                                std::size_t base, std::uint64_t seed, std::span<const std::uint32_t> watch,
                                Executor& executor, const RobustnessLimits& limits = {});

/// First and total indices from an output's values: f(A), f(B), and f(A with the factor's coordinates from B) for each
/// factor. A constant output has indices 0.
std::vector<std::pair<Index, Index>> sobol_indices(std::span<const double> a, std::span<const double> b,
                                                   std::span<const std::vector<double>> ab, std::uint64_t seed);

/// What leaving one node out does to the ranks.
struct Removal {
  NodeIndex node = 0;
  double mean_shift = 0;                    ///< ranks, over all places
  std::uint32_t max_shift = 0, place = 0;   ///< and whose it is
};
/// Leaves and branches below the root, in the order of the tree, a run each. Errors: those of assess();
/// robustness_limit.
Result<std::vector<Removal>> remove_one(const Scheme& scheme, const Inputs& inputs, Executor& executor,
                                        const RobustnessLimits& limits = {});

/// What taking one place out does to the order of the others; a scheme that compares nobody with anybody has no
/// reversals.
struct Reversal {
  std::uint32_t place = 0;
  std::size_t pairs = 0;   ///< pairs of others whose order turned
};
/// Of at most `most` places, spread evenly over the ranking. Errors: those of assess().
Result<std::vector<Reversal>> reversals(const Scheme& scheme, const Inputs& inputs, std::size_t most,
                                        Executor& executor);

}   // namespace gangmu::score
