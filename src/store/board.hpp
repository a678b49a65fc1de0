// SPDX-License-Identifier: Apache-2.0
// Where the newest View hangs: published by the writer with one pointer swap, taken by readers, waited for by those who
// want at least a seq. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "store/view.hpp"

namespace gangmu::store {

class Board {
 public:
  [[nodiscard]] std::shared_ptr<const View> view() const;
  void publish(std::shared_ptr<const View> view);
  Result<std::shared_ptr<const View>> at_least(Seq seq, std::chrono::milliseconds timeout) const;

  /// Called on the publisher's thread after each publication but the first, until the handle goes.
  [[nodiscard]] std::shared_ptr<void> subscribe(std::function<void(Seq)> callback);

 private:
  struct Listeners {
    std::mutex mutex;
    std::vector<std::shared_ptr<std::function<void(Seq)>>> callbacks;
  };
  mutable std::mutex mutex_;
  mutable std::condition_variable published_;
  std::shared_ptr<const View> view_;
  std::shared_ptr<Listeners> listeners_ = std::make_shared<Listeners>();
};

}   // namespace gangmu::store
