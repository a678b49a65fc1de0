// SPDX-License-Identifier: Apache-2.0
#include "store/board.hpp"

#include "store/errors.hpp"

namespace gangmu::store {

std::shared_ptr<const View> Board::view() const {
  const std::lock_guard lock(mutex_);
  return view_;
}

void Board::publish(std::shared_ptr<const View> view) {
  const Seq seq = view->seq;
  std::shared_ptr<const View> before = std::move(view);
  {
    const std::lock_guard lock(mutex_);
    before.swap(view_);   // the old one is let go outside the lock
  }
  published_.notify_all();
  if (!before) return;
  const std::lock_guard lock(listeners_->mutex);
  for (const auto& callback : listeners_->callbacks) {
    try {
      (*callback)(seq);
    } catch (...) {   // what is durable stays acknowledged, whatever a listener does
    }
  }
}

Result<std::shared_ptr<const View>> Board::at_least(Seq seq, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(mutex_);
  if (published_.wait_for(lock, timeout, [&] { return view_->seq >= seq; })) return view_;
  return fail(errors::view_too_old, {std::to_string(seq.value), std::to_string(view_->seq.value)});
}

std::shared_ptr<void> Board::subscribe(std::function<void(Seq)> callback) {
  auto kept = std::make_shared<std::function<void(Seq)>>(std::move(callback));
  const std::lock_guard lock(listeners_->mutex);
  listeners_->callbacks.push_back(kept);
  return {kept.get(), [listeners = listeners_, kept](void*) {
            const std::lock_guard unlisten(listeners->mutex);
            std::erase(listeners->callbacks, kept);
          }};
}

}   // namespace gangmu::store
