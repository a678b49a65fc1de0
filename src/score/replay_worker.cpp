// SPDX-License-Identifier: Apache-2.0
// One run: shares drawn, changed figures scored, branches combined from below, classes ranked.
#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "base/math.hpp"
#include "score/attendance.hpp"
#include "score/collective.hpp"
#include "score/columns.hpp"
#include "score/replay.hpp"
#include "score/weight_draw.hpp"

namespace gangmu::score {

namespace {

bool is_nan(double x) { return x != x; }

/// Equally likely normal deviates; a field of errors draws five from each random number.
const std::array<double, 4096>& normal_deviates() {
  static const std::array<double, 4096> table = [] {
    std::array<double, 4096> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = math::normal_quantile((static_cast<double>(i) + 0.5) / 4096);
    return out;
  }();
  return table;
}

class Deviates {
 public:
  explicit Deviates(Random random) : random_(random) {}
  double next() {
    if (left_ == 0) {
      bits_ = random_.next();
      left_ = 5;
    }
    --left_;
    const double z = normal_deviates()[bits_ & 4095];
    bits_ >>= 12;
    return z;
  }

 private:
  Random random_;
  std::uint64_t bits_ = 0;
  int left_ = 0;
};

}   // namespace

/// Own copies of the figures, and for each choice of functions and treatment a program over the leaves that change.
struct Worker::Live {
  std::vector<double> values;
  std::vector<fact::CellState> states;
  std::vector<std::uint32_t> leaves;   ///< dynamic ones
  std::vector<std::size_t> columns;    ///< that runs change
  Inputs inputs;
  struct Made {
    Scheme scheme;   ///< only the dynamic leaves, right under the root
    std::optional<Program> program;
  };
  std::map<std::pair<std::size_t, std::size_t>, std::unique_ptr<Made>> made;
  std::vector<LeafColumn> scored;   ///< a dynamic leaf each
};

namespace {

/// The root and the listed leaves; columns as they are, since the inputs are.
Scheme only_leaves(Scheme scheme, const std::vector<std::uint32_t>& leaves) {
  std::vector<Node> nodes = {scheme.nodes[0]};
  std::vector<Leaf> kept;
  nodes[0].children.clear();
  for (const std::uint32_t l : leaves) {
    Node node = scheme.nodes[scheme.node_of_leaf(l)];
    // Takes part where the whole way down to it does.
    for (NodeIndex up = node.parent; up != 0; up = scheme.nodes[up].parent) {
      for (std::size_t c = 0; c < node.weights.size(); ++c) {
        if (!scheme.nodes[up].weights[c].positive()) node.weights[c] = {};
      }
    }
    nodes[0].children.push_back(static_cast<NodeIndex>(nodes.size()));
    node.parent = 0;
    node.leaf = static_cast<std::uint32_t>(kept.size());
    nodes.push_back(std::move(node));
    kept.push_back(scheme.leaves[l]);
  }
  scheme.nodes = std::move(nodes);
  scheme.leaves = std::move(kept);
  return scheme;
}

}   // namespace

Worker::Worker(const Replay& replay)
    : r_(replay), leaf_(replay.scheme_.leaves.size()), shares_(replay.scheme_.nodes.size()) {
  std::size_t branches = 0;
  for (const auto& node : r_.scheme_.nodes) branch_at_.push_back(node.is_leaf() ? 0 : branches++);
  points_.resize(branches * r_.slots());
  states_.resize(branches * r_.slots());
  sum_.resize(r_.slots());
  if (std::find(r_.dynamic_.begin(), r_.dynamic_.end(), true) == r_.dynamic_.end()) return;
  live_ = std::make_unique<Live>();
  live_->values.assign(r_.sorted_.values.begin(), r_.sorted_.values.end());
  live_->states.assign(r_.sorted_.states.begin(), r_.sorted_.states.end());
  live_->inputs = r_.sorted_;
  live_->inputs.values = live_->values;
  live_->inputs.states = live_->states;
  for (std::uint32_t l = 0; l < leaf_.size(); ++l) {
    if (r_.dynamic_[l]) live_->leaves.push_back(l);
  }
  live_->scored.resize(live_->leaves.size());
  for (std::size_t c = 0; c < r_.scheme_.columns.size(); ++c) {
    if (r_.scheme_.columns[c].use == ColumnUse::value || r_.scheme_.columns[c].use == ColumnUse::base)
      live_->columns.push_back(c);
  }
}

Worker::~Worker() = default;

const FactorSpan* Worker::span(Factor factor) const {
  const auto found =
      std::find_if(r_.factors_.begin(), r_.factors_.end(), [&](const FactorSpan& f) { return f.factor == factor; });
  return found == r_.factors_.end() ? nullptr : &*found;
}

/// Equal parts of (0, 1), whatever the points drawn.
std::size_t Worker::choice(std::span<const double> point, Factor factor, std::size_t choices) const {
  const FactorSpan* f = span(factor);
  return f ? std::min(static_cast<std::size_t>(point[f->first] * static_cast<double>(choices)), choices - 1) : 0;
}

Random Worker::stream(std::span<const double> point, Factor factor) const {
  const FactorSpan* f = span(factor);
  return Random(r_.seed_).fork(factor_name(factor)).fork(f ? std::bit_cast<std::uint64_t>(point[f->first]) : 0);
}

void Worker::run(std::span<const double> point, std::uint32_t* ranks, NodeIndex without) {
  const Variation& v = r_.variation_;
  const std::size_t n = choice(point, Factor::normalisation, v.normalisation.size());
  const std::size_t t = choice(point, Factor::treatment, v.treatment.size());
  const std::size_t a = choice(point, Factor::aggregation, v.aggregation.size());
  if (const std::size_t i = choice(point, Factor::inclusion, r_.scheme_.leaves.size() + 1); i > 0)
    without = r_.scheme_.node_of_leaf(i - 1);
  for (std::size_t l = 0; l < leaf_.size(); ++l) {
    if (!r_.dynamic_[l]) leaf_[l] = &r_.columns_.at(r_.column_key(l, n, t));
  }
  if (live_) score_live(point, n, t, a);
  for (ClassIndex c = 0; c + 1U < r_.class_begin_.size(); ++c) {
    if (r_.class_begin_[c] == r_.class_begin_[c + 1]) continue;
    draw_shares(point, c);
    if (without != no_node) leave_out(without);
    for (NodeIndex node = static_cast<NodeIndex>(r_.scheme_.nodes.size()); node-- > 0;) {
      if (!r_.scheme_.nodes[node].is_leaf()) branch(node, c, a);
    }
    rank_class(c, ranks);
  }
}

void Worker::draw_shares(std::span<const double> point, ClassIndex c) {
  shares_ = r_.shares_[c];
  const FactorSpan* f = span(Factor::weights);
  if (!f) return;
  Random random = stream(point, Factor::weights).fork(c);
  std::vector<double> given, u, drawn;
  for (NodeIndex n = 0; n < r_.scheme_.nodes.size(); ++n) {
    const auto& children = r_.scheme_.nodes[n].children;
    if (children.size() < 2) continue;
    given.clear();
    u.clear();
    for (const NodeIndex child : children) {
      given.push_back(shares_[child]);
      u.push_back(point[f->first + child]);
    }
    if (std::count_if(given.begin(), given.end(), [](double w) { return w > 0; }) < 2) continue;
    drawn.resize(children.size());
    draw_weights(r_.variation_, given, u, random.fork(n), drawn);
    for (std::size_t i = 0; i < children.size(); ++i) shares_[children[i]] = drawn[i];
  }
}

/// The node's weight goes to its sisters; a parent without children goes too. A class that would have nothing left
/// keeps it.
void Worker::leave_out(NodeIndex node) {
  const std::vector<double> before = shares_;
  while (node != 0) {
    shares_[node] = 0;
    const NodeIndex parent = r_.scheme_.nodes[node].parent;
    double rest = 0;
    for (const NodeIndex child : r_.scheme_.nodes[parent].children) rest += shares_[child];
    if (rest > 0) {
      for (const NodeIndex child : r_.scheme_.nodes[parent].children) shares_[child] /= rest;
      return;
    }
    node = parent;
  }
  shares_ = before;
}

void Worker::change_figures(std::span<const double> point) {
  const std::size_t places = r_.sorted_.places.size();
  const bool thresholds = span(Factor::thresholds) != nullptr, measured = span(Factor::measurement) != nullptr;
  const Random bounds = stream(point, Factor::thresholds), errors = stream(point, Factor::measurement);
  for (const std::size_t column : live_->columns) {
    const auto given = r_.sorted_.values.subspan(column * places, places);
    const auto states = r_.sorted_.states.subspan(column * places, places);
    double* values = live_->values.data() + column * places;
    std::copy(given.begin(), given.end(), values);
    if (thresholds && r_.scheme_.columns[column].use == ColumnUse::value) {
      Random random = bounds.fork(column);
      double lo = std::numeric_limits<double>::infinity(), hi = -lo;
      for (std::size_t p = 0; p < places; ++p) {
        if (states[p] != fact::CellState::value) continue;
        lo = std::min(lo, given[p]);
        hi = std::max(hi, given[p]);
      }
      for (std::size_t p = 0; p < places; ++p) {
        const bool above = states[p] == fact::CellState::above;
        if (!above && states[p] != fact::CellState::below) continue;
        const double end = above ? std::max(given[p], hi) : std::min(given[p], lo);
        values[p] = given[p] + random.uniform() * (lo > hi ? 0 : end - given[p]);
        live_->states[column * places + p] = fact::CellState::value;
      }
    }
    if (!measured) continue;
    Deviates deviates(errors.fork(column));
    const double width = r_.variation_.measurement / 100;
    for (std::size_t p = 0; p < places; ++p) values[p] *= 1 + width * deviates.next();
  }
}

void Worker::score_live(std::span<const double> point, std::size_t normalisation, std::size_t treatment,
                        std::size_t aggregation) {
  SerialExecutor serial;
  change_figures(point);
  auto& made = live_->made[{normalisation, treatment}];
  if (!made) {
    made = std::make_unique<Live::Made>();
    made->scheme = only_leaves(r_.variant(normalisation, treatment), live_->leaves);
    made->program = Program::compile(made->scheme, live_->inputs, serial).value();
  }
  PreparedNoise noise{r_.variation_.imputed / 100, {}, {}};
  if (span(Factor::imputed)) noise.estimates = stream(point, Factor::imputed);
  if (span(Factor::sampling)) noise.samples = stream(point, Factor::sampling);
  made->program->refresh(serial, &noise);
  for (std::size_t i = 0; i < live_->leaves.size(); ++i) {
    LeafColumn& column = live_->scored[i];
    r_.fill(*made->program, made->scheme, i, column);
    r_.through_mean(live_->leaves[i], aggregation, column);
    leaf_[live_->leaves[i]] = &column;
  }
}

const double* Worker::points_of(NodeIndex node) const {
  const Node& facts = r_.scheme_.nodes[node];
  return facts.is_leaf() ? leaf_[facts.leaf]->points.data() : points_.data() + branch_at_[node] * r_.slots();
}

const ScoreState* Worker::states_of(NodeIndex node) const {
  const Node& facts = r_.scheme_.nodes[node];
  return facts.is_leaf() ? leaf_[facts.leaf]->states.data() : states_.data() + branch_at_[node] * r_.slots();
}

/// A leaf's column through its parent's mean, when that was worked out beforehand.
const double* Worker::f_of(NodeIndex node, std::size_t aggregation) const {
  const Node& facts = r_.scheme_.nodes[node];
  return facts.is_leaf() && !leaf_[facts.leaf]->f[aggregation].empty() ? leaf_[facts.leaf]->f[aggregation].data()
                                                                       : nullptr;
}

void Worker::branch(NodeIndex node, ClassIndex c, std::size_t aggregation) {
  const std::size_t begin = r_.class_begin_[c], end = r_.class_begin_[c + 1];
  const Mean& mean = r_.means_[aggregation][node];
  children_.clear();
  for (const NodeIndex child : r_.scheme_.nodes[node].children) {
    if (shares_[child] > 0) children_.push_back({child, shares_[child]});
  }
  double* out = points_.data() + branch_at_[node] * r_.slots();
  ScoreState* states = states_.data() + branch_at_[node] * r_.slots();
  std::fill(states + begin, states + end, ScoreState::scored);
  if (collective(r_.scheme_.nodes[node].aggregation.kind)) return together(node, c);
  if (!mean.quasi_arithmetic() || children_.empty()) {
    for (std::size_t s = begin; s < end; ++s) slowly(node, children_, mean, s);
    return;
  }
  std::fill(sum_.begin() + static_cast<std::ptrdiff_t>(begin), sum_.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
  for (const Child& child : children_) {
    const double* x = f_of(child.node, aggregation);
    const bool plain = x != nullptr || mean.additive();
    if (!x) x = points_of(child.node);
    const double w = child.weight;
    if (plain) {
      for (std::size_t s = begin; s < end; ++s) sum_[s] += w * x[s];
    } else {
      through_.assign(x + begin, x + end);
      mean.f(through_);
      for (std::size_t s = begin; s < end; ++s) sum_[s] += w * through_[s - begin];
    }
  }
  for (std::size_t s = begin; s < end; ++s) {
    if (is_nan(sum_[s])) {
      slowly(node, children_, mean, s);
    } else {
      out[s] = mean.f_inverse(sum_[s]);
    }
  }
}

void Worker::together(NodeIndex node, ClassIndex c) {
  const std::size_t begin = r_.class_begin_[c], n = r_.class_begin_[c + 1] - begin;
  const bool counts_zero = r_.scheme_.nodes[node].missing == Missing::zero;
  Matrix matrix{n, {}};
  std::vector<double> weights;
  for (const Child& child : children_) {
    weights.push_back(child.weight);
    for (std::size_t s = begin; s < begin + n; ++s) {
      matrix.values.push_back(
          counts_zero && states_of(child.node)[s] == ScoreState::missing ? 0 : points_of(child.node)[s]);
    }
  }
  SerialExecutor serial;
  const auto points = collective_points(r_.scheme_.nodes[node].aggregation, matrix, weights, serial, nullptr);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = branch_at_[node] * r_.slots() + begin + i;
    points_[at] = points[i];
    if (is_nan(points[i])) states_[at] = ScoreState::missing;
  }
}

/// A place with something missing below the node, or a mean that needs all parts at once.
void Worker::slowly(NodeIndex node, std::span<const Child> children, const Mean& mean, std::size_t slot) {
  const Attendance here = attend(
      r_.scheme_.nodes[node], children, [&](NodeIndex child) { return states_of(child)[slot]; },
      [&](NodeIndex child) { return points_of(child)[slot]; }, parts_, part_nodes_);
  const std::size_t at = branch_at_[node] * r_.slots() + slot;
  states_[at] = here.state;
  points_[at] = here.state == ScoreState::scored ? mean.combine(parts_).points : math::nan;
}

void Worker::rank_class(ClassIndex c, std::uint32_t* ranks) {
  const std::size_t begin = r_.class_begin_[c], end = r_.class_begin_[c + 1];
  standings_.clear();
  for (std::size_t i = begin; i < end; ++i) {
    const std::uint32_t s = r_.by_tie_[i];
    const bool scored = states_[s] == ScoreState::scored;   // the root is the first branch
    standings_.push_back(
        {scored ? ~key_of(std::int64_t{math::quantise(points_[s]) + r_.adjustment_[s]}) : UINT64_MAX, s});
  }
  sort_by_key(standings_, scratch_);   // keeps the order of ties
  for (std::size_t i = 0; i < standings_.size(); ++i) {
    const Keyed& s = standings_[i];
    const bool level = i > 0 && standings_[i - 1].key == s.key && r_.tie_[standings_[i - 1].item] == r_.tie_[s.item];
    ranks[s.item] = level ? ranks[standings_[i - 1].item] : static_cast<std::uint32_t>(i + 1);
  }
}

}   // namespace gangmu::score
