// SPDX-License-Identifier: Apache-2.0
#include "fact/ground.hpp"

#include <algorithm>
#include <mutex>
#include <set>

namespace gangmu::fact {

/// A page asks for one period many times; who asks for many periods makes their layouts anew.
struct Grounds::Asked {
  static constexpr std::size_t most = 32;

  std::shared_ptr<const place::Tree> during(const place::Frames& frames, const Period& period) {
    const std::lock_guard lock(mutex);
    if (trees.size() >= most) trees.clear();
    auto& tree = trees[period];
    if (!tree) tree = frames.during(period.first(), period.last());
    return tree;
  }
  std::shared_ptr<const Floor> floor(const std::shared_ptr<const place::Tree>& tree, const place::Tree& now) {
    const std::lock_guard lock(mutex);
    if (floors.size() >= most) floors.clear();
    auto& floor = floors[tree.get()];   // holds its tree, so the address stays its own
    if (!floor) floor = std::make_shared<const Floor>(tree, now);
    return floor;
  }

  std::mutex mutex;
  std::map<Period, std::shared_ptr<const place::Tree>> trees;
  std::map<const place::Tree*, std::shared_ptr<const Floor>> floors;
};

Floor::Floor(std::shared_ptr<const place::Tree> the_tree, const place::Tree& now)
    : tree(std::move(the_tree)), layout(*tree) {
  if (tree.get() == &now) return;
  for (NodeIndex node = 0; node < now.size(); ++node) from_now.push_back(tree->find(now[node].id));
}

Result<Grounds> Grounds::of(std::shared_ptr<const place::Frames> frames, std::vector<IndicatorVersions> indicators) {
  Grounds out;
  out.frames_ = std::move(frames);
  std::set<Date> days;
  for (const auto& versions : indicators) {
    for (std::size_t v = 1; v < versions.size(); ++v) days.insert(versions[v].valid_from);
  }
  days.insert(Date{INT32_MIN});
  for (const Date day : days) {
    std::vector<Indicator> valid;
    for (const auto& versions : indicators) valid.push_back(on_day(versions, day));
    TRY_ASSIGN(auto catalogue, Catalogue::of(std::move(valid)));
    out.catalogues_.push_back({day, std::move(catalogue)});
  }
  out.asked_ = std::make_shared<Asked>();
  const auto& tree = out.frames_->now();
  out.now_ = std::make_shared<const Floor>(tree, *tree);
  out.floors_.emplace(tree.get(), out.now_);
  out.one_ = out.frames_->one() && out.catalogues_.size() == 1;
  return out;
}

Ground Grounds::at(const Period& period) const {
  if (one_) return {catalogues_.front().catalogue.get(), now_.get(), now_.get()};
  Ground out{.catalogue = catalogue_on(period.first()).get()};
  const auto& tree = frames_->on(period.last());
  if (const auto known = floors_.find(tree.get()); known != floors_.end()) {
    out.stock = known->second.get();
  } else {
    out.kept_stock = asked(tree);
    out.stock = out.kept_stock.get();
  }
  if (const auto known = flows_.find(period); known != flows_.end()) {
    out.flow = known->second.get();
    return out;
  }
  out.flow = out.stock;
  if (const auto longer = asked_->during(*frames_, period); longer != tree) {
    out.kept_flow = asked(longer);
    out.flow = out.kept_flow.get();
  }
  return out;
}

Ground Grounds::note(const Period& period) {
  if (noted(period)) return at(period);
  Ground ground = at(period);
  auto& stock = floors_[ground.stock->tree.get()];
  if (ground.kept_stock) stock = std::move(ground.kept_stock);
  flows_.emplace(period, ground.kept_flow ? std::move(ground.kept_flow) : stock);
  return at(period);
}

std::shared_ptr<const Floor> Grounds::asked(const std::shared_ptr<const place::Tree>& tree) const {
  return asked_->floor(tree, *now_->tree);
}

const std::shared_ptr<const Catalogue>& Grounds::catalogue_on(Date day) const {
  const auto after = std::ranges::upper_bound(catalogues_, day, {}, &Edition::from);
  return (after == catalogues_.begin() ? after : after - 1)->catalogue;
}

}   // namespace gangmu::fact
