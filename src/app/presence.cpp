// SPDX-License-Identifier: Apache-2.0
#include "app/presence.hpp"

namespace gangmu::app {
namespace {

constexpr std::size_t accounts_most = 50'000;
constexpr std::int64_t minute = 60'000'000, day = 24 * 60 * minute;

}   // namespace

bool Presence::heard(const std::string& session, const std::string& peer, Instant now, int idle_minutes) {
  const std::lock_guard lock(mutex_);
  if (seen_.size() >= accounts_most)
    std::erase_if(seen_, [&](const auto& entry) { return now.micros - entry.second.at.micros > day; });
  const auto found = seen_.find(session);
  if (found == seen_.end()) {
    seen_[session] = {now, peer};
    return true;
  }
  if (now.micros - found->second.at.micros > idle_minutes * minute) return false;
  found->second.at = std::max(found->second.at, now);
  if (found->second.peer != peer) found->second.peer = peer;
  return true;
}

bool Presence::awake(const std::string& session, Instant now, int idle_minutes) const {
  const std::lock_guard lock(mutex_);
  const auto found = seen_.find(session);
  return found == seen_.end() || now.micros - found->second.at.micros <= idle_minutes * minute;
}

std::optional<Presence::Seen> Presence::last(const std::string& session) const {
  const std::lock_guard lock(mutex_);
  const auto found = seen_.find(session);
  return found == seen_.end() ? std::nullopt : std::optional(found->second);
}

void Presence::forget(const std::string& session) {
  const std::lock_guard lock(mutex_);
  seen_.erase(session);
}

}   // namespace gangmu::app
