// SPDX-License-Identifier: Apache-2.0
#include "app/doorkeeper.hpp"

#include <algorithm>
#include <chrono>

#include "app/errors.hpp"

namespace gangmu::app {
namespace {

/// Anybody who knows a name can make its owner wait: a quarter of an hour at most, which leaves a guesser a hundred
/// tries a day.
constexpr access::Backoff account_rule{.most_seconds = 15 * 60};
constexpr int tries_a_day = 96;   ///< of an account whose waits grow no longer
constexpr access::Backoff peer_rule{.free = 50};
constexpr std::size_t book_limit = 10'000;
constexpr int hashes_at_once = 2, waiting_at_once = 64;
constexpr std::chrono::seconds patience{5};

std::int64_t wait_of(const auto& book, const std::string& key, Instant now) {
  const auto found = book.find(key);
  return found == book.end() ? 0 : found->second.wait(now);
}

}   // namespace

Status Doorkeeper::admit(const Visitor& visitor, Instant now) const {
  const std::lock_guard lock(mutex_);
  const std::int64_t seconds = std::max(wait_of(accounts_, visitor.account, now), wait_of(peers_, visitor.peer, now));
  if (seconds > 0) return fail(errors::too_many_attempts, {std::to_string(seconds)});
  return {};
}

/// A full book forgets those who are free to try; when all must wait, the one who waits least.
access::Failures& Doorkeeper::entry(Book& book, const std::string& key, Instant now) {
  if (book.size() >= book_limit && !book.contains(key)) {
    std::erase_if(book, [&](const auto& entry) { return entry.second.wait(now) == 0; });
    if (book.size() >= book_limit)
      book.erase(std::ranges::min_element(book, {}, [&](const auto& entry) { return entry.second.blocked_until; }));
  }
  return book[key];
}

void Doorkeeper::remember(const Visitor& visitor, const access::Failures& failures, Instant now) {
  if (failures.count == 0) return;
  const std::lock_guard lock(mutex_);
  access::Failures& known = entry(accounts_, visitor.account, now);
  if (failures.count > known.count) known = failures;
}

std::optional<access::Failures> Doorkeeper::failed(const Visitor& visitor, Instant now) {
  const std::lock_guard lock(mutex_);
  entry(peers_, visitor.peer, now).failed(now, peer_rule);
  access::Failures& account = entry(accounts_, visitor.account, now);
  account.failed(now, account_rule);
  const bool longer = account_rule.seconds(account.count) > account_rule.seconds(account.count - 1);
  return longer || account.count % tries_a_day == 0 ? std::optional(account) : std::nullopt;
}

void Doorkeeper::succeeded(const Visitor& visitor) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(visitor.account);
}

Result<Doorkeeper::Turn> Doorkeeper::turn() {
  std::unique_lock lock(mutex_);
  if (waiting_ >= waiting_at_once) return fail(errors::too_many_sign_ins);
  ++waiting_;
  const bool mine = free_.wait_for(lock, patience, [&] { return hashing_ < hashes_at_once; });
  --waiting_;
  if (!mine) return fail(errors::too_many_sign_ins);
  ++hashing_;
  return Turn(*this);
}

Doorkeeper::Turn::~Turn() {
  if (!keeper_) return;
  const std::lock_guard lock(keeper_->mutex_);
  --keeper_->hashing_;
  keeper_->free_.notify_one();
}

}   // namespace gangmu::app
