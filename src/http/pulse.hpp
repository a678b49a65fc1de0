// SPDX-License-Identifier: Apache-2.0
// The way from any thread to the event loop, which may be gone by then.
#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace gangmu::http {

class Pulse {
 public:
  using Work = std::function<void()>;
  explicit Pulse(std::function<void(Work)> post) : post_(std::move(post)) {}

  void touch(Work work) {
    const std::lock_guard lock(mutex_);
    if (post_) post_(std::move(work));
  }
  void close() {
    const std::lock_guard lock(mutex_);
    post_ = nullptr;
  }

 private:
  std::mutex mutex_;
  std::function<void(Work)> post_;
};

}   // namespace gangmu::http
