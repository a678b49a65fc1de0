// SPDX-License-Identifier: Apache-2.0
#include "place/successors.hpp"

#include <algorithm>

namespace gangmu::place {
namespace {

constexpr Decimal whole(1, 0);

Date last_of(const Version& version) { return version.valid_to.value_or(Date{INT32_MAX}); }
/// The first day on which it no longer holds; one without an end holds for good.
Date day_after(const Version& version) { return version.valid_to ? version.valid_to->plus_days(1) : Date{INT32_MAX}; }

}   // namespace

bool held(const Frames& frames, PlaceId place, Date day) {
  const auto& versions = frames.versions(place);
  if (versions.empty()) return frames.now()->find(place) != no_node;
  return std::ranges::any_of(
      versions, [&](const Version& version) { return version.place.valid_from <= day && day <= last_of(version); });
}

Successions::Successions(std::vector<Succession> rows, const Frames& frames) {
  for (const Succession& row : rows) add({row});
  std::set<PlaceId> dated;
  for (const auto& tree : frames.trees()) {
    for (NodeIndex node = 0; node < tree->size(); ++node)
      if (!frames.versions((*tree)[node].id).empty()) dated.insert((*tree)[node].id);
  }
  for (const PlaceId place : dated) add_unstated(frames, place);
  for (Rows* all : {&from_, &to_})
    for (auto& [place, list] : *all) std::ranges::stable_sort(list, {}, &Row::on);
}

void Successions::add(const Row& row) {
  from_[row.from].push_back(row);
  to_[row.to].push_back(row);
  days_.insert(row.on);
  touched_.insert(row.from);
  touched_.insert(row.to);
}

/// For each of its beginnings and ends that no row is about.
void Successions::add_unstated(const Frames& frames, PlaceId place) {
  const auto named = [&](const Rows& rows, Date on) {
    const auto found = rows.find(place);
    return found != rows.end() && std::ranges::any_of(found->second, [&](const Row& row) { return row.on == on; });
  };
  const auto& versions = frames.versions(place);
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const Place& version = versions[i].place;
    if (!version.parent) return;
    const Date first = version.valid_from, after = day_after(versions[i]);
    const bool comes = i == 0 || day_after(versions[i - 1]) != first;
    const bool goes = versions[i].valid_to && (i + 1 == versions.size() || versions[i + 1].place.valid_from != after);
    if (comes && frames.on(first.plus_days(-1)) != frames.on(first) && !named(to_, first)) {
      add({{version.parent, place, first, whole}, false});
      add({{version.parent, version.parent, first, whole}, false});
    }
    if (goes && !named(from_, after)) add({{place, version.parent, after, whole}, false});
  }
}

bool Successions::between(Date a, Date b) const {
  const auto first = days_.upper_bound(std::min(a, b));
  return first != days_.end() && *first <= std::max(a, b);
}

std::optional<Date> Successions::last_by(Date day) const {
  const auto after = days_.upper_bound(day);
  return after == days_.begin() ? std::nullopt : std::optional(*std::prev(after));
}

/// The first day's rows.
std::span<const Successions::Row> Successions::next(PlaceId from, Date after, Date until) const {
  const auto found = from_.find(from);
  if (found == from_.end()) return {};
  const auto begin = std::ranges::upper_bound(found->second, after, {}, &Row::on);
  if (begin == found->second.end() || begin->on > until) return {};
  return {begin, std::ranges::upper_bound(found->second, begin->on, {}, &Row::on)};
}

/// The last day's rows.
std::span<const Successions::Row> Successions::before(PlaceId to, Date after, Date until) const {
  const auto found = to_.find(to);
  if (found == to_.end()) return {};
  const auto end = std::ranges::upper_bound(found->second, until, {}, &Row::on);
  if (end == found->second.begin() || std::prev(end)->on <= after) return {};
  return {std::ranges::lower_bound(found->second, std::prev(end)->on, {}, &Row::on), end};
}

/// One question. Each step goes on from a later day (forward) or an earlier one (backward), or up to a parent, which
/// may itself come or go on that very day.
class Successions::Search {
 public:
  Search(const Successions& rows, const Frames& frames, Date day)
      : rows_(rows), frames_(frames), tree_(*frames.on(day)), day_(day) {}

  void forward(PlaceId place, Date since, Decimal share) {
    const auto rows = rows_.next(place, since, day_);
    if (rows.empty()) return add(place, share);
    divisible_ &= rows.size() == 1 || std::ranges::all_of(rows, &Row::stated);
    for (const Row& row : rows) {
      const auto part = Decimal::multiply(share, row.share);
      divisible_ &= part.has_value();   // finer than can be told
      forward(row.to, row.stated || row.to == place || rows.size() > 1 ? row.on : row.on.plus_days(-1),
              part.value_or(share));
    }
  }

  void backward(PlaceId place, Date until) {
    const auto rows = rows_.before(place, day_, until);
    if (rows.empty()) return add(place, whole);
    const Date on = rows.front().on, eve = on.plus_days(-1);
    std::map<PlaceId, Date> covered;
    if (held(frames_, place, eve)) covered[place] = eve;
    for (const Row& row : rows) {
      const bool up = !row.stated && row.from != place && !held(frames_, row.from, eve);
      covered[row.from] = up ? on : eve;
    }
    for (const auto& [one, day] : covered) backward(one, day);
  }

  [[nodiscard]] Counterparts found(bool forward) && {
    Counterparts out;
    out.divisible = shares_.size() <= 1 || (forward && divisible_);
    for (const auto& [place, share] : shares_) out.parts.push_back({place, shares_.size() == 1 ? whole : share});
    return out;
  }

 private:
  void add(PlaceId place, Decimal share) {
    if (tree_.find(place) == no_node) return;
    const auto [known, fresh] = shares_.try_emplace(place, share);
    if (fresh) return;
    const auto sum = Decimal::add(known->second, share);
    divisible_ &= sum.has_value();
    known->second = sum.value_or(share);
  }

  const Successions& rows_;
  const Frames& frames_;
  const Tree& tree_;
  Date day_;
  std::map<PlaceId, Decimal> shares_;
  bool divisible_ = true;
};

Counterparts Successions::counterparts(PlaceId place, Date told, const Frames& frames, Date day) const {
  Search search(*this, frames, day);
  if (told <= day)
    search.forward(place, told, whole);
  else
    search.backward(place, told);
  return std::move(search).found(told <= day);
}

}   // namespace gangmu::place
