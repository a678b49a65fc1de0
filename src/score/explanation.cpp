// SPDX-License-Identifier: Apache-2.0
#include "score/explanation.hpp"

#include <algorithm>
#include <optional>

#include "base/math.hpp"
#include "score/at_work.hpp"
#include "score/columns.hpp"
#include "score/earned_points.hpp"
#include "score/method_text.hpp"
#include "score/plain_words.hpp"

namespace gangmu::score {

namespace {

class Explainer {
 public:
  Explainer(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
            std::span<const Reach> reach)
      : scheme_(scheme), inputs_(inputs), a_(assessment), place_(place), class_(inputs.classes[place]), reach_(reach) {}

  Explanation run(const Sentence& name, std::size_t most) {
    Explanation out;
    out.title = {scheme_.title(Language::zh), scheme_.title(Language::en)};
    out.class_index = class_;
    out.total = points_text(a_.total[place_], scheme_.score_decimals);
    out.subtotal = points_text(a_.subtotal[place_], scheme_.score_decimals);
    out.rank = a_.rank[place_];
    if (class_ != no_class) {
      out.class_size = a_.class_size[class_];
      peers();
      print_parts();
      out.moved = moved_;
      lines(out.lines);
      bars(out.lines, out.waterfall);
    }
    out.words = plain_words(scheme_, inputs_, a_, place_, name, out, most);
    return out;
  }

 private:
  void peers() {
    for (std::uint32_t p = 0; p < a_.places; ++p) {
      if (inputs_.classes[p] != class_) continue;
      ++members_;
      if (a_.scored(p)) peers_.push_back(p);
    }
  }

  void print_parts() {
    const std::size_t leaves = scheme_.leaves.size();
    std::vector<std::int64_t> parts, fulls;
    for (const std::uint32_t p : peers_) earned_.push_back(earned_points(scheme_, a_, class_, p).points);
    EarnedPoints own = earned_points(scheme_, a_, class_, place_);
    parts = std::move(own.points);
    moved_ = own.moved;
    parts.push_back(a_.bonus[place_]);
    parts.push_back(-a_.deduction[place_]);
    printed_ = apportion(parts, scheme_.score_decimals);
    at_work_ = weights_at_work(scheme_, a_, class_, place_);
    for (const double w : at_work_) fulls.push_back(math::quantise(100 * w));
    full_ = apportion(fulls, scheme_.score_decimals);
    for (std::size_t l = 0; l < leaves; ++l) {
      const std::int64_t lost = fulls[l] - parts[l];
      lost_.push_back(apportion(std::span(&lost, 1), scheme_.score_decimals).front());
    }
    for (std::size_t l = 0; l < leaves; ++l) settle(l);
  }

  /// Apportioned apart, full marks and what earned them may differ by a unit that was never lost. It moves to the line
  /// that lost most, in the same branch if there is one: branches and total stay as printed.
  void settle(std::size_t leaf) {
    const std::int64_t shown = full_[leaf] - printed_[leaf];
    if (shown == 0 || (lost_[leaf] != 0 && (lost_[leaf] > 0) == (shown > 0))) return;
    full_[leaf] -= shown;
    if (const auto other = lost_most(leaf)) full_[*other] += shown;
  }

  [[nodiscard]] std::optional<std::size_t> lost_most(std::size_t beside) const {
    std::optional<std::size_t> best;
    const auto rank = [&](std::size_t l) {
      return std::pair(branch_of(leaf_node(l)) == branch_of(leaf_node(beside)), lost_[l]);
    };
    for (std::size_t l = 0; l < lost_.size(); ++l) {
      if (l != beside && full_[l] - printed_[l] > 1 && (!best || rank(l) > rank(*best))) best = l;
    }
    return best;
  }

  [[nodiscard]] NodeIndex leaf_node(std::size_t leaf) const {
    const auto found = std::ranges::find(scheme_.nodes, static_cast<std::uint32_t>(leaf), &Node::leaf);
    return static_cast<NodeIndex>(found - scheme_.nodes.begin());
  }

  void lines(std::vector<Line>& out) {
    for (NodeIndex n = 0; n < scheme_.nodes.size(); ++n) {
      const Node& node = scheme_.nodes[n];
      if (node.is_leaf() && a_.weights[class_ * scheme_.leaves.size() + node.leaf] > 0) out.push_back(line(n));
    }
  }

  Line line(NodeIndex n) {
    const Node& node = scheme_.nodes[n];
    const Leaf& leaf = scheme_.leaves[node.leaf];
    const Function used = function_used(scheme_, leaf, class_, members_);
    Line out;
    out.node = n;
    out.branch = branch_of(n);
    out.indicator = leaf.indicator;
    out.name = {node.name_zh, node.name_en};
    out.unit = {leaf.unit_zh, leaf.unit_en};
    out.owner = {leaf.owner_zh, leaf.owner_en};
    out.method = method_text(used);
    const std::size_t at = column_index(scheme_, {leaf.indicator, ColumnUse::value, {}}) * a_.places + place_;
    out.cell = inputs_.states[at];
    if (out.cell == fact::CellState::value) out.value = round_half_up(inputs_.values[at], leaf.decimals);
    out.state = a_.state(n, place_);
    out.imputed = !a_.imputed.empty() && a_.imputed[node.leaf * a_.places + place_] != 0;
    if (out.state == ScoreState::scored)
      out.score = points_text(math::quantise(a_.score(n, place_)), scheme_.score_decimals);
    out.weight = round_half_up(100 * at_work_[node.leaf], 2);
    out.contribution = printed_[node.leaf];
    out.full = full_[node.leaf];
    out.lost = out.full - out.contribution;
    if (out.state == ScoreState::scored && !peers_.empty()) out.to_median = out.contribution - median(node.leaf);
    if (const auto value = value_for_full(scheme_, inputs_, leaf, used, place_))
      out.value_for_full = enough(*value, out, leaf);
    out.limit = limit(out.value_for_full, leaf, node.leaf < reach_.size() ? reach_[node.leaf] : Reach{});
    return out;
  }

  static std::string limit(const std::string& wanted, const Leaf& leaf, Reach reach) {
    const auto value = Decimal::parse(wanted);
    if (!value) return {};
    reach = reach_of(leaf, reach);
    if (reach.most && leaf.direction != fact::Direction::down && *value > *reach.most)
      return reach.most->reduced().text();
    if (reach.least && leaf.direction == fact::Direction::down && *value < *reach.least)
      return reach.least->reduced().text();
    return {};
  }

  [[nodiscard]] NodeIndex branch_of(NodeIndex n) const {
    while (scheme_.nodes[n].parent != 0) n = scheme_.nodes[n].parent;
    return n;
  }

  /// Median of the class's contributions, printed units.
  [[nodiscard]] std::int64_t median(std::size_t leaf) const {
    std::vector<std::int64_t> all;
    for (const auto& points : earned_) all.push_back(points[leaf]);
    std::sort(all.begin(), all.end());
    const std::size_t half = all.size() / 2;
    const std::int64_t middle = all.size() % 2 == 1 ? all[half] : (all[half - 1] + all[half]) / 2;
    return apportion(std::span(&middle, 1), scheme_.score_decimals).front();
  }

  /// In the indicator's decimals, rounded to the side that is enough.
  [[nodiscard]] std::string enough(double value, const Line& line, const Leaf& leaf) const {
    auto text = rounded_half_up(value, leaf.decimals);
    if (!text) return {};
    const double slack = 1e-9 * std::max(1.0, value < 0 ? -value : value);
    const std::size_t at = column_index(scheme_, {leaf.indicator, ColumnUse::value, {}}) * a_.places + place_;
    const bool rise =
        line.cell != fact::CellState::value ? leaf.direction != fact::Direction::down : value > inputs_.values[at];
    if (rise && text->real() < value - slack) text = Decimal::add(*text, Decimal(1, leaf.decimals));
    if (!rise && text && text->real() > value + slack) text = Decimal::subtract(*text, Decimal(1, leaf.decimals));
    return text ? text->text() : std::string();
  }

  void bars(const std::vector<Line>& lines, std::vector<Bar>& out) const {
    out.push_back({BarKind::start, no_node, {"起点", "Start"}, 0, 0});
    for (const NodeIndex branch : scheme_.nodes[0].children) {
      Bar bar{BarKind::branch, branch, {scheme_.nodes[branch].name_zh, scheme_.nodes[branch].name_en}, 0, 0};
      bool any = false;
      for (const auto& l : lines) {
        if (l.branch != branch) continue;
        bar.points += l.contribution;
        bar.full += l.full;
        any = true;
      }
      if (any) out.push_back(std::move(bar));
    }
    const std::size_t leaves = scheme_.leaves.size();
    if (a_.bonus[place_] != 0) out.push_back({BarKind::bonus, no_node, {"加分", "Bonus"}, printed_[leaves], 0});
    if (a_.deduction[place_] != 0)
      out.push_back({BarKind::deduction, no_node, {"扣分", "Deduction"}, printed_[leaves + 1], 0});
    std::int64_t total = 0, full = 0;
    for (const auto& bar : out) {
      total += bar.points;
      full += bar.full;
    }
    out.push_back({BarKind::total, no_node, {"得分", "Score"}, total, full});
  }

  const Scheme& scheme_;
  const Inputs& inputs_;
  const Assessment& a_;
  std::size_t place_;
  ClassIndex class_;
  std::size_t members_ = 0;
  std::vector<std::uint32_t> peers_;
  std::span<const Reach> reach_;
  std::vector<std::vector<std::int64_t>> earned_;   ///< a peer each
  bool moved_ = false;
  std::vector<std::int64_t> printed_, full_;
  std::vector<std::int64_t> lost_;   ///< each rounded on its own
  std::vector<double> at_work_;
};

}   // namespace

Reach reach_of(const Leaf& leaf, Reach known) {
  if (leaf.percent && !known.least) known.least = Decimal(0, 0);
  if (leaf.percent && !known.most) known.most = Decimal(100, 0);
  return known;
}

Explanation explain(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, std::size_t place,
                    const Sentence& place_name, std::size_t most, std::span<const Reach> reach) {
  return Explainer(scheme, inputs, assessment, place, reach).run(place_name, most);
}

}   // namespace gangmu::score
