// SPDX-License-Identifier: Apache-2.0
// Means (合成办法): how a node's points come from its children's, and how the loss against full marks (100) is told
// child by child. X = node, x_i = child, w_i = share of the weight (sum 1).
//
//   arithmetic  X = Σ w x
//   geometric   X = Π x^w              a zero child makes X zero, unless a floor lifts it
//   harmonic    X = 1 / Σ (w / x)      likewise
//   power p     X = (Σ w x^p)^(1/p)    p = 0 is geometric; likewise for p < 0
//   owa         X = Σ v_j x_(j), best child first; the v are stretched when children are missing
//   min         X = the worst child
//   ampi        Y ∓ S² / Y over y = 70 + 0.6 x, Y mean and S² variance of the y by weight, back on 0…100: unevenness is
//   penalised, or
//               with `plus` rewarded (Mazziotta & Pareto 2016)
//   benefit_of_doubt   X = Σ v x, v the weights within ± spread per cent of the given ones that suit the place best
//   (Cherchye et al. 2007
//               with full marks as the benchmark, so that the programme is solved by filling up the best children
//               first)
//   mean_min    X = M − α (M − min), M the arithmetic mean (Tarabusi & Guarini 2013 with β = 0)
//
// Decomposition: slope m_i with Σ m_i (100 − x_i) = 100 − X, exactly. For the linear ones m_i are the weights at work.
// For the quasi-arithmetic ones with f (log, 1/x, x^p) it is the secant decomposition m_i = w_i s(x_i) / s(X), s(a) =
// (f(100) − f(a)) / (100 − a); for log this is the logarithmic mean decomposition (LMDI, Ang 2004). For ampi it is the
// Shapley value of each child's loss (up to ten children, above that in proportion to the weighted loss);
// benefit_of_doubt is linear at its own weights.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "score/scheme.hpp"

namespace gangmu::score {

struct Part {
  double points = 0;
  double share = 0;   ///< in: of the weight
  double slope = 0;   ///< out
};

/// A child's points of many places; `slope` may be null where only the arithmetic mean is asked for.
struct PartColumn {
  const double* points;
  double share;
  double* slope;   ///< out
};

struct Combined {
  double points = 0;
  bool zeroed = false;   ///< a zero child made the node zero; slopes are not set
  bool lifted = false;   ///< a child was lifted to the floor
};

/// Slopes in proportion to each part's weighted loss: for methods without a decomposition of their own.
Combined in_proportion(std::span<Part> parts, double points);

class Mean {
 public:
  Mean() = default;
  explicit Mean(const Aggregation& aggregation);
  [[nodiscard]] bool additive() const { return kind_ == AggregationKind::arithmetic; }
  /// X = f⁻¹(Σ w f(x)): arithmetic, geometric, harmonic, power.
  [[nodiscard]] bool quasi_arithmetic() const { return kind_ <= AggregationKind::power; }
  [[nodiscard]] double f(double points) const;   ///< NaN stays NaN
  void f(std::span<double> points) const;        ///< each replaced: the same bits, for many in less time
  [[nodiscard]] double f_inverse(double sum) const;
  /// Precondition: parts not empty, points ≥ 0, shares sum to 1.
  Combined combine(std::span<Part> parts) const;
  /// The points alone, with the same bits: what their decomposition costs is left out.
  [[nodiscard]] double points(std::span<Part> parts) const;
  /// The same for n places at once, with the same bits: how many of them had a child lifted to the floor. Nothing where
  /// the mean is neither arithmetic nor geometric, or a child at zero asks for its rule: then place by place.
  std::optional<std::size_t> combine(std::span<const PartColumn> parts, std::size_t n, double* points) const;

 private:
  [[nodiscard]] double secant(double a) const;
  std::optional<std::size_t> through_logarithms(std::span<const PartColumn> parts, std::size_t n, double* points) const;
  Combined through_f(std::span<Part> parts) const;
  Combined ordered(std::span<Part> parts) const;
  [[nodiscard]] Combined worst(std::span<Part> parts, double alpha) const;
  [[nodiscard]] Combined even(std::span<Part> parts) const;
  [[nodiscard]] Combined in_best_light(std::span<Part> parts) const;

  AggregationKind kind_ = AggregationKind::arithmetic;
  double p_ = 1;
  double floor_ = 0;
  bool plus_ = false;
  std::vector<double> cumulated_;   ///< owa: order weights summed from the best, sum 1
};

}   // namespace gangmu::score
