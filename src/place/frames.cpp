// SPDX-License-Identifier: Apache-2.0
#include "place/frames.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace gangmu::place {

namespace {

using Versions = std::vector<Version>;

constexpr int levels_to_climb = 8;   ///< a place has at most four above it; versions that name one another end here
constexpr Date without_end{INT32_MAX};

bool holds(const Version& version, Date day) {
  return version.place.valid_from <= day && (!version.valid_to || day <= *version.valid_to);
}

/// In order of days, each ending before the next begins; of two for one day the later given stands.
void settle(Versions& versions) {
  std::ranges::stable_sort(versions, {}, [](const Version& v) { return v.place.valid_from; });
  Versions kept;
  for (Version& version : versions) {
    if (!kept.empty() && kept.back().place.valid_from == version.place.valid_from) kept.pop_back();
    kept.push_back(std::move(version));
  }
  std::erase_if(kept, [](const Version& v) { return v.valid_to && *v.valid_to < v.place.valid_from; });
  for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
    const Date before_next = kept[i + 1].place.valid_from.plus_days(-1);
    if (!kept[i].valid_to || before_next < *kept[i].valid_to) kept[i].valid_to = before_next;
  }
  versions = std::move(kept);
}

/// What held of each place, by id.
std::vector<Versions> by_place(std::vector<Version> all) {
  std::ranges::stable_sort(all, {}, [](const Version& v) { return v.place.id; });
  std::vector<Versions> out;
  for (std::size_t i = 0, end = 0; i < all.size(); i = end) {
    while (end < all.size() && all[end].place.id == all[i].place.id) ++end;
    Versions versions(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(i)),
                      std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(end)));
    settle(versions);
    if (!versions.empty()) out.push_back(std::move(versions));
  }
  return out;
}

/// The first day of the place that stands at the top now.
Date begin_of(const std::vector<Versions>& places) {
  const auto root = std::ranges::find_if(
      places, [](const Versions& versions) { return !versions.back().valid_to && !versions.back().place.parent; });
  return root == places.end() ? Date{} : root->front().place.valid_from;
}

const Version& nearest(const Versions& versions, Date day) {
  const auto after = std::ranges::upper_bound(versions, day, {}, [](const Version& v) { return v.place.valid_from; });
  return after == versions.begin() ? versions.front() : *(after - 1);
}

const Place* on_day(const Versions& versions, Date day) {
  const Version& version = nearest(versions, day);
  return holds(version, day) ? &version.place : nullptr;
}

}   // namespace

/// The places of one moment with the parent each stands under.
class Frames::Structure {
 public:
  struct Part {
    const Place* place;
    PlaceId parent;
    [[nodiscard]] auto shape() const { return std::tuple(place->id, parent, place->level, place->functional); }
  };

  [[nodiscard]] bool operator==(const Structure& other) const {
    return std::ranges::equal(parts, other.parts, {}, &Part::shape, &Part::shape);
  }
  [[nodiscard]] Result<std::shared_ptr<const Tree>> tree() const {
    std::vector<Place> places;
    places.reserve(parts.size());
    for (const Part& part : parts) places.emplace_back(*part.place).parent = part.parent;
    TRY_ASSIGN(Tree tree, Tree::build(std::move(places), Codes::may_repeat));
    return std::make_shared<const Tree>(std::move(tree));
  }

  std::vector<Part> parts;   ///< by id
};

/// Makes the frames of one history. `steady` places have one version, from the beginning on and without an end.
class Frames::Maker {
 public:
  Maker(const Frames& frames, const Tree& now, Date begin, std::vector<FrameGap>* gaps = nullptr)
      : frames_(frames), now_(now), gaps_(gaps), root_(now.size() > 0 ? now[0].id : PlaceId{}), begin_(begin) {}

  /// Days on which something begins that did not hold the day before.
  [[nodiscard]] std::set<Date> days() const {
    std::set<Date> out;
    for (const auto& [id, versions] : frames_.versions_) {
      for (const Version& version : versions) {
        if (version.place.valid_from > begin_) out.insert(version.place.valid_from);
        if (version.valid_to && version.valid_to->plus_days(1) > begin_) out.insert(version.valid_to->plus_days(1));
      }
    }
    return out;
  }

  /// The places that hold on a day, and `more` of them that ended before it.
  Structure structure(Date day, const std::map<PlaceId, const Place*>& more = {}) {
    Structure out;
    const auto take = [&](const Place& place) {
      if (const auto parent = parent_of(place, day, more)) out.parts.push_back({&place, *parent});
    };
    for (NodeIndex node = 0; node < now_.size(); ++node) {
      if (past_of(now_[node].id) == nullptr) take(now_[node]);
    }
    for (const auto& [id, versions] : frames_.versions_) {
      if (const Place* place = there(id, day, more)) take(*place);
    }
    std::ranges::sort(out.parts, {}, [](const Structure::Part& part) { return part.place->id; });
    return out;
  }

 private:
  [[nodiscard]] const Versions* past_of(PlaceId id) const {
    const auto found = frames_.versions_.find(id);
    return found == frames_.versions_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] const Place* there(PlaceId id, Date day, const std::map<PlaceId, const Place*>& more) const {
    if (const Versions* versions = past_of(id)) {
      if (const Place* place = id == root_ ? &nearest(*versions, day).place : on_day(*versions, day)) return place;
      const auto found = more.find(id);
      return found == more.end() ? nullptr : found->second;
    }
    const NodeIndex node = now_.find(id);
    return node == no_node ? nullptr : &now_[node];
  }

  /// The nearest place above that is there; none for the root; nullopt for a place that can stand under nobody.
  std::optional<PlaceId> parent_of(const Place& place, Date day, const std::map<PlaceId, const Place*>& more) {
    if (place.id == root_) return PlaceId{};
    PlaceId up = place.parent;
    for (int step = 0; up && step < levels_to_climb; ++step) {
      const Place* above = there(up, day, more);
      if (above != nullptr && above->level < place.level) return up;
      note_gap(place, up, day);
      const Versions* versions = past_of(up);
      if (above == nullptr && versions == nullptr) break;
      up = above != nullptr ? above->parent : nearest(*versions, day).place.parent;
    }
    const Place* root = there(root_, day, more);
    if (root == nullptr || root->level >= place.level) return std::nullopt;
    return root_;
  }

  void note_gap(const Place& place, PlaceId parent, Date day) {
    if (gaps_ != nullptr && noted_.emplace(place.id, parent).second) gaps_->push_back({place.id, parent, day});
  }

  const Frames& frames_;
  const Tree& now_;
  std::vector<FrameGap>* gaps_;
  PlaceId root_;
  Date begin_;
  std::set<std::pair<PlaceId, PlaceId>> noted_;
};

Result<std::shared_ptr<const Frames>> Frames::build(std::vector<Version> all) {
  std::vector<Versions> places = by_place(std::move(all));
  const Date begin = begin_of(places);
  auto frames = std::make_shared<Frames>();
  std::vector<Place> open;
  for (Versions& versions : places) {
    const bool stands = !versions.back().valid_to;
    const bool steady = versions.size() == 1 && stands && versions.front().place.valid_from <= begin;
    if (steady)
      open.push_back(std::move(versions.back().place));
    else if (stands)
      open.push_back(versions.back().place);
    if (!steady) frames->versions_.emplace(versions.front().place.id, std::move(versions));
  }
  auto now = std::make_shared<Tree>();
  if (!open.empty()) { TRY_ASSIGN(*now, Tree::build(std::move(open))); }
  for (const auto& [id, versions] : frames->versions_) {
    for (std::size_t i = 0; i < versions.size(); ++i) {
      const bool goes_on = i + 1 < versions.size() &&
                           versions[i + 1].place.valid_from == versions[i].valid_to.value_or(without_end).plus_days(1);
      if (versions[i].valid_to && !goes_on) frames->endings_.push_back({*versions[i].valid_to, id});
    }
  }
  std::ranges::stable_sort(frames->endings_, {}, &Ending::day);

  frames->frames_ = {{begin, now}};
  if (now->size() == 0 || frames->versions_.empty()) return frames;
  Maker maker(*frames, *now, begin, &frames->gaps_);
  std::set<Date> days = maker.days();
  days.insert(begin);
  Structure later = maker.structure(*days.rbegin());
  frames->frames_.front().from = *days.rbegin();
  for (auto day = std::next(days.rbegin()); day != days.rend(); ++day) {
    Structure structure = maker.structure(*day);
    if (structure == later) {
      frames->frames_.back().from = *day;
      continue;
    }
    TRY_ASSIGN(auto tree, structure.tree());
    frames->frames_.push_back({*day, std::move(tree)});
    later = std::move(structure);
  }
  std::ranges::reverse(frames->frames_);
  return frames;
}

std::shared_ptr<const Frames> Frames::of(std::shared_ptr<const Tree> tree) {
  auto frames = std::make_shared<Frames>();
  frames->frames_.push_back({Date{}, std::move(tree)});
  return frames;
}

const std::shared_ptr<const Tree>& Frames::on(Date day) const {
  const auto after = std::ranges::upper_bound(frames_, day, {}, &Frame::from);
  return after == frames_.begin() ? frames_.front().tree : (after - 1)->tree;
}

std::shared_ptr<const Tree> Frames::during(Date first, Date last) const {
  const std::shared_ptr<const Tree>& tree = on(last);
  std::map<PlaceId, const Place*> more;
  const auto from = std::ranges::lower_bound(endings_, first, {}, &Ending::day);
  for (auto ending = from; ending != endings_.end() && ending->day < last; ++ending) {
    if (tree->find(ending->place) == no_node)
      more[ending->place] = &nearest(versions_.at(ending->place), ending->day).place;
  }
  if (more.empty()) return tree;
  auto with_them = Maker(*this, *now(), frames_.front().from).structure(last, more).tree();
  return with_them ? *with_them : tree;
}

std::vector<std::shared_ptr<const Tree>> Frames::trees() const {
  std::vector<std::shared_ptr<const Tree>> out;
  for (const Frame& frame : frames_) out.push_back(frame.tree);
  return out;
}

const std::vector<Version>& Frames::versions(PlaceId place) const {
  static const std::vector<Version> none;
  const auto found = versions_.find(place);
  return found == versions_.end() ? none : found->second;
}

const Place* Frames::version_on(PlaceId place, Date day) const {
  if (const auto& all = versions(place); !all.empty()) return &nearest(all, day).place;
  const NodeIndex node = now()->find(place);
  return node == no_node ? nullptr : &(*now())[node];
}

PlaceId Frames::find_code(std::string_view code, Date day) const {
  PlaceId out;
  Date until{INT32_MIN};
  for (const auto& [id, all] : versions_) {
    for (const Version& version : all) {
      if (version.place.code != code) continue;
      if (holds(version, day)) return id;
      const Date last = version.valid_to.value_or(without_end);
      if (last > until) out = id, until = last;
    }
  }
  if (const NodeIndex node = now()->find_code(code); node != no_node) {
    const PlaceId id = (*now())[node].id;
    if (!versions_.contains(id) || until < without_end) return id;
  }
  return out;
}

std::optional<Date> Frames::ended(PlaceId place) const {
  const auto& all = versions(place);
  return all.empty() ? std::nullopt : all.back().valid_to;
}

}   // namespace gangmu::place
