// SPDX-License-Identifier: Apache-2.0
#include "score/ranking.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/date.hpp"
#include "base/math.hpp"
#include "score/red_line.hpp"

namespace gangmu::score {

namespace {

std::int64_t nano(const Decimal& points) { return points.rescaled(9)->units(); }

/// Members of each class that are ranked.
std::vector<std::vector<std::uint32_t>> ranked_members(const Scheme& scheme, const Inputs& inputs,
                                                       const Assessment& out) {
  std::vector<std::vector<std::uint32_t>> members(scheme.classes.size());
  for (std::uint32_t p = 0; p < out.places; ++p) {
    if (out.ranked[p]) members[inputs.classes[p]].push_back(p);
  }
  return members;
}

/// Points of the tie-break nodes; a node without a score counts as the worst.
std::vector<std::int64_t> tie_key(const std::vector<NodeIndex>& nodes, const Assessment& out, std::size_t place) {
  std::vector<std::int64_t> key;
  for (const NodeIndex n : nodes) {
    key.push_back(out.state(n, place) == ScoreState::scored ? math::quantise(out.score(n, place)) : INT64_MIN);
  }
  return key;
}

/// Ranks of places whose totals are equal; `before` places stand above them.
void rank_level(const std::vector<NodeIndex>& nodes, std::span<const std::uint32_t> level, std::size_t before,
                Assessment& out, Tally& tally) {
  std::vector<std::pair<std::vector<std::int64_t>, std::uint32_t>> order;
  for (const std::uint32_t p : level) order.emplace_back(tie_key(nodes, out, p), p);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && order[j].first == order[i].first) ++j;
    tally.add(0, j - i > 1 ? EdgeRule::tie_shared : EdgeRule::tie_broken, j - i);
    for (const auto rank = static_cast<std::uint32_t>(before + i + 1); i < j; ++i) out.rank[order[i].second] = rank;
  }
}

void rank_class(const std::vector<NodeIndex>& nodes, std::vector<std::uint32_t>& members, Assessment& out,
                Tally& tally) {
  std::sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
    return out.total[a] != out.total[b] ? out.total[a] > out.total[b] : a < b;
  });
  for (std::size_t i = 0; i < members.size();) {
    std::size_t j = i + 1;
    while (j < members.size() && out.total[members[j]] == out.total[members[i]]) ++j;
    if (j - i == 1) {
      out.rank[members[i]] = static_cast<std::uint32_t>(i + 1);
    } else {
      rank_level(nodes, std::span(members).subspan(i, j - i), i, out, tally);
    }
    i = j;
  }
}

std::uint8_t grade_of(const Scheme& scheme, const Assessment& out, std::size_t n, std::size_t place, std::size_t level,
                      bool& at_quota) {
  for (std::size_t g = 0; g < scheme.grades.size(); ++g) {
    const Grade& grade = scheme.grades[g];
    if (grade.min && out.total[place] < nano(*grade.min)) continue;
    const std::int64_t seats = seats_of(grade, n);
    const auto first = static_cast<std::int64_t>(out.rank[place]);
    const std::int64_t last = first + static_cast<std::int64_t>(level) - 1;
    if ((grade.best_share || grade.at_most > 0) && first <= seats && seats < last) at_quota = true;
    if (first <= seats) return static_cast<std::uint8_t>(g);
  }
  return Assessment::no_grade;
}

void cross_red_lines(const Scheme& scheme, const Inputs& inputs, Assessment& out) {
  for (std::uint32_t p = 0; p < out.places; ++p) {
    if (inputs.classes[p] == no_class) continue;
    for (std::uint32_t line = 0; line < scheme.red_lines.size(); ++line) {
      if (crossed(scheme.red_lines[line], inputs, p)) out.red_lines.emplace_back(p, line);
    }
  }
  for (const auto& grant : inputs.grants) {
    for (std::uint32_t line = 0; line < scheme.red_lines.size(); ++line) {
      if (scheme.red_lines[line].id == grant.item && grant.times > 0) out.red_lines.emplace_back(grant.place, line);
    }
  }
  std::sort(out.red_lines.begin(), out.red_lines.end());
  out.red_lines.erase(std::unique(out.red_lines.begin(), out.red_lines.end()), out.red_lines.end());
}

std::optional<EdgeRule> refused(const AdjustmentItem& item, const Grant& grant) {
  if (!item.from.empty() || !item.to.empty()) {
    const auto date = Date::parse(grant.date), from = Date::parse(item.from), to = Date::parse(item.to);
    if (!date || (from && *date < *from) || (to && *date > *to)) return EdgeRule::grant_outside_dates;
  }
  if (item.evidence && grant.evidence.empty()) return EdgeRule::grant_without_evidence;
  return std::nullopt;
}

}   // namespace

std::int64_t seats_of(const Grade& grade, std::size_t n) {
  auto seats = static_cast<std::int64_t>(n);
  if (grade.best_share) {
    const __int128 share = static_cast<__int128>(nano(*grade.best_share)) * seats / 100'000'000'000;
    seats = std::max<std::int64_t>(static_cast<std::int64_t>(share), grade.at_least);
  }
  return grade.at_most > 0 ? std::min<std::int64_t>(seats, grade.at_most) : seats;
}

void adjust(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally) {
  out.bonus.assign(out.places, 0);
  out.deduction.assign(out.places, 0);
  std::map<std::pair<std::uint32_t, std::string>, int> counted;
  for (const auto& grant : inputs.grants) {
    for (const auto& item : scheme.adjustments) {
      if (item.id != grant.item) continue;
      if (const auto refusal = refused(item, grant)) {
        tally.add(0, *refusal);
        continue;
      }
      int& before = counted[{grant.place, grant.item}];
      const int times = item.most > 0 ? std::min(grant.times, item.most - before) : grant.times;
      if (times < grant.times) tally.add(0, EdgeRule::item_capped);
      before += times;
      (item.deduct ? out.deduction : out.bonus)[grant.place] += nano(item.points) * times;
    }
  }
  out.total.resize(out.places);
  for (std::size_t p = 0; p < out.places; ++p) {
    if (scheme.bonus_cap && out.bonus[p] > nano(*scheme.bonus_cap)) {
      out.bonus[p] = nano(*scheme.bonus_cap);
      tally.add(0, EdgeRule::bonus_capped);
    }
    if (scheme.deduct_cap && out.deduction[p] > nano(*scheme.deduct_cap)) {
      out.deduction[p] = nano(*scheme.deduct_cap);
      tally.add(0, EdgeRule::deduction_capped);
    }
    out.total[p] = out.subtotal[p] + out.bonus[p] - out.deduction[p];
  }
}

std::vector<std::uint32_t> tie_positions(const Scheme& scheme, const Assessment& out,
                                         std::span<const std::uint32_t> members) {
  std::vector<NodeIndex> nodes;
  for (const auto& id : scheme.tie_break) nodes.push_back(scheme.find(id));
  std::vector<std::pair<std::vector<std::int64_t>, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < members.size(); ++i) order.emplace_back(tie_key(nodes, out, members[i]), i);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::uint32_t> position(members.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const bool level = i > 0 && order[i].first == order[i - 1].first;
    position[order[i].second] = level ? position[order[i - 1].second] : i;
  }
  return position;
}

void rank(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally) {
  out.rank.assign(out.places, 0);
  out.class_size.assign(scheme.classes.size(), 0);
  std::vector<NodeIndex> nodes;
  for (const auto& id : scheme.tie_break) nodes.push_back(scheme.find(id));
  auto members = ranked_members(scheme, inputs, out);
  for (std::size_t c = 0; c < members.size(); ++c) {
    out.class_size[c] = static_cast<std::uint32_t>(members[c].size());
    rank_class(nodes, members[c], out, tally);
  }
  if (scheme.adjustments.empty()) return;
  // The same once more over the subtotals.
  Tally unused(scheme.nodes.size());
  std::swap(out.total, out.subtotal);
  std::vector<std::uint32_t> with = out.rank;
  for (auto& one : members) rank_class(nodes, one, out, unused);
  std::swap(out.total, out.subtotal);
  out.rank_without_adjustments = std::exchange(out.rank, std::move(with));
}

void grade(const Scheme& scheme, const Inputs& inputs, Assessment& out, Tally& tally) {
  out.grade.assign(out.places, Assessment::no_grade);
  out.grade_without_red_lines = out.grade;
  for (const auto& members : ranked_members(scheme, inputs, out)) {
    std::vector<std::size_t> sharing(members.size() + 2, 0);
    for (const std::uint32_t p : members) ++sharing[out.rank[p]];
    for (const std::uint32_t p : members) {
      bool at_quota = false;
      out.grade[p] = grade_of(scheme, out, members.size(), p, sharing[out.rank[p]], at_quota);
      if (at_quota) tally.add(0, EdgeRule::tie_at_quota);
    }
  }
  out.grade_without_red_lines = out.grade;
  cross_red_lines(scheme, inputs, out);
  for (const auto& [place, line] : out.red_lines) {
    for (std::uint8_t g = 0; g < scheme.grades.size(); ++g) {
      if (scheme.grades[g].id == scheme.red_lines[line].max_grade && out.grade[place] < g) out.grade[place] = g;
    }
  }
  for (std::size_t p = 0; p < out.places; ++p) {
    if (out.grade[p] != out.grade_without_red_lines[p]) tally.add(0, EdgeRule::grade_limited);
  }
}

}   // namespace gangmu::score
