// SPDX-License-Identifier: Apache-2.0
// Something there is only so much of (connections, bytes on their way, places in a queue), and how much of it each
// holder has. A holder is an account, or the address of one who has not signed in. Touched by one thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace gangmu::http {

class Shares {
 public:
  Shares(std::size_t all, std::size_t each) : most_(all), most_each_(each) {}

  enum class Room { enough, own_used, all_used };
  /// Whether so much more fits. What is larger than a share fits where its holder has nothing else.
  [[nodiscard]] Room room(std::string_view holder, std::size_t n) const {
    const std::size_t held = of(holder);
    if (held > 0 && held + n > most_each_) return Room::own_used;
    return all_ + n > most_ ? Room::all_used : Room::enough;
  }
  [[nodiscard]] std::size_t of(std::string_view holder) const {
    const auto found = held_.find(holder);
    return found == held_.end() ? 0 : found->second;
  }
  [[nodiscard]] std::size_t all() const { return all_; }
  [[nodiscard]] std::size_t most() const { return most_; }
  [[nodiscard]] std::size_t most_each() const { return most_each_; }

  void take(const std::string& holder, std::size_t n) {
    held_[holder] += n;
    all_ += n;
  }
  void give_back(const std::string& holder, std::size_t n) {
    const auto found = held_.find(holder);
    if (found == held_.end()) return;
    const std::size_t back = std::min(n, found->second);
    all_ -= back;
    if ((found->second -= back) == 0) held_.erase(found);
  }

 private:
  std::size_t most_, most_each_, all_ = 0;
  std::map<std::string, std::size_t, std::less<>> held_;
};

/// A part of it, given back when it goes.
class Share {
 public:
  Share(Shares& shares, std::string holder) : shares_(shares), holder_(std::move(holder)) {}
  ~Share() { shares_.give_back(holder_, held_); }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  [[nodiscard]] Shares::Room room(std::size_t n) const { return shares_.room(holder_, n); }
  [[nodiscard]] const std::string& holder() const { return holder_; }
  void take(std::size_t n) {
    shares_.take(holder_, n);
    held_ += n;
  }

 private:
  Shares& shares_;
  std::string holder_;
  std::size_t held_ = 0;
};

}   // namespace gangmu::http
