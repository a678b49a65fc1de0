// SPDX-License-Identifier: Apache-2.0
#include "score/coherence.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/decimal.hpp"
#include "score/moments.hpp"

namespace gangmu::score {

namespace {

constexpr std::size_t least_places = 5;
constexpr double redundant = 0.92, contrary = -0.4, without_effect = 0.3, loose = 0.6;

class Reviewer {
 public:
  Reviewer(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment, NodeIndex branch, ClassIndex c)
      : scheme_(scheme), branch_(branch) {
    for (const NodeIndex child : scheme.nodes[branch].children) {
      if (scheme.nodes[child].weights[c].positive()) children_.push_back(child);
    }
    columns_.resize(children_.size());
    for (std::size_t p = 0; p < assessment.places; ++p) {
      const auto scored = [&](NodeIndex n) { return assessment.state(n, p) == ScoreState::scored; };
      if (inputs.classes[p] != c || !scored(branch) || !std::all_of(children_.begin(), children_.end(), scored))
        continue;
      for (std::size_t i = 0; i < children_.size(); ++i) columns_[i].push_back(assessment.score(children_[i], p));
      whole_.push_back(assessment.score(branch, p));
    }
    out_.branch = branch;
    out_.class_index = c;
    out_.places = whole_.size();
  }

  [[nodiscard]] bool enough() const { return children_.size() >= 2 && whole_.size() >= least_places; }

  Coherence run() {
    alpha();
    for (std::size_t i = 0; i < children_.size(); ++i) {
      const bool constant =
          std::all_of(columns_[i].begin(), columns_[i].end(), [&](double x) { return x == columns_[i][0]; });
      if (constant) warn_constant(children_[i]);
      for (std::size_t j = i + 1; j < children_.size(); ++j) {
        out_.pairs.push_back({children_[i], children_[j], correlation_of(columns_[i], columns_[j])});
        warn_pair(out_.pairs.back());
      }
      out_.with_branch.push_back({children_[i], branch_, correlation_of(columns_[i], whole_)});
      if (!constant) warn_effect(out_.with_branch.back());
    }
    return std::move(out_);
  }

 private:
  /// k / (k − 1) × (1 − Σ var(child) / var(Σ child))
  void alpha() {
    std::vector<double> sum(whole_.size(), 0);
    double parts = 0;
    for (const auto& column : columns_) {
      for (std::size_t i = 0; i < column.size(); ++i) sum[i] += column[i];
      parts += deviation_of(column) * deviation_of(column);
    }
    const double all = deviation_of(sum) * deviation_of(sum);
    const auto k = static_cast<double>(children_.size());
    out_.alpha = all > 0 ? k / (k - 1) * (1 - parts / all) : std::numeric_limits<double>::quiet_NaN();
    if (children_.size() < 3 || !(out_.alpha < loose)) return;
    const auto& [zh, en] = name(branch_);
    out_.warnings.push_back(
        {fmt::format("“{}”下各项步调不一（克隆巴赫系数 {}）：合成分说明不了某一件事，宜逐项看。", zh, two(out_.alpha)),
         fmt::format("The parts of {} do not move together (Cronbach's alpha {}): read them one by one.", en,
                     two(out_.alpha))});
  }

  void warn_constant(NodeIndex child) {
    const auto& [zh, en] = name(child);
    out_.warnings.push_back({fmt::format("“{}”各单位得分全部相同，区分不出高低。", zh),
                             fmt::format("{} is the same for everybody and tells nobody apart.", en)});
  }

  void warn_pair(const ChildPair& pair) {
    const auto a = name(pair.a), b = name(pair.b);
    if (pair.correlation > redundant) {
      out_.warnings.push_back(
          {fmt::format("“{}”与“{}”几乎说的是同一件事（相关系数 {}），等于给它加了两份权重。", a.zh, b.zh,
                       two(pair.correlation)),
           fmt::format("{} and {} say nearly the same (correlation {}): it carries both their weights.", a.en, b.en,
                       two(pair.correlation))});
    } else if (pair.correlation < contrary) {
      out_.warnings.push_back(
          {fmt::format("“{}”高的单位“{}”往往低（相关系数 {}），合成后互相抵消。", a.zh, b.zh, two(pair.correlation)),
           fmt::format("Where {} is high, {} tends to be low (correlation {}): together they cancel out.", a.en, b.en,
                       two(pair.correlation))});
    }
  }

  void warn_effect(const ChildPair& pair) {
    if (!(pair.correlation < without_effect)) return;
    const auto a = name(pair.a), b = name(pair.b);
    out_.warnings.push_back({fmt::format("“{}”与“{}”的得分几乎没有关系（相关系数 {}）：它的权重没有起到作用。", a.zh,
                                         b.zh, two(pair.correlation)),
                             fmt::format("{} hardly shows in {} (correlation {}): its weight has no effect.", a.en,
                                         b.en, two(pair.correlation))});
  }

  [[nodiscard]] Sentence name(NodeIndex n) const { return {scheme_.nodes[n].name_zh, scheme_.nodes[n].name_en}; }
  static std::string two(double x) { return round_half_up(x, 2); }

  const Scheme& scheme_;
  NodeIndex branch_;
  std::vector<NodeIndex> children_;
  std::vector<std::vector<double>> columns_;
  std::vector<double> whole_;
  Coherence out_;
};

}   // namespace

std::vector<Coherence> coherence(const Scheme& scheme, const Inputs& inputs, const Assessment& assessment) {
  std::vector<Coherence> out;
  for (ClassIndex c = 0; c < scheme.classes.size(); ++c) {
    for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
      if (scheme.nodes[n].is_leaf()) continue;
      Reviewer reviewer(scheme, inputs, assessment, n, c);
      if (reviewer.enough()) out.push_back(reviewer.run());
    }
  }
  return out;
}

}   // namespace gangmu::score
