// SPDX-License-Identifier: Apache-2.0
#include "score/ordering.hpp"

#include <algorithm>
#include <numeric>

namespace gangmu::score {

namespace {

/// out[i] = in[order[i]], column by column.
template <class Out, class In>
void gather(Out& out, const In& in, const std::vector<std::uint32_t>& order) {
  out.resize(in.size());
  for (std::size_t at = 0; at + order.size() <= in.size(); at += order.size()) {
    for (std::size_t i = 0; i < order.size(); ++i) out[at + i] = in[at + order[i]];
  }
}

/// The other way: column[order[i]] = column[i].
template <class T>
void scatter(std::vector<T>& column, const std::vector<std::uint32_t>& order) {
  const std::vector<T> in = column;
  for (std::size_t at = 0; at + order.size() <= in.size(); at += order.size()) {
    for (std::size_t i = 0; i < order.size(); ++i) column[at + order[i]] = in[at + i];
  }
}

}   // namespace

std::vector<std::uint32_t> code_order(std::span<const std::string> places) {
  std::vector<std::uint32_t> order(places.size());
  std::iota(order.begin(), order.end(), 0U);
  if (std::is_sorted(places.begin(), places.end())) return order;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return places[a] < places[b]; });
  return order;
}

Ordered::Ordered(const Inputs& inputs, std::vector<std::uint32_t> order) : order_(std::move(order)) {
  gather(places_, inputs.places, order_);
  gather(classes_, inputs.classes, order_);
  gather(groups_, inputs.groups, order_);
  gather(values_, inputs.values, order_);
  gather(states_, inputs.states, order_);
  std::vector<std::uint32_t> position(order_.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) position[order_[i]] = i;
  grants_ = inputs.grants;
  for (auto& grant : grants_) grant.place = position[grant.place];
}

Inputs Ordered::inputs() const { return {places_, classes_, groups_, values_, states_, grants_}; }

Assessment Ordered::restore(Assessment out) const {
  scatter(out.scores, order_);
  scatter(out.states, order_);
  scatter(out.contributions, order_);
  scatter(out.imputed, order_);
  scatter(out.subtotal, order_);
  scatter(out.bonus, order_);
  scatter(out.deduction, order_);
  scatter(out.total, order_);
  scatter(out.ranked, order_);
  scatter(out.provisional, order_);
  scatter(out.rank, order_);
  scatter(out.rank_without_adjustments, order_);
  scatter(out.grade, order_);
  scatter(out.grade_without_red_lines, order_);
  for (auto& verdict : out.verdicts) {
    for (auto* list : {&verdict.places, &verdict.compromise}) {
      for (auto& place : *list) place = order_[place];
    }
    if (verdict.condorcet) verdict.condorcet = order_[*verdict.condorcet];
  }
  for (auto& [place, line] : out.red_lines) place = order_[place];
  std::sort(out.red_lines.begin(), out.red_lines.end());
  return out;
}

}   // namespace gangmu::score
