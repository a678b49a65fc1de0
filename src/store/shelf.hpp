// SPDX-License-Identifier: Apache-2.0
// A sorted list that is cheap to copy with a few changes: items sit in shared chunks, a new list shares the chunks it
// did not touch. Immutable once made; order by `Item::key()`.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace gangmu::store {

template <class Item>
class Shelf {
 public:
  using ItemKey = std::remove_cvref_t<decltype(std::declval<const Item&>().key())>;
  using Handle = std::shared_ptr<const Item>;
  static constexpr std::size_t chunk_items = 128;

  Shelf() = default;
  /// Shape: sorted by key, distinct.
  explicit Shelf(std::vector<Handle> items) {
    for (std::size_t i = 0; i < items.size(); i += chunk_items) {
      const auto end = items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), i + chunk_items));
      chunks_.push_back(std::make_shared<const Chunk>(items.begin() + static_cast<std::ptrdiff_t>(i), end));
    }
    size_ = items.size();
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  [[nodiscard]] const Item* find(const ItemKey& key) const {
    const auto chunk = chunk_of(key);
    if (chunk == chunks_.end()) return nullptr;
    const auto item = std::lower_bound((*chunk)->begin(), (*chunk)->end(), key, before);
    return item != (*chunk)->end() && (*item)->key() == key ? item->get() : nullptr;
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const auto& chunk : chunks_)
      for (const auto& item : *chunk) visit(*item);
  }

  [[nodiscard]] std::vector<Handle> handles() const {
    std::vector<Handle> out;
    out.reserve(size_);
    for (const auto& chunk : chunks_) out.insert(out.end(), chunk->begin(), chunk->end());
    return out;
  }

  /// This list with items put in place (a null handle takes the item away).
  [[nodiscard]] Shelf with(const std::map<ItemKey, Handle>& changes) const {
    Shelf next = *this;
    for (const auto& [key, item] : changes) next.change(key, item);
    return next;
  }

 private:
  using Chunk = std::vector<Handle>;
  static bool before(const Handle& item, const ItemKey& key) { return item->key() < key; }

  [[nodiscard]] typename std::vector<std::shared_ptr<const Chunk>>::const_iterator chunk_of(const ItemKey& key) const {
    return std::lower_bound(chunks_.begin(), chunks_.end(), key,
                            [](const auto& chunk, const ItemKey& k) { return chunk->back()->key() < k; });
  }

  void change(const ItemKey& key, const Handle& item) {
    auto index = static_cast<std::size_t>(chunk_of(key) - chunks_.begin());
    if (index == chunks_.size()) {
      if (!item) return;
      if (chunks_.empty())
        chunks_.push_back(std::make_shared<const Chunk>());
      else
        --index;
      if (chunks_[index]->size() >= chunk_items)
        chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(++index), std::make_shared<const Chunk>());
    }
    Chunk chunk = *chunks_[index];
    const auto place = std::lower_bound(chunk.begin(), chunk.end(), key, before);
    const bool found = place != chunk.end() && (*place)->key() == key;
    if (!item && !found) return;
    if (!item)
      chunk.erase(place);
    else if (found)
      *place = item;
    else
      chunk.insert(place, item);
    size_ = size_ + (item && !found ? 1u : 0u) - (!item ? 1u : 0u);
    replace(index, std::move(chunk));
  }

  void replace(std::size_t index, Chunk chunk) {
    const auto at = chunks_.begin() + static_cast<std::ptrdiff_t>(index);
    if (chunk.empty()) {
      chunks_.erase(at);
    } else if (chunk.size() > 2 * chunk_items) {
      const auto middle = chunk.begin() + static_cast<std::ptrdiff_t>(chunk.size() / 2);
      auto upper = std::make_shared<const Chunk>(middle, chunk.end());
      chunk.erase(middle, chunk.end());
      *at = std::make_shared<const Chunk>(std::move(chunk));
      chunks_.insert(at + 1, std::move(upper));
    } else {
      *at = std::make_shared<const Chunk>(std::move(chunk));
    }
  }

  std::vector<std::shared_ptr<const Chunk>> chunks_;
  std::size_t size_ = 0;
};

}   // namespace gangmu::store
