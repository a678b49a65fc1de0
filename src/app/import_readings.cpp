// SPDX-License-Identifier: Apache-2.0
#include "app/import_readings.hpp"

#include <algorithm>

namespace gangmu::app {

SharedLedger ImportReadings::find(const std::string& key) {
  const std::lock_guard lock(kept_);
  const auto found = std::ranges::find(items_, key, &Item::key);
  if (found == items_.end()) return nullptr;
  std::rotate(found, found + 1, items_.end());
  return items_.back().reading;
}

Result<SharedLedger> ImportReadings::get(const std::string& key, const Make& make) {
  if (SharedLedger kept = find(key)) return kept;
  const std::lock_guard turn(reading_);
  if (SharedLedger kept = find(key)) return kept;
  TRY_ASSIGN(SharedLedger made, make());
  keep(key, made);
  return made;
}

Result<SharedLedger> ImportReadings::once(const Make& make) {
  const std::lock_guard turn(reading_);
  return make();
}

void ImportReadings::keep(const std::string& key, SharedLedger reading) {
  const std::lock_guard lock(kept_);
  std::erase_if(items_, [&](const Item& item) { return item.key == key; });
  items_.push_back({key, std::move(reading)});
  std::size_t weight = 0;
  for (const Item& item : items_) weight += item.reading->weight;
  while (items_.size() > 1 && weight > most_) {
    weight -= items_.front().reading->weight;
    items_.pop_front();
  }
}

}   // namespace gangmu::app
