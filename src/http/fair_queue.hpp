// SPDX-License-Identifier: Apache-2.0
// Work that waits for a thread. Holders take turns, whoever has one piece waiting is served after at most one piece of
// each other holder, however much those have. Thread-safe.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace gangmu::http {

class FairQueue {
 public:
  using Work = std::function<void()>;

  void push(const std::string& holder, Work work) {
    const std::lock_guard lock(mutex_);
    auto& own = waiting_[holder];
    if (own.empty()) turns_.push_back(holder);
    own.push_back(std::move(work));
  }

  /// Precondition: something waits.
  Work pop() {
    const std::lock_guard lock(mutex_);
    const std::string holder = std::move(turns_.front());
    turns_.pop_front();
    const auto found = waiting_.find(holder);
    Work out = std::move(found->second.front());
    found->second.pop_front();
    if (found->second.empty())
      waiting_.erase(found);
    else
      turns_.push_back(holder);
    return out;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::deque<Work>> waiting_;
  std::deque<std::string> turns_;
};

}   // namespace gangmu::http
