// SPDX-License-Identifier: Apache-2.0
#include "app/recall.hpp"

namespace gangmu::app {

std::shared_ptr<const void> Recall::find_any(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(key);
  if (found == items_.end()) return nullptr;
  order_.splice(order_.end(), order_, found->second.used);
  return found->second.value;
}

void Recall::keep(const std::string& key, std::shared_ptr<const void> value) {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(key);
  if (found != items_.end()) {
    found->second.value = std::move(value);
    return;
  }
  items_[key] = {std::move(value), order_.insert(order_.end(), key)};
  if (items_.size() <= most_) return;
  items_.erase(order_.front());
  order_.pop_front();
}

}  // namespace gangmu::app
