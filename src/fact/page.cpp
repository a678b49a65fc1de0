// SPDX-License-Identifier: Apache-2.0
#include "fact/page.hpp"

#include <algorithm>

namespace gangmu::fact {

namespace {
constexpr std::size_t dense_from_share = 4;     // dense when at least 1 place in 4 has a cell …
constexpr std::size_t sparse_below_share = 8;   // … sparse again, after a bulk build, below 1 in 8
constexpr std::size_t origins_looked_at = 8;    // a duplicate in the list is harmless, a long search is not
}   // namespace

std::size_t CellPage::find_sparse(std::size_t slot) const {
  const auto at = std::lower_bound(slots_.begin(), slots_.end(), slot);
  return at == slots_.end() || *at != slot ? npos : static_cast<std::size_t>(at - slots_.begin());
}

std::optional<Cell> CellPage::cell(std::size_t slot) const {
  const std::size_t at = find(slot);
  if (at == npos) return std::nullopt;
  const Origin& o = origins_[origin_[at]];
  return Cell{.value = {o.state, units_[at]}, .status = o.status, .grade = o.grade, .source = o.source, .seq = o.seq};
}

std::uint16_t CellPage::intern_new(const Origin& origin) {
  if (origins_.size() > 2U * present_ + origins_looked_at) tidy_origins();
  const std::size_t last = origins_.size();
  const std::size_t first = last - std::min(last, origins_looked_at);
  for (std::size_t i = last; i > first; --i) {
    if (origins_[i - 1] == origin) return static_cast<std::uint16_t>(i - 1);
  }
  origins_.push_back(origin);
  return static_cast<std::uint16_t>(last);
}

void CellPage::put(std::size_t slot, const Cell& cell) {
  std::size_t at = find(slot);
  if (at == npos && !dense_ && (present_ + 1U) * dense_from_share >= places_) make_dense();
  if (dense_) return fill(slot, cell);
  const std::uint16_t origin = intern(cell);
  if (at == npos) {
    const auto where = std::lower_bound(slots_.begin(), slots_.end(), slot) - slots_.begin();
    at = static_cast<std::size_t>(where);
    slots_.insert(slots_.begin() + where, static_cast<std::uint16_t>(slot));
    units_.insert(units_.begin() + where, 0);
    origin_.insert(origin_.begin() + where, origin);
    ++present_;
  }
  units_[at] = cell.value.units;
  origin_[at] = origin;
}

void CellPage::make_dense() {
  if (dense_) return;
  std::vector<std::int64_t> units(places_);
  std::vector<std::uint16_t> origin(places_, absent);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    units[slots_[i]] = units_[i];
    origin[slots_[i]] = origin_[i];
  }
  units_ = std::move(units);
  origin_ = std::move(origin);
  slots_ = {};
  dense_ = true;
}

void CellPage::settle() {
  if (!dense_ || present_ * sparse_below_share >= places_) return;
  std::vector<std::uint16_t> slots, origin;
  std::vector<std::int64_t> units;
  for (std::size_t slot = 0; slot < places_; ++slot) {
    if (origin_[slot] == absent) continue;
    slots.push_back(static_cast<std::uint16_t>(slot));
    units.push_back(units_[slot]);
    origin.push_back(origin_[slot]);
  }
  slots_ = std::move(slots);
  units_ = std::move(units);
  origin_ = std::move(origin);
  dense_ = false;
}

/// Drops origins no cell points at any more.
void CellPage::tidy_origins() {
  std::vector<std::uint16_t> moved(origins_.size(), absent);
  std::vector<Origin> kept;
  for (auto& origin : origin_) {
    if (origin == absent) continue;
    if (moved[origin] == absent) {
      moved[origin] = static_cast<std::uint16_t>(kept.size());
      kept.push_back(origins_[origin]);
    }
    origin = moved[origin];
  }
  origins_ = std::move(kept);
}

std::size_t CellPage::bytes() const {
  return sizeof(*this) + partials.capacity() * sizeof(Partial) + slots_.capacity() * sizeof(std::uint16_t) +
         units_.capacity() * sizeof(std::int64_t) + origin_.capacity() * sizeof(std::uint16_t) +
         origins_.capacity() * sizeof(Origin);
}

}   // namespace gangmu::fact
