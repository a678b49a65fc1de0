// SPDX-License-Identifier: Apache-2.0
#include "fact/crossing.hpp"

#include <algorithm>
#include <set>

namespace gangmu::fact {

using place::no_node;

namespace {

/// The last day up to the end of a period on which a place was there: one that ended inside it is told of.
Date last_day(const place::Frames& frames, PlaceId place, Date told) {
  if (place::held(frames, place, told)) return told;
  Date out = told;
  for (const place::Version& version : frames.versions(place)) {
    if (version.place.valid_from <= told && version.valid_to) out = std::min(*version.valid_to, told);
  }
  return out;
}

}   // namespace

Crossing::Crossing(std::shared_ptr<const place::Tree> then, Date told, const place::Frames& frames,
                   const place::Successions& successions, Date day)
    : then_(std::move(then)),
      now_(frames.on(day)),
      at_(then_->size(), no_node),
      itself_(now_->size(), no_node),
      changed_(now_->size(), false) {
  for (NodeIndex node = 0; node < then_->size(); ++node) settle(node, told, frames, successions, day);
  std::ranges::sort(arrivals_);
  for (NodeIndex node = 0; node < then_->size(); ++node) {
    compare(node);
    note_strays(node);
  }
  for (NodeIndex node = 0; node < now_->size(); ++node) {
    if (then_->find((*now_)[node].id) == no_node) changed_[node] = true;
  }
}

void Crossing::settle(NodeIndex node, Date told, const place::Frames& frames, const place::Successions& successions,
                      Date day) {
  const PlaceId id = (*then_)[node].id;
  const NodeIndex same = now_->find(id);
  if (same != no_node && successions.untouched(id)) {
    at_[node] = same;
    itself_[same] = node;
    return;
  }
  const auto found = successions.counterparts(id, last_day(frames, id, told), frames, day);
  Spread spread{.parts = {}, .divisible = found.divisible};
  for (const auto& part : found.parts) spread.parts.emplace_back(now_->find(part.place), part.share);
  if (spread.parts.size() > 1) {
    spread_.emplace(node, std::move(spread));
    return;
  }
  at_[node] = spread.parts.empty() ? 0 : spread.parts.front().first;
  if (at_[node] == same)
    itself_[same] = node;
  else
    arrivals_.emplace_back(at_[node], node);
}

std::vector<NodeIndex> Crossing::parts_of(NodeIndex node) const {
  if (at_[node] != no_node) return {at_[node]};
  std::vector<NodeIndex> out;
  for (const auto& [part, share] : spread_.at(node).parts) out.push_back(part);
  return out;
}

/// Marks the places that hold it in one of the two frames and not, or not whole, in the other.
void Crossing::compare(NodeIndex node) {
  const std::vector<NodeIndex> parts = parts_of(node);
  std::set<NodeIndex> then, now;
  for (NodeIndex up = node; up != no_node; up = then_->parent(up)) {
    if (const NodeIndex same = now_->find((*then_)[up].id); same != no_node) then.insert(same);
  }
  for (const NodeIndex part : parts) {
    for (NodeIndex up = part; up != no_node; up = now_->parent(up)) now.insert(up);
  }
  const auto whole = [&](NodeIndex above) {
    return std::ranges::all_of(parts, [&](NodeIndex part) { return now_->within(part, above); });
  };
  for (const NodeIndex above : now) {
    if (!then.contains(above) || !whole(above)) changed_[above] = true;
  }
  for (const NodeIndex above : then) {
    if (!now.contains(above)) changed_[above] = true;
  }
}

/// A place of then that went out of what a place above it became.
void Crossing::note_strays(NodeIndex node) {
  const std::vector<NodeIndex> parts = parts_of(node);
  for (NodeIndex up = then_->parent(node); up != no_node; up = then_->parent(up)) {
    const std::vector<NodeIndex> above = parts_of(up);
    for (const NodeIndex part : parts) {
      const bool inside = std::ranges::any_of(above, [&](NodeIndex one) { return now_->within(part, one); });
      if (!inside) strayed_[up].push_back(part);
    }
  }
}

/// Whether any place below it that went elsewhere is inside `now`, or outside.
bool Crossing::strays(NodeIndex node, NodeIndex now, bool inside) const {
  const auto found = strayed_.find(node);
  return found != strayed_.end() &&
         std::ranges::any_of(found->second, [&](NodeIndex stray) { return now_->within(stray, now) == inside; });
}

/// 0: none of it; nothing: some of it, and how much is not known.
std::optional<Decimal> Crossing::share_of(NodeIndex node, NodeIndex now) const {
  Decimal sum(0, 0);
  std::size_t inside = 0;
  const Spread& spread = spread_.at(node);
  for (const auto& [part, share] : spread.parts) {
    if (!now_->within(part, now)) continue;
    ++inside;
    if (const auto more = Decimal::add(sum, share)) sum = *more;
  }
  const bool whole = inside == spread.parts.size();
  if (strays(node, now, !whole) || (!whole && inside > 0 && (!spread.divisible || strayed_.contains(node))))
    return std::nullopt;
  return whole ? Decimal(1, 0) : sum;
}

std::optional<std::vector<Origin>> Crossing::origins(NodeIndex now, place::Level level) const {
  std::vector<Origin> out;
  bool known = true;
  const auto of_level = [&](NodeIndex node) { return (*then_)[node].level == level; };
  const auto take = [&](NodeIndex node) {
    if (!of_level(node)) return;
    known &= !strays(node, now, false);
    out.push_back({node, Decimal(1, 0)});
  };
  for (NodeIndex node = now; node < now_->end(now); ++node) {
    if (itself_[node] != no_node) take(itself_[node]);
  }
  for (auto one = std::ranges::lower_bound(arrivals_, std::pair{now, NodeIndex{0}});
       one != arrivals_.end() && one->first < now_->end(now); ++one)
    take(one->second);
  for (const auto& [node, spread] : spread_) {
    if (!of_level(node)) continue;
    const auto share = share_of(node, now);
    known &= share.has_value();
    if (share && share->units() != 0) out.push_back({node, *share});
  }
  for (const auto& [node, stray] : strayed_)
    known &= !of_level(node) || at_[node] == no_node || now_->within(at_[node], now) || !strays(node, now, true);
  if (!known) return std::nullopt;
  std::ranges::sort(out, {}, &Origin::node);
  return out;
}

Crossings::Crossings(std::shared_ptr<const place::Frames> frames, place::Successions successions, Date day)
    : frames_(std::move(frames)), successions_(std::move(successions)), day_(day), tree_(frames_->on(day)) {}

std::shared_ptr<const Crossing> Crossings::from(const std::shared_ptr<const place::Tree>& then, Date told) const {
  if (then == tree_ && !successions_.between(told, day_)) return nullptr;
  const Date last = successions_.last_by(told).value_or(Date{INT32_MIN});
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= most) kept_.clear();
  auto& found = kept_[{then, last.days}];
  if (!found) found = std::make_shared<const Crossing>(then, told, *frames_, successions_, day_);
  return found;
}

std::size_t Crossings::bytes() const {
  constexpr std::size_t a_place = 32;
  return tree_->size() * a_place * std::min(most, frames_->trees().size() + 1);
}

}   // namespace gangmu::fact
