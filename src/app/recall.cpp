// SPDX-License-Identifier: Apache-2.0
#include "app/recall.hpp"

#include <algorithm>

namespace gangmu::app {

std::shared_ptr<const void> Recall::find_any(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(key);
  if (found == items_.end()) return nullptr;
  order_.splice(order_.end(), order_, found->second.used);
  return found->second.value;
}

void Recall::keep(const std::string& key, std::shared_ptr<const void> value, std::size_t weight) {
  weight = std::max<std::size_t>(weight, 1);
  if (weight > most_ / 8) return;
  const std::lock_guard lock(mutex_);
  forget(key);
  items_[key] = {std::move(value), order_.insert(order_.end(), key), weight};
  weight_ += weight;
  while (weight_ > most_) forget(std::string(order_.front()));
}

void Recall::forget(const std::string& key) {
  const auto found = items_.find(key);
  if (found == items_.end()) return;
  weight_ -= found->second.weight;
  order_.erase(found->second.used);
  items_.erase(found);
}

}   // namespace gangmu::app
