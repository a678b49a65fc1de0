// SPDX-License-Identifier: Apache-2.0
// Tables of how the scheme's parts hang together and how well its surveys know, from the assessment alone.
#include "base/math.hpp"
#include "score/coherence.hpp"
#include "score/columns.hpp"
#include "score/plain_stress.hpp"

namespace gangmu::score {

namespace {

std::string rounded(double x, int decimals = 4) { return x == x ? round_half_up(x, decimals) : std::string(); }

/// Surveys: who was asked, and the standard error of a per cent with so many.
Table sampling(const Scheme& scheme, const Gathered& g) {
  Table t{"sampling", {"place", "indicator", "value", "asked", "least", "error"}, {}};
  const std::size_t places = g.places.size();
  const auto figure = [&](const IndicatorCode& code, ColumnUse use, std::size_t p) {
    const std::size_t at = column_index(scheme, {code, use, {}}) * places + p;
    return g.states[at] == fact::CellState::value ? g.values[at] : math::nan;
  };
  for (std::size_t p = 0; p < places; ++p) {
    for (const Leaf& leaf : scheme.leaves) {
      if (leaf.preparation.sample_least == 0 || g.classes[p] == no_class) continue;
      const double x = figure(leaf.indicator, ColumnUse::value, p), n = figure(leaf.indicator, ColumnUse::sample, p);
      const bool per_cent = x >= 0 && x <= 100 && n > 0;
      t.rows.push_back({g.places[p], leaf.indicator.value, rounded(x, leaf.decimals), rounded(n, 0),
                        std::to_string(leaf.preparation.sample_least),
                        per_cent ? rounded(math::sqrt(x * (100 - x) / n), 2) : ""});
    }
  }
  return t;
}

}   // namespace

std::vector<Table> coherence_tables(const Scheme& scheme, const Gathered& g, const Assessment& a) {
  Table summary{"coherence", {"class", "branch", "places", "alpha"}, {}};
  Table pairs{"correlations", {"class", "branch", "node", "other", "correlation"}, {}};
  Table warnings{"warnings", {"class", "branch", "warning_zh", "warning_en"}, {}};
  const auto node = [&](NodeIndex n) { return scheme.nodes[n].id; };
  for (const auto& c : coherence(scheme, g.inputs(), a)) {
    const std::string& id = scheme.classes[c.class_index].id;
    summary.rows.push_back({id, node(c.branch), std::to_string(c.places), rounded(c.alpha)});
    for (const auto* list : {&c.pairs, &c.with_branch}) {
      for (const auto& p : *list)
        pairs.rows.push_back({id, node(c.branch), node(p.a), node(p.b), rounded(p.correlation)});
    }
    for (const auto& w : c.warnings) warnings.rows.push_back({id, node(c.branch), w.zh, w.en});
  }
  std::vector<Table> out{std::move(summary), std::move(pairs), std::move(warnings)};
  if (Table surveys = sampling(scheme, g); !surveys.rows.empty()) out.push_back(std::move(surveys));
  return out;
}

}   // namespace gangmu::score
