// SPDX-License-Identifier: Apache-2.0
// Explanations (得分说明): one place's assessment told so that whoever must mend it can. Plain words first (得分,
// 扣分在哪几项, 每项差多少, 数据归口, 下一步做什么), then the waterfall, then the line table. Every printed figure adds
// up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "score/assessment.hpp"

namespace gangmu::score {

/// A sentence in both languages; zh and en are written from separate templates.
struct Sentence {
  std::string zh, en;
};

/// The five questions of the first screen, in this order.
struct PlainWords {
  Sentence score;                   ///< 得分
  std::vector<Sentence> lost;       ///< 扣分在哪几项, most first, at most `most`
  std::vector<Sentence> gaps;       ///< 每项差多少: against full marks and the class median, same order
  std::vector<Sentence> owners;     ///< 数据归口: who keeps the figure (not who can raise it), same order
  std::vector<Sentence> next;       ///< 下一步做什么, same order
  std::vector<Sentence> notes;      ///< provisional, small class, red line, missing values …
  std::vector<std::size_t> items;   ///< lines told of by lost, gaps, owners and next, in their order
};

/// A bar of the waterfall: start 0, one gain a top-level branch, bonus, deduction, total. Points are printed units
/// (10^-score_decimals).
enum class BarKind : std::uint8_t { start, branch, bonus, deduction, total };
struct Bar {
  BarKind kind = BarKind::branch;
  NodeIndex node = no_node;   ///< of a branch
  Sentence label;
  std::int64_t points = 0;   ///< signed; start + branches + bonus + deduction = total
  std::int64_t full = 0;     ///< what full marks would give here
};

/// A row of the line table: one leaf.
struct Line {
  NodeIndex node = 0;
  NodeIndex branch = 0;   ///< its top-level branch
  IndicatorCode indicator;
  Sentence name, unit, owner, method;   ///< method: "目标完成（上限 110）"
  fact::CellState cell = fact::CellState::missing;
  bool imputed = false;   ///< no figure was there: the points rest on an estimate
  std::string value;      ///< in the indicator's decimals; "" unless a number
  ScoreState state = ScoreState::missing;
  std::string score;                       ///< 0…100, score_decimals; "" unless scored
  std::string weight;                      ///< share of the total in per cent, as it counted for this place
  std::int64_t contribution = 0;           ///< printed units
  std::int64_t full = 0;                   ///< printed units at full marks
  std::int64_t lost = 0;                   ///< full − contribution: none at full marks; negative above them
  std::optional<std::int64_t> to_median;   ///< contribution − the class median, printed units
  std::string value_for_full;              ///< the value that would earn full marks; "" when it depends on others
  std::string limit;   ///< as far as the indicator can go, when value_for_full lies beyond it; "" otherwise
};

/// How far an indicator can go (soft_min and soft_max of the catalogue). Not known: percentages end at 0 and 100.
struct Reach {
  std::optional<Decimal> least, most;
};
/// The same with what goes without saying.
Reach reach_of(const Leaf& leaf, Reach known);

struct Explanation {
  Sentence title;                ///< of the scheme: 监测评价（内部测算） without an approval number
  std::string total, subtotal;   ///< points as printed
  std::uint32_t rank = 0, class_size = 0;
  ClassIndex class_index = no_class;
  bool moved = false;   ///< some item's loss beyond what it can earn is borne by others (earned_points.hpp)
  PlainWords words;
  std::vector<Bar> waterfall;
  std::vector<Line> lines;
};

/// Precondition: `assessment` was made from `scheme` and `inputs`; place < P. `most`: how many lost items are told.
/// `place_name` is what the sentences call the place. `reach`: one a leaf, or empty.
Explanation explain(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
                    const Sentence& place_name, std::size_t most = 5, std::span<const Reach> reach = {});

}   // namespace gangmu::score
