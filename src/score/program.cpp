// SPDX-License-Identifier: Apache-2.0
#include "score/program.hpp"

#include <algorithm>
#include <limits>

#include "score/columns.hpp"
#include "score/errors.hpp"

namespace gangmu::score {

class Compiler {
 public:
  Compiler(const Scheme& scheme, const Inputs& inputs) : scheme_(scheme), inputs_(inputs) {
    program_.pools_ = Pools(inputs, scheme.classes.size());
    program_.prepared_ = Prepared(scheme, inputs);
  }

  Result<Program> run(Executor& executor) {
    program_.leaves_ = scheme_.leaves.size();
    program_.nodes_ = scheme_.nodes.size();
    program_.prepared_.refresh(program_.pools_, executor);   // columns must be there before rules point into them
    means();
    trees();
    sizes_.assign(scheme_.classes.size(), 0);
    for (const ClassIndex c : inputs_.classes) {
      if (c != no_class) ++sizes_[c];
    }
    rules();
    if (!faults_.empty()) return fail(std::move(faults_));
    program_.count(executor);
    return std::move(program_);
  }

 private:
  void means() {
    for (const auto& node : scheme_.nodes) {
      program_.means_.emplace_back(node.aggregation);
      if (!node.is_leaf() && !program_.means_.back().additive()) program_.additive_ = false;
    }
    program_.settled_.resize(scheme_.nodes.size());
  }

  void trees() {
    const std::size_t nodes = scheme_.nodes.size();
    program_.branches_.resize(scheme_.classes.size() * nodes);
    program_.effective_.assign(scheme_.classes.size() * nodes, 0);
    for (std::size_t c = 0; c < scheme_.classes.size(); ++c) {
      double* effective = program_.effective_.data() + c * nodes;
      effective[0] = 1;
      for (NodeIndex n = 0; n < nodes; ++n) {
        const auto& children = scheme_.nodes[n].children;
        const auto present = std::count_if(children.begin(), children.end(),
                                           [&](NodeIndex child) { return scheme_.nodes[child].weights[c].positive(); });
        const bool computed =
            computed_weights(scheme_.nodes[n].weight_method);   // equal ones until the points are there
        for (const NodeIndex child : children) {
          double weight = scheme_.nodes[child].weights[c].share();
          if (computed && weight > 0) weight = 1 / static_cast<double>(present);
          effective[child] = effective[n] * weight;
          if (weight > 0) program_.branches_[c * nodes + n].children.push_back({child, weight});
        }
      }
    }
  }

  void rules() {
    program_.rule_of_.assign(scheme_.classes.size() * scheme_.leaves.size(), 0);
    program_.rules_of_leaf_.resize(scheme_.leaves.size());
    program_.requests_of_leaf_.resize(scheme_.leaves.size());
    for (std::size_t leaf = 0; leaf < scheme_.leaves.size(); ++leaf) {
      std::vector<std::pair<Function, std::uint32_t>> made;   // variants of this leaf
      for (std::size_t c = 0; c < scheme_.classes.size(); ++c) {
        const Function own = function_for(leaf, c);
        const auto known = std::find_if(made.begin(), made.end(), [&](const auto& m) { return m.first == own; });
        std::uint32_t index = known == made.end() ? UINT32_MAX : known->second;
        if (index == UINT32_MAX) {
          index = static_cast<std::uint32_t>(program_.rules_.size());
          program_.rules_.push_back(bind(own, leaf, leaf_changed(leaf, c)));
          made.emplace_back(own, index);
          program_.rules_of_leaf_[leaf].push_back(index);
        }
        program_.rule_of_[c * scheme_.leaves.size() + leaf] = index;
      }
    }
  }

  [[nodiscard]] bool too_small(std::size_t c) const {
    return sizes_[c] < static_cast<std::size_t>(scheme_.min_class_size);
  }

  [[nodiscard]] bool leaf_changed(std::size_t leaf, std::size_t c) const {
    return too_small(c) && scheme_.leaves[leaf].function_of(scheme_.classes[c].id).compares_in_class();
  }

  /// The function of the leaf in the class, comparisons replaced when the class is too small.
  Function function_for(std::size_t leaf, std::size_t c) {
    Function f = scheme_.leaves[leaf].function_of(scheme_.classes[c].id);
    if (!leaf_changed(leaf, c)) return f;
    const NodeIndex node = scheme_.node_of_leaf(leaf);
    if (scheme_.peer_fallback) {
      f = f.without_class_comparison(*scheme_.peer_fallback);
    } else if (sizes_[c] > 0 && program_.effective_[c * scheme_.nodes.size() + node] > 0) {
      faults_.push_back({&errors::fallback_needed,
                         {scheme_.classes[c].id, std::to_string(sizes_[c]), std::to_string(scheme_.min_class_size),
                          scheme_.nodes[node].id, "{fn: self, base: last_year, lo: -5, hi: 10}"},
                         {}});
    }
    return f;
  }

  [[nodiscard]] Figures figures(const Column& column) const {
    return program_.prepared_.figures(column_index(scheme_, column));
  }

  Rule bind(const Function& f, std::size_t index, bool changed) {
    const Leaf& leaf = scheme_.leaves[index];
    Rule rule;
    rule.kind = f.kind;
    rule.direction = leaf.direction;
    rule.percent = leaf.percent;
    rule.zero_can_be_reached = scheme_.edition > first_edition &&
                               (leaf.direction == fact::Direction::down || leaf.direction == fact::Direction::exact);
    rule.to = f.to;
    rule.fallback = changed;
    rule.value = f.pool ? program_.prepared_.leaf(index) : program_.prepared_.untreated(index);
    const auto real = [](const std::optional<Decimal>& value, double otherwise) {
      return value ? value->real() : otherwise;
    };
    rule.lo = real(f.lo, 0);
    rule.hi = real(f.hi, 100);
    rule.cap = real(f.cap, 100);
    rule.zone = real(f.zone, 0);
    rule.target = real(f.target, 0);
    rule.own_target = f.kind == FunctionKind::target && !f.target;
    if (rule.own_target) rule.targets = figures({leaf.indicator, ColumnUse::target, {}});
    if (f.kind == FunctionKind::relative && f.to == RelativeTo::peer)
      rule.targets = figures({leaf.indicator, ColumnUse::peer, {}});
    if (f.base) rule.base = figures({leaf.indicator, ColumnUse::base, *f.base});
    for (const auto& s : f.steps) rule.steps.emplace_back(s.threshold.real(), s.points.real());
    if (f.pool) pool(f, index, rule);
    for (const auto& part : f.parts) {
      rule.parts.push_back(bind(part, index, changed));
      rule.part_weights.push_back(part.weight ? part.weight->share() : 0);
    }
    return rule;
  }

  void pool(const Function& f, std::size_t index, Rule& rule) {
    const Leaf& leaf = scheme_.leaves[index];
    const std::uint32_t column =
        f.of ? column_index(scheme_, {leaf.indicator, ColumnUse::base, *f.of}) : program_.prepared_.column(index);
    PoolRequest request{.column = column, .pool = *f.pool};
    if (f.kind == FunctionKind::mean_zone || f.to == RelativeTo::mean) request.need = PoolNeed::mean;
    if (f.kind == FunctionKind::z) request.need = PoolNeed::moments;
    if (f.kind == FunctionKind::peer) request.need = PoolNeed::peer;
    if (f.kind == FunctionKind::percentile) request.need = PoolNeed::percentile;
    const bool ranks = request.need == PoolNeed::peer || request.need == PoolNeed::percentile;
    request.down = ranks && leaf.direction == fact::Direction::down;
    auto& requests = program_.requests_;
    const auto at = static_cast<std::size_t>(std::find(requests.begin(), requests.end(), request) - requests.begin());
    if (at == requests.size()) {
      requests.push_back(request);
      program_.tables_.emplace_back();
    }
    auto& own = program_.requests_of_leaf_[index];
    if (std::find(own.begin(), own.end(), at) == own.end()) own.push_back(static_cast<std::uint32_t>(at));
    rule.pool = &program_.tables_[at];
    rule.member = program_.pools_.of(*f.pool).data();
    rule.by_group = *f.pool == Pool::group;
    rule.pool_of_base = f.of.has_value();
  }

  const Scheme& scheme_;
  const Inputs& inputs_;
  Program program_;
  std::vector<std::size_t> sizes_;
  Diagnostics faults_;
};

Result<Program> Program::compile(const Scheme& scheme, const Inputs& inputs, Executor& executor) {
  return Compiler(scheme, inputs).run(executor);
}

void Program::settle(NodeIndex node, std::span<const std::uint32_t> places, std::span<const double> points) {
  settled_[node].resize(prepared_.inputs().places.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < places.size(); ++i) settled_[node][places[i]] = points[i];
}

void Program::reweigh(const Scheme& scheme, NodeIndex node, ClassIndex c, std::span<const double> shares) {
  auto& children = branches_[c * nodes_ + node].children;
  for (std::size_t i = 0; i < children.size(); ++i) children[i].weight = shares[i];
  double* effective = effective_.data() + c * nodes_;
  for (NodeIndex n = node; n < scheme.nodes[node].end; ++n) {
    for (const Child& child : branches_[c * nodes_ + n].children) effective[child.node] = effective[n] * child.weight;
  }
}

void Program::refresh(Executor& executor, const PreparedNoise* noise) {
  prepared_.refresh(pools_, executor, noise);
  count(executor);
}

void Program::refresh_leaf(std::size_t leaf) {
  prepared_.refresh_leaf(leaf, pools_);
  for (const std::uint32_t request : requests_of_leaf_[leaf]) count(request);
  for (const std::uint32_t rule : rules_of_leaf_[leaf]) straighten(rules_[rule]);
}

void Program::count(std::size_t request) {
  const std::size_t places = prepared_.inputs().places.size();
  const Figures column = prepared_.figures(requests_[request].column);
  tables_[request] = pool_table(requests_[request], {column.values, places}, {column.states, places}, pools_);
}

void Program::count(Executor& executor) {
  executor.run(requests_.size(), [&](std::size_t i) { count(i); });
  for (auto& rule : rules_) straighten(rule);
}

}   // namespace gangmu::score
