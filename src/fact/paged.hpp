// SPDX-License-Identifier: Apache-2.0
// Pages behind a two-level directory (groups of 32), so that a changed copy costs two short arrays of pointers and the
// pages it changed; what an edit does not touch is shared. A page that holds nothing is absent. Paged is immutable;
// PagedEdit makes the next one from it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "fact/layout.hpp"

namespace gangmu::fact {

inline constexpr std::size_t group_pages = 32;
inline std::size_t groups_for(std::size_t pages) { return (pages + group_pages - 1) / group_pages; }

template <class Page>
class Paged {
 public:
  Paged() = default;
  explicit Paged(std::vector<std::shared_ptr<Page>> pages) {
    auto groups = std::make_shared<GroupPointer[]>(groups_for(pages.size()));
    for (std::size_t g = 0; g * group_pages < pages.size(); ++g) {
      std::shared_ptr<Group> group;
      for (std::size_t i = g * group_pages; i < std::min(pages.size(), (g + 1) * group_pages); ++i) {
        if (!pages[i]) continue;
        if (!group) group = std::make_shared<Group>();
        (*group)[i % group_pages] = std::move(pages[i]);
      }
      groups[g] = std::move(group);
    }
    groups_ = std::move(groups);
    group_count_ = groups_for(pages.size());
  }

  /// nullptr when the page holds nothing. Precondition: i is a page of the layout this was made for.
  [[nodiscard]] const Page* page(std::size_t i) const {
    if (!groups_) return nullptr;
    const Group* group = groups_[i / group_pages].get();
    return group ? (*group)[i % group_pages].get() : nullptr;
  }
  /// Calls back for each page that holds something.
  template <class Use>
  void each(const Use& use) const {
    for (std::size_t g = 0; g < group_count_; ++g) {
      if (!groups_[g]) continue;
      for (const auto& page : *groups_[g]) {
        if (page) use(*page);
      }
    }
  }

 private:
  template <class>
  friend class PagedEdit;
  using Group = std::array<std::shared_ptr<const Page>, group_pages>;
  using GroupPointer = std::shared_ptr<const Group>;
  std::shared_ptr<const GroupPointer[]> groups_;
  std::size_t group_count_ = 0;
};

template <class Page>
class PagedEdit {
 public:
  PagedEdit(Paged<Page> base, const Layout& layout, place::Level entry)
      : paged_(std::move(base)), layout_(layout), entry_(entry) {}

  [[nodiscard]] const Page* page(std::size_t i) const { return paged_.page(i); }
  /// The page, copied (or made) the first time this edit asks for it.
  Page& mine(std::size_t i) {
    if (own_pages_.empty()) take_directory();
    if (own_pages_[i] == nullptr) take(i);
    return *own_pages_[i];
  }
  [[nodiscard]] Paged<Page> done() && { return std::move(paged_); }

 private:
  using Group = typename Paged<Page>::Group;
  using GroupPointer = typename Paged<Page>::GroupPointer;

  /// Copying a pointer counts up beside what it points to, which is seldom in the cache: ask for all of them first.
  template <class Pointers>
  static void fetch(const Pointers& pointers) {
    for (const auto& p : pointers) __builtin_prefetch(p.get(), 1);
  }

  void take_directory() {
    const std::size_t n = groups_for(layout_.pages());
    auto groups = std::make_shared<GroupPointer[]>(n);
    if (paged_.groups_) {
      const std::span old(paged_.groups_.get(), n);
      fetch(old);
      std::copy(old.begin(), old.end(), groups.get());
    }
    own_directory_ = groups.get();
    paged_.groups_ = std::move(groups);
    paged_.group_count_ = n;
    own_groups_.resize(n);
    own_pages_.resize(layout_.pages());
  }

  void take(std::size_t i) {
    const std::size_t g = i / group_pages;
    if (own_groups_[g] == nullptr) {
      const Group* old = own_directory_[g].get();
      if (old) fetch(*old);
      auto copy = old ? std::make_shared<Group>(*old) : std::make_shared<Group>();
      own_groups_[g] = copy.get();
      own_directory_[g] = std::move(copy);
    }
    auto& place = (*own_groups_[g])[i % group_pages];
    auto copy = place ? std::make_shared<Page>(*place)
                      : std::make_shared<Page>(layout_.places(i).size(), layout_.above(i, entry_));
    own_pages_[i] = copy.get();
    place = std::move(copy);
  }

  Paged<Page> paged_;
  const Layout& layout_;
  place::Level entry_;
  GroupPointer* own_directory_ =
      nullptr;   ///< what this edit copied, and may write to; empty until it changes something
  std::vector<Group*> own_groups_;
  std::vector<Page*> own_pages_;
};

}   // namespace gangmu::fact
