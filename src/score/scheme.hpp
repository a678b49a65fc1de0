// SPDX-License-Identifier: Apache-2.0
// Schemes (考核方案): classes, a weighted tree with an aggregation a node, a scoring function a leaf, red lines,
// bonuses, grades. Data, never code: a scheme is a definition (base/definition.hpp) whose body is the JSON below;
// schemes/*.yaml has the same field names (numbers with decimals may be quoted or not, the reader keeps their text).
//
//   scheme: {id: towns, version: 1, name_zh: …, name_en: …, approval: "", unit_level: town, score_decimals: 2}
//   classes:                                   # a place's class comes with the places, or from `members` here
//     - {id: a, name_zh: 甲类, name_en: Class A, members: [990101001000]}
//   min_class_size: 4                          # smaller classes: comparisons inside the class give way to
//   peer_fallback peer_fallback: {fn: self, base: last_year, lo: -5, hi: 10} tree: # the root; children's weights sum
//   to 100 in every class
//     aggregation: arithmetic                  # arithmetic geometric harmonic power(p) owa(order_weights) min
//     mean_min(alpha)
//                                              # ampi(penalty) benefit_of_doubt(spread) mpi(penalty) topsis(scaling)
//                                              vikor(v) borda copeland
//     weights: {how: given}                    # given equal deviation entropy critic principal ahp(comparisons)
//     allocation(points) missing: hold                            # hold | renormalise | zero; children inherit it
//     data_threshold: 0                        # per cent of the weight below which the node has no score; inherited
//     children:
//       - {id: economy, name_zh: 经济, name_en: Economy, weight: {a: 60, b: 40}, children: [
//            {indicator: T-ECO-01, weight: 55, fn: self, base: last_year, lo: -5, hi: 10},
//            {indicator: T-ECO-02, weight: 45, fn: peer}]}
//       - {indicator: T-GOV-05, weight: {a: 40, b: 60}, fn: lin, lo: 60, hi: 95, fn_by_class: {b: {fn: lin, lo: 50, hi:
//       90}}}
//   adjustments:
//     bonus:  {cap: 3, items: [{id: pilot, name_zh: …, name_en: …, points: 1.0}]}
//     deduct: {cap: 5, items: [{id: false-data, name_zh: …, name_en: …, points: 2.0, from: "2023-01-01", to:
//     "2023-12-31",
//                               evidence: true, most: 2}]}      # dates, evidence asked for, times a place at most
//   red_lines:                                 # limit the grade, never the arithmetic
//     - {id: accident, name_zh: …, name_en: …, when: "T-GOV-04 < 90", max_grade: good}
//     - {id: grain, name_zh: …, name_en: …, when: "T-AGR-01 < 95% of target", max_grade: good}
//     - {id: fraud, name_zh: …, name_en: …, when: confirmed, max_grade: fair}
//   grades:                                    # first whose rule holds; the last has no rule
//     - {id: excellent, name_zh: 优秀, name_en: Excellent, min: 85, best_share: 30, at_least: 1, at_most: 5}
//     - {id: good, name_zh: 良好, name_en: Good, min: 70}
//     - {id: fair, name_zh: 一般, name_en: Fair}
//   tie_break: [economy, T-GOV-05]             # node ids; who is still level shares the better rank
//
// weight 0 (or a class left out of the map) takes a node out of that class's tree. A leaf may carry direction, percent,
// unit_zh, unit_en, name_zh, name_en, owner_zh, owner_en; what it leaves out is taken from the catalogue of indicators.
// It may also say how its figures are prepared (impute, treatment: preparation.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "fact/indicator.hpp"
#include "place/tree.hpp"
#include "score/function.hpp"
#include "score/preparation.hpp"

namespace gangmu::score {

using NodeIndex = std::uint32_t;
using ClassIndex = std::uint16_t;
inline constexpr NodeIndex no_node = UINT32_MAX;
inline constexpr ClassIndex no_class = UINT16_MAX;

struct Class {
  std::string id, name_zh, name_en;
  std::vector<std::string> members;   ///< place codes; may be empty when the places carry their class
  bool operator==(const Class&) const = default;
};

enum class AggregationKind : std::uint8_t {
  arithmetic,
  geometric,
  harmonic,
  power,
  owa,
  min,
  mean_min,
  ampi,
  benefit_of_doubt,   ///< of one place's children: mean.hpp
  mpi,
  topsis,
  vikor,
  borda,
  copeland   ///< of the whole class at once: collective.hpp
};
struct Aggregation {
  AggregationKind kind = AggregationKind::arithmetic;
  Decimal parameter;   ///< power: p; mean_min: alpha in [0, 1]; vikor: v in [0, 1]; benefit_of_doubt: spread, per cent
  std::vector<Weight> order_weights;   ///< owa: for the best child first; sum 100
  Decimal floor;   ///< geometric, harmonic, power ≤ 0: child scores below it are lifted to it; 0: a zero child makes
                   ///< the node 0
  bool plus = false;       ///< ampi, mpi: unevenness adds (for what should be low) instead of taking away
  bool by_range = false;   ///< topsis: scaled by range instead of by length
  bool operator==(const Aggregation&) const = default;
};

/// Where the weights of a node's children come from. In YAML `weights: {how: …}` of the branch; children may then leave
/// out `weight`. Those of figures are computed anew in every class from the children's points of the places that have
/// them all (weights.hpp); those of judgements are worked out when the scheme is read.
enum class WeightMethod : std::uint8_t { given, equal, deviation, entropy, critic, principal, ahp, allocation };

/// From the class's points, at every assessment.
constexpr bool computed_weights(WeightMethod method) {
  return method >= WeightMethod::equal && method <= WeightMethod::principal;
}
/// Needs all places of the class at once.
constexpr bool collective(AggregationKind kind) { return kind >= AggregationKind::mpi; }

/// What a missing (empty, withheld or threshold) child does. Not applicable is never missing: its weight is spread over
/// the others.
enum class Missing : std::uint8_t {
  hold,   ///< weight spread over the others for the time being; the place is provisional: shown, not ranked, not graded
  renormalise,   ///< weight spread over the others
  zero           ///< counts as 0 points
};

/// What a leaf knows of its indicator, frozen into the scheme.
struct Leaf {
  IndicatorCode indicator;
  fact::Direction direction = fact::Direction::up;
  bool percent = false;   ///< a change is told in percentage points
  int decimals = 2;       ///< of the value as shown
  std::string unit_zh, unit_en;
  std::string owner_zh, owner_en;   ///< who can mend it
  Preparation preparation;
  Function function;
  std::map<std::string, Function> by_class;   ///< classes with another function
  bool operator==(const Leaf&) const = default;
  [[nodiscard]] const Function& function_of(const std::string& class_id) const;
};

/// Do the leaf's functions compare only with figures of this period, which are treated alike?
bool can_be_treated(const Leaf& leaf, const Treatment& treatment);

/// Nodes stand depth first: a parent before its children, every subtree one interval; node 0 is the total.
struct Node {
  std::string id, name_zh, name_en;
  NodeIndex parent = no_node;
  NodeIndex end = 0;                 ///< one past the subtree
  std::vector<NodeIndex> children;   ///< empty: a leaf
  std::vector<Weight> weights;       ///< a class each: share inside the parent; 0: not in that class's tree
  Aggregation aggregation;
  WeightMethod weight_method = WeightMethod::given;
  std::vector<std::vector<Decimal>> judgements;   ///< ahp: comparisons[i][j]; allocation: an expert's points each row
  Missing missing = Missing::hold;
  Decimal data_threshold;            ///< per cent
  std::uint32_t leaf = UINT32_MAX;   ///< index into Scheme::leaves
  bool operator==(const Node&) const = default;
  [[nodiscard]] bool is_leaf() const { return leaf != UINT32_MAX; }
};

struct AdjustmentItem {
  std::string id, name_zh, name_en;
  Decimal points;   ///< > 0, also for deductions
  bool deduct = false;
  std::string from, to;    ///< dates between which it must lie, both included; empty: open
  bool evidence = false;   ///< counts only with evidence
  int most = 0;            ///< times a place at most; 0: no limit
  bool operator==(const AdjustmentItem&) const = default;
};

enum class Comparison : std::uint8_t { less, less_equal, greater, greater_equal, equal, not_equal };
struct RedLine {
  std::string id, name_zh, name_en;
  bool confirmed_only = false;   ///< `when: confirmed`: an office confirms each case
  IndicatorCode indicator;
  Comparison comparison = Comparison::greater;
  Decimal bound;
  bool of_target = false;   ///< bound is in per cent of the place's target
  std::string max_grade;
  std::uint32_t value_column = UINT32_MAX, target_column = UINT32_MAX;
  bool operator==(const RedLine&) const = default;
};

struct Grade {
  std::string id, name_zh, name_en;
  std::optional<Decimal> min;          ///< points
  std::optional<Decimal> best_share;   ///< per cent of the class: rank ≤ max(at_least, floor(share × n))
  int at_least = 0;
  int at_most = 0;   ///< seats at most; 0: no limit
  bool operator==(const Grade&) const = default;
};

/// Editions of the arithmetic. A frozen assessment keeps its own, so that its digest stays. 2: a target of zero can be
/// reached and missed; weights of judgements have nine decimals of a percent (six before).
inline constexpr int first_edition = 1, this_edition = 2;

struct Scheme {
  int edition = this_edition;   ///< no part of the document: to_json leaves it out
  std::string id;
  int version = 1;
  std::string name_zh, name_en;
  std::string approval;   ///< number of the year's inspection-and-assessment plan; empty: none
  place::Level unit_level = place::Level::county;
  int score_decimals = 2;   ///< 0 … 6
  std::vector<Class> classes;
  int min_class_size = 1;
  std::optional<Function> peer_fallback;
  std::vector<Node> nodes;
  std::vector<Leaf> leaves;   ///< in the order of their nodes
  std::vector<AdjustmentItem> adjustments;
  std::optional<Decimal> bonus_cap, deduct_cap;
  std::vector<RedLine> red_lines;
  std::vector<Grade> grades;
  std::vector<std::string> tie_break;
  std::vector<Column> columns;   ///< every figure the scheme reads, each once; what the caller must fill
  bool operator==(const Scheme&) const = default;

  /// "监测评价（内部测算）" unless the scheme has an approval number; then its own name.
  [[nodiscard]] std::string title(Language language) const;
  [[nodiscard]] NodeIndex find(std::string_view node_id) const;   ///< no_node when absent
  [[nodiscard]] ClassIndex find_class(std::string_view class_id) const;
  [[nodiscard]] NodeIndex node_of_leaf(std::size_t leaf) const;
  [[nodiscard]] Digest digest() const;   ///< of to_json's canonical bytes
};

/// Where a fault sits, given its JSON pointer (RFC 6901) in the document; the pack floor turns it into file:line.
using PositionOf = std::function<Position(std::string_view pointer)>;

/// Reads and checks a scheme; all faults at once. `catalogue` empty: indicators are not checked and leaves speak for
/// themselves. Errors: see score/errors.hpp, "scheme_" and "weights_".
Result<Scheme> scheme_from_json(const Json& document, std::span<const fact::Indicator> catalogue = {},
                                const PositionOf& where = {}, int edition = this_edition);
/// The document scheme_from_json reads, complete (defaults and catalogue facts written out):
/// scheme_from_json(to_json(s)) == s.
Json to_json(const Scheme& scheme);

}   // namespace gangmu::score
