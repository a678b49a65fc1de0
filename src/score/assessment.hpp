// SPDX-License-Identifier: Apache-2.0
// Assessments (得分): one scheme × one period × frozen inputs → scores, ranks, grades, contributions, digest.
//
// Points are real (double) inside; each score is then quantised once to int64 of 1e-9 points, and ranks, ties, grades,
// red lines, printed figures and the digest use only those. The same bytes for any width of executor, compiler and
// optimisation: no libm, sums in a fixed order, work cut by data size.
//
// Shapes: P places, C = scheme.columns.size(), N = scheme.nodes.size(), L = scheme.leaves.size(). Matrices are stored
// column by column: entry (column, place) at column × P + place.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/parallel.hpp"
#include "base/result.hpp"
#include "fact/observation.hpp"
#include "score/scheme.hpp"

namespace gangmu::score {

/// A bonus or deduction granted, or a red line confirmed: the place, the item's id, how often.
struct Grant {
  std::uint32_t place = 0;
  std::string item;
  int times = 1;
  std::string date = {};       ///< "2023-06-30"; for items with dates
  std::string evidence = {};   ///< number of the document; for items that ask for it
};

/// The frozen figures. Spans are borrowed for the call.
struct Inputs {
  std::span<const std::string> places;     ///< P codes, unique; the digest is over places in the order of their codes
  std::span<const ClassIndex> classes;     ///< P; no_class: the place takes no part (no score, no rank)
  std::span<const std::uint32_t> groups;   ///< P or empty (one group): for pool `group`
  std::span<const double>
      values;   ///< C × P, finite where the state is `value`; a threshold's bound where it is above or below
  std::span<const fact::CellState> states;   ///< C × P
  std::vector<Grant> grants;
};

enum class ScoreState : std::uint8_t { scored, missing, not_applicable };

/// Every edge has a named rule; the assessment counts the places each touched.
enum class EdgeRule : std::uint8_t {
  missing_value,          ///< empty cell where a value was needed
  withheld_value,         ///< WH: counted as missing
  threshold_value,        ///< >n or <n: not a value, counted as missing
  not_applicable,         ///< NA: the weight is spread over the others
  missing_base,           ///< own base (or its period's figure) absent: no score by this function
  base_not_positive,      ///< per cent change against zero or less is no number: no score by this function
  missing_target,         ///< no target given: no score by this function
  target_not_positive,    ///< a share of zero or less is no number: no score by this function (of 0: where more is
                          ///< better)
  zero_value_best,        ///< direction down and value ≤ 0: reaches the cap
  constant_pool,          ///< all values of the pool equal: 50 points
  single_value,           ///< only one value in the pool: 50 points
  empty_pool,             ///< no value in the pool, so none to compare with: no score by this function
  small_class_fallback,   ///< class below min_class_size: peer_fallback used instead
  unlisted_category,      ///< category table has no such value: no score by this function
  zero_in_geometric,      ///< a zero child makes a geometric, harmonic or power ≤ 0 node zero
  lifted_to_floor,        ///< a child below the node's floor was lifted to it
  weight_spread,          ///< a missing child's weight was spread over the others
  zero_for_missing,       ///< a missing child counted as 0 points
  below_data_threshold,   ///< too little of the weight present: the node has no score
  provisional,            ///< total held: shown, not ranked, not graded
  no_score,               ///< nothing to score at all
  tie_broken,             ///< equal totals told apart by tie_break
  tie_shared,             ///< equal totals share the better rank
  tie_at_quota,           ///< sharing the rank at the edge of a grade's quota: all of them are taken in
  bonus_capped,
  deduction_capped,
  grade_limited,            ///< a red line lowered the grade
  imputed_value,            ///< a missing or withheld figure was estimated, as the leaf's `impute` says
  impute_impossible,        ///< nothing to estimate it from: stays missing
  treated_value,            ///< outlier or skew treated, as the leaf's `treatment` says
  transform_impossible,     ///< box_cox over figures of zero or less: left as they are
  few_reviews,              ///< fewer reviews than the panel needs: no figure
  small_sample,             ///< fewer were asked than needed: no figure
  nothing_due,              ///< no task was due: not applicable
  incomplete_for_method,    ///< mpi, topsis, vikor need every child's points: the node has none
  weights_equal_instead,    ///< the class's points give no weights by the method asked for: equal ones
  grant_outside_dates,      ///< a bonus or deduction outside the item's dates, or undated: not counted
  grant_without_evidence,   ///< the item asks for evidence and none is named: not counted
  item_capped,              ///< granted more often than the item allows: the rest not counted
  zero_target_missed,       ///< target or reference 0, and not reached: 0 points
  below_least_points,       ///< the function (or mpi) would give less than 0 points: 0
  above_most_points         ///< the function (or mpi) would give more than full marks or its cap: those
};
inline constexpr std::size_t edge_rules = static_cast<std::size_t>(EdgeRule::above_most_points) + 1;
std::string_view edge_rule_name(EdgeRule rule);   ///< "zero_in_geometric"
std::string_view edge_rule_text(EdgeRule rule, Language language);

struct EdgeCount {
  EdgeRule rule{};
  NodeIndex node = 0;   ///< where it was applied; the root for whole-place rules
  std::size_t places = 0;
  bool operator==(const EdgeCount&) const = default;
};

/// What a whole-class method says beside its points; places are indexes into Inputs::places.
struct Verdict {
  NodeIndex node = 0;
  ClassIndex class_index = 0;
  std::vector<std::uint32_t> places;                                 ///< judged, in the order of their codes
  bool acceptable_advantage = false, acceptable_stability = false;   ///< vikor: its two conditions
  std::vector<std::uint32_t> compromise;                             ///< vikor: those that can't be told from the best
  std::vector<std::uint32_t> won, lost, level;                       ///< copeland: duels, a judged place each
  std::optional<std::uint32_t> condorcet;                            ///< copeland: who wins every duel
};

struct Assessment {
  std::size_t places = 0;                       ///< P
  std::vector<double> weights;                  ///< effective, classes × L (class × L + leaf), nominal; sum 1 a class
  std::vector<double> shares;                   ///< classes × N: share inside the parent, nominal
  std::vector<Verdict> verdicts;                ///< of vikor and copeland nodes, by node, then class
  std::vector<double> scores;                   ///< N × P; leaves: normalised points; NaN unless scored
  std::vector<ScoreState> states;               ///< N × P
  std::vector<std::int64_t> contributions;      ///< L × P, 1e-9 points; sum over leaves = subtotal, exactly
  std::vector<std::int64_t> subtotal;           ///< P, 1e-9 points: the tree alone
  std::vector<std::int64_t> bonus, deduction;   ///< P, 1e-9 points, ≥ 0, after caps
  std::vector<std::int64_t> total;              ///< P = subtotal + bonus − deduction
  std::vector<bool> ranked;                     ///< has a final total: scored, in a class, not provisional
  std::vector<bool> provisional;
  std::vector<std::uint32_t> rank;   ///< in class, 1 = best; 0: not ranked
  std::vector<std::uint32_t>
      rank_without_adjustments;            ///< by subtotal alone; empty when the scheme has no bonus or deduction
  std::vector<std::uint32_t> class_size;   ///< a class each: places ranked
  std::vector<std::uint8_t> grade, grade_without_red_lines;         ///< index into scheme.grades; no_grade
  std::vector<std::pair<std::uint32_t, std::uint32_t>> red_lines;   ///< (place, index of red line), sorted
  std::vector<std::uint8_t> imputed;   ///< L × P, 1: the figure was estimated; empty: the scheme estimates nothing
  std::vector<EdgeCount> edges;        ///< by node, then rule; only those > 0
  Digest inputs, digest;               ///< of the inputs; of scheme, inputs and quantised results

  static constexpr std::uint8_t no_grade = UINT8_MAX;
  [[nodiscard]] double score(NodeIndex node, std::size_t place) const { return scores[node * places + place]; }
  [[nodiscard]] ScoreState state(NodeIndex node, std::size_t place) const { return states[node * places + place]; }
  [[nodiscard]] bool scored(std::size_t place) const { return state(0, place) == ScoreState::scored; }
};

/// Errors (all at once): inputs_shape, value_not_finite, place_twice, unknown_grant, fallback_needed (a class below
/// min_class_size uses a comparison and no peer_fallback is given).
Result<Assessment> assess(const Scheme& scheme, const Inputs& inputs, Executor& executor);

/// Units of 10^-decimals that the parts (1e-9 points) are printed as, so that they add up to the printed sum (largest
/// remainder; ties to the earlier part). The sum itself is rounded half away from zero. Shape: decimals in [0, 9].
std::vector<std::int64_t> apportion(std::span<const std::int64_t> parts, int decimals);
/// 1e-9 points as text, rounded half away from zero: points_text(72345678901, 2) = "72.35".
std::string points_text(std::int64_t points, int decimals);

}   // namespace gangmu::score
