// SPDX-License-Identifier: Apache-2.0
#include "fact/ground.hpp"

#include <algorithm>
#include <set>

namespace gangmu::fact {

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
    out.made_stock = std::make_shared<const Floor>(tree, *now_->tree);
    out.stock = out.made_stock.get();
  }
  if (const auto known = flows_.find(period); known != flows_.end()) {
    out.flow = known->second.get();
    return out;
  }
  out.flow = out.stock;
  if (const auto longer = frames_->during(period.first(), period.last()); longer != tree) {
    out.made_flow = std::make_shared<const Floor>(longer, *now_->tree);
    out.flow = out.made_flow.get();
  }
  return out;
}

Ground Grounds::note(const Period& period) {
  if (noted(period)) return at(period);
  Ground ground = at(period);
  auto& stock = floors_[ground.stock->tree.get()];
  if (ground.made_stock) stock = std::move(ground.made_stock);
  flows_.emplace(period, ground.made_flow ? std::move(ground.made_flow) : stock);
  return at(period);
}

const std::shared_ptr<const Catalogue>& Grounds::catalogue_on(Date day) const {
  const auto after = std::ranges::upper_bound(catalogues_, day, {}, &Edition::from);
  return (after == catalogues_.begin() ? after : after - 1)->catalogue;
}

}   // namespace gangmu::fact
