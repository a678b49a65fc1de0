// SPDX-License-Identifier: Apache-2.0
// The tables of the plain-file door. Points are printed with score_decimals, contributions so that they add up; scores
// and normalised points with nine decimals, as they are digested.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/decimal.hpp"
#include "base/math.hpp"
#include "score/earned_points.hpp"
#include "score/plain.hpp"
#include "score/prepared.hpp"

namespace gangmu::score {

namespace {

std::string nine(double points) { return points_text(math::quantise(points), 9); }

std::string_view grade_id(const Scheme& scheme, std::uint8_t grade) {
  return grade == Assessment::no_grade ? std::string_view() : std::string_view(scheme.grades[grade].id);
}

Table weights(const Scheme& scheme, const Assessment& a) {
  Table t{"weights", {"class", "node", "indicator", "weight"}, {}};
  const std::size_t leaves = scheme.leaves.size();
  for (std::size_t c = 0; c < scheme.classes.size(); ++c) {
    for (std::size_t l = 0; l < leaves; ++l) {
      const double w = a.weights[c * leaves + l];
      if (w <= 0) continue;
      t.rows.push_back({scheme.classes[c].id, scheme.nodes[scheme.node_of_leaf(l)].id, scheme.leaves[l].indicator.value,
                        nine(100 * w)});
    }
  }
  return t;
}

Table scores(const Scheme& scheme, const Gathered& g, const Assessment& a, bool leaves) {
  Table t{leaves ? "normalised" : "scores", {"place", leaves ? "indicator" : "node", "score"}, {}};
  const bool marked = leaves && !a.imputed.empty();
  if (marked) t.header.push_back("imputed");
  for (std::size_t p = 0; p < a.places; ++p) {
    for (NodeIndex n = 0; n < scheme.nodes.size(); ++n) {
      const Node& node = scheme.nodes[n];
      if (node.is_leaf() != leaves || a.state(n, p) == ScoreState::not_applicable) continue;
      t.rows.push_back({g.places[p], node.id, a.state(n, p) == ScoreState::scored ? nine(a.score(n, p)) : ""});
      if (marked) t.rows.back().push_back(a.imputed[node.leaf * a.places + p] ? "1" : "");
    }
  }
  return t;
}

Table ranks(const Scheme& scheme, const Gathered& g, const Assessment& a) {
  Table t{"ranks", {"place", "class", "subtotal", "bonus", "deduction", "total", "rank", "of", "provisional"}, {}};
  const int decimals = scheme.score_decimals;
  const bool adjusted = !a.rank_without_adjustments.empty();
  if (adjusted) t.header.push_back("rank_without_adjustments");
  for (std::size_t p = 0; p < a.places; ++p) {
    if (!a.scored(p)) continue;
    t.rows.push_back({g.places[p], scheme.classes[g.classes[p]].id, points_text(a.subtotal[p], decimals),
                      points_text(a.bonus[p], decimals), points_text(a.deduction[p], decimals),
                      points_text(a.total[p], decimals), a.ranked[p] ? std::to_string(a.rank[p]) : "",
                      std::to_string(a.class_size[g.classes[p]]), a.provisional[p] ? "1" : "0"});
    if (adjusted) t.rows.back().push_back(a.ranked[p] ? std::to_string(a.rank_without_adjustments[p]) : "");
  }
  return t;
}

/// Leaves, bonus and deduction of a place; as printed they sum to the printed total.
Table contributions(const Scheme& scheme, const Gathered& g, const Assessment& a) {
  Table t{"contributions", {"place", "node", "points"}, {}};
  const std::size_t leaves = scheme.leaves.size();
  std::vector<std::int64_t> parts(leaves + 2);
  for (std::size_t p = 0; p < a.places; ++p) {
    if (!a.scored(p)) continue;
    const auto earned = earned_points(scheme, a, g.classes[p], p);
    std::ranges::copy(earned.points, parts.begin());
    parts[leaves] = a.bonus[p];
    parts[leaves + 1] = -a.deduction[p];
    const auto printed = apportion(parts, scheme.score_decimals);
    const auto text = [&](std::size_t i) { return Decimal(printed[i], scheme.score_decimals).text(); };
    for (std::size_t l = 0; l < leaves; ++l) {
      if (a.weights[g.classes[p] * leaves + l] > 0)
        t.rows.push_back({g.places[p], scheme.nodes[scheme.node_of_leaf(l)].id, text(l)});
    }
    if (!scheme.adjustments.empty()) {
      t.rows.push_back({g.places[p], "@bonus", text(leaves)});
      t.rows.push_back({g.places[p], "@deduct", text(leaves + 1)});
    }
  }
  return t;
}

Table grades(const Scheme& scheme, const Gathered& g, const Assessment& a) {
  Table t{"grades", {"place", "grade", "grade_without_red_lines", "red_lines"}, {}};
  for (std::uint32_t p = 0; p < a.places; ++p) {
    if (!a.ranked[p] || scheme.grades.empty()) continue;
    std::string lines;
    for (const auto& [place, line] : a.red_lines) {
      if (place == p) lines += (lines.empty() ? "" : " ") + scheme.red_lines[line].id;
    }
    t.rows.push_back({g.places[p], std::string(grade_id(scheme, a.grade[p])),
                      std::string(grade_id(scheme, a.grade_without_red_lines[p])), lines});
  }
  return t;
}

Table edges(const Scheme& scheme, const Assessment& a) {
  Table t{"edges", {"node", "rule", "places", "meaning_zh", "meaning_en"}, {}};
  for (const auto& e : a.edges) {
    t.rows.push_back({scheme.nodes[e.node].id, std::string(edge_rule_name(e.rule)), std::to_string(e.places),
                      std::string(edge_rule_text(e.rule, Language::zh)),
                      std::string(edge_rule_text(e.rule, Language::en))});
  }
  return t;
}

/// A real number whole: the fewest digits that read back as the same, never an exponent.
std::string shortest(double value) {
  std::array<char, 512> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value + 0.0, std::chars_format::fixed);
  return {text.data(), end.ptr};
}

std::string rules_of(CellMarks marks) {
  std::string out;
  marks.each_rule([&](EdgeRule rule) { out += (out.empty() ? "" : " ") + std::string(edge_rule_name(rule)); });
  return out;
}

/// The figures of leaves that prepare theirs, as their functions saw them, and the rules that made them so.
Table prepared(const Scheme& scheme, const Gathered& g, const Assessment& a) {
  Table t{"prepared", {"place", "indicator", "value", "rule"}, {}};
  const Inputs inputs = g.inputs();
  SerialExecutor serial;
  Prepared made(scheme, inputs);
  made.refresh(Pools(inputs, scheme.classes.size()), serial);
  for (std::size_t p = 0; p < a.places; ++p) {
    for (std::size_t l = 0; l < scheme.leaves.size(); ++l) {
      const auto marks = made.marks(l);
      if (marks.empty() || a.weights[g.classes[p] * scheme.leaves.size() + l] <= 0) continue;
      const Figures figures = made.leaf(l);
      t.rows.push_back({g.places[p], scheme.leaves[l].indicator.value,
                        figures.number(p) ? shortest(figures.values[p]) : "", rules_of(marks[p])});
    }
  }
  return t;
}

/// What vikor says beside its points: its two conditions, and who can't be told from the best.
Table compromise(const Scheme& scheme, const Gathered& g, const Assessment& a) {
  Table t{"compromise", {"node", "class", "acceptable_advantage", "acceptable_stability", "place"}, {}};
  for (const auto& v : a.verdicts) {
    for (const std::uint32_t p : v.compromise) {
      t.rows.push_back({scheme.nodes[v.node].id, scheme.classes[v.class_index].id, v.acceptable_advantage ? "1" : "0",
                        v.acceptable_stability ? "1" : "0", g.places[p]});
    }
  }
  return t;
}

/// Duels of copeland nodes.
Table majority(const Scheme& scheme, const Gathered& g, const Assessment& a) {
  Table t{"majority", {"node", "class", "place", "won", "lost", "level", "condorcet"}, {}};
  for (const auto& v : a.verdicts) {
    for (std::size_t i = 0; i < v.won.size(); ++i) {
      t.rows.push_back({scheme.nodes[v.node].id, scheme.classes[v.class_index].id, g.places[v.places[i]],
                        std::to_string(v.won[i]), std::to_string(v.lost[i]), std::to_string(v.level[i]),
                        v.condorcet == v.places[i] ? "1" : "0"});
    }
  }
  return t;
}

}   // namespace

std::vector<Table> tables(const Scheme& scheme, const Gathered& gathered, const Assessment& a) {
  Table digests{"digest",
                {"what", "digest"},
                {{"scheme", scheme.digest().text()}, {"inputs", a.inputs.text()}, {"assessment", a.digest.text()}}};
  std::vector<Table> out = {weights(scheme, a),
                            scores(scheme, gathered, a, true),
                            scores(scheme, gathered, a, false),
                            ranks(scheme, gathered, a),
                            contributions(scheme, gathered, a),
                            grades(scheme, gathered, a),
                            edges(scheme, a),
                            std::move(digests)};
  for (const auto& make : {prepared, compromise, majority}) {
    Table table = make(scheme, gathered, a);
    if (!table.rows.empty()) out.push_back(std::move(table));
  }
  return out;
}

}   // namespace gangmu::score
